"""A folder as a zip: with bytecode that Lambda takes as it is, and the same bytes for the same folder."""

import hashlib
import subprocess
import zipfile
from functools import cache
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)
_TASK = "/var/task"


def compile_all(folder: Path, python: Path) -> None:
    """Bytecode in the place of every module, made by the runtime's own Python.

    Bytecode beside its source carries the source's time; a zip does not keep that, and what is stale is compiled again
    at each cold start, which trebles it (measured). Without the sources there is nothing to compare, and a package is
    half as big; lines are still told in tracebacks. A package's own `__init__` keeps its source, since Zappa puts an
    empty one wherever it finds none.
    """
    command = [str(python), "-I", "-m", "compileall", "-q", "-b", "--invalidation-mode", "unchecked-hash"]
    subprocess.run([*command, "-s", str(folder), "-p", _TASK, str(folder)], check=True)
    for source in folder.rglob("*.py"):
        compiled = source.with_suffix(".pyc")
        if source.name == "__init__.py":
            cached = source.parent / "__pycache__" / f"__init__.{_cache_tag(python)}.pyc"
            cached.parent.mkdir(exist_ok=True)
            compiled.rename(cached)
        elif compiled.exists():
            source.unlink()


@cache
def _cache_tag(python: Path) -> str:
    asked = [str(python), "-I", "-c", "import sys; print(sys.implementation.cache_tag)"]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def write(folder: Path, target: Path) -> str:
    """Zip the folder; answers the SHA-256 of the zip in hexadecimal digits."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(file.relative_to(folder)), _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    return hashlib.sha256(target.read_bytes()).hexdigest()
