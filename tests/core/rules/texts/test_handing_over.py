"""The one text that tells a client of another coach."""

import pytest

from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts.holds import handed_over


@pytest.mark.parametrize("locale", ["en", "es-MX"])
@pytest.mark.parametrize("former", ["Alice", ""])
def test_it_names_the_coach_and_fits_one_segment(locale, former):
    told = handed_over("Ruth", "Dana", former, "Moreau Coaching", locale)
    assert segments(told).count == 1
    assert all(name in told for name in ("Ruth", "Dana", former, "Moreau Coaching"))


def test_it_speaks_the_clients_language():
    assert handed_over("Ruth", "Dana", "Alice", "Moreau Coaching", "es").startswith("Hola, Ruth. Desde ahora")
    assert "place of" not in handed_over("Ruth", "Dana", "", "Moreau Coaching", "en")
