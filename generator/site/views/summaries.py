"""Clients in summary: what views of many clients show of one, gathered while its records are at hand."""

from collections import Counter
from collections.abc import Callable, Iterable

from generator.judging.dossier import packed
from generator.judging.ground import digest
from generator.obligations.obligation import Obligation
from generator.obligations.selection import PRESSING
from generator.site import addresses
from generator.site.facts import Facts, tier
from generator.site.owed import counted, is_open
from generator.site.summary import Counts, Face, Handed, Line, Lines, Listed, Recent, Summary, asked
from generator.site.views import clients, details, doings, key_accounts, lines, overview
from generator.standing.clients import Client
from generator.starting.missing import missing_record

Note = Callable[[Summary], None]


def summarise(facts: Facts, client: Client, note: Note) -> tuple[Face, Lines]:
    """A client's face and lines; its summary is handed to `note` as soon as `facts` needs it.

    How its name is read is left out: that hangs on the name alone, and takes a dictionary.
    """
    pages = {record.path: addresses.shown(record, facts.as_of) for record in client.records.values()}
    summary = Summary(pages)
    note(summary)
    owed = facts.owed.of(client.id)
    for one in owed:
        found = details.found(facts, one, client)
        if found.text or found.record:
            summary.details[asked(one)] = found
    if facts.forge is not None and facts.forge.takes_text:
        drafts = (missing_record(facts.result, one, contacts=facts.published.contacts) for one in owed)
        summary.drafts.update(draft for draft in drafts if draft is not None)
    summary.doings.update(doings.of_client(facts, client))
    note(summary)
    return _face(facts, client, summary, owed), _lines(facts, owed)


def _lines(facts: Facts, owed: Iterable[Obligation]) -> Lines:
    found: dict[str, list[Line]] = {}
    for one in owed:
        if is_open(one):
            found.setdefault(one.kind.value, []).append(lines.line(facts, one))
    return {kind: packed(tuple(of_kind)) for kind, of_kind in found.items()}


def _face(facts: Facts, client: Client, summary: Summary, owed: tuple[Obligation, ...]) -> Face:
    listed = Listed(
        clients.rating_badge(facts, client), clients.manager_cell(facts, client), clients.row(facts, client)
    )
    recent = Recent(
        overview.recent_visits(facts, client),
        overview.recent_papers(facts, client),
        overview.recent_events(facts, client),
    )
    handed = Handed(
        key_accounts.filing(facts, client),
        key_accounts.copies(facts, client),
        key_accounts.progress(facts, client),
    )
    people = counted(owed, facts.as_of.year)
    for person, doing in summary.doings.items():
        known = people.get(person, Counts())
        people[person] = known._replace(manages=len(doing.manages))
    shown = _shown(facts, client, summary, owed, people)
    shown |= {"list": digest(listed)}
    shown |= {"recent": digest(client.name, recent)} if any(recent) else {}
    shown |= {"handed": digest(handed)} if any(handed) else {}
    return Face(
        clients.group_of(facts, client),
        _search_note(facts, client),
        (),
        dict(Counter((one.kind.value, one.status.value) for one in owed)),
        people,
        shown,
        packed(tuple(one for one in owed if one.status in PRESSING)),
        packed(listed),
        packed(recent),
        packed(handed),
    )


def _shown(
    facts: Facts,
    client: Client,
    summary: Summary,
    owed: tuple[Obligation, ...],
    people: Iterable[str],
) -> dict[str, str]:
    """For each list of obligations, and each person, what stands for what is shown there of the client."""
    badge = clients.rating_badge(facts, client)
    pressing = Counter(one.status.value for one in owed if one.status in PRESSING)
    known = badge, sorted(pressing.items())
    found: dict[str, list[object]] = {
        f"person {person}": [summary.doings.get(person), known] for person in people
    }
    # These lists are grouped by division.
    found |= {status: [facts.divisions(client)] for status in pressing}
    for one in owed:
        mark = _mark(facts, one, summary)
        places = [f"person {person}" for person in dict.fromkeys(one.responsible)]
        if one.status in PRESSING:
            places.append(one.status.value)
        if is_open(one):
            places.append(f"kind {one.kind.value}")
        for place in places:
            found.setdefault(place, []).append(mark)
    return {place: digest(client.name, marks) for place, marks in found.items()}


def _mark(facts: Facts, one: Obligation, summary: Summary) -> tuple[object, ...]:
    """All that a line about an obligation shows (lines.py), the company's own words left out."""
    record = one.record or ""
    return (
        *one.sort_key,
        one.status.value,
        one.done_on,
        one.responsible,
        summary.details.get(asked(one)),
        summary.pages.get(record, ""),
        summary.drafts.get(record),
        summary.pages.get(lines.plan_of(facts, one)),
    )


def _search_note(facts: Facts, client: Client) -> str:
    named = facts.result.world.account_managers(client, facts.as_of.year, facts.as_of)
    managers = "、".join(facts.result.world.company.person_name(person) for person in named)
    label = tier(facts.rating(client.id)).label
    return f"{label}　{managers}" if managers else label
