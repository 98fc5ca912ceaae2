"""`python -m tests.bench.growth`: what one check-in and one idle minute cost as a practice grows, as a picture.

Each size has the same number of check-ins due, scattered among so many schedules; the medians of a few sweeps are
drawn over the sizes, both on logarithmic scales.
"""

import argparse
import math
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from functions import schedule_check_ins
from functions.runtime import Runtime
from tests import databases
from tests.bench.measure import each
from tests.bench.recording import raw_driver
from tests.bench.sweep import QUIET, RESTORE, copied
from tests.bench.wiring import logging_as_in_service, using

DUE, ROUNDS, IDLE_CALLS = 1_000, 7, 50
SIZES = (1_000, 10_000, 100_000, 1_000_000)
WIDE, HIGH, LEFT, TOP = 560, 300, 64, 28
INK = {"sqlite": "#B4552D", "postgres": "#2F5D50"}
NAMES = {"sqlite": "SQLite", "postgres": "Postgres"}
Point = tuple[int, float]


def main() -> None:
    """Measure, print and draw."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth", description=__doc__)
    parser.add_argument("--database", choices=tuple(INK))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--out", type=Path, help="draw the picture into this file")
    asked = parser.parse_args()
    databases.POSTGRES_SETTINGS |= {"fsync": "on", "shared_buffers": "512MB"}
    lines: dict[tuple[str, str], list[Point]] = {}
    for kind in [asked.database] if asked.database else INK:
        for size in asked.sizes:
            for job, cost in measured(kind, size):
                lines.setdefault((job, kind), []).append((size, cost))
                sys.stdout.write(f"{job:22} {kind:9} {size:>10,} {cost:10.1f} us\n")
                sys.stdout.flush()
    if asked.out:
        asked.out.write_text(drawn(lines))


def measured(kind: str, size: int) -> Iterator[tuple[str, float]]:
    """What one check-in costs in a sweep, and what an idle minute costs, in microseconds."""
    due = min(DUE, size // 2)
    with logging_as_in_service(), copied(kind, size, due) as wired:
        driver = raw_driver(wired.settings.database_url)
        yield "one check-in", statistics.median(_sweep(wired, driver, kind, due) for _ in range(ROUNDS)) * 1e6
        driver.alone(RESTORE[kind])
        driver.close()
        with using(wired.at(type(wired.clock)(QUIET))):
            idle = [each(1, lambda: schedule_check_ins.handler({}, None)) for _ in range(IDLE_CALLS)]
        yield "an idle minute", statistics.median(idle) * 1e6


def _sweep(wired: Runtime, driver: object, kind: str, due: int) -> float:
    driver.alone(RESTORE[kind])  # type: ignore[attr-defined]
    return each(due, lambda: schedule_check_ins.sweep(wired))


def drawn(lines: dict[tuple[str, str], list[Point]]) -> str:
    """The lines as an SVG of our own: sizes along, microseconds up, each line named at its end."""
    points = [point for line in lines.values() for point in line]
    along = _Scale([size for size, _ in points], LEFT, LEFT + WIDE)
    up = _Scale([cost for _, cost in points], TOP + HIGH, TOP)
    heights = _apart({name: up(line[-1][1]) + 4 for name, line in lines.items()})
    parts = [*_grid(points, along, up), *(_line(name, line, along, up, heights[name]) for name, line in lines.items())]
    size = f'viewBox="0 0 {LEFT + WIDE + 250} {TOP + HIGH + 52}"'
    label = "What one check-in and one idle minute cost, from a thousand schedules on"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{label}" '
        f'font-family="Source Sans Pro, sans-serif" font-size="13">\n'
        f'<rect width="100%" height="100%" fill="#FBF8F3"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


class _Scale:
    """Powers of ten around all values, spread evenly from one edge to the other."""

    def __init__(self, values: Sequence[float], begins: int, ends: int) -> None:
        self.tens = range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)
        self._begins, self._step = begins, (ends - begins) / max(len(self.tens) - 1, 1)

    def __call__(self, value: float) -> float:
        return self._begins + (math.log10(value) - self.tens[0]) * self._step


def _grid(points: Sequence[Point], along: _Scale, up: _Scale) -> Iterator[str]:
    for ten in up.tens:
        y = up(10**ten)
        yield f'<path d="M{LEFT} {y:.0f}H{LEFT + WIDE}" stroke="#E4DCCF"/>'
        yield f'<text x="{LEFT - 10}" y="{y + 4:.0f}" text-anchor="end" fill="#6B6459">{_time(10.0**ten)}</text>'
    for size in sorted({size for size, _ in points}):
        x = along(size)
        yield f'<text x="{x:.0f}" y="{TOP + HIGH + 22}" text-anchor="middle" fill="#6B6459">{size:,}</text>'
    yield f'<text x="{LEFT}" y="{TOP + HIGH + 44}" fill="#6B6459">schedules</text>'


def _apart(heights: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """Where the names of the lines stand, so that none covers another."""
    lowest, stand = -math.inf, {}
    for name, height in sorted(heights.items(), key=lambda item: item[1]):
        lowest = stand[name] = max(height, lowest + 17)
    return stand


def _line(name: tuple[str, str], line: Sequence[Point], along: _Scale, up: _Scale, height: float) -> str:
    job, kind = name
    path = "L".join(f"{along(size):.1f} {up(cost):.1f}" for size, cost in line)
    dots = "".join(f'<circle cx="{along(size):.1f}" cy="{up(cost):.1f}" r="3.5"/>' for size, cost in line)
    x = along(line[-1][0]) + 10
    dashes = ' stroke-dasharray="5 4"' if job == "an idle minute" else ""
    return (
        f'<g fill="{INK[kind]}"><path d="M{path}" fill="none" stroke="{INK[kind]}" stroke-width="2"{dashes}/>{dots}'
        f'<text x="{x:.0f}" y="{height:.0f}">{job}, {NAMES[kind]} {_time(line[-1][1])}</text></g>'
    )


def _time(microseconds: float) -> str:
    return f"{microseconds / 1000:,.3g} ms" if microseconds >= 1000 else f"{microseconds:.3g} us"


if __name__ == "__main__":
    main()
