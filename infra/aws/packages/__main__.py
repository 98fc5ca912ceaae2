"""`python -m infra.aws.packages`: build every package and print how big it is; `make package` calls it."""

import argparse
import sys
from pathlib import Path

from infra.aws.functions import FUNCTIONS, Route
from infra.aws.packages import inputs
from infra.aws.packages.build import Package, build_functions
from infra.aws.packages.portal import build_portal
from infra.aws.runtimes import RUNTIME, RUNTIMES

MB = 1024 * 1024
LARGEST_PORTAL, LARGEST_WEBHOOK, LARGEST_WORKER = 20 * MB, 12 * MB, 16 * MB


def main() -> int:
    """Build; exit 1 when a package is too big."""
    parser = argparse.ArgumentParser(prog="python -m infra.aws.packages", description=__doc__)
    parser.add_argument("--runtime", choices=RUNTIMES, default=RUNTIME.name)
    parser.add_argument("--out", type=Path, default=Path("build"))
    parser.add_argument("--only", default="", help="one function, or portal")
    asked = parser.parse_args()
    runtime, all_ok = RUNTIMES[asked.runtime], True
    print(f"{runtime.name}, looked after until {runtime.ends_on}")
    (asked.out / inputs.STAMP).unlink(missing_ok=True)
    if asked.only != "portal":
        for package in build_functions(runtime, asked.out, asked.only):
            all_ok &= _say(package)
    if asked.only in {"", "portal"}:
        all_ok &= _say(build_portal(runtime, asked.out))
    if not asked.only:
        inputs.note(asked.out, runtime)
    return 0 if all_ok else 1


def _say(package: Package) -> bool:
    most = _most(package.name)
    judged = "ok" if package.size <= most else f"OVER {most / MB:.0f} MB"
    sizes = f"{package.size / MB:6.2f} MB   {package.unpacked / MB:6.1f} MB unpacked"
    print(f"{package.name:20} {sizes}   {package.digest[:16]}   {judged}", flush=True)
    return package.size <= most


def _most(name: str) -> int:
    if name == "portal":
        return LARGEST_PORTAL
    woken_by_twilio = {function.name for function in FUNCTIONS if isinstance(function.wakes, Route)}
    return LARGEST_WEBHOOK if name in woken_by_twilio else LARGEST_WORKER


if __name__ == "__main__":
    sys.exit(main())
