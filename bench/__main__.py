"""`make bench`: measures every line of the table, prints it, and writes bench/RESULTS.md."""

import shutil
import sys
import tempfile
from pathlib import Path

import click

from bench import report
from bench.content import Workplace
from bench.lines import LINES, Bench, Line
from bench.measure import ROOT, Failed, NotMeasured, rounds, say
from bench.series import SERIES, SLOW

RESULTS = ROOT / "bench" / "RESULTS.md"
LEAST = 5
"""Fewer runs than this make no result that is written down unasked."""


@click.command()
@click.option("--size", type=click.IntRange(10), default=1000, help="Number of clients.")
@click.option("--runs", type=click.IntRange(1), default=LEAST, help="Runs of each command.")
@click.option("--slow-runs", type=click.IntRange(1), help="Runs of MkDocs: 1 above 3,000 clients, else all.")
@click.option("--only", metavar="LINE,…", help="Only these lines; any wrong name lists them all.")
@click.option(
    "--growth", is_flag=True, help="Measure growth up to ten times the size, not from a tenth of it."
)
@click.option(
    "--records", type=click.Path(path_type=Path, exists=True), help="Records in place of made ones."
)
@click.option(
    "--keep", type=click.Path(path_type=Path), help="Work in this folder, keep it, use what is there."
)
@click.option("--output", type=click.Path(path_type=Path), help="File of results; default bench/RESULTS.md.")
def main(
    size: int,
    runs: int,
    slow_runs: int | None,
    only: str | None,
    growth: bool,
    records: Path | None,
    keep: Path | None,
    output: Path | None,
) -> None:
    """Measure the site and the check against baselines on the same content, in turn."""
    lines = _chosen(only)
    folder = (keep or Path(tempfile.mkdtemp(prefix="kam-bench-"))).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if records:
        size = sum(one.is_dir() for one in (records / "clients").iterdir())
    place = Workplace(folder, size, records.resolve() if records else None, growth)
    slow_runs = min(runs, slow_runs or (1 if size > 3000 else runs))
    program = _program()
    try:
        outcomes = measure(place, lines, runs, slow_runs)
        text = report.section(place, outcomes, runs, slow_runs)
        click.echo(text)
        if program != _program():
            raise click.ClickException("the program was changed while it was measured; nothing is written")
        # Before the sites are removed, which takes its time: what took an hour shall not be lost.
        if output or (only is None and records is None and runs >= LEAST):
            report.put(output or RESULTS, text)
        else:
            say("Not written to bench/RESULTS.md: only a whole run of five rounds is; --output writes any.")
    except Failed as error:
        raise click.ClickException(str(error)) from error
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(any(outcome.is_error for outcome in outcomes))


def _chosen(only: str | None) -> list[Line]:
    keys = [line.key for line in LINES]
    wanted = [key.strip() for key in only.split(",")] if only else keys
    if unknown := [key for key in wanted if key not in keys]:
        told = f"no line {', '.join(unknown)}; there are {', '.join(keys)}"
        raise click.BadParameter(told, param_hint="--only")
    return [line for line in LINES if line.key in wanted]


def measure(place: Workplace, lines: list[Line], runs: int, slow_runs: int) -> list[report.Outcome]:
    """Run in turn all that the lines need, then find their figures."""
    say(f"{place.cold.clients} clients in {place.folder}")
    needed = {name for line in lines for name in line.needs}
    runners = {name: lambda run=run: run(place) for name, run in SERIES.items() if name in needed}
    bench = Bench(place, rounds(runners, runs, slow_runs, SLOW), runs)
    chosen = {line.key: _outcome(bench, line) for line in lines}
    return [chosen.get(line.key) or report.Outcome(line, None, report.NOT_ASKED) for line in LINES]


def _program() -> set[tuple[Path, int]]:
    """Stands for the program's files as they are."""
    folders = (ROOT / "generator", ROOT / "site_templates")
    files = (file for folder in folders for file in folder.rglob("*") if file.suffix != ".pyc")
    return {(file, file.stat().st_mtime_ns) for file in files if file.is_file()}


def _outcome(bench: Bench, line: Line) -> report.Outcome:
    say(line.name)
    try:
        return report.Outcome(line, line.figure(bench))
    except NotMeasured as error:
        return report.Outcome(line, None, str(error))
    except Exception as error:  # the other figures, of hours, shall not be lost
        told = str(error) if isinstance(error, Failed) else repr(error)
        return report.Outcome(line, None, told, is_error=True)


if __name__ == "__main__":
    main()
