"""Lists for spreadsheets, which must not take a name for a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from generator.exports.lines import printable

BYTE_ORDER_MARK = "\ufeff"
"""Excel reads a CSV as UTF-8 only with it."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A CSV with a byte-order mark and CRLF line ends."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + stream.getvalue()


def safe(cell: str) -> str:
    """The cell on one line, with an apostrophe before it where a spreadsheet would take it for a formula."""
    cell = printable(cell)
    plain = unicodedata.normalize("NFKC", cell)
    starts = plain.startswith(_FORMULA) or plain.lstrip().startswith(_FORMULA)
    return f"'{cell}" if starts else cell
