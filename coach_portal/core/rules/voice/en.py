"""English, aloud."""

from coach_portal.core.rules.voice.language import Speaking

WORDS = Speaking(
    opening="This is {coach}'s check-in, an automatic call from {practice}. Hello {client}.",
    question="Today: {goals}. How did it go?",
    question_several="Today: {goals}. Which of them happened?",
    question_many="Today there are {count} goals to ask about. What happened of them?",
    question_wins="What went well today, however small? Up to three things.",
    tell="Just tell me, in your own words.",
    keys_one="Or press 1 if it happened, 2 if it did not.",
    keys_several="Or press 1 for all of it, 2 for none of it, 4 to go through them one by one.",
    keys_more="3 leaves {coach} a message, 9 ends these calls.",
    again="Sorry, I did not get that.",
    use_keys="I still did not get that. Please use the keys, or just hang up: a text will do later.",
    each="{goal}. Press 1 if it happened, 2 if not.",
    nothing_heard="I heard nothing, and that is all right. A text will do, any time today. Goodbye.",
    anything_else="Press 3 to leave {coach} a message, or just hang up. Our number is {number}.",
    goodbye="Goodbye.",
    noted="I have noted that for {coach}.",
    leave_message=(
        "You can leave {coach} a message of up to two minutes. It will be recorded, for {coach} to hear. If you would "
        "rather not be recorded, hang up now. Speak after the tone, and press any key when you are done."
    ),
    message_left=(
        "Thank you. {coach} gets your message. This line is not watched day and night: in danger, please {crisis}. "
        "Goodbye."
    ),
    no_message="Nothing was recorded. Goodbye.",
    no_more_calls=(
        "All right. You will get no more calls from {practice}. Your texts go on as they are; to end those too, press "
        "9 again now."
    ),
    all_ended="You are opted out. You will get no more texts and no more automatic calls from {practice}. Goodbye.",
    machine=(
        "This is {coach}'s automatic check-in call for {client}, from {practice}. You can call back any time and say "
        "how it went, at {number}. To get no more calls, press 9 when you call. Goodbye."
    ),
    menu="This is {coach}'s automatic line at {practice}. Hello {client}. Tell me what you did today.",
    keys_menu="Or press 1 to log a win, 2 to hear your week, 3 to leave {coach} a message, 9 for no more calls.",
    log_win="What did you do?",
    no_week="There is nothing to tell of your week yet.",
    stranger=(
        "Hello. This is the automatic line of {practice}, a coaching practice. We do not know the number you call "
        "from. If you are a client, please reach your coach another way. In an emergency, please {crisis}. If you want "
        "no calls or texts from us on this number, press 9."
    ),
    stranger_stopped="All right. We will neither call nor text this number. Goodbye.",
    away="Sorry, we cannot take your call just now. Please try again later, or send a text. In an emergency {crisis}.",
    text_follows="I have sent you that by text.",
    may_we_call=(
        "{client}, {coach} ({practice}) can also call you for check-ins, by an automatic voice, up to {per_week} a "
        "week. Reply CALL to agree, NO for texts only. Pressing 9 on a call ends them."
    ),
    calls_agreed="Good: {coach}'s check-ins may also come as an automatic call. Press 9 on any call to end them.",
    calls_declined="Okay, texts only.",
    yes=frozenset({"call", "calls", "call me", "yes call", "yes call me", "yes calls", "please call", "you can call"}),
    bare_yes=frozenset({"yes", "yes please", "ok", "okay", "sure", "y", "yep", "yeah"}),
    no=frozenset({"no", "no calls", "no thanks", "no thank you", "texts only", "text only", "only texts", "nope"}),
)
