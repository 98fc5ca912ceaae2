"""Those who need someone: Dana, who wrote something worrying, and Owen, who has gone silent."""

from infra.local.demo.person import Asked, Pace, Person, Scene

DANA = Person(
    name="Dana Kowalski",
    phone="+16465550127",
    timezone="America/New_York",
    goals=(
        {
            "title": "Step outside for 5 minutes",
            "anchor": "with my first coffee",
            "area": "mind",
            "cadence": "daily",
            "amount": 5,
            "unit": "minutes",
        },
        {"title": "Text a friend", "anchor": "after work", "area": "people", "cadence": "3_per_week"},
    ),
    asked=(
        Asked(
            "18:45",
            Pace(done=58, part=16, missed=10, drift=-5),
            done=(
                "both",
                "outside yes, texted a friend too",
                "did both",
                "5 minutes outside and texted Kim",
                "both done",
            ),
            part=("just outside, 5 minutes", "outside yes, no friend", "texted a friend, not outside"),
            missed=("no", "not today", "neither", "couldn't today"),
        ),
    ),
    scenes=(
        Scene(44, "12:00", "meets", data={"minutes": 45, "place": "Video"}),
        Scene(
            16,
            "12:00",
            "meets",
            data={"minutes": 45, "place": "Video", "agreed": (("Step outside before the first email", 1),)},
        ),
        Scene(3, "21:52", "client", "I can't do this. I don't want to live anymore"),
        Scene(
            2,
            "08:04",
            "coach",
            "Dana, it is Ines. Thank you for telling me. I am glad we spoke, and I will ring again at noon.",
        ),
        Scene(-1, "12:00", "meets", data={"minutes": 60, "place": "Phone"}),
    ),
)

OWEN = Person(
    name="Owen Gallagher",
    phone="+13125550176",
    timezone="America/Chicago",
    quiet_for=8,
    goals=(
        {"title": "Lights out by 11", "anchor": "when the show ends", "area": "sleep", "cadence": "daily"},
        {
            "title": "Tidy for 2 minutes",
            "anchor": "after dinner",
            "area": "home",
            "cadence": "daily",
            "amount": 2,
            "unit": "minutes",
        },
    ),
    asked=(
        Asked(
            "12:30",
            Pace(done=50, part=20, missed=12, drift=-4, weekend=6),
            done=(
                "both",
                "yeah, lights out and tidied",
                "both done",
                "did both",
                "lights out at 10:30, tidied 5 minutes",
            ),
            part=("tidied, lights out not so much", "lights out yes, tidying no", "only the tidying"),
            missed=("neither", "no", "nope, one more episode", "not last night"),
        ),
    ),
    scenes=(
        Scene(
            19,
            "18:00",
            "meets",
            data={"minutes": 45, "place": "Video", "agreed": (("Phone on the landing by ten", 1),)},
        ),
        Scene(
            1,
            "12:05",
            "coach",
            "Owen, a few quiet days, and that is fine. Shall we make it smaller, or talk first? Ines",
        ),
        Scene(-3, "18:00", "meets", data={"minutes": 45, "place": "Video"}),
    ),
)

PEOPLE = (DANA, OWEN)
