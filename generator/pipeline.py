"""The whole way on one page: the company's records give a standing, in which each client is judged.

    records/ ── reading ──▶ records ── standing ──▶ world ── obligations ──▶ ── rules ──▶ Result

Pages and exports are views of the Result; nothing flows back. Clients are read and judged one after
the other (generator/dossier.py), so that memory does not grow with their number.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.dossier import Dossier, judge_client, read_client
from generator.findings import Finding, Severity
from generator.model.organization import DEPARTMENTS
from generator.model.periods import Kind
from generator.model.record import Record
from generator.obligations.derive import derive_company
from generator.obligations.kinds import Status
from generator.obligations.obligation import Obligation
from generator.reading.load import Loaded, load
from generator.reading.tree import walk_company
from generator.rules.judge import Attachments, Verdict, judge
from generator.shelf import Shelf
from generator.standing.brief import Brief
from generator.standing.world import World, build

Progress = Callable[[int, int], None]
"""Told how many of how many clients are read."""


class CannotJudge(Exception):
    """The work cannot be done at all (exit 2); the text is one line in Chinese."""


@dataclass(frozen=True, slots=True)
class Result:
    """What the records say as of a day: every view and export is made from this alone."""

    as_of: date
    today: date
    world: World
    """The company's standing; its clients are fetched when somebody asks for them."""
    findings: tuple[Finding, ...]
    obligations: tuple[Obligation, ...]
    judged: bool
    """False where units.yml or people.yml cannot be read: only the findings of form are known."""
    rules_run: int
    records: int
    """How many files have a place in the tree."""
    later: int
    """How many records are dated after the as-of day."""

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
        return _run(root, as_of, today, all_years, progress)
    except OSError as error:
        raise CannotJudge(f"无法读取 {error.filename or root}：{error.strerror}。") from error


def _run(root: Path, as_of: date, today: date, all_years: bool, progress: Progress | None) -> Result:
    tree = walk_company(root)
    loaded = load(root, tree)
    _require_organization(loaded.records, root)
    company = build(loaded.records, root.name, as_of, today)
    judged = all(_readable(loaded.records, kind) for kind in (Kind.UNITS, Kind.PEOPLE))
    shelf = Shelf(root, company)
    dossiers: dict[str, Dossier] = {}
    for number, id_ in enumerate(tree.clients, start=1):
        dossiers[id_], world = judge_client(
            company, id_, read_client(root, id_), all_years=all_years, judged=judged
        )
        if dossiers[id_].records:
            shelf.keep(world)
        if progress:
            progress(number, len(tree.clients))
    briefs = {id_: one.brief for id_, one in dossiers.items() if one.records}
    company = replace(company, clients=shelf, briefs=briefs, same=_same(briefs.values()))
    shelf.company = company
    for id_ in sorted({id_ for ids in company.same.values() for id_ in ids}):
        # What another archive says too was not known when the client was judged.
        dossiers[id_], _ = judge_client(
            company, id_, read_client(root, id_), all_years=all_years, judged=judged
        )
    return _result(company, loaded, dossiers, all_years, judged)


def _result(
    company: World, loaded: Loaded, dossiers: Mapping[str, Dossier], all_years: bool, judged: bool
) -> Result:
    obligations = derive_company(company) if judged else []
    verdict: Verdict = judge(
        company, obligations, loaded.findings, Attachments({}, {}), all_years=all_years, judged=judged
    )
    findings = [finding for one in dossiers.values() for finding in one.findings]
    owed = [obligation for one in dossiers.values() for obligation in one.obligations]
    return Result(
        company.as_of,
        company.today,
        company,
        tuple(sorted([*verdict.findings, *findings])),
        tuple(sorted([*obligations, *owed], key=lambda one: one.sort_key)),
        judged,
        verdict.rules_run,
        len(loaded.records) + sum(one.records for one in dossiers.values()),
        sum(record.later(company.as_of) for record in loaded.records)
        + sum(one.later for one in dossiers.values()),
    )


def _same(briefs: Iterable[Brief]) -> dict[tuple[str, str], tuple[str, ...]]:
    """For each name and credit code that several archives give, their clients, in order."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for brief in briefs:
        for key, text in (("客户名称", brief.typed_name), ("统一社会信用代码", brief.credit_code)):
            if text:
                found[key, text] = (*found.get((key, text), ()), brief.id)
    return {key: ids for key, ids in found.items() if len(ids) > 1}


def _readable(records: list[Record[object]], kind: Kind) -> bool:
    return any(record.kind is kind and record.is_readable for record in records)


def _require_organization(records: list[Record[object]], root: Path) -> None:
    kinds = {record.kind: record for record in records}
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
