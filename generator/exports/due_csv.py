"""`kam due --format csv`: the lines of the list under Chinese headings."""

from collections.abc import Sequence

from generator.exports.due_table import HEADINGS, cells
from generator.exports.sheets import csv_text
from generator.obligations.obligation import Obligation
from generator.pipeline import Result


def render(result: Result, obligations: Sequence[Obligation]) -> str:
    """All rows, fit for a spreadsheet."""
    return csv_text(HEADINGS, (cells(result, one) for one in obligations))
