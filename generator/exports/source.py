"""A line of a record as it is shown under a message, with a caret below the place."""

import unicodedata
from functools import lru_cache
from pathlib import Path

from generator.exports.lines import printable

MOST_WIDTH = 100
"""Columns of a terminal that a shown line may take."""


@lru_cache(maxsize=64)
def _lines(file: Path) -> tuple[str, ...]:
    try:
        text = file.read_bytes()[: 2 * 1024 * 1024].decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return ()
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def width(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese characters take two."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def excerpt(file: Path, line: int, column: int) -> tuple[str, str] | None:
    """The line and the one with the caret, or None where there is nothing to show."""
    lines = _lines(file)
    if not 0 < line <= len(lines) or not lines[line - 1].strip():
        return None
    text = lines[line - 1].replace("\t", " ")
    start = max(0, column - 1 - MOST_WIDTH // 2) if width(text) > MOST_WIDTH else 0
    shown = text[start:]
    while width(shown) > MOST_WIDTH:
        shown = shown[: -max(1, (width(shown) - MOST_WIDTH) // 2)]
    before = printable(text[start : column - 1])
    return ("…" if start else "") + printable(shown), " " * (width(before) + bool(start)) + "^"
