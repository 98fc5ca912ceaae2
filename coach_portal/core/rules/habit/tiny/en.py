"""Sizes in English."""

from coach_portal.core.rules.habit.tiny.sizes import Size, Sizes

MINUTES, PAGES, GLASSES = ("minute", "minutes"), ("page", "pages"), ("glass", "glasses")

SIZES = Sizes(
    sizes=(
        Size(("hour", "hours", "hr", "hrs", "h"), 0, 5, MINUTES),
        Size(("minute", "minutes", "min", "mins"), 15, 5),
        Size(("second", "seconds", "sec", "secs"), 60, 20),
        Size(("km", "kms", "k", "kilometre", "kilometres", "kilometer", "kilometers"), 2, 1),
        Size(("mile", "miles"), 1, 0.5),
        Size(("page", "pages"), 10, 2),
        Size(("chapter", "chapters"), 0, 2, PAGES),
        Size(("book", "books"), 0, 2, PAGES),
        Size(("word", "words"), 150, 50),
        Size(("litre", "litres", "liter", "liters", "l"), 0.5, 1, GLASSES),
        Size(("glass", "glasses", "cup", "cups"), 3, 1),
        Size(("step", "steps"), 4000, 1000),
        Size(("squat", "squats"), 20, 5),
        Size(("push-up", "push-ups", "pushup", "pushups", "press-up", "press-ups"), 20, 5),
        Size(("sit-up", "sit-ups", "situp", "situps", "crunch", "crunches"), 20, 5),
        Size(("burpee", "burpees"), 20, 5),
        Size(("lunge", "lunges"), 20, 5),
        Size(("rep", "reps"), 20, 5),
        Size(("length", "lengths", "lap", "laps"), 10, 2),
    ),
    numbers={"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "twenty": 20,
             "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100},
    halves={"half an hour": 30, "an hour and a half": 90},
    undertakings=(
        (r"\b(?<!my )gym\b(?! shoes)|\bwork(ing)? ?out\b", "Put on my gym shoes"),
        (r"\b(half )?marathon\b|\bgo(ing)? (for a )?run\b", "Put on my running shoes"),
        (r"\b(clean|tidy)(ing)? (up )?(the |my )?(whole |entire )?(house|flat|apartment|kitchen|garage|office)\b",
         "Clear one surface"),
        (r"\bwrit(e|ing) (a|my|the) (book|novel|chapter|blog|article|thesis|essay)\b", "Write one sentence"),
        (r"\blearn(ing)? (to speak )?(spanish|french|german|italian|english|chinese|japanese|a language)\b",
         "Learn one word"),
        (r"\bcook(ing)? every (meal|dinner|day)\b|\bmeal prep\b", "Wash one vegetable"),
        (r"\binbox zero\b|\b(empty|clear)(ing)? my inbox\b", "Answer one email"),
    ),
    minutes=MINUTES,
)  # fmt: skip
