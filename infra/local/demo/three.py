"""What three make-believe clients say over eight weeks, day by day; days count from 0, a Monday."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Life:
    """One client: what they work on, when they are asked, and what they say.

    `says` by day answers the day's question, a day left out is silence; `reflections` by week answer Sunday's;
    `unasked` are texts of their own, `coach` what their coach writes: (day, local time, words).
    """

    name: str
    phone: str
    kind: str
    goal: Mapping[str, Any]
    asked_at: str
    says: Mapping[int, str]
    reflections: Mapping[int, str] = field(default_factory=dict)
    unasked: tuple[tuple[int, str, str], ...] = ()
    coach: tuple[tuple[int, str, str], ...] = ()


def in_turn(first: int, last: int, *words: str) -> dict[int, str]:
    """These answers one after the other, over these days; "" is silence."""
    said = {day: words[(day - first) % len(words)] for day in range(first, last + 1)}
    return {day: line for day, line in said.items() if line}


MAYA = Life(
    name="Maya Osei",
    phone="+16175550171",
    kind="steady",
    goal={"title": "5 squats", "anchor": "after I brush my teeth", "area": "movement", "cadence": "daily",
          "amount": 5.0, "unit": "squats"},
    asked_at="08:30",
    says={
        **in_turn(0, 13, "done", "5 squats", "yes", "did 5", "done, and rang my sister", "yep", "did them", "did 6"),
        10: "no, overslept",
        **in_turn(14, 27, "done", "5 done", "yes, all 5", "did 5", "5", "done", "did 5, and yesterday too"),
        17: "",
        **in_turn(28, 41, "6 done", "did 6", "done", "yes", "6 squats, legs fine"),
        33: "not today, migraine",
        **in_turn(42, 55, "done", "6", "yes", "did 6, also took the stairs"),
    },
    reflections={
        0: "that it took less than a minute",
        1: "doing it before coffee, once I sit down it is over",
        3: "my knees, to be honest. they stopped cracking",
        5: "that I did not beat myself up about Friday",
        7: "I want to tell Ines I do them without thinking now",
    },
)  # fmt: skip

TOM = Life(
    name="Tom Reyes",
    phone="+16175550172",
    kind="slipping",
    goal={"title": "Write 4 lines in my journal", "anchor": "after dinner", "area": "mind", "cadence": "daily",
          "amount": 4.0, "unit": "lines"},
    asked_at="20:15",
    says={
        **in_turn(0, 6, "done", "4 lines", "yes", "wrote 5", "done", "yes", "done"),
        **in_turn(7, 13, "yes", "no, too tired", "done", "no", "nope", "done", "no"),
        **in_turn(14, 20, "no", "nothing today", "no, fell asleep", "did it", "no", "no", "no"),
        **in_turn(21, 27, "2 lines!", "done", "2", "yes", "no, kids were ill", "done", "done"),
        **in_turn(28, 34, "yes", "done", "2 lines", "done", "only weekdays please", "", ""),
        **in_turn(35, 48, "done", "yes", "wrote 3", "done", "2", "", ""),
        **in_turn(49, 55, "yes", "done", "forgot yesterday to say, did it yesterday and today", "done", "done", "", ""),
    },
    reflections={
        1: "the evenings. by nine I am gone",
        2: "honestly I never manage this",
        4: "that two lines are enough",
        6: "writing it at the table before I clear it",
    },
    unasked=((20, "20:50", "I think it is too big for me"),),
    coach=((21, "09:10", "Tom, thanks for saying so. Two lines from today, at the table before you clear it. Ines"),),
)  # fmt: skip

LENA = Life(
    name="Lena Fischer",
    phone="+16175550173",
    kind="silent",
    goal={"title": "Walk 10 minutes", "anchor": "after lunch", "area": "movement", "cadence": "daily",
          "amount": 10.0, "unit": "minutes"},
    asked_at="13:15",
    says={
        **in_turn(0, 8, "done", "10 minutes", "yes", "no, meetings", "done", "15 min, lovely out", "", "done", "no"),
        **in_turn(29, 55, "done", "10 minutes", "yes", "done, in the rain", "yes", "no", "done"),
    },
    reflections={0: "the sun on Saturday", 5: "that I came back at all", 7: "keep it small"},
    unasked=((27, "18:20", "hi, sorry, work swallowed me. less please and not on weekends"),),
    coach=((26, "12:05", "Lena, no check-in, just me. I hope you are all right. Nothing to catch up on. Ines"),),
)  # fmt: skip

THREE = (MAYA, TOM, LENA)
