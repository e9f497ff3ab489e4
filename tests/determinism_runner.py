"""`kam` on a machine whose disk tells the names in a folder in another order.

python -m tests.determinism_runner ORDER COMMAND…
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

_scandir, _listdir = os.scandir, os.listdir


class _Turned:
    """What `os.scandir` gives, from the last name to the first."""

    def __init__(self, *arguments: Any) -> None:
        with _scandir(*arguments) as listing:
            self._left = iter(sorted(listing, key=lambda entry: entry.name, reverse=True))

    def __iter__(self) -> Iterator[os.DirEntry[Any]]:
        return self._left

    def __next__(self) -> os.DirEntry[Any]:
        return next(self._left)

    def __enter__(self) -> "_Turned":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is open."""


if __name__ == "__main__":
    if sys.argv[1] == "turned":
        os.scandir = _Turned  # type: ignore[assignment]
        os.listdir = lambda *arguments: sorted(_listdir(*arguments), reverse=True)  # type: ignore[assignment]

    from generator.cli import main

    sys.exit(main(sys.argv[2:]))
