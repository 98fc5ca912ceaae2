"""What a coach is told of what waits for them, by text and by email: whose it is and where to read it, never the words.

R25 (docs/messaging-rules.md): nothing a client wrote, and no phone number, leaves for a coach's phone or mailbox.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach_portal.core.rules.sms_text import to_gsm
from coach_portal.core.rules.texts.fitting import first_that_fits, listing, plain, sentence
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.letters import Letter

QUESTION, SILENCE = "wants_answer", "silent_client"
MOST_NAMES = 3
MOST_CODES = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """One matter: its alert's kind, the client's name as the coach tells them apart ("" where there is none), the
    address to read it at, and the code to answer it by ("" for none)."""

    kind: str
    name: str
    url: str
    code: str = ""


def note_text(waiting: Sequence[Waiting], url: str, covering: str = "") -> str:
    """One text for all of it. `url` is where all of it stands; `covering` whom the reader stands in for."""
    address = waiting[0].url if len({one.url for one in waiting}) == 1 else url
    codes = {one.code: one.name for one in waiting if one.code}
    said = f"{_instead(covering)}{_said(waiting)} {address}"
    return first_that_fits([f"{said} {_by_text(codes)}".strip(), said], most=2)


def note_letter(waiting: Sequence[Waiting], url: str, covering: str = "") -> Letter:
    """The same by email: a line and a link for each."""
    subject = sentence(_said(waiting).partition(". ")[0].rstrip("."))
    lines = [f"{_line(one)}\n{one.url}\n" for one in waiting]
    head = [f"You stand in for {plain(covering)}.\n"] if covering else []
    foot = (
        "What they wrote is in the portal only, never in an email. The link opens the conversation with the box to "
        f"answer in; nobody reads a reply to this email. Choose when and how you hear: {url}/practice/reach\n"
    )
    return Letter(subject, "\n".join([*head, *lines, foot]))


def not_passed_on(codes: Sequence[tuple[str, str]]) -> str:
    """To a coach whose text named nobody. `codes` are (code, name)."""
    told = ", ".join(f"{code} for {plain(name)}" for code, name in codes)
    return to_gsm(f"That went to nobody yet. Text just the code of whom it is for, and I pass it on: {told}.")


def nothing_to_pass_on(code: str, name: str) -> str:
    """To a coach who texted a code and nothing else, with nothing before it."""
    return to_gsm(f"What shall I tell {plain(name)}? Write it after {code}.")


def passed_on(name: str, when: str) -> str:
    """To a coach whose text is on its way; `when` is "" for now, else a moment on the client's clock."""
    return to_gsm(f"To {plain(name)}: sent." if not when else f"To {plain(name)}: it leaves {when}, in their hours.")


def refused(name: str, why: str) -> str:
    """To a coach whose text may not go."""
    return to_gsm(f"Not sent to {plain(name)}. {why}")


def _said(waiting: Sequence[Waiting]) -> str:
    words = language("en")
    asking = _names(waiting, lambda kind: kind == QUESTION)
    silent = _names(waiting, lambda kind: kind == SILENCE)
    others = _names(waiting, lambda kind: kind not in {QUESTION, SILENCE})
    nameless = sum(not one.name for one in waiting)
    said = []
    if asking:
        said.append(f"{listing(asking, words, MOST_NAMES)} {'wants' if len(asking) == 1 else 'want'} an answer.")
    if silent:
        said.append(f"{listing(silent, words, MOST_NAMES)} went quiet.")
    if others:
        said.append(f"Something to look at for {listing(others, words, MOST_NAMES)}.")
    if nameless:
        said.append("Something of the practice's to look at.")
    return " ".join(said)


def _names(waiting: Sequence[Waiting], wanted: Callable[[str], bool]) -> list[str]:
    return list(dict.fromkeys(plain(one.name) for one in waiting if one.name and wanted(one.kind)))


def _line(one: Waiting) -> str:
    return _said([one]).rstrip(".")


def _by_text(codes: dict[str, str]) -> str:
    if not codes:
        return ""
    if len(codes) == 1:
        return f"To answer by text, begin with {next(iter(codes))}."
    return f"To answer by text, begin with {', '.join(f'{code} ({plain(name)})' for code, name in codes.items())}."


def _instead(covering: str) -> str:
    return f"For {plain(covering)}: " if covering else ""
