"""Running commands and measuring them: CPU, wall time, memory; in turn; medians and ratios."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
_SPAWN = Path(__file__).with_name("spawn.py")
_QUIET = {"NO_MKDOCS_2_WARNING": "1", "GIT_CONFIG_GLOBAL": os.devnull, "PYTHONPATH": str(ROOT)}
_NOT_COMPILED = "PYTHONDONTWRITEBYTECODE"


class NotMeasured(Exception):
    """A line cannot be measured here; the text says why."""


class Failed(Exception):
    """A command failed that should not."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run used: seconds, seconds, and megabytes at the peak."""

    cpu: float
    wall: float
    memory: float = 0.0

    def __str__(self) -> str:
        return f"CPU {self.cpu:.2f} s, wall {self.wall:.2f} s, {self.memory:.0f} MB"


@dataclass(slots=True)
class Series:
    """The runs of one thing, and why there are none where there are none."""

    runs: list[Usage] = field(default_factory=list)
    missing: str = ""
    is_error: bool = False

    def _values(self, of: Callable[[Usage], float]) -> list[float]:
        if not self.runs:
            raise (Failed if self.is_error else NotMeasured)(self.missing or "it was not run")
        return [of(run) for run in self.runs]

    @property
    def cpu(self) -> float:
        """The median of the CPU seconds."""
        return median(self._values(lambda run: run.cpu))

    @property
    def wall(self) -> float:
        """The median of the wall seconds."""
        return median(self._values(lambda run: run.wall))

    @property
    def memory(self) -> float:
        """The highest peak, in megabytes: what a machine must have."""
        return max(self._values(lambda run: run.memory))

    @property
    def count(self) -> int:
        """How many runs there were."""
        return len(self.runs)


def ratio(one: float, other: float) -> float:
    """How many times the other goes into the one."""
    if other <= 0:
        raise NotMeasured("it took no time that can be seen")
    return one / other


def say(text: str) -> None:
    """Progress, on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def environment() -> dict[str, str]:
    """The environment of all commands: this tree's program, and no notices.

    Compiled once, as wherever it is installed: else every start compiles the whole program.
    """
    return {name: value for name, value in os.environ.items() if name != _NOT_COMPILED} | _QUIET


def run(command: Sequence[str | Path], folder: Path, fine: Collection[int] = (0,)) -> Usage:
    """Run a command, and tell what it used. Raises Failed where its exit code is not a fine one."""
    words = [str(word) for word in command]
    with tempfile.TemporaryDirectory(prefix="kam-bench-run-") as place:
        result, output = Path(place, "result"), Path(place, "output")
        spawn = [sys.executable, "-I", "-S", str(_SPAWN), str(result), str(output), *words]
        done = subprocess.run(spawn, cwd=folder, env=environment(), capture_output=True, check=False)
        if done.returncode:
            raise Failed(f"{words[0]}: {done.stderr.decode(errors='replace').strip()[-500:]}")
        found = json.loads(result.read_text("utf-8"))
        if found["exit"] not in fine:
            said = output.read_bytes().decode(errors="replace").strip()[-1500:]
            raise Failed(f"{' '.join(words)} ended with {found['exit']}:\n{said}")
    return Usage(found["cpu"], found["wall"], found["memory"])


def rounds(
    runners: Mapping[str, Callable[[], Usage]], runs: int, slow_runs: int, slow: Collection[str] = ()
) -> dict[str, Series]:
    """Run all of them in turn, again and again, so that what changes on the machine changes for all."""
    found = {name: Series() for name in runners}
    for number in range(runs):
        for name, runner in runners.items():
            series = found[name]
            if series.missing or (name in slow and number >= slow_runs):
                continue
            try:
                usage = runner()
            except (NotMeasured, Failed) as error:
                series.missing, series.is_error = str(error), isinstance(error, Failed)
                say(f"  {name}: {error}")
                continue
            series.runs.append(usage)
            say(f"  {number + 1}/{runs} {name}: {usage}")
    return found
