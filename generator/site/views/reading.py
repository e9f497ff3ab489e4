"""Records read as pages: visits, plans, reports and analyses, each with its author and day."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator.model.base import Document
from generator.model.record import Record
from generator.model.work import (
    Analysis,
    Duty,
    QuarterlyReport,
    SatisfactionPlan,
    ServicePlan,
    Trade,
    Visit,
    VisitPlan,
)
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Obligation
from generator.reading.markdown import without_comments
from generator.site import addresses, markdown
from generator.site.facts import Facts, quarter_name
from generator.site.published import NOT_SHOWN
from generator.site.values import Badge, Bar, Cell, Column, Fact, Link, Page, Row, Section, Table
from generator.site.views import cells, client_visits, client_work, findings, places
from generator.standing.clients import Client, plan_quarter


def of_client(facts: Facts, client: Client) -> Iterator[Page]:
    """A page for every visit, report and plan of a client."""
    for visit in client.visits:
        yield _visit(facts, client, visit)
    for plan in client.visit_plans.values():
        yield _visit_plan(facts, client, plan)
    for report in client.reports.values():
        yield _report(facts, client, report)
    for service_plan in client.service_plans.values():
        yield _service_plan(facts, client, service_plan)
    for satisfaction_plan in client.satisfaction_plans.values():
        yield _satisfaction_plan(facts, client, satisfaction_plan)


def analyses(facts: Facts) -> Iterator[Page]:
    """A page for every analysis of Key Accounts."""
    for quarter, record in sorted(facts.result.world.analyses.items()):
        period = f"{quarter.year} 年{quarter_name(quarter.number)}"
        crumbs = (Link("部门", addresses.UNITS), facts.unit("key-accounts"))
        yield _page(facts, record, f"{period}客户服务分析", crumbs, *_analysis(facts, record, str(quarter)))


def _page(
    facts: Facts,
    record: Record[Any],
    title: str,
    crumbs: tuple[Link, ...],
    known: tuple[Fact, ...],
    before: tuple[Section | None, ...],
    badges: tuple[Badge, ...] = (),
) -> Page:
    sections = [
        Section("概要", "summary", facts=known),
        *before,
        *_body(facts, record),
        _corrections(facts, record),
        findings.of_record(facts, record),
        findings.waivers(facts, [record]),
    ]
    return Page(
        addresses.record(record.place, facts.as_of),
        title,
        tuple(one for one in sections if one is not None),
        crumbs=crumbs,
        badges=badges,
        source=facts.source_of(record),
    )


def _crumbs(facts: Facts, client: Client, year: int | None) -> tuple[Link, ...]:
    crumbs = (Link("客户", addresses.CLIENTS), facts.client(client.id))
    if year is None or year == facts.as_of.year:
        return crumbs
    return (*crumbs, Link(f"{year} 年", addresses.client_year(client.id, year, facts.as_of)))


_MOST_SECTIONS = 200
"""How many headings of a body become sections of a page."""


def _body(facts: Facts, record: Record[Any]) -> Iterator[Section]:
    """The parts of the body, in the order written; that there is one, where it may not be shown."""
    if not facts.published.bodies:
        yield Section("正文", "part-1", notes=(f"{NOT_SHOWN}。",))
        return
    texts = [without_comments(section.text) for section in record.sections]
    if len(texts) > _MOST_SECTIONS or markdown.has_too_many_signs(texts):
        whole = "\n".join(f"## {one.title}\n{text}" for one, text in zip(record.sections, texts, strict=True))
        note = "标题或符号太多，正文按原样显示。"
        yield Section("正文", "part-1", notes=(note,), body=markdown.as_typed(whole))
        return
    for at, section in enumerate(record.sections, start=1):
        text = without_comments(section.text).strip()
        body = markdown.render(section.text, lead=partial(places.leads_to, facts, record)) if text else None
        yield Section(section.title, f"part-{at}", body=body, notes=() if text else ("（空）",))


def _corrections(facts: Facts, record: Record[Any]) -> Section | None:
    given = record.data.corrections if isinstance(record.data, Document) else None
    rows: list[Row] = [
        (cells.day(one.on), cells.link(facts.person(one.by)), cells.text(one.what)) for one in given or ()
    ]
    if not rows:
        return None
    columns = (Column("日期", "day"), Column("更正人"), Column("说明", "wide"))
    return Section(
        "更正", "corrections", tables=(Table("提交后的更正", columns, tuple(rows), hidden_caption=True),)
    )


def _asked(
    facts: Facts, client: Client, kind: ObligationKind, period: str, number: int | None
) -> Obligation | None:
    for one in facts.owed.of(client.id):
        if one.kind is kind and one.period == period and one.number == number:
            return one
    return None


def _visit(facts: Facts, client: Client, record: Record[Visit]) -> Page:
    data, day = record.data, record.place.day
    nth = f"（第 {record.place.number} 次）" if record.place.number > 1 else ""
    report = _asked(facts, client, ObligationKind.VISIT_REPORT, str(day), record.place.number)
    known = [
        cells.fact("客户名称", cells.link(facts.client(client.id))),
        cells.fact(
            "拜访日期", f"{data.visited_on or day}" + (f" 至 {data.ended_on}" if data.ended_on else "")
        ),
        cells.fact("类型", _visit_type(facts, client, record)),
        cells.fact("出差人员", cells.links(facts.people(data.travellers))),
        cells.fact("所见客户人员", client_visits.met_there(facts, data)),
        cells.fact("客户服务工作", _duties_done(data)),
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
    return _page(
        facts,
        record,
        f"{client.name} {day} 拜访报告{nth}",
        _crumbs(facts, client, record.place.year),
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


def _duties_done(data: Visit) -> str:
    done = [one.value for one in data.duties or () if one]
    left = [duty.value for duty in Duty if duty.value not in done]
    return "、".join(done) + (f"（未开展：{'、'.join(left)}）" if done and left else "")


def _todos(facts: Facts, client: Client, record: Record[Visit]) -> Section | None:
    rows = []
    for at, todo in enumerate(record.data.todos or (), start=1):
        number = 100 * (record.place.number - 1) + at
        one = _asked(facts, client, ObligationKind.FOLLOW_UP, str(record.place.day), number)
        rows.append(client_work.task_row(facts, str(at), todo, one))
    if not rows:
        return None
    return Section(
        "待办",
        "todos",
        tables=(Table("拜访中承诺的事项", client_work.TASKS, tuple(rows), hidden_caption=True),),
    )


def _visit_plan(facts: Facts, client: Client, record: Record[VisitPlan]) -> Page:
    quarter, data = record.place.quarter or 1, record.data
    period = f"{record.place.year}-Q{quarter}"
    known = (
        cells.fact("客户", cells.link(facts.client(client.id))),
        cells.fact("制定", Cell((facts.person(data.drawn_up_by),), note=str(data.drawn_up_on or ""))),
        client_work.state_fact(
            facts, "季度访问计划", client_work.obligation(facts, client, ObligationKind.VISIT_PLAN, period)
        ),
    )
    table = client_visits.plan_table(facts, client, record)
    title = f"{client.name} {record.place.year} 年{quarter_name(quarter)}访问计划"
    entries = Section("计划的拜访", "entries", tables=(table,))
    return _page(facts, record, title, _crumbs(facts, client, record.place.year), known, (entries,))


_TRADE = (Column("方向"), Column("品种"), Column("数量", "num"), Column("计量单位"))


def _trade(title: str, id_: str, lines: list[Trade] | None) -> Section | None:
    rows: list[Row] = [
        (
            cells.text(one.side.value if one.side else None),
            cells.text(one.goods),
            cells.number(one.amount),
            cells.text(one.unit),
        )
        for one in lines or ()
    ]
    return (
        Section(title, id_, tables=(Table(title, _TRADE, tuple(rows), hidden_caption=True),))
        if rows
        else None
    )


def _report(facts: Facts, client: Client, record: Record[QuarterlyReport]) -> Page:
    data, quarter = record.data, record.place.quarter or 1
    sides = "、".join(side.value for side in data.sides or () if side)
    period = f"{record.place.year}-Q{quarter}"
    known = (
        cells.fact("客户", cells.link(facts.client(client.id))),
        cells.fact("方向", sides),
        cells.fact("填报", Cell((facts.person(data.reported_by),), note=f"{data.submitted_on} 提交")),
        client_work.state_fact(
            facts, "季度报告", client_work.obligation(facts, client, ObligationKind.QUARTERLY_REPORT, period)
        ),
    )
    before = (_trade("本季实绩", "traded", data.traded), _trade("下季预测", "forecast", data.forecast))
    title = (
        f"{client.name} {record.place.year} 年{quarter_name(quarter)}{sides and f'（{sides}）'}情况分析报告"
    )
    return _page(facts, record, title, _crumbs(facts, client, record.place.year), known, before)


def _service_plan(facts: Facts, client: Client, record: Record[ServicePlan]) -> Page:
    year, data = record.place.year or 0, record.data
    asked = client_work.measures_asked(facts.owed.of(client.id), ObligationKind.PLAN_MEASURE, str(year))
    one = client_work.obligation(facts, client, ObligationKind.SERVICE_PLAN, str(year))
    known = (
        cells.fact("客户", cells.link(facts.client(client.id))),
        *client_work.plan_facts(facts, client, record),
        client_work.state_fact(facts, "服务方案", one),
    )
    before = _measures(facts, "重点工作", data.measures, asked)
    return _page(
        facts, record, f"{client.name} {year} 年服务方案", _crumbs(facts, client, year), known, (before,)
    )


def _measures(facts: Facts, title: str, measures: Any, asked: dict[int | None, Obligation]) -> Section | None:
    if not measures:
        return None
    done, total = client_work.progress(measures)
    bar = Bar(f"{title}进展", done, total, f"{total} 项中完成 {done} 项")
    rows = client_work.measure_rows(facts, measures, asked)
    return Section(
        title,
        "measures",
        bars=(bar,) if total else (),
        tables=(Table(title, client_work.TASKS, rows, hidden_caption=True),),
    )


def _satisfaction_plan(facts: Facts, client: Client, record: Record[SatisfactionPlan]) -> Page:
    year, data = record.place.year or 0, record.data
    one = client_work.obligation(facts, client, ObligationKind.SATISFACTION_PLAN, str(year))
    known = (
        cells.fact("客户", cells.link(facts.client(client.id))),
        cells.fact("编制", Cell(facts.people(data.authors), note=f"{data.submitted_on} 提交")),
        client_work.state_fact(facts, "满意度计划书", one),
    )
    title = f"{client.name} {year} 年提升客户满意度计划书"
    return _page(facts, record, title, _crumbs(facts, client, year), known, ())


def _analysis(
    facts: Facts, record: Record[Analysis], period: str
) -> tuple[tuple[Fact, ...], tuple[Section | None, ...]]:
    data = record.data
    general = [one for one in facts.owed.own if one.period == period]
    asked = client_work.measures_asked(general, ObligationKind.FOLLOW_UP, period)
    due = next((one for one in general if one.kind is ObligationKind.KEY_ACCOUNTS_ANALYSIS), None)
    known = (
        cells.fact("编制", Cell(facts.people(data.authors), note=f"{data.submitted_on} 提交")),
        client_work.state_fact(facts, "客户服务分析", due),
    )
    return known, (_measures(facts, "改进措施", data.improvements, asked),)
