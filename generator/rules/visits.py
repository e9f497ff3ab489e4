"""V: visit plans and visit reports (3.3)."""

from collections.abc import Iterator

from generator.findings import Severity
from generator.model.record import Record, items
from generator.model.work import Duty, PlanEntry, VisitPlan, VisitType
from generator.rules.plans import team_people
from generator.rules.rule import AnyRecord, Context, Hit
from generator.standing.clients import plan_quarter, record_quarter


def v102(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """特别 without what happened and when, or either on another type."""
    data = record.data
    for key, value in (("特殊情况", data.special), ("发生日期", data.happened_on)):
        if data.type is VisitType.SPECIAL and value is None and not data.is_pending:
            yield Hit((key,), f"特别拜访缺少“{key}”；请补上，写明发生了什么、哪一天发生。")
        elif data.type in (VisitType.PLANNED, VisitType.ORDINARY) and value is not None:
            yield Hit((key,), f"只有特别拜访才填“{key}”；请删除，或把类型改为 特别。")


def v103(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """计划 without a number that the plan has, or a number on another type."""
    data, client = record.data, context.client_of(record)
    if data.type is not VisitType.PLANNED:
        if data.type is not None and data.plan_number is not None:
            yield Hit(("计划序号",), f"{data.type}拜访不填“计划序号”；请删除，或把类型改为 计划。")
        return
    if data.plan_number is None and data.is_pending:
        return
    if data.plan_number is None:
        yield Hit(("计划序号",), "计划拜访缺少“计划序号”；请补上访问计划中的序号，计划外的拜访类型填 日常。")
        return
    quarter = plan_quarter(record)
    if quarter is None:
        own = record_quarter(record)
        yield Hit(("计划季度",), f"计划季度只能是 {own} 或 {own.before}；请核对。")
        return
    if client is None or _is_unreadable(context, client.id, quarter.year, quarter.number):
        return
    plan = client.visit_plans.get(quarter)
    numbers = [entry.number for _, entry in items(plan.data.entries)] if plan else []
    if data.plan_number not in numbers:
        known = "、".join(str(number) for number in numbers if number is not None)
        has = f"计划中的序号有 {known}" if known else f"没有 {quarter} 的访问计划"
        yield Hit(
            ("计划序号",), f"{quarter} 的访问计划里没有序号 {data.plan_number}（{has}）；请核对序号或季度。"
        )


def _is_unreadable(context: Context, client: str, year: int, quarter: int) -> bool:
    path = f"{context.world.root}/clients/{client}/{year}/Q{quarter}/visit-plan.yml"
    return path in context.unreadable


def v104(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """One of the four duties left out without a reason."""
    data = record.data
    if data.duties is None or data.not_done_because is not None:
        return
    missing = [duty for duty in Duty if duty not in data.duties]
    if missing:
        message = f"客户服务工作缺少{'、'.join(missing)}；请补上，确实没有做的请写“未开展原因”。"
        severity = Severity.WARNING if data.type is VisitType.SPECIAL else None
        yield Hit(("客户服务工作",), message, severity, whole=True, also=(("未开展原因",),))


def v105(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Nobody who travelled is on the client's team."""
    on_team = team_people(context, record)
    if on_team is not None and record.data.travellers and not on_team & set(record.data.travellers):
        message = "出差人员都不在本年度的客户经理团队中；请核对人员，或先在 team.yml 加为成员。"
        yield Hit(("出差人员",), message, whole=True)


def v106(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Reported before the visit, or by somebody who neither travelled nor is on the team."""
    data, day = record.data, record.place.day
    if day and data.reported_on and data.reported_on < day:
        yield Hit(("填报日期",), f"填报日期 {data.reported_on} 早于拜访日期 {day}；请核对。")
    on_team = team_people(context, record)
    if on_team is None or not data.reported_by:
        return
    if data.reported_by not in on_team and data.reported_by not in (data.travellers or ()):
        name = context.world.company.person_name(data.reported_by)
        message = f"填报人{name}（{data.reported_by}）没有参加拜访，也不在团队中；请由参加拜访的人填报。"
        yield Hit(("填报人",), message)


def v107(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """计划日期 outside the plan's quarter, by the day first typed."""
    quarter = record_quarter(record)
    for at, entry in items(record.data.entries):
        if entry.planned_on and not quarter.first <= entry.planned_on <= quarter.last:
            message = f"计划日期 {entry.planned_on} 不在 {quarter} 内；请改日期，或写进所在季度的访问计划。"
            yield Hit(("访问", at, "计划日期"), message)


def v108(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Nobody of an entry's 拜访人员 is on the team."""
    on_team = team_people(context, record)
    if on_team is None:
        return
    for at, entry in items(record.data.entries):
        if entry.visitors and not on_team & set(entry.visitors):
            message = "拜访人员都不在本年度的客户经理团队中；请至少安排一名团队成员。"
            yield Hit(("访问", at, "拜访人员"), message, whole=True)


def v109(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A visit that names an entry cancelled before it."""
    client, day = context.client_of(record), record.place.day
    named = client.planned(record) if client else None
    plan = client.visit_plans.get(named[0]) if client and named else None
    if plan is None or named is None or day is None:
        return
    for entry in _entries(plan, named[1]):
        cancelled = context.world.happened(entry.cancelled.on) if entry.cancelled else None
        if cancelled and cancelled < day:
            message = f"计划的第 {named[1]} 项已在 {cancelled} 取消；请把类型改为 日常，或核对序号。"
            yield Hit(("计划序号",), message)


def _entries(plan: Record[VisitPlan], number: int) -> list[PlanEntry]:
    return [entry for entry in plan.data.entries or () if entry.number == number]
