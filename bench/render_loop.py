"""The bare loop that a build is held against: the same templates on ready values, and nothing else."""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.content import DAY
from generator.site.build import build_site
from generator.site.output import Output
from generator.site.shell import Shell
from generator.site.values import Page

AT_ONCE = 2000
"""How many pages are held in memory at once: those of 10,000 clients do not fit."""

Pour = Callable[[Output, Shell, Page], bytes]


class Spent:
    """CPU and wall seconds of this process while it is at work."""

    def __init__(self) -> None:
        self.cpu = self.wall = 0.0
        self.pages = 0

    def __enter__(self) -> None:
        self.cpu -= time.process_time()
        self.wall -= time.monotonic()

    def __exit__(self, *_: object) -> None:
        self.cpu += time.process_time()
        self.wall += time.monotonic()


class Loop:
    """Takes the pages that a build would pour, ready as they are, and pours and writes them itself."""

    def __init__(self, folder: Path, pour: Pour) -> None:
        self._folder, self._pour = folder, pour
        self._held: list[tuple[Output, Shell, Page]] = []
        self.spent = Spent()

    def take(self, output: Output, shell: Shell, page: Page) -> bytes:
        """In place of pouring: the build itself writes an empty page."""
        self._held.append((output, shell, page))
        if len(self._held) == AT_ONCE:
            self.work()
        return b""

    def work(self) -> None:
        """The loop."""
        with self.spent:
            for output, shell, page in self._held:
                file = self._folder / page.url / "index.html"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(self._pour(output, shell, page))
        self.spent.pages += len(self._held)
        self._held.clear()


def render(records: Path, folder: Path) -> Spent:
    """Pour and write every page of a site from ready values; what was spent on that alone.

    A build makes the values and the shells as always; only pouring and writing are counted.
    """
    loop = Loop(folder / "loop", Output.pour)
    Output.pour = lambda output, shell, page: loop.take(output, shell, page)  # type: ignore[assignment, method-assign]
    day = date.fromisoformat(DAY)
    build_site(records, day, day, folder / "site", strict=False)
    loop.work()
    return loop.spent


def main(root: str, folder: str) -> None:
    """Tell what was spent."""
    spent = render(Path(root), Path(folder))
    if not spent.pages:
        raise SystemExit("the build poured no page where the loop could take it")
    sys.stdout.write(json.dumps({"cpu": spent.cpu, "wall": spent.wall, "pages": spent.pages}))


if __name__ == "__main__":
    main(*sys.argv[1:])
