"""The shared files of the index, joined from the pieces of all sources.

Pieces are packed in groups, and what belongs to a shard is then only laid end to end. So after a change one
group is packed anew; where groups end hangs on a name alone, so that a new client leaves the others' ends.
"""

import hashlib
import json
import sys
from array import array
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from generator.site.search.grams import CODES, SHARDS
from generator.site.search.pieces import Piece, Unit

DIRECTORY = "search/texts.json"
"""Which units there are, in the order in which the shards number them."""

_GROUP = 128
"""How many sources a group has, about."""
_SECTION = 256
"""How many units are numbered together, in one byte."""
_FILE = 20_000
"""How large the files of the shards are, about, until each shard has its own."""


class Section(NamedTuple):
    """Up to 256 units, by shard: what stands in the data for each shard in turn, and how long that is.

    For a shard it is a length (7 bits a byte, the lower first), then for each code that occurs: the code, the
    number of units less one, and for each unit its number and its eighths; all single bytes.
    """

    units: int
    lengths: bytes
    data: bytes


class Pack(NamedTuple):
    """Some consecutive pieces, sorted by shard."""

    units: tuple[tuple[str, int, int], ...]
    """Of each unit, its file and its newest and oldest day."""
    sections: tuple[Section, ...]


def ends_group(name: str) -> bool:
    """Whether a group ends with a source."""
    return _digest(name.encode()) % _GROUP == 0


def pack(pieces: Sequence[Piece]) -> Pack:
    """A group of pieces, ready to be joined with others."""
    units = [unit for piece in pieces for unit in piece.units]
    return Pack(
        tuple((unit.file, unit.newest, unit.oldest) for unit in units),
        tuple(_section(units[at : at + _SECTION]) for at in range(0, len(units), _SECTION)),
    )


def _section(units: Sequence[Unit]) -> Section:
    found: dict[int, bytearray] = defaultdict(bytearray)
    for number, unit in enumerate(units):
        pairs = [bytes((number, bits)) for bits in range(256)]
        for entry in array("I", unit.entries):
            found[entry >> 8] += pairs[entry & 0xFF]
    shards: dict[int, bytearray] = defaultdict(bytearray)
    for key in sorted(found):
        where = found[key]
        shards[key // CODES] += bytes((key % CODES, len(where) // 2 - 1)) + where
    parts = [_counted(shards.get(shard, b"")) for shard in range(SHARDS)]
    return Section(len(units), array("I", map(len, parts)).tobytes(), b"".join(parts))


def _counted(data: bytes | bytearray) -> bytes:
    """Data with its length before it."""
    length, head = len(data), bytearray()
    while length > 0x7F:
        head.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes(head) + bytes((length,)) + data


def join(packs: Iterable[Pack]) -> Iterator[tuple[str, bytes]]:
    """The shared files of the index."""
    packs = list(packs)
    sections = [section for one in packs for section in one.sections]
    size = sum(len(section.data) for section in sections)
    files = 1
    while files < SHARDS and files * _FILE < size:
        files *= 2
    version, directory = _directory(packs, files)
    yield DIRECTORY, directory
    ends = [array("I", accumulate(array("I", section.lengths), initial=0)) for section in sections]
    for number in range(files):
        shards = range(number * SHARDS // files, (number + 1) * SHARDS // files)
        parts = [
            b"".join(
                section.data[end[shard] : end[shard + 1]] for section, end in zip(sections, ends, strict=True)
            )
            for shard in shards
        ]
        head = array("I", [version, *accumulate(map(len, parts[:-1]), initial=0)])
        yield f"search/grams/{number:03x}.bin", _little(head) + b"".join(parts)


def _directory(packs: Sequence[Pack], files: int) -> tuple[int, bytes]:
    """What the numbers of units stand for, and a number for that, which every shard carries.

    A page left open while the site is renewed sees by it that its directory is of another count. It hangs on
    the numbering alone: where only a text changed, the shards that do not know the text stay the same bytes.
    """
    units = [unit for one in packs for unit in one.units]
    sections = [section.units for one in packs for section in one.sections]
    names = b"".join(bytes.fromhex(file) for file, _, _ in units)
    version = _digest(names + json.dumps([sections, files]).encode())
    days = array("H", [day for _, newest, oldest in units for day in (newest, oldest)])
    told = {
        "version": version,
        "files": files,
        "sections": sections,
        "units": b64encode(names).decode(),
        "days": b64encode(_little(days)).decode(),
    }
    return version, json.dumps(told, separators=(",", ":")).encode()


def _digest(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=4).digest(), "little")


def _little(numbers: "array[int]") -> bytes:
    """Numbers with the lower byte first, whatever this machine does."""
    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()
