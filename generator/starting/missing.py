"""The ready text of a record that an obligation wants and that is not there yet."""

from collections.abc import Callable
from datetime import date

from generator.model.periods import Kind
from generator.model.work import VisitType
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Obligation
from generator.pipeline import Result
from generator.policy.days import Quarter
from generator.standing.clients import Client
from generator.standing.world import World
from generator.starting import plans, ratings, reports, teams, visits
from generator.starting.known import CannotStart, Known
from generator.starting.text import New

_K = ObligationKind
_YEARLY: dict[ObligationKind, Callable[[Known, Client, int], New]] = {
    _K.APPOINTMENT: teams.team,
    _K.SERVICE_PLAN: plans.service_plan,
    _K.SATISFACTION_PLAN: plans.satisfaction_plan,
}
_QUARTERLY: dict[ObligationKind, Callable[[Known, Client, Quarter], New]] = {
    _K.VISIT_PLAN: plans.visit_plan,
    _K.QUARTERLY_REPORT: reports.report,
}


def missing_record(
    result: Result, obligation: Obligation, *, contacts: bool = True
) -> tuple[str, str] | None:
    """The path (beginning with the records folder's name) and text of the record that is missing.

    Its hints name people of the client only where `contacts` may be shown.

    None where it is there, where the obligation is done, or where what is owed is a line in a
    record that is there (a filing, a measure, a to-do, an archive's papers).
    """
    if obligation.done_on is not None or not result.judged:
        return None
    try:
        new = _started(Known(result, contacts=contacts), obligation)
    except CannotStart:
        return None
    if new is None or _is_there(result.world, obligation, new.path):
        return None
    return new.path, new.text


def _is_there(world: World, one: Obligation, path: str) -> bool:
    """Whether a file stands there, readable or not, dated whenever."""
    if one.client is not None:
        return path in world.clients[one.client].records
    kinds = (Kind.NOMINATION, Kind.STANDARD, Kind.DECISION, Kind.ANALYSIS)
    return any(record.path == path for kind in kinds for record in world.of(kind))


def _started(known: Known, one: Obligation) -> New | None:
    client = known.world.clients.get(one.client or "")
    quarter = Quarter.named(one.period)
    if client is None:
        return _of_company(known, one, quarter)
    if one.kind in _YEARLY:
        return _YEARLY[one.kind](known, client, int(one.period))
    if one.kind in _QUARTERLY and quarter is not None:
        return _QUARTERLY[one.kind](known, client, quarter)
    facts = _visit(known, client, one, quarter)
    return visits.visit(known, client, facts) if facts else None


def _of_company(known: Known, one: Obligation, quarter: Quarter | None) -> New | None:
    if one.kind is _K.NOMINATION and one.unit:
        return ratings.nomination(known, one.unit, int(one.period))
    if one.kind is _K.RATING_STANDARD:
        return ratings.standard(known, int(one.period))
    if one.kind is _K.RATING_DECISION:
        return ratings.decision(known, int(one.period), known.day)
    if one.kind is _K.KEY_ACCOUNTS_ANALYSIS and quarter is not None:
        return reports.analysis(known, quarter)
    return None


def _visit(
    known: Known, client: Client, one: Obligation, quarter: Quarter | None
) -> visits.VisitFacts | None:
    """A visit of today that would meet the obligation."""
    if one.kind is _K.PLANNED_VISIT and quarter is not None and one.number is not None:
        return visits.VisitFacts(_day(known, quarter, one), VisitType.PLANNED, one.number, quarter)
    if one.kind is _K.SPECIAL_VISIT:
        happened = date.fromisoformat(one.period)
        return visits.VisitFacts(known.day, VisitType.SPECIAL, happened=happened)
    if one.kind is _K.LEADER_VISIT:
        leaders = [p for p in one.responsible if known.company.is_leader(p, known.day)]
        return visits.VisitFacts(known.day, VisitType.ORDINARY, travellers=tuple(leaders))
    return None


def _day(known: Known, quarter: Quarter, one: Obligation) -> date:
    """Today, or the quarter's last day where a visit of today could no longer name its plan."""
    today = Quarter.of(known.day)
    return known.day if quarter in (today, today.before) or one.due > known.day else quarter.last
