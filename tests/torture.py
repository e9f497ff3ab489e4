"""Builds that are killed, or find the disk full, at any change of it: the site that was there stays whole.

python -m tests.torture [TIMES] [SEED]
"""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.site.folder import MADE_HERE
from tests.cases_runner import lay_out
from tests.site_builder import configure, contents
from tests.test_serve import VISIT

Site = Mapping[str, bytes]
TEXTS = ("\n甲。\n", "\n乙，字数不同。\n")
"""What the record that is changed ends with, in turn."""


class Torture:
    """A company of which one record goes to and fro, and its site."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)
        lay_out(folder)
        configure(folder)
        self._text = self._record.read_text("utf-8")
        self.whole: list[Site] = []
        """Both sites, built from nothing."""
        for text in TEXTS:
            self._write(text)
            assert (
                self._run("count", 0, "--no-cache", "--site-dir", f"whole-{len(self.whole)}").returncode == 0
            )
            self.whole.append(contents(folder / f"whole-{len(self.whole)}"))
        self._turn = 0
        self._write(TEXTS[0])
        self._heal()
        self.changes = self._count()

    @property
    def _record(self) -> Path:
        return self._folder / "records" / VISIT

    def _write(self, text: str) -> None:
        self._record.write_text(self._text + text, "utf-8")

    def _run(self, what: str, at: int, *options: str) -> "subprocess.CompletedProcess[str]":
        command = (sys.executable, "-m", "tests.torture_runner", what, str(at))
        return subprocess.run(
            (*command, "build", "--records", str(self._folder / "records"), *options),
            cwd=self._folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    @staticmethod
    def _environment() -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}

    def _count(self) -> int:
        """How often a build changes the disk that takes most of the last site over."""
        self._turn = 1 - self._turn
        self._write(TEXTS[self._turn])
        counted = self._run("count", 0)
        assert counted.returncode == 0, counted.stderr
        return int(counted.stderr.split()[-1])

    @property
    def site(self) -> Site:
        """The site that readers see now."""
        return contents(self._folder / "site")

    def once(self, what: str) -> str:
        """Change the record, and build with something happening; what is wrong then, empty if nothing."""
        before = self.site
        self._turn = 1 - self._turn
        self._write(TEXTS[self._turn])
        at = self._chance.randint(1, self.changes)
        done = self._run(what, at)
        told = f"{what} at change {at} of {self.changes}: exit {done.returncode}"
        now = self.site
        if now not in (before, self.whole[self._turn]):
            return f"{told}: the site is neither the old one nor the new one"
        if what == "full" and done.returncode and now != before:
            return f"{told}: the site was changed"
        if "Traceback" in done.stderr or (what == "full" and done.returncode not in (0, 2)):
            return f"{told}: {done.stderr.strip()[-300:]}"
        return ""

    def heal(self) -> str:
        """Build undisturbed; what is wrong then."""
        done = self._heal()
        if done.returncode:
            return f"the next build fails: {done.stderr[-300:]}"
        if self.site != self.whole[self._turn]:
            return "the next build is not the whole site"
        left = sorted(path.name for path in self._folder.glob(".kam-cache/.site.*"))
        return f"left over: {', '.join(left)}" if len(left) > 1 else ""

    def _heal(self) -> "subprocess.CompletedProcess[str]":
        return self._run("count", 0)


def torture(folder: Path, what: str, times: int, seed: int) -> list[str]:
    """All that went wrong."""
    at_work = Torture(folder, seed)
    assert MADE_HERE in at_work.site
    wrong = []
    for number in range(1, times + 1):
        wrong.append(at_work.once(what))
        if number % 5 == 0 or number == times:
            wrong.append(at_work.heal())
    return [one for one in wrong if one]


def main(times: str = "300", seed: str = "1") -> None:
    """Some hundreds of each."""
    for what in ("kill", "full"):
        with tempfile.TemporaryDirectory() as folder:
            wrong = torture(Path(folder), what, int(times), int(seed))
            sys.stdout.write(
                f"{what}: {times} times, {len(wrong)} wrong\n" + "".join(f"  {one}\n" for one in wrong)
            )
            if wrong:
                sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
