"""A folder in which a site is made, in .kam-cache/ beside the target, and the swap of both.

After a swap the old site stays there, or a second one of links is made: the next build brings it up to date,
which takes less than a new folder. A folder in work is locked, so that builds at the same time take each
their own; what a build that was killed left behind is unlocked, and is used or removed by the next.
"""

import ctypes
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from generator.judging.store import cache_folder

_KAM = ".kam-"
"""What follows the site's name in the name of a folder of work."""
CAN_LOCK = os.name == "posix"
if CAN_LOCK:
    import fcntl


class Workshop:
    """Where a site is made. Raises OSError where it cannot be written."""

    def __init__(self, target: Path, *, again: bool) -> None:
        """`again` tells whether a folder of an earlier build may be brought up to date."""
        self._target = target
        self._again = again
        self._is_new = False
        self._lock: int | None = None
        self.folder = self._home = target
        self.keeps_old = False
        """Whether the old site is worth keeping for the next build."""

    def __enter__(self) -> "Workshop":
        self._target.parent.mkdir(parents=True, exist_ok=True)
        self._choose_home()
        self._look_through()
        if self._lock is None:
            self._is_new = True
            self.folder, self._lock = self._fresh()
        return self

    def _choose_home(self) -> None:
        try:
            self._home = cache_folder(self._target.parent)
        except OSError:
            # A file or a link stands there: beside the site, then, and nothing is kept.
            self._home, self._again = self._target.parent, False

    def _look_through(self) -> None:
        """Take a folder that was left for this site, and remove what nobody will take: what else was left for
        it, and what was left for sites that are gone, whose files it would hold.
        """
        for folder in sorted(self._home.glob(f".*{_KAM}*")):
            site = self._target.with_name(folder.name[1:].rpartition(_KAM)[0])
            if site != self._target and (self._home == self._target.parent or site.exists()):
                continue
            if folder.is_symlink() or not folder.is_dir():
                folder.unlink()
                continue
            try:
                lock = _lock(folder)
            except InWork:
                continue
            if lock is None:
                continue
            if site == self._target and self._again and self._lock is None:
                self.folder, self._lock = folder, lock
            else:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)

    @property
    def _prefix(self) -> str:
        return f".{self._target.name}{_KAM}"

    def swap(self) -> None:
        """Put the new site in the old one's place; where that fails the old one stays."""
        if not self._target.exists():
            self.folder.chmod(0o755)
            self.folder.rename(self._target)
            return
        _open_to_the_same(self._target, self.folder)
        if not _exchanged(self.folder, self._target):
            aside = Path(tempfile.mkdtemp(prefix=self._prefix, dir=self._home))
            aside.rmdir()
            self._target.rename(aside)
            try:
                self.folder.rename(self._target)
            except OSError:
                aside.rename(self._target)
                raise
            self.folder = aside
        if not (self.keeps_old and CAN_LOCK):
            self._remove_old()

    def _remove_old(self) -> None:
        # Locked: it takes a while, and looks meanwhile like what a killed build left.
        with suppress(InWork):
            lock = _lock(self.folder)
            shutil.rmtree(self.folder, ignore_errors=True)
            if lock is not None:
                os.close(lock)

    def leave_another(self, fill: Callable[[Path], None]) -> None:
        """Have a second folder filled, which the next build may take; where that fails there is none."""
        if not (self._again and CAN_LOCK):
            return
        # The site is in its place: nothing has failed but what would have been quicker.
        with suppress(OSError):
            folder, lock = self._fresh()
            try:
                fill(folder)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            finally:
                if lock is not None:
                    os.close(lock)

    def _fresh(self) -> tuple[Path, int | None]:
        while True:
            folder = Path(tempfile.mkdtemp(prefix=self._prefix, dir=self._home))
            # Another build may clear it away, or take it, before it is locked.
            with suppress(InWork):
                return folder, _lock(folder)

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        if kind is not None and self._is_new:
            shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)


def _open_to_the_same(old: Path, new: Path) -> None:
    """Who may read a site was said of its folder: the new one is open to the same people."""
    status = old.stat()
    with suppress(OSError, AttributeError):
        os.chown(new, -1, status.st_gid)
    new.chmod(stat.S_IMODE(status.st_mode))


class InWork(Exception):
    """A folder is another build's."""


def _lock(folder: Path) -> int | None:
    """A lock on a folder, as long as it is open; None where there are no locks.

    Raises InWork where another build has it or has taken it away, or it is not ours to open.
    """
    if not CAN_LOCK:
        return None
    try:
        lock = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise InWork from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(lock), os.stat(folder)):
            return lock
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError:
        os.close(lock)
        return None
    os.close(lock)
    raise InWork


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change their names at one moment, where the system can do that."""
    if sys.platform != "linux":
        return False
    with suppress(AttributeError, OSError):
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        here, exchange = -100, 2
        return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
    return False
