"""Those for whom it goes well: Ruth, Noor, Callum and Marcus."""

from infra.local.demo.people.reflections import BRISK, DRY, QUIET, WARM
from infra.local.demo.person import Asked, Pace, Person, Scene

RUTH = Person(
    name="Ruth Adeyemi",
    phone="+13125550141",
    timezone="America/Chicago",
    goals=(
        {
            "title": "3 squats",
            "anchor": "after I brush my teeth",
            "area": "movement",
            "cadence": "daily",
            "amount": 3,
            "unit": "squats",
        },
        {
            "title": "Journal",
            "anchor": "after dinner",
            "area": "mind",
            "cadence": "daily",
            "amount": 2,
            "unit": "lines",
        },
    ),
    asked=(
        Asked(
            "20:10",
            Pace(done=62, part=20, missed=10, drift=1.5, weekend=8),
            done=(
                "both done",
                "did 5 squats and the journal",
                "yes both. wrote about the science fair",
                "all done, 6 squats because why not",
                "both!",
                "squats and journal, yes",
                "done and done",
                "yep, both before 8",
                "did them both, legs like jelly",
                "5 squats, journal done, even with report cards due",
                "did everything",
                "squats done. journal done. me, also done",
            ),
            part=(
                "squats yes, journal no",
                "did 3 squats, no journal",
                "journal done, skipped the squats, knee is grumpy",
                "journal yes, squats no",
                "4 squats. journal not today",
                "did the squats, not the journal",
            ),
            missed=(
                "neither today",
                "no, parents evening ran till 9",
                "not today, migraine",
                "nope, fell asleep on the sofa",
            ),
        ),
    ),
    voice=WARM,
    scenes=(
        Scene(
            40,
            "12:15",
            "coach",
            "Ruth, two weeks in and you have written more often than not. How is three squats, too easy yet? Ines",
        ),
        Scene(40, "12:40", "client", "ha, too easy, yes. five please"),
        Scene(39, "10:00", "grows", place=1, data={"title": "5 squats", "amount": 5}),
        Scene(39, "10:05", "coach", "Five it is, from today. The journal stays at two lines. Ines"),
        Scene(17, "07:41", "client", "5 squats done before you asked"),
        Scene(6, "07:35", "client", "did my 5 squats already"),
        Scene(1, "07:44", "client", "5 squats done, then this on the way to school", photo="walk"),
        Scene(33, "16:00", "meets", data={"minutes": 45, "place": "Video"}),
        Scene(
            12,
            "16:00",
            "meets",
            data={
                "minutes": 45,
                "place": "Video",
                "agreed": (
                    ("Journal straight after dinner, before the dishes", 2),
                    ("One evening a week without marking", 0),
                ),
            },
        ),
        Scene(-4, "16:00", "meets", data={"minutes": 45, "place": "Video"}),
    ),
)

NOOR = Person(
    name="Noor Haddad",
    phone="+16175550163",
    timezone="America/New_York",
    goals=(
        {"title": "Phone out of the bedroom", "anchor": "when I plug it in", "area": "sleep", "cadence": "daily"},
        {
            "title": "Read 4 pages",
            "anchor": "once I am in bed",
            "area": "learning",
            "cadence": "daily",
            "amount": 4,
            "unit": "pages",
        },
    ),
    asked=(
        Asked(
            "09:30",
            Pace(done=70, part=18, missed=5, drift=2, weekend=0),
            done=(
                "both. slept like a log",
                "phone stayed out of the bedroom, read 6 pages",
                "yes and yes",
                "both done",
                "read 4 pages, phone out",
                "did both, 5 pages",
                "phone out and read 10 pages, couldn't stop",
                "both again",
                "all done. I dream again",
                "yes, both, and up before the alarm",
            ),
            part=(
                "phone out but no reading, too tired",
                "read 2 pages, phone out",
                "phone yes, reading no",
                "only the phone one",
                "phone out. 1 page before I was gone",
            ),
            missed=("neither, night shift", "no, scrolled till one", "not last night"),
        ),
    ),
    voice=QUIET,
    scenes=(
        Scene(24, "19:20", "client", "finished my first book since 2021"),
        Scene(23, "09:05", "coach", "Noor, a whole book. Which one comes next? Ines"),
        Scene(23, "09:50", "client", "a thriller, so this may go wrong"),
        Scene(
            20,
            "10:30",
            "meets",
            data={"minutes": 30, "place": "Phone", "agreed": (("Two pages count as reading", 2),)},
        ),
        Scene(-1, "10:30", "meets", data={"minutes": 30, "place": "Phone"}),
    ),
)

CALLUM = Person(
    name="Callum Fraser",
    phone="+447700900142",
    timezone="Europe/London",
    country="GB",
    goals=(
        {
            "title": "Take the stairs",
            "anchor": "after lunch",
            "area": "movement",
            "cadence": "weekdays",
            "amount": 4,
            "unit": "flights",
        },
    ),
    asked=(
        Asked(
            "13:45",
            Pace(done=64, part=12, missed=14, drift=0.5),
            days="12345",
            done=(
                "aye, 4 flights",
                "6 flights, the big site",
                "yes",
                "stairs done",
                "4 flights, bit out of breath",
                "done",
                "took the stairs, all 4",
                "yep, 5 flights today",
                "did it",
                "yes, with a box of tiles under my arm",
            ),
            part=("3 flights, knees", "2 flights today", "did 2"),
            missed=("nope, ate in the van", "not today", "no, worked through lunch", "no, one of those days"),
        ),
        Asked(
            "20:00",
            Pace(done=70),
            days="24",
            kind="wins",
            done=(
                "fixed the garden gate, rang my mum, no crisps",
                "walked the dog in the rain and didn't moan",
                "finished the quote for the Partick job",
                "rang my mum",
                "cooked instead of a takeaway",
                "got up when the alarm went",
                "said no to a Saturday job",
                "bath time with the wee one, no phone",
            ),
        ),
    ),
    voice=DRY,
    scenes=(
        Scene(23, "10:00", "starts"),
        Scene(16, "11:20", "client", "Tuesday. I'd laid my boots out by the door the night before"),
        Scene(
            11,
            "17:30",
            "meets",
            data={"minutes": 45, "place": "Video", "agreed": (("Stairs up, lift down", 1),)},
        ),
        Scene(-6, "17:30", "meets", data={"minutes": 45, "place": "Video"}),
        Scene(0, "13:51", "client", "physio says I shouldn't do stairs for two weeks. what shall we do instead?"),
    ),
)

MARCUS = Person(
    name="Marcus Bell",
    phone="+13105550118",
    timezone="America/Los_Angeles",
    began=41,
    goals=(
        {
            "title": "At most 2 coffees",
            "area": "food",
            "cadence": "daily",
            "amount": 2,
            "unit": "coffees",
            "direction": "at_most",
        },
        {
            "title": "10 pushups",
            "anchor": "while the kettle boils",
            "area": "movement",
            "cadence": "daily",
            "amount": 10,
            "unit": "pushups",
        },
    ),
    asked=(
        Asked(
            "20:15",
            Pace(done=52, part=26, missed=8, drift=1, weekend=14),
            done=(
                "2 coffees, 10 pushups",
                "both",
                "1 coffee and 10 pushups",
                "yes to both",
                "12 pushups, 2 coffees",
                "both done. decaf is an insult but fine",
                "2 coffees. 10 pushups in two goes",
                "all done",
                "15 pushups, 1 coffee, who am I",
            ),
            part=(
                "10 pushups but 3 coffees",
                "2 coffees, no pushups",
                "pushups done, coffee not so much",
                "6 pushups. 2 coffees",
                "coffee yes, pushups no",
            ),
            missed=("neither, release day", "no and no", "not today, on a plane"),
        ),
    ),
    voice=BRISK,
    scenes=(
        Scene(
            15,
            "12:00",
            "meets",
            data={
                "minutes": 45,
                "place": "Video",
                "agreed": (("The second coffee before noon", 1), ("Ask Jo to do the pushups too", 0)),
            },
        ),
        Scene(-8, "12:00", "meets", data={"minutes": 45, "place": "Video"}),
        Scene(24, "12:20", "may be called", "CALL"),
        Scene(
            2,
            "17:50",
            "calls",
            "Hi Ines, it's Marcus. I'm on the road all of next week, so calls are better than texts. And the pushups "
            "are getting easier, can we talk about what comes after ten? No rush. Bye.",
        ),
        Scene(0, "08:20", "client", "can we move our session to the week after? I'm travelling"),
    ),
)

PEOPLE = (RUTH, CALLUM, NOOR, MARCUS)
