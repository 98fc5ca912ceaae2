"""CSV files as people's spreadsheets write them, read row by row; and written so that no spreadsheet is tricked."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

MOST_ROWS: Final = 20_000
FORMULA: Final = re.compile(r"[\s\0\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠]|[\t\r\n\0]")
"""What begins a formula (OWASP, CSV injection), also behind what some spreadsheets cut off or do not show."""
_DELIMITERS = ",;\t"


class NotATable(ValueError):
    """This cannot be read as a table; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows: the line each begins on and its cells by column; `left_out` are the columns that nobody knows."""

    rows: list[tuple[int, dict[str, str]]]
    left_out: list[str]


def decoded(content: bytes) -> str:
    """The file's text, whether it was saved as UTF-8 (with a mark or without), UTF-16 or as old Windows does."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read(text: str, columns: Iterable[str], also: Mapping[str, str]) -> Table:
    """Its rows by the columns we know, in any order; `also` are other names for them. Empty rows are passed over.

    Raises NotATable.
    """
    known, lines = set(columns), text.splitlines()
    if "\0" in text or not any(line.strip() for line in lines):
        raise NotATable("There is nothing to read in it. Save the table as CSV, and choose that file.")
    head = next(line for line in lines if line.strip())
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count))
    try:
        return _table(reader, known, also)
    except csv.Error as error:
        raise NotATable("It cannot be read as CSV. Save the table as CSV (UTF-8), and choose that file.") from error


def _table(reader: Any, known: set[str], also: Mapping[str, str]) -> Table:
    names = [_column(cell, also) for cell in next(row for row in reader if any(cell.strip() for cell in row))]
    if not known & set(names):
        raise NotATable(f"Its first line must name the columns, such as {', '.join(sorted(known)[:3])}.")
    twice = [name for name in known if names.count(name) > 1]
    if twice:
        raise NotATable(f"The column {twice[0]} is there twice: leave one out.")
    rows, line = [], reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append((line, {name: cell for name, cell in zip(names, cells, strict=False) if name in known}))
        line = reader.line_num + 1
        if len(rows) > MOST_ROWS:
            raise NotATable(f"It has more than {MOST_ROWS:,} rows: cut it into several files.")
    return Table(rows, [name for name in names if name and name not in known])


def _column(cell: str, also: Mapping[str, str]) -> str:
    name = "_".join(cell.strip().lower().replace("-", " ").split())
    return also.get(name, name)


def written(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV, the columns' names first; no cell of it is taken for a formula."""
    return lines([columns, *rows])


def lines(rows: Iterable[Iterable[object]]) -> str:
    """Rows of CSV without a head."""
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(value: object) -> object:
    """A value that no spreadsheet takes for a formula. Numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    told = str(value)
    return f"'{told}" if FORMULA.match(told) else told
