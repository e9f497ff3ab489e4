"""Quarters, years and day arithmetic that no typed date can make overflow."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple


def plus(day: date, days: int) -> date:
    """The day so many days later (or earlier), held within what a date can be."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def held_within(day: date, first: date, last: date) -> date:
    """The day, or the nearer end of the period where it lies outside."""
    return min(max(day, first), last)


@lru_cache(maxsize=4096)
def day_of(year: int, month: int, day: int) -> date:
    """A day of a month; one that the month has not is its last day (rules.md, "Parameters")."""
    return date(year, month, min(max(day, 1), monthrange(year, month)[1]))


def first_of(year: int) -> date:
    """1 January."""
    return date(year, 1, 1)


def last_of(year: int) -> date:
    """31 December."""
    return date(year, 12, 31)


def meet(start: date | None, end: date | None, other_start: date | None, other_end: date | None) -> bool:
    """Whether two spans share a day; a missing end of one is open."""
    starts = [day for day in (start, other_start) if day]
    ends = [day for day in (end, other_end) if day]
    return not starts or not ends or max(starts) <= min(ends)


class Quarter(NamedTuple):
    """A quarter of a year, 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter that a day lies in."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def named(cls, name: str) -> "Quarter | None":
        """The quarter of a name such as 2026-Q3, or None where it is no quarter's."""
        found = re.fullmatch(r"([12][0-9]{3})-Q([1-4])", name)
        return cls(int(found[1]), int(found[2])) if found else None

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return day_of(self.year, 3 * self.number, 31)

    @property
    def before(self) -> "Quarter":
        """The quarter before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"
