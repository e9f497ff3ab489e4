"""What a records folder holds, as one key for the company and one for each client: same key, same files.

In a Git repository a key is made of the ids of the blobs, which Git's index has ready; only what differs
from the index is read. Elsewhere it is made of paths, sizes and times of change.
"""

import os
import stat
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha1, sha256
from itertools import chain
from pathlib import Path

from generator.model.leaves import is_id

_CLIENTS = b"clients/"
_ENVIRONMENT = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
_OF_A_HOOK = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE")
_GIT = ("git", "-c", "core.quotepath=off", "-c", "safe.directory=*")


@dataclass(frozen=True, slots=True)
class Contents:
    """The keys of a records folder at a moment."""

    company: str
    """Of all that lies outside the clients' folders."""
    clients: Mapping[str, str]
    """Of each client's folder; one that is not named holds no file."""
    taken: int
    """When, in nanoseconds: what was changed since is not what the keys say."""


def contents(root: Path) -> Contents:
    """The keys of a records folder. Raises OSError where it cannot be read from the disk."""
    taken = time.time_ns()
    listed = _listed_by_git(root)
    lines = _lines_of_git(root, *listed) if listed else _lines_of_disk(root)
    return _keyed(lines, taken)


def contents_of(root: Path, clients: Iterable[str], last: Contents) -> Contents:
    """The keys after some clients' files have changed and nothing else. Raises OSError as `contents` does."""
    taken = time.time_ns()
    folders = [f"clients/{id_}" for id_ in sorted(clients)]
    listed = _listed_by_git(root, folders)
    there = [folder for folder in folders if (root / folder).is_dir()]
    lines = _lines_of_git(root, *listed) if listed else _lines_of_disk(root, there)
    known = {id_: key for id_, key in last.clients.items() if id_ not in clients}
    return Contents(last.company, known | dict(_keyed(lines, taken).clients), taken)


def _keyed(lines: Iterable[tuple[bytes, bytes]], taken: int) -> Contents:
    hashers: dict[str | None, blake2b] = {None: blake2b(digest_size=16)}
    for path, line in lines:
        id_ = _client_of(path)
        hasher = hashers.get(id_) or hashers.setdefault(id_, blake2b(digest_size=16))
        hasher.update(line + b"\0")
    keys = {id_: hasher.hexdigest() for id_, hasher in hashers.items() if id_ is not None}
    return Contents(hashers[None].hexdigest(), keys, taken)


def unchanged_since(folder: Path, taken: int, *, clients: bool = True) -> bool:
    """Whether nothing in a folder (but its clients/, where they do not matter) was changed after `taken`."""
    try:
        for path, status in _below(folder, b"", () if clients else (b"clients",)):
            if max(status.st_mtime_ns, status.st_ctime_ns) >= taken and (clients or path != b"clients"):
                return False
    except OSError:
        return False
    return True


def _client_of(path: bytes) -> str | None:
    """The client in whose folder a path lies, None for all other paths."""
    if not path.startswith(_CLIENTS):
        return None
    id_, slash, _ = path[len(_CLIENTS) :].partition(b"/")
    return name if slash and is_id(name := os.fsdecode(id_)) else None


def _listed_by_git(root: Path, folders: Sequence[str] = ()) -> tuple[bytes, bytes, bytes] | None:
    """What is in the index, what differs from it, and what is not in it; None where Git does not know.

    Of some folders, where they are named.
    """
    wanted = (
        ("ls-files", "-z", "--stage", "-v"),
        ("diff-files", "-z", "--name-only", "--relative"),
        ("ls-files", "-z", "--others", "--directory"),
    )
    # In a hook of Git's these say which repository is meant; here it is the one of the records.
    inherited = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    environment = {**inherited, **_ENVIRONMENT}
    try:
        running = [
            subprocess.Popen(
                (*_GIT, *arguments, "--", *folders),
                cwd=root,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            for arguments in wanted
        ]
    except FileNotFoundError:
        return None
    staged, differing, others = (process.communicate()[0] for process in running)
    if any(process.returncode for process in running) or not staged:
        return None
    return staged, differing, others


def _lines_of_git(
    root: Path, staged: bytes, differing: bytes, others: bytes
) -> Iterator[tuple[bytes, bytes]]:
    """For each file its path and a line that stands for its content, in one order."""
    asked = {path for path in (*differing.split(b"\0"), *others.split(b"\0")) if path}
    indexed = _Index(asked)
    touched = {_client_of(path + b"/") for path in asked} | {None}
    mixed: dict[bytes, bytes] = {}
    for path, line in indexed.lines(staged):
        if _client_of(path) in touched:
            mixed[path] = line
        else:
            yield path, line
    for path in (*asked, *indexed.doubtful):
        mixed.pop(path, None)
        mixed.update(_on_disk(root, path, indexed.size))
    yield from sorted(mixed.items())


class _Index:
    """Git's list of what is in the index."""

    def __init__(self, differing: Iterable[bytes]) -> None:
        self._differing = frozenset(differing)
        self.doubtful: list[bytes] = []
        """Entries for which Git does not vouch: conflicts, submodules, what it was told not to look at."""
        self.size = 40
        """How many digits an id of a blob has: it tells how it is reckoned."""

    def lines(self, staged: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The path and line of each entry that is as the index says."""
        for entry in staged.split(b"\0"):
            if not entry:
                continue
            head, _, path = entry.partition(b"\t")
            tag, mode, blob, stage = head.split(b" ")
            self.size = len(blob)
            if tag != b"H" or stage != b"0" or mode == b"160000":
                self.doubtful.append(path)
            elif path not in self._differing:
                yield path, _line(mode, blob, path)


def _line(mode: bytes, blob: bytes, path: bytes) -> bytes:
    return b"%s %s %s" % (b"120000" if mode == b"120000" else b"100644", blob, path)


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
    yield path.rstrip(b"/") + b"/", b"folder"
    for inner, inside in _below(Path(os.fsdecode(full)), path.rstrip(b"/") + b"/"):
        where = os.path.join(os.fsencode(root), inner)
        yield inner, b"folder" if stat.S_ISDIR(inside.st_mode) else _hashed(where, inner, inside, size)


def _hashed(full: bytes, path: bytes, status: os.stat_result, size: int) -> bytes:
    """The line that Git would have for a file if it were added now."""
    if stat.S_ISLNK(status.st_mode):
        mode, data = b"120000", os.readlink(full)
    elif stat.S_ISREG(status.st_mode):
        with open(full, "rb") as stream:
            mode, data = b"100644", stream.read()
    else:
        mode, data = b"other", b""
    reckon = sha1 if size == 40 else sha256
    blob = reckon(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest().encode()
    return _line(mode, blob, path)


def _lines_of_disk(root: Path, folders: Sequence[str] | None = None) -> Iterator[tuple[bytes, bytes]]:
    """For each file (below some folders, where they are named) its path and a line that stands for it."""
    within = [(root, b"")] if folders is None else [(root / one, f"{one}/".encode()) for one in folders]
    for path, status in chain.from_iterable(_below(*place) for place in within):
        facts = (stat.S_IFMT(status.st_mode), status.st_size, status.st_mtime_ns)
        folder = stat.S_ISDIR(status.st_mode)
        yield path + (b"/" if folder else b""), path + (b"/" if folder else repr(facts).encode())


def _below(
    folder: Path, prefix: bytes, closed: Sequence[bytes] = ()
) -> Iterator[tuple[bytes, os.stat_result]]:
    """Every file and folder below a folder, links not followed, in the order of their names.

    Folders of the names in `closed` are named and not looked into.
    """
    with os.scandir(os.fsencode(folder)) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        path = prefix + entry.name
        yield path, entry.stat(follow_symlinks=False)
        if entry.is_dir(follow_symlinks=False) and path not in closed:
            yield from _below(Path(os.fsdecode(entry.path)), path + b"/")
