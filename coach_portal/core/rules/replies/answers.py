"""The second opinion on an answer: asked of the model where a text about one goal holds no plain yes or no."""

from collections.abc import Sequence

from . import linear
from .polarity import Status
from .reading import Reading
from .report import Story

_PLAIN = frozenset(("yes", "no", "done", "missed", "not_any", "resist", "gave_in", "ask_later"))
_WORDS: dict[str, Status] = {"win": "done", "miss": "missed"}
# How sure the model must be: where the rules said nothing, and where they said otherwise.
SURE_ENOUGH, SURER = 0.5, 0.8


def is_plain(reading: Reading) -> bool:
    """Whether the text answers in so many words."""
    return any(cue.name in _PLAIN for cue in reading.answers)


def seen_of(story: Story, base: Sequence[str], goal: int, said: Status | None) -> list[str]:
    """What the model sees: the words, the kind of goal, whether it is spoken of, and what the rules made of it."""
    kind = story.matcher.goals[goal].kind
    spoken = any(mention.goal == goal for mention in story.mentions)
    return [*base, f"kind={kind}", f"spoken={spoken}", f"said={said}", f"said={said}{kind}{spoken}"]


def second_opinion(story: Story, base: Sequence[str], goal: int, said: Status | None) -> Status | None:
    """Done or missed where the model is sure enough of it, else what the rules said."""
    seen = seen_of(story, base, goal, said)
    chances = {name: linear.likely(name, seen) for name in _WORDS}
    best = max(chances, key=lambda name: chances[name])
    return _WORDS[best] if chances[best] >= (SURE_ENOUGH if said is None else SURER) else said
