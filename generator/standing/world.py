"""The whole standing as of a day: company, clients, ratings and parameters, from the records.

The company's own records are few and stay in memory; clients are judged one after the other, each in
a world of its own that shares the company's standing with the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar, cast

from generator.model.organization import Calendar, People, PolicyVersions, UnitKind, Units
from generator.model.periods import Kind
from generator.model.ratings import Decision, Nomination, Standard
from generator.model.record import Record
from generator.model.work import Analysis
from generator.policy.days import Quarter
from generator.policy.due import WorkingDays
from generator.policy.parameters import Parameters
from generator.standing.brief import Brief
from generator.standing.clients import Client, managers, record_quarter
from generator.standing.company import Company
from generator.standing.ratings import Ratings, decided

M = TypeVar("M")


@dataclass(slots=True)
class World:
    """Everything that rules and obligations ask; built once, changed by nobody."""

    as_of: date
    today: date
    records: list[Record[Any]]
    """The company's own, outside the clients' folders; in a client's scope, those of the client."""
    by_kind: Mapping[Kind, list[Record[Any]]]
    company: Company
    ratings: Ratings
    parameters: Parameters
    working_days: WorkingDays
    clients: Mapping[str, Client]
    """In a client's scope, that client alone."""
    briefs: Mapping[str, Brief]
    standards: dict[int, Record[Standard]]
    nominations: dict[tuple[int, str], Record[Nomination]]
    decisions: dict[int, list[Record[Decision]]]
    analyses: dict[Quarter, Record[Analysis]]
    root: str
    """The records folder's name, with which every path begins."""
    unread: frozenset[tuple[Kind, int]]
    """Kinds and years of which some record of the company cannot be read."""
    same: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """For each name or credit code (its key, its text) that several archives give, the clients."""

    def of(self, kind: Kind) -> list[Record[Any]]:
        """The records of a kind, by path."""
        return self.by_kind.get(kind, [])

    def happened(self, day: date | None) -> date | None:
        """The day where it does not lie after the as-of day."""
        return day if day is not None and day <= self.as_of else None

    def is_division(self, unit: str, day: date | None) -> bool:
        """Whether a unit is a division that exists on the day (on any, where none is given)."""
        facts = self.company.unit(unit)
        return facts is not None and facts.kind is UnitKind.DIVISION and (day is None or facts.exists(day))

    def account_managers(self, client: Client, year: int, day: date) -> list[str]:
        """The account managers by team.yml of a year, else by archive.yml (rules.md, "Manager").

        For a day after the team's year the team of its 31 December stands; where its person no
        longer holds a position that day, next year's manager answers.
        """
        team = client.teams.get(year)
        if team is not None:
            within = min(day, date(year, 12, 31))
            named = [entry.person for entry in managers(team) if entry.on(within)]
            if named and within < day:
                named = [person for person in named if self.company.holds_any(person, day)]
                if not named:
                    return self.account_managers(client, year + 1, day)
            if named:
                return list(dict.fromkeys(named))
        spells = (client.form.managers if client.form else None) or ()
        return list(dict.fromkeys(s.person for s in spells if s.person and s.covers(day)))

    def responsible_managers(self, client: Client, year: int, day: date) -> tuple[str, ...]:
        """The account manager, or else the GMs of the client's divisions."""
        named = self.account_managers(client, year, day)
        return tuple(named) or self.company.managers_of(client.divisions(day), day)

    def managed_now(self, client: Client) -> bool:
        """Whether the client is strategic or key on the as-of day."""
        return self.ratings.is_managed(client.id, self.as_of)

    def is_joint(self, client: Client, day: date) -> bool:
        """Whether a joint team is wanted on a day (2.7): see rules.md, "Joint"."""
        rating = self.ratings.rating(client.id, day, day)
        if rating is None or not rating.is_managed:
            return False
        if client.is_integrated(day):
            return True
        groups = self.company.groups_of(client.divisions(day))
        return rating.tier.value == "战略" and len(groups) >= 2


def build(records: Iterable[Record[Any]], root: str, as_of: date, today: date) -> World:
    """The company's standing as of a day, from its own records; no client is in it yet.

    A record dated after the day, or unreadable, is not there.
    """
    ordered = list(records)
    by_kind = _by_kind(ordered)
    there = {kind: [r for r in found if r.there(as_of)] for kind, found in by_kind.items()}
    decisions = cast(list[Record[Decision]], there.get(Kind.DECISION, []))
    company = Company(_single(there, Kind.UNITS, Units), _people(there))
    return World(
        as_of,
        today,
        ordered,
        by_kind,
        company,
        Ratings(decided(r.place.year or 0, r.place.day, r.data) for r in decisions if r.place.day),
        _parameters(there),
        WorkingDays(_calendars(there)),
        {},
        {},
        {_year(r): r for r in there.get(Kind.STANDARD, [])},
        {(_year(r), r.place.unit or ""): r for r in there.get(Kind.NOMINATION, [])},
        _by_year(decisions),
        {record_quarter(r): r for r in there.get(Kind.ANALYSIS, [])},
        root,
        frozenset((r.kind, _year(r)) for r in ordered if not r.is_readable),
    )


def scope_of(
    company: World,
    id_: str,
    records: list[Record[Any]],
    missing_files: frozenset[str] = frozenset(),
) -> World:
    """The world in which a client is judged: its records, in the company's standing."""
    by_path = {record.path: record for record in records}
    client = Client(id_, records=by_path, missing_files=missing_files)
    for record in records:
        if record.there(company.as_of):
            _put(client, record.kind, record)
    client.visits = [visit for visit in client.visits if visit.place.day]
    client.visits.sort(key=lambda r: (r.place.day or date.max, r.place.number))
    return replace(
        company,
        records=records,
        by_kind=_by_kind(records),
        clients={id_: client},
    )


def _by_kind(records: list[Record[Any]]) -> dict[Kind, list[Record[Any]]]:
    found: dict[Kind, list[Record[Any]]] = {}
    for record in records:
        found.setdefault(record.kind, []).append(record)
    return found


def _year(record: Record[Any]) -> int:
    return record.place.year or 0


def _single(there: Mapping[Kind, list[Record[Any]]], kind: Kind, cls: type[M]) -> M | None:
    data = [r.data for r in there.get(kind, []) if isinstance(r.data, cls)]
    return data[0] if data else None


def _people(there: Mapping[Kind, list[Record[Any]]]) -> Any:
    people = _single(there, Kind.PEOPLE, People)
    return people.root if people else ()


def _parameters(there: Mapping[Kind, list[Record[Any]]]) -> Parameters:
    versions = _single(there, Kind.POLICY, PolicyVersions)
    return Parameters(versions.root if versions else ())


def _calendars(there: Mapping[Kind, list[Record[Any]]]) -> dict[int, Calendar]:
    return {_year(r): r.data for r in there.get(Kind.CALENDAR, [])}


def _by_year(decisions: list[Record[Decision]]) -> dict[int, list[Record[Decision]]]:
    found: dict[int, list[Record[Decision]]] = {}
    for record in sorted(decisions, key=lambda r: (r.place.day or date.max, r.path)):
        if record.place.day:
            found.setdefault(_year(record), []).append(record)
    return found


def _put(client: Client, kind: Kind, record: Record[Any]) -> None:
    year = _year(record)
    match kind:
        case Kind.ARCHIVE:
            client.archive = record
        case Kind.TEAM:
            client.teams[year] = record
        case Kind.EVENTS:
            client.events.append(record)
        case Kind.SERVICE_PLAN:
            client.service_plans[year] = record
        case Kind.SATISFACTION_PLAN:
            client.satisfaction_plans[year] = record
        case Kind.VISIT_PLAN:
            client.visit_plans[record_quarter(record)] = record
        case Kind.REPORT:
            client.reports[record_quarter(record)] = record
        case Kind.VISIT:
            client.visits.append(record)
