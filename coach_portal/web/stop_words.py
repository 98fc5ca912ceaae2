"""What the pages say on which people stop their texts, in the languages of our texts. The wording is kept as proof."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StopWords:
    """One language. {practice} is whose texts they are, {ending} the phone's last two digits."""

    language: str
    question: str
    what: str
    button: str
    done: str
    undo: str
    nobody: str


_ENGLISH = StopWords(
    language="en",
    question="Stop all texts from {practice}?",
    what="One press stops every text and automated call from {practice} to the phone that ends in {ending}, at once.",
    button="Stop all texts",
    done="You are opted out.",
    undo="You will get no more texts or automated calls from {practice}. To begin again, text START.",
    nobody="Nothing is sent to you.",
)
_SPANISH = StopWords(
    language="es",
    question="¿Parar todos los mensajes de {practice}?",
    what="Un clic para al momento todos los mensajes y llamadas automáticas de {practice} al teléfono que termina en "
    "{ending}.",
    button="Parar todos los mensajes",
    done="Baja confirmada.",
    undo="Ya no te llegan mensajes ni llamadas automáticas de {practice}. Para volver, escribe START.",
    nobody="No se te envía nada.",
)
BY_NUMBER = (
    "Write your number, and every text and automated call that this service sends to it stops at once. One last text "
    "confirms it."
)


def stop_words(locale: str) -> StopWords:
    """The words of a locale; English where we do not speak it."""
    return _SPANISH if locale[:2].lower() == "es" else _ENGLISH
