"""What one client, or another source of texts, adds to the index: its own files, and a piece that is joined.

A source's texts are cut into units, each a file of its own, small enough to be fetched for a look. The index
knows of each key only the units, and in which eighths of a unit's texts it stands: what is typed is compared
with the texts themselves. With places in the texts it would be many times as large, and the texts would still
have to be fetched, to show where the word stands.
"""

import hashlib
import json
import re
from array import array
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from generator.site.search.grams import NO_KEY, fold, keys

MOST_TEXTS = 32
MOST_CHARACTERS = 10_000
"""Of a unit, unless a single text is longer."""

_FIRST_DAY = date(2000, 1, 1)
_SPACES = re.compile(r"[^\S\n]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")


class Text(NamedTuple):
    """A page that can be found: its address from the site's root, its title, its kind, its text, its day."""

    url: str
    title: str
    note: str
    body: str
    day: str = ""
    """As in 2026-05-12; the latest are shown first, those without a day last."""


class Unit(NamedTuple):
    """Some texts of a source."""

    file: str
    """The name of the file with its texts: a digest of the source's name, which keeps the directory small."""
    newest: int
    """The day of its latest text, counted from 2000; 0 where none has a day."""
    oldest: int
    entries: bytes
    """For each key, in order, 32 bits: the key, then a bit for each eighth of the texts where it stands."""


class Piece(NamedTuple):
    """What a source adds to the shared files of the index; plain values, which can be kept."""

    name: str
    units: tuple[Unit, ...]

    def files(self) -> tuple[str, ...]:
        """The files with the texts of the source, by their names from the site's root."""
        return tuple(_file(unit.file) for unit in self.units)


def of_source(name: str, texts: Iterable[Text]) -> tuple[Piece, list[tuple[str, bytes]]]:
    """The piece of a source, and the files with its texts; no two sources have the same name."""
    units, files = [], []
    for part, some in enumerate(_cut(texts)):
        file = hashlib.blake2b(f"{name}/{part}".encode(), digest_size=6).hexdigest()
        data = json.dumps(some, ensure_ascii=False, separators=(",", ":"))
        files.append((_file(file), data.encode("utf-8", "replace")))
        units.append(_unit(file, some))
    return Piece(name, tuple(units)), files


def _file(name: str) -> str:
    return f"search/texts/{name}.json"


def _cut(texts: Iterable[Text]) -> Iterator[list[Text]]:
    clean = [text._replace(title=_clean(text.title), body=_clean(text.body)) for text in texts]
    clean.sort(key=lambda text: text.url)
    clean.sort(key=lambda text: text.day, reverse=True)
    some: list[Text] = []
    size = 0
    for text in clean:
        size += len(text.body)
        if some and (len(some) == MOST_TEXTS or size > MOST_CHARACTERS):
            yield some
            some, size = [], len(text.body)
        some.append(text)
    if some:
        yield some


def _clean(text: str) -> str:
    """A text without control characters, with plain spaces: scripts know other characters as spaces."""
    return _SPACES.sub(" ", _CONTROLS.sub("", text)).strip()


def _unit(file: str, texts: list[Text]) -> Unit:
    eighths = [""] * 8
    for place, text in enumerate(texts):
        eighths[place * 8 // len(texts)] += f"{text.title}\n{text.body}\n"
    found: dict[int, int] = {}
    for place, some in enumerate(eighths):
        bit = 1 << place
        for key in keys(fold(some)):
            found[key] = found.get(key, 0) | bit
    found.pop(NO_KEY, None)
    entries = array("I", sorted([key << 8 | bits for key, bits in found.items()]))
    days = [_day(text.day) for text in texts if text.day] or [0]
    return Unit(file, max(days), min(days), entries.tobytes())


def _day(day: str) -> int:
    return min(max((date.fromisoformat(day) - _FIRST_DAY).days, 0), 0xFFFF)
