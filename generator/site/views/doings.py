"""What each person has to do with: gathered in one pass over all clients."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from generator.model.record import Record
from generator.model.work import Visit
from generator.site.facts import Facts, quarter_name, span
from generator.site.values import Link
from generator.standing.clients import Client, managers, members


@dataclass(slots=True)
class Doings:
    """What a person has to do with: clients, teams, visits and papers."""

    manages: list[Client] = field(default_factory=list)
    teams: list[tuple[Client, str, str]] = field(default_factory=list)
    visits: list[Record[Visit]] = field(default_factory=list)
    papers: list[tuple[str, Link, str]] = field(default_factory=list)
    """Reports and plans written: day, title and page, client's id."""


def doings(facts: Facts) -> dict[str, Doings]:
    """For each person what the records of the as-of day's year say, in one pass over all clients."""
    found: dict[str, Doings] = defaultdict(Doings)
    for client in facts.result.world.clients.values():
        _standing(facts, client, found)
        for visit in client.visits:
            if visit.place.year == facts.as_of.year:
                for person in dict.fromkeys(visit.data.travellers or ()):
                    found[person].visits.append(visit)
        _papers(facts, client, found)
    return found


def _standing(facts: Facts, client: Client, found: dict[str, Doings]) -> None:
    year, day = facts.as_of.year, facts.as_of
    if not client.has_ended(day):
        for person in facts.result.world.account_managers(client, year, day):
            found[person].manages.append(client)
    team = client.teams.get(year)
    if team is None:
        return
    for role, entries in (("客户经理", managers(team)), ("成员", members(team))):
        for entry in entries:
            found[entry.person].teams.append((client, role, span(entry.start, entry.end)))


def _papers(facts: Facts, client: Client, found: dict[str, Doings]) -> None:
    year = facts.as_of.year
    for quarter, report in client.reports.items():
        if quarter.year == year:
            title = f"{quarter_name(quarter.number)}分析报告"
            _note_paper(facts, found, report, title, [report.data.reported_by])
    for quarter, plan in client.visit_plans.items():
        if quarter.year == year:
            title = f"{quarter_name(quarter.number)}访问计划"
            _note_paper(facts, found, plan, title, [plan.data.drawn_up_by])
    if service := client.service_plans.get(year):
        _note_paper(facts, found, service, f"{year} 年服务方案", service.data.authors)
    if satisfaction := client.satisfaction_plans.get(year):
        _note_paper(facts, found, satisfaction, f"{year} 年满意度计划书", satisfaction.data.authors)


def _note_paper(
    facts: Facts,
    found: dict[str, Doings],
    record: Record[Any],
    title: str,
    authors: Iterable[str | None] | None,
) -> None:
    for author in authors or ():
        if author:
            link = Link(title, facts.page_of(record.path))
            found[author].papers.append((str(record.own_date or ""), link, record.place.client or ""))
