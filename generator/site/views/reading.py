"""Records read as pages: visits, plans, reports and analyses, each with its author and day."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator.model.record import Record
from generator.model.work import (
    Analysis,
    QuarterlyReport,
    SatisfactionPlan,
    ServicePlan,
    Trade,
)
from generator.obligations.kinds import ObligationKind
from generator.site import addresses
from generator.site.facts import Facts, quarter_name
from generator.site.values import Bar, Cell, Column, Fact, Link, Page, Row, Section, Table
from generator.site.views import cells, client_work
from generator.site.views import reading_visits as visits
from generator.site.views.record_page import crumbs_of, record_page
from generator.standing.clients import Client


def of_client(facts: Facts, client: Client) -> Iterator[Page]:
    """A page for every visit, report and plan of a client."""
    for visit in client.visits:
        yield visits.visit(facts, client, visit)
    for plan in client.visit_plans.values():
        yield visits.visit_plan(facts, client, plan)
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
        yield record_page(
            facts, record, f"{period}客户服务分析", crumbs, *_analysis(facts, record, str(quarter))
        )


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
            facts, "季度报告", facts.owed.one(client.id, ObligationKind.QUARTERLY_REPORT, period)
        ),
    )
    before = (_trade("本季实绩", "traded", data.traded), _trade("下季预测", "forecast", data.forecast))
    title = (
        f"{client.name} {record.place.year} 年{quarter_name(quarter)}{sides and f'（{sides}）'}情况分析报告"
    )
    return record_page(facts, record, title, crumbs_of(facts, client, record.place.year), known, before)


def _service_plan(facts: Facts, client: Client, record: Record[ServicePlan]) -> Page:
    year, data = record.place.year or 0, record.data
    asked = partial(facts.owed.one, client.id, ObligationKind.PLAN_MEASURE, str(year))
    one = facts.owed.one(client.id, ObligationKind.SERVICE_PLAN, str(year))
    known = (
        cells.fact("客户", cells.link(facts.client(client.id))),
        *client_work.plan_facts(facts, client, record),
        client_work.state_fact(facts, "服务方案", one),
    )
    before = _measures(facts, "重点工作", data.measures, asked)
    return record_page(
        facts, record, f"{client.name} {year} 年服务方案", crumbs_of(facts, client, year), known, (before,)
    )


def _measures(facts: Facts, title: str, measures: Any, asked: client_work.Asked) -> Section | None:
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
    one = facts.owed.one(client.id, ObligationKind.SATISFACTION_PLAN, str(year))
    known = (
        cells.fact("客户", cells.link(facts.client(client.id))),
        cells.fact("编制", Cell(facts.people(data.authors), note=f"{data.submitted_on} 提交")),
        client_work.state_fact(facts, "满意度计划书", one),
    )
    title = f"{client.name} {year} 年提升客户满意度计划书"
    return record_page(facts, record, title, crumbs_of(facts, client, year), known, ())


def _analysis(
    facts: Facts, record: Record[Analysis], period: str
) -> tuple[tuple[Fact, ...], tuple[Section | None, ...]]:
    data = record.data
    asked = partial(facts.owed.one, None, ObligationKind.FOLLOW_UP, period)
    due = facts.owed.one(None, ObligationKind.KEY_ACCOUNTS_ANALYSIS, period)
    known = (
        cells.fact("编制", Cell(facts.people(data.authors), note=f"{data.submitted_on} 提交")),
        client_work.state_fact(facts, "客户服务分析", due),
    )
    return known, (_measures(facts, "改进措施", data.improvements, asked),)
