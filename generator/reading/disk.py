"""What lies in a folder, and which client a path belongs to: what both kinds of keys of contents need."""

import os
from collections.abc import Iterator
from pathlib import Path

from generator.model.ids import is_id

_CLIENTS = b"clients/"


def client_of(path: bytes) -> str | None:
    """The client in whose folder a path lies, None for all other paths."""
    if not path.startswith(_CLIENTS):
        return None
    id_, slash, _ = path[len(_CLIENTS) :].partition(b"/")
    return name if slash and is_id(name := os.fsdecode(id_)) else None


def below(folder: Path, prefix: bytes) -> Iterator[tuple[bytes, os.stat_result]]:
    """Every file and folder below a folder, in the order of their names, no link followed. Raises OSError."""
    with os.scandir(os.fsencode(folder)) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        path = prefix + entry.name
        yield path, entry.stat(follow_symlinks=False)
        if entry.is_dir(follow_symlinks=False):
            yield from below(Path(os.fsdecode(entry.path)), path + b"/")
