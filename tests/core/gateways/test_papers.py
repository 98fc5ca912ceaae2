"""The report on paper: one page of A4, whatever is in it, with links to the texts and every letter of the client's."""

import re
import zlib

import pytest

from coach_portal.core.gateways.fpdf_papers import FpdfPapers
from coach_portal.core.rules.preparation.chart import chart
from coach_portal.core.rules.preparation.sheet import Row, Section, Sheet

WHERE = "https://portal.example.com/clients/1?texts=500#t7"


def paper(rows: int, **row: object) -> bytes:
    """A sheet with so many rows, on paper."""
    told = Row(said="Much as before: 9 of 11 days.", lead="Journal:", rests="11 texts", link=WHERE, **row)
    sections = (Section("What moved", (told,) * rows),)
    return FpdfPapers().pdf(Sheet("Preparation: Ruth", "Ruth", "Mon 23 Nov", "Held.", sections, "Written now."))


def letters(pdf: bytes) -> int:
    """How many pieces of text are drawn."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return sum(_unpacked(stream).count(b"Tj") for stream in streams)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.parametrize("rows", [1, 12, 30, 200])
def test_it_is_one_page_of_a4_however_much_there_is(rows):
    pdf = paper(rows)
    assert pdf.startswith(b"%PDF-")
    assert b"/Count 1" in pdf
    assert re.search(rb"/MediaBox \[0 0 595\.2\d* 841\.8\d*\]", pdf)


def test_lines_lead_to_their_texts():
    assert WHERE.encode() in paper(1)


def test_a_chart_is_drawn_with_it():
    assert len(paper(1, drawing=chart((1, 2, 3, 4)))) > len(paper(1))


def test_an_emoji_the_fonts_lack_is_left_out_without_complaint():
    assert letters(paper(1, quote="did it 💪")) == letters(paper(1, quote="did it"))
