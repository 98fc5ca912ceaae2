"""What each kind of text needs before it may go: `rules.may_send` asks it of one text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """What one kind of text needs: the state of consent, what silences it, and whether it keeps to the hours.

    `automated` texts are capped and cost the budget; of those a `touch` is one of the day's questions.
    """

    consent: str | None
    silenced_by: frozenset[str] = frozenset()
    hours: bool = False
    despite_opt_out: bool = False
    automated: bool = False
    touch: bool = False


_AUTOMATED = frozenset({"held", "paused", "quiet", "already_told"})
_HELD = frozenset({"held"})


# Answers to a person's own text obey consent and opt-out but not the hours; HELP and the one confirmation of a STOP
# go out to someone who opted out (R6, R11); the safety answer is bound by nothing (R20). The week given back is not
# refused for the day's question. Who is on a pause still has their appointment.
POLICIES = {
    "check_in": Policy("granted", silenced_by=_AUTOMATED, hours=True, automated=True, touch=True),
    "wins": Policy("granted", silenced_by=_AUTOMATED, hours=True, automated=True, touch=True),
    "programme": Policy("granted", silenced_by=_AUTOMATED, hours=True, automated=True, touch=True),
    "digest": Policy("granted", silenced_by=_AUTOMATED, hours=True, automated=True),
    "reminder": Policy("granted", silenced_by=_HELD, hours=True, automated=True),
    "by_hand": Policy("granted", hours=True),
    "thanks": Policy("granted", silenced_by=_HELD, hours=True),
    "invitation": Policy("invited", hours=True),
    "call_ask": Policy("granted", silenced_by=_HELD, hours=True),
    "reply": Policy("granted", silenced_by=_HELD),
    "help": Policy(None, despite_opt_out=True),
    "goodbye": Policy(None, despite_opt_out=True),
    "stranger": Policy(None),
    "supporter_ask": Policy("invited", hours=True),
    "supporter_week": Policy("granted", silenced_by=_HELD, hours=True),
    "supporter": Policy(None),
    "safety": Policy(None, despite_opt_out=True),
    "coach_alert": Policy(None, despite_opt_out=True),
    "coach_note": Policy(None),
    "coach_answer": Policy(None),
}
