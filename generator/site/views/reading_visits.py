"""Visits and their plans read as pages."""

from functools import lru_cache

from generator.model.record import Record
from generator.model.work import (
    Duty,
    Visit,
    VisitPlan,
)
from generator.obligations.kinds import ObligationKind
from generator.site.facts import Facts, quarter_name
from generator.site.values import Badge, Cell, Link, Page, Section, Table
from generator.site.views import cells, client_visits, client_work
from generator.site.views.record_page import crumbs_of, record_page
from generator.standing.clients import Client, plan_quarter


def visit(facts: Facts, client: Client, record: Record[Visit]) -> Page:
    """The report of a visit (annex 2)."""
    data, day = record.data, record.place.day
    nth = f"（第 {record.place.number} 次）" if record.place.number > 1 else ""
    report = facts.owed.one(client.id, ObligationKind.VISIT_REPORT, str(day), record.place.number)
    known = [
        cells.fact("客户名称", cells.link(facts.client(client.id))),
        cells.fact(
            "拜访日期", f"{data.visited_on or day}" + (f" 至 {data.ended_on}" if data.ended_on else "")
        ),
        cells.fact("类型", _visit_type(facts, client, record)),
        cells.fact("出差人员", cells.links(facts.people(data.travellers))),
        cells.fact("所见客户人员", client_visits.met_there(facts, data)),
        cells.fact("客户服务工作", _duties_done(tuple(data.duties or ()))),
    ]
    if data.special:
        known.append(cells.fact("特殊情况", Cell((Link(data.special),), note=f"发生于 {data.happened_on}")))
    if data.not_done_because:
        known.append(cells.fact("未开展原因", data.not_done_because))
    reporter = Cell(
        facts.people([data.reported_by] if data.reported_by else []), note=str(data.reported_on or "")
    )
    known.append(cells.fact("填报", reporter if data.reported_by else "待填报"))
    known.append(client_work.state_fact(facts, "报告", report))
    todos = _todos(facts, client, record)
    badges = (Badge("pending", "待填报"),) if data.state else ()
    return record_page(
        facts,
        record,
        f"{client.name} {day} 拜访报告{nth}",
        crumbs_of(facts, client, record.place.year),
        tuple(known),
        (todos,),
        badges,
    )


def _visit_type(facts: Facts, client: Client, record: Record[Visit]) -> Cell:
    data = record.data
    if data.type is None:
        return cells.text(None)
    if data.plan_number is None:
        return cells.text(data.type.value)
    quarter = plan_quarter(record)
    plan = client.visit_plans.get(quarter) if quarter else None
    label = (
        f"{data.type.value}（{quarter.year} 年{quarter_name(quarter.number)}计划第 {data.plan_number} 项）"
        if quarter
        else data.type.value
    )
    return cells.link(Link(label, facts.page_of(plan.path) if plan else None))


@lru_cache(maxsize=256)
def _duties_done(duties: tuple[Duty | None, ...]) -> str:
    done = [one.value for one in duties if one]
    left = [duty.value for duty in Duty if duty.value not in done]
    return "、".join(done) + (f"（未开展：{'、'.join(left)}）" if done and left else "")


def _todos(facts: Facts, client: Client, record: Record[Visit]) -> Section | None:
    rows = []
    for at, todo in enumerate(record.data.todos or (), start=1):
        number = 100 * (record.place.number - 1) + at
        one = facts.owed.one(client.id, ObligationKind.FOLLOW_UP, str(record.place.day), number)
        rows.append(client_work.task_row(facts, str(at), todo, one))
    if not rows:
        return None
    return Section(
        "待办",
        "todos",
        tables=(Table("拜访中承诺的事项", client_work.TASKS, tuple(rows), hidden_caption=True),),
    )


def visit_plan(facts: Facts, client: Client, record: Record[VisitPlan]) -> Page:
    """The plan of a quarter's visits (3.3a)."""
    quarter, data = record.place.quarter or 1, record.data
    period = f"{record.place.year}-Q{quarter}"
    known = (
        cells.fact("客户", cells.link(facts.client(client.id))),
        cells.fact("制定", Cell((facts.person(data.drawn_up_by),), note=str(data.drawn_up_on or ""))),
        client_work.state_fact(
            facts, "季度访问计划", facts.owed.one(client.id, ObligationKind.VISIT_PLAN, period)
        ),
    )
    table = client_visits.plan_table(facts, client, record)
    title = f"{client.name} {record.place.year} 年{quarter_name(quarter)}访问计划"
    entries = Section("计划的拜访", "entries", tables=(table,))
    return record_page(facts, record, title, crumbs_of(facts, client, record.place.year), known, (entries,))
