"""The whole way on one page: the company's records give a ground, on which each client is judged.

    records/ ── reading ──▶ ground ──┬─▶ client ── obligations ──▶ ── rules ──▶ said ─┬─▶ Result
                                     └─▶ the company's own obligations and rules ────┘

Pages and exports are views of the Result; nothing flows back. Clients are judged one after the other
(generator/judging), so that memory does not grow with their number; what was judged before and has not
changed comes from the store of facts.
"""

import pickle
from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from generator.findings import Finding, Severity
from generator.judging.begun import Begun, begun
from generator.judging.clients import RECORDS, Judging, Progress
from generator.judging.dossier import packed
from generator.judging.ground import NoOrganization, lay_ground, read_company
from generator.judging.shelf import Shelf
from generator.judging.store import Row, Store
from generator.obligations.derive import derive_company
from generator.obligations.kinds import Status
from generator.obligations.obligation import Obligation
from generator.reading.contents import Contents, contents, contents_of, unchanged_since
from generator.reading.load import Loaded
from generator.reading.tree import client_folders
from generator.refusal import CannotJudge, reason
from generator.rules.judge import Attachments, judge
from generator.standing.world import World

__all__ = ["CannotJudge", "Progress", "Result", "run", "run_again"]

COMPANY = ""
"""The store's name for what belongs to no client."""


@dataclass
class Result:
    """What the records say as of a day: every view and export is made from this alone."""

    as_of: date
    today: date
    world: World
    """The company's standing; its clients are fetched when somebody asks for them."""
    findings: tuple[Finding, ...]
    judged: bool
    """False where units.yml or people.yml cannot be read: only the findings of form are known."""
    rules_run: int
    records: int
    """How many files have a place in the tree."""
    later: int
    """How many records are dated after the as-of day."""
    own: tuple[Obligation, ...]
    """What the company as such owes."""
    judging: Judging

    @cached_property
    def obligations(self) -> tuple[Obligation, ...]:
        """All obligations, in the order of interfaces.md."""
        owed = (one for id_ in self.world.briefs for one in self.judging.owed(id_))
        return tuple(sorted((*self.own, *owed), key=lambda one: one.sort_key))

    def owed_to(self, client: str | None) -> list[Obligation]:
        """What is owed to a client, in the order of interfaces.md; for None what the company as such owes."""
        owed = self.own if client is None else self.judging.owed(client)
        return sorted(owed, key=lambda one: one.sort_key)

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
    root: Path,
    as_of: date,
    today: date,
    *,
    all_years: bool = False,
    progress: Progress | None = None,
    cached: bool = False,
    keep_records: bool = False,
    keep_owed: bool = True,
    processes: int = 2,
    already: Begun | None = None,
) -> Result:
    """Read and judge a records folder as of a day.

    `cached` takes from the store beside the folder what was judged before, and keeps there what is judged
    now; with `keep_records` the records that are read, too. Without `keep_owed` what is owed is kept only in
    the store: who asks for it nevertheless has it derived again. Two `processes` judge where that helps. The
    result is the same either way. `already` is what was begun before.
    Raises CannotJudge where there is no such folder, it cannot be read from the disk, or the company's
    units or people are missing.
    """
    try:
        store, now = _begin(root, already) if cached else (None, None)
        loaded = _company_records(root, store, now)
        ground = lay_ground(root, loaded, as_of, today, all_years=all_years)
        keep_owed = keep_owed or store is not None
        judging = Judging(ground, store, now, keep_records, keep_owed, processes=processes)
        judging.run(progress)
        result = _result(judging)
    except NoOrganization as error:
        raise CannotJudge(str(error)) from error
    except OSError as error:
        raise CannotJudge(f"无法读取 {error.filename or root}：{reason(error)}。") from error
    if store:
        store.commit()
    return result


def run_again(last: Result, clients: Collection[str]) -> Result:
    """The Result of the same days after files of some clients have changed, and no others.

    Raises CannotJudge as `run` does.
    """
    judging, root = last.judging, last.judging.ground.root
    try:
        now = contents_of(root, clients, judging.contents) if judging.contents else None
        fresh = judging.renewed(client_folders(root), now, clients)
        fresh.run()
        result = _result(fresh)
    except OSError as error:
        raise CannotJudge(f"无法读取 {error.filename or root}：{reason(error)}。") from error
    if fresh.store:
        fresh.store.commit()
    return result


def _begin(root: Path, already: Begun | None) -> tuple[Store | None, Contents | None]:
    with nullcontext(already) if already else begun(root) as (store, looking):
        if store is None:
            return None, None
        # While Git looks at the disk.
        store.fetch()
        return store, contents(root, looking)


def _company_records(root: Path, store: Store | None, now: Contents | None) -> Loaded:
    if store is None or now is None:
        return read_company(root)
    data = store.get(RECORDS, COMPANY, now.company)
    if data is not None:
        stored: Loaded = pickle.loads(data)
        return stored
    loaded = read_company(root)
    if unchanged_since(root, now.taken, clients=False):
        store.put(RECORDS, COMPANY, now.company, packed(loaded))
    return loaded


def _result(judging: Judging) -> Result:
    """What the clients' records say, with what the company's own say beside them."""
    ground, company = judging.ground, judging.company()
    company = replace(company, clients=Shelf(judging, company))
    findings, own, rules = _company_verdict(judging, company)
    said = judging.said.values()
    records = ground.loaded.records
    return Result(
        company.as_of,
        company.today,
        company,
        tuple(sorted([*findings, *(finding for one in said for finding in one.findings)])),
        ground.judged,
        rules,
        len(records) + sum(one.records for one in said),
        sum(record.later(company.as_of) for record in records) + sum(one.later for one in said),
        own,
        judging,
    )


Verdict = tuple[tuple[Finding, ...], tuple[Obligation, ...], int]
"""What is said and owed of the company as such, and how many rules were run."""


def _company_verdict(judging: Judging, company: World) -> Verdict:
    """From the store, where neither the company's records nor any client's brief have changed."""
    ground, store = judging.ground, judging.store
    key = judging.company_key() if store else ""
    row = judging.stored_company
    if row is not None and row.key == key:
        stored: Verdict = pickle.loads(row.said)
        return stored
    own = derive_company(company) if ground.judged else []
    found = judge(
        company,
        own,
        ground.loaded.findings,
        Attachments({}, {}),
        all_years=ground.all_years,
        judged=ground.judged,
    )
    verdict = found.findings, tuple(own), found.rules_run
    if store and judging.contents and unchanged_since(ground.root, judging.contents.taken, clients=False):
        store.keep([Row(COMPANY, key, "", "", b"", b"", packed(verdict))])
    return verdict
