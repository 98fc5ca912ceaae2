"""Our codes in plain words, as pages say them."""

from collections.abc import Iterable

from coach_portal.core.models import Wish
from coach_portal.core.rules.crisis_lines import CrisisLines
from coach_portal.core.rules.habit.growing import Advice
from coach_portal.core.rules.habit.streak import FREEZES
from coach_portal.core.services.pages.client_page import GoalLine

STANDINGS = {
    "safety": "Safety",
    "wants_you": "Wants you",
    "number_broken": "Number broken",
    "held": "On hold",
    "silent": "Silent",
    "slipping": "Slipping",
    "on_track": "On track",
    "no_goal": "No goal yet",
    "paused": "Paused",
    "not_confirmed": "Not yet confirmed",
    "declined": "Said no",
    "opted_out": "Opted out",
}
TONES = {"safety": "alarm", "wants_you": "warn", "number_broken": "warn", "held": "warn", "silent": "warn"} | {
    "slipping": "warn",
    "paused": "dim",
    "not_confirmed": "dim",
    "declined": "dim",
    "opted_out": "dim",
}

LANGUAGES = {"en": "English", "es": "Spanish"}
WORDED = {"check_in": "Check-in", "wins": "Evening wins", "reminder": "Session reminder"}
PERIODS = {12: "Twelve weeks", 26: "Half a year", 52: "A year", 104: "Two years"}
SHOWN = {"all": "All", "texts": "Texts", "wins": "Goals and wins", "notes": "Notes", "agreements": "Agreements"}
REMINDERS = {0: "No reminder", 2: "Two hours before", 24: "A day before", 48: "Two days before"}
KINDS = {"check_in": "Check-in", "wins": "Evening wins", "reflection": "Weekly reflection"}

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# The rules' codes: why nothing goes to someone just now, and below why one text did not go then.
SILENCES = {
    "no_consent": "{name} has not said YES yet.",
    "no_call_consent": "Calls take a yes of their own, and there is none of {name}’s.",
    "call_cap": "Ten calls a week are what {name} agreed to.",
    "no_promotion_consent": "It reads as an offer, and {name} has not agreed to offers.",
    "opted_out": "{name} opted out of texts.",
    "held": "Texts are held until you have looked.",
    "paused": "{name} is on a pause.",
    "quiet": "{name} has been silent, so the questions rest.",
    "unreachable": "The carrier cannot reach this number.",
    "archived": "Coaching with {name} has ended.",
    "sender_stopped": "The carrier has stopped the number you text from.",
    "budget_spent": "This month’s budget for texts is spent.",
    "touched_today": "{name} has had today’s question.",
    "daily_cap": "{name} has had as many texts as one day may bring.",
    "weekly_cap": "{name} has had as many texts this week as they agreed to.",
    "promotion_cap": "{name} has had three offers within a day.",
    "outside_hours": "It is outside the hours in which you may text.",
    "area_code": "It is outside the hours where {name}’s area code lies.",
    "state_hours": "It is outside the hours that {name}’s state allows for offers.",
    "too_late": "It could not leave in time, and a late question helps nobody.",
    "already_told": "{name} has already told us.",
    "day_full": "The number has sent as much as the carriers let it in a day.",
    "paced": "It waits its turn at the carrier.",
    "no_goals": "There is no goal to ask about.",
}
# Where no rule refused: nothing was to be asked.
NOTHING_DUE = {
    "no_schedule": "No check-in is set.",
    "no_goals": "There is no goal to ask about.",
    "not_today": "Today is none of {name}’s days.",
}
WHY_NOT = SILENCES | {
    "no_consent": "{name} had not said YES.",
    "no_promotion_consent": "It read as an offer, and {name} had not agreed to offers.",
    "opted_out": "{name} had opted out of texts.",
    "held": "Texts were held until you had looked.",
    "paused": "{name} was on a pause.",
    "quiet": "{name} had been silent, so the questions rested.",
    "unreachable": "The carrier could not reach this number.",
    "archived": "Coaching with {name} had ended.",
    "sender_stopped": "The carrier had stopped the number you text from.",
    "budget_spent": "That month’s budget for texts was spent.",
    "touched_today": "{name} had had that day’s question.",
    "daily_cap": "{name} had had as many texts as one day may bring.",
    "weekly_cap": "{name} had had as many texts that week as they agreed to.",
    "promotion_cap": "{name} had had three offers within a day.",
    "outside_hours": "It was outside the hours in which you may text.",
    "area_code": "It was outside the hours where {name}’s area code lies.",
    "state_hours": "It was outside the hours that {name}’s state allows for offers.",
    "already_told": "{name} had already told us.",
    "week_instead": "The week came back that evening instead.",
    "day_full": "The number had sent as much as the carriers let it in a day.",
    "no_goals": "There was no goal to ask about.",
    "eased": "It was not its turn: {name} is asked less often.",
    "taken_back": "You took it back before it left.",
}
STATES = {
    "planned": "waiting to be sent",
    "sending": "on its way",
    "unknown": "being looked into: it may or may not have gone",
    "accepted": "taken by the carrier",
    "sent": "sent",
    "delivered": "delivered",
    "undelivered": "not delivered",
    "failed": "not delivered",
    "not_sent": "not sent",
}
UNDERSTOOD = {
    "message": ("coach", "For you"),
    "crisis": ("coach", "The safety answer went at once"),
    "stop": ("coach", "Opted out"),
    "start": ("done", "Opted in again"),
    "confirm": ("done", "Said yes to texts"),
    "decline": ("missed", "Said no to texts"),
    "snooze": ("not_asked", "Asked to be asked later"),
    "pause": ("paused", "Asked for a pause"),
    "wish": ("not_asked", "Asked to be texted otherwise"),
    "page": ("not_asked", "Asked for their own page"),
    "resume": ("not_asked", "Is back"),
    "undo": ("not_asked", "Took the last one back"),
    "status": ("not_asked", "Asked how it stands"),
    "calls": ("done", "Said yes to calls"),
    "no_calls": ("not_asked", "Wants no calls"),
    "help": ("not_asked", "Asked for help"),
    "reflection": ("not_asked", "Kept as a reflection"),
}
ALERTS = {
    "risk": "may be in danger",
    "possible_risk": "wrote something you should read",
    "maybe_stop": "may want the texts to stop",
    "bad_number": "cannot be reached: the number does not take texts",
    "wants_answer": "wants an answer",
    "silent_client": "has gone quiet, also when asked whether to go on: check-ins rest until they write",
    "opted_out": "opted out, as the carrier says",
    "not_delivered": "did not get the safety answer",
    "wrong_number": "may have another number now: whoever has this one is not them",
    "who_is_this": "asked who we are",
}
# What wants the practice rather than one client: what has happened, and the way on.
PRACTICE_ALERTS = {
    "sender_stopped": ("Your texts have stopped", "The carriers refuse the number they leave from.", "See what to do"),
    "budget_spent": (
        "This month’s limit is reached",
        "Automatic texts rest until the month ends or the limit is raised. Safety texts always go.",
        "Look at the money",
    ),
}
# What was done about an alert. {who} is a person's name, {name} the client's first name.
STEPS = {
    "raised": "{name}’s text came.",
    "answered": "The safety answer went back with the numbers to call.",
    "held": "Every automatic text to {name} was held.",
    "coach_text": "{who} was texted.",
    "coach_email": "{who} was emailed.",
    "second_text": "{who}, the second contact, was texted.",
    "second_email": "{who}, the second contact, was emailed.",
    "nobody_else": "Nobody else could be told: no second contact is named.",
    "acknowledged": "{who} has it in hand.",
    "cleared": "{who} looked, and let texts go again.",
    "closed": "{who} took care of it.",
}
OUTCOMES = STATES | {
    "unknown": "it may or may not have gone, and is being looked into",
    "accepted": "on its way",
    "sent": "handed over",
}


def step(code: str, who: str, name: str) -> str:
    """One step of an alert, in a sentence."""
    told = STEPS.get(code, "Something was done.").format(who=who or "Someone", name=name)
    return told[:1].upper() + told[1:]


def call_or_text(lines: CrisisLines) -> str:
    """A country's crisis line in a few words: "988, call or text", or the directory where we know of no line."""
    if not lines.call:
        return lines.web
    named = f"{lines.call} ({lines.name})" if lines.name else lines.call
    if not lines.text:
        return f"{named}, call"
    if lines.text == lines.call:
        return f"{named}, call or text"
    word = f"{lines.word} to " if lines.word else ""
    return f"{named}, call; text {word}{lines.text}"


def days_in_words(days: str) -> str:
    """Weekday digits in words: every day, weekdays, weekends, Monday and Thursday."""
    chosen = "".join(sorted(set(days)))
    known = {"1234567": "every day", "12345": "weekdays", "67": "weekends"}
    if chosen in known:
        return known[chosen]
    names = LONG_WEEKDAYS if len(chosen) < 3 else WEEKDAYS
    return listed([names[int(digit) - 1] for digit in chosen])


def cadence(code: str) -> str:
    """How often, in words: "daily" is every day, "3_per_week" three times a week."""
    known = {"daily": "every day", "weekdays": "weekdays", "weekends": "weekends", "weekly": "once a week"}
    if code in known:
        return known[code]
    if code.isdigit():
        return days_in_words(code)
    times = "".join(character for character in code if character.isdigit())
    return f"{times} times a week" if times else code.replace("_", " ")


def braced(names: Iterable[str], when: str) -> str:
    """What stands in braces in a wording: "{client}, {coach} (if you like). "."""
    told = ", ".join(f"{{{name}}}" for name in sorted(names))
    return f"{told} ({when}). " if told else ""


def listed(parts: Iterable[str]) -> str:
    """a, b and c."""
    told = list(parts)
    return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)


def cadences(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Cadences to choose from, short enough to stand side by side."""
    return [(code, cadence(code).replace(" times", "").capitalize()) for code in codes]


def silence(code: str | None, name: str) -> str:
    """Why nothing goes now, in a sentence."""
    return SILENCES.get(code or "", "Nothing goes just now.").format(name=name)


def because(code: str, name: str, *, is_over: bool = False) -> str:
    """The same after "because"."""
    table = NOTHING_DUE | (WHY_NOT if is_over else SILENCES)
    told = table.get(code, "Nothing was to go.")
    told = told if told.startswith("{name}") else told[:1].lower() + told[1:]
    return told.format(name=name)


def how_often(days: str, every_days: int | None) -> str:
    """Weekdays in words, or every so many days."""
    if not every_days:
        return days_in_words(days)
    return "every day" if every_days == 1 else "every second day" if every_days == 2 else f"every {every_days} days"


def why_not(code: str | None, name: str) -> str:
    """Why one text did not go, in a sentence."""
    return WHY_NOT.get(code or "", "").format(name=name)


def habit(line: GoalLine) -> str:
    """How strong a goal's habit is and how long it has held: "Strength 62. 9 days running, one freeze spent."."""
    told = [f"Strength {line.strength}."]
    if line.this_week:
        told.append(f"{line.this_week.done} of {line.this_week.days} this week.")
    if line.streak.length > 1:
        spent = FREEZES - line.streak.freezes
        after = {0: "", 1: ", one freeze spent", 2: ", both freezes spent"}[spent]
        told.append(f"{line.streak.length} {'weeks' if line.streak.in_weeks else 'days'} running{after}.")
    return " ".join(told)


def advised(given: Advice) -> str:
    """What a goal's record says, as a fact."""
    times = "weeks" if given.in_weeks else "times"
    if given.kind == "automatic":
        return f"Kept {given.kept} of the last {given.times} {times}: it runs by itself."
    return f"Kept {given.kept} of the last {given.times} {times}: it may be too big, or tied to the wrong moment."


WISHES = {
    "pace": "As often as they chose.",
    "hours": "Only in hours of their own.",
    "half": "Every other time.",
    "weekly": "Once a week.",
    "more": "Every time, also when it goes well.",
    "days": "Only on certain days.",
    "part": "Only at a certain time of day.",
    "not_part": "Never at a certain time of day.",
    "at": "At a time of their own.",
}


def wished(wish: Wish) -> str:
    """What a client wished about when we ask."""
    if wish.kind == "days":
        asked = [one["days"] for one in wish.after["schedules"].values() if one["kind"] != "reflection"]
        return f"Only {days_in_words(asked[0])}." if asked else WISHES["days"]
    opens, closes = wish.after["client"].get("texts_from"), wish.after["client"].get("texts_until")
    if wish.kind == "pace":
        return WISHES.get(wish.after["client"]["pace"] or "", WISHES["more"])
    if wish.kind in {"part", "not_part", "hours"} and (opens or closes):
        bounds = [f"not before {opens.removeprefix('0')}"] if opens else []
        bounds += [f"not after {closes.removeprefix('0')}"] if closes else []
        return " and ".join(bounds).capitalize() + "."
    return WISHES.get(wish.kind, "Otherwise than before.")
