"""English."""

TITLE = "Your page"
WITH = "With {coach}, {practice}"
HEAD = ("{client}, that is one small win in two weeks", "{client}, that is {count} small wins in two weeks")
HEAD_QUIET = "{client}, it was a quiet fortnight. Nothing is lost"
NEXT = "You are asked next {when}."
GOALS = "Your goals"
NO_GOALS = "Nothing is agreed yet. {coach} and you will find something tiny."
TALLY = ("{done} of one day", "{done} of {days} days")
NOT_YET = "Not asked yet"
PROGRAMME = "You are in {name}, week {week}."
DAYS_RUNNING = "{count} days running"
WEEKS_RUNNING = "{count} weeks running"
TO_TRY = "To try one day"
GROWN = "Yours by now"
CALENDAR = "Twelve weeks"
IN_WORDS = "Done on {done} days of the twelve weeks to {day}"
TABLE = "The same as a table"
WEEK_OF = "Week of"
LETTERS = ("M", "T", "W", "T", "F", "S", "S")
SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DATE = "{day} {month}"
WINS = "Your wins"
NO_WINS = "What you tell us stands here, in your words. The next small thing counts."
WEEKS = "Your weeks"
WEEK_TO = "Week to {day}"
PICTURE = "The picture of your week to {day}"
HOURS = "The hours for texts"
HOW_LONG = "How long"
TEXTED = "How you are texted"
BEFORE, AFTER = "No texts before", "No texts after"
NO_BOUND = "As usual"
BAD_HOURS = "Choose an hour that is later than the first."
OFTEN = "How often you are asked"
PACES = {"full": "Every time", "half": "Every other time", "weekly": "Once a week"}
WAY = "By text or by call"
WAYS = {"text": "By text", "call": "By call"}
CALL_TERMS = (
    "{coach}'s check-ins may come as an automatic call with an artificial voice, up to {per_week} a week, in the same "
    "hours as the texts. Nothing else depends on it. Pressing 9 on any call ends them; STOP ends calls and texts."
)
CALL_ME = "I agree, call me"
TEXT_ME = "Text me again, no calls"
LANGUAGE = "Language"
SAVE = "Save"
BREAK = "Take a break"
BREAKS = {"3": "Three days", "7": "A week", "14": "Two weeks", "": "Until I say so"}
BREAK_NOW = "Begin the break"
ON_BREAK_UNTIL = "You are on a break until {day}. Nothing is asked before that."
ON_BREAK = "You are on a break until you say so. Nothing is asked before that."
BEGIN = "Begin again now"
STOP = "Stop all texts"
STOPPED = "You get no texts from us. To begin again, text START."
DATA = "Your data"
DATA_IS = (
    "All you told us, what we agreed and what we texted you, in one file. Notes your coach keeps are not in it: ask "
    "{coach}."
)
DOWNLOAD = "Download my data (JSON)"
LINK = "This page"
LINK_IS = (
    "Whoever has its address can open it, until {day}. Lost your phone, or sent it on? Close it. Text MY PAGE for a "
    "new one."
)
CLOSE = "Close this page"
SAVED = "Saved."
BREAK_TAKEN = "You are on a break."
BEGUN = "Good to have you back."
AS_BEFORE = "It is as it was before."
UNDO = "Undo"
CLOSED = "This page is closed"
CLOSED_IS = "Text MY PAGE to the number that texts you, and a new one comes."
MARKS = {
    "done": "done",
    "partly": "partly",
    "missed": "not done",
    "silent": "no answer",
    "not_asked": "not asked",
    "paused": "on a break",
    "ahead": "to come",
}
