"""The folder of a site while it is brought up to date: parts that are right are kept, others written anew.

What was written is remembered in the store, by part: its key, and what it came to on the disk (prints.py), so
that what somebody changed in the folder is seen. Nothing is written into a file that is there: it may be the
same file as one of the site that readers have open.
"""

import os
import pickle
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator.judging.dossier import packed
from generator.judging.store import Store
from generator.site.disk import clear, link
from generator.site.manifest import NAME, Sums, line
from generator.site.prints import print_of, told, turned

MADE_HERE = ".kam-site"
"""Marks a folder as a site of ours, which the next build may replace."""


class Written(NamedTuple):
    """A part as it was written."""

    key: str
    paths: tuple[str, ...]
    """Its files, and a folder (ending in "/") of which all is its own."""
    print: str
    """What its files come to on the disk."""
    note: str = ""
    """What its maker wants to know of it next time."""
    pages: tuple[str, ...] = ()
    """The addresses of its pages, where somebody lists them."""

    @property
    def root(self) -> str:
        """Its own folder; empty where it has none."""
        return next((path for path in self.paths if path.endswith("/")), "")


class Laid(NamedTuple):
    """A part whose files lie there, and their sums."""

    written: Written
    sums: bytes


class Folder:
    """A site's folder, and the site that readers see meanwhile, from which parts can be taken over."""

    def __init__(
        self,
        folder: Path,
        store: Store | None = None,
        before: Path | None = None,
        *,
        shared: bool = False,
    ) -> None:
        """`shared` tells that what is there belongs to somebody else, and stays."""
        self.folder = folder
        self._root = os.fspath(folder)
        self._before = os.fspath(before) if before else ""
        self._known = _remembered(store, folder)
        self._known_before = _remembered(store, before)
        self._is_used = bool(self._known)
        self._sums = Sums(store)
        if not self._known and not shared:
            # Whatever it is: nobody remembers having written it.
            clear(self._root, "", set())
        self.parts: dict[str, Written] = {}
        self._there: set[str] = set()
        """Folders that are there."""
        self.lists_pages = False
        """Whether the addresses of all pages are wanted."""
        self.kept = 0
        """How many parts were right already, here or in the site before."""

    def part(self, name: str, key: str) -> Written | None:
        """A part that is right, here or by links from the site before; None where it is to be made."""
        if not key:
            return None
        known = self._known.get(name)
        if known is None or not self._holds(name, known, key, self._root):
            self._drop(name)
            known = self._known_before.get(name)
            if known is None or not self._holds(name, known, key, self._before):
                return None
            known = self._linked(name, known)
        if known is not None:
            self.parts[name] = known
            self.kept += 1
        return known

    def take_all(self) -> None:
        """Take every part over from the site before."""
        for name, known in self._known_before.items():
            self.part(name, known.key)

    def _holds(self, name: str, known: Written, key: str, folder: str) -> bool:
        """Whether a part lies in a folder as it was written, and would be written now."""
        return known.key == key and known.print == self._print(name, known, folder)

    def _print(self, name: str, known: Written, folder: str) -> str:
        names = self._sums.names(name, known.key)
        return print_of(folder, known.root, names) if names is not None else "?"

    def _linked(self, name: str, known: Written) -> Written | None:
        """A part taken over from the site before; its folders are new, and have their own times."""
        try:
            for path in known.paths:
                link(os.path.join(self._before, path), os.path.join(self._root, path))
        except OSError:
            self._remove(known.paths)
            return None
        return known._replace(print=self._print(name, known, self._root))

    def write(self, name: str, key: str, files: Iterable[tuple[str, bytes]], *, root: str = "") -> None:
        """Write a part anew. `root` is the folder in which nothing else lies."""
        self.take(name, self.lay(name, key, files, root=root))

    def lay(self, name: str, key: str, files: Iterable[tuple[str, bytes]], *, root: str = "") -> Laid:
        """Put a part's files in place of what there is of it; another process may take it in."""
        self._drop(name)
        paths = [root] if root else []
        pages, lines = [], []
        sizes: dict[str, int] = {}
        last = 0
        for file, data in files:
            lines.append(line(file, data))
            if self.lists_pages and file.endswith(_PAGE):
                pages.append(file.removesuffix(_PAGE))
            last = max(last, self._write(os.path.join(self._root, file), data))
            sizes[file] = len(data)
            if not root or not file.startswith(root):
                paths.append(file)
        print_ = told(sizes.values(), last, turned(self._root, root, sizes)) if key else ""
        return Laid(Written(key, tuple(paths), print_, "", (*pages,)), b"".join(lines))

    def take(self, name: str, laid: Laid) -> None:
        """Take in a part whose files lie there."""
        self._known.pop(name, None)
        self._sums.put(name, laid.written.key, laid.sums)
        self.parts[name] = laid.written

    def annotate(self, name: str, note: str) -> None:
        """What the maker of a part wants to know of it next time."""
        self.parts[name] = self.parts[name]._replace(note=note)

    def _write(self, file: str, data: bytes) -> int:
        """When it was written, in nanoseconds."""
        folder = os.path.dirname(file)
        if folder not in self._there:
            self._make(folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            handle = os.open(file, flags, 0o666)
        except FileExistsError:
            os.unlink(file)
            handle = os.open(file, flags, 0o666)
        try:
            while data:
                data = data[os.write(handle, data) :]
            return os.fstat(handle).st_mtime_ns
        finally:
            os.close(handle)

    def _make(self, folder: str) -> None:
        """A folder with those that hold it; each is asked for once."""
        above = os.path.dirname(folder)
        if folder != self._root and above not in self._there:
            self._make(above)
        with suppress(FileExistsError):
            os.mkdir(folder)
        self._there.add(folder)

    def _drop(self, name: str) -> None:
        """Remove what there is of a part."""
        known = self._known.pop(name, None)
        if known is not None:
            self._remove(known.paths)

    def _remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            full = os.path.join(self._root, path)
            if path.endswith("/"):
                shutil.rmtree(full, ignore_errors=True)
                self._there.clear()
            elif os.path.lexists(full):
                os.unlink(full)

    def drop_all_but(self, names: Iterable[str]) -> None:
        """Remove the parts that are no longer wanted."""
        for name in self._known.keys() - set(names):
            self._drop(name)

    def pages(self) -> list[str]:
        """The addresses of all pages, in order."""
        return sorted(url for one in self.parts.values() for url in one.pages)

    def finish(self) -> None:
        """Remove whatever belongs to no part, where the folder was in use before."""
        if not self._is_used:
            return
        owned = {path for one in self.parts.values() for path in one.paths} | {MADE_HERE}
        clear(self._root, "", owned)

    def write_sums(self) -> None:
        """Write the sums of all files that were written or kept."""
        with open(self.folder / NAME, "xb") as stream:
            for name, one in sorted(self.parts.items()):
                stream.write(self._sums.of(name, one.key, self.folder, one.paths))

    def remember(self, store: Store, place: str) -> None:
        """Let the next build know what there is, here and in the site before, both meant for a `place`."""
        if self._known_before:
            _remember(store, place + _BEFORE, self._before, self._known_before)
        _remember(store, place, self.folder, self.parts)
        self._sums.keep(store)

    def remember_beside(self, store: Store, place: str) -> None:
        """Let the next build know what there is, beside what it knows of the site in its place."""
        _remember(store, place + _BEFORE, self.folder, self.parts)


_SITE = "site"
_BEFORE = " before"
"""What follows the place of a site in the name of the folder that the next build brings up to date."""
_PAGE = "index.html"


def _remember(store: Store, place: str, folder: Path | str, parts: Mapping[str, Written]) -> None:
    store.put(_SITE, place, _identity(folder), packed(parts))


def _remembered(store: Store | None, folder: Path | None) -> dict[str, Written]:
    """What is known of a folder, wherever it lay when it was written."""
    if store is None or folder is None or not folder.is_dir():
        return {}
    data = store.found(_SITE, _identity(folder))
    if data is None:
        return {}
    known: Mapping[str, Written] = pickle.loads(data)
    return dict(known)


def _identity(folder: Path | str) -> str:
    """A folder's number on its disk, which stays when it is renamed."""
    status = os.stat(folder)
    return f"{status.st_dev} {status.st_ino}"
