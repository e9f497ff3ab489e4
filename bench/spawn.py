"""Runs one command and tells what its whole process tree used: `spawn.py RESULT OUTPUT COMMAND…`.

A process of its own, kept small, because Linux counts the memory of whoever starts a command as the command's
until its program is loaded.
"""

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

_LOOK_EVERY = 0.1


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for file in Path(f"/proc/{pid}/task").glob("*/children"):
            found += map(int, file.read_text().split())
    return found


def _tree(pid: int) -> list[int]:
    return [pid, *(one for child in _children(pid) for one in _tree(child))]


def _own_share(pid: int) -> int:
    """The kilobytes of a process; what it shares with others counts by its part."""
    with suppress(OSError, ValueError, IndexError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


class Watch(threading.Thread):
    """Looks now and then how much memory the processes of a tree hold together.

    While there is but one, the kernel's own count is exact, and nothing is asked.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self.peak = 0

    def run(self) -> None:
        """Look until the end."""
        while not self._over.wait(_LOOK_EVERY):
            tree = _tree(self._pid)
            if len(tree) > 1:
                self.peak = max(self.peak, sum(map(_own_share, tree)))

    def end(self) -> int:
        """The most that was seen, in kilobytes."""
        self._over.set()
        self.join()
        return self.peak


def main(result: str, output: str, *command: str) -> None:
    """Run the command, with its output in a file, and write the result as JSON."""
    with Path(output).open("wb") as stream:
        began = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream)
        with suppress(OSError):
            # Where the memory of the machine does not suffice, this ends and not who measures it.
            Path(f"/proc/{process.pid}/oom_score_adj").write_text("1000")
        watch = Watch(process.pid)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        memory = max(used.ru_maxrss, watch.end())
    found = {
        "exit": process.returncode,
        "cpu": used.ru_utime + used.ru_stime,
        "wall": wall,
        "memory": memory / 1024,
    }
    Path(result).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
