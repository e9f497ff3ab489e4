"""A second process: whether one helps, and work that is done in one while this process goes on."""

import os
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


def apart(work: Callable[[], bytes]) -> Callable[[], bytes]:
    """Begin a work in a fork; the call gives what it made, and does it here where the fork did not."""
    if processes() == 1:
        return work
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException):
            os.close(ours)
            with os.fdopen(theirs, "wb") as stream:
                stream.write(b"+" + work())
        # Nothing is closed that the other process still uses.
        os._exit(0)
    os.close(theirs)

    def wait() -> bytes:
        with os.fdopen(ours, "rb") as stream:
            made = stream.read()
        os.waitpid(child, 0)
        return made[1:] if made else work()

    return wait
