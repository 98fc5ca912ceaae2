"""JSON logs with ids: never a body, never a phone number."""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

# Made once: json.dumps with a `default` makes one for every line.
_ENCODER = json.JSONEncoder(default=str)
_PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


_request: ContextVar[str | None] = ContextVar("request", default=None)


def about(request: str | None) -> None:
    """From now on each line of this thread names the request that it is about."""
    _request.set(request)


class JsonFormatter(logging.Formatter):
    """One line of JSON for each record; whatever was passed as `extra` becomes a key."""

    def format(self, record: logging.LogRecord) -> str:
        """Render a record."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "what": record.getMessage(),
        }
        request = _request.get()
        if request is not None:
            line["request"] = request
        line.update({key: value for key, value in record.__dict__.items() if key not in _PLAIN})
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _last_frame(record.exc_info[2])
        return _ENCODER.encode(line)


def _last_frame(traceback: Any) -> str:
    # The message of an exception may quote a row with a number or a body in it; its place never does.
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return f"{traceback.tb_frame.f_code.co_filename}:{traceback.tb_lineno}" if traceback else ""


def set_up_logs(level: int = logging.INFO) -> None:
    """Send everything at `level` and above to standard error as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Our lines name no thread, process or task: what is not asked for need not be found out.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    for noisy in ("alembic", "botocore", "urllib3", "twilio", "sqlalchemy", "waitress"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
