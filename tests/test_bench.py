"""The bench: runs measured in turn, and falling short said plainly."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import report
from bench.baselines import making_loop, render_loop
from bench.content import Workplace
from bench.lines import LINES, Bench, Figure, Line
from bench.measure import Failed, NotMeasured, Series, Usage, ratio, rounds, run
from bench.parse_loop import parse
from bench.series import SERIES, SLOW
from tests.cases_runner import Changes

# Measuring

linux = pytest.mark.skipif(sys.platform != "linux", reason="the bench asks Linux what a process used")


def python(*lines: str) -> Usage:
    """Measures a program."""
    return run([sys.executable, "-I", "-S", "-c", "\n".join(lines)], Path.cwd())


BURN = "sum(n * n for n in range(2_000_000))"
CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-I', '-S', '-c', {!r}], check=True)"


@linux
@pytest.mark.parametrize("burn", [BURN, CHILD.format(BURN)])
def test_cpu_is_seen(burn: str) -> None:
    """Of the process and of its children; waiting costs none."""
    assert python(burn).cpu > 2 * python("import time; time.sleep(0.1)").cpu


@linux
def test_memory_is_seen() -> None:
    """A child's peak, whatever the memory of this process; several at a time count together."""
    hold = "import time; held = bytearray(b'x') * 60_000_000; time.sleep(0.5)"
    alone = python(hold).memory
    assert alone > 50 + python("pass").memory
    both = python("import subprocess, sys", f"c = [sys.executable, '-I', '-S', '-c', {hold!r}]",
                  "p = [subprocess.Popen(c) for _ in range(2)]", "[one.wait() for one in p]")  # fmt: skip
    assert both.memory > alone + 40


@linux
def test_failing_command() -> None:
    """What it said is told; a wanted exit code is fine."""
    with pytest.raises(Failed, match="no such luck"):
        python("raise SystemExit('no such luck')")
    assert run([sys.executable, "-c", "raise SystemExit(1)"], Path.cwd(), fine=(0, 1)).wall > 0


def test_rounds() -> None:
    """In turn; the slow one less often; what cannot be measured is asked once and keeps its reason."""
    asked: list[str] = []

    def one(name: str) -> Callable[[], Usage]:
        def runner() -> Usage:
            asked.append(name)
            if name == "missing":
                raise NotMeasured("no such option")
            return Usage(len(asked), 1.0)

        return runner

    names = ("ours", "slow", "missing")
    found = rounds({name: one(name) for name in names}, 3, 1, slow=("slow",))
    assert asked == ["ours", "slow", "missing", "ours", "ours"]
    assert (found["ours"].cpu, found["ours"].count, found["slow"].count) == (4, 3, 1)
    with pytest.raises(NotMeasured, match="no such option"):
        _ = found["missing"].cpu


def test_medians_and_ratios() -> None:
    """The middle of CPU and wall time, the highest of memory."""
    series = Series([Usage(3, 9, 50), Usage(1, 7, 70), Usage(100, 8, 60)])
    assert (series.cpu, series.wall, series.memory) == (3, 8, 70)
    assert ratio(3, 2) == 1.5
    with pytest.raises(NotMeasured):
        ratio(1, 0)


def test_parse_loop(tmp_path: Path) -> None:
    """It reads records alone, and of Markdown the front matter alone."""
    (tmp_path / "attachments").mkdir()
    for name, text in (("a.yml", "a: 1"), ("b.md", "---\na: 1\n---\n: ["), ("README.md", "{"), ("c.pdf", "")):
        (tmp_path / name).write_text(text, "utf-8")
        (tmp_path / "attachments" / name).write_text("{", "utf-8")
    assert parse(tmp_path) == 2


def test_render_loop(company: Callable[[Changes], Path], tmp_path: Path) -> None:
    """It takes the pages of a build."""
    place = Workplace(tmp_path / "place", 6, company({}))
    place.folder.mkdir()
    ready = render_loop(place)
    assert 0 < ready.cpu < making_loop(place).cpu
    with pytest.raises(NotMeasured):
        making_loop(place)
    assert place.sizes["loop pages"] > 100


def test_a_kept_folder_is_built_as_this_program_says(
    tmp_path: Path, company: Callable[[Changes], Path]
) -> None:
    """Another program's mkdocs.yml may name a folder that is gone."""
    records = company({})
    first = Workplace(tmp_path / "kept", 6, records).warm.folder / "mkdocs.yml"
    written = first.read_text("utf-8")
    first.write_text("docs_dir: /gone\n", "utf-8")
    assert Workplace(tmp_path / "kept", 6, records).warm.folder / "mkdocs.yml" == first
    assert first.read_text("utf-8") == written
    assert "search: false" in written


# The table


def bench(size: int, **cpu: float) -> Bench:
    """A bench with series of one run, by name with underscores."""
    found = {name.replace("_", " "): Series([Usage(seconds, seconds, 100)]) for name, seconds in cpu.items()}
    return Bench(Workplace(Path(), size), found, 1)


def line(key: str) -> Line:
    """A line by its key."""
    return next(line for line in LINES if line.key == key)


def test_lines_need_what_there_is() -> None:
    """Keys are different, and everything needed can be run."""
    assert len({line.key for line in LINES}) == len(LINES)
    assert {name for line in LINES for name in line.needs} == set(SERIES)
    assert set(SLOW) <= set(SERIES)


@pytest.mark.parametrize(
    ("size", "ours", "theirs", "value", "reached"),
    [
        (1000, 1, 12, "12.0× less", True),
        (10_000, 1, 12, "12.0× less", False),
        (1000, 2, 12, "6.0× less", False),
    ],
)
def test_what_is_to_be_reached_depends_on_size(
    size: int, ours: float, theirs: float, value: str, reached: bool
) -> None:
    """Ten times at 1,000 clients, fifteen at 10,000."""
    figure = line("mkdocs-facts").figure(bench(size, build_from_facts=ours, mkdocs=theirs))
    assert (figure.value, figure.reached) == (value, reached)


@pytest.mark.parametrize(
    ("size", "seconds", "reached"),
    [(1000, 1.0, None), (1000, 2.0, False), (10_000, 1.0, True), (10_000, 2.0, False)],
)
def test_a_limit_at_scale_proves_nothing_below(size: int, seconds: float, reached: bool | None) -> None:
    """Kept with fewer clients it is not reached yet; broken with fewer it is broken."""
    assert line("changed-time").figure(bench(size, check_changed=seconds)).reached is reached


def test_report_says_what_falls_short(tmp_path: Path) -> None:
    """In the row, and in words below; errors and missing lines too. Sections of other sizes stay."""
    outcomes = [
        report.Outcome(line("check-cpu"), Figure("2.00", "≤ 1.6", False, "CPU")),
        report.Outcome(line("memory"), Figure("500 MB", "≤ 600 MB", True)),
        report.Outcome(line("serve"), None, "hugo is missing"),
        report.Outcome(line("list"), None, "it\nbroke", is_error=True),
        report.Outcome(line("mkdocs-facts"), None, report.NOT_ASKED),
    ]
    found = report.rows(outcomes, "abc1234")
    text = report.table(found)
    rows = {row.split(" | ")[0]: row for row in text.splitlines()}
    assert "| 2.00 | ≤ 1.6 | **falls short** | CPU | abc1234 |" in rows[f"| {line('check-cpu').name}"]
    assert "| reached |" in rows[f"| {line('memory').name}"]
    assert "not measured: hugo is missing" in rows[f"| {line('serve').name}"]
    assert "**error**: it broke" in rows[f"| {line('list').name}"]
    assert f"Falls short (1): {line('check-cpu').name}." in text
    assert f"Not measured (2): {line('serve').name}; {line('list').name}." in text
    assert text.count(line("mkdocs-facts").name) == 1
    assert f"Not asked for ({len(LINES) - 4}): " in text
    assert "No line falls short." in report.summary(report.rows(outcomes[1:2], ""))
    file = tmp_path / "RESULTS.md"
    for size in ("10,000", "1,000", "10,000"):
        report.put(file, f"## {size} clients\n\n{text}")
    written = file.read_text("utf-8")
    assert written.startswith(report.TITLE)
    assert re.findall("## (.*) clients", written) == ["1,000", "10,000"]


def test_a_portion_leaves_the_other_lines(tmp_path: Path) -> None:
    """What was measured before stays, with the state of the program that it was measured of."""
    file = tmp_path / "RESULTS.md"
    slow = report.Outcome(line("check-cpu"), Figure("2.00", "≤ 1.6", False, "CPU"))
    quick = report.Outcome(line("check-cpu"), Figure("1.50", "≤ 1.6", True, "CPU"))
    other = report.Outcome(line("memory"), Figure("700 MB", "≤ 600 MB", False))
    for outcomes, program in (((slow, other), "one"), ((quick,), "two")):
        portion = report.table(report.rows(outcomes, program))
        sizes = "- our site 7 pages\n" if program == "one" else ""
        head = f"head of {program}\n\n- 3 files of records\n{sizes}- Python of {program}"
        report.put(file, f"## 1,000 clients\n\n{head}\n\n{portion}")
    written = file.read_text("utf-8")
    assert "\n\n- 3 files of records\n- our site 7 pages\n- Python of two\n\n| line |" in written
    assert "head of two" in written
    assert "head of one" not in written
    assert "| 1.50 | ≤ 1.6 | reached | CPU | two |" in written
    assert "| 700 MB | ≤ 600 MB | **falls short** |  | one |" in written
    assert "2.00" not in written
    assert f"Falls short (1): {line('memory').name}." in written


@linux
def test_spawn_writes_json(tmp_path: Path) -> None:
    """The result of a run is plain JSON, with the command's own exit code."""
    from bench import spawn

    spawn.main(str(tmp_path / "result"), str(tmp_path / "output"), sys.executable, "-c", "print(1); exit(3)")
    assert json.loads((tmp_path / "result").read_text("utf-8"))["exit"] == 3
    assert (tmp_path / "output").read_text("utf-8") == "1\n"
