"""What each role may do, said in one place: services ask `may`, and the page People shows the very same table.

Beside this, `services.scope` says who sees whom: whoever may SEE_EVERYONE sees the practice's clients, everybody else
their own. What no line here names, everyone may do for the clients they see.
"""

from dataclasses import dataclass
from typing import Final, Literal

Role = Literal["owner", "coach", "assistant"]
Act = Literal[
    "see_everyone",
    "see_money",
    "start_numbers",
    "set_hours",
    "set_money",
    "name_second_contact",
    "manage_people",
    "hand_over",
    "read_trail",
    "export_practice",
    "erase",
    "set_keeping",
    "manage_api",
    "change_programmes",
]

ROLES: Final[tuple[Role, ...]] = ("owner", "coach", "assistant")
NAMES: Final[dict[str, str]] = {"owner": "an owner", "coach": "a coach", "assistant": "an assistant"}
ABOUT: Final[dict[Role, str]] = {
    "owner": "Runs the practice: everything, for every client.",
    "coach": "Coaches their own clients, and sees nobody else’s.",
    "assistant": "Helps the whole practice: sees and does for every client what their coach does.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that not everybody may do, in words, and who may."""

    words: str
    who: frozenset[Role]


_OWNER: Final = frozenset[Role]({"owner"})
_WHOLE: Final = frozenset[Role]({"owner", "assistant"})

TABLE: Final[dict[Act, Line]] = {
    "see_everyone": Line("See and help every client of the practice", _WHOLE),
    "see_money": Line("See what the texts cost, and your numbers’ health", _WHOLE),
    "start_numbers": Line("Let a stopped number text again", _WHOLE),
    "set_hours": Line("Set the hours", _OWNER),
    "set_money": Line("Set the month’s limit and your own Twilio account", _OWNER),
    "name_second_contact": Line("Name who is told when a coach does not answer", _OWNER),
    "manage_people": Line("Invite people, change roles, let someone go", _OWNER),
    "hand_over": Line("Hand clients over to another coach", _OWNER),
    "read_trail": Line("Read who saw and changed what", _OWNER),
    "export_practice": Line("Take everything of the practice out", _OWNER),
    "erase": Line("Erase a client for good", _OWNER),
    "set_keeping": Line("Set how long former clients are kept", _OWNER),
    "change_programmes": Line("Change programmes that somebody else wrote", _WHOLE),
    "manage_api": Line("Say where events are posted to, and end anybody’s API token", _OWNER),
}
"""In the order in which the page shows it."""


def may(role: str, act: Act) -> bool:
    """Whether someone of this role may do that. A role we do not know may do nothing."""
    return role in TABLE[act].who


def who_may(act: Act) -> frozenset[Role]:
    """The roles that may."""
    return TABLE[act].who
