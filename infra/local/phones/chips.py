"""What a client might text back just now: a few suggestions, suited to what was last asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach_portal.core.rules.replies import Prompt, Situation
from coach_portal.core.rules.texts.words import GoalWords


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What one might text in a language."""

    done: str
    all_done: str
    some: str
    not_today: str
    later: str
    stop: str
    others: Mapping[Prompt, tuple[str, ...]]


_EN = Suggestions(
    done="done",
    all_done="did it all",
    some="did {amount}",
    not_today="not today",
    later="later",
    stop="STOP",
    others={
        "wins": ("rang my mum", "cooked dinner", "nothing"),
        "reflection": ("mornings", "it was a hard week"),
        "opt_in": ("YES", "who is this?", "NO"),
        "none": ("how am I doing?", "can we talk?", "pause a week"),
    },
)
_ES = Suggestions(
    done="hecho",
    all_done="todo hecho",
    some="hice {amount}",
    not_today="hoy no",
    later="más tarde",
    stop="BAJA",
    others={
        "wins": ("cociné", "llamé a mi madre", "hoy nada"),
        "reflection": ("las mañanas", "semana difícil"),
        "opt_in": ("SÍ", "¿quién es?", "NO"),
        "none": ("¿cómo voy?", "¿hablamos?", "pausa una semana"),
    },
)


def suggest(situation: Situation, goals: Sequence[GoalWords], *, opted_out: bool) -> tuple[str, ...]:
    """The suggestions, in the client's language."""
    words = _ES if situation.locale == "es" else _EN
    if opted_out:
        return ("START",)
    if situation.prompt == "check_in":
        return (*_to_a_check_in([goals[place] for place in situation.asked], words), words.stop)
    return (*words.others[situation.prompt], words.stop)


def _to_a_check_in(asked: Sequence[GoalWords], words: Suggestions) -> list[str]:
    said = [words.all_done if len(asked) > 1 else words.done]
    halves = ((goal.amount // 2, goal.unit) for goal in asked if goal.amount)
    half, unit = next((each for each in halves if each[0] > 1), (0, ""))
    if half:
        said.append(words.some.format(amount=f"{half:.0f} {unit}".strip()))
    return [*said, words.not_today, words.later]
