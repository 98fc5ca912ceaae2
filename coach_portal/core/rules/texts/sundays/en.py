"""English."""

from coach_portal.core.rules.texts.language import Picturing, Supporting, Weekly

QUESTIONS: dict[str, tuple[str, ...]] = {
    "noticing": (
        "What small thing went better than you expected?",
        "When this week did you feel most like yourself?",
        "What did you do this week that used to be hard?",
        "What did you notice that nobody else would have seen?",
        "Which moment of this week would you keep?",
        "What happened almost by itself this week?",
        "What did you do without having to talk yourself into it?",
        "What surprised you about yourself this week?",
        "Where were you when it felt easy?",
        "What did your body tell you this week?",
        "What did you enjoy that cost nothing?",
        "What was different this week, even by a little?",
        "What did you say no to that was good for you?",
    ),
    "help": (
        "What made the good days easier?",
        "Who helped you along, perhaps without knowing it?",
        "Which time of day works best for you?",
        "What could you lay out tonight that makes tomorrow easier?",
        "What got in the way this week?",
        "Which day was the hardest, and what was different about it?",
        "What could you leave out next week without missing it?",
        "What could you still do on your worst day?",
        "What would make the first step smaller?",
        "What reminds you best, without anybody saying a word?",
        "Which place makes it easier to begin?",
        "What could someone else do for you next week?",
        "What do you do just before it goes well?",
    ),
    "kindness": (
        "If a friend had had your week, what would you tell them?",
        "What are you glad you did, even if nobody saw?",
        "Where were you harder on yourself than you needed to be?",
        "What did you need more of this week?",
        "What was heavy this week, and what carried you a little?",
        "What is enough for tomorrow?",
        "What would you like to put down for a while?",
        "Who could you tell how this week really was?",
        "What got you through this week?",
        "Which part of this week was out of your hands?",
        "What small comfort helped, even briefly?",
        "What would a gentler next week look like?",
        "What can wait, without anything going wrong?",
    ),
    "ahead": (
        "Why does this matter to you now?",
        "What would you like to still be doing in a year?",
        "What does this give you, beyond getting it done?",
        "Who notices when you look after yourself?",
        "What is worth doing again next week?",
        "Which of your goals feels ready to grow a little?",
        "What would make next week good enough?",
        "What do you want to tell your coach first when you talk?",
        "What do you look forward to next week?",
        "What would you like to have more room for?",
        "What are you getting good at?",
        "If your next step had to fit in two minutes, what would it be?",
        "Which day next week needs the most care?",
    ),
}

WEEKLY = Weekly(
    week=("Your week, {client}: {rows}.", "{client}, this was your week: {rows}.", "The week in short: {rows}."),
    first_row="{title} {done} of {days} days",
    row="{title} {done} of {days}",
    total="{done} of {days} done",
    own_win="a win of your own",
    own_wins="{count} wins of your own",
    quiet=(
        "A quiet week, {client}. That happens, and nothing is lost.",
        "Nothing logged this week, {client}, and that is fine.",
        "A quiet week. That is all right.",
    ),
    quiet_before=("The {count} times of the weeks before still count.", "What you did in the weeks before stays done."),
    better=("More than in the weeks before.", "That is more than in your last weeks."),
    steady=("As steady as the weeks before.", "Much like your last weeks: steady."),
    smaller=("A smaller week, and it counts.", "Less than lately, and that is fine."),
    begun_again=("You began again.", "You picked it up again."),
    quote='You wrote: "{quote}".',
    quote_before='A week ago you wrote: "{quote}".',
    picture="See it: {link}",
    did=frozenset({"did", "done", "finished", "completed", "managed"}),
    heavy=frozenset({
        "never", "nothing", "useless", "hopeless", "pointless", "hate", "stupid", "worst", "awful", "terrible", "alone",
        "lonely", "crying", "cried", "cry", "sad", "depressed", "anxious", "panic", "ashamed", "guilty", "failed",
        "fail", "failure", "overwhelmed", "exhausted", "drowning", "broken", "lost", "died", "funeral", "grief",
        "divorce", "fired", "drunk", "relapsed", "can't", "cannot",
    }),
)  # fmt: skip

PICTURING = Picturing(
    title="{client}’s week",
    title_alone="Your week",
    within_month="{month} {first} to {last}",
    across_months="{month} {first} to {last_month} {last}",
    day_letters="MTWTFSS",
    tally="{done} of {days}",
    own_wins="Wins of your own",
    quiet="A quiet week. Nothing is lost by it.",
)

SUPPORTING = Supporting(
    may_they=(
        "Hi {client}. May {supporter} get a short text each week with how many days you did your goals? Numbers only, "
        "nothing you write. Reply YES or NO. You can end it any time: text END SHARING."
    ),
    shared="Okay. {supporter} is asked now, and sees your weeks only if they agree. Text END SHARING to end it.",
    not_shared="Okay, {supporter} gets nothing.",
    no_longer="Done. {supporter} gets no more of your weeks.",
    cannot="That did not work. Text it like this: share Ana +16175550123",
    invitation=(
        "{practice}: hi {supporter}. {client} would like you to see how their week went: one short text a week. "
        "Reply YES to agree. Msg & data rates may apply. STOP to end, HELP for help."
    ),
    agreed="Thank you. Once a week you get {client}'s week in a text. A line you send back reaches them. STOP to end.",
    week="{client}'s week: {rows}. A line from you reaches them with their next check-in. STOP to end.",
    quiet="{client} had a quiet week. A line from you reaches them with their next check-in. STOP to end.",
    days="{done} of {days} days done",
    own_win="a win of their own",
    own_wins="{count} wins of their own",
    taken="Thank you. {client} gets your line with the next check-in.",
    line='{supporter} wrote to you: "{line}".',
    yes=frozenset({"yes", "y", "yes please", "yes ok", "ok", "okay", "sure", "yep", "yeah"}),
    no=frozenset({"no", "n", "no thanks", "no thank you", "nope", "rather not"}),
    share=frozenset({"share"}),
    end=frozenset({"end sharing", "stop sharing"}),
)
