"""English."""

from coach_portal.core.rules.texts.language import Growing

GROWING = Growing(
    thanks=(
        "{client}, {goal} no longer needs us: it is yours. We stop asking about it. Well kept. {coach}",
        "{goal} has become part of your days, {client}, so we stop asking. Thank you for keeping at it. {coach}",
    ),
    anchor="after {goal}",
)
