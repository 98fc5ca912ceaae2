"""Those who are texted in Spanish: Lucía in Valencia and Mateo in Mexico City."""

from infra.local.demo.people.reflections import FROM_MEXICO, FROM_VALENCIA
from infra.local.demo.person import Asked, Pace, Person, Scene

LUCIA = Person(
    name="Lucía Ferrer",
    phone="+34600555017",
    timezone="Europe/Madrid",
    country="ES",
    locale="es",
    yes="SÍ",
    goals=(
        {
            "title": "Paseo de 20 minutos",
            "anchor": "después de comer",
            "area": "movement",
            "cadence": "daily",
            "amount": 20,
            "unit": "minutos",
        },
        {"title": "Un vaso de agua", "anchor": "al levantarme", "area": "food", "cadence": "daily"},
    ),
    asked=(
        Asked(
            "16:15",
            Pace(done=60, part=20, missed=8, drift=1, weekend=5),
            done=(
                "ambas",
                "sí, 20 minutos de paseo y el agua",
                "hecho todo",
                "paseo y agua, sí",
                "paseo y agua, por el río y con sol",
                "todo hecho",
                "25 minutos de paseo y el vaso de agua",
                "sí a las dos",
                "hecho, hecho",
            ),
            part=(
                "el agua sí, el paseo no, llovía",
                "10 minutos de paseo, agua sí",
                "solo el agua",
                "paseo sí, agua no",
                "15 minutos de paseo y el agua",
            ),
            missed=("hoy no", "nada hoy, mucho trabajo", "no, con fiebre"),
        ),
    ),
    voice=FROM_VALENCIA,
    scenes=(
        Scene(9, "18:05", "client", "¿puedo cambiar el paseo a la mañana? por la tarde ya es de noche"),
        Scene(9, "19:10", "coach", "Claro que sí, Lucía. Por la mañana, después del desayuno, cuenta igual. Ines"),
        Scene(9, "19:14", "client", "gracias!!"),
        Scene(
            13,
            "11:00",
            "meets",
            data={"minutes": 45, "place": "Video", "agreed": (("Paseo por el río, aunque sea corto", 1),)},
        ),
        Scene(-2, "11:00", "meets", data={"minutes": 45, "place": "Video"}),
    ),
)

MATEO = Person(
    name="Mateo Ortiz",
    phone="+525555550142",
    timezone="America/Mexico_City",
    country="MX",
    locale="es",
    yes="SÍ",
    began=35,
    goals=(
        {
            "title": "Meditar 5 minutos",
            "anchor": "después del primer café",
            "area": "mind",
            "cadence": "daily",
            "amount": 5,
            "unit": "minutos",
        },
        {"title": "Apuntar los gastos", "anchor": "al cerrar el local", "area": "money", "cadence": "weekdays"},
    ),
    asked=(
        Asked(
            "09:00",
            Pace(done=55, part=12, missed=12, drift=3, weekend=10),
            goals=(1,),
            done=(
                "sí, 5 minutos",
                "hecho",
                "listo",
                "5 min, con los ojos cerrados de verdad",
                "ya está",
                "sí",
                "medité 8 minutos",
            ),
            part=("3 minutos nomás", "2 minutos, sonó el teléfono"),
            missed=("hoy no", "no, abrí temprano", "no pude"),
        ),
        Asked(
            "19:30",
            Pace(done=60, missed=15, drift=1),
            days="12345",
            goals=(2,),
            done=("apunté todo", "sí, todos", "hecho", "listo, ya los apunté", "sí"),
            missed=("hoy no", "no, mañana los junto"),
        ),
    ),
    voice=FROM_MEXICO,
    scenes=(
        Scene(9, "07:30", "starts"),
        Scene(
            16,
            "13:00",
            "meets",
            data={"minutes": 30, "place": "Teléfono", "agreed": (("Apuntar los gastos al volver del mercado", 2),)},
        ),
        Scene(-5, "13:00", "meets", data={"minutes": 30, "place": "Teléfono"}),
    ),
)

PEOPLE = (LUCIA, MATEO)
