"""What gets in the way, in Spanish. A phrase stands as it is folded; a trailing * takes every ending."""

WORDS = {
    "time": (
        "no tuve tiempo", "sin tiempo", "falta de tiempo", "no me dio tiempo", "no alcance", "no me alcanzo",
        "no hubo tiempo", "ocupad*", "con prisa", "de prisa", "prisas", "apurad*", "llegaba tarde", "muy tarde",
        "llegue tarde", "se me hizo tarde", "demasiado tarde", "me quede dormid*", "ajetread*", "a las carreras",
    ),
    "work": (
        "trabajo", "trabajando", "la oficina", "turno*", "guardia", "reunion*", "junta*", "jefe", "jefa", "examen*",
        "clase*", "escuela", "colegio", "pedido*", "inventario", "horas extra*", "la tienda", "el taller", "cierre",
    ),
    "tired": (
        "cansad*", "cansancio", "agotad*", "sin fuerzas", "sin energia", "sueno", "no dormi", "dormi mal",
        "dormi poco", "mala noche", "rendid*", "muert* de sueno", "molid*", "hecha polvo", "hecho polvo",
        "me dormi",
    ),
    "ill": (
        "enferm*", "gripe", "gripa", "fiebre", "resfri*", "catarro", "dolor*", "duele", "dolia", "migrana*", "jaqueca",
        "lesion*", "la rodilla", "la espalda", "covid", "nauseas", "hospital", "medico", "medica", "doctor*",
        "dentista", "estomago", "me sentia mal", "me encontraba mal",
    ),
    "away": ("viaj*", "de viaje", "aeropuerto", "vuelo", "hotel", "vacaciones", "carretera", "fuera de casa", "avion"),
    "forgot": ("olvid*", "se me paso", "se me fue", "no me acorde", "me acorde tarde"),
    "mood": (
        "sin ganas", "no tenia ganas", "no tengo ganas", "sin animo*", "desanimad*", "desmotivad*", "estres*",
        "ansios*", "ansiedad", "nervios*", "agobi*", "triste", "mal dia", "dia malo", "dia dificil", "un dia horrible",
        "pereza", "flojera", "no me apetec*", "preocupad*", "abrumad*",
    ),
    "people": (
        "visita*", "invitad*", "mi madre", "mi mama", "mi padre", "mi papa", "mi hija", "mi hijo", "mis hijos",
        "mis hijas", "mi marido", "mi mujer", "mi esposa", "mi esposo", "mi pareja", "mi hermana", "mi hermano",
        "mi suegra", "los ninos", "las ninas", "el bebe", "la familia", "la nina", "el nino", "amig*", "cumpleanos",
        "fiesta", "boda", "funeral", "cena con", "nieto*", "nieta*",
    ),
    "weather": ("llov*", "lluvia*", "lluev*", "nieve", "nevad*", "tormenta*", "mucho calor", "mucho frio", "viento"),
}  # fmt: skip

NEGATORS = frozenset({"no", "nunca", "sin", "tampoco"})
BETWEEN = frozenset(
    {"estaba", "estoy", "estuve", "era", "es", "fue", "tan", "muy", "ni", "por", "tenia", "tengo", "hubo"}
)
"""Words that may stand between a negator and what it denies: "no estaba tan cansada"."""
