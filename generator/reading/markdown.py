"""Markdown records: the front matter, and the level-2 headings of the body with what they hold."""

import re
import unicodedata
from dataclasses import dataclass

_HEADING = re.compile(r" {0,3}(#{1,2})(?!#)(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """One level-2 heading with the text below it; `line` is the heading's, counted from 1."""

    title: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Split:
    """A Markdown record cut in two. `line` is the first line of the front matter's YAML."""

    front: str
    body: str
    body_line: int


def split(text: str) -> Split | None:
    """The front matter between a first line `---` and the next, and the body; None for F005."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return Split("\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2)
    return None


def without_comments(text: str) -> str:
    """The text less its HTML comments."""
    return _COMMENT.sub("", text)


def plain_title(title: str) -> str:
    """A heading as it is compared: after NFKC and without white space (records.md)."""
    return "".join(unicodedata.normalize("NFKC", title).split())


def parts(body: str, first_line: int) -> list[Part]:
    """The level-2 headings of a body, each with its text up to the next of level 1 or 2.

    Headings in code blocks and in HTML comments are none.
    """
    found: list[Part] = []
    title, line, held = None, 0, list[str]()
    for number, text, heading in _lines(body, first_line):
        if heading is None:
            held.append(text)
            continue
        if title is not None:
            found.append(Part(title, line, "\n".join(held)))
        title, line, held = (heading[1] if heading[0] == 2 else None), number, []
    if title is not None:
        found.append(Part(title, line, "\n".join(held)))
    return found


def _lines(body: str, first_line: int) -> list[tuple[int, str, tuple[int, str] | None]]:
    """Every line with its number and, for a heading of level 1 or 2, the level and title."""
    found: list[tuple[int, str, tuple[int, str] | None]] = []
    fence = ""
    in_comment = False
    for number, text in enumerate(body.split("\n"), start=first_line):
        heading = None
        marks = _FENCE.match(text)
        if fence:
            closes = marks and marks[1].startswith(fence) and not marks[2].strip()
            fence = "" if closes else fence
        elif in_comment:
            in_comment = "-->" not in text
        elif marks and not (marks[1][0] == "`" and "`" in marks[2]):
            fence = marks[1]
        else:
            match = _HEADING.match(text)
            heading = (len(match[1]), match[2] or "") if match else None
            in_comment = "<!--" in text and "-->" not in text[text.rindex("<!--") :]
        found.append((number, text, heading))
    return found
