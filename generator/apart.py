"""A second process: whether one helps, and work that is done in one while this process goes on."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress


def processes() -> int:
    """How many processes help: two where the machine has them and a fork is safe."""
    # A fork of a process with threads may hang.
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(2, len(os.sched_getaffinity(0)))


class Apart:
    """A work that was begun in a fork, or is still to be done here where there is none."""

    def __init__(self, work: Callable[[], bytes], *, fork: bool = True) -> None:
        """Begin, where a second process helps and `fork` says that it is worth its start."""
        self._work = work
        self._child = 0
        if not fork or processes() == 1:
            return
        self._pipe, theirs = os.pipe()
        try:
            self._child = os.fork()
        except OSError:
            # There may be no more processes, or not enough memory for another: it is done here.
            os.close(self._pipe)
            os.close(theirs)
            return
        if not self._child:
            with suppress(BaseException):
                os.close(self._pipe)
                with os.fdopen(theirs, "wb") as stream:
                    stream.write(b"+" + work())
            # Nothing is closed that the other process still uses.
            os._exit(0)
        os.close(theirs)

    def made(self) -> bytes:
        """What it made; where the fork made nothing, it is done here."""
        made = b""
        if self._child:
            with os.fdopen(self._pipe, "rb") as stream:
                made = stream.read()
            os.waitpid(self._child, 0)
            self._child = 0
        return made[1:] if made else self._work()

    def end(self) -> None:
        """Nobody asks for it any more."""
        if self._child:
            os.close(self._pipe)
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            self._child = 0
