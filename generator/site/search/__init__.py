"""What the search in the header looks through: a list of names, and an index of the texts of the pages.

Everything is made of pieces, one for each client (or other source), that can be kept while it stays the same:

    piece, own_files = of_source("clients/hengda-steel", texts)
    packed = pack(pieces)           # of some consecutive pieces; `ends_group` says where to cut
    for name, data in join(packs)   # the shared files of the index

The result depends on the pieces and their order alone, not on what was kept.
"""

from collections.abc import Iterator

from generator.site.search.joining import Pack, ends_group, join, pack
from generator.site.search.name_list import NAMES, Entry, entries, letters, names
from generator.site.search.pages import Source, sources
from generator.site.search.pieces import Piece, Text, of_source

__all__ = [
    "NAMES",
    "Entry",
    "Gathered",
    "Pack",
    "Piece",
    "Source",
    "Text",
    "ends_group",
    "entries",
    "join",
    "letters",
    "names",
    "of_source",
    "pack",
    "sources",
]


class Gathered:
    """The pieces of all sources, packed as they come."""

    def __init__(self) -> None:
        self._packs: list[Pack] = []
        self._group: list[Piece] = []

    def add(self, name: str, piece: Piece) -> None:
        """Take in the piece of the next source."""
        self._group.append(piece)
        if ends_group(name):
            self._packs.append(pack(self._group))
            self._group = []

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The shared files of the index, with their names from the site's root."""
        return join([*self._packs, pack(self._group)])
