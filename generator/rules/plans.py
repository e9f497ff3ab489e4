"""P, Y: the service plan with its filing (3.1, 4.3), and the satisfaction plan (3.4)."""

from collections.abc import Iterator
from datetime import date

from generator.model.organization import KEY_ACCOUNTS
from generator.model.record import items
from generator.obligations.kinds import ObligationKind
from generator.rules.rule import AnyRecord, Context, Hit
from generator.standing.clients import on_team_in


def team_people(context: Context, record: AnyRecord) -> set[str] | None:
    """Everybody on the team at any time of the record's year.

    None where the year has no readable team.yml, or the record is dated before its 聘任日期.
    """
    client, year = context.client_of(record), record.place.year or 0
    team = client.teams.get(year) if client else None
    if team is None:
        return None
    appointed, own = team.data.appointed_on, record.own_date
    if appointed and own and own < appointed:
        return None
    if team.path not in context.on_team:
        context.on_team[team.path] = on_team_in(team, year)
    return context.on_team[team.path]


def authors_off_team(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """编制人 who is not on the team (P102, Y103)."""
    on_team = team_people(context, record)
    if on_team is None:
        return
    for at, person in items(record.data.authors):
        if person not in on_team:
            name = context.world.company.person_name(person)
            message = (
                f"{name}（{person}）不在本年度的客户经理团队中；请改填团队中的人，或先在 team.yml 加为成员。"
            )
            yield Hit(("编制人", at), message)


def not_of_key_accounts(context: Context, person: str | None, day: date | None) -> str | None:
    """A message where a person is nobody of Key Accounts on a day."""
    if person is None or day is None or context.world.company.is_in(person, KEY_ACCOUNTS, day):
        return None
    company = context.world.company
    department = company.unit_name(KEY_ACCOUNTS)
    return (
        f"{company.person_name(person)}（{person}）在 {day} 不是{department}的人；请填{department}的经办人。"
    )


def p101(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Filed or countersigned before the plan was drawn up."""
    data = record.data
    for key, entry in (("备案", data.filing), ("大客户部会签", data.countersign)):
        if entry and entry.on and data.drawn_up_on and entry.on < data.drawn_up_on:
            message = f"{key}日期 {entry.on} 早于编制日期 {data.drawn_up_on}；请核对两个日期。"
            yield Hit((key, "日期"), message)


def p104(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Received or countersigned by nobody of Key Accounts."""
    filing, signed = record.data.filing, record.data.countersign
    if filing and (message := not_of_key_accounts(context, filing.received_by, filing.on)):
        yield Hit(("备案", "接收人"), message)
    if signed and (message := not_of_key_accounts(context, signed.person, signed.on)):
        yield Hit(("大客户部会签", "人员"), message)


def y101(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A satisfaction plan for a year in which a service plan was asked for and there is none."""
    client, year = context.client_of(record), record.place.year or 0
    if client is None or year in client.service_plans:
        return
    path = f"{context.world.root}/clients/{client.id}/{year}/service-plan.md"
    asked = context.by_client.get((client.id, ObligationKind.SERVICE_PLAN), [])
    if any(one.period == str(year) for one in asked) and path not in context.unreadable:
        message = f"{year} 年没有服务方案，满意度计划书无从对照；请先补 {year}/service-plan.md。"
        yield Hit((), message, anywhere=True)


def y102(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Submitted before 1 December of its year."""
    year, submitted = record.place.year or 0, record.data.submitted_on
    if submitted and submitted < date(year, 12, 1):
        message = (
            f"提交日期 {submitted} 早于 {year}-12-01；满意度计划书应在年末对照全年工作编写，请核对日期。"
        )
        yield Hit(("提交日期",), message)
