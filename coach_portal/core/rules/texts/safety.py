"""What we say when someone may be in danger. Plain, warm, and the same every time.

Never a claim to watch, to judge, or that someone is on their way; never a method. Safe-messaging guidance: see
reportingonsuicide.org. The answer names the country's emergency number and its crisis line.
"""

from typing import Literal

from coach_portal.core.rules.crisis_lines import CrisisLines, crisis_lines
from coach_portal.core.rules.sms_text import to_gsm
from coach_portal.core.rules.texts.fitting import phrase, plain
from coach_portal.core.rules.texts.language import Language, language

RiskKind = Literal["self", "other", "violence", "medical"]


def safety_answer(country: str | None, coach_name: str | None, risk_kind: RiskKind | None, locale: str) -> str:
    """The automatic answer to a text that tells of danger; two segments where the coach's name allows.

    `coach_name` None: whose client it is cannot be known now.
    """
    words = language(locale)
    lines = crisis_lines(country)
    templates = {
        "other": words.caring.other,
        "violence": words.caring.violence,
        "medical": words.caring.medical,
    }
    template = templates.get(risk_kind or "self", words.caring.self)
    coach = words.caring.your_coach if coach_name is None else plain(coach_name)
    said = template.format(emergency=_emergency(lines, words), lines=_in_full(lines, words), coach=coach)
    return to_gsm(said)


def lines_beside(country: str | None, risk_kind: RiskKind | None, locale: str) -> str:
    """Whom to call, as the end of a sentence that has begun; for the body the emergency number too."""
    words, lines = language(locale), crisis_lines(country)
    if risk_kind == "medical":
        return f"{in_brief(lines, words)}."
    said = _in_full(lines, words)
    return said[:1].lower() + said[1:]


def coach_alert(client: str, url: str, locale: str) -> str:
    """To the coach: that a text needs them, and where to read it. None of the client's words, no phone number.

    `client` is the first name, "" where the number is nobody's we know.
    """
    return to_gsm(phrase(language(locale).caring.coach_alert, 0, client=plain(client), url=url))


def backup_alert(coach: str, url: str, locale: str) -> str:
    """To the second contact, when the coach has not answered."""
    return to_gsm(language(locale).caring.backup_alert.format(coach=plain(coach), url=url))


def in_brief(lines: CrisisLines, words: Language) -> str:
    """The numbers as a clause: "call 911, or 988 in a crisis"."""
    emergency = _emergency(lines, words)
    if not lines.call:
        return words.caring.brief_web.format(emergency=emergency, web=lines.web)
    return words.caring.brief.format(emergency=emergency, call=_named(lines, words))


def _in_full(lines: CrisisLines, words: Language) -> str:
    """The crisis line as a sentence of its own."""
    word = lines.word_for(words.code)
    if not lines.call:
        return words.caring.web.format(web=lines.web)
    if not lines.text:
        return words.caring.call.format(call=_named(lines, words))
    if word:
        return words.caring.call_or_text_word.format(call=_named(lines, words), word=word, text=lines.text)
    if lines.text == lines.call:
        return words.caring.call_or_text.format(call=lines.call)
    return words.caring.call_or_text_other.format(call=_named(lines, words), text=lines.text)


def _named(lines: CrisisLines, words: Language) -> str:
    return words.caring.named.format(number=lines.call, name=lines.name) if lines.name else lines.call


def _emergency(lines: CrisisLines, words: Language) -> str:
    numbers = f" {words.grammar.or_} ".join(lines.emergency)
    return numbers if lines.call else words.caring.emergency_elsewhere.format(emergency=numbers)
