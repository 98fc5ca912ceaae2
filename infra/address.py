"""The address a server is to listen on, tried before anything else is done."""

import errno
import socket

from coach_portal.core.errors import CoachPortalError

EVERYWHERE = "0.0.0.0"  # noqa: S104  # nosec B104 # only when asked for
HIGHEST_PORT = 65535


class CannotStart(CoachPortalError):
    """Something stands in the way; the message says what to do."""

    code = "cannot_start"


def reached_at(host: str, port: int) -> str:
    """Where a browser on this machine finds who listens there."""
    return f"http://{'127.0.0.1' if host == EVERYWHERE else host}:{port}"


def try_out(host: str, port: int) -> None:
    """See that this port is to be had. Raises CannotStart when it is not."""
    if not 0 <= port <= HIGHEST_PORT:
        raise CannotStart(f"PORT must lie between 1 and {HIGHEST_PORT}; {port} does not.")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise CannotStart(_why_not(error, host, port)) from None


def _why_not(error: OSError, host: str, port: int) -> str:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine. Choose another host, such as 127.0.0.1."
    reason = "needs more rights" if isinstance(error, PermissionError) else "is taken by another program"
    return f"Port {port} {reason}. Choose another, such as PORT={_another(port)}."


def _another(port: int) -> int:
    return port + 1 if 1024 <= port < HIGHEST_PORT else 5050
