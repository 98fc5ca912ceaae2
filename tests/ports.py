"""Ports of this machine that nobody listens on."""

import socket


def free_port() -> int:
    """A port that is free just now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
