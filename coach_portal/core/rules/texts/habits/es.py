"""Spanish."""

from coach_portal.core.rules.texts.language import Growing, Wishing

GROWING = Growing(
    thanks=(
        "{client}, lo de {goal} ya es tuyo y no nos necesita. Dejamos de preguntar. Gracias por la constancia. {coach}",
        "Lo de {goal} ya forma parte de tu rutina, {client}. Dejamos de preguntar por ello. Gracias. {coach}",
    ),
    anchor="después de {goal}",
    discouraged=frozenset(
        {
            r"\b(yo )?nunca (lo )?(consigo|logro|puedo|termino)\b[^.!?,]*",
            r"\bsiempre (fallo|fracaso|lo dejo|abandono)\b[^.!?,]*",
            r"\bsoy (un desastre|in[uú]til|un in[uú]til|una in[uú]til)\b[^.!?,]*",
            r"\bno (sirvo|valgo) para (esto|nada)\b",
        }
    ),
)

WISHING = Wishing(
    go_on=(
        "Hola {client}. Hace tiempo que no hablamos y no pasa nada. Sigo preguntando? Basta con SIGUE, MENOS o PAUSA, "
        "o dile a {coach} lo que te viene mejor.",
    ),
    okay="De acuerdo, ",
    half="De acuerdo, menos mensajes: una de cada dos veces. MAS para volver a lo de antes, STOP para dejarlo.",
    weekly="De acuerdo, una vez por semana. MAS para volver a lo de antes, STOP para dejarlo.",
    more="De acuerdo, vuelvo a preguntar cada vez. Con MENOS vuelven a ser menos.",
    days="De acuerdo, desde ahora solo {days}.",
    weekdays="entre semana",
    weekends="los fines de semana",
    day_names=("lunes", "martes", "miércoles", "jueves", "viernes", "sabados", "domingos"),
    only={
        "morning": "De acuerdo, desde ahora solo por la mañana.",
        "afternoon": "De acuerdo, desde ahora solo por la tarde.",
        "evening": "De acuerdo, desde ahora solo por la noche.",
    },
    never={
        "morning": "De acuerdo, por la mañana nada. Pregunto a partir de las doce.",
        "afternoon": "De acuerdo, por la tarde nada. Pregunto por la mañana.",
        "evening": "De acuerdo, por la noche nada. Pregunto antes.",
    },
    at="De acuerdo, desde ahora {time}.",
    page="Lo tuyo, {client}: {url} El enlace abre hasta {day} y es solo para ti.",
)
