"""The next size of a goal: a little more when it has become automatic, about half when it fails.

A limit ("at most 2 coffees") goes the other way: growing it means allowing less, shrinking it means allowing more.
"""

GROWS_BY = 5
"""A fifth more, and at least one: so little that it hardly shows."""
ROUND_FROM = 20
"""From here on people speak in fives."""


def grown(amount: float, direction: str = "at_least") -> float | None:
    """The next size up; None where there is none."""
    step = _step(amount)
    if direction == "at_most":
        return amount - step if amount - step >= 0 else None
    return _friendly(amount + step)


def shrunk(amount: float, direction: str = "at_least") -> float | None:
    """The next size down; None where it cannot be smaller in whole numbers."""
    if direction == "at_most":
        return _friendly(amount + _step(amount))
    less = _friendly(float(int(amount / 2)))
    return less if less >= 1 else None


def _step(amount: float) -> float:
    return max(1.0, float(round(amount / GROWS_BY)))


def _friendly(amount: float) -> float:
    return float(round(amount / 5) * 5) if amount >= ROUND_FROM else amount
