"""总览: how the company stands, each number with the list it counts; and what happened lately."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from generator.model.organization import KEY_ACCOUNTS
from generator.model.record import Record
from generator.obligations.kinds import Status
from generator.obligations.obligation import Obligation
from generator.policy.days import plus
from generator.site import addresses
from generator.site.facts import Facts, quarter_name
from generator.site.summary import Recent
from generator.site.values import Card, Column, Link, Page, Row, Section, Table
from generator.site.views import cells, client_visits, clients, due, findings
from generator.standing.clients import Client

RECENT_DAYS = 30
Dated = tuple[date, str, Row]
"""A line of a list with its day and the path of its record."""


def page(facts: Facts) -> Page:
    """The first page."""
    overdue, soon = due.listed(facts, due.OVERDUE), due.listed(facts, due.SOON)
    sections = (
        _state(facts, overdue, soon),
        _tiers(facts),
        Section(
            "逾期和即将到期",
            "due",
            tables=(_by_unit(facts, overdue, soon), _by_person(facts, overdue, soon)),
            side_by_side=True,
        ),
        _recent(facts),
    )
    return Page("", "总览", sections, wide=True)


def _state(facts: Facts, overdue: list[Obligation], soon: list[Obligation]) -> Section:
    groups = findings.split(facts.result.findings)
    errors = len(groups["form"]) + len(groups["breach"])
    done, late = facts.owed.count(Status.DONE), facts.owed.count(Status.LATE)
    cards = (
        Card("逾期", str(len(overdue)), addresses.OVERDUE, "overdue" if overdue else ""),
        Card("即将到期", str(len(soon)), addresses.DUE_SOON, "due-soon" if soon else ""),
        Card("已完成", str(done + late), addresses.DUTIES, note=f"其中逾期完成 {late} 项"),
        Card("格式错误和违反制度", str(errors), f"{addresses.FINDINGS}#form", "error" if errors else ""),
        Card(
            "提示",
            str(len(groups["hint"])),
            f"{addresses.FINDINGS}#hint",
            "warning" if groups["hint"] else "",
        ),
    )
    return Section("现状", "state", cards=cards)


def _tiers(facts: Facts) -> Section:
    found = clients.groups(facts)
    cards = tuple(
        Card(clients.LABELS[id_], str(len(members)), f"{addresses.CLIENTS}#{id_}")
        for id_, members in found.items()
    )
    return Section("客户", "clients", cards=cards, notes=() if cards else ("还没有客户。",))


def _merged(groups: tuple[list[due.Group], list[due.Group]]) -> Iterator[tuple[str, Link, int, int]]:
    overdue = {group.id: group for group in groups[0]}
    soon = {group.id: group for group in groups[1]}
    for id_ in dict.fromkeys((*overdue, *soon)):
        name = (overdue.get(id_) or soon[id_]).name
        yield (
            id_,
            name,
            len(overdue[id_].at) if id_ in overdue else 0,
            len(soon[id_].at) if id_ in soon else 0,
        )


def _rows(groups: tuple[list[due.Group], list[due.Group]], part: str) -> tuple[Row, ...]:
    return tuple(
        (
            cells.link(name),
            cells.number(late, f"{addresses.OVERDUE}{part}#{id_}"),
            cells.number(soon, f"{addresses.DUE_SOON}{part}#{id_}"),
        )
        for id_, name, late, soon in _merged(groups)
    )


_COUNTS = (Column("逾期", "num"), Column("即将到期", "num"))


def _by_unit(facts: Facts, overdue: list[Obligation], soon: list[Obligation]) -> Table:
    rows = _rows((due.by_unit(facts, overdue), due.by_unit(facts, soon)), "by-division/")
    order = list(facts.result.world.company.units)
    names = {facts.unit(id_).text: place for place, id_ in enumerate(order)}
    rows = tuple(sorted(rows, key=lambda row: names.get(row[0].parts[0].text, len(order))))
    return Table("按部门", (Column("部门"), *_COUNTS), rows, "没有逾期和即将到期的事项。", sortable=True)


def _by_person(facts: Facts, overdue: list[Obligation], soon: list[Obligation]) -> Table:
    rows = _rows((due.by_person(facts, overdue), due.by_person(facts, soon)), "by-person/")
    return Table(
        "按人员", (Column("责任人", "names"), *_COUNTS), rows, "没有逾期和即将到期的事项。", sortable=True
    )


def _since(facts: Facts) -> date:
    return plus(facts.as_of, 1 - RECENT_DAYS)


def recent_visits(facts: Facts, client: Client) -> list[Dated]:
    """A client's visits of the last 30 days."""
    return [
        (day, visit.path, client_visits.visit_row(facts, visit, with_client=True))
        for visit in client.visits
        if (day := visit.place.day) and _since(facts) <= day <= facts.as_of
    ]


def recent_papers(facts: Facts, client: Client | None) -> list[Dated]:
    """The plans and reports handed in for a client (for none: Key Accounts' analyses) in the last 30 days."""
    records: list[Record[Any]] = []
    if client is None:
        records += facts.result.world.analyses.values()
    else:
        records += [*client.reports.values(), *client.visit_plans.values()]
        records += [*client.service_plans.values(), *client.satisfaction_plans.values()]
    whose = facts.client(client.id) if client else facts.unit(KEY_ACCOUNTS)
    return [
        (
            day,
            record.path,
            (
                cells.day(day),
                cells.link(whose),
                cells.link(Link(_paper(record), facts.page_of(record.path))),
            ),
        )
        for record in records
        if (day := record.own_date) and _since(facts) <= day <= facts.as_of
    ]


def recent_events(facts: Facts, client: Client) -> list[tuple[date, str, str]]:
    """What happened at a client in the last 30 days."""
    return [
        (event.happened_on, client.id, event.what or "")
        for record in client.events
        for event in record.data.events or ()
        if event.happened_on and _since(facts) <= event.happened_on <= facts.as_of
    ]


def _lately(facts: Facts) -> Iterator[Recent]:
    return (face.lately() for face in facts.faces.values() if "recent" in face.shown)


def _latest(dated: Iterable[Dated]) -> tuple[Row, ...]:
    """The lines, the latest first."""
    return tuple(row for *_, row in sorted(dated, key=lambda one: one[:2], reverse=True))


def _visits(facts: Facts) -> tuple[Row, ...]:
    return _latest(visit for one in _lately(facts) for visit in one.visits)


def _papers(facts: Facts) -> tuple[Row, ...]:
    of_clients = (paper for one in _lately(facts) for paper in one.papers)
    return _latest([*recent_papers(facts, None), *of_clients])


def _recent(facts: Facts) -> Section:
    visits, papers = _visits(facts), _papers(facts)
    events = _events(facts)
    cards = (
        Card("拜访", str(len(visits)), f"{addresses.RECENT}#visits"),
        Card("提交的报告和计划", str(len(papers)), f"{addresses.RECENT}#papers"),
        Card("客户特殊情况", str(len(events)), f"{addresses.RECENT}#events"),
    )
    return Section(
        f"近 {RECENT_DAYS} 天", "recent", cards=cards, tables=(_visits_table(visits[:8]),),
        links=(Link(f"近 {RECENT_DAYS} 天的全部动态", addresses.RECENT),),
    )  # fmt: skip


def _visits_table(rows: tuple[Row, ...], *, hidden: bool = False) -> Table:
    return Table(
        "最近的拜访",
        client_visits.VISITS_WITH_CLIENT,
        rows,
        "没有拜访。",
        sortable=True,
        hidden_caption=hidden,
    )


def _events(facts: Facts) -> list[tuple[date, str, str]]:
    return sorted((event for one in _lately(facts) for event in one.events), reverse=True)


def recent_page(facts: Facts) -> Page:
    """All that happened in the last 30 days."""
    visits = _visits(facts)
    sections = (
        Section(f"拜访（{len(visits)} 次）", "visits", tables=(_visits_table(visits, hidden=True),)),
        _papers_section(facts),
        _events_section(facts),
    )
    notes = (f"{_since(facts)} 至 {facts.as_of}。",)
    title = f"近 {RECENT_DAYS} 天"
    return Page(addresses.RECENT, title, sections, (Link("总览", ""),), notes=notes, wide=True)


def _papers_section(facts: Facts) -> Section:
    rows = _papers(facts)
    columns = (Column("日期", "day"), Column("客户或单位"), Column("文件", "wide"))
    table = Table(
        "提交的报告和计划", columns, rows, "没有提交报告或计划。", sortable=True, hidden_caption=True
    )
    return Section(f"提交的报告和计划（{len(rows)} 份）", "papers", tables=(table,))


def _events_section(facts: Facts) -> Section:
    rows: tuple[Row, ...] = tuple(
        (cells.day(day), cells.link(facts.client(client)), cells.text(what))
        for day, client, what in _events(facts)
    )
    columns = (Column("日期", "day"), Column("客户"), Column("情况", "wide"))
    table = Table("客户特殊情况", columns, rows, "没有登记特殊情况。", hidden_caption=True)
    return Section(f"客户特殊情况（{len(rows)} 件）", "events", tables=(table,))


def _paper(record: Record[Any]) -> str:
    place = record.place
    period = f"{place.year} 年" + (quarter_name(place.quarter) if place.quarter else "")
    return f"{period}{place.kind.value.replace('(', '（').replace(')', '）')}"
