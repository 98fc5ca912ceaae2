"""How a call went, in plain words."""

from coach_portal.core.models import Message

CALLS = {
    "accepted": "Called: taken by the carrier",
    "ringing": "Called: it rings",
    "in_progress": "On the call now",
    "completed": "Called",
    "busy": "Called: the line was busy",
    "no_answer": "Called: nobody answered",
    "said": "Said on the call",
    "planned": "A call",
}


def call(message: Message) -> str:
    """How a call went, or that a line of ours was said on one."""
    told = CALLS.get(message.state, "A call")
    if message.state == "completed" and (message.answered_by or "").startswith("machine"):
        return f"{told}: a machine answered"
    if message.state == "completed" and message.seconds:
        return f"{told}, {message.seconds // 60}:{message.seconds % 60:02}"
    return told
