"""Keys of a records folder by Git's index, which has the ids of all blobs ready: only what differs is read.

The index of 200,000 records is 20 MB of text, so it is taken apart by client, not by file: what stands in it
of a client of which nothing differs is its key as it is.
"""

import os
import pickle
import re
import stat
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b, sha1, sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from generator.model.ids import is_id
from generator.reading.disk import below, client_of
from generator.reading.git import environment
from generator.reading.untracked import Folders, Untracked, digest

_ENTRY = rb"H 1[02]0\d{3} [0-9a-f]{40,64} 0\t"
"""What stands before the path of an entry for which Git vouches: no conflict, no submodule, and nothing that
Git was told not to look at."""
_UNUSUAL = re.compile(rb"\0(?!" + _ENTRY + rb"|\Z)")
_CLIENT = re.compile(_ENTRY + rb"clients/([^/\0]+)/[^\0]*\0(?:" + _ENTRY + rb"clients/\1/[^\0]*\0)*")
"""All entries of one client: they stand together, for the index is in the order of the paths."""
_GIT = ("git", "-c", "core.quotepath=off", "-c", "safe.directory=*")


class Keys(NamedTuple):
    """Of the company's own files, and of each client's."""

    company: str
    clients: Mapping[str, str]


class Looking:
    """Git lists its index, and compares it with the disk, while this process does something else."""

    def __init__(self, root: Path, folders: Sequence[str] = (), known: Folders | None = None) -> None:
        """Begin. Raises OSError where there is no Git."""
        self.since = time.time_ns()
        self.index = _Git(root, "ls-files", "-z", "--stage", "-v", "--", *folders)
        try:
            self.differing = _Git(root, "diff-files", "-z", "--name-only", "--relative", "--", *folders)
        except OSError:
            self.index.end()
            raise
        self.known = known
        self.untracked = Untracked(root, known) if known else None

    def end(self) -> None:
        """Nothing of it shall run on."""
        self.index.end()
        self.differing.end()
        if self.untracked:
            self.untracked.end()


@contextmanager
def looking_at(root: Path, known: Folders | None) -> Iterator[Looking | None]:
    """Git looking at a records folder; None where there is no Git. Nothing of it runs on afterwards.

    `known` keeps what is known of the folders from one run to the next.
    """
    looking = _begun(root, (), known)
    try:
        yield looking
    finally:
        if looking:
            looking.end()


def _begun(root: Path, folders: Sequence[str] = (), known: Folders | None = None) -> Looking | None:
    try:
        return Looking(root, folders, known)
    except OSError:
        return None


def keys_by_git(root: Path, folders: Sequence[str] = (), looking: Looking | None = None) -> Keys | None:
    """The keys of a records folder, or of some folders in it; None where Git does not know it.

    `looking` is Git looking at the whole of it already. Raises OSError where the disk cannot be read.
    """
    looking = looking or _begun(root, folders)
    if looking is None:
        return None
    staged = looking.index.said()
    whole = digest(staged) if staged and looking.known else ""
    begun = looking.untracked.of(staged, whole) if staged and looking.untracked else None
    # Taken apart while others look at the disk.
    apart = _Index(root, staged, whole, looking.known) if staged else None
    others = begun(partial(_ask, root)) if begun else _ask(root, folders)
    differs = looking.differing.said()
    if others is None or differs is None or apart is None:
        return None
    return apart.keys(path for path in (*differs.split(b"\0"), *others.split(b"\0")) if path)


class _Git:
    """A command of Git's that has begun; it writes to a file, so that it waits for nobody."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self._output = TemporaryFile()  # noqa: SIM115 - closed by said() and end()
        self._process = subprocess.Popen(
            (*_GIT, *arguments),
            cwd=root,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.DEVNULL,
        )

    def said(self) -> bytes | None:
        """All that it says, once it has ended; None where it fails."""
        with self._output:
            if self._process.wait():
                return None
            self._output.seek(0)
            return self._output.read()

    def end(self) -> None:
        """Stop it, if it still runs."""
        self._process.kill()
        self._process.wait()
        self._output.close()


def _ask(root: Path, folders: Sequence[str]) -> bytes | None:
    """What is not in the index, in some folders or everywhere; None where Git cannot tell."""
    return _Git(root, "ls-files", "-z", "--others", "--directory", "--", *folders).said()


class _Index:
    """Git's list of what is in the index, taken apart, and what on the disk is not as it says."""

    def __init__(self, root: Path, staged: bytes, whole: str, known: Folders | None) -> None:
        self._root = root
        self._staged = staged
        self._size = len(staged.split(b" ", 3)[2])
        """How many digits an id of a blob has: it tells how it is reckoned."""
        self._asked: set[bytes] = set()
        self._mixed: dict[bytes, bytes] = {}
        """The lines of all that is not taken as it stands in the index."""
        self._whole: dict[str, tuple[int, int, str]] = {}
        """Of each client where its entries begin and end, and their key."""
        kept = known.get_index(whole) if known else None
        if kept is not None:
            self._asked, self._mixed, self._whole = pickle.loads(kept)
            return
        self._take_apart()
        if known:
            known.put_index(whole, pickle.dumps((self._asked, self._mixed, self._whole), protocol=5))

    def _take_apart(self) -> None:
        if _UNUSUAL.search(b"\0" + self._staged):
            self._mix(self._staged)
            return
        at = 0
        for found in _CLIENT.finditer(self._staged):
            self._mix(self._staged[at : found.start()])
            id_, at = os.fsdecode(found[1]), found.end()
            if is_id(id_):
                key = digest(found[0])
                self._whole[id_] = found.start(), at, key
            else:
                self._mix(found[0])
        self._mix(self._staged[at:])

    def keys(self, asked: Iterable[bytes]) -> Keys:
        """The keys of what is on the disk, where some paths are not as the index says."""
        self._asked.update(asked)
        for id_ in {client_of(path + b"/") for path in self._asked} & self._whole.keys():
            start, end, _ = self._whole.pop(id_ or "")
            self._mix(self._staged[start:end])
        for path in self._asked:
            self._mixed.pop(path, None)
            self._mixed.update(_on_disk(self._root, path, self._size))
        hashers: dict[str | None, blake2b] = {None: blake2b(digest_size=16)}
        for path, line in sorted(self._mixed.items()):
            id_ = client_of(path)
            hasher = hashers.get(id_) or hashers.setdefault(id_, blake2b(digest_size=16))
            hasher.update(line)
        mixed = {id_: hasher.hexdigest() for id_, hasher in hashers.items() if id_ is not None}
        return Keys(hashers[None].hexdigest(), {id_: key for id_, (*_, key) in self._whole.items()} | mixed)

    def _mix(self, entries: bytes) -> None:
        for entry in entries.split(b"\0"):
            if not entry:
                continue
            head, _, path = entry.partition(b"\t")
            tag, mode, _, stage = head.split(b" ")
            if tag != b"H" or stage != b"0" or mode == b"160000":
                self._asked.add(path)
            else:
                self._mixed[path] = entry + b"\0"


def _on_disk(root: Path, path: bytes, size: int) -> Iterator[tuple[bytes, bytes]]:
    """The lines of a path as it is on the disk now; of all below it, where it is a folder."""
    full = os.path.join(os.fsencode(root), path.rstrip(b"/"))
    try:
        status = os.lstat(full)
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(status.st_mode):
        yield path, _hashed(full, path, status, size)
        return
    folder = path.rstrip(b"/") + b"/"
    yield folder, folder + b" folder\0"
    for inner, inside in below(Path(os.fsdecode(full)), folder):
        where = os.path.join(os.fsencode(root), inner)
        is_folder = stat.S_ISDIR(inside.st_mode)
        yield inner, inner + b"/ folder\0" if is_folder else _hashed(where, inner, inside, size)


def _hashed(full: bytes, path: bytes, status: os.stat_result, size: int) -> bytes:
    """The entry that Git would have for a file if it were added now."""
    if stat.S_ISLNK(status.st_mode):
        mode, data = b"120000", os.readlink(full)
    elif stat.S_ISREG(status.st_mode):
        with open(full, "rb") as stream:
            mode, data = b"100755" if status.st_mode & stat.S_IXUSR else b"100644", stream.read()
    else:
        mode, data = b"other", b""
    reckon = sha1 if size == 40 else sha256
    blob = reckon(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest().encode()
    return b"H %s %s 0\t%s\0" % (mode, blob, path)
