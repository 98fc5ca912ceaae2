"""Inbound texts as files, while the database of one machine is away."""

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

from coach_portal.core.ports import KeptText


class FolderBuffer:
    """Fills `ports.InboundBuffer`. Files are named by the time they came, so that their names are their order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, text: KeptText) -> None:
        """Keep one text; it is on disk when this returns. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._folder / f"{time.time_ns():020}-{text.sid}.json"
        unfinished = file.with_suffix(".part")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as writing:
            json.dump(text.as_json(), writing)
            writing.flush()
            os.fsync(writing.fileno())
        unfinished.rename(file)

    def take(self, batch: int) -> list[Path]:
        """The oldest files, in order."""
        return sorted(self._folder.glob("*.json"))[:batch]

    def done(self, files: Sequence[Path]) -> None:
        """These are recorded."""
        for file in files:
            file.unlink(missing_ok=True)
