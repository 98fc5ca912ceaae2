"""The words with which a phone closes and opens itself, when they are the whole text, in any case.

Stop words: twilio.com/docs/messaging/tutorials/advanced-opt-out; start words: twilio.com/docs/api/errors/23002.
"""

STOP = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
START = frozenset({"START", "UNSTOP", "YES"})

STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe."
)
STARTED = "You have successfully been re-subscribed to messages from this number. Reply STOP to unsubscribe."


def is_stop(body: str) -> bool:
    """Whether Twilio blocks the sender from now on."""
    return body.strip().upper() in STOP


def is_start(body: str) -> bool:
    """Whether Twilio lifts the block."""
    return body.strip().upper() in START
