"""Runs `kam` in this process, and lets something happen at the n-th change of the disk.

    python -m tests.torture_runner WHAT N kam-arguments…

WHAT is "kill" (the process dies there), "full" (from there on nothing can be made or written), or "count"
(how many changes there are, on standard error).
"""

import errno
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

MAKING = ("open", "mkdir", "link", "symlink")
OTHERS = ("rename", "replace", "unlink", "rmdir", "remove")


class Disk:
    """Counts what is done to the disk."""

    def __init__(self, what: str, at: int) -> None:
        self._what, self._at = what, at
        self.changes = 0

    def watched(self, name: str) -> Callable[..., Any]:
        """A function of `os`, watched."""
        real = getattr(os, name)

        def done(*arguments: Any, **named: Any) -> Any:
            flags = arguments[1] if len(arguments) > 1 else named.get("flags", 0)
            if name != "open" or flags & os.O_CREAT:
                self._changed(makes=name in MAKING)
            return real(*arguments, **named)

        return done

    def _changed(self, *, makes: bool) -> None:
        self.changes += 1
        if self._what == "kill" and self.changes == self._at:
            os.kill(os.getpid(), signal.SIGKILL)
        if self._what == "full" and self.changes >= self._at and makes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def main(what: str, at: str, *arguments: str) -> int:
    """The exit code of the command."""
    from generator.cli import main as kam

    disk = Disk(what, int(at))
    for name in (*MAKING, *OTHERS):
        setattr(os, name, disk.watched(name))
    code = kam([*arguments])
    if what == "count":
        sys.stderr.write(f"{disk.changes}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
