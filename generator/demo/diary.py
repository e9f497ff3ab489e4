"""When things are done: on working days, mostly in time, sometimes late, sometimes not yet."""

from datetime import date
from random import Random

from generator.demo.calendars import calendar
from generator.demo.order import Order
from generator.policy.days import first_of, last_of, plus
from generator.policy.due import WorkingDays

LATE = 0.06
"""The share of what is done after its day."""
NEVER = 0.015
"""The share of what is still not done long after its day; it is found and made up for in the end."""
NOT_YET = 0.14
"""The share of what is not done in the first weeks after its day."""
FRESH = 45
"""How many days these first weeks are."""


class Diary:
    """The working days around the years that are told; nothing in it happens after the as-of day."""

    def __init__(self, order: Order) -> None:
        self.as_of = order.as_of
        self._origin = first_of(order.first_year - 2)
        last = last_of(order.last_year + 2)
        working = WorkingDays(
            {year: calendar(year) for year in range(order.first_year - 1, order.last_year + 1)}
        )
        span = [plus(self._origin, offset) for offset in range((last - self._origin).days + 1)]
        self._worked = [day for day in span if working.works(day)]
        self._next: list[int] = []
        """For each day of the span the place of the first working day from it on."""
        at = 0
        for day in span:
            self._next.append(min(at, len(self._worked) - 1))
            at += at < len(self._worked) and self._worked[at] == day

    def on(self, day: date) -> date:
        """The day, or the next working day."""
        return self._worked[self._place(day)]

    def before(self, day: date) -> date:
        """The day, or the last working day before it."""
        place = self._place(day)
        return self._worked[place] if self._worked[place] == day else self._worked[max(place - 1, 0)]

    def some(self, rng: Random, first: date, last: date) -> date:
        """A working day from the first to the last day; the next one where there is none."""
        low, high = self._place(first), self._place(plus(last, 1)) - 1
        return self._worked[low + int(rng.random() * (high - low + 1)) if high > low else low]

    def _place(self, day: date) -> int:
        return self._next[min(max((day - self._origin).days, 0), len(self._next) - 1)]

    def happened(self, day: date | None) -> date | None:
        """The day where it has come."""
        return day if day is not None and day <= self.as_of else None

    def done(self, rng: Random, first: date, due: date, care: float = 1.0) -> date | None:
        """The day on which something due is done, from its first possible day on; None: not yet.

        `care` is 1 for most clients, less where things are done well, more where they are neglected.
        """
        age = (self.as_of - due).days
        never = (NOT_YET if age < FRESH else NEVER) * care
        roll = rng.random()
        if roll < never:
            return None
        if roll < never + LATE * care:
            return self.happened(self.on(plus(due, 1 + int(rng.random() ** 2 * 24))))
        return self.happened(self.some(rng, min(first, due), due))
