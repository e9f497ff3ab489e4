"""T104, T105, T121 to T125: general clients' managers, doubles, people who left, missing teams."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.findings import Path, Severity
from generator.model.periods import Kind
from generator.model.ratings import Tier
from generator.model.record import items
from generator.policy.days import first_of, plus
from generator.rules.rule import AnyRecord, Context, Hit
from generator.rules.teams import NOTICE_DAYS, judged_day
from generator.standing.clients import Client, designated, everybody, managers, members


def _is_general(context: Context, client: Client, day: date) -> bool:
    rating = context.world.ratings.rating(client.id, day, day)
    return rating is not None and rating.tier is Tier.GENERAL


def t104(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """General: the account manager holds no position in a division that trades with the client."""
    client = context.client_of(record)
    year = context.as_of.year if record.kind is Kind.ARCHIVE else record.place.year or 0
    day = judged_day(context, client, year)
    if client is None or day is None or not _is_general(context, client, day):
        return
    if record.kind is Kind.TEAM:
        named = [(("客户经理", m.at, "人员"), m.person) for m in managers(record) if m.on(day)]
    elif any(m.on(day) for team in [client.teams.get(year)] if team for m in managers(team)):
        return
    else:
        spells = record.data.managers or ()
        named = [(("客户经理", at, "人员"), s.person) for at, s in enumerate(spells) if s.covers(day)]
    yield from _outside(context, client, day, named)


def _outside(
    context: Context, client: Client, day: date, named: list[tuple[Path, str | None]] | list[Any]
) -> Iterator[Hit]:
    company = context.world.company
    for path, person in named:
        if person and not any(company.is_in(person, unit, day) for unit in client.divisions(day)):
            name = company.person_name(person)
            units = "、".join(company.unit_name(unit) for unit in client.divisions(day))
            message = (
                f"{name}（{person}）在 {day} 不在{units or '与客户有业务的事业部'}任职；"
                "一般客户宜由经办的业务员任客户经理，请改填。"
            )
            yield Hit(path, message)


def t105(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Rated general: neither a team.yml nor 客户经理 in the archive."""
    client = context.client_of(record)
    year = context.as_of.year
    day = judged_day(context, client, year)
    if client is None or day is None or not _is_general(context, client, day):
        return
    if record.data.managers is None and not _has_team_file(context, client, year):
        message = "这个一般客户没有客户经理；请在档案中加一行“客户经理: ”，填经办业务员的编号。"
        yield Hit(("客户经理",), message)


def _has_team_file(context: Context, client: Client, year: int) -> bool:
    path = f"{context.world.root}/clients/{client.id}/{year}/team.yml"
    return year in client.teams or path in context.unreadable


def t121(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A person on the team twice at a time, or the account manager among the members."""
    if judged_day(context, context.client_of(record), record.place.year or 0) is None:
        return
    leading, joined = managers(record), members(record)
    for at, member in enumerate(joined):
        name = context.world.company.person_name(member.person)
        path: Path = ("成员", member.at, "人员")
        if any(m.person == member.person and m.meets(member) for m in leading):
            message = f"{name}同一时间是客户经理，不必再列为成员；请删除这一项，或把日期错开。"
            yield Hit(path, message, also=(("成员",),))
        elif any(m.person == member.person and m.meets(member) for m in joined[:at]):
            message = f"{name}在同一时间列了两次；请删除一项，或把两项的开始、结束错开。"
            yield Hit(path, message, also=(("成员",),))


def t122(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """指定负责人 is not on the team."""
    day = judged_day(context, context.client_of(record), record.place.year or 0)
    if day is None:
        return
    on_team = {entry.person for entry in everybody(record) if entry.on(day)}
    for at, person in designated(record, day):
        if person not in on_team:
            name = context.world.company.person_name(person)
            message = f"指定负责人{name}（{person}）在 {day} 不在团队中；请在“成员”中加上，或改填团队中的人。"
            yield Hit(("指定负责人", at, "人员"), message, also=(("成员",),))


def t123(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A member who no longer holds any position, or whose days lie outside the year."""
    year = record.place.year or 0
    day = judged_day(context, context.client_of(record), year)
    if day is None:
        return
    for at, spell in items(record.data.members):
        for key, typed in (("开始", spell.start), ("结束", spell.end)):
            if typed and typed.year != year:
                message = f"{key} {typed} 不在 {year} 年内；请改为本年的日期，全年都在的不必写日期。"
                yield Hit(("成员", at, key), message, also=(("成员",),))
    for member in members(record):
        if member.on(day):
            yield from _left(context, member.person, ("成员", member.at, "人员"), day)


def _left(context: Context, person: str, path: Path, day: date) -> Iterator[Hit]:
    company = context.world.company
    held_before = company.held_between(person, date.min, plus(day, -1))
    if company.holds_any(person, day) or not held_before:
        return
    fresh = company.held_between(person, plus(day, -NOTICE_DAYS), day)
    message = (
        f"{company.person_name(person)}（{person}）已不再任职；请为这名成员写上“结束”日期，并补上接替的人。"
    )
    yield Hit(path, message, Severity.WARNING if fresh else None, also=(("成员",),))


def t124(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A strategic or key client with visits or reports in a year that has no team.yml."""
    client = context.client_of(record)
    if client is None:
        return
    worked = {visit.place.year or 0 for visit in client.visits} | {quarter.year for quarter in client.reports}
    for year in sorted(worked):
        day = judged_day(context, client, year)
        if day is None or not (context.all_years or year >= context.as_of.year - 1):
            continue
        if context.world.ratings.is_managed(client.id, day) and not _has_team_file(context, client, year):
            message = f"{year} 年有拜访或报告，却没有团队；请补 clients/{client.id}/{year}/team.yml。"
            yield Hit((), message, anywhere=True)


_TASKS = {
    Kind.SERVICE_PLAN: ("重点工作", "measures"),
    Kind.VISIT: ("待办", "todos"),
    Kind.ANALYSIS: ("改进措施", "improvements"),
}


def t125(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """An open measure, to-do or improvement of this year whose owner holds no position now."""
    client, as_of = context.client_of(record), context.as_of
    if (
        record.place.year != as_of.year
        or as_of < first_of(as_of.year)
        or (client and client.has_ended(as_of))
    ):
        return
    key, attribute = _TASKS[record.kind]
    company = context.world.company
    for at, task in items(getattr(record.data, attribute)):
        cancelled = task.cancelled.on if task.cancelled else None
        finished = context.world.happened(task.done_on) or context.world.happened(cancelled)
        if task.owner and not finished and not company.holds_any(task.owner, as_of):
            name = company.person_name(task.owner)
            message = f"{name}（{task.owner}）现在没有任职，这件事无人负责；请改填接手的人。"
            yield Hit((key, at, "负责人"), message)
