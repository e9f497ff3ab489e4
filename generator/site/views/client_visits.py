"""A client's visits in a year: planned, done and remaining; leader visits; what happened."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.model.record import Record
from generator.model.work import PlanEntry, Visit, VisitPlan
from generator.obligations.kinds import ObligationKind, Status
from generator.obligations.obligation import Obligation
from generator.obligations.visits import leader_visits_made
from generator.policy.days import Quarter, first_of
from generator.site.facts import Facts, quarter_name
from generator.site.published import NOT_SHOWN
from generator.site.values import Badge, Bar, Card, Cell, Column, Link, Row, Section, Table
from generator.site.views import cells
from generator.site.views.details import moved_note, planned_day
from generator.site.views.duties import timing
from generator.standing.clients import Client, record_quarter


def section(facts: Facts, client: Client, year: int) -> Section:
    """Plans, visits and their counts."""
    visits = [visit for visit in client.visits if visit.place.day and visit.place.day.year == year]
    entries = list(_entries(facts, client, year))
    planned = [one for one in entries if one[2].kind != "cancelled"]
    done = sum(1 for one in planned if one[2].kind in ("done", "late"))
    cards = (
        Card("计划拜访", str(len(planned)), note="已取消的不计"),
        Card("已完成", str(done)),
        Card("尚未进行", str(len(planned) - done)),
        Card("全年拜访", str(len(visits)), note=_by_type(visits)),
    )
    tables = (
        Table("访问计划", _PLAN, tuple(_plan_row(facts, *one) for one in entries), "没有访问计划。"),
        Table(
            "拜访记录",
            _VISITS,
            tuple(visit_row(facts, visit, with_client=False) for visit in reversed(visits)),
            "还没有拜访记录。",
            sortable=True,
        ),
    )
    return Section(
        f"{year} 年拜访", "visits", cards=cards, bars=_leader_bars(facts, client, year), tables=tables
    )


def _by_type(visits: list[Record[Visit]]) -> str:
    counts = Counter(visit.data.type.value if visit.data.type else "待填报" for visit in visits)
    return "，".join(f"{type_} {count}" for type_, count in sorted(counts.items()))


def _leader_bars(facts: Facts, client: Client, year: int) -> tuple[Bar, ...]:
    asked = [
        one
        for one in facts.owed.of(client.id)
        if one.kind is ObligationKind.LEADER_VISIT and one.period == str(year)
    ]
    if not asked:
        return ()
    values = facts.result.world.parameters.on(first_of(year))
    made = len(leader_visits_made(facts.result.world, client, year))
    least, target = values.leader_visits_min, values.leader_visits_target
    verdict = "已达下限，未到目标" if made >= least else "未达下限"
    text = f"{made} 次；至少 {least} 次，目标 {target} 次：{'已达目标' if made >= target else verdict}"
    return (Bar("公司领导走访", min(made, target), target, text),)


_Entry = tuple[Record[VisitPlan], PlanEntry, Badge, Obligation | None]


def _entries(facts: Facts, client: Client, year: int) -> Iterator[_Entry]:
    for quarter, record in sorted(client.visit_plans.items()):
        if quarter.year == year:
            yield from _entries_of(facts, client, record)


def _entries_of(facts: Facts, client: Client, record: Record[Any]) -> Iterator[_Entry]:
    period = str(record_quarter(record))
    for entry in record.data.entries or ():
        one = facts.owed.one(client.id, ObligationKind.PLANNED_VISIT, period, entry.number)
        yield record, entry, _entry_state(one, entry), one


def plan_table(facts: Facts, client: Client, record: Record[VisitPlan]) -> Table:
    """The entries of one quarter's plan."""
    rows = tuple(_plan_row(facts, *one)[1:] for one in _entries_of(facts, client, record))
    return Table("计划的拜访", _PLAN[1:], rows, hidden_caption=True)


def _entry_state(one: Obligation | None, entry: PlanEntry) -> Badge:
    if entry.cancelled and (one is None or one.done_on == entry.cancelled.on):
        return Badge("cancelled", "已取消")
    return cells.state(one.status) if one else Badge("none", "不要求")


_PLAN = (
    Column("季度", "keep"),
    Column("序号", "num"),
    Column("计划日期", "day"),
    Column("拜访人员", "names"),
    Column("目的", "wide"),
    Column("状态", "keep"),
    Column("拜访", "day"),
)


def _plan_row(
    facts: Facts, record: Record[VisitPlan], entry: PlanEntry, state: Badge, one: Obligation | None
) -> Row:
    quarter = record.place.quarter or 1
    reason = ""
    if entry.cancelled:
        reason = f"{entry.cancelled.on} 取消：{entry.cancelled.reason or '未写原因'}"
    visit = facts.page_of(one.record) if one and one.record else None
    made = cells.day(one.done_on, visit) if one and visit else cells.text("—", sort="9999")
    return (
        cells.link(Link(quarter_name(quarter), facts.page_of(record.path)), sort=str(quarter)),
        cells.text(str(entry.number) if entry.number is not None else None),
        cells.day(planned_day(facts, record, entry), note=_first_typed(entry)),
        cells.links(facts.people(entry.visitors)),
        cells.text(entry.purpose, note=reason),
        Cell(badge=state, note=timing(one, facts.as_of) if one and one.status is Status.OVERDUE else ""),
        made,
    )


def _first_typed(entry: PlanEntry) -> str:
    return f"原定 {entry.planned_on}；{moved_note(entry)}" if entry.moved else ""


_VISITS = (
    Column("拜访日期", "day"),
    Column("类型", "names"),
    Column("出差人员", "names"),
    Column("所见客户人员", "wide"),
    Column("填报", "keep"),
    Column("待办", "num"),
)
VISITS_WITH_CLIENT = (_VISITS[0], Column("客户"), *_VISITS[1:])


def met_there(facts: Facts, visit: Visit) -> str | None:
    """Whom the travellers met at the client, where that may be shown."""
    met = [f"{one.name}{f'（{one.title}）' if one.title else ''}" for one in visit.met or () if one.name]
    if met and not facts.published.contacts:
        return NOT_SHOWN
    return "、".join(met) or None


def visit_row(facts: Facts, visit: Record[Visit], *, with_client: bool) -> Row:
    """A visit's line."""
    data = visit.data
    met = met_there(facts, data)
    todos = data.todos or []
    left = sum(1 for todo in todos if todo.done_on is None and todo.cancelled is None)
    reported = cells.badge("pending", "待填报")
    if data.reported_on:
        reported = Cell((facts.person(data.reported_by),), note=data.reported_on.isoformat())
    nth = f"（第 {visit.place.number} 次）" if visit.place.number > 1 else ""
    return (
        cells.day(visit.place.day, facts.page_of(visit.path), note=nth),
        *((cells.link(facts.client(visit.place.client or "")),) if with_client else ()),
        cells.text(data.type.value if data.type else None, note=data.special or ""),
        cells.links(facts.people(data.travellers)),
        cells.text(met),
        reported,
        Cell((Link(str(len(todos))),), note=f"{left} 项未完成" if left else "", sort=str(len(todos))),
    )


def events(facts: Facts, client: Client, year: int) -> Section | None:
    """Special events of a year, each with the visit that it called for."""
    rows: list[Row] = []
    records = [record for record in client.events if record.place.year == year]
    for record in records:
        for event in record.data.events or ():
            happened = event.happened_on.isoformat() if event.happened_on else ""
            one = facts.owed.one(client.id, ObligationKind.SPECIAL_VISIT, happened)
            visit = facts.page_of(one.record) if one and one.record else None
            rows.append(
                (
                    cells.day(event.happened_on),
                    cells.text(event.what),
                    cells.link(facts.person(event.noted_by)),
                    Cell(badge=cells.state(one.status), note=timing(one, facts.as_of))
                    if one
                    else cells.text(None),
                    cells.day(one.done_on, visit) if one and one.done_on else cells.text("—"),
                )
            )
    if not rows:
        return None
    columns = (
        Column("发生日期", "day"),
        Column("情况", "wide"),
        Column("登记人", "names"),
        Column("特别访问"),
        Column("拜访", "day"),
    )
    return Section(
        "特殊情况",
        "events",
        tables=(Table("特殊情况登记", columns, tuple(rows)),),
        source=facts.source_of(records[0]),
    )


def quarters(year: int) -> list[Quarter]:
    """The four quarters of a year."""
    return [Quarter(year, number) for number in range(1, 5)]
