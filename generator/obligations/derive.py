"""Every obligation of a company as of a day: one visible list of families, one sorted result."""

from collections.abc import Callable, Iterator

from generator.obligations import archives, department, plans, ratings, visits
from generator.obligations.obligation import Draft, Obligation, settle
from generator.standing.clients import Client
from generator.standing.world import World

COMPANY_FAMILIES: tuple[Callable[[World], Iterator[Draft]], ...] = (
    ratings.nominations,
    ratings.standards,
    ratings.decisions,
    department.analyses,
    department.improvements,
)

CLIENT_FAMILIES: tuple[Callable[[World, Client], Iterator[Draft]], ...] = (
    ratings.appointments,
    plans.service_plans,
    plans.filings,
    plans.countersigns,
    plans.measures,
    plans.satisfaction_plans,
    archives.documents,
    archives.renewals,
    archives.copies,
    archives.reviews,
    archives.statements,
    visits.visit_plans,
    visits.planned_visits,
    visits.visit_reports,
    visits.special_visits,
    visits.leader_visits,
    visits.follow_ups,
    department.quarterly_reports,
)


def derive(world: World) -> list[Obligation]:
    """All obligations, in the order of interfaces.md. A client whose archive is not there owes nothing."""
    drafts = [draft for family in COMPANY_FAMILIES for draft in family(world)]
    for client in world.clients.values():
        if client.archive is not None:
            drafts += [draft for family in CLIENT_FAMILIES for draft in family(world, client)]
    settled = (settle(world, draft) for draft in drafts)
    return sorted((one for one in settled if one is not None), key=lambda one: one.sort_key)
