"""`kam new` for what is kept of a client: archive, team, events, plans, visits, reports."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from generator.commands.asking import asks, confirmed, needed, visible
from generator.commands.common import Day
from generator.commands.starting import (
    Start,
    by_option,
    client_option,
    command,
    quarter_option,
    year_option,
)
from generator.model.clients import ClientType
from generator.model.work import VisitType
from generator.obligations.kinds import ObligationKind as K
from generator.policy.days import Quarter
from generator.standing.clients import Client
from generator.starting import clients, plans, reports, teams, visits
from generator.starting.known import CannotStart, checked_id


@command("client", "客户档案表（archive.yml）")
@click.option("--client", metavar="编号", help="新客户的编号，如 hengda-steel。")
@click.option("--name", metavar="名称", help="客户名称。")
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice([one.value for one in ClientType]),
    help="客户类型；可写两次。",
)
@click.option("--division", "divisions", multiple=True, metavar="事业部", help="业务单位；可写多次。")
@click.option("--manager", metavar="人员", help="客户经理：经办的业务员。")
def new_client(
    records: Path | None,
    today: date | None,
    client: str | None,
    name: str | None,
    types: tuple[str, ...],
    divisions: tuple[str, ...],
    manager: str | None,
) -> int:
    """客户档案表。"""
    start = Start(records, today)
    id_ = needed(client, "--client", "新客户的编号，如 hengda-steel", lambda one: checked_id(one, "客户"))
    named = needed(name, "--name", "客户名称", str)
    facts = clients.ClientFacts(id_, named, types, tuple(map(visible, divisions)), manager)
    return start.put(clients.archive(start.known, facts))


@command("team", "客户经理团队（team.yml）")
@client_option
@year_option
@click.option("--manager", metavar="人员", help="客户经理（编号或姓名）。")
def new_team(
    records: Path | None, today: date | None, client: str | None, year: int | None, manager: str | None
) -> int:
    """客户经理团队。"""
    start = Start(records, today)
    one = start.client(client)
    of_year = start.year(year, K.APPOINTMENT, one)
    return start.put(teams.team(start.known, one, of_year, start.person(manager)))


@command("events", "特殊情况登记（events.yml）")
@client_option
@year_option
@by_option
def new_events(
    records: Path | None, today: date | None, client: str | None, year: int | None, by: str | None
) -> int:
    """特殊情况登记。"""
    start = Start(records, today)
    one = start.client(client)
    return start.put(clients.events(start.known, one, year or start.known.day.year, start.person(by)))


@command("service-plan", "服务方案（service-plan.md）")
@client_option
@year_option
@by_option
def new_service_plan(
    records: Path | None, today: date | None, client: str | None, year: int | None, by: str | None
) -> int:
    """服务方案。"""
    start = Start(records, today)
    one = start.client(client)
    of_year = start.year(year, K.SERVICE_PLAN, one)
    return start.put(plans.service_plan(start.known, one, of_year, start.person(by)))


@command("satisfaction-plan", "提升客户满意度计划书（satisfaction-plan.md）")
@client_option
@year_option
@by_option
def new_satisfaction_plan(
    records: Path | None, today: date | None, client: str | None, year: int | None, by: str | None
) -> int:
    """提升客户满意度计划书。"""
    start = Start(records, today)
    one = start.client(client)
    of_year = start.year(year, K.SATISFACTION_PLAN, one)
    return start.put(plans.satisfaction_plan(start.known, one, of_year, start.person(by)))


@command("visit-plan", "季度访问计划（visit-plan.yml）")
@client_option
@quarter_option
@by_option
def new_visit_plan(
    records: Path | None, today: date | None, client: str | None, quarter: Quarter | None, by: str | None
) -> int:
    """季度访问计划。"""
    start = Start(records, today)
    one = start.client(client)
    of_quarter = start.quarter(quarter, K.VISIT_PLAN, one, Quarter.of(start.known.day))
    return start.put(plans.visit_plan(start.known, one, of_quarter, start.person(by)))


@command("report", "客户季度采购(销售)情况分析报告（report.md）")
@client_option
@quarter_option
@by_option
def new_report(
    records: Path | None, today: date | None, client: str | None, quarter: Quarter | None, by: str | None
) -> int:
    """客户季度采购(销售)情况分析报告。"""
    start = Start(records, today)
    one = start.client(client)
    of_quarter = start.quarter(quarter, K.QUARTERLY_REPORT, one, Quarter.of(start.known.day).before)
    return start.put(reports.report(start.known, one, of_quarter, start.person(by)))


@command("visit", "客户拜访报告（visits）")
@client_option
@click.option("--date", "day", type=Day(), help="拜访日期；默认今天。")
@click.option(
    "--type", "kind", type=click.Choice([one.value for one in VisitType]), help="默认按访问计划判断。"
)
@click.option("--plan", type=click.IntRange(0), metavar="序号", help="访问计划中的序号。")
@click.option("--special", metavar="情况", help="特别拜访：发生了什么。")
@click.option("--happened", type=Day(), help="特别拜访：哪一天发生。")
@click.option("--traveller", "travellers", multiple=True, metavar="人员", help="出差人员；可写多次。")
@click.option("--pending", is_flag=True, help="先登记，报告以后再写（状态: 待填报）。")
def new_visit(
    records: Path | None,
    today: date | None,
    client: str | None,
    day: date | None,
    kind: str | None,
    plan: int | None,
    special: str | None,
    happened: date | None,
    travellers: tuple[str, ...],
    pending: bool,
) -> int:
    """客户拜访报告。"""
    start = Start(records, today)
    one = start.client(client)
    facts = visits.VisitFacts(
        confirmed(day, "拜访日期", start.known.day, Day()),
        VisitType(kind) if kind else None,
        plan,
        None,
        visible(special) if special is not None else None,
        happened,
        tuple(map(visible, travellers)),
        pending,
    )
    visits.refuse_future(start.known, facts.day)
    facts = facts if pending else _completed(start, one, facts)
    return _write_visit(start, one, facts)


def _completed(start: Start, client: Client, facts: visits.VisitFacts) -> visits.VisitFacts:
    """The type, and what a special visit and the travellers need, as far as it is not known."""
    kind = facts.type or visits.guessed_type(start.known, client, facts)
    if kind is None:
        kinds = "、".join(VisitType)
        kind = needed(None, "--type", f"类型：{kinds}", _visit_type)
    special, happened = facts.special, facts.happened
    if kind is VisitType.SPECIAL and not visits.open_events(client, facts.day):
        special = needed(special, "--special", "发生了什么", str)
        happened = happened or needed(None, "--happened", "哪一天发生，如 2026-02-15", _a_day)
    travellers = facts.travellers
    if not travellers and kind is not VisitType.PLANNED and asks():
        answer = click.prompt("出差人员（编号或姓名，多人用逗号分开，可不填）", default="", err=True)
        travellers = tuple(one.strip() for one in answer.replace("，", ",").split(",") if one.strip())
    return replace(facts, type=kind, special=special, happened=happened, travellers=travellers)


def _visit_type(typed: str) -> VisitType:
    if typed in list(VisitType):
        return VisitType(typed)
    raise CannotStart(f"类型只能是：{'、'.join(VisitType)}。")


def _a_day(typed: str) -> date:
    return Day().convert(typed, None, None)


def _write_visit(start: Start, client: Client, facts: visits.VisitFacts) -> int:
    """Under the next free name, also where somebody else has just taken it."""
    record = visits.visit(start.known, client, facts)
    number = visits.number_of(record.path)
    while True:
        try:
            return start.write(record)
        except FileExistsError:
            number += 1
            record = visits.visit(start.known, client, facts, number)
