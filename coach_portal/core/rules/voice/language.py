"""What a language must say on a call. The files beside this one, named by their code, fill it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaking:
    """All that is said on calls, and asked by text about them. Templates of `str.format`."""

    opening: str  # {coach} {practice} {client}
    question: str  # {goals}
    question_several: str  # {goals}
    question_many: str  # {count}
    question_wins: str
    tell: str
    keys_one: str
    keys_several: str
    keys_more: str  # {coach}: what the keys do beside answering
    again: str
    use_keys: str
    each: str  # {goal}
    nothing_heard: str
    anything_else: str  # {coach} {number}
    goodbye: str
    noted: str  # {coach}
    leave_message: str  # {coach}
    message_left: str  # {coach} {crisis}
    no_message: str
    no_more_calls: str  # {practice}
    all_ended: str  # {practice}
    machine: str  # {coach} {practice} {client} {number}
    menu: str  # {coach} {practice} {client}
    keys_menu: str  # {coach}
    log_win: str
    no_week: str
    stranger: str  # {practice} {crisis}
    stranger_stopped: str
    away: str  # {crisis}
    text_follows: str
    may_we_call: str  # {client} {coach} {practice} {per_week}
    calls_agreed: str  # {coach}
    calls_declined: str
    yes: frozenset[str]
    bare_yes: frozenset[str]
    no: frozenset[str]
