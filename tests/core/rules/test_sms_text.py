"""What a text weighs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.sms_text import (
    GSM_BASIC,
    GSM_EXTENSION,
    MAX_LENGTH,
    Segments,
    is_gsm,
    segments,
    to_gsm,
)

GSM_TEXT = st.text(sorted(GSM_BASIC | GSM_EXTENSION))
ANY_TEXT = st.text(st.characters())  # lone surrogates included: a carrier may deliver them


def test_the_default_alphabet_has_127_characters_and_an_escape():
    assert len(GSM_BASIC) == 127


def test_the_extension_has_ten_characters_and_shares_none_with_the_default_alphabet():
    assert len(GSM_EXTENSION) == 10
    assert not GSM_BASIC & GSM_EXTENSION


@pytest.mark.parametrize("letter", "àèéìòùñÑüÜöÖäÄÉÇ¿¡")
def test_a_letter_of_gsm_7_keeps_the_text_in_septets(letter):
    assert is_gsm(letter)


@pytest.mark.parametrize("letter", "áíóúÁÍÓÚçêãŷ’“–…`")
def test_a_letter_outside_gsm_7_makes_the_text_ucs_2(letter):
    assert segments(letter).encoding == "UCS-2"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", Segments("GSM-7", 0, 0, 160)),
        ("a" * 160, Segments("GSM-7", 160, 1, 0)),
        ("a" * 161, Segments("GSM-7", 161, 2, 145)),
        ("a" * 306, Segments("GSM-7", 306, 2, 0)),
        ("a" * 307, Segments("GSM-7", 307, 3, 152)),
        ("í" * 70, Segments("UCS-2", 70, 1, 0)),
        ("í" * 71, Segments("UCS-2", 71, 2, 63)),
        ("í" * 134, Segments("UCS-2", 134, 2, 0)),
        ("í" * 135, Segments("UCS-2", 135, 3, 66)),
    ],
)
def test_one_segment_is_160_or_70_and_each_of_several_153_or_67(body, expected):
    assert segments(body) == expected


def test_a_euro_sign_counts_twice():
    assert segments("€" * 80) == Segments("GSM-7", 160, 1, 0)


def test_an_escape_pair_moves_whole_into_the_next_segment():
    assert segments("a" * 152 + "€" + "a" * 152).count == 3
    assert segments("a" * 153 + "€" + "a" * 151).count == 2


def test_a_surrogate_pair_moves_whole_into_the_next_segment():
    assert segments("í" * 66 + "😀" + "í" * 66).count == 3
    assert segments("í" * 67 + "😀" + "í" * 65).count == 2


def test_one_emoji_turns_two_segments_into_three():
    assert segments("a" * 161).count == 2
    assert segments("a" * 160 + "😀").count == 3


@given(ANY_TEXT)
def test_any_text_has_a_weight(body):
    weight = segments(body)
    assert weight.count >= 1 or body == ""
    assert 0 <= weight.left <= 160


@given(GSM_TEXT | ANY_TEXT, ANY_TEXT)
def test_writing_more_never_takes_fewer_segments(body, more):
    assert segments(body * 20).count <= segments(body * 20 + more).count


@given(GSM_TEXT)
def test_the_segments_hold_the_whole_text_and_no_spare_one(body):
    weight = segments(body * 10)
    room = 160 if weight.count <= 1 else 153 * weight.count
    assert weight.length + weight.left <= room
    assert weight.count <= 1 or weight.left < 153


def test_typography_becomes_plain():
    assert to_gsm("“Don’t” – well…\u00a0«yes»") == '"Don\'t" - well... "yes"'
    assert is_gsm(to_gsm("“Don’t” – well…\u00a0«yes» — `no`\t•\u200b"))


@pytest.mark.parametrize(
    "words", ["María Muñoz", "Zoë Østergård", "Ελένη", "después, mañana, así", "łódź", "😀👩\u200d🚀"]
)
def test_nobodys_name_or_words_are_misspelt(words):
    assert to_gsm(words) == words


def test_a_loose_accent_joins_its_letter():
    assert to_gsm(unicodedata.normalize("NFD", "Inés y Muñoz")) == "Inés y Muñoz"
    assert is_gsm(to_gsm(unicodedata.normalize("NFD", "Inés y Muñoz")))


@given(ANY_TEXT)
def test_plain_text_stays_plain(body):
    assert to_gsm(to_gsm(body)) == to_gsm(body)


@given(GSM_TEXT)
def test_what_is_gsm_7_stays_untouched(body):
    assert to_gsm(body) == body


def test_the_longest_body_is_what_the_carrier_takes():
    assert MAX_LENGTH == 1600
