"""The whole way on one page: records are read, the standing is built, what is owed and what is wrong follow.

    records/ ── reading ──▶ records ── standing ──▶ world ── obligations ──▶ ── rules ──▶ Result

Pages and exports are views of the Result; nothing flows back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.findings import Finding, Severity
from generator.model.organization import DEPARTMENTS
from generator.model.periods import Kind
from generator.obligations.derive import derive
from generator.obligations.kinds import Status
from generator.obligations.obligation import Obligation
from generator.reading.load import Loaded, load
from generator.rules.judge import Attachments, judge
from generator.standing.world import World, build

Progress = Callable[[int, int], None]
"""Told how many of how many records are read."""


class CannotJudge(Exception):
    """The work cannot be done at all (exit 2); the text is one line in Chinese."""


@dataclass(frozen=True, slots=True)
class Result:
    """What the records say as of a day: every view and export is made from this alone."""

    as_of: date
    today: date
    world: World
    findings: tuple[Finding, ...]
    obligations: tuple[Obligation, ...]
    judged: bool
    """False where units.yml or people.yml cannot be read: only the findings of form are known."""
    rules_run: int

    @property
    def records(self) -> int:
        """How many files have a place in the tree."""
        return len(self.world.records)

    @property
    def later(self) -> int:
        """How many records are dated after the as-of day."""
        return sum(record.later(self.as_of) for record in self.world.records)

    def failing(self, severity: Severity) -> list[Finding]:
        """The findings of a severity that no waiver takes out."""
        return [finding for finding in self.findings if finding.severity is severity and not finding.waived]

    def counts(self) -> dict[Status, int]:
        """How many obligations stand how; all of them, whatever is shown."""
        found = dict.fromkeys(Status, 0)
        for obligation in self.obligations:
            found[obligation.status] += 1
        return found


def run(
    root: Path, as_of: date, today: date, *, all_years: bool = False, progress: Progress | None = None
) -> Result:
    """Read and judge a records folder as of a day.

    Raises CannotJudge where there is no such folder, it cannot be read from the disk, or the
    company's units or people are missing.
    """
    try:
        loaded = load(root, progress)
    except OSError as error:
        raise CannotJudge(f"无法读取 {error.filename or root}：{error.strerror}。") from error
    _require_organization(loaded, root)
    attachments = Attachments(loaded.tree.attachments, loaded.bad_attachments())
    world = build(loaded.records, root.name, as_of, today, frozenset(attachments.problems))
    judged = all(_readable(loaded, kind) for kind in (Kind.UNITS, Kind.PEOPLE))
    obligations = derive(world) if judged else []
    verdict = judge(world, obligations, loaded.findings, attachments, all_years=all_years, judged=judged)
    return Result(as_of, today, world, verdict.findings, tuple(obligations), judged, verdict.rules_run)


def _readable(loaded: Loaded, kind: Kind) -> bool:
    return any(record.kind is kind and record.is_readable for record in loaded.records)


def _require_organization(loaded: Loaded, root: Path) -> None:
    kinds = {record.kind: record for record in loaded.records}
    for kind, name in ((Kind.UNITS, "units.yml"), (Kind.PEOPLE, "people.yml")):
        if kind not in kinds:
            raise CannotJudge(f"缺少 {root.name}/organization/{name}（{kind.value}）；没有它无法检查。")
    units = getattr(kinds[Kind.UNITS].content, "departments", None)
    if units is None:
        return
    missing = [id_ for id_ in DEPARTMENTS if id_ not in {unit.id for unit in units}]
    if missing:
        raise CannotJudge(
            f"{root.name}/organization/units.yml 的职能部门缺少 {'、'.join(missing)}；三个部门都要有。"
        )
