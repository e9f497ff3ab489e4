"""Two processes: a forked helper does chunks of a long work while this process does the others.

What comes back is flat and small, never trees. Whatever the helper does not give back, because it died or
hangs, this process does itself: the result is the same.
"""

import gc
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from generator.apart import processes

CHUNK = 16
"""How many clients are handed over at once: some tenths of a second."""
FEWEST = 96
"""Of how many clients on a second process is worth its start."""
_PATIENCE = 30.0
"""Seconds for which the last chunk is waited for, at least."""

Made = TypeVar("Made")
"""What the work makes of an id; it must come through a pipe."""


def shared(
    ids: Sequence[str], work: Callable[[str], Made], apart: Callable[[], None] | None = None, *, most: int = 2
) -> Iterator[Made]:
    """The work on every id, in some order, in `most` processes where two help.

    `apart` is what the other one does first, of what it must not share with this one.
    """
    if most > 1 and len(ids) >= FEWEST and processes() > 1:
        return _in_two(ids, work, apart)
    return map(work, ids)


def _in_two(
    ids: Sequence[str], work: Callable[[str], Made], apart: Callable[[], None] | None
) -> Iterator[Made]:
    try:
        helper: _Helper[Made] = _Helper(ids, work, apart)
    except OSError:
        # There may be no more processes, or not enough memory for another.
        yield from map(work, ids)
        return
    try:
        while helper.waiting:
            yield work(helper.take())
            yield from helper.came()
        yield from helper.last()
        # Only where the helper is gone: what it has not given back.
        for id_ in helper.missing():
            yield work(id_)
    finally:
        helper.close()


class _Helper(Generic[Made]):
    """The other process, and the ids that nobody has begun."""

    def __init__(
        self, ids: Sequence[str], work: Callable[[str], Made], apart: Callable[[], None] | None = None
    ) -> None:
        self.waiting = deque(ids)
        self._out: deque[list[str]] = deque()
        """Chunks that are with the helper, the oldest first."""
        self._slowest = 0.0
        self._since = time.monotonic()
        context = get_context("fork")
        self._pipe, far = context.Pipe()
        gc.collect()
        # So that the helper does not copy all of memory by looking at it.
        gc.freeze()
        self._process = context.Process(target=_serve, args=(far, self._pipe, work, apart), daemon=True)
        try:
            self._process.start()
        except OSError:
            self._pipe.close()
            gc.unfreeze()
            raise
        finally:
            far.close()
        self._hand_over()
        self._hand_over()

    def take(self) -> str:
        """The next id for this process: the helper takes from the end."""
        return self.waiting.popleft()

    def _hand_over(self) -> None:
        chunk = [self.waiting.pop() for _ in range(min(CHUNK, len(self.waiting) // 2))]
        if chunk:
            self._out.append(chunk)
            # Where nobody takes it, that is seen when it is asked for.
            with suppress(OSError):
                self._pipe.send_bytes(pickle.dumps(chunk))

    def came(self) -> Iterator[Made]:
        """What the helper has given back meanwhile."""
        try:
            while self._out and self._pipe.poll():
                yield from self._received()
        except (EOFError, OSError):
            self._give_up()

    def _received(self) -> list[Made]:
        found: list[Made] = pickle.loads(self._pipe.recv_bytes())
        now = time.monotonic()
        self._slowest, self._since = max(self._slowest, now - self._since), now
        self._out.popleft()
        self._hand_over()
        return found

    def last(self) -> Iterator[Made]:
        """What it still has to give back, which is waited for."""
        try:
            while self._out and self._pipe.poll(max(_PATIENCE, 10 * self._slowest)):
                yield from self._received()
        except (EOFError, OSError):
            self._give_up()

    def _give_up(self) -> None:
        # It may only be slow: what it would still write must not meet what is written here.
        self._process.kill()
        self._process.join()
        self.waiting.extend(id_ for chunk in self._out for id_ in chunk)
        self._out.clear()

    def missing(self) -> list[str]:
        """What it had and has not given back, after all else is done."""
        self._give_up()
        return list(self.waiting)

    def close(self) -> None:
        """End the helper, whatever it does."""
        self._pipe.close()
        self._process.kill()
        self._process.join()
        gc.unfreeze()


def _serve(
    pipe: Connection,
    other_end: Connection,
    work: Callable[[str], object],
    apart: Callable[[], None] | None,
) -> None:
    """The helper: does chunk after chunk until the pipe ends."""
    other_end.close()
    # Ctrl+C reaches both processes; the other one ends this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        if apart:
            apart()
        while True:
            ids: list[str] = pickle.loads(pipe.recv_bytes())
            pipe.send_bytes(pickle.dumps([work(id_) for id_ in ids]))
    except (EOFError, OSError):
        pass
    finally:
        # Nothing is closed that the other process still uses: not the store, not the terminal.
        os._exit(0)
