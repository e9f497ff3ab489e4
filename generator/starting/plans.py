"""Starting the plans of a team: service plan, visit plan, plan to raise client satisfaction."""

from datetime import date

from generator.model.periods import Kind
from generator.model.work import SatisfactionPlan, ServicePlan
from generator.obligations.kinds import ObligationKind
from generator.policy.days import Quarter, first_of, last_of
from generator.standing.clients import Client
from generator.starting.known import Known
from generator.starting.text import Entry, New, comment, items, line, markdown_record, yaml_record


def service_plan(known: Known, client: Client, year: int, by: str | None = None) -> New:
    """clients/<client>/<year>/service-plan.md (3.1)."""
    own = known.own(first_of(year), last_of(year))
    author = by or known.writer(client, year)
    measure = [
        Entry("序号", 1),
        Entry("内容", hint="一项主要工作"),
        Entry("负责人", author),
        Entry("期限", hint=f"如 {year}-06-30"),
    ]
    front = [
        comment(f"{client.name} {year} 年{Kind.SERVICE_PLAN}"),
        line("编制日期", own.day, own.hint),
        line("编制人", [author] if author else None, "可以多人，如 [a, b]"),
        *items("重点工作", [measure], "每项一段，序号不重复；完成后加一行 完成日期"),
        comment("备案: {日期: …, 接收人: …}  （团队中没有大客户部人员时，送备案后写）"),
    ]
    if client.is_integrated(known.day):
        front.append(comment("大客户部会签: {日期: …, 人员: …}  （集成供应客户，会签后写）"))
    hints = {
        "服务方案": ["本年为客户做什么：需求、目标、措施"],
        "维护计划": ["怎样维护关系：拜访、交流、协调"],
    }
    path = known.path("clients", client.id, year, "service-plan.md")
    return New(path, markdown_record(front, [(title, hints.get(title, [])) for title in ServicePlan.PARTS]))


def visit_plan(known: Known, client: Client, quarter: Quarter, by: str | None = None) -> New:
    """clients/<client>/<year>/<quarter>/visit-plan.yml (3.3a)."""
    own = known.own(quarter.first, quarter.last)
    writer = known.writer(client, quarter.year)
    visitors = known.holding([*known.managers(client, quarter.year), *([writer] if writer else [])])
    entry = [
        Entry("序号", 1),
        Entry("计划日期", hint=f"{quarter.first} 至 {quarter.last}"),
        Entry("拜访人员", visitors, "至少一名团队成员"),
        Entry("目的"),
    ]
    lines = [
        comment(f"{client.name} {quarter} {Kind.VISIT_PLAN}。每次拜访一项，序号不重复。"),
        line("制定日期", own.day, own.hint),
        line("制定人", by or writer),
        *items("访问", [entry]),
    ]
    path = known.path("clients", client.id, quarter.year, f"Q{quarter.number}", "visit-plan.yml")
    return New(path, yaml_record(lines))


def satisfaction_plan(known: Known, client: Client, year: int, by: str | None = None) -> New:
    """clients/<client>/<year>/satisfaction-plan.md (3.4)."""
    own = known.own(first_of(year), last_of(year), not_before=date(year, 12, 1))
    author = by or known.writer(client, year)
    front = [
        comment(f"{client.name} {year} 年{Kind.SATISFACTION_PLAN}"),
        line("提交日期", own.day, own.hint),
        line("编制人", [author] if author else None, "可以多人，如 [a, b]"),
    ]
    hints = {
        "服务方案执行成果": _measures(client, year) or ["对照服务方案逐项写结果"],
        "待完善之处": ["没有做到的，原因"],
        "客户分析与评价": ["客户的经营、信用、与我司的合作"],
        "提升措施": ["下一年怎样提高客户满意度"],
    }
    parts = [(title, hints.get(title, [])) for title in SatisfactionPlan.PARTS]
    path = known.path("clients", client.id, year, "satisfaction-plan.md")
    return New(path, markdown_record(front, parts), _without_plan(known, client, year))


def _measures(client: Client, year: int) -> list[str]:
    """What the service plan meant to do, and what became of it."""
    record = client.service_plans.get(year)
    found = []
    for one in (record.data.measures if record else None) or ():
        state = f"{one.done_on} 完成" if one.done_on else "已取消" if one.cancelled else "未完成"
        found.append(f"重点工作 {one.number} {one.what}（期限 {one.until}，{state}）")
    return found


def _without_plan(known: Known, client: Client, year: int) -> tuple[str, ...]:
    wanted = known.wanted(ObligationKind.SERVICE_PLAN, client=client)
    if year in client.service_plans or wanted is None or wanted.period != str(year):
        return ()
    return (f"{year} 年还没有服务方案，检查时会有提示 Y101；请先用 kam new service-plan 补上。",)
