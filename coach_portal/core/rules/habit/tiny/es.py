"""Sizes in Spanish."""

from coach_portal.core.rules.habit.tiny.sizes import Size, Sizes

MINUTES, PAGES, GLASSES = ("minuto", "minutos"), ("página", "páginas"), ("vaso", "vasos")

SIZES = Sizes(
    sizes=(
        Size(("hora", "horas", "h"), 0, 5, MINUTES),
        Size(("minuto", "minutos", "min", "mins"), 15, 5),
        Size(("segundo", "segundos", "seg"), 60, 20),
        Size(("km", "kms", "kilómetro", "kilómetros", "kilometro", "kilometros"), 2, 1),
        Size(("página", "páginas", "pagina", "paginas"), 10, 2),
        Size(("capítulo", "capítulos", "capitulo", "capitulos"), 0, 2, PAGES),
        Size(("libro", "libros"), 0, 2, PAGES),
        Size(("palabra", "palabras"), 150, 50),
        Size(("litro", "litros", "l"), 0.5, 1, GLASSES),
        Size(("vaso", "vasos", "taza", "tazas"), 3, 1),
        Size(("paso", "pasos"), 4000, 1000),
        Size(("sentadilla", "sentadillas"), 20, 5),
        Size(("flexión", "flexiones", "flexion"), 20, 5),
        Size(("abdominal", "abdominales"), 20, 5),
        Size(("burpee", "burpees"), 20, 5),
        Size(("zancada", "zancadas"), 20, 5),
        Size(("repetición", "repeticiones", "repeticion"), 20, 5),
        Size(("largo", "largos", "vuelta", "vueltas"), 10, 2),
    ),
    numbers={"un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "diez": 10, "veinte": 20,
             "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "cien": 100},
    halves={"media hora": 30, "hora y media": 90, "una hora y media": 90},
    undertakings=(
        (r"\b(gimnasio|gym|entrenar)\b", "Ponerme las zapatillas"),
        (r"\b(media )?marat[oó]n\b|\bsalir a correr\b", "Ponerme las zapatillas"),
        (r"\b(limpiar|ordenar|recoger) (toda )?(la |mi )?(casa|cocina|oficina)\b", "Despejar una superficie"),
        (r"\bescribir (un|una|mi|el|la) (libro|novela|cap[ií]tulo|blog|art[ií]culo|tesis)\b", "Escribir una frase"),
        (r"\baprender (ingl[eé]s|franc[eé]s|alem[aá]n|italiano|chino|un idioma)\b", "Aprender una palabra"),
        (r"\bcocinar todos los d[ií]as\b", "Lavar una verdura"),
        (r"\bvaciar (la bandeja|el correo)\b", "Responder un correo"),
    ),
    minutes=MINUTES,
)  # fmt: skip
