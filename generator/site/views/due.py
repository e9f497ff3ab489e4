"""逾期 and 即将到期: all, and by division, by person and by kind."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.exports.sheets import csv_text
from generator.model.ids import is_id
from generator.model.organization import UnitKind
from generator.obligations import selection
from generator.obligations.kinds import ObligationKind, Status
from generator.obligations.obligation import Obligation
from generator.site import addresses
from generator.site.facts import NOBODY, Facts
from generator.site.values import Card, Link, Page, Row, Section
from generator.site.views import duties

NO_DIVISION = "none"


class Group(NamedTuple):
    """Some of the obligations of a list: those of a division, a person or a kind."""

    id: str
    name: Link
    at: tuple[int, ...]
    """Where they stand in the list."""


@dataclass(frozen=True, slots=True)
class DueList:
    """What one of the two lists is called and holds."""

    status: Status
    url: str
    title: str
    csv: str
    none: str


OVERDUE = DueList(Status.OVERDUE, addresses.OVERDUE, "逾期", "overdue/overdue.csv", "没有逾期事项。")
SOON = DueList(
    Status.DUE_SOON, addresses.DUE_SOON, "即将到期", "due-soon/due-soon.csv", "没有即将到期的事项。"
)


def listed(facts: Facts, which: DueList) -> list[Obligation]:
    """The obligations of a list: the longest overdue, or the soonest due, first."""
    return facts.owed.standing(which.status)


def units_of(facts: Facts, one: Obligation) -> list[str]:
    """The divisions an obligation belongs to: the client's on the day, else the unit it is asked of."""
    return selection.units_of(facts.result.world, one) or [NO_DIVISION]


def by_unit(facts: Facts, obligations: Sequence[Obligation]) -> list[Group]:
    """By division, in the order of units.yml; an obligation of two divisions stands under both."""
    found: dict[str, list[int]] = {}
    for at, one in enumerate(obligations):
        for unit in units_of(facts, one):
            found.setdefault(unit, []).append(at)
    company = facts.result.world.company
    order = [unit.id for kind in (UnitKind.DIVISION, UnitKind.DEPARTMENT) for unit in company.of_kind(kind)]
    known = [unit for unit in order if unit in found]
    names = {NO_DIVISION: Link("未填写业务单位")}
    others = sorted(set(found) - set(known))
    return [Group(id_, names.get(id_) or facts.unit(id_), tuple(found[id_])) for id_ in (*known, *others)]


def by_person(facts: Facts, obligations: Sequence[Obligation]) -> list[Group]:
    """By person, who has most first; an obligation of two people stands under both."""
    found: dict[str, list[int]] = {}
    for at, one in enumerate(obligations):
        for person in one.responsible or (NO_DIVISION,):
            found.setdefault(person, []).append(at)
    ids = sorted(found, key=lambda id_: (-len(found[id_]), id_))
    return [
        Group(id_, Link(NOBODY) if id_ == NO_DIVISION else facts.person(id_), tuple(found[id_]))
        for id_ in ids
    ]


def by_kind(facts: Facts, obligations: Sequence[Obligation]) -> list[Group]:
    """By kind, in the order of the catalogue."""
    found: dict[ObligationKind, list[int]] = {}
    for at, one in enumerate(obligations):
        found.setdefault(one.kind, []).append(at)
    return [
        Group(kind.value, Link(kind.label, addresses.duty(kind.value)), tuple(found[kind]))
        for kind in ObligationKind
        if kind in found
    ]


GROUPINGS: dict[str, Callable[[Facts, Sequence[Obligation]], list[Group]]] = {
    "by-division/": by_unit,
    "by-person/": by_person,
    "by-kind/": by_kind,
}
"""The orders of a list, by the folder of each."""


def csv_of(which: DueList, part: str, group: Group) -> str | None:
    """Where a group's lines lie as CSV; None for an id as typed that leads nowhere: it is no file's name."""
    return f"{which.url}{part}{group.id}.csv" if is_id(group.id) else None


_VIEWS = (("", "全部"), ("by-division/", "按部门"), ("by-person/", "按人员"), ("by-kind/", "按事项"))


def pages(facts: Facts, which: DueList) -> Iterator[Page]:
    """The list as a whole, then its three orders: a line is made once, and stands in each."""
    obligations = listed(facts, which)
    rows = duties.rows(facts, obligations)
    yield _page(facts, which, "", (_whole(which, rows),), len(rows))
    notes = {
        "by-division/": "客户由几个事业部经营的，在每个事业部下都列出。",
        "by-person/": "一件事有几位责任人的，在每人名下都列出。",
        "by-kind/": "",
    }
    for part, grouping in GROUPINGS.items():
        sections = tuple(_section(which, part, group, rows) for group in grouping(facts, obligations))
        yield _page(facts, which, part, sections, len(rows), notes[part])


def files(facts: Facts, which: DueList) -> Iterator[tuple[str, bytes]]:
    """The same for a spreadsheet: the list as a whole, and each group of it."""
    obligations = listed(facts, which)
    lines = duties.csv_rows(facts, obligations)
    yield which.csv, _csv(lines)
    for part, grouping in GROUPINGS.items():
        for group in grouping(facts, obligations):
            if name := csv_of(which, part, group):
                yield name, _csv([lines[at] for at in group.at])


def _csv(lines: Sequence[tuple[str, ...]]) -> bytes:
    return csv_text(duties.CSV_HEADINGS, lines).encode()


def _page(
    facts: Facts, which: DueList, part: str, sections: tuple[Section, ...], count: int, note: str = ""
) -> Page:
    tabs = tuple(Link(label, which.url + view) for view, label in _VIEWS)
    label = dict(_VIEWS)[part]
    days = facts.result.world.parameters.on(facts.as_of).soon_days
    meaning = {
        Status.OVERDUE: "到期日已过而没有完成的事项",
        Status.DUE_SOON: f"{days} 天内到期、还没有完成的事项",
    }[which.status]
    return Page(
        which.url + part,
        which.title if not part else f"{which.title}（{label}）",
        sections or (Section(which.title, "list", notes=(which.none,)),),
        crumbs=(Link(which.title, which.url),) if part else (),
        notes=tuple(text for text in (f"{meaning}，共 {count} 项。", note) if text),
        tabs=tabs,
        filtered=bool(count),
        wide=True,
        print_landscape=True,
    )


def _whole(which: DueList, rows: Sequence[Row]) -> Section:
    title = f"全部{which.title}事项"
    table = duties.table(rows, title, empty=which.none, csv=which.csv, hidden_caption=True)
    return Section(title, "all", tables=(table,))


def _section(which: DueList, part: str, group: Group, rows: Sequence[Row]) -> Section:
    count = len(group.at)
    caption = f"{group.name.text}：{which.title} {count} 项"
    lines = (rows[at] for at in group.at)
    table = duties.table(lines, caption, csv=csv_of(which, part, group), hidden_caption=True)
    return Section(f"{group.name.text}（{count} 项）", group.id, group.name.url, tables=(table,))


def cards(groups: Sequence[Group], which: DueList, part: str) -> tuple[Card, ...]:
    """The groups as numbers that lead to their part of the list."""
    return tuple(
        Card(group.name.text, str(len(group.at)), f"{which.url}{part}#{group.id}") for group in groups
    )
