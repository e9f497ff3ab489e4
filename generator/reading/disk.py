"""What lies in a folder, and which client a path belongs to: what both kinds of keys of contents need."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.model.ids import is_id

_CLIENTS = b"clients/"


def client_of(path: bytes) -> str | None:
    """The client in whose folder a path lies, None for all other paths."""
    if not path.startswith(_CLIENTS):
        return None
    id_, slash, _ = path[len(_CLIENTS) :].partition(b"/")
    return name if slash and is_id(name := os.fsdecode(id_)) else None


def below(
    folder: Path, prefix: bytes, closed: Sequence[bytes] = ()
) -> Iterator[tuple[bytes, os.stat_result]]:
    """Every file and folder below a folder, links not followed, in the order of their names.

    Folders of the names in `closed` are named and not looked into. Raises OSError.
    """
    with os.scandir(os.fsencode(folder)) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        path = prefix + entry.name
        yield path, entry.stat(follow_symlinks=False)
        if entry.is_dir(follow_symlinks=False) and path not in closed:
            yield from below(Path(os.fsdecode(entry.path)), path + b"/")
