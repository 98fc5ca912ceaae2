"""The report on paper: one page of A4 by fpdf2, in the fonts of the pages, as a PDF that any printer takes."""

import io
import re
from contextlib import closing
from functools import cache

import font_source_sans_pro as sans
import font_source_serif_pro as serif
from fpdf import FPDF
from fpdf.fonts import TTFFont

from coach_portal.core.rules.preparation.sheet import Row, Section, Sheet

HIGH, WIDE = 297.0, 210.0
EDGE, TOP, FOOT = 17.0, 15.0, 13.0
"""Millimetres, like all lengths here."""
LABEL, MAIN, BESIDE = EDGE, 52.0, 157.0
MAIN_WIDE, BESIDE_WIDE, LABEL_WIDE = 98.0, WIDE - EDGE - BESIDE, 31.0
CHART_WIDE = 24.0
INK, SOFT, ACCENT, RULE = (33, 30, 25), (93, 86, 74), (12, 86, 82), (33, 30, 25)
TEXT, SMALL, LARGE = 9.6, 8.2, 14.5
"""Sizes in points, before the page is made to fit."""
BASELINE = 0.72
"""Where letters stand in their line, from its top."""
SCALES = (1.0, 0.94, 0.88, 0.82, 0.76)

_WANTED = {
    "sans": (sans.font_files_ttf, "SourceSansPro"),
    "strong": (sans.font_files_ttf, "SourceSansProSemibold"),
    "serif": (serif.font_files_ttf, "SourceSerifPro"),
}


class FpdfPapers:
    """Fills `ports.PaperMaker`."""

    def pdf(self, sheet: Sheet) -> bytes:
        """The sheet on one page, in the largest size in which all of it fits."""
        for scale in SCALES:
            with closing(_Paper(sheet, scale)) as paper:
                if paper.draw() <= HIGH - FOOT:
                    return paper.finish()
        with closing(_Paper(sheet, SCALES[-1])) as paper:
            return paper.shortened()


class _Paper:
    """Draws from the top down; `y` is where the next thing begins."""

    def __init__(self, sheet: Sheet, scale: float) -> None:
        self.sheet, self.scale, self.y = sheet, scale, TOP
        self._pdf = FPDF(format="A4")
        self._pdf.set_auto_page_break(False)
        for family, file in _files().items():
            self._pdf.add_font(family, fname=file)
        self._pdf.set_title(sheet.title)
        self._pdf.set_lang("en")
        self._pdf.add_page()

    def draw(self) -> float:
        """Draw all of it; answers where it ends."""
        self._head()
        for section in self.sheet.sections:
            self._section(section)
        self._rule()
        self._block(EDGE, WIDE - 2 * EDGE, [(self.sheet.foot, "sans", SMALL, SOFT, "")])
        return self.y

    def shortened(self) -> bytes:
        """Draw as much as fits, and say that there is more on the page."""
        self._head()
        for section in self.sheet.sections:
            if self.y > HIGH - FOOT - 22:
                break
            self._section(section)
        self._rule()
        said = f"There is more than one page holds: open the preparation in the portal. {self.sheet.foot}"
        self._block(EDGE, WIDE - 2 * EDGE, [(said, "sans", SMALL, SOFT, "")])
        return self.finish()

    def finish(self) -> bytes:
        """The file."""
        return bytes(self._pdf.output())

    def close(self) -> None:
        """Close the fonts, which fpdf2 leaves open."""
        for font in self._pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def _head(self) -> None:
        self._block(
            EDGE,
            WIDE - 2 * EDGE,
            [(self.sheet.who, "strong", TEXT, INK, ""), (f"\u2002{self.sheet.when}", "sans", SMALL, SOFT, "")],
        )
        self.y += 1.5 * self.scale
        self._block(EDGE, MAIN + MAIN_WIDE - EDGE + 8, [(self.sheet.headline, "serif", LARGE, INK, "")], 1.24)
        self.y += 3.5 * self.scale

    def _section(self, section: Section) -> None:
        self._rule()
        begins = self.y
        self._block(LABEL, LABEL_WIDE, [(section.label, "strong", TEXT, INK, "")])
        lowest, self.y = self.y, begins
        for row in section.rows:
            self._row(row)
            self.y += 2.0 * self.scale
        self.y = max(self.y, lowest) + 2.0 * self.scale

    def _row(self, row: Row) -> None:
        begins = self.y
        self._beside(row)
        lowest, self.y = self.y, begins
        x, wide = MAIN, MAIN_WIDE
        if row.drawing:
            self._pdf.image(io.BytesIO(row.drawing.encode()), x, begins + 0.6, CHART_WIDE * self.scale)
        if row.drawing or row.lead.endswith("."):
            x, wide = x + (CHART_WIDE + 4) * self.scale, wide - (CHART_WIDE + 4) * self.scale
        if row.number:
            self._block(x, 8, [(str(row.number), "serif", LARGE, ACCENT, "")], 1.0)
            self.y, x, wide = begins, x + 7, wide - 7
        self._words(row, x, wide)
        self.y = max(self.y, lowest)

    def _words(self, row: Row, x: float, wide: float) -> None:
        if row.quote:
            if row.sure:
                self._block(x, wide, [(row.sure, "sans", SMALL, SOFT, "")])
            self._hung(x, wide, row.quote)
            return
        lead = (f"{row.lead} ", "strong", TEXT, INK, "") if row.lead else None
        runs = [
            (f"{row.said} " if row.said else "", "sans", TEXT, INK, ""),
            (f"{row.sure} " if row.sure else "", "sans", TEXT, SOFT, ""),
            (row.rests, "sans", SMALL, ACCENT, row.link),
        ]
        if lead and row.drawing:
            self._block(x, wide, [lead])
            self._block(x, wide, runs)
        else:
            self._block(x, wide, [lead, *runs] if lead else runs)

    def _hung(self, x: float, wide: float, quote: str) -> None:
        """Words of theirs, the opening mark hung outside the margin."""
        begins, hang = self.y, 2.1 * self.scale
        self._block(x - hang, 6, [("“", "serif", LARGE, INK, "")], 1.24)
        self.y = begins
        self._block(x, wide, [(f"{quote}”", "serif", LARGE, INK, "")], 1.24)

    def _beside(self, row: Row) -> None:
        if row.beside_when:
            self._block(BESIDE, BESIDE_WIDE, [(row.beside_when, "sans", SMALL, ACCENT if row.link else SOFT, row.link)])
        if row.beside:
            self._block(BESIDE, BESIDE_WIDE, [(f"“{row.beside}”", "serif", TEXT, INK, "")])

    def _rule(self) -> None:
        self._pdf.set_draw_color(*RULE)
        self._pdf.set_line_width(0.2)
        self._pdf.line(EDGE, self.y, WIDE - EDGE, self.y)
        self.y += 2.2 * self.scale

    def _block(
        self,
        x: float,
        wide: float,
        runs: list[tuple[str, str, float, tuple[int, int, int], str]],
        leading: float = 1.36,
    ) -> None:
        """Words in several voices that run on, broken within a column. Moves on below them.

        fpdf's own `write` breaks a word in two where one voice follows another.
        """
        pdf, high = self._pdf, max(run[2] for run in runs) * self.scale * leading * 25.4 / 72
        at = x
        for said, family, size, colour, link in runs:
            pdf.set_font(family, size=size * self.scale)
            pdf.set_text_color(*colour)
            space = pdf.get_string_width(" ")
            at += 2 * space * said.startswith("\u2002")
            for word in self._shown(said).split():
                wide_as = pdf.get_string_width(word)
                if at > x and at + wide_as > x + wide:
                    at, self.y = x, self.y + high
                pdf.text(at, self.y + high * BASELINE, word)
                if link:
                    pdf.link(at, self.y, wide_as + space, high, link)
                at += wide_as + space
        self.y += high

    def _shown(self, said: str) -> str:
        """What the font has letters for; an emoji would be an empty box."""
        font = self._pdf.fonts[self._pdf.font_family]
        letters = font.cmap if isinstance(font, TTFFont) else {}
        shown = "".join(each for each in said.replace("\n", " ") if ord(each) in letters)
        return re.sub(r"\s+(?=”)", "", shown)


@cache
def _files() -> dict[str, str]:
    return {family: files[name] for family, (files, name) in _WANTED.items()}
