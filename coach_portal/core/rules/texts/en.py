"""English."""

from coach_portal.core.rules.texts.habits.en import GROWING, WISHING
from coach_portal.core.rules.texts.language import (
    Agreeing,
    Answering,
    Asking,
    Caring,
    DayWords,
    Grammar,
    Holding,
    Language,
)
from coach_portal.core.rules.texts.sundays.en import PICTURING, QUESTIONS, SUPPORTING, WEEKLY

GRAMMAR = Grammar(
    and_="and",
    and_shift=None,
    or_="or",
    more="{count} more",
    part="{amount} of {whole}",
    decimal=".",
    units={
        "min": ("minute", "minutes", "min", "mins", "m"), "h": ("hour", "hours", "h", "hrs"),
        "s": ("second", "seconds", "s", "sec", "secs"), "page": ("page", "pages"), "step": ("step", "steps"),
        "glass": ("glass", "glasses"), "cup": ("cup", "cups"), "litre": ("litre", "litres", "liter", "liters", "l"),
        "ml": ("ml", "ml"), "km": ("km", "km", "k", "kilometres", "kilometers"), "mile": ("mile", "miles"),
    },
    cues=frozenset({
        "after", "before", "when", "whenever", "while", "once", "as", "at", "on", "in", "during", "every", "each",
        "first", "right", "until", "till", "by", "with", "over", "between", "upon", "following",
    }),
    limits=frozenset({
        "max", "maximum", "most", "under", "below", "less", "than", "limit", "cap", "no", "only", "before", "after",
        "by", "until", "till", "past",
    }),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    done_on=DayWords("for today", "for yesterday", "for tomorrow", "for {weekday}", "for {month} {day}"),
    until=DayWords("later today", "yesterday", "tomorrow", "{weekday}", "{month} {day}"),
    ask_on=DayWords("", "yesterday", "tomorrow", "on {weekday}", "on {month} {day}"),
    missed_on=DayWords("today", "yesterday", "tomorrow", "on {weekday}", "on {month} {day}"),
    reporting=frozenset({
        "i", "ive", "ve", "a", "an", "the", "my", "and", "then", "also", "too", "both", "all", "it", "of", "to", "in",
        "at", "for", "on", "with", "no", "not", "yes", "yep", "yeah", "ok", "did", "do", "done", "didn", "t", "got",
        "had", "was", "made", "managed", "finished", "completed", "today", "yesterday", "morning", "night", "tonight",
        "but", "only", "just", "some", "bit", "one", "two", "three", "four", "five", "ten", "minutes", "min", "times",
        "after", "before", "again", "that", "them", "this", "so", "went", "hi", "hello", "thanks", "well", "good",
    }),
    hardships=frozenset({
        "ill", "sick", "flu", "fever", "unwell", "poorly", "headache", "migraine", "pain", "hurt", "hurts", "injured",
        "exhausted", "hospital", "doctor", "funeral", "died", "covid", "nausea", "cramps", "throwing", "vomiting",
    }),
    clock="at {time}",
    half_days=("am", "pm"),
)  # fmt: skip

ASKING = Asking(
    check_in=(
        "Hi {client}. Today's check-in: {goals}. How did it go?",
        "{goals}. How was that today, {client}? However it went is fine to say.",
        "{client}, how did this go today: {goals}? A little counts too.",
        "Your check-in from {coach}: {goals}. How far did you get today? Any answer is fine.",
        "Hi {client}. {goals}. How much of it happened today? One word is enough.",
    ),
    check_in_again=(
        "Hi {client}. No catching up to do. Just today: {goals}. How did it go, even a little?",
        "{client}, a fresh day: {goals}. What was possible today? Nothing is a fine answer too.",
        "Only today counts: {goals}. How was it? If it has grown too big, say so and it can shrink.",
    ),
    wins=(
        "What were three small wins today, {client}? Tiny ones count.",
        "Before the day ends, {client}: what went right, however small? One thing is enough.",
        "What went well today? Getting up counts.",
        "{client}, what did you manage today? Up to three things, in any order, any size.",
        "Three good things from today, {client}? A glass of water is one.",
        "What are you glad you did today, {client}? One to three things, on your list or not.",
    ),
    reflection=(
        "A question for you, {client}: {question} A line is enough.",
        "{client}, one for a quiet minute: {question}",
        "One question with no right answer: {question}",
    ),
    reminder=(
        "Hi {client}. Your session with {coach} is {when}. If that does not suit, just say so here.",
        "{client}, {coach} looks forward to your session {when}. If something is in the way, a word here is enough.",
    ),
    questions=QUESTIONS,
    unclear="I did not quite get that. How did it go with {goals}? A few words will do.",
    unclear_at_all="I did not quite get that. Could you put it another way? A few words will do.",
)

ANSWERING = Answering(
    logged=("Logged: {wins}.", "Logged: {wins}.", "Got it: {wins}.", "Noted: {wins}."),
    tally=(
        "That makes {done} of the last {days} days.",
        "{done} of the last {days} days now.",
        "{done} of {days} days lately.",
    ),
    tally_week="That makes {done} of {days} this week.",
    stands="Your {days} days stand.",
    counts=("That counts.", "", "", "It adds up.", ""),
    own_win="a win of your own",
    own_wins="{count} wins of your own",
    missed=(
        "Okay, not today: {goals}. Tomorrow is a fresh one.",
        "{goals} can wait. One miss is just a day. Tomorrow is the one that counts: never twice.",
        "Noted, not today: {goals}. No harm done. Next time, even a little counts.",
        "Not today, then: {goals}. Thanks for saying so. Next time, a little is plenty.",
    ),
    missed_again=(
        "Noted, not today: {goals}. Thanks for answering all the same. Next time {less} will do.",
        "Noted, not today: {goals}. Thanks for answering all the same. Next time the smallest bit will do.",
        "Okay, not today: {goals}. If it has grown too big, say so and {coach} can make it smaller.",
        "Noted, not today: {goals}. No rush. Two minutes would be a fine start.",
    ),
    missed_before=(
        "Okay, not {day}: {goals}. Today is a fresh one.",
        "Noted, not {day}: {goals}. Thanks for saying so. The next one will do.",
    ),
    missed_in_hardship=("Not {day}: {goals}. Sorry to hear it. The next one will do.",),
    missed_beside=("{goals} can wait.", "{goals}: next time.", "{goals} can wait for another day."),
    undone="Taken back.",
    kinder=(
        'You wrote "{words}". Your own record is kinder: {title}, {done} of the last {days} days.',
        'You wrote "{words}". What stands here beside it: {title}, {done} of the last {days} days.',
    ),
    passed_on="I have passed that on to {coach}.",
    passed_rest="I have passed the rest on to {coach}.",
    away="{coach} is away until {day} and reads it then.",
    away_covered="{coach} is away until {day}; {cover} stands in.",
    worried="That sounds heavy, thank you for telling me. {coach} will see this. If it gets too much, {lines}",
    thanks=(
        "Thank you for writing that down. It is kept for you and {coach}.",
        "Thank you, that is worth keeping. {coach} can read it too.",
        "Thanks for taking the time. I have kept it for you and {coach}.",
    ),
)

HOLDING = Holding(
    snoozed="Okay, I will ask again {when}.",
    snoozed_openly="Okay, later it is. I will ask again.",
    paused="Okay, no check-ins until {day}. Say so if you want them back sooner.",
    paused_openly="Okay, check-ins are paused. Just say when you want them back.",
    resumed="Good to have you back. The next check-in comes at its usual time.",
    handed_over="Hi {client}. From now on {coach} is your coach at {practice}, in place of {former}. Your goals and "
    "texts stay as they are. Just write as before.",
    taken_over="Hi {client}. From now on {coach} is your coach at {practice}. Your goals and texts stay as they are. "
    "Just write as before.",
    status="Days done lately: {rows}.",
    status_row="{title} {done} of {days}",
    status_goals="Your goals: {goals}.",
    status_empty="Nothing logged lately, and that is all right. One small thing is enough to begin.",
)

AGREEING = Agreeing(
    invitation=(
        "Hi {client}, {coach} ({practice}) would like to text you short check-ins on your goals, up to {per_week} "
        "msgs/wk. Reply YES to begin. Msg & data rates may apply. HELP for help, STOP to end. Not watched 24/7, "
        "not for emergencies: {crisis}."
    ),
    welcome=(
        "{practice}: welcome, {client}. {coach}'s check-ins on your goals come by text, up to {per_week} msgs/wk. "
        "Msg & data rates may apply. HELP for help, STOP to end. Not watched 24/7, not for emergencies: {crisis}."
    ),
    declined="Okay, we will not text you. If you change your mind, tell {coach} or text START.",
    help=(
        "{practice}. Help: {contact}. Up to {per_week} msgs/wk. Msg & data rates may apply. STOP to end. "
        "Not watched 24/7. In danger? Please {crisis}."
    ),
    stopped="{practice}: you are opted out. You will get no more texts or automated calls from us.",
    started_again=(
        "{practice}: you are back in. {coach}'s check-ins come again, up to {per_week} msgs/wk. "
        "Msg & data rates may apply. HELP for help, STOP to end. Not watched 24/7, not for emergencies: {crisis}."
    ),
    unknown_sender=(
        "Hello, this is {practice}. We do not know your number, so your text may not be read. If you meant to "
        "reach us, please contact your coach another way. In an emergency {crisis}."
    ),
)

_PASSING_ON = "I am passing this to {coach}. This line is not watched 24/7, so please do not wait."
CARING = Caring(
    self=(
        "This is an automatic reply. That sounds really hard, and you are not alone. If you may be in danger "
        "now, call {emergency}. {lines} " + _PASSING_ON
    ),
    other=(
        "This is an automatic reply. It is good that you look out for someone. If they may be in danger now, "
        "call {emergency}. {lines} It is open to you too. " + _PASSING_ON
    ),
    violence=(
        "This is an automatic reply. What you wrote sounds serious. If anyone may be hurt, get somewhere safe if you "
        "can and call {emergency}. {lines} " + _PASSING_ON
    ),
    medical=(
        "This is an automatic reply. If this may be a medical emergency, call {emergency} now, or have someone call. "
        + _PASSING_ON
        + " There is also someone to talk to. {lines}"
    ),
    call_or_text="You can call or text {call} any time, free.",
    call_or_text_word="You can call {call} or text {word} to {text}, free, any time.",
    call_or_text_other="You can call {call} or text {text}, any time.",
    call="You can call {call} any time, free.",
    web="You can find free help at {web}.",
    named="{number} ({name})",
    emergency_elsewhere="{emergency} or your local emergency number",
    brief="call {emergency}, or {call} in a crisis",
    brief_web="call {emergency}, or see {web}",
    coach_alert=(
        "Coach Portal: a text from {client} may be about safety and needs you now. Read it and confirm: {url}",
        "Coach Portal: a text from a number we do not know may be about safety. Read it now and confirm: {url}",
    ),
    backup_alert=(
        "Coach Portal: a client of {coach} may need someone now, and {coach} has not answered yet. "
        "Read it and confirm: {url}"
    ),
    your_coach="your coach",
)

WORDS = Language(
    "en", GRAMMAR, ASKING, ANSWERING, HOLDING, WEEKLY, PICTURING, SUPPORTING, GROWING, WISHING, AGREEING, CARING
)
