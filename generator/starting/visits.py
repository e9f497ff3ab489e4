"""Starting a visit report (annex 2): the entry of the plan, who travelled, the next free name."""

from dataclasses import dataclass
from datetime import date

from generator.model.periods import Kind
from generator.model.work import Duty, PlanEntry, Visit, VisitState, VisitType
from generator.obligations.obligation import moved_day
from generator.policy.days import Quarter, plus
from generator.standing.clients import Client
from generator.starting.known import CannotStart, Known
from generator.starting.text import Entry, New, comment, items, line, markdown_record

_HINTS = {
    "所处理的事宜": ["谈了什么，定了什么，答应了什么"],
    "客户经营现况": ["生产、销售、库存、价格、资金等所见所闻"],
}


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What is asked about a visit; what is None is found out, or left to be filled in."""

    day: date
    type: VisitType | None = None
    plan: int | None = None
    plan_quarter: Quarter | None = None
    special: str | None = None
    happened: date | None = None
    travellers: tuple[str, ...] = ()
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """An entry of a visit plan, with the day on which it is to be carried out."""

    quarter: Quarter
    entry: PlanEntry
    day: date


def visit(known: Known, client: Client, facts: VisitFacts, number: int | None = None) -> New:
    """clients/<client>/<year>/<quarter>/visits/<date>.md, under the next free name."""
    refuse_future(known, facts.day)
    quarter = Quarter.of(facts.day)
    kind = facts.type or guessed_type(known, client, facts)
    planned = _planned(known, client, facts) if kind is VisitType.PLANNED else None
    travellers = _travellers(known, client, facts, planned)
    front = [
        comment(f"{client.name} {Kind.VISIT}"),
        line("拜访日期", facts.day),
        *([] if facts.pending else _why(client, facts, kind, planned)),
        line("出差人员", travellers, "可以多人，如 [a, b]"),
    ]
    if facts.pending:
        front.append(line("状态", VisitState.PENDING, "写报告时删去这一行，补齐其他各项和正文"))
        parts = []
    else:
        front += _form(known, client, travellers, facts.day)
        parts = [(title, _HINTS.get(title, [])) for title in Visit.PARTS]
    folder = known.path("clients", client.id, quarter.year, f"Q{quarter.number}", "visits")
    path = _free(client, folder, facts.day, number)
    return New(path, markdown_record(front, parts), _strangers(known, client, facts.day, travellers))


def refuse_future(known: Known, day: date) -> None:
    """Refuse a visit that has not been made yet."""
    if day > known.day:
        raise CannotStart(f"拜访日期 {day} 在今天（{known.day}）之后；拜访以后再填报告。")


def _free(client: Client, folder: str, day: date, number: int | None) -> str:
    """The path of the n-th visit of a day, or of the first that there is not."""
    at = number or 1
    while True:
        path = f"{folder}/{day}{'' if at == 1 else f'-{at}'}.md"
        if number is not None or path not in client.records:
            return path
        at += 1


def number_of(path: str) -> int:
    """Which visit of its day a path is."""
    tail = path.removesuffix(".md").rpartition("/")[2][10:]
    return int(tail[1:]) if tail else 1


def open_entries(known: Known, client: Client, day: date) -> list[Planned]:
    """The entries of this quarter's plan and the one before that no visit has met, nearest first."""
    made = client.visits_on_plans()
    own = Quarter.of(day)
    found = []
    for quarter in (own, own.before):
        record = client.visit_plans.get(quarter)
        for entry in (record.data.entries if record else None) or ():
            if entry.number is None or entry.planned_on is None or (quarter, entry.number) in made:
                continue
            if entry.cancelled is None:
                found.append(Planned(quarter, entry, _due(known, entry, quarter, entry.planned_on)))
    return sorted(found, key=lambda one: abs((one.day - day).days))


def _due(known: Known, entry: PlanEntry, quarter: Quarter, day: date) -> date:
    values = known.world.parameters.on(quarter.first)
    return moved_day(known.world, values, day, entry.moved, values.planned_visit_grace)


def guessed_type(known: Known, client: Client, facts: VisitFacts) -> VisitType | None:
    """计划 where one open entry is planned near the day; 日常 where nothing waits; else None."""
    if facts.plan is not None:
        return VisitType.PLANNED
    if facts.special is not None or facts.happened is not None:
        return VisitType.SPECIAL
    waiting = open_entries(known, client, facts.day)
    grace = known.world.parameters.on(facts.day).planned_visit_grace
    near = [one for one in waiting if abs((one.day - facts.day).days) <= grace]
    if len(near) == 1 and not open_events(client, facts.day):
        return VisitType.PLANNED
    return None if waiting or open_events(client, facts.day) else VisitType.ORDINARY


def open_events(client: Client, day: date) -> list[tuple[date, str]]:
    """The special events up to a day that no special visit has met."""
    met = {one.data.happened_on for one in client.visits if one.data.type is VisitType.SPECIAL}
    noted = [entry for record in client.events for entry in record.data.events or ()]
    return [
        (one.happened_on, one.what or "")
        for one in noted
        if one.happened_on and one.happened_on <= day and one.happened_on not in met
    ]


def _planned(known: Known, client: Client, facts: VisitFacts) -> Planned:
    waiting = open_entries(known, client, facts.day)
    if facts.plan is None:
        if not waiting:
            raise CannotStart("访问计划里没有还没去的项；计划外的拜访请用 --type 日常。")
        return waiting[0]
    own = Quarter.of(facts.day)
    for quarter in (facts.plan_quarter,) if facts.plan_quarter else (own, own.before):
        record = client.visit_plans.get(quarter) if quarter in (own, own.before) else None
        for entry in (record.data.entries if record else None) or ():
            cancelled = entry.cancelled.on if entry.cancelled else None
            if entry.number == facts.plan and not (cancelled and cancelled < facts.day):
                return Planned(quarter, entry, entry.planned_on or facts.day)
    known_numbers = "、".join(f"{one.quarter} 第 {one.entry.number} 项" for one in waiting)
    has = f"还没去的有 {known_numbers}" if known_numbers else "没有还没去的项"
    raise CannotStart(f"访问计划里没有可用的第 {facts.plan} 项（{has}）；请核对序号。")


def _why(client: Client, facts: VisitFacts, kind: VisitType | None, planned: Planned | None) -> list[str]:
    """类型 and what belongs to it."""
    lines = [line("类型", kind, f"{'、'.join(VisitType)}")]
    if planned is not None:
        purpose = f"{planned.entry.planned_on} {planned.entry.purpose or ''}"
        lines.append(line("计划序号", planned.entry.number, purpose))
        if planned.quarter != Quarter.of(facts.day):
            lines.append(line("计划季度", str(planned.quarter)))
    if kind is VisitType.SPECIAL:
        lines += _special(client, facts)
    return lines


def _special(client: Client, facts: VisitFacts) -> list[str]:
    waiting = open_events(client, facts.day)
    happened = facts.happened or (waiting[0][0] if waiting else None)
    noted = [entry for record in client.events for entry in record.data.events or ()]
    told = next((one.what for one in noted if one.happened_on == happened and one.what), None)
    what = facts.special or told
    if happened is None or what is None:
        raise CannotStart("特别拜访要写明发生了什么、哪一天；请加 --special 情况 和 --happened 日期。")
    if happened > facts.day:
        raise CannotStart(f"发生日期 {happened} 晚于拜访日期 {facts.day}；请核对。")
    return [line("特殊情况", what), line("发生日期", happened)]


def _travellers(known: Known, client: Client, facts: VisitFacts, planned: Planned | None) -> list[str]:
    """Who was named, else whom the plan names, as far as they held a position that day."""
    if facts.travellers:
        return list(dict.fromkeys(known.person(one, facts.day) for one in facts.travellers))
    if planned is None:
        return []
    named = dict.fromkeys(planned.entry.visitors or ())
    people = [person for person in named if known.company.holds_any(person, facts.day)]
    return [] if _strangers(known, client, facts.day, people) else people


def _strangers(known: Known, client: Client, day: date, travellers: list[str]) -> tuple[str, ...]:
    """That nobody who travelled is on the team (V105)."""
    team, on_team = client.teams.get(day.year), known.on_team(client, day.year)
    if team is None or on_team is None or not travellers or on_team & set(travellers):
        return ()
    if team.data.appointed_on and day < team.data.appointed_on:
        return ()
    return ("出差人员都不在客户经理团队中，检查时会有提示 V105；请核对，或先在 team.yml 加为成员。",)


def _form(known: Known, client: Client, travellers: list[str], day: date) -> list[str]:
    writer = known.writer(client, day.year)
    present = known.holding(travellers)
    reporter = writer if writer in travellers or not present else present[0]
    return [
        *items(
            "所见客户人员",
            [[Entry("姓名"), Entry("职务", hint="可选")]],
            _people(known, client),
        ),
        line("客户服务工作", hint=f"做了哪些：[{', '.join(Duty)}]；没做全的加一行 未开展原因"),
        line("填报人", reporter, "参加拜访的人或团队成员"),
        line("填报日期", known.day),
        comment("以下可选，答应了客户什么就写什么，去掉行首的 # 和一个空格："),
        "# 待办:",
        f"#   - {{内容: …, 负责人: {reporter or '…'}, 期限: {plus(day, 14)}}}",
    ]


def _people(known: Known, client: Client) -> str:
    """Whom the archive knows at the client, where they may be named."""
    if not known.contacts:
        return ""
    form = client.form
    named = [f"{one.name} {one.title or ''}".strip() for one in (form.management if form else None) or ()]
    contact = [f"{form.contact} 联系人"] if form and form.contact else []
    return f"档案中有：{'、'.join([*named, *contact][:8])}" if named or contact else ""
