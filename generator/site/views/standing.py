"""Where a client stands: rating, divisions, account manager, team."""

from datetime import date

from generator.site import addresses
from generator.site.facts import TIERS, Facts, span, tier
from generator.site.values import Cell, Column, Fact, Link, Row, Section, Table
from generator.site.views import cells, clients
from generator.standing.clients import Client, OnTeam, designated, managers, members


def section(facts: Facts, client: Client, year: int, day: date) -> Section:
    """The standing on a day."""
    world = facts.result.world
    named = world.account_managers(client, year, day)
    rating = facts.rating(client.id, day)
    known = [
        cells.fact("等级", _rating_cell(facts, client, day)),
        cells.fact("客户经理", _managers_cell(facts, named, day)),
        cells.fact("业务单位", _divisions(facts, client, day)),
        cells.fact("客户类型", "、".join(clients.types(client, day))),
        cells.fact("集成供应", "是" if client.is_integrated(day) else "否"),
        cells.fact("团队形式", _team_form(facts, client, day)),
    ]
    if rating and rating.is_managed and not named:
        answering = facts.people(world.responsible_managers(client, year, day))
        known.append(cells.fact("暂由谁负责", cells.links(answering, empty="责任人未明确")))
    history = _history(facts, client)
    return Section(f"基本情况（{day}）", "standing", facts=tuple(known), tables=history)


def _rating_cell(facts: Facts, client: Client, day: date) -> Cell:
    group = tier(facts.rating(client.id, day))
    note = ""
    decisions = [
        one
        for one, _ in facts.ratings_of.get(client.id, ())
        if one.takes_effect <= day and one.year <= day.year
    ]
    if decisions:
        note = f"{decisions[0].day} 的评级决定"
    elif group.id == "general":
        note = "评级决定中的“其余客户”"
    return Cell((Link(group.label),), note=note)


def _managers_cell(facts: Facts, named: list[str], day: date) -> Cell:
    if not named:
        return cells.text("未指定")
    positions = "；".join(facts.positions(person, day) for person in named)
    return Cell(facts.people(named), note=positions)


def _divisions(facts: Facts, client: Client, day: date) -> Cell:
    company = facts.result.world.company
    divisions = facts.divisions(client, day)
    groups = "、".join(company.unit_name(group) for group in company.groups_of(divisions))
    return Cell(tuple(facts.unit(unit) for unit in divisions) or (Link("—"),), note=groups)


def _team_form(facts: Facts, client: Client, day: date) -> str:
    rating = facts.rating(client.id, day)
    if rating is None or not rating.is_managed:
        return "不要求组建团队"
    if not facts.result.world.is_joint(client, day):
        return "普通团队"
    groups = facts.result.world.company.groups_of(facts.divisions(client, day))
    reasons = ["集成供应"] if client.is_integrated(day) else []
    reasons += [f"与 {len(groups)} 个业务本部合作"] if len(groups) > 1 else []
    return f"联合团队（{'，'.join(reasons)}），由大客户部牵头组建"


def _history(facts: Facts, client: Client) -> tuple[Table, ...]:
    rows: list[Row] = []
    for decision, rating in facts.ratings_of.get(client.id, ()):
        url = f"{addresses.ratings(decision.year, facts.as_of)}#decision-{decision.day}"
        group = tier(rating)
        rows.append(
            (
                cells.day(decision.day, url),
                cells.text(f"{decision.year} 年"),
                cells.badge(group.kind, group.label, sort=str(TIERS.index(group))),
                cells.day(decision.takes_effect),
            )
        )
    if not rows:
        return ()
    columns = (Column("决定日期", "day"), Column("评级年度"), Column("等级"), Column("生效日期", "day"))
    return (Table("历次评级", columns, tuple(rows)),)


_TEAM = (
    Column("人员"),
    Column("角色", "keep"),
    Column("当日任职", "wide"),
    Column("在团队的日期"),
    Column("状态", "keep"),
)


def team(facts: Facts, client: Client, year: int, day: date) -> Section:
    """The team of a year with positions and days."""
    record = client.teams.get(year)
    if record is None:
        rating = facts.rating(client.id, day)
        wanted = rating is not None and rating.is_managed
        text = "还没有聘任团队。" if wanted else "没有团队；这一等级的客户不要求组建团队。"
        path = f"{facts.result.world.root}/clients/{client.id}/{year}/team.yml"
        return Section("客户经理团队", "team", notes=(text,), source=facts.source(path) if wanted else None)
    rows = [_member(facts, entry, "客户经理", day) for entry in managers(record)]
    rows += [_member(facts, entry, "成员", day) for entry in members(record)]
    named = [person for _, person in designated(record, day)]
    known: list[Fact] = [
        cells.fact("聘任日期", cells.day(record.data.appointed_on)),
        cells.fact("指定负责人", cells.links(facts.people(named), empty="未指定，季度报告由客户经理填写")),
    ]
    table = Table("团队成员", _TEAM, tuple(rows))
    return Section(
        "客户经理团队", "team", facts=tuple(known), tables=(table,), source=facts.source_of(record)
    )


def _member(facts: Facts, entry: OnTeam, role: str, day: date) -> Row:
    now = entry.on(day)
    return (
        cells.link(facts.person(entry.person)),
        cells.text(role),
        cells.text(facts.positions(entry.person, day)),
        cells.text(span(entry.start, entry.end)),
        cells.badge("present" if now else "past", "在团队" if now else "不在团队"),
    )
