"""Figures for CloudWatch, in its embedded metric format: a line of JSON in a function's log becomes metrics."""

import json
import sys
from datetime import datetime
from typing import Final

NAMESPACE: Final = "CoachPortal"
UNITS: Final = {"Seconds": "Seconds", "Minutes": "None"}
"""The unit by a name's ending; all else is counted."""


class Metrics:
    """Writes figures of one site; of none, where there is no CloudWatch to read them."""

    def __init__(self, site: str) -> None:
        self._site = site

    @property
    def are_read(self) -> bool:
        """Whether anybody reads them: where nobody does, they need not be found out either."""
        return bool(self._site)

    def write(self, at: datetime, **figures: float) -> None:
        """One line with these figures ("Embedded metric format specification", CloudWatch user guide)."""
        if not (self._site and figures):
            return
        kinds = [{"Name": name, "Unit": _unit(name)} for name in figures]
        described = {"Namespace": NAMESPACE, "Dimensions": [["Site"]], "Metrics": kinds}
        line = {"_aws": {"Timestamp": int(at.timestamp() * 1000), "CloudWatchMetrics": [described]}}
        sys.stdout.write(json.dumps({**line, "Site": self._site, **figures}) + "\n")
        sys.stdout.flush()


def _unit(name: str) -> str:
    return next((unit for end, unit in UNITS.items() if name.endswith(end)), "Count")
