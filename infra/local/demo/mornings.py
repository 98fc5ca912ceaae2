"""The programme that the furnished practice has written: six weeks of better mornings, in two languages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from coach_portal.core.models import Coach, Programme
from coach_portal.core.schemas.programme import ProgrammeSchema, StepSchema
from coach_portal.core.services.programmes import library

NAME: Final = "Six weeks of better mornings"
ABOUT: Final = "For those whose day is lost before nine. Two tiny things, the second once the first runs by itself."
AT: Final = "08:30"
STEPS: Final[tuple[Mapping[str, Any], ...]] = (
    {
        "kind": "message",
        "starts": "after_enrolment",
        "days": 0,
        "body": "{client}, from tomorrow we look at your mornings, one tiny thing at a time. Six weeks, no hurry. "
        "{coach}",
        "es": "{client}, desde mañana miramos tus mañanas, una cosa pequeña cada vez. Seis semanas, sin prisa. {coach}",
    },
    {
        "kind": "goal",
        "starts": "after_enrolment",
        "days": 1,
        "title": "Open the curtains",
        "anchor": "when the alarm rings",
        "area": "sleep",
        "body": "Here it is, {client}: when the alarm rings, open the curtains. Light before phone. That is all of it.",
        "es": "Esto es, {client}: cuando suene el despertador, abre las cortinas. Luz antes que pantalla. Eso es todo.",
        "goal_es": {"title": "Abrir las cortinas", "anchor": "cuando suena el despertador"},
    },
    {
        "kind": "question",
        "starts": "after_enrolment",
        "days": 7,
        "body": "Which morning went best this week, {client}, and what had you done the evening before?",
        "es": "{client}, ¿qué mañana fue mejor esta semana, y qué hiciste la noche antes?",
    },
    {
        "kind": "message",
        "starts": "after_enrolment",
        "days": 14,
        "body": "Two weeks, {client}. A morning that got away is only that: tomorrow is the one that counts.",
        "es": "Dos semanas, {client}. Una mañana que se escapa es solo una. La que cuenta es la siguiente.",
    },
    {
        "kind": "goal",
        "starts": "when_automatic",
        "days": 21,
        "title": "A glass of water",
        "anchor": "after I open the curtains",
        "area": "food",
        "body": "The curtains are yours now, {client}. Put one thing beside them: a glass of water, right after.",
        "es": "Las cortinas ya son tuyas, {client}. A su lado, otra cosa pequeña: un vaso de agua, justo al terminar.",
        "goal_es": {"title": "Un vaso de agua", "anchor": "al abrir las cortinas"},
    },
    {
        "kind": "question",
        "starts": "after_step",
        "days": 4,
        "body": "What do your mornings have now, {client}, that they had not six weeks ago?",
        "es": "¿Qué tienen tus mañanas ahora, {client}, que hace seis semanas les faltaba?",
    },
    {
        "kind": "message",
        "starts": "after_step",
        "days": 2,
        "body": "Six weeks, {client}. What you do without thinking by now is yours. Well done for starting small.",
        "es": "Seis semanas, {client}. Lo que ya haces sin pensar es tuyo. Bien por empezar con tan poco.",
    },
)
"""The steps as the page would send them, but for `es` and `goal_es`: the same in Spanish."""


def write(session: Session, coach: Coach, now: datetime) -> Programme:
    """Write it, as the coach would on the page."""
    programme = library.add(session, coach, ProgrammeSchema().read({"name": NAME, "about": ABOUT}), now)
    for step in STEPS:
        said = {name: value for name, value in step.items() if not name.endswith("es")}
        spanish = {"es": {"body": step["es"], **step.get("goal_es", {})}}
        asked = {"ask_at": "09:30"} if step["kind"] == "goal" else {}
        data = StepSchema().read({"local_time": AT, "words": spanish, **asked, **said})
        library.add_step(session, coach, programme, data, now)
    return programme
