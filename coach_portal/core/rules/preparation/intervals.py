"""How far a share, or the difference of two, can be told from so few days.

Wilson's score interval (Wilson 1927) for one share, Newcombe's hybrid score interval (Newcombe 1998, method 10) for the
difference of two: both hold for small numbers, where the textbook's interval does not. They take days for independent.
One person's days are not quite, so the true interval is a little wider: what is not sure here is not sure.
"""

from math import sqrt

Z_95, Z_90 = 1.959964, 1.644854
"""Two-sided, in standard deviations."""


def wilson(done: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """The interval of a share, 0 to 1; of nothing, all of it."""
    if not of:
        return 0.0, 1.0
    share, square = done / of, z * z
    middle = share + square / (2 * of)
    reach = z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    whole = 1 + square / of
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def difference(now: tuple[int, int], before: tuple[int, int], z: float = Z_95) -> tuple[float, float]:
    """The interval of the share now less the share before, -1 to 1. Each is (done, of)."""
    (low_now, high_now), (low_before, high_before) = wilson(*now, z), wilson(*before, z)
    share_now, share_before = _share(now), _share(before)
    apart = share_now - share_before
    down = sqrt((share_now - low_now) ** 2 + (high_before - share_before) ** 2)
    up = sqrt((high_now - share_now) ** 2 + (share_before - low_before) ** 2)
    return apart - down, apart + up


def _share(counted: tuple[int, int]) -> float:
    done, of = counted
    return done / of if of else 0.5
