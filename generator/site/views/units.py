"""部门: business groups, divisions and departments; Key Accounts with what was handed to it."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from generator.model.organization import KEY_ACCOUNTS, UnitKind
from generator.obligations.kinds import Status
from generator.obligations.obligation import Obligation
from generator.site import addresses
from generator.site.facts import Facts
from generator.site.summary import Counts
from generator.site.values import Card, Cell, Column, Link, Page, Row, Section, Table
from generator.site.views import cells, clients, due, duties, key_accounts
from generator.standing.company import DIRECTORS, UnitFacts


class Shares:
    """Which clients and obligations belong to each unit; reckoned once."""

    def __init__(self, facts: Facts) -> None:
        company = facts.result.world.company
        self.clients: dict[str, list[str]] = defaultdict(list)
        for client in facts.result.world.briefs.values():
            divisions = facts.divisions(client)
            for unit in (*divisions, *company.groups_of(divisions)):
                self.clients[unit].append(client.id)
        self.pressing: dict[str, list[Obligation]] = defaultdict(list)
        """What is overdue, then what is due soon."""
        for which in (due.OVERDUE, due.SOON):
            for one in due.listed(facts, which):
                units = due.units_of(facts, one)
                for unit in (*units, *company.groups_of(units)):
                    self.pressing[unit].append(one)

    def counts(self, unit: str) -> Counter[Status]:
        """How many of a unit's obligations are overdue, and due soon."""
        return Counter(one.status for one in self.pressing[unit])


_COLUMNS = (
    Column("单位", "name"),
    Column("负责人", "names"),
    Column("人数", "num"),
    Column("客户", "num"),
    Column("逾期", "num"),
    Column("即将到期", "num"),
)


def index(facts: Facts, shares: Shares) -> Page:
    """The company's units, group by group."""
    company = facts.result.world.company
    sections = []
    top = company.of_kind(UnitKind.COMPANY)
    for group in company.of_kind(UnitKind.GROUP):
        divisions = [unit for unit in company.of_kind(UnitKind.DIVISION) if unit.group == group.id]
        sections.append(_list(facts, shares, group.name, group.id, [group, *divisions]))
    others = [*company.of_kind(UnitKind.DEPARTMENT), *top]
    if others:
        sections.append(_list(facts, shares, "职能部门和公司领导", "departments", others))
    return Page(
        addresses.UNITS,
        "部门",
        tuple(sections) or (Section("部门", "none", notes=("没有可用的组织机构记录。",)),),
        notes=("客户和应办事项按客户档案中的业务单位归到事业部，再归到业务本部；没有客户的事项归大客户部。",),
        wide=True,
    )


def _list(facts: Facts, shares: Shares, title: str, id_: str, units: Sequence[UnitFacts]) -> Section:
    rows = tuple(_row(facts, shares, unit) for unit in units)
    return Section(title, id_, tables=(Table(title, _COLUMNS, rows, hidden_caption=True),))


def heads(facts: Facts, unit: UnitFacts) -> tuple[str, ...]:
    """Who heads a unit on the day."""
    company = facts.result.world.company
    if unit.kind is UnitKind.GROUP:
        return tuple(company.titled(unit.id, DIRECTORS[:1], facts.as_of))
    return tuple(company.general_managers(unit.id, facts.as_of))


def staff(facts: Facts, unit: str) -> list[str]:
    """Who is in a unit on the day."""
    return facts.result.world.company.among((unit,), facts.as_of)


def _row(facts: Facts, shares: Shares, unit: UnitFacts) -> Row:
    counts = shares.counts(unit.id)
    url = addresses.unit(unit.id)
    gone = (
        ""
        if unit.exists(facts.as_of)
        else f"当日不存在（{unit.founded or '……'} 至 {unit.dissolved or '……'}）"
    )
    return (
        cells.link(facts.unit(unit.id), note=gone or unit.kind.value),
        cells.links(facts.people(heads(facts, unit)), empty="空缺"),
        cells.number(len(staff(facts, unit.id)), f"{url}#people"),
        cells.number(len(shares.clients[unit.id]), f"{url}#clients"),
        cells.number(counts[Status.OVERDUE], f"{url}#owed"),
        cells.number(counts[Status.DUE_SOON], f"{url}#owed"),
    )


def page(facts: Facts, shares: Shares, unit: UnitFacts) -> Page:
    """A unit: its people, clients and what is owed; Key Accounts with what it received."""
    company = facts.result.world.company
    sections = [_people(facts, unit)]
    below = [one for one in company.of_kind(UnitKind.DIVISION) if one.group == unit.id]
    if below:
        sections.insert(0, _list(facts, shares, "所属事业部", "divisions", below))
    if unit.kind in (UnitKind.GROUP, UnitKind.DIVISION):
        sections.append(_clients(facts, shares, unit))
    if unit.kind in (UnitKind.GROUP, UnitKind.DIVISION) or unit.id == KEY_ACCOUNTS:
        sections.append(_owed(facts, shares.pressing[unit.id]))
    if unit.id == KEY_ACCOUNTS:
        sections += key_accounts.sections(facts)
    crumbs = [Link("部门", addresses.UNITS)]
    if unit.group:
        crumbs.append(facts.unit(unit.group))
    return Page(addresses.unit(unit.id), unit.name, tuple(sections), crumbs=tuple(crumbs), wide=True)


def _people(facts: Facts, unit: UnitFacts) -> Section:
    rows: list[Row] = []
    for id_ in staff(facts, unit.id):
        counts = facts.owed.people.get(id_, Counts())
        url = addresses.person(id_)
        rows.append(
            (
                cells.link(facts.person(id_)),
                cells.text(facts.positions(id_, facts.as_of)),
                cells.number(counts.overdue, f"{url}#owed"),
                cells.number(counts.soon, f"{url}#owed"),
            )
        )
    columns = (Column("姓名"), Column("任职", "wide"), Column("逾期", "num"), Column("即将到期", "num"))
    return Section(
        "人员",
        "people",
        tables=(
            Table(
                f"{unit.name}的人员",
                columns,
                tuple(rows),
                "当日没有人任职。",
                sortable=True,
                hidden_caption=True,
            ),
        ),
    )


def _clients(facts: Facts, shares: Shares, unit: UnitFacts) -> Section:
    mine = shares.clients[unit.id]
    rows = tuple(_client(facts, client) for client in mine)
    columns = (
        Column("客户"),
        Column("等级"),
        Column("客户经理", "names"),
        Column("逾期", "num"),
        Column("即将到期", "num"),
    )
    return Section(
        f"客户（{len(mine)} 家）",
        "clients",
        tables=(
            Table(f"{unit.name}的客户", columns, rows, "还没有客户。", sortable=True, hidden_caption=True),
        ),
    )


def _client(facts: Facts, id_: str) -> Row:
    listed = facts.faces[id_].as_listed()
    return (
        cells.link(facts.client(id_)),
        Cell(badge=listed.badge),
        listed.managers,
        *clients.pressing(facts, id_),
    )


def _owed(facts: Facts, pressing: Sequence[Obligation]) -> Section:
    still = sorted(pressing, key=lambda one: one.sort_key)
    counts = Counter(one.status for one in pressing)
    cards = tuple(
        Card(status.label, str(counts[status]), kind=status.value if counts[status] else "")
        for status in (Status.OVERDUE, Status.DUE_SOON)
    )
    table = duties.table(
        duties.rows(facts, still), "逾期和即将到期", empty="没有逾期或即将到期的事项。", hidden_caption=True
    )
    return Section("逾期和即将到期", "owed", cards=cards, tables=(table,))
