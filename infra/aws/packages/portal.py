"""The portal's package: laid out by us, zipped by Zappa with its own handler."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from coach_portal.core.errors import CoachPortalError
from infra.aws.functions import BASE
from infra.aws.packages import archive, contents
from infra.aws.packages.build import Package, find_python, lay_dependencies
from infra.aws.runtimes import LambdaRuntime

STAGE: Final = "portal"
PAPER: Final = ("defusedxml", "fonttools", "fpdf2")
"""For reports. Pillow is not among them: fpdf2 wants it for photographs alone, and ours are drawings."""
NEEDS: Final = (
    *BASE, *PAPER, "apispec", "argon2-cffi", "argon2-cffi-bindings", "blinker", "bootstrap-flask", "cffi", "click",
    "cryptography", "durationpy", "flask", "flask-smorest", "flask-wtf", "font-source-sans-pro",
    "font-source-serif-pro", "itsdangerous", "jinja2", "markupsafe", "marshmallow", "packaging", "pyotp", "pyyaml",
    "resvg-py", "segno", "webargs", "werkzeug", "wtforms", "zappa",
)  # fmt: skip
MAKERS_NOTE: Final = "package_info.json"
ZAPPA_LEFT_OUT: Final = ("zappa_settings.json", "*.md", "pip*", "setuptools*", "wheel*", "bin")


class ZappaFailed(CoachPortalError):
    """Zappa ended badly; the message holds its last words."""

    code = "zappa_failed"


def build_portal(runtime: LambdaRuntime, out: Path) -> Package:
    """The portal's zip."""
    home = lay_out(runtime, out)
    target = out / "portal.zip"
    target.unlink(missing_ok=True)
    (home / "zappa_settings.json").write_text(json.dumps({STAGE: settings(runtime)}, indent=1))
    zappa(home, "package", STAGE, "--output", str(target.resolve()))
    return built_portal(out)


def built_portal(out: Path) -> Package:
    """The portal's zip as it lies there. Raises CoachPortalError where there is none.

    Zappa writes the moment and the maker into its zip, so its bytes never come out the same: the digest is that of all
    that is in it besides.
    """
    target = out / "portal.zip"
    if not target.exists():
        raise CoachPortalError(f"{target} is not there: run `make package` first.")
    digest = hashlib.sha256()
    with zipfile.ZipFile(target) as made:
        unpacked = sum(entry.file_size for entry in made.infolist())
        for name in sorted(set(made.namelist()) - {MAKERS_NOTE}):
            digest.update(name.encode() + b"\0" + hashlib.sha256(made.read(name)).digest())
    return Package(STAGE, target, digest.hexdigest(), target.stat().st_size, unpacked)


def lay_out(runtime: LambdaRuntime, out: Path) -> Path:
    """A project as Zappa wants it: our code in one folder, what it needs in what looks like a virtual environment."""
    home = (out / "portal").resolve()
    shutil.rmtree(home, ignore_errors=True)
    # Zappa looks where the Python that it runs on would put things, whatever runtime it packs for.
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    needed = home / "venv" / "lib" / version / "site-packages"
    lay_dependencies(NEEDS, runtime, out, needed, contents.KNOWS_TIME_ZONES)
    ours = home / "project"
    contents.copy_ours([*contents.core(), *contents.of_portal()], ours)
    archive.compile_all(ours, find_python(runtime))
    return ours


def settings(runtime: LambdaRuntime, **more: Any) -> dict[str, Any]:
    """Zappa's settings of the portal. No secret is among them: `zappa_settings.py` in the zip can be read by anyone
    who may read the zip. With `debug` it would log whole requests."""
    return {
        "app_function": "infra.aws.portal.app",
        "project_name": "coach-portal",
        "runtime": runtime.name,
        "debug": False,
        "log_level": "INFO",
        "slim_handler": False,
        "use_precompiled_packages": False,
        "keep_warm": False,
        "touch": False,
        "memory_size": 512,
        "timeout_seconds": 30,
        "apigateway_enabled": False,
        "function_url_enabled": True,
        "function_url_config": {"authorizer": "NONE", "cors": False},
        "exclude": list(ZAPPA_LEFT_OUT),
        **more,
    }


def zappa(home: Path, *arguments: str, environment: dict[str, str] | None = None) -> str:
    """Run Zappa in a laid-out project; answers what it printed. Raises ZappaFailed."""
    env = {
        **os.environ,
        **(environment or {}),
        "VIRTUAL_ENV": str(home.parent / "venv"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "zappa.cli", *arguments], cwd=home, env=env, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise ZappaFailed(_last_words([ran.stdout, ran.stderr]))
    return ran.stdout


def _last_words(said: Sequence[str]) -> str:
    return "\n".join("\n".join(each.strip().splitlines()[-12:]) for each in said)
