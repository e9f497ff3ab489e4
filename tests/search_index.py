"""Reads the files of the search as its script does, and looks through texts without any index."""

import json
from array import array
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.site.search import Piece, Source, Text, ends_group, join, of_source, pack
from generator.site.search.grams import CODES, NO_KEY, SHARDS, fold, keys


def words(typed: str) -> list[str]:
    """What is looked for, when it is typed."""
    return fold(typed).split()


def naive(texts: Iterable[Text], typed: str) -> set[str]:
    """The addresses of the texts that hold all words."""
    return {
        text.url for text in texts if all(word in fold(f"{text.title}\n{text.body}") for word in words(typed))
    }


def build(sources: Iterable[Source], *, ends: Iterable[int] | None = None) -> dict[str, bytes]:
    """All files of an index; `ends` tells after which sources a group ends."""
    files: dict[str, bytes] = {}
    groups: list[list[Piece]] = [[]]
    places = None if ends is None else set(ends)
    for place, (name, texts) in enumerate(sources):
        piece, own = of_source(name, texts)
        assert not files.keys() & dict(own).keys()
        files |= dict(own)
        groups[-1].append(piece)
        if ends_group(name) if places is None else place in places:
            groups.append([])
    return files | dict(join(pack(group) for group in groups))


@dataclass
class Index:
    """An index in its files."""

    files: Mapping[str, bytes]

    def __post_init__(self) -> None:
        """Read the directory."""
        self.told = json.loads(self.files["search/texts.json"])
        data = b64decode(self.told["units"])
        self.units = [data[at : at + 6].hex() for at in range(0, len(data), 6)]
        self.days = array("H", b64decode(self.told["days"]))
        assert len(self.days) == 2 * len(self.units)
        assert sum(self.told["sections"]) == len(self.units)

    def find(self, typed: str) -> list[str] | None:
        """The addresses that are found; None where nothing can be looked up."""
        wanted = set[int]().union(*map(keys, words(typed))) - {NO_KEY}
        if not wanted:
            return None
        masks = [self.masks(key) for key in sorted(wanted)]
        found = []
        for at, unit in enumerate(self.units):
            mask = 0xFF
            for one in masks:
                mask &= one.get(at, 0)
            if mask:
                found += self._read(unit, mask, typed)
        return found

    def _read(self, unit: str, mask: int, typed: str) -> Iterator[str]:
        texts = [Text(*text) for text in json.loads(self.files[f"search/texts/{unit}.json"])]
        for place, text in enumerate(texts):
            if naive([text], typed):
                assert mask & 1 << place * 8 // len(texts), text.url
                yield text.url

    def masks(self, key: int) -> dict[int, int]:
        """The units that hold a key, and in which eighths."""
        shard, code = divmod(key, CODES)
        count = self.told["files"]
        data = self.files[f"search/grams/{shard * count // SHARDS:03x}.bin"]
        head = array("I", data[: 4 * (SHARDS // count + 1)])
        assert head[0] == self.told["version"]
        at = 4 * len(head) + head[1 + shard % (SHARDS // count)]
        found: dict[int, int] = {}
        first = 0
        for units in self.told["sections"]:
            length = shift = 0
            while True:
                length |= (data[at] & 0x7F) << shift
                shift += 7
                at += 1
                if data[at - 1] < 0x80:
                    break
            end = at + length
            while at < end:
                size = 2 * (data[at + 1] + 1)
                if data[at] == code:
                    pairs = data[at + 2 : at + 2 + size]
                    found |= {
                        first + number: bits for number, bits in zip(pairs[::2], pairs[1::2], strict=True)
                    }
                at += 2 + size
            assert at == end
            first += units
        return found
