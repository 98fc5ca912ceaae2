"""Six weeks as they happen: full, partial, empty, of many goals, of one to cut down, and of wins outside the goals."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from coach_portal.core.rules.marks import Mark, tally
from coach_portal.core.rules.pictures import GoalStrip, PicturedWeek

MONDAY = date(2026, 11, 16)
_LETTERS: Mapping[str, Mark] = {
    "d": "done", "h": "partly", "m": "missed", "s": "silent", "-": "not_asked", "p": "paused",
}  # fmt: skip


def strip(title: str, days: str) -> GoalStrip:
    """A goal's week, a letter a day."""
    marks = [_LETTERS[day] for day in days]
    return GoalStrip(title, marks, tally(marks))


def week(client: str, *goals: GoalStrip, first: date = MONDAY, **more: object) -> PicturedWeek:
    """A week of this client's."""
    shown = PicturedWeek(client, [first + timedelta(days=day) for day in range(7)], goals, practice="Northlight")
    return replace(shown, **more)  # type: ignore[arg-type]


ENGLISH = {
    "full": week(
        "Ruth",
        strip("5 squats after I brush my teeth", "ddddddd"),
        strip("One line in the journal", "dddddd-"),
        quote="my daughter counted along, out loud, and got to seven",
    ),
    "partial": week(
        "Callum",
        strip("Stairs instead of the lift", "dmdhs-d"),
        strip("Ring mum", "--d---m"),
        strip("Lights out by eleven", "mdppddm"),
        quote="did three flights and my knees have stopped clicking about it",
        own_wins=["fixed the gate at last"],
    ),
    "empty": week("Noor", strip("Read 2 pages", "sssssss"), strip("Phone in the kitchen", "sss-ss-")),
    "many": week(
        "Priya",
        strip("Drink a glass of water", "ddddddd"),
        strip("10 minute walk after lunch, rain or shine, with the dog", "dddm--d"),
        strip("Stretch", "dhdhdhd"),
        strip("No screens at dinner", "dmdmdmd"),
        strip("Read 2 pages", "-----dd"),
        strip("Text one friend", "d--d--d"),
        strip("Lay out my running shoes", "dddsssd"),
        strip("Breathe", "ddddddd"),
        strip("Vitamins", "ddddddd"),
        strip("Floss", "dddd-dd"),
        own_wins=["said no to the late meeting", "made soup", "slept", "called the bank", "went outside"],
        first=date(2026, 11, 30),
    ),
    "cutting-down": week(
        "Marcus", strip("At most 2 coffees", "dddmdsd"), quote="the third cup was at a funeral, so there you go"
    ),
    "own-wins": week(
        "Wilhelmina-Charlotte",
        strip("Write one page", "mmsmms-"),
        own_wins=["got up before nine", "told my sister the truth", "walked round the whole lake 🎉"],
        quote="I did not write a word, but I talked to her, and that was the harder thing this year",
    ),
}
SPANISH = {
    "full": week(
        "Lucía",
        strip("Paseo de 20 minutos", "ddddddd"),
        strip("Un vaso de agua al despertar", "dddddd-"),
        quote="el martes salí sin paraguas y no llovió",
    ),
    "partial": week(
        "Andrés",
        strip("Cerrar a mi hora", "dmdhs-d"),
        strip("Cinco minutos de respiración", "--d---m"),
        strip("Apuntar los gastos", "mdppddm"),
        quote="me quedé quieto cinco minutos y la tienda seguía ahí",
        own_wins=["arreglé la puerta de una vez"],
    ),
    "empty": week("Begoña", strip("Leer 2 páginas", "sssssss"), strip("El móvil en la cocina", "sss-ss-")),
    "many": week(
        "Guillermo",
        strip("Un vaso de agua", "ddddddd"),
        strip("Caminar diez minutos después de comer, llueva o no", "dddm--d"),
        strip("Estirar", "dhdhdhd"),
        strip("Cenar sin pantallas", "dmdmdmd"),
        strip("Leer 2 páginas", "-----dd"),
        strip("Escribir a un amigo", "d--d--d"),
        strip("Dejar lista la ropa", "dddsssd"),
        strip("Respirar", "ddddddd"),
        strip("Vitaminas", "ddddddd"),
        own_wins=["dije que no", "hice sopa"],
        first=date(2026, 11, 30),
    ),
    "cutting-down": week(
        "Inés", strip("Como mucho 2 cafés", "dddmdsd"), quote="el tercero fue en un entierro, qué le voy a hacer"
    ),
    "own-wins": week(
        "Íñigo",
        strip("Escribir una página", "mmsmms-"),
        own_wins=["me levanté antes de las nueve", "le dije la verdad a mi hermana", "di la vuelta al lago"],
        quote="no escribí nada, pero hablé con ella, y eso era lo difícil de este año",
    ),
}
WEEKS = {"en": ENGLISH, "es": SPANISH}
