"""A small writer of records: YAML with comments, quoted safely whatever a name holds, and bodies."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

Value = str | int | date | Sequence[str] | None
"""What may stand after a key: nothing is left to be filled in."""

_WORD = "0-9A-Za-z\u4e00-\u9fff（）《》"
_PLAIN = re.compile(f"[{_WORD}](?:[{_WORD}、，。；/._() -]*[{_WORD}。])?")
"""Texts that mean themselves in any YAML, also inside brackets; all others are quoted."""
_TAKEN = re.compile(r"null|true|false|yes|no|on|off|y|n|[0-9._]+|[0-9.]+e[0-9]+|0x[0-9a-f]+", re.IGNORECASE)
"""Plain words that an editor or a reader could take for something other than text."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class New:
    """A record to be written: its path, beginning with the records folder's name, and its text."""

    path: str
    text: str
    notes: tuple[str, ...] = ()
    """What the person who starts it should know."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of an item of a list, with its value and a hint."""

    key: str
    value: Value = None
    hint: str = ""


def scalar(text: str) -> str:
    """A text as a YAML scalar that reads back as the same text."""
    if _PLAIN.fullmatch(text) and not _TAKEN.fullmatch(text):
        return text
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    if character in _ESCAPES:
        return _ESCAPES[character]
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"  # half a character; no YAML can hold it
    if character == " " or character.isprintable():
        return character
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def clean(text: str) -> str:
    """A text as it may stand in a comment of YAML or Markdown: one line, nothing invisible, no end of it."""
    visible = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(visible.split()).replace("--", "—")


def comment(text: str, indent: int = 0) -> str:
    """A line of YAML that is only a hint."""
    return f"{' ' * indent}# {clean(text)}"


def line(key: str, value: Value = None, hint: str = "", *, indent: int = 0) -> str:
    """A key with its value; without one it is left to be filled in."""
    written = _written(value)
    head = f"{' ' * indent}{key}:" + (f" {written}" if written else "")
    return f"{head}  # {clean(hint)}" if hint else head


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, (int, date)):
        return str(value)
    return f"[{', '.join(scalar(one) for one in value)}]" if value else ""


def items(key: str, entries: Iterable[Sequence[Entry]], hint: str = "") -> list[str]:
    """A key with a list of mappings, each key on a line of its own."""
    lines = [line(key, hint=hint)]
    for one in entries:
        for place, entry in enumerate(one):
            written = line(entry.key, entry.value, entry.hint)
            lines.append(f"  {'- ' if place == 0 else '  '}{written}")
    return lines


def yaml_record(lines: Iterable[str]) -> str:
    """A YAML record."""
    return "\n".join(lines) + "\n"


def markdown_record(front: Iterable[str], parts: Iterable[tuple[str, Sequence[str]]]) -> str:
    """A Markdown record: front matter, then the parts, each with hints as comments."""
    text = "---\n" + "\n".join(front) + "\n---\n"
    for title, hints in parts:
        text += f"\n## {title}\n\n" + "".join(f"<!-- {clean(hint)} -->\n" for hint in hints)
    return text
