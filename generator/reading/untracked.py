"""What lies in a records folder and is not in Git's index.

To find it Git reads every folder, which takes most of a check of 200,000 records. A folder's time of change
moves when something appears in it, so where all times are as they were, what Git said then still holds.
"""

import os
import re
import time
from array import array
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Protocol

from generator.apart import Apart

_HEAD = re.compile(rb"[A-Za-z?] [0-7]{6} [0-9a-f]{40,64} [0-3]\t")
_TICK = 100_000_000
"""Nanoseconds in which two changes may have the same time."""
_MOST_CHANGED = 200
"""Of how many folders that have changed Git is asked one by one."""
_MANY = 20_000
"""Of how many folders on another process is worth its start."""
_NEVER = -1

Ask = Callable[[Sequence[str]], bytes | None]
"""Lets Git list what is not in the index, in some folders or everywhere; None where it cannot."""
Listed = Callable[[Ask], bytes | None]


class Times(NamedTuple):
    """When each folder was changed last, and what Git said then."""

    whole: str
    """Stands for the whole index,"""
    paths: str
    """and for the paths in it: what is in the index can change without a folder's changing."""
    folders: bytes
    """Their paths, each ending with a zero."""
    changed: bytes
    """For each, in order, nanoseconds."""
    others: bytes
    """What was not in the index."""


class Folders(Protocol):
    """Keeps the times of folders from one run to the next."""

    def get(self) -> Times | None:
        """Those that were kept last."""

    def put(self, times: Times) -> None:
        """Keep them, in place of what was kept before."""

    def get_index(self, whole: str) -> bytes | None:
        """The index taken apart (index.py), where it was kept of the one that `whole` stands for."""

    def put_index(self, whole: str, apart: bytes) -> None:
        """Keep it, in place of what was kept before."""


def digest(data: bytes) -> str:
    """A short text that stands for an index, or for what is in it."""
    return blake2b(data, digest_size=16).hexdigest()


class Untracked:
    """What is not in an index, found with the help of what was known before.

    The folders known before are looked at from the beginning, in the hope that the index has none others.
    """

    def __init__(self, root: Path, known: Folders) -> None:
        self._root = root
        self._known = known
        self._began = time.time_ns()
        self._before = known.get()
        self._looked = self._look(self._before.folders) if self._before else None

    def _look(self, folders: bytes) -> Apart:
        """Begin to look when each folder was changed."""
        listed = folders.split(b"\0")[:-1]
        return Apart(partial(self._changed, listed, self._began), fork=len(listed) > _MANY)

    def end(self) -> None:
        """Stop what was begun and nobody asks for any more."""
        if self._looked:
            self._looked.end()
        self._looked = None

    def of(self, staged: bytes, index: str) -> Listed:
        """Begin; the call gives the paths of it, each ending with a zero, and None where Git cannot tell.

        `index` stands for what is staged.
        """
        before, paths = self._before, b""
        key = before.paths if before and index == before.whole else ""
        if not key:
            paths = _HEAD.sub(b"", staged)
            key = digest(paths)
        if before and key != before.paths:
            before = None
        if before is None:
            self.end()
        folders = before.folders if before else _folders(paths)
        looked, self._looked = self._looked or self._look(folders), None

        def listed(ask: Ask) -> bytes | None:
            now = looked.made()
            others = self._from(before, now, ask) if before else ask(())
            if others is None:
                return None
            times = Times(index, key, folders, now, others)
            if times != before:
                self._known.put(times)
            return others

        return listed

    def _changed(self, folders: Sequence[bytes], began: int) -> bytes:
        """When each was changed; never the same for one that is gone, or was changed a moment ago."""
        if os.stat not in os.supports_dir_fd:
            return array("q", [_NEVER] * len(folders)).tobytes()
        root = os.open(self._root, os.O_RDONLY)
        found = array("q")
        try:
            for folder in folders:
                try:
                    status = os.stat(folder, dir_fd=root, follow_symlinks=False)
                    # The second cannot be set back.
                    changed = max(status.st_mtime_ns, status.st_ctime_ns)
                except OSError:
                    changed = _NEVER
                found.append(changed if changed < began - _TICK else _NEVER)
        finally:
            os.close(root)
        return found.tobytes()

    @staticmethod
    def _from(before: Times, looked: bytes, ask: Ask) -> bytes | None:
        """From what was known, where few folders have changed since."""
        folders = before.folders.split(b"\0")[:-1]
        now, then = array("q", looked), array("q", before.changed)
        changed = [
            folder for folder, at, was in zip(folders, now, then, strict=True) if at != was or at == _NEVER
        ]
        if not changed:
            return before.others
        if len(changed) > _MOST_CHANGED or b"." in changed:
            return ask(())
        found = ask([os.fsdecode(folder) for folder in changed])
        if found is None:
            return None
        below = tuple(folder + b"/" for folder in changed)
        rest = [path for path in before.others.split(b"\0") if path and not path.startswith(below)]
        return b"".join(path + b"\0" for path in rest) + found


def _folders(paths: bytes) -> bytes:
    """Every folder that holds something of the index, and those that hold these."""
    found = {b"."}
    last = b""
    for path in paths.split(b"\0"):
        folder = path.rpartition(b"/")[0]
        if folder == last:
            continue
        last = folder
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition(b"/")[0]
    return b"".join(one + b"\0" for one in sorted(found))
