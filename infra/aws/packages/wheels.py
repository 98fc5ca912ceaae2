"""Wheels for a Lambda runtime, at the versions and with the hashes of the lock."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from coach_portal.core.errors import CoachPortalError
from infra.aws.runtimes import LambdaRuntime

LOCK = Path(__file__).parents[3] / "requirements.lock"
_PINNED = re.compile(r"^([a-z0-9-]+)==\S.*(?:\n    --hash=\S+(?: \\)?)+", re.MULTILINE)


class NoWheel(CoachPortalError):
    """A distribution has no wheel that this runtime can load, or it could not be fetched."""

    code = "no_wheel"


def pins(names: Iterable[str], lock: str) -> str:
    """The lock's lines for these distributions alone. Raises NoWheel for one that the lock does not hold."""
    pinned = {found[1]: found[0] for found in _PINNED.finditer(lock)}
    missing = sorted(set(names) - pinned.keys())
    if missing:
        raise NoWheel(f"not in the lock: {', '.join(missing)}")
    return "\n".join(re.sub(r" ; [^\\\n]*", " ", pinned[name]) for name in sorted(set(names))) + "\n"


def fetch(names: Sequence[str], runtime: LambdaRuntime, kept_in: Path) -> list[Path]:
    """The wheels of these distributions, none of what they depend on; kept in a folder for the next time.

    Raises NoWheel when one is not to be had.
    """
    folder = kept_in / runtime.name
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / f"wanted-{os.getpid()}.txt"
    wanted.write_text(pins(names, LOCK.read_text()))
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary", ":all:", "--python-version", runtime.python]
    command += ["--implementation", "cp", *(f"--platform={platform}" for platform in runtime.platforms)]
    ran = subprocess.run(
        [*command, "--find-links", str(folder), "--dest", str(folder), "--requirement", str(wanted)],
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        errors = [line for line in ran.stderr.splitlines() if line.startswith("ERROR")]
        raise NoWheel(f"for {runtime.name}: {' '.join(errors) or ran.stderr[-400:]}")
    pinned = wanted.read_text()
    wanted.unlink()
    return sorted(_wheel_of(name, pinned, folder) for name in set(names))


def _wheel_of(name: str, wanted: str, folder: Path) -> Path:
    version = re.findall(rf"^{re.escape(name)}==([^\s;]+)", wanted, re.MULTILINE)[0]
    stem = f"{name.replace('-', '_')}-{version}-".lower()
    return next(path for path in folder.glob("*.whl") if path.name.lower().startswith(stem))
