"""Emails about alerts, in the languages of our texts. They quote nobody, and lead to the portal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coach_portal.core.rules.sms_text import to_gsm


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and plain text."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class _Letters:
    coach: Letter  # {client} {url}
    coach_unknown: Letter  # {url}
    lost: Letter  # {client} {url}
    second: Letter  # {coach} {url}
    soon: Letter  # {names} {url}
    someone: str
    and_: str
    by_link: str


_LETTERS: Final = {
    "en": _Letters(
        coach=Letter(
            "{client} may need you now",
            "A text from {client} may be about safety.\n\n"
            "Open this page, say that you have it, and call:\n{url}\n\n"
            "{client} got the emergency number and the crisis line at once, and every automatic text is held. "
            "If nobody says within 15 minutes that they have it, your second contact is told.\n\n"
            "What {client} wrote is in the portal only, never in an email.\n",
        ),
        coach_unknown=Letter(
            "A number we do not know may need someone now",
            "A text from a number that is none of your clients' may be about safety.\n\n"
            "Open this page and say that you have it:\n{url}\n\n"
            "The emergency number and the crisis line went back at once.\n",
        ),
        lost=Letter(
            "{client} did not get the safety answer",
            "The answer with the numbers to call did not reach {client}.\n\n"
            "Open this page, say that you have it, and call from your own phone:\n{url}\n",
        ),
        second=Letter(
            "A client of {coach} may need someone now",
            "{coach} has not answered an alert about someone's safety, and named you for that case.\n\n"
            "Open this page: it says whom it is about, and whom to call. One press says that you have it:\n{url}\n\n"
            "You need not be an expert, and you need no account.\n",
        ),
        soon=Letter(
            "To read soon: {names}",
            "{names} wrote something that may be worrying, though it does not say so plainly.\n\n"
            "Read it when you next can:\n{url}\n\n"
            "No answer went out by itself.\n",
        ),
        someone="someone whose number we do not know",
        and_=" and ",
        by_link=(
            "Coach Portal: a reply does not confirm that you have it, and nobody reads it. Please open the link in our "
            "text and press the button there."
        ),
    ),
    "es": _Letters(
        coach=Letter(
            "{client} puede necesitarte ahora",
            "Un mensaje de {client} puede tratar de su seguridad.\n\n"
            "Abre esta página, di que te encargas y llama:\n{url}\n\n"
            "{client} recibió al momento el número de emergencias y la línea de ayuda, y los mensajes automáticos "
            "están en espera. Si en 15 minutos nadie dice que se encarga, se avisa a tu segundo contacto.\n\n"
            "Lo que {client} escribió está solo en el portal, nunca en un correo.\n",
        ),
        coach_unknown=Letter(
            "Un número desconocido puede necesitar a alguien ahora",
            "Un mensaje de un número que no es de tus clientes puede tratar de su seguridad.\n\n"
            "Abre esta página y di que te encargas:\n{url}\n\n"
            "El número de emergencias y la línea de ayuda ya se le enviaron.\n",
        ),
        lost=Letter(
            "{client} no recibió la respuesta de seguridad",
            "La respuesta con los números de ayuda no llegó a {client}.\n\n"
            "Abre esta página, di que te encargas y llama desde tu teléfono:\n{url}\n",
        ),
        second=Letter(
            "Alguien a quien acompaña {coach} puede necesitar ayuda ahora",
            "{coach} no ha contestado un aviso sobre la seguridad de alguien, y te nombró para este caso.\n\n"
            "Abre esta página: dice de quién se trata y a quién llamar. Un clic dice que te encargas:\n{url}\n\n"
            "No hace falta ser especialista ni tener cuenta.\n",
        ),
        soon=Letter(
            "Para leer pronto: {names}",
            "{names}: escribió algo que puede preocupar, aunque no lo dice con claridad.\n\n"
            "Léelo en cuanto puedas:\n{url}\n\n"
            "No salió ninguna respuesta automática.\n",
        ),
        someone="alguien cuyo número no conocemos",
        and_=" y ",
        by_link=(
            "Coach Portal: responder no confirma que te encargas, y nadie lo lee. Abre el enlace de nuestro mensaje y "
            "confirma en esa web."
        ),
    ),
}


def alert_letter(client: str, url: str, locale: str, *, lost: bool = False) -> Letter:
    """To the coach, when a text tells of danger, or when the `lost` safety answer did not arrive.

    `client` is the first name, "" where the number is nobody's we know.
    """
    words = _of(locale)
    if not client:
        return _filled(words.coach_unknown, url=url)
    return _filled(words.lost if lost else words.coach, client=client, url=url)


def second_letter(coach: str, url: str, locale: str) -> Letter:
    """To the second contact, when the coach has not answered. It names no client: an email is read by many eyes."""
    return _filled(_of(locale).second, coach=coach, url=url)


def soon_letter(names: Sequence[str], url: str, locale: str) -> Letter:
    """To the coach, about texts that may be worrying; "" stands for someone we do not know."""
    words = _of(locale)
    told = list(dict.fromkeys(name or words.someone for name in names))
    listed = words.and_.join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else told[0]
    return _filled(words.soon, names=listed[:1].upper() + listed[1:], url=url)


def confirm_by_link(locale: str) -> str:
    """By text, to whoever answers an alert by text: phones answer by themselves, so only a press counts."""
    return to_gsm(_of(locale).by_link)


def _of(locale: str) -> _Letters:
    return _LETTERS.get(locale.strip()[:2].lower(), _LETTERS["en"])


def _filled(letter: Letter, **values: str) -> Letter:
    return Letter(letter.subject.format(**values), letter.body.format(**values))
