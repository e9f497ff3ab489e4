"""What a run begins before anything else: the store is opened, and Git looks at the disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from generator.judging.store import Store, StoredFolders
from generator.reading.index import Looking, looking_at


class Begun(NamedTuple):
    """A store, and Git looking at the records meanwhile."""

    store: Store | None
    """None where there can be none."""
    looking: Looking | None
    """None where there is no store or no Git."""


@contextmanager
def begun(root: Path) -> Iterator[Begun]:
    """Both begun. This loads little, so that all else can be loaded while Git looks."""
    store = Store.open(root)
    if store is None:
        yield Begun(None, None)
        return
    with looking_at(root, StoredFolders(store)) as looking:
        yield Begun(store, looking)
