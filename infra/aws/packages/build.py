"""Builds the packages: each function's, and the portal's."""

import hashlib
import os
import shutil
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from coach_portal.core.errors import CoachPortalError
from infra.aws.functions import BASE, FUNCTIONS, SENDING, Function
from infra.aws.packages import archive, contents, libraries, wheels
from infra.aws.runtimes import LambdaRuntime


class NoPython(CoachPortalError):
    """The runtime's Python is not on this machine: its bytecode cannot be made here, nor a package be tried."""

    code = "no_python"


@dataclass(frozen=True, slots=True)
class Package:
    """One zip. `size` is in bytes, `unpacked` too."""

    name: str
    file: Path
    digest: str
    size: int
    unpacked: int


def build_functions(runtime: LambdaRuntime, out: Path, only: str = "") -> Iterator[Package]:
    """Each function's package, as soon as it is ready."""
    python = find_python(runtime)
    for function in FUNCTIONS:
        if only in {"", function.name}:
            yield _build(function, runtime, python, out)


def _build(function: Function, runtime: LambdaRuntime, python: Path, out: Path) -> Package:
    kept = contents.SENDS_TEXTS if set(SENDING) <= set(function.needs) else ()
    with _folder(out) as folder:
        contents.copy_ours([*contents.core(), *contents.of_function(function.name)], folder)
        archive.compile_all(folder, python)
        lay_dependencies([*BASE, *function.needs], runtime, out, folder, kept)
        target = out / f"{function.name}.zip"
        digest = archive.write(folder, target)
        unpacked = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Package(function.name, target, digest, target.stat().st_size, unpacked)


def built_functions(out: Path) -> Iterator[Package]:
    """The functions' packages as they lie there. Raises CoachPortalError where one is missing."""
    for function in FUNCTIONS:
        file = out / f"{function.name}.zip"
        if not file.exists():
            raise CoachPortalError(f"{file} is not there: run `make package` first.")
        with zipfile.ZipFile(file) as made:
            unpacked = sum(entry.file_size for entry in made.infolist())
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        yield Package(function.name, file, digest, file.stat().st_size, unpacked)


def lay_dependencies(
    names: Sequence[str], runtime: LambdaRuntime, out: Path, into: Path, kept: Sequence[str] = ()
) -> None:
    """The distributions, compiled, into a folder. Each is unpacked and compiled once and kept for the next package."""
    python = find_python(runtime)
    how = [Path(module.__file__ or "").read_bytes() for module in (archive, contents, libraries)]
    rules = hashlib.sha256(b"".join([*how, repr(kept).encode()])).hexdigest()[:8]
    for wheel in wheels.fetch(names, runtime, out / "wheels"):
        ready = out / "compiled" / runtime.name / f"{wheel.stem}-{rules}"
        if not ready.exists():
            with _folder(out) as folder:
                contents.unpack(wheel, folder, kept)
                libraries.check_symbols(folder, runtime)
                libraries.hollow_out(folder)
                archive.compile_all(folder, python)
                shutil.copytree(folder, ready)
        shutil.copytree(ready, into, dirs_exist_ok=True)


def find_python(runtime: LambdaRuntime) -> Path:
    """The runtime's own Python on this machine: LAMBDA_PYTHON, the one we run on, on the path, or kept by pyenv."""
    named = os.environ.get("LAMBDA_PYTHON")
    if named:
        return Path(named)
    if runtime.name == f"python{sys.version_info.major}.{sys.version_info.minor}":
        return Path(sys.executable)
    kept = sorted(Path.home().glob(f".pyenv/versions/{runtime.python}.*/bin/{runtime.name}"))
    found = [*kept, *(Path(each) for each in [shutil.which(runtime.name)] if each)]
    if not found:
        raise NoPython(f"no {runtime.name} on this machine: name it in LAMBDA_PYTHON, or choose another RUNTIME")
    return found[0]


@contextmanager
def _folder(out: Path) -> Iterator[Path]:
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out, prefix="package-") as folder:
        yield Path(folder)
