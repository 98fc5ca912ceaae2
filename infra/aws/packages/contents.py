"""What goes into a package, and what of it stays out."""

import re
import shutil
import zipfile
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

HOUSE = Path(__file__).parents[3]
_IMPORTED = re.compile(r"^\s*from functions\.(\w+) import", re.MULTILINE)

LEFT_OUT = (
    "*/__pycache__/*", "*.pyc", "*.pyi", "*.c", "*.h", "*.pyx", "*.pxd", "*.map", "*/tests/*", "*/py.typed",
    "*.dist-info/*",
    "bin/*", "*.data/*",
    "sqlalchemy/testing/*",
    "sqlalchemy/dialects/mysql/*", "sqlalchemy/dialects/oracle/*", "sqlalchemy/dialects/mssql/*",
    "sqlalchemy/ext/mypy/*", "sqlalchemy/ext/asyncio/*",
    "phonenumbers/geodata/*", "phonenumbers/carrierdata/*", "phonenumbers/shortdata/region_*", "phonenumbers/tzdata/*",
    "flask_bootstrap/static/bootstrap4/*", "flask_bootstrap/static/bootstrap5/css/bootswatch/*",
    "psycopg_pool/*", "twilio/rest/*",
    "font_source_*/files/*.otf", "font_source_*/files/*Light*", "font_source_*/files/*Black*",
    "font_source_*/files/*Bold*", "font_source_*/files/*It.ttf", "font_source_serif_pro/files/*Semibold*",
    "fontTools/diff/*", "fontTools/fontBuilder.py", "fontTools/merge/*",
    "fontTools/mtiLib/*", "fontTools/t1Lib/*", "fontTools/tfmLib.py", "fontTools/ttx.py", "fontTools/ufoLib/*",
    "fontTools/voltLib/*", "fpdf/data/color_profiles/*", "yaml/_yaml*",
    "PIL/_avif*", "pillow.libs/libavif*", "PIL/_imagingtk*", "zappa/cli.py", "zappa/core.py", "zappa/letsencrypt.py",
)  # fmt: skip
"""Never needed where it runs. Of our own tests none is ever copied."""
SENDS_TEXTS = ("twilio/rest/__init__.py", "twilio/rest/*Base.py", "twilio/rest/api/*")
"""Kept for whoever sends: of Twilio's REST API only what texts need, a tenth of it all."""
KNOWS_TIME_ZONES = ("phonenumbers/tzdata/*",)
"""Kept for whoever asks which time zone a number is in."""


def unpack(wheel: Path, into: Path, kept: Sequence[str] = ()) -> None:
    """The wheel's files, but for those that are left out."""
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            if not name.endswith("/") and is_wanted(name, kept):
                target = into / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(packed.read(name))


def is_wanted(name: str, kept: Sequence[str] = ()) -> bool:
    """Whether a file of a wheel goes into a package; `kept` are patterns of what is not left out here."""
    if name.endswith(".dist-info/METADATA"):  # some ask for their own version when they are imported
        return True
    is_left_out = any(fnmatch(name, pattern) for pattern in LEFT_OUT)
    return not is_left_out or any(fnmatch(name, pattern) for pattern in kept)


def copy_ours(files: Sequence[Path], into: Path) -> None:
    """Files of this repository, where they are in it."""
    for file in files:
        target = into / file.relative_to(HOUSE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def core() -> list[Path]:
    """The code that functions and portal share."""
    return [HOUSE / "coach_portal" / "__init__.py", *_files(HOUSE / "coach_portal" / "core")]


def of_function(name: str) -> list[Path]:
    """One function's own code, and whatever of `functions/` it imports."""
    wanted, waiting = {"__init__"}, [name]
    while waiting:
        module = waiting.pop()
        if module not in wanted:
            wanted.add(module)
            waiting += _IMPORTED.findall((HOUSE / "functions" / f"{module}.py").read_text())
    return [HOUSE / "functions" / f"{module}.py" for module in sorted(wanted)]


def of_portal() -> list[Path]:
    """The portal's own code, pages and front-end files."""
    entry = ("infra/__init__.py", "infra/aws/__init__.py", "infra/aws/asker.py", "infra/aws/portal.py")
    return [*_files(HOUSE / "coach_portal" / "web"), *(HOUSE / file for file in entry)]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
