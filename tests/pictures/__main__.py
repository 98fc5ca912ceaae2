"""`python -m tests.pictures FOLDER`: draw six weeks in both languages, for eyes to judge."""

import sys
from pathlib import Path

from coach_portal.core.gateways.resvg_pictures import ResvgPictures
from coach_portal.core.rules.pictures import picture
from tests.pictures.weeks import WEEKS


def main(folder: Path) -> None:
    """Write one PNG for each week and language, and say where."""
    folder.mkdir(parents=True, exist_ok=True)
    for locale, weeks in WEEKS.items():
        for name, week in weeks.items():
            file = folder / f"{name}-{locale}.png"
            file.write_bytes(ResvgPictures().png(picture(week, locale)))
            sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
