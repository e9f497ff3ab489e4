"""`kam due --format csv`: for spreadsheets, which must not take a name for a formula."""

import csv
import io
import unicodedata
from collections.abc import Sequence

from generator.exports.due_table import HEADINGS, cells
from generator.obligations.obligation import Obligation
from generator.pipeline import Result

BYTE_ORDER_MARK = "\ufeff"
"""Excel reads a CSV as UTF-8 only with it."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would take it for a formula."""
    plain = unicodedata.normalize("NFKC", cell)
    starts = plain.startswith(_FORMULA) or plain.lstrip().startswith(_FORMULA)
    return f"'{cell}" if starts else cell


def render(result: Result, obligations: Sequence[Obligation]) -> str:
    """All rows under Chinese headings, with a byte-order mark and CRLF line ends."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for one in obligations:
        writer.writerow([safe(cell) for cell in cells(result, one)])
    return BYTE_ORDER_MARK + stream.getvalue()
