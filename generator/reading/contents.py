"""What a records folder holds, as one key for the company and one for each client: same key, same files.

In a Git repository a key is made of the ids of the blobs, which Git's index has ready (index.py). Elsewhere
it is made of paths, sizes and times of change.
"""

import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from generator.reading.disk import below, client_of
from generator.reading.index import Keys, Looking, keys_by_git


@dataclass(frozen=True, slots=True)
class Contents:
    """The keys of a records folder at a moment."""

    company: str
    """Of all that lies outside the clients' folders."""
    clients: Mapping[str, str]
    """Of each client's folder; one that is not named holds no file."""
    taken: int
    """When, in nanoseconds: what was changed since is not what the keys say."""


def contents(root: Path, looking: Looking | None = None) -> Contents:
    """The keys of a records folder; `looking` is Git looking at it already.

    Raises OSError where it cannot be read from the disk.
    """
    taken = looking.since if looking else time.time_ns()
    keys = keys_by_git(root, looking=looking) or _keys_of_disk(root)
    return Contents(keys.company, keys.clients, taken)


def contents_of(root: Path, clients: Iterable[str], last: Contents) -> Contents:
    """The keys after some clients' files have changed and nothing else. Raises OSError as `contents` does."""
    taken = time.time_ns()
    folders = [f"clients/{id_}" for id_ in sorted(clients)]
    there = [folder for folder in folders if (root / folder).is_dir()]
    keys = keys_by_git(root, folders) or _keys_of_disk(root, there)
    known = {id_: key for id_, key in last.clients.items() if id_ not in clients}
    return Contents(last.company, known | dict(keys.clients), taken)


def unchanged_since(folder: Path, taken: int, *, clients: bool = True) -> bool:
    """Whether nothing in a folder (but its clients/, where they do not matter) was changed after `taken`."""
    waiting, passed_by = [os.fspath(folder)], "" if clients else "clients"
    try:
        while waiting:
            with os.scandir(waiting.pop()) as listing:
                for entry in listing:
                    if entry.name == passed_by:
                        continue
                    status = entry.stat(follow_symlinks=False)
                    if max(status.st_mtime_ns, status.st_ctime_ns) >= taken:
                        return False
                    if stat.S_ISDIR(status.st_mode):
                        waiting.append(entry.path)
            # Only at the top it is that one.
            passed_by = ""
    except OSError:
        return False
    return True


def _keys_of_disk(root: Path, folders: Sequence[str] | None = None) -> Keys:
    """By paths, sizes and times, of all or of some folders."""
    hashers: dict[str | None, blake2b] = {None: blake2b(digest_size=16)}
    for path, line in _lines(root, folders):
        id_ = client_of(path)
        hasher = hashers.get(id_) or hashers.setdefault(id_, blake2b(digest_size=16))
        hasher.update(line + b"\0")
    clients = {id_: hasher.hexdigest() for id_, hasher in hashers.items() if id_ is not None}
    return Keys(hashers[None].hexdigest(), clients)


def _lines(root: Path, folders: Sequence[str] | None) -> Iterator[tuple[bytes, bytes]]:
    within = [(root, b"")] if folders is None else [(root / one, f"{one}/".encode()) for one in folders]
    for path, status in chain.from_iterable(below(*place) for place in within):
        facts = (stat.S_IFMT(status.st_mode), status.st_size, status.st_mtime_ns)
        folder = stat.S_ISDIR(status.st_mode)
        yield path + (b"/" if folder else b""), path + (b"/" if folder else repr(facts).encode())
