"""The table of a run, and the file of results: a section for each number of clients."""

import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import yaml

from bench.baselines import hugo_version
from bench.content import Workplace, call, megabytes
from bench.lines import LINES, Figure, Line
from bench.measure import ROOT, Failed
from bench.pages import leaves
from bench.series import site_sizes

TITLE = "# Measured\n\n`make bench` writes this file; what the lines mean is told in `bench/README.md`.\n"
NOT_ASKED = "not asked for in this run"
REACHED, SHORT, OPEN = "reached", "**falls short**", "cannot be told at this size"
_MISSING, _ERROR = "not measured: ", "**error**: "
_HEADINGS = (
    "| line | measured | to reach | verdict | how | program |",
    "| --- | --- | --- | --- | --- | --- |",
)
_MARKS = (
    "files of records",
    "our site ",
    "are the leaf pages",
    "their site by mkdocs",
    "their site by hugo",
    "in the render loop",
    "- Python ",
)
"""By these the sizes and versions in a head are known, in their order."""
Rows = Mapping[str, str]
"""By the names of lines."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line's figure, or why it has none."""

    line: Line
    figure: Figure | None
    missing: str = ""
    is_error: bool = False

    @property
    def verdict(self) -> str:
        """In words."""
        if self.figure is None:
            return f"{_ERROR}{self.missing}" if self.is_error else f"{_MISSING}{self.missing}"
        return {True: REACHED, False: SHORT, None: OPEN}[self.figure.reached]


def rows(outcomes: Sequence[Outcome], program: str) -> Rows:
    """A row of the table for each line that was asked for; `program` names the state that was measured."""
    found = {}
    for outcome in outcomes:
        if outcome.missing == NOT_ASKED:
            continue
        figure = outcome.figure or Figure("—", "", None)
        cells = (
            outcome.line.name,
            figure.value,
            figure.reach,
            _one_line(outcome.verdict),
            figure.how,
            program,
        )
        found[outcome.line.name] = f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
    return found


def table(found: Rows) -> str:
    """A Markdown table in the order of the lines, and in words which of them fall short."""
    names = [line.name for line in LINES if line.name in found]
    return "\n".join((*_HEADINGS, *(found[name] for name in names))) + "\n\n" + summary(found)


def summary(found: Rows) -> str:
    """Which lines fall short, and which were not measured."""
    verdicts = {name: _cells(row)[3] for name, row in found.items()}
    short = [name for name, verdict in verdicts.items() if verdict == SHORT]
    told = [f"Falls short ({len(short)}): {'; '.join(short)}." if short else "No line falls short."]
    failed = [name for name, verdict in verdicts.items() if verdict.startswith((_MISSING, _ERROR))]
    not_asked = [line.name for line in LINES if line.name not in found]
    for what, names in (("Not measured", failed), ("Not asked for", not_asked)):
        told += [f"{what} ({len(names)}): {'; '.join(names)}."] if names else []
    return "\n\n".join(told) + "\n"


def _cells(row: str) -> list[str]:
    return row.removeprefix("| ").removesuffix(" |").split(" | ")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


def sizes(place: Workplace) -> str:
    """What was measured on."""
    files, size = megabytes(place.cold.records)
    lines = [f"{place.cold.clients:,} clients, {files:,} files of records, {size:,.1f} MB"]
    if "site" in place.kept:  # else nobody needed one, and building it takes ten minutes at 10,000 clients
        lines.append(f"our site {site_sizes(place)}")
    if "leaf pages" in place.sizes:
        own = sum(file.stat().st_size for file in leaves(place.site)) / 1e6
        count = place.sizes["leaf pages"]
        lines.append(
            f"{count:,.0f} of them, {own:,.1f} MB, are the leaf pages that MkDocs and Hugo build, too"
        )
    for name in ("mkdocs", "hugo"):
        if name in place.sizes:
            lines.append(f"their site by {name} {place.sizes[name]:,.1f} MB of HTML")
    if "loop pages" in place.sizes:
        lines.append(f"{place.sizes['loop pages']:,.0f} pages in the render loop")
    return "\n".join(f"- {line}" for line in lines)


def versions() -> str:
    """What it was measured with."""
    from yaml import _yaml

    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    told = [
        f"Python {platform.python_version()}",
        f"MkDocs {version('mkdocs')}",
        f"Material {version('mkdocs-material')}",
        hugo_version().partition(" BuildDate")[0],
        f"PyYAML {yaml.__version__} with libyaml {_yaml.get_version_string()}",
        call("git", "--version").strip(),
        f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}",
    ]
    return "- " + "; ".join(told)


def program() -> str:
    """Which state of the program is measured: its commit, with a plus where it was changed since."""
    try:
        return call("git", "describe", "--always", "--exclude=*", "--dirty=+", folder=ROOT).strip()
    except Failed:
        return "—"


def section(place: Workplace, outcomes: Sequence[Outcome], runs: int, slow_runs: int) -> str:
    """All that a run has to tell."""
    how = (
        f"Medians; runs in turn: {runs}, of MkDocs {slow_runs}. CPU is user and system time of all "
        "processes, memory the highest peak."
    )
    head = f"## {place.cold.clients:,} clients"
    return "\n\n".join((head, how, sizes(place) + "\n" + versions(), table(rows(outcomes, program()))))


def put(file: Path, text: str) -> None:
    """Write a section into the file of results; those of other sizes stay, and of its own the lines that were
    not asked for this time: what takes a night can be measured in portions.
    """
    old = file.read_text("utf-8") if file.exists() else ""
    parts = {_clients(part): part for part in re.split(r"(?m)^(?=## )", old) if part.startswith("## ")}
    before = parts.get(_clients(text), "")
    head = _merged(before.partition(_HEADINGS[0])[0], text.partition(_HEADINGS[0])[0])
    parts[_clients(text)] = head + table({**_rows_in(before), **_rows_in(text)})
    whole = [TITLE, *(parts[clients].strip() + "\n" for clients in sorted(parts))]
    file.write_text("\n".join(whole), "utf-8")


def _merged(old: str, new: str) -> str:
    """The new head, with the sizes that only the old one tells: a portion knows none of what others made."""
    told = {
        mark: line
        for head in (old, new)
        for line in head.splitlines()
        if line.startswith("- ") and (mark := next((one for one in _MARKS if one in line), ""))
    }
    others = [line for line in new.splitlines() if not any(mark in line for mark in _MARKS)]
    parts = "\n".join(others).strip(), "\n".join(told[mark] for mark in _MARKS if mark in told)
    return "".join(f"{part}\n\n" for part in parts if part)


def _clients(text: str) -> int:
    return int(text.split()[1].replace(",", ""))


def _rows_in(section: str) -> Rows:
    names = {line.name for line in LINES}
    return {_cells(row)[0]: row for row in section.splitlines() if _cells(row)[0] in names}
