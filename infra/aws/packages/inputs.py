"""What packages are made from: while none of it has changed, neither have they."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from infra.aws.packages.contents import HOUSE
from infra.aws.packages.wheels import LOCK
from infra.aws.runtimes import LambdaRuntime

SOURCES: Final = ("coach_portal", "functions", "infra/aws")
STAMP: Final = "made-from"


def digest(runtime: LambdaRuntime) -> str:
    """The SHA-256 of the lock, our sources and the runtime's name, in hexadecimal digits."""
    summed = hashlib.sha256(runtime.name.encode() + LOCK.read_bytes())
    for file in _files():
        summed.update(str(file.relative_to(HOUSE)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return summed.hexdigest()


def are_built(out: Path, runtime: LambdaRuntime) -> bool:
    """Whether all packages that lie there were made from what is here now."""
    stamp = out / STAMP
    return stamp.exists() and stamp.read_text() == digest(runtime)


def note(out: Path, runtime: LambdaRuntime) -> None:
    """Write down what the packages there were made from: all of them."""
    (out / STAMP).write_text(digest(runtime))


def _files() -> Iterator[Path]:
    for folder in SOURCES:
        found = (HOUSE / folder).rglob("*")
        yield from sorted(file for file in found if file.is_file() and file.suffix != ".pyc")
