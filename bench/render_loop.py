"""The bare loops that a build is held against: the same templates on ready values, and nothing else; and the
same with the making of these values from facts that are in memory.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench.content import DAY
from generator import workers
from generator.cli import LOOKS_FOR_GARBAGE
from generator.site.build import build_site
from generator.site.output import Output
from generator.site.parts import Part, Parts
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
        self.spent, self.making = Spent(), Spent()

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

    def makes(self, part: Part, prepare: Callable[[], object]) -> Part:
        """A part that counts what it takes to make its pages, once all that they are made of is in memory."""

        def made() -> Iterable[Page]:
            prepare()
            with self.making:
                return list(part.pages())

        return replace(part, pages=made)


def render(records: Path, folder: Path) -> Loop:
    """Pour and write every page of a site from ready values; what was spent on that, and on the values.

    A build makes facts and shells as always; they are not counted. It is one process: what another one pours
    is not seen here.
    """
    workers.FEWEST = sys.maxsize
    loop = Loop(folder / "loop", Output.pour)
    client, general = Parts.client, Parts.general

    def of_client(parts: Parts, id_: str) -> Part:
        def fetch() -> object:
            facts = parts._facts
            return facts.result.world.clients[id_], facts.owed.of(id_), facts.summaries[id_]

        return loop.makes(client(parts, id_), fetch)

    def of_others(parts: Parts) -> Iterator[Part]:
        # Made once before they are counted: that fetches whatever they look up.
        return (loop.makes(part, lambda part=part: list(part.pages())) for part in general(parts))  # type: ignore[misc]

    Parts.client = of_client  # type: ignore[assignment, method-assign]
    Parts.general = of_others  # type: ignore[assignment, method-assign]
    Output.pour = lambda output, shell, page: loop.take(output, shell, page)  # type: ignore[assignment, method-assign]
    day = date.fromisoformat(DAY)
    build_site(records, day, day, folder / "site", strict=False)
    loop.work()
    return loop


def main(root: str, folder: str) -> None:
    """Tell what was spent."""
    # As the command has it: the loops shall not look for garbage more often than what is held against them.
    gc.set_threshold(*LOOKS_FOR_GARBAGE)
    loop = render(Path(root), Path(folder))
    spent, making = loop.spent, loop.making
    built = sum(1 for _ in Path(folder, "site").rglob("index.html"))
    if not making.cpu or spent.pages != built:
        raise SystemExit(f"the build poured {spent.pages} of {built} pages where the loop could take them")
    told = {"cpu": spent.cpu, "wall": spent.wall, "pages": spent.pages}
    sys.stdout.write(json.dumps(told | {"making cpu": making.cpu, "making wall": making.wall}))


if __name__ == "__main__":
    main(*sys.argv[1:])
