"""What gets in the way, in English. A phrase stands as it is folded; a trailing * takes every ending."""

WORDS = {
    "time": (
        "no time", "out of time", "ran out of time", "not enough time", "didnt have time", "did not have time", "busy",
        "too busy", "hectic", "rushed", "in a rush", "running late", "late for", "ran late", "ran over", "bus to catch",
        "deadline*", "swamped", "overslept", "slept in", "too late", "got late",
    ),
    "work": (
        "work", "at work", "shift", "shifts", "night shift", "late shift", "overtime", "meeting*", "boss", "office",
        "release day", "inventory", "exam*", "report cards", "school", "parents evening", "late at work", "client call",
        "lunch rush",
    ),
    "tired": (
        "tired", "exhaust*", "knackered", "shattered", "fell asleep", "sleepy", "no energy", "low energy", "worn out",
        "wiped", "wiped out", "bad night", "slept badly", "no sleep", "barely slept", "couldnt sleep",
        "dead on my feet", "asleep", "before i was gone", "drained", "fatigue*",
    ),
    "ill": (
        "ill", "sick", "flu", "fever", "a cold", "unwell", "poorly", "headache*", "migraine*", "pain", "hurt", "hurts",
        "injur*", "sore", "knee", "my back", "back is", "covid", "nausea", "cramps", "hospital", "doctor*", "dentist",
        "stomach",
    ),
    "away": (
        "travel*", "trip", "on the road", "flight", "airport", "hotel", "train was", "on a train", "away this",
        "out of town", "holiday", "vacation", "jet lag", "jetlag*", "driving all", "plane",
    ),
    "forgot": ("forgot*", "forget", "slipped my mind", "didnt remember", "completely forgot", "remembered too late"),
    "mood": (
        "not in the mood", "no motivation", "unmotivated", "motivation", "couldnt face", "stress*", "anxious",
        "anxiety", "worried", "overwhelm*", "sad", "down today", "feeling low", "low day", "couldnt be bothered",
        "cant be bothered", "didnt feel like", "dont feel like", "not feeling it", "meh", "rough day", "bad day",
        "one of those days", "awful day", "hard day", "gave up", "lazy",
    ),
    "people": (
        "guest*", "visitor*", "my sister", "my brother", "my mum", "my mom", "my dad", "my daughter", "my son",
        "my husband", "my wife", "my partner", "kids", "the kid", "children", "baby", "in laws", "family", "friend",
        "friends", "birthday", "party", "dinner with", "sister", "people over", "staying with", "nobody to", "funeral",
        "wedding",
    ),
    "weather": ("rain*", "raining", "snow*", "ice", "icy", "storm*", "too hot", "too cold", "heat", "freezing"),
}  # fmt: skip

NEGATORS = frozenset({"not", "wasnt", "isnt", "arent", "werent", "never", "without"})
BETWEEN = frozenset({"too", "so", "that", "very", "even", "really", "was", "am", "is", "were", "been", "a", "any"})
"""Words that may stand between a negator and what it denies: "not even that tired"."""
