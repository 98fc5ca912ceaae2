"""Wishes in English."""

from coach_portal.core.rules.wishes.language import Words

_TEXTS = r"(texts?|messages?|msgs?|questions?|check ?ins?|reminders?|notifications?|of (these|them|those))"
_ASK = r"((you )?(text|ask|message|write|contact|ping|check in( with)?)( to)?( me| us)?)"

WORDS = Words(
    courtesy=(
        r"please|pls|thanks?( you)?|thx|ty|hi|hey|hello|sorry|ok|okay|can (you|we)|could (you|we)|would you|maybe|"
        r"actually|i d (like|prefer|rather)|i (want|prefer|would like|would prefer|need)|if possible|for now|so"
    ),
    less=(
        rf"(fewer|less|not so many)( {_TEXTS})?( often| frequent(ly)?)?",
        rf"{_ASK} (me )?(less( often| frequently)?|not so (often|much)|a (bit|little) less)",
        rf"(that s|thats|this is|it s|its)? ?(way |a bit |a little )?too (many|much|often)( {_TEXTS})?( for me)?",
        rf"(don t|dont|not|no need to) {_ASK} (so|that|this|as) (often|much)",
        r"not so (often|much|many)", r"less often", r"not every day", r"less",
    ),
    half=(
        rf"({_ASK} |only )?every (other|second|two|2) days?( is (enough|fine|plenty)| will do| works)?",
        rf"({_ASK} )?every 2nd day",
    ),
    weekly=(rf"({_ASK} |only )?(once|one time|1x|1 time) (a|per) week( is (enough|fine|plenty)| will do| works)?",
            rf"{_ASK} weekly", r"weekly (is (enough|fine)|will do)"),
    more=(
        rf"more( {_TEXTS}| often)?", rf"{_ASK} (more often|(every|each) day|daily|every time)( again)?",
        r"(back to )?(every day|daily)( again)?", r"(the )?usual( texts)? again",
    ),
    go_on=(
        r"(yes|yep|yeah|yup|sure|ok|okay|y|of course|go on|keep (going|asking|them coming)|carry on|continue|please do|"
        r"i m (still )?here|im (still )?here|still here|i m back|im back)( please| yes| go on| keep going| carry on)*",
    ),
    rest=(r"no|nope|nah|no thanks|not now|not really|(take )?a break|rest|later|i need a break",),
    # Never "page" alone: it answers for who reads one.
    page=(
        r"((send|text|show|give|get|open|see|view)( me| us)?( to)? )?((the|a) )?(link (to|for|of) )?my (own )?page"
        r"( link)?( again)?",
        r"where is my (own )?page", r"((send|text|show|give)( me)? )?(the )?(page )?link to my page", r"my page link",
        r"(download|send me|get) my data",
    ),
    named_days={
        r"(week ?days|work ?days|working days|(during )?the week|monday (to|through) friday|mon (to )?fri)": "12345",
        r"(the )?week ?ends?": "67",
        r"(on )?mon(day)?s?": "1", r"(on )?tue(s|sday)?s?": "2", r"(on )?wed(nesday)?s?": "3",
        r"(on )?thu(rs|rsday)?s?": "4", r"(on )?fri(day)?s?": "5", r"(on )?sat(urday)?s?": "6",
        r"(on )?sun(day)?s?": "7",
    },
    days_only=(
        rf"({_ASK} )?(only|just) (on |at |during )?{{days}}", rf"({_ASK} )?(on |at |during )?{{days}} only",
        rf"{_ASK} (on |during ){{days}}", rf"(only|just) {_ASK} (on |at |during )?{{days}}",
    ),
    days_not=(
        rf"(not|no|never|don t {_ASK}|dont {_ASK}|no {_TEXTS}|nothing) ?(on |at |over |during )?{{days}}",
        r"{days} (off|are bad|is bad|don t work|dont work|are hard|are family time)( for me)?", r"leave out {days}",
    ),
    parts={r"(the )?mornings?": "morning", r"(the )?afternoons?": "afternoon",
           r"(the )?(evenings?|nights?)|after work": "evening"},
    part_only=(
        r"only (in |during )?{part}", r"(in |during )?{part} only", r"better in {part}",
        rf"{_ASK} (only |always )(in |during ){{part}}", r"{part} (are|is|work|works) (better|best)( for me)?",
        r"{part} suits? me( better| best)?",
    ),
    part_bad=(
        r"{part} (are|is) (bad|hard|tough|busy|hectic|difficult|no good|not good|too (busy|early|late))( for me)?",
        r"{part} (don t|dont|doesn t|doesnt) work( for me)?",
        rf"(not|never|don t {_ASK}|dont {_ASK}|no {_TEXTS}) (in |during )?{{part}}",
        r"i (can t|cant|don t|dont|never) (do|answer|like|have time in)( in)? {part}",
    ),
    at=(
        rf"(from now on|always|every day)( {_ASK})? at {{clock}}",
        rf"{_ASK} at {{clock}} (from now on|always|every day)",
    ),
    clock=r"(?P<hour>\d{1,2})( (?P<minute>\d{2}))? ?(?P<half>am|pm)?( o clock)?",
    joined=r"( and | or |, ?| & | )",
    and_=r" and | but ",
)  # fmt: skip
