"""Markdown records: the front matter, and the level-2 headings of the body with what they hold."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.model.record import Section

_OPENING = re.compile(r"---[^\S\n]*\n")
_CLOSING = re.compile(r"\n---[^\S\n]*(?![^\n])")
_HEADING = re.compile(r"\n {0,3}(#{1,2})(?![^ \t\n])[ \t]*([^\n]*)")
_FIRST_HEADING = re.compile(_HEADING.pattern.removeprefix(r"\n"))
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class Split(NamedTuple):
    """A Markdown record cut in two. `body_line` is the first line of the body, counted from 1."""

    front: str
    body: str
    body_line: int


def split(text: str) -> Split | None:
    """The front matter between a first line `---` and the next, and the body; None for F005."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end() - 1) if opening else None
    if opening is None or closing is None:
        return None
    front = text[opening.end() : closing.start() + 1] or "\n"
    return Split(front, text[closing.end() + 1 :], text.count("\n", 0, closing.end()) + 2)


def without_comments(text: str) -> str:
    """The text less its HTML comments."""
    return _COMMENT.sub("", text) if "<!--" in text else text


def plain_title(title: str) -> str:
    """A heading as it is compared: after NFKC and without white space (records.md)."""
    return _plain(title) if len(title) <= 100 else _plain.__wrapped__(title)


@lru_cache(maxsize=1024)
def _plain(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split())


def parts(body: str, first_line: int) -> tuple[Section, ...]:
    """The level-2 headings of a body, each with its text up to the next of level 1 or 2.

    Headings in code blocks and in HTML comments are none. `first_line` is the body's.
    """
    found: list[Section] = []
    title, line, counted, held_from = "", first_line, 0, -1
    has_blocks = "```" in body or "~~~" in body or "<!--" in body
    for heading in _outside_blocks(body) if has_blocks else _headings(body):
        begin = heading.start(1)
        if held_from >= 0:
            found.append(Section(title, line, body[held_from : heading.start()]))
        line += body.count("\n", counted, begin)
        title, counted = _title(heading[2]), begin
        held_from = heading.end() + 1 if len(heading[1]) == 2 else -1
    if held_from >= 0:
        found.append(Section(title, line, body[held_from:]))
    return tuple(found)


def _headings(body: str) -> Iterator[re.Match[str]]:
    """The headings of level 1 and 2 of a body without blocks, each from the end of the line above."""
    if first := _FIRST_HEADING.match(body):
        yield first
    yield from _HEADING.finditer(body)


def _outside_blocks(body: str) -> Iterator[re.Match[str]]:
    """The headings of level 1 and 2 that stand in no code block and in no HTML comment."""
    headings = {heading.start(1): heading for heading in _headings(body)}
    fence, in_comment, begin = "", False, 0
    for text in body.split("\n"):
        marks = _FENCE.match(text)
        if fence:
            closes = marks and marks[1].startswith(fence) and not marks[2].strip()
            fence = "" if closes else fence
        elif in_comment:
            in_comment = "-->" not in text
        elif marks and not (marks[1][0] == "`" and "`" in marks[2]):
            fence = marks[1]
        else:
            heading = headings.get(begin + len(text) - len(text.lstrip(" ")))
            if heading:
                yield heading
            in_comment = "<!--" in text and "-->" not in text[text.rindex("<!--") :]
        begin += len(text) + 1


def _title(text: str) -> str:
    """What a heading says, less the `#` that may close it."""
    text = text.rstrip(" \t")
    if text.endswith("#"):
        less = text.rstrip("#")
        text = less.rstrip(" \t") if less.endswith((" ", "\t")) else text
    return text
