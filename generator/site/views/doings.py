"""What each person has to do with: gathered in one pass over all clients."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from generator.model.record import Record
from generator.site.facts import Facts, quarter_name, span
from generator.site.summary import Doings, no_doings
from generator.site.values import Link
from generator.site.views import client_visits
from generator.standing.clients import Client, managers, members


def doings_of(facts: Facts, person: str) -> Doings:
    """What the records of all clients say of a person."""
    found = no_doings()
    for client in facts.owed.clients_in(f"person {person}"):
        if doing := facts.summaries[client].doings.get(person):
            found.manages.extend(doing.manages)
            found.teams.extend(doing.teams)
            found.visits.extend(doing.visits)
            found.papers.extend(doing.papers)
    return found


def of_client(facts: Facts, client: Client) -> dict[str, Doings]:
    """What each person has to do with a client."""
    found: dict[str, Doings] = defaultdict(no_doings)
    _standing(facts, client, found)
    for visit in client.visits:
        if visit.place.year == facts.as_of.year and visit.place.day:
            line = visit.place.day, visit.path, client_visits.visit_row(facts, visit, with_client=True)
            for person in dict.fromkeys(visit.data.travellers or ()):
                found[person].visits.append(line)
    _papers(facts, client, found)
    return dict(found)


def _standing(facts: Facts, client: Client, found: dict[str, Doings]) -> None:
    year, day = facts.as_of.year, facts.as_of
    if not client.has_ended(day):
        for person in facts.result.world.account_managers(client, year, day):
            found[person].manages.append(client.id)
    team = client.teams.get(year)
    if team is None:
        return
    for role, entries in (("客户经理", managers(team)), ("成员", members(team))):
        for entry in entries:
            found[entry.person].teams.append((client.id, role, span(entry.start, entry.end)))


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
