"""The demo's practice in a folder, as of one moment."""

from datetime import UTC, datetime
from pathlib import Path

from infra.local.demo.furnish import furnish

NOW = datetime(2026, 11, 20, 14, 12, tzinfo=UTC)
PASSWORD = "seven quiet mornings"


def furnished(folder: Path) -> tuple[Path, Path]:
    """A practice of NOW in a folder: the database's file and the carrier's."""
    files = folder / "coach_portal.db", folder / "carrier.db"
    furnish(*files, PASSWORD, NOW, lambda week: None)
    return files
