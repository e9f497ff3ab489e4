"""A client's service plan, quarterly reports and satisfaction plan of a year."""

from collections.abc import Callable, Sequence
from functools import partial

from generator.model.record import Record
from generator.model.work import Measure, ServicePlan, Task
from generator.obligations.kinds import ObligationKind, Status
from generator.obligations.obligation import Obligation
from generator.policy.days import Quarter
from generator.site.facts import Facts, quarter_name
from generator.site.values import Badge, Bar, Cell, Column, Fact, Link, Row, Section, Table
from generator.site.views import cells
from generator.site.views.client_visits import quarters
from generator.site.views.details import moved_note
from generator.site.views.duties import timing
from generator.standing.clients import Client


def state_fact(facts: Facts, label: str, one: Obligation | None) -> Fact:
    """How an obligation stands, as a line of a list."""
    if one is None:
        return cells.fact(label, "不要求")
    note = f"到期日 {one.due}；{timing(one, facts.as_of)}"
    return Fact(label, Cell(badge=cells.state(one.status), note=note))


TASKS = (
    Column("序号", "num"),
    Column("内容", "wide"),
    Column("负责人", "names"),
    Column("期限", "day"),
    Column("状态", "keep"),
    Column("完成日期", "day"),
)


Asked = Callable[[int | None], Obligation | None]
"""The obligation of a measure's number, where it is asked for."""


def task_state(facts: Facts, task: Task, one: Obligation | None) -> Cell:
    """How a measure or to-do stands."""
    if task.cancelled and task.done_on is None:
        note = f"{task.cancelled.on} 取消：{task.cancelled.reason or '未写原因'}"
        return Cell(badge=Badge("cancelled", "已取消"), note=note)
    if one is None:
        return cells.badge("done", "已完成") if task.done_on else cells.text("—")
    return Cell(badge=cells.state(one.status), note="" if one.done_on else timing(one, facts.as_of))


def task_row(facts: Facts, number: str, task: Task, one: Obligation | None) -> Row:
    """A measure's or to-do's line."""
    return (
        cells.text(number),
        cells.text(task.what),
        cells.link(facts.person(task.owner)),
        cells.day(task.until, note=moved_note(task)),
        task_state(facts, task, one),
        cells.day(task.done_on),
    )


def measure_rows(facts: Facts, measures: Sequence[Measure] | None, asked: Asked) -> tuple[Row, ...]:
    """The lines of 重点工作 or 改进措施."""
    return tuple(
        task_row(
            facts,
            str(measure.number if measure.number is not None else "—"),
            measure,
            asked(measure.number),
        )
        for measure in measures or ()
    )


def progress(measures: Sequence[Measure] | None) -> tuple[int, int]:
    """How many measures are done, of how many that were not cancelled."""
    counted = [measure for measure in measures or () if measure.done_on or not measure.cancelled]
    return sum(1 for measure in counted if measure.done_on), len(counted)


def service_plan(facts: Facts, client: Client, year: int) -> Section | None:
    """The service plan with its filing and the progress of its measures."""
    one = facts.owed.one(client.id, ObligationKind.SERVICE_PLAN, str(year))
    record = client.service_plans.get(year)
    title = f"{year} 年服务方案"
    if record is None:
        if one is None:
            return None
        source = facts.source(one.record) if one.record else None
        known = (state_fact(facts, "服务方案", one),)
        return Section(title, "service-plan", notes=("还没有服务方案。",), facts=known, source=source)
    asked = partial(facts.owed.one, client.id, ObligationKind.PLAN_MEASURE, str(year))
    done, total = progress(record.data.measures)
    bar = Bar("重点工作进展", done, total, f"{total} 项中完成 {done} 项")
    table = Table("重点工作", TASKS, measure_rows(facts, record.data.measures, asked))
    return Section(
        title,
        "service-plan",
        facts=(state_fact(facts, "服务方案", one), *plan_facts(facts, client, record)),
        bars=(bar,) if total else (),
        tables=(table,),
        links=(Link("阅读服务方案全文", facts.page_of(record.path)),),
        source=facts.source_of(record),
    )


def plan_facts(facts: Facts, client: Client, record: Record[ServicePlan]) -> tuple[Fact, ...]:
    """Who drew the plan up, and its filing and countersignature."""
    data, period = record.data, str(record.place.year)
    known = [
        cells.fact("编制", Cell(facts.people(data.authors), note=str(data.drawn_up_on or ""))),
    ]
    filing = facts.owed.one(client.id, ObligationKind.SERVICE_PLAN_FILING, period)
    if data.filing:
        note = f"{data.filing.on}，大客户部接收"
        known.append(cells.fact("备案", Cell((facts.person(data.filing.received_by),), note=note)))
    elif filing:
        known.append(state_fact(facts, "备案", filing))
    else:
        known.append(cells.fact("备案", "不要求"))
    countersign = facts.owed.one(client.id, ObligationKind.PLAN_COUNTERSIGN, period)
    if data.countersign:
        cell = Cell((facts.person(data.countersign.person),), note=str(data.countersign.on))
        known.append(cells.fact("大客户部会签", cell))
    elif countersign:
        known.append(state_fact(facts, "大客户部会签", countersign))
    return tuple(known)


_REPORTS = (
    Column("季度", "keep"),
    Column("状态", "keep"),
    Column("填报人", "keep"),
    Column("提交日期", "day"),
    Column("到期日", "day"),
    Column("记录", "path"),
)


def reports(facts: Facts, client: Client, year: int) -> Section | None:
    """The quarterly reports of a year."""
    rows = [row for quarter in quarters(year) if (row := _report_row(facts, client, quarter))]
    if not rows:
        return None
    table = Table("季度采购（销售）情况分析报告", _REPORTS, tuple(rows), hidden_caption=True)
    return Section(f"{year} 年季度分析报告", "reports", tables=(table,))


def _report_row(facts: Facts, client: Client, quarter: Quarter) -> Row | None:
    record = client.reports.get(quarter)
    one = facts.owed.one(client.id, ObligationKind.QUARTERLY_REPORT, str(quarter))
    if record is None and one is None:
        return None
    url = facts.page_of(record.path) if record else None
    people = (
        (facts.person(record.data.reported_by),) if record else facts.people(one.responsible if one else ())
    )
    state = Cell(badge=Badge("none", "不要求"))
    if one:
        state = Cell(badge=cells.state(one.status), note="" if one.done_on else timing(one, facts.as_of))
    path = record.path if record else (one.record if one else None)
    show_path = record is None and one is not None and one.status is not Status.OPEN
    return (
        cells.text(f"{quarter.year} 年{quarter_name(quarter.number)}", sort=str(quarter)),
        state,
        cells.links(people),
        cells.day(record.data.submitted_on if record else None),
        cells.day(one.due if one else None),
        Cell(
            (Link("阅读报告", url),) if url else (Link("未提交"),),
            source=facts.source(path) if path and show_path else None,
        ),
    )


def satisfaction_plan(facts: Facts, client: Client, year: int) -> Section | None:
    """The plan to raise client satisfaction."""
    one = facts.owed.one(client.id, ObligationKind.SATISFACTION_PLAN, str(year))
    record = client.satisfaction_plans.get(year)
    if record is None and one is None:
        return None
    known = [state_fact(facts, "满意度计划书", one)]
    path = record.path if record else (one.record if one else None)
    links: tuple[Link, ...] = ()
    if record:
        cell = Cell(facts.people(record.data.authors), note=str(record.data.submitted_on or ""))
        known.append(cells.fact("编制", cell))
        links = (Link("阅读满意度计划书全文", facts.page_of(record.path)),)
    return Section(
        f"{year} 年提升客户满意度计划书",
        "satisfaction-plan",
        facts=tuple(known),
        links=links,
        source=facts.source(path) if path else None,
    )
