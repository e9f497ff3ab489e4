"""The rating of a client on a day, known on a day (rules.md, "Rating")."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator.model.ratings import Decision, Level, Tier
from generator.policy.days import first_of, last_of


@dataclass(frozen=True, slots=True)
class Rating:
    """What a decision makes of a client."""

    tier: Tier
    level: Level | None = None

    @property
    def is_managed(self) -> bool:
        """Whether the client is strategic or key, so that a team owes it something."""
        return self.tier is not Tier.GENERAL


GENERAL = Rating(Tier.GENERAL)


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision file: its folder's year, its date, and whom it names."""

    year: int
    day: date
    named: dict[str, Rating]
    others: bool

    @property
    def takes_effect(self) -> date:
        """On its date, but not before 1 January of its folder's year."""
        return max(self.day, first_of(self.year))


def decided(year: int, day: date, decision: Decision) -> Decided:
    """What a decision file says; in one file the last entry for a client holds."""
    named = {
        entry.client: Rating(entry.tier, entry.level)
        for entry in decision.rated or ()
        if entry.client is not None and entry.tier is not None
    }
    return Decided(year, day, named, decision.others is not None)


def _rated(client: str, in_force: Iterable[Decided]) -> Rating | None:
    """What decisions say of a client, the last first; None where they say nothing of it."""
    others = False
    for decision in in_force:
        if client in decision.named:
            return decision.named[client]
        others = others or decision.others
    return GENERAL if others else None


class Ratings:
    """All decisions that are there, and the rating of any client on any day."""

    def __init__(self, decisions: Iterable[Decided]) -> None:
        self._by_year: dict[int, list[Decided]] = {}
        for decision in sorted(decisions, key=lambda one: one.day):
            self._by_year.setdefault(decision.year, []).append(decision)
        self._known: dict[str, tuple[list[date], list[Rating | None]]] = {}
        self._became: dict[str, list[date]] = {}

    def decisions(self, year: int) -> list[Decided]:
        """The decisions of a year's folder, by date."""
        return self._by_year.get(year, [])

    def first_decision(self, year: int) -> date | None:
        """The date of a year's first decision."""
        decisions = self.decisions(year)
        return decisions[0].day if decisions else None

    def years(self) -> list[int]:
        """The years whose folders hold decisions."""
        return sorted(self._by_year)

    def rating(self, client: str, day: date, known: date) -> Rating | None:
        """The rating on `day` as known on `known`; None where no decision says anything."""
        if known >= day:
            return self._on(client, day)
        return self._decide(client, day, known)

    def _decide(self, client: str, day: date, known: date) -> Rating | None:
        return _rated(client, self._in_force(day, known))

    def _in_force(self, day: date, known: date) -> list[Decided]:
        """The decisions that count on a day as known on another, the last first: those of its year, or of
        the end of the year before.
        """
        found = self._taken(day, known)
        if not found and day.year > 1:
            found = self._taken(last_of(day.year - 1), known)
        return found[::-1]

    def _taken(self, day: date, known: date) -> list[Decided]:
        return [
            decision
            for decision in self.decisions(day.year)
            if decision.day <= known and decision.takes_effect <= day
        ]

    def _on(self, client: str, day: date) -> Rating | None:
        """The rating on a day by all that took effect by then, looked up among its changes."""
        days, ratings = self._changes(client)
        at = bisect_right(days, day)
        return ratings[at - 1] if at else None

    def _changes(self, client: str) -> tuple[list[date], list[Rating | None]]:
        if client not in self._known:
            self._known[client] = self._days, [_rated(client, in_force) for in_force in self._on_days]
        return self._known[client]

    @cached_property
    def _days(self) -> list[date]:
        """Every day on which some client's rating can change."""
        days = {decision.takes_effect for year in self._by_year.values() for decision in year}
        for year in self._by_year:
            days |= {first_of(year), first_of(year + 1), first_of(year + 2)}
        return sorted(days)

    @cached_property
    def _on_days(self) -> list[list[Decided]]:
        """The decisions in force on each of these days."""
        return [self._in_force(day, day) for day in self._days]

    def is_managed(self, client: str, day: date) -> bool:
        """Whether the client is strategic or key on a day."""
        rating = self._on(client, day)
        return rating is not None and rating.is_managed

    def became_managed(self, client: str) -> list[date]:
        """The days on which the client became strategic or key, not being so the day before."""
        if client not in self._became:
            days, ratings = self._changes(client)
            managed = [rating is not None and rating.is_managed for rating in ratings]
            before = [False, *managed]
            self._became[client] = [
                day for day, now, was in zip(days, managed, before[:-1], strict=True) if now and not was
            ]
        return self._became[client]

    def was_managed_between(self, client: str, first: date, last: date) -> bool:
        """Whether the client was strategic or key on some day of a span."""
        if first > last:
            return False
        days, _ = self._changes(client)
        return any(self.is_managed(client, day) for day in (first, *days) if first <= day <= last)
