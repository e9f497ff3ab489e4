"""The table of a run, and the file of results: a section for each number of clients."""

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import yaml

from bench.baselines import hugo_version
from bench.content import Workplace, call, megabytes
from bench.lines import Figure, Line
from bench.pages import leaves
from bench.series import site_sizes

TITLE = "# Measured\n\n`make bench` writes this file; what the lines mean is told in `bench/README.md`.\n"
NOT_ASKED = "not asked for in this run"
REACHED, SHORT, OPEN = "reached", "**falls short**", "cannot be told at this size"


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
            return f"**error**: {self.missing}" if self.is_error else f"not measured: {self.missing}"
        return {True: REACHED, False: SHORT, None: OPEN}[self.figure.reached]


def table(outcomes: Sequence[Outcome]) -> str:
    """A Markdown table, and in words which lines fall short."""
    rows = ["| line | measured | to reach | verdict | how |", "| --- | --- | --- | --- | --- |"]
    for outcome in outcomes:
        if outcome.missing == NOT_ASKED:
            continue
        figure = outcome.figure or Figure("—", "", None)
        cells = (outcome.line.name, figure.value, figure.reach, _one_line(outcome.verdict), figure.how)
        rows.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(rows) + "\n\n" + summary(outcomes)


def summary(outcomes: Sequence[Outcome]) -> str:
    """Which lines fall short, and which were not measured."""
    short = [outcome.line.name for outcome in outcomes if outcome.figure and outcome.figure.reached is False]
    told = [f"Falls short ({len(short)}): {'; '.join(short)}." if short else "No line falls short."]
    for what, asked in (("Not measured", True), ("Not asked for in this run", False)):
        missing = [
            one.line.name for one in outcomes if one.figure is None and (one.missing != NOT_ASKED) is asked
        ]
        told += [f"{what} ({len(missing)}): {'; '.join(missing)}."] if missing else []
    return "\n\n".join(told) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


def sizes(place: Workplace) -> str:
    """What was measured on."""
    files, size = megabytes(place.cold.records)
    lines = [
        f"{place.cold.clients:,} clients, {files:,} files of records, {size:,.1f} MB",
        f"our site {site_sizes(place)}",
    ]
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


def section(place: Workplace, outcomes: Sequence[Outcome], runs: int, slow_runs: int) -> str:
    """All that a run has to tell."""
    how = (
        f"Medians; runs in turn: {runs}, of MkDocs {slow_runs}. CPU is user and system time of all "
        "processes, memory the highest peak."
    )
    head = f"## {place.cold.clients:,} clients"
    return "\n\n".join((head, how, sizes(place) + "\n" + versions(), table(outcomes)))


def put(file: Path, text: str) -> None:
    """Write a section into the file of results; those of other sizes stay."""
    old = file.read_text("utf-8") if file.exists() else ""
    parts = {_clients(part): part for part in re.split(r"(?m)^(?=## )", old) if part.startswith("## ")}
    parts[_clients(text)] = text
    whole = [TITLE, *(parts[clients].strip() + "\n" for clients in sorted(parts))]
    file.write_text("\n".join(whole), "utf-8")


def _clients(text: str) -> int:
    return int(text.split()[1].replace(",", ""))
