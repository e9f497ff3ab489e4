"""Every obligation as of a day: one visible list of families for the company, one for each client."""

from collections.abc import Callable, Iterable, Iterator

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


def derive_company(world: World) -> list[Obligation]:
    """What is owed by the company as such, in the order of interfaces.md."""
    return _settled(world, (draft for family in COMPANY_FAMILIES for draft in family(world)))


def derive_client(world: World, client: Client) -> list[Obligation]:
    """What is owed to a client, in that order. One whose archive is not there is owed nothing."""
    if client.archive is None:
        return []
    return _settled(world, (draft for family in CLIENT_FAMILIES for draft in family(world, client)))


def _settled(world: World, drafts: Iterable[Draft]) -> list[Obligation]:
    settled = (settle(world, draft) for draft in drafts)
    return sorted((one for one in settled if one is not None), key=lambda one: one.sort_key)
