"""What the dearest records cost: each text of tests/costly.py at its limit, read and judged, or rendered.

`python -m bench.limits record|body NAME` does one, so that its memory is its own.
"""

import gc
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bench.measure import ROOT, Usage, run, say
from generator.cli import LOOKS_FOR_GARBAGE
from generator.pipeline import run as judged
from generator.reading.text import MAX_BODY, MAX_RECORD
from generator.site import markdown
from tests.cases_runner import BASE_DAY, lay_out
from tests.costly import MARKDOWN, YAML, fitting

_EVENTS = "clients/hengda-steel/2026/events.yml"


@dataclass(frozen=True, slots=True)
class Dearest:
    """The text that took most CPU, with what it used, and the highest memory of all."""

    name: str
    seconds: float
    memory: float
    count: int


@cache
def dearest(kind: str) -> Dearest:
    """Of all records, or of all bodies; the interpreter and its imports are counted in."""
    found: dict[str, Usage] = {}
    for name in YAML if kind == "record" else MARKDOWN:
        found[name] = run([sys.executable, "-m", "bench.limits", kind, name], ROOT)
        say(f"  {kind}, {name}: {found[name]}")
    most = max(found, key=lambda name: found[name].cpu)
    return Dearest(most, found[most].cpu, max(usage.memory for usage in found.values()), len(found))


def _judge(name: str, day: date = BASE_DAY) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = lay_out(Path(folder), {_EVENTS: fitting(YAML[name], MAX_RECORD)})
        judged(root, day, day, processes=1)


if __name__ == "__main__":
    # As the command has it: what is measured is what the command would take.
    gc.set_threshold(*LOOKS_FOR_GARBAGE)
    if sys.argv[1] == "record":
        _judge(sys.argv[2])
    else:
        markdown.render(fitting(MARKDOWN[sys.argv[2]], MAX_BODY))
