"""Pages of the last build that are still right: taken over as they are, by hard links."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.judging.store import Store
from generator.site import addresses

MADE_HERE = ".kam-site"
"""Marks a folder as a site of ours, which the next build may replace."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The last site, and what is taken over from it into the new one."""

    folder: Path
    """The new site."""
    before: Path | None
    """The last one; None where nothing is taken over."""
    store: Store | None
    """Tells what the last site's pages were made of; without it nothing is taken over."""
    place: str
    """Where the site lies in the end: each has pages of its own."""

    def take(self, client: str, key: str) -> bool:
        """Take over a client's pages where they are made of the same; tell whether that was done."""
        if self.before is None or self.store is None or not key:
            return False
        known = self.store.get(self._what, client, key)
        place = f"{addresses.CLIENTS}{client}"
        try:
            if known is None or known != _print(self.before / place):
                return False
            _link_folder(self.before / place, self.folder / place)
        except OSError:
            shutil.rmtree(self.folder / place, ignore_errors=True)
            return False
        return True

    @property
    def _what(self) -> str:
        return f"pages {self.place}"

    def take_file(self, name: str) -> bool:
        """Take over one file; tell whether that was done."""
        if self.before is None:
            return False
        try:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            _link(os.fspath(self.before / name), os.fspath(self.folder / name))
        except OSError:
            return False
        return True

    def note(self, client: str, key: str) -> None:
        """Remember what a client's pages were made of, once they are written."""
        if key and self.store is not None:
            self.store.put(self._what, client, key, _print(self.folder / addresses.CLIENTS / client))


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as listing:
        yield from listing


def _print(folder: Path) -> bytes:
    """How many files a folder holds, how many bytes, and when the last of them was written."""
    files = size = last = 0
    waiting = [os.fspath(folder)]
    while waiting:
        for entry in _entries(waiting.pop()):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
                continue
            status = entry.stat(follow_symlinks=False)
            files, size, last = files + 1, size + status.st_size, max(last, status.st_mtime_ns)
    return f"{files} {size} {last}".encode()


def _link_folder(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting = [(os.fspath(source), os.fspath(target))]
    while waiting:
        here, there = waiting.pop()
        os.mkdir(there)
        for entry in _entries(here):
            inner = os.path.join(there, entry.name)
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, inner))
            else:
                _link(entry.path, inner)


def _link(source: str, target: str) -> None:
    """The same file under a second name; a copy where the disk knows no second names."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (NotImplementedError, PermissionError):
        shutil.copy2(source, target, follow_symlinks=False)
