"""The company's people: who holds which seat when, and that a few seats change hands each year."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from generator.demo.order import Order
from generator.demo.people_names import Register
from generator.policy.days import day_of, plus

SETTLED = 20
"""Days that a change of hands lies before the as-of day, so that the teams have followed it."""


@dataclass(slots=True)
class Person:
    """Somebody of the company with all positions: unit, title, first and last day."""

    id: str
    name: str
    positions: list[tuple[str, str, date, date | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a seat to a last day, or still."""

    id: str
    name: str
    start: date
    end: date | None


@dataclass(slots=True)
class Seat:
    """A position that one person holds after another; a client belongs to seats, not to people."""

    unit: str
    title: str
    holders: list[Holder]

    def holder(self, day: date) -> Holder:
        """Who holds it on a day."""
        for one in self.holders:
            if one.end is None or day <= one.end:
                return one
        return self.holders[-1]

    def on(self, day: date) -> str:
        """The id of who holds it on a day."""
        return self.holder(day).id

    def spells(self, first: date, last: date) -> list[tuple[str, date | None, date | None]]:
        """Who holds it between two days, each with the first and last day where they lie between."""
        held = [one for one in self.holders if one.start <= last and (one.end is None or one.end >= first)]
        return [
            (
                one.id,
                one.start if one.start > first else None,
                one.end if one.end and one.end < last else None,
            )
            for one in held
        ]


class Staffing:
    """Fills seats, and lets some change hands within the years that are told."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._rng = order.random("people")
        self._register = Register(self._rng)
        self.people: list[Person] = []

    def person(self) -> Person:
        """Somebody new."""
        name, id_ = self._register.new()
        person = Person(id_, name)
        self.people.append(person)
        return person

    def seat(self, unit: str, title: str, *, change: float, heir: str | None = None) -> Seat:
        """A seat with its holders; `change` is the chance of another holder in a year.

        With `heir` the first successor is somebody who held that title in the unit before.
        """
        rng = self._rng
        start = date(self._order.first_year - 2 - int(rng.random() * 12), rng.randint(1, 12), 1)
        seat = Seat(unit, title, [])
        deputy = self._deputy(unit, heir) if heir else None
        person = self.person()
        for end in self._ends(rng, change):
            self._hold(seat, person, start, end)
            start, person = plus(end, 1), deputy or self.person()
            if deputy:
                unit_, title_, since, _ = deputy.positions[0]
                deputy.positions[0] = (unit_, title_, since, end)
                deputy = None
        self._hold(seat, person, start, None)
        return seat

    def _deputy(self, unit: str, title: str) -> Person:
        deputy = self.person()
        start = date(self._order.first_year - 2 - int(self._rng.random() * 5), self._rng.randint(1, 12), 1)
        deputy.positions.append((unit, title, start, None))
        return deputy

    def _ends(self, rng: Random, change: float) -> list[date]:
        """The last days in the seat, at the ends of months in the middle of a year."""
        found: list[date] = []
        for year in self._order.years:
            if rng.random() < change:
                end = day_of(year, rng.randint(2, 9), 31)
                if plus(end, SETTLED) < self._order.as_of and (not found or (end - found[-1]).days > 300):
                    found.append(end)
        return found

    def _hold(self, seat: Seat, person: Person, start: date, end: date | None) -> None:
        person.positions.append((seat.unit, seat.title, start, end))
        seat.holders.append(Holder(person.id, person.name, start, end))
