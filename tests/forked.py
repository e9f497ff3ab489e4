"""What becomes of a second process, and how tests have one for a few clients."""

import os
import signal
import time

import pytest

from generator import workers


def two_processes(monkeypatch: pytest.MonkeyPatch, chunk: int = 2) -> None:
    """Two clients are worth a second process, whatever machine this is."""
    monkeypatch.setattr(workers, "FEWEST", 2)
    monkeypatch.setattr(workers, "CHUNK", chunk)
    monkeypatch.setattr(workers, "processes", lambda: 2)


def killed() -> None:
    """The machine has no memory left, say."""
    os.kill(os.getpid(), signal.SIGKILL)


def failing() -> None:
    """A mistake of the program's."""
    raise RuntimeError("a mistake")


def hanging() -> None:
    """It waits for something that does not come."""
    time.sleep(60)
