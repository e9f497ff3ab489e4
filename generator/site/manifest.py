"""The SHA-256 sums of a site's files, which `sha256sum --check` reads, and a site held against them."""

import re
from collections.abc import Iterable, Iterator
from hashlib import file_digest, sha256
from pathlib import Path

from generator.judging.store import Store

NAME = "SHA256SUMS"
"""The file with the sums, from the site's root; it is the one file that it does not name."""
_KEPT = "sums"
_BEFORE_NAME = 66
"""Signs before a name: the sum, and two spaces."""
_ODD = {"\\": "\\", "n": "\n", "r": "\r"}


def line(path: str, data: bytes) -> bytes:
    """What stands for a file."""
    return _line(path, sha256(data).hexdigest())


def _line(path: str, digest: str) -> bytes:
    name = path.encode("utf-8", "surrogateescape")
    # As sha256sum writes it: a name with such a sign is marked, and the sign stands as two.
    odd = any(sign in name for sign in (b"\\", b"\n", b"\r"))
    name = name.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
    return (b"\\" if odd else b"") + digest.encode() + b"  " + name + b"\n"


def _names(lines: bytes) -> list[str]:
    """The paths that stand in lines."""
    names = []
    for text in lines.decode("utf-8", "surrogateescape").split("\n")[:-1]:
        name = text[_BEFORE_NAME:]
        if text.startswith("\\"):
            name = re.sub(r"\\(.)", lambda sign: _ODD[sign[1]], name[1:])
        names.append(name)
    return names


class Sums:
    """The sums of a site that is made, part by part; those of parts that are kept are in the store."""

    def __init__(self, store: Store | None) -> None:
        self._store = store
        self._own: dict[tuple[str, str], bytes] = {}
        self._read: dict[tuple[str, str], bytes] = {}
        """Once the names of a part are asked for, its sums are wanted as well."""

    def put(self, part: str, key: str, lines: bytes) -> None:
        """Of a part that was written just now."""
        if self._store and key:
            self._store.put(_KEPT, part, key, lines)
        else:
            self._own[part, key] = lines

    def of(self, part: str, key: str, folder: Path, paths: Iterable[str]) -> bytes:
        """Of a part: as it was written, or looked up on the disk."""
        known = self._known(part, key)
        if known is None:
            known = b"".join(line_of(folder, path) for path in files_of(folder, paths))
            self.put(part, key, known)
        return known

    def names(self, part: str, key: str) -> list[str] | None:
        """The paths of a part's files; None where they are not known."""
        known = self._known(part, key)
        return None if known is None else _names(known)

    def _known(self, part: str, key: str) -> bytes | None:
        known = self._own.get((part, key)) or self._read.get((part, key))
        if known is None and self._store and key:
            known = self._store.get(_KEPT, part, key)
            if known is not None:
                self._read[part, key] = known
        return known

    def keep(self, store: Store) -> None:
        """Let the next build have what was not put into a store."""
        for (part, key), lines in self._own.items():
            if key:
                store.put(_KEPT, part, key, lines)


def files_of(folder: Path, paths: Iterable[str]) -> Iterator[str]:
    """The files of paths, of which one that ends in "/" is a folder with all that is in it; in order."""
    for path in paths:
        if not path.endswith("/"):
            yield path
            continue
        inner = sorted(file for file in (folder / path).rglob("*") if file.is_file())
        yield from (file.relative_to(folder).as_posix() for file in inner)


def line_of(folder: Path, path: str) -> bytes:
    """What stands for a file on the disk. Raises OSError."""
    with open(folder / path, "rb") as stream:
        return _line(path, file_digest(stream, "sha256").hexdigest())
