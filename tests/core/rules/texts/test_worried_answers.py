"""What a client gets back whose words worry us."""

import pytest

from coach_portal.core.rules.sms_text import is_gsm, segments
from coach_portal.core.rules.texts import Tally
from tests.core.rules.texts.answering import JOURNAL, SQUATS, WALK, reply, understood, win
from tests.core.rules.texts.speaking import EVERYWHERE, LOCALES, VARIANTS

HEAVY = (
    "That sounds heavy, thank you for telling me. Ines will see this. "
    "If it gets too much, you can call or text 988 any time, free."
)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_worrying_text_is_recorded_and_passed_on_but_nothing_is_celebrated_or_urged(variant):
    said = understood("win miss", [win(SQUATS)], [JOURNAL], risk="possible")
    body = reply(said, variant=variant, lately={SQUATS: Tally(9, 14)}, country="US")
    assert body.endswith(f"5 squats. {HEAVY}")


def test_worrying_words_with_nothing_to_record_are_thanked_for_with_a_line_to_call():
    assert reply(understood("chatter", risk="possible"), country="US") == HEAVY


def test_nobody_in_distress_is_told_what_they_did_not_do():
    assert reply(understood("miss", misses=[JOURNAL], risk="possible"), country="US") == HEAVY


def test_the_line_to_call_is_the_countrys_and_named_in_the_clients_language():
    assert reply(understood("chatter", risk="possible"), "es", country="ES") == (
        "Eso suena duro, gracias por decirlo. Ines lo va a leer. Si se te hace demasiado, puedes llamar al 024, "
        "gratis, a toda hora."
    )


def test_where_the_body_worries_the_emergency_number_comes_first():
    said = understood("chatter", risk="possible", risk_kind="medical")
    assert reply(said, country="US").endswith("call 911, or 988 in a crisis.")


@pytest.mark.parametrize("country", EVERYWHERE)
@pytest.mark.parametrize("locale", LOCALES)
def test_worried_words_fit_two_segments_in_every_country(country, locale):
    said = understood("win miss", [win(SQUATS)], [JOURNAL, WALK], risk="possible")
    body = reply(said, locale, country=country)
    assert segments(body).count <= 2
    assert is_gsm(body)
