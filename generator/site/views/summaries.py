"""Clients in summary: what views of many clients show of one, gathered while its records are at hand."""

from generator.site import addresses
from generator.site.facts import Facts, tier
from generator.site.summary import Detail, Summary, asked
from generator.site.views import clients, details, doings, key_accounts, overview
from generator.standing.clients import Client
from generator.starting.missing import missing_record


def summarise(facts: Facts, client: Client) -> Summary:
    """A client in summary. From then on `facts` answers for it without its records."""
    pages = {
        record.path: addresses.record(record.place, facts.as_of) if record.there(facts.as_of) else None
        for record in client.records.values()
    }
    summary = facts.summaries[client.id] = Summary(pages)
    owed = facts.by_client.get(client.id, ())
    for one in owed:
        found = details.found(facts, one, client)
        if found != Detail(""):
            summary.details[asked(one)] = found
    if facts.forge is not None and facts.forge.takes_text:
        drafts = (missing_record(facts.result, one) for one in owed)
        summary.drafts.update(draft for draft in drafts if draft is not None)
    summary.group = clients.group_of(facts, client)
    summary.badge = clients.rating_badge(facts, client)
    summary.managers = clients.manager_cell(facts, client)
    summary.row = clients.row(facts, client)
    summary.doings = doings.of_client(facts, client)
    summary.visits = overview.recent_visits(facts, client)
    summary.papers = overview.recent_papers(facts, client)
    summary.events = overview.recent_events(facts, client)
    summary.filing = key_accounts.filing(facts, client)
    summary.copies = key_accounts.copies(facts, client)
    summary.progress = key_accounts.progress(facts, client)
    summary.search_note = _search_note(facts, client)
    return summary


def _search_note(facts: Facts, client: Client) -> str:
    named = facts.result.world.account_managers(client, facts.as_of.year, facts.as_of)
    managers = "、".join(facts.result.world.company.person_name(person) for person in named)
    label = tier(facts.rating(client.id)).label
    return f"{label}　{managers}" if managers else label
