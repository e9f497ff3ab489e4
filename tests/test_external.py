"""Inputs that others collected, in the place of records: the YAML test suite, and naughty strings.

They lie beside the project (`../shared`, where it is there). Whatever is typed: no exception, a
record that cannot be read says why, and every finding stands on a line that the file has.
"""

import json
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from generator.findings import Finding
from generator.model.periods import Kind
from generator.reading.load import load
from generator.reading.tree import client_folders, walk_client, walk_company
from tests.cases_runner import BASE, BASE_DAY, lay_out, run_at

EXTERNAL = Path(__file__).parents[2] / "shared" / "cases" / "external"
YAML_SUITE = EXTERNAL / "yaml-test-suite" / "cases.json"
NAUGHTY = EXTERNAL / "blns" / "blns.json"
SAMPLE = 75
"""Of each collection so many go through the whole pipeline."""

pytestmark = pytest.mark.skipif(
    not EXTERNAL.is_dir(), reason=f"the collected inputs are not on this machine ({EXTERNAL})"
)

PLACES: dict[Kind, str] = {
    Kind.POLICY: "policy.yml",
    Kind.UNITS: "organization/units.yml",
    Kind.PEOPLE: "organization/people.yml",
    Kind.STANDARD: "ratings/2026/standard.md",
    Kind.NOMINATION: "ratings/2026/nominations/iron-ore.yml",
    Kind.DECISION: "ratings/2026/decisions/2025-12-15.yml",
    Kind.ARCHIVE: "clients/hengda-steel/archive.yml",
    Kind.TEAM: "clients/hengda-steel/2026/team.yml",
    Kind.EVENTS: "clients/hengda-steel/2026/events.yml",
    Kind.SERVICE_PLAN: "clients/hengda-steel/2026/service-plan.md",
    Kind.SATISFACTION_PLAN: "clients/hengda-steel/2026/satisfaction-plan.md",
    Kind.VISIT_PLAN: "clients/hengda-steel/2026/Q2/visit-plan.yml",
    Kind.REPORT: "clients/hengda-steel/2026/Q1/report.md",
    Kind.VISIT: "clients/hengda-steel/2026/Q2/visits/2026-05-28.md",
    Kind.ANALYSIS: "key-accounts/2026/Q1.md",
    Kind.CALENDAR: "calendar/2026.yml",
}
"""A record of each kind whose place the inputs take."""


def yaml_suite() -> list[str]:
    """Every input of the YAML test suite, valid or not."""
    return [case["in.yaml"] for case in json.loads(YAML_SUITE.read_text(encoding="utf-8"))]


def naughty() -> list[str]:
    """Every naughty string."""
    return json.loads(NAUGHTY.read_text(encoding="utf-8"))


def as_record(kind: Kind, text: str) -> str:
    """The text as the whole of a YAML record; in a Markdown one as front matter and as body."""
    return f"---\n{text}\n---\n\n## 客户经营现况\n\n{text}\n" if kind.is_markdown else text


def as_values(kind: Kind, text: str) -> Iterator[str]:
    """A good record in which the text stands for a value: bare, and as a quoted string."""
    place = BASE / PLACES[kind]
    good = place.read_text(encoding="utf-8") if place.is_file() else ""
    at = good.find(": ") + 2
    if at > 1:
        end = good.index("\n", at)
        yield good[:at] + text + good[end:]
        yield good[:at] + json.dumps(text) + good[end:]


def write(file: Path, text: str) -> None:
    """Write any text, lone surrogates too (they are no UTF-8 then)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogatepass"))


def lines_of(file: Path) -> int:
    """How many lines an editor shows, at least one."""
    text = file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return max(len(text.split("\n")), 1)


def check_lines(root: Path, findings: Iterable[Finding]) -> None:
    """Every finding of a file stands on a line that it has."""
    for finding in findings:
        file = root.parent / finding.path
        if file.is_file():
            assert 1 <= finding.line <= lines_of(file), finding
            assert finding.column >= 1, finding
        assert finding.message, finding


def check_reading(root: Path) -> None:
    """Read all records there are: what cannot be read has a finding, each on a line of its file."""
    company = walk_company(root)
    clients = client_folders(root)
    for tree in (company, *(walk_client(root, client) for client in clients)):
        loaded = load(root, tree)
        told = {finding.path for finding in loaded.findings}
        for record in loaded.records:
            assert record.is_readable or record.path in told, record.path
        check_lines(root, loaded.findings)


def numbered(kind: Kind, number: int) -> str:
    """The place of a record of a kind that so many others do not take: another client, another year."""
    place = PLACES[kind].replace("hengda-steel", f"client-{number}")
    return place if place != PLACES[kind] else place.replace("2026", f"{1000 + number}")


def read_all(root: Path, kind: Kind, texts: list[str]) -> None:
    """Read many records of a kind at one go; one after the other where the company has only one."""
    for number, text in enumerate(texts):
        write(root / numbered(kind, number), text)
        if kind in (Kind.POLICY, Kind.UNITS, Kind.PEOPLE):
            check_reading(root)
    check_reading(root)


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("inputs", [yaml_suite, naughty])
def test_read_in_the_place_of_a_record(inputs: Callable[[], list[str]], kind: Kind, tmp_path: Path) -> None:
    """Each input as a record of each kind."""
    read_all(tmp_path / "records", kind, [as_record(kind, text) for text in inputs()])


@pytest.mark.parametrize("kind", [Kind.EVENTS, Kind.ARCHIVE])
def test_read_in_the_place_of_a_value(kind: Kind, tmp_path: Path) -> None:
    """Naughty strings typed into a field of a good record."""
    read_all(tmp_path / "records", kind, [one for text in naughty() for one in as_values(kind, text)])


def sampled() -> list[tuple[str, Kind, str]]:
    """The same inputs each time, each in the place of some kind."""
    chance = random.Random(20260615)
    found = []
    for name, inputs in (("yaml", yaml_suite), ("naughty", naughty)):
        texts = inputs() if EXTERNAL.is_dir() else []
        for number in sorted(chance.sample(range(len(texts)), min(SAMPLE, len(texts)))):
            found.append((f"{name}-{number}", chance.choice([*PLACES]), texts[number]))
    return found


def test_whole_pipeline(tmp_path: Path) -> None:
    """A sample over the whole company: no rule crashes on what is left of the record."""
    root = lay_out(tmp_path)
    for name, kind, text in sampled():
        file = root / PLACES[kind]
        before = file.read_bytes() if file.is_file() else None
        write(file, as_record(kind, text))
        findings = run_at(root, BASE_DAY).findings
        assert not [f for f in findings if f.code == "X001"], f"{name} as {kind}"
        assert any(f.path == f"records/{PLACES[kind]}" for f in findings), f"{name} as {kind}"
        check_lines(root, findings)
        file.unlink() if before is None else file.write_bytes(before)
    assert run_at(root, BASE_DAY).findings == ()
