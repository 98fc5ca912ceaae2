"""What clients are like, and the words they use. Only words that leave no doubt count as told."""

import re
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Temper:
    """How often a client answers a question, and how often in words from which nothing certain follows.

    `befalls` is what happens to them once, on some day: "falls silent", "stops", "stops for a week", "despairs",
    "despairs aloud", "moves", "phone is off", "never agrees", "is erased"; "" is nothing.
    """

    answers: float
    vague: float = 0.0
    befalls: str = ""


TEMPERS: tuple[tuple[int, Temper], ...] = (
    (29, Temper(0.9)),
    (15, Temper(0.6, vague=0.1)),
    (10, Temper(0.25)),
    (10, Temper(0.7, vague=0.6)),
    (8, Temper(0.85, befalls="falls silent")),
    (5, Temper(0.8, befalls="stops")),
    (4, Temper(0.8, befalls="stops for a week")),
    (3, Temper(0.7, befalls="despairs")),
    (1, Temper(0.7, befalls="despairs aloud")),
    (5, Temper(0.8, befalls="moves")),
    (4, Temper(0.8, befalls="phone is off")),
    (2, Temper(0.0, befalls="never agrees")),
    (4, Temper(0.8, befalls="is erased")),
)
"""Each with its share in a hundred."""

ALL_DONE = {1: ("did it", "done", "yes, did it", "Done!"), 2: ("did both", "both done", "Did both!")}
"""By the number of goals that were asked about."""
NONE_DONE = ("no, not today", "not today", "didn't get to it")
VAGUE = (
    "hmm what a day",
    "the bus was late again and then the cat",
    "can we talk about thursday?",
    "lol ok",
    "who knows",
)
REFLECTIONS = (
    "Going to bed on time made the rest easier",
    "My sister helped, and the rain did not",
    "Mornings, mostly",
)
STOPS = ("STOP", "please stop texting me", "Stop", "take me off this list")
DANGER = ("I want to kill myself", "I don't want to be alive anymore")


def draw_temper(dice: Random) -> Temper:
    """One person's."""
    return dice.choices([temper for _, temper in TEMPERS], [share for share, _ in TEMPERS])[0]


_DO = ("Water", "Sketch", "Photograph", "Polish", "Smell", "Greet", "Dust", "Repot")
_COLOURS = (
    "amber", "azure", "beige", "black", "bronze", "coral", "cream", "crimson", "gold", "green", "grey", "indigo",
    "ivory", "lilac", "maroon", "olive", "orange", "pink", "purple", "red", "silver", "teal", "violet", "white",
)  # fmt: skip
_THINGS = (
    "bench", "cactus", "daisy", "door", "fern", "fig", "gate", "ivy", "kettle", "lamp", "lily", "maple", "mirror",
    "moss", "orchid", "palm", "piano", "rose", "sage", "stove", "teapot", "tulip", "vase", "willow",
)  # fmt: skip

TITLE = re.compile(rf"(?:{'|'.join(_DO)}) the \w+ \w+")
"""Any such title, wherever it stands in a text."""


def goal_title(number: int) -> str:
    """A small thing to do that nobody else does: a text that names it is about this goal and no other."""
    rest, thing = divmod(number, len(_THINGS))
    rest, colour = divmod(rest, len(_COLOURS))
    return f"{_DO[rest % len(_DO)]} the {_COLOURS[colour]} {_THINGS[thing]}"
