"""Those to whom nothing goes just now: Priya paused, Hannah's number broke, Theo opted out, Grace has not said YES."""

from infra.local.demo.people.reflections import BRISK
from infra.local.demo.person import Asked, Pace, Person, Scene

PRIYA = Person(
    name="Priya Nair",
    phone="+447700900187",
    timezone="Europe/London",
    country="GB",
    goals=(
        {"title": "Laptop away by 18:30", "anchor": "when the alarm rings", "area": "work", "cadence": "weekdays"},
        {
            "title": "10 minutes of stretching",
            "anchor": "before the shower",
            "area": "movement",
            "cadence": "daily",
            "amount": 10,
            "unit": "minutes",
        },
    ),
    asked=(
        Asked(
            "19:15",
            Pace(done=58, part=20, missed=10, drift=1),
            days="12345",
            done=(
                "both done",
                "laptop away, stretched 10 minutes",
                "yes to both",
                "both, for once",
                "did both",
                "laptop away at 18:28 and stretched",
            ),
            part=(
                "stretched, but no laptop away",
                "laptop yes, stretch no",
                "stretched 5 minutes and laptop away",
            ),
            missed=("neither, board week", "no", "not today"),
        ),
    ),
    voice=BRISK,
    scenes=(
        Scene(5, "11:20", "client", "please pause for two weeks, off to Kerala tomorrow"),
        Scene(
            14,
            "17:00",
            "meets",
            data={"minutes": 45, "place": "Video", "agreed": (("Laptop away when the alarm rings", 1),)},
        ),
        Scene(-12, "17:00", "meets", data={"minutes": 45, "place": "Video"}),
    ),
)

HANNAH = Person(
    name="Hannah Weiss",
    phone="+13105550154",
    timezone="America/Los_Angeles",
    broken_for=4,
    goals=(
        {"title": "Water before coffee", "anchor": "when I open the fridge", "area": "food", "cadence": "daily"},
        {"title": "Sketch for 5 minutes", "area": "other", "cadence": "4_per_week", "amount": 5, "unit": "minutes"},
    ),
    asked=(
        Asked(
            "11:00",
            Pace(done=55, part=22, missed=8),
            done=("both", "water first, and sketched", "did both", "water and 10 minutes of sketching", "yes both"),
            part=("water yes, no sketch", "just the water", "sketched but coffee won"),
            missed=("neither", "not today", "no"),
        ),
    ),
    scenes=(Scene(25, "14:00", "meets", data={"minutes": 45, "place": "Video"}),),
)

THEO = Person(
    name="Theo Lambert",
    phone="+16465550139",
    timezone="America/New_York",
    goals=(
        {
            "title": "Guitar for 10 minutes",
            "anchor": "after I feed the cat",
            "area": "learning",
            "cadence": "daily",
            "amount": 10,
            "unit": "minutes",
        },
    ),
    asked=(
        Asked(
            "20:30",
            Pace(done=50, part=15, missed=15, drift=-3),
            done=("yes", "10 minutes", "done", "played 20 minutes", "yep"),
            part=("5 minutes", "3 minutes, string broke"),
            missed=("no", "not tonight"),
        ),
    ),
    scenes=(Scene(10, "20:34", "client", "STOP"),),
)

GRACE = Person(
    name="Grace Okafor",
    phone="+13125550198",
    timezone="America/Chicago",
    began=1,
    agrees=False,
    goals=(
        {
            "title": "2 minutes of stretching",
            "anchor": "after I park the car",
            "area": "movement",
            "cadence": "weekdays",
            "amount": 2,
            "unit": "minutes",
        },
    ),
    asked=(Asked("18:10", Pace(done=0), done=(), days="12345"),),
)

PEOPLE = (PRIYA, HANNAH, THEO, GRACE)
