"""A client on a day: its archive, its divisions, its records, its account managers and team."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from generator.model.base import PersonSpell, Spell
from generator.model.clients import Archive, ClientType
from generator.model.record import Record
from generator.model.work import (
    Events,
    QuarterlyReport,
    SatisfactionPlan,
    ServicePlan,
    Team,
    Visit,
    VisitPlan,
    VisitType,
)
from generator.policy.days import Quarter, last_of, meet


@dataclass(slots=True)
class Client:
    """What is there of one client as of the day; `archive` None means it is asked for nothing."""

    id: str
    archive: Record[Archive] | None = None
    teams: dict[int, Record[Team]] = field(default_factory=dict)
    events: list[Record[Events]] = field(default_factory=list)
    service_plans: dict[int, Record[ServicePlan]] = field(default_factory=dict)
    satisfaction_plans: dict[int, Record[SatisfactionPlan]] = field(default_factory=dict)
    visit_plans: dict[Quarter, Record[VisitPlan]] = field(default_factory=dict)
    reports: dict[Quarter, Record[QuarterlyReport]] = field(default_factory=dict)
    visits: list[Record[Visit]] = field(default_factory=list)
    """In the order of their days."""
    records: dict[str, Record[Any]] = field(default_factory=dict)
    """All its records by path, readable or not, dated whenever."""
    missing_files: frozenset[str] = frozenset()
    """The attachments with an R005 or R006 finding: they are not there, for any kind of paper."""

    @property
    def form(self) -> Archive | None:
        """The archive form, where it is there."""
        return self.archive.data if self.archive else None

    @property
    def name(self) -> str:
        """Its name, or its id where that cannot be read."""
        return (self.form.name if self.form else None) or self.id

    @property
    def ended_on(self) -> date | None:
        """终止日期; it counts as soon as it is typed."""
        return self.form.ended_on if self.form else None

    def has_ended(self, day: date) -> bool:
        """Whether a day lies after the end of the business."""
        ended = self.ended_on
        return ended is not None and ended < day

    def divisions(self, day: date) -> list[str]:
        """The divisions that trade with the client on a day, or are to develop it."""
        spells = (self.form.units if self.form else None) or ()
        return list(dict.fromkeys(s.unit for s in spells if s.unit and s.covers(day)))

    def types(self, day: date) -> set[ClientType]:
        """What the client is to us on a day."""
        spells = (self.form.types if self.form else None) or ()
        return {s.type for s in spells if s.type and s.covers(day)}

    def is_integrated(self, day: date) -> bool:
        """Whether the client is one of integrated supply on a day."""
        spells = (self.form.integrated if self.form else None) or ()
        return any(s.flag is True and s.covers(day) for s in spells)

    def gone_through(self, as_of: date | None = None) -> date | None:
        """The day the archive was last gone through; see the function of that name."""
        return gone_through(self.form, as_of) if self.form else None

    def planned(self, visit: Record[Visit]) -> tuple[Quarter, int] | None:
        """The plan entry that a planned visit names: the plan's quarter and the 序号."""
        data = visit.data
        if data.type is not VisitType.PLANNED or data.plan_number is None:
            return None
        quarter = plan_quarter(visit)
        return (quarter, data.plan_number) if quarter else None

    def visits_on_plans(self) -> dict[tuple[Quarter, int], Record[Visit]]:
        """For each plan entry that a visit names the earliest such visit."""
        found: dict[tuple[Quarter, int], Record[Visit]] = {}
        for visit in self.visits:
            entry = self.planned(visit)
            if entry is not None:
                found.setdefault(entry, visit)
        return found


def record_quarter(record: Record[object]) -> Quarter:
    """The quarter of a record's path; raises ValueError where it has none."""
    place = record.place
    if place.year is None or place.quarter is None:
        raise ValueError(f"no quarter: {place.path}")
    return Quarter(place.year, place.quarter)


def plan_quarter(visit: Record[Visit]) -> Quarter | None:
    """The quarter of the plan that a visit names: its own or the one before, None for any other."""
    own = record_quarter(visit)  # type: ignore[arg-type]
    typed = visit.data.plan_quarter
    if typed is None:
        return None if visit.is_spoiled(("计划季度",)) else own
    named = Quarter(*typed)
    return named if named in (own, own.before) else None


class OnTeam(NamedTuple):
    """Somebody on a team, with the place of the entry in its list."""

    person: str
    at: int
    start: date | None
    end: date | None

    def on(self, day: date) -> bool:
        """Whether on the team on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def meets(self, other: "OnTeam") -> bool:
        """Whether both are on the team on some day."""
        return meet(self.start, self.end, other.start, other.end)


def managers(team: Record[Team]) -> list[OnTeam]:
    """The account managers that a team.yml names, in its order."""
    return _entries(team, team.data.managers)


def members(team: Record[Team]) -> list[OnTeam]:
    """The members that a team.yml names, without the account manager."""
    return _entries(team, team.data.members)


def everybody(team: Record[Team]) -> list[OnTeam]:
    """Managers and members."""
    return managers(team) + members(team)


def designated(team: Record[Team], day: date) -> list[tuple[int, str]]:
    """Who a team.yml names on a day as 指定负责人, with the places of the entries."""
    spells = team.data.designated or ()
    return [(at, s.person) for at, s in enumerate(spells) if s.person and s.covers(day)]


def _entries(team: Record[Team], spells: Iterable[PersonSpell] | None) -> list[OnTeam]:
    year = team.place.year
    all_year = (team.data.appointed_on, last_of(year)) if year is not None else (None, None)
    return [
        OnTeam(
            spell.person, index, *(all_year if spell.start is spell.end is None else (spell.start, spell.end))
        )
        for index, spell in enumerate(spells or ())
        if spell.person is not None
    ]


def on_team_in(team: Record[Team], year: int) -> set[str]:
    """Everybody who is on the team at any time of the year (rules.md, "On the team")."""
    whole = OnTeam("", 0, date(year, 1, 1), last_of(year))
    return {entry.person for entry in everybody(team) if entry.meets(whole)}


def gone_through(form: Archive, as_of: date | None = None) -> date | None:
    """The latest 更新记录 (on or before the day, where one is given), else 建档日期."""
    days = [entry.on for entry in form.reviews or () if entry.on]
    days = [day for day in days if as_of is None or day <= as_of]
    return max(days, default=form.opened_on)


def judged_on(spell: Spell, form: Archive, as_of: date) -> date | None:
    """The day on which an item of a ≈ field of an archive is judged (rules.md, "The past stays")."""
    if spell.start is not None:
        return spell.start
    day = gone_through(form, as_of)
    return min(day, spell.end) if day and spell.end else day
