"""The files of the look carry a mark of their content in their address, so that browsers may keep them for good."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

HERE = Path(__file__).parent / "static"
A_YEAR = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Mark our stylesheets and scripts. Fonts are named in the stylesheet, without a mark, and never change."""
    app.url_defaults(_mark)
    app.after_request(_keep)


def _mark(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and not values["filename"].startswith("fonts/"):
        values["v"] = _digest(values["filename"])


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = A_YEAR
    return response


@lru_cache(maxsize=64)
def _digest(filename: str) -> str:
    return hashlib.sha256((HERE / filename).read_bytes()).hexdigest()[:12]
