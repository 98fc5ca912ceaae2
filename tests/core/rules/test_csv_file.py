"""CSV files as spreadsheets write them, and as they may be opened in one."""

import pytest

from coach_portal.core.rules import csv_file
from coach_portal.core.rules.csv_file import NotATable, harmless, read

COLUMNS = ("name", "phone")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_whatever_stands_between_the_cells(delimiter):
    text = f"name{delimiter}phone\nRuth{delimiter}+1617\n"
    assert read(text, COLUMNS, {}).rows == [(2, {"name": "Ruth", "phone": "+1617"})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_however_it_was_saved(encoding):
    text = csv_file.decoded("name,phone\nJosé Peña,+34\n".encode(encoding))
    assert read(text, COLUMNS, {}).rows[0][1]["name"] == "José Peña"


def test_columns_in_any_order_under_other_names_and_with_others_beside():
    table = read("Birthday,Mobile Phone,NAME\n1 May,+1617,Ruth\n", COLUMNS, {"mobile_phone": "phone"})
    assert table.rows == [(2, {"phone": "+1617", "name": "Ruth"})]
    assert table.left_out == ["birthday"]


def test_a_row_is_named_by_the_line_it_begins_on():
    text = 'name,phone\n\n"Ruth\nAdeyemi",+1\n,,\nBo,+2\n'
    assert [line for line, _ in read(text, COLUMNS, {}).rows] == [3, 6]


@pytest.mark.parametrize("text", ["", "  \n", "\0", "age,size\n1,2\n", "name,name\na,b\n"])
def test_what_is_no_table_says_so(text):
    with pytest.raises(NotATable):
        read(text, COLUMNS, {})


@pytest.mark.parametrize("cell", ["=1+1", "+1617", "-2", "@SUM(A1)", "\tx", "\r=x", " =1", "＝1"])
def test_no_cell_is_taken_for_a_formula(cell):
    assert str(harmless(cell)).startswith("'")


@pytest.mark.parametrize(("value", "told"), [(None, ""), (-5, -5), (2.5, 2.5), ("did 5", "did 5"), ("a=b", "a=b")])
def test_what_is_harmless_stays_as_it_is(value, told):
    assert harmless(value) == told
