"""What EventBridge does in AWS, done by threads."""

import threading

from infra.local.ticker import Beside


def test_what_runs_beside_the_ticker_begins_at_once():
    stopping, done = threading.Event(), []

    def ask():
        done.append("asked")
        stopping.set()

    thread = Beside(stopping, ask, 3600)
    thread.start()
    thread.join(10)
    assert done == ["asked"]
