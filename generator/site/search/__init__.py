"""What the search in the header looks through: a list of names, and an index of the texts of the pages.

Everything is made of pieces, one for each client (or other source), that can be kept while it stays the same:

    piece, own_files = of_source("clients/hengda-steel", texts)
    packed = pack(pieces)           # of some consecutive pieces; `ends_group` says where to cut
    for name, data in join(packs)   # the shared files of the index

The result depends on the pieces and their order alone, not on what was kept.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import blake2b

from generator.site.search.joining import Pack, ends_group, join, pack
from generator.site.search.letters import Readings
from generator.site.search.name_list import NAMES, Entry, entries, names
from generator.site.search.pages import Source, sources, text_of
from generator.site.search.pieces import Piece, Text, of_source

__all__ = [
    "NAMES",
    "Entry",
    "Gathered",
    "Pack",
    "Piece",
    "Readings",
    "Source",
    "Text",
    "ends_group",
    "entries",
    "join",
    "names",
    "of_source",
    "pack",
    "sources",
    "text_of",
]


Fetch = Callable[[], Piece]
Keep = Callable[[str, str, Callable[[], Pack]], Pack]
"""Gives the pack of a name and key; it is made by the call where none is kept."""


class Gathered:
    """The pieces of all sources, taken in one after the other and packed in groups."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._packs: list[Callable[[], Pack]] = []
        self._keys: list[str] = []
        self._group: list[tuple[str, str, Fetch]] = []

    def add(self, name: str, key: str, fetch: Fetch) -> None:
        """Take in the next source. `key` stands for its piece; empty where that is kept nowhere."""
        self._group.append((name, key, fetch))
        if ends_group(name):
            self._close()

    def _close(self) -> None:
        group, self._group = self._group, []
        keys = [key for _, key, _ in group]
        if all(keys):
            key = blake2b(" ".join(keys).encode(), digest_size=16).hexdigest()
            make = partial(self._keep, group[0][0], key, lambda: _packed(group))
        else:
            # Packed at once, so that the pieces need not stay in memory.
            key, made = "", _packed(group)
            make = partial(_given, made)
        self._keys.append(key)
        self._packs.append(make)

    def key(self) -> str:
        """Stands for all pieces; empty where it cannot be told."""
        if self._group:
            self._close()
        return " ".join(self._keys) if all(self._keys) else ""

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The shared files of the index, with their names from the site's root."""
        if self._group:
            self._close()
        return join([make() for make in self._packs] or [pack([])])


def _packed(group: Sequence[tuple[str, str, Fetch]]) -> Pack:
    return pack([fetch() for _, _, fetch in group])


def _given(made: Pack) -> Pack:
    return made
