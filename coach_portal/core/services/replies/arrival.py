"""A text that has arrived, and what is left to do about it once it is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coach_portal.core.rules.replies.understanding import Evidence, Understanding
from coach_portal.core.rules.voice.call_state import SAID
from coach_portal.core.rules.wishes import Wish
from coach_portal.core.services.replies.situation import Circumstances
from coach_portal.core.services.sending import outbox


@dataclass(frozen=True, slots=True)
class InboundSms:
    """A text as the carrier posted it. `params` is the whole form.

    `spoken` is the safety answer it was given already, if it arrived while nothing could be recorded.
    """

    sid: str
    from_phone: str
    to_phone: str
    body: str
    params: dict[str, str]
    spoken: str | None = None

    @property
    def is_call(self) -> bool:
        """Whether it was said, or pressed, on a call."""
        return "CallSid" in self.params

    @property
    def was_spoken(self) -> bool:
        """Whether it was said, on a call or after its tone: no webhook's answer to it can be a text."""
        return self.is_call or "RecordingSid" in self.params

    @property
    def channel(self) -> str:
        """How it came: text or call."""
        return "call" if self.is_call else "text"

    @property
    def keys(self) -> str:
        """What was pressed on the keypad instead of speaking."""
        return self.params.get("Digits", "") if self.is_call else ""

    @property
    def heard(self) -> float | None:
        """How sure the carrier's ear was of the words, 0 to 1, where it said so."""
        try:
            return float(self.params["Confidence"]) if self.is_call else None
        except (KeyError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A recorded text, what it arrived in and what it was understood to mean. `machine_now` is for leases.

    `wishes` say how they want to be texted; the understanding is of what else they wrote.
    """

    message_id: int
    text: InboundSms
    around: Circumstances
    understood: Understanding
    machine_now: datetime
    wishes: tuple[Wish, ...] = ()

    def reply(self, kind: str, body: str, **more: Any) -> dict[str, Any]:
        """The row of what goes back to the sender: on a call it is said at once, unless it is to be said later.

        An address is texted: nobody can follow one that is read aloud.
        """
        if self.text.is_call and "://" not in body:
            more = {"channel": "call", **({} if more.get("send_after") else {"state": SAID}), **more}
        return outbox.outgoing(
            kind=kind,
            practice_id=self.around.row.practice_id,
            client_id=self.around.row.client_id,
            answers_id=self.message_id,
            from_phone=self.text.to_phone,
            to_phone=self.text.from_phone,
            body=body,
            now=self.around.now,
            **more,
        )


@dataclass(frozen=True, slots=True)
class SafetyAnswer:
    """The one answer that goes back in the webhook's own response, because it may not depend on a queue."""

    message_id: int
    body: str


@dataclass(frozen=True, slots=True)
class Received:
    """What is left to do once all is committed: queue these messages, and give this answer in the webhook's own."""

    to_queue: list[int] = field(default_factory=list)
    safety: SafetyAnswer | None = None


def as_json(understood: Understanding, around: Circumstances, wished: Sequence[Wish] = ()) -> dict[str, Any]:
    """What the coach's page shows of an understanding: acts, wins and misses by goal id, each with its evidence."""
    return {
        "acts": sorted({*understood.acts, *("page" if wish.kind == "page" else "wish" for wish in wished)}),
        "wins": [
            {
                "goal_id": None if win.goal is None else around.goal_ids[win.goal],
                "amount": win.amount,
                "on": win.on.isoformat(),
                "confidence": win.confidence,
                **_span(win.evidence),
            }
            for win in understood.wins
        ],
        "misses": [
            {"goal_id": around.goal_ids[miss.goal], "confidence": miss.confidence, **_span(miss.evidence)}
            for miss in understood.misses
        ],
        "until": understood.until.isoformat() if understood.until else None,
        "risk": understood.risk,
        "maybe_stop": understood.maybe_stop,
        "evidence": {act: [span.start, span.end] for act, span in understood.evidence.items()},
        "confidence": understood.confidence,
    }


def _span(evidence: Evidence | None) -> dict[str, int]:
    return {} if evidence is None else {"start": evidence.start, "end": evidence.end}
