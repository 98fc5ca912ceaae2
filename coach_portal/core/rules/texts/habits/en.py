"""English."""

from coach_portal.core.rules.texts.language import Growing, Wishing

GROWING = Growing(
    thanks=(
        "{client}, {goal} no longer needs us: it is yours. We stop asking about it. Well kept. {coach}",
        "{goal} has become part of your days, {client}, so we stop asking. Thank you for keeping at it. {coach}",
    ),
    anchor="after {goal}",
    discouraged=frozenset(
        {
            r"\bI (just )?(never|can ?not|can'?t) (ever )?(manage|do (it|this|anything)|keep (it|this) up)\b[^.!?,]*",
            r"\bI( am|'m|m) (hopeless|useless|no good|a failure|terrible|so bad)\b[^.!?,]*",
            r"\bI (always|keep) (fail(ing)?|giv(e|ing) up|mess(ing)? (it|this) up)\b[^.!?,]*",
        }
    ),
)

WISHING = Wishing(
    go_on=(
        "Hi {client}. It has been quiet, and that is fine. Shall I go on asking? YES, LESS or PAUSE will do, or tell "
        "{coach} what would suit you better.",
    ),
    okay="Okay, ",
    half="Okay, fewer texts: every other time from now on. MORE brings them back, STOP ends them.",
    weekly="Okay, once a week from now on. MORE brings them back, STOP ends them.",
    more="Okay, back to every time. LESS makes them fewer again.",
    days="Okay, only {days} from now on.",
    weekdays="on weekdays",
    weekends="at weekends",
    day_names=("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"),
    only={
        "morning": "Okay, only in the morning from now on.",
        "afternoon": "Okay, only in the afternoon from now on.",
        "evening": "Okay, only in the evening from now on.",
    },
    never={
        "morning": "Okay, no more texts in the morning. I will ask after noon.",
        "afternoon": "Okay, no more texts in the afternoon. I will ask in the morning.",
        "evening": "Okay, no more texts in the evening. I will ask earlier in the day.",
    },
    at="Okay, {time} from now on.",
    page="Your page, {client}: {url} It opens until {day}, for you alone.",
)
