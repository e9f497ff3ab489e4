"""A client's page for a year: standing, team, what is owed, visits, plans, reports, archive, findings."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from generator.model.periods import Kind
from generator.obligations.kinds import Status
from generator.obligations.obligation import Obligation
from generator.policy.days import last_of
from generator.site import addresses
from generator.site.facts import Facts
from generator.site.owed import is_open
from generator.site.values import Badge, Card, Link, Page, Section
from generator.site.views import archive, client_visits, client_work, clients, duties, findings, standing
from generator.standing.clients import Client

_ByYear = dict[int, list[Obligation]]


def years(facts: Facts, client: Client, owed: _ByYear) -> list[int]:
    """The years that a client has a page for: the as-of day's, and each with a record or an obligation."""
    found = {facts.as_of.year}
    found |= {*client.teams, *client.service_plans, *client.satisfaction_plans}
    found |= {quarter.year for quarter in (*client.visit_plans, *client.reports)}
    found |= {visit.place.year for visit in client.visits if visit.place.year}
    found |= {event.place.year for event in client.events if event.place.year}
    found |= {year for year in owed if year < facts.as_of.year}
    return sorted(found, reverse=True)


def pages(facts: Facts, client: Client) -> Iterator[Page]:
    """The client's own page, and one for every other year."""
    owed = facts.owed.by_year(client.id)
    found = years(facts, client, owed)
    for year in found:
        yield _page(facts, client, year, found, owed)


def _page(facts: Facts, client: Client, year: int, found: list[int], owed: _ByYear) -> Page:
    """One year of a client; the as-of day's year also has the archive and the findings."""
    present = year == facts.as_of.year
    day = facts.as_of if present else min(last_of(year), facts.as_of)
    parts = [
        standing.section(facts, client, year, day),
        standing.team(facts, client, year, day),
        _duties(facts, year, owed, present),
        client_visits.section(facts, client, year),
        client_work.service_plan(facts, client, year),
        client_work.reports(facts, client, year),
        client_work.satisfaction_plan(facts, client, year),
        client_visits.events(facts, client, year),
    ]
    if present:
        parts.append(archive.section(facts, client))
        parts.append(findings.of_client(facts, client))
    parts += [_waivers(facts, client, year), _done(facts, year, owed.get(year, ()))]
    tabs = tuple(Link(f"{one} 年", addresses.client_year(client.id, one, facts.as_of)) for one in found)
    return Page(
        addresses.client_year(client.id, year, facts.as_of),
        client.name if present else f"{client.name}（{year} 年）",
        tuple(part for part in parts if part is not None),
        crumbs=(Link("客户", addresses.CLIENTS), *(() if present else (facts.client(client.id),))),
        notes=_notes(facts, client),
        badges=_badges(facts, client, day),
        tabs=tabs if len(tabs) > 1 else (),
    )


def _notes(facts: Facts, client: Client) -> tuple[str, ...]:
    notes = []
    if client.archive is None:
        notes.append("没有可用的客户档案表（archive.yml），因此不对这个客户提出任何要求；请先建档。")
    elif client.has_ended(facts.as_of):
        notes.append(f"业务已于 {client.ended_on} 终止，此后到期而未完成的事项不再要求。")
    return tuple(notes)


def _badges(facts: Facts, client: Client, day: date) -> tuple[Badge, ...]:
    badges = [clients.rating_badge(facts, client)]
    if facts.result.world.is_joint(client, day):
        badges.append(Badge("joint", "联合团队"))
    if client.is_integrated(day):
        badges.append(Badge("integrated", "集成供应"))
    badges += [Badge("type", type_) for type_ in clients.types(client, day)]
    return tuple(badges)


def _duties(facts: Facts, year: int, owed: _ByYear, present: bool) -> Section:
    """The year's obligations; on the client's own page also whatever is open from other years."""
    mine = [*owed.get(year, ())]
    if present:
        mine += [one for other, several in owed.items() if other != year for one in several if is_open(one)]
        mine.sort(key=lambda one: one.sort_key)
    counts = Counter(one.status for one in mine)
    cards = tuple(
        Card(
            status.label,
            str(counts[status]),
            None if status in (Status.OVERDUE, Status.DUE_SOON, Status.OPEN) else "#done",
            status.value,
        )
        for status in Status
        if counts[status] or status in (Status.OVERDUE, Status.DUE_SOON)
    )
    if not mine:
        notes = (f"{year} 年对这个客户没有应办事项。",)
        return Section(f"{year} 年应办事项", "duties", notes=notes)
    still = [one for one in mine if is_open(one)]
    lines = duties.rows(facts, still, of_client=False)
    table = duties.table(lines, "待完成", of_client=False, empty="没有待完成的事项。")
    return Section(f"{year} 年应办事项", "duties", cards=cards, tables=(table,))


def _done(facts: Facts, year: int, owed: Sequence[Obligation]) -> Section | None:
    """What was done or waived of the year's obligations, the latest first."""
    done = [one for one in owed if not is_open(one)]
    if not done:
        return None
    done.reverse()
    title = f"{year} 年已完成和已豁免的事项"
    table = duties.done_table(facts, done, title, of_client=False, hidden_caption=True)
    return Section(title, "done", tables=(table,))


def _waivers(facts: Facts, client: Client, year: int) -> Section | None:
    kinds = (Kind.ARCHIVE,) if year == facts.as_of.year else ()
    records = [
        record
        for path in sorted(client.records)
        if (record := client.records[path]).is_readable
        and (record.place.year == year or record.kind in kinds)
    ]
    return findings.waivers(facts, records)
