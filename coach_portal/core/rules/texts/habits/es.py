"""Spanish."""

from coach_portal.core.rules.texts.language import Growing

GROWING = Growing(
    thanks=(
        "{client}, lo de {goal} ya es tuyo y no nos necesita. Dejamos de preguntar. Gracias por la constancia. {coach}",
        "Lo de {goal} ya forma parte de tu rutina, {client}. Dejamos de preguntar por ello. Gracias. {coach}",
    ),
    anchor="después de {goal}",
)
