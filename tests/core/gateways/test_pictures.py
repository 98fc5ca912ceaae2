"""Drawings become pictures with our own fonts."""

import struct

import pytest

from coach_portal.core.gateways.wiring import picture_maker
from coach_portal.core.rules.pictures import picture
from tests.pictures.weeks import WEEKS

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">{}</svg>'
TEXT = SVG.format('<text x="5" y="40" font-size="30" {}>{}</text>')
LOOKS = ("", 'font-family="Source Sans Pro"', 'font-family="Source Serif Pro"', 'font-weight="600"')


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize("name", WEEKS["en"])
def test_a_week_becomes_a_png_light_enough_for_a_text(locale, name):
    png = picture_maker().png(picture(WEEKS[locale][name], locale))
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert width == 1080
    assert 1080 <= height <= 2000
    assert len(png) < 300_000, "carriers shrink what is heavier than a third of a megabyte"


@pytest.mark.parametrize("look", LOOKS)
def test_no_letter_goes_missing(look):
    drawn, blank = (picture_maker().png(TEXT.format(look, words)) for words in ("Ruth ñ í “", ""))
    assert len(drawn) > 2 * len(blank)
