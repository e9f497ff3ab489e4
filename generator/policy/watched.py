"""A day that notes what it was asked, so that a verdict holds for every day that gives the same answers.

Nearly all that is asked of the as-of day is whether it lies before or after some other day. Each answer holds
for a span of days; where all these spans meet, nothing that was made from the answers changes.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


class Span:
    """The days on which all that was asked of one of them has the same answer."""

    __slots__ = ("day", "first", "last")

    def __init__(self, day: date) -> None:
        """Nothing was asked yet."""
        self.day = day.toordinal()
        self.first, self.last = _FIRST, _LAST

    def is_before(self, other: int) -> bool:
        """Whether the day lies before another, given by its number."""
        if self.day < other:
            if other <= self.last:
                self.last = other - 1
            return True
        if other > self.first:
            self.first = other
        return False

    def hold_within(self, first: int, last: int) -> None:
        """Note an answer that holds from one day to another, given by their numbers."""
        self.first, self.last = max(self.first, first), min(self.last, last)

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last of the days."""
        return date.fromordinal(self.first).isoformat(), date.fromordinal(self.last).isoformat()


def _negated(answer: Any) -> Any:
    return answer if answer is NotImplemented else not answer


def _exactly(name: str) -> Any:
    """A method of days whose answer holds for one day alone."""

    def method(self: "WatchedDay", *arguments: Any, **options: Any) -> Any:
        return getattr(self.exactly(), name)(*arguments, **options)

    return method


class WatchedDay(date):
    """A day in no way different from any other, but that it notes in a span what it was asked.

    So does a day that is so many days later or earlier. Whoever asks for more than an order, a year or a
    month has an answer that holds for this day alone; what he is given is a day that notes nothing.
    """

    __slots__ = ("_year", "later", "span")
    span: Span
    later: int
    """How many days it is after the day of the span."""
    _year: int
    """0 until somebody asks: it is asked often, and noted once."""

    @classmethod
    def of(cls, span: Span, later: int = 0) -> "WatchedDay":
        """So many days after the day of a span. Raises OverflowError where there can be no such day."""
        day = date.fromordinal(span.day) + timedelta(days=later)
        self = cls(day.year, day.month, day.day)
        self.span, self.later, self._year = span, later, 0
        return self

    def exactly(self) -> date:
        """The day itself, for an answer that holds for no other."""
        self.span.hold_within(self.span.day, self.span.day)
        return date.fromordinal(self.span.day + self.later)

    def _is_before(self, other: object, days: int) -> Any:
        """Whether it lies before the day so many days after another; NotImplemented where that is no day."""
        if isinstance(other, WatchedDay) and other.span is self.span:
            return self.later < other.later + days
        if isinstance(other, date):
            return self.span.is_before(other.toordinal() + days - self.later)
        return NotImplemented

    def __lt__(self, other: object) -> Any:
        return self._is_before(other, 0)

    def __le__(self, other: object) -> Any:
        return self._is_before(other, 1)

    def __gt__(self, other: object) -> Any:
        return _negated(self._is_before(other, 1))

    def __ge__(self, other: object) -> Any:
        return _negated(self._is_before(other, 0))

    def __eq__(self, other: object) -> Any:
        before = self._is_before(other, 0)
        return before if before is NotImplemented else not before and self._is_before(other, 1)

    def __add__(self, other: object) -> Any:
        if not isinstance(other, timedelta):
            return NotImplemented
        try:
            return WatchedDay.of(self.span, self.later + other.days)
        except OverflowError:
            return self.exactly() + other

    __radd__ = __add__

    def __sub__(self, other: object) -> Any:
        if isinstance(other, timedelta):
            return self + timedelta(days=-other.days)
        return self.exactly() - other if isinstance(other, date) else NotImplemented

    def __rsub__(self, other: object) -> Any:
        return other - self.exactly() if isinstance(other, date) else NotImplemented

    @property
    def year(self) -> int:
        """It holds for all the year."""
        if not self._year:
            self._year = year = date.year.__get__(self)
            self._hold_within(date(year, 1, 1), date(year, 12, 31))
        return self._year

    @property
    def month(self) -> int:
        """It holds for this month alone."""
        year: int = self.year
        month: int = date.month.__get__(self)
        self._hold_within(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return month

    def _hold_within(self, first: date, last: date) -> None:
        self.span.hold_within(first.toordinal() - self.later, last.toordinal() - self.later)

    @property
    def day(self) -> int:
        """It holds for this day alone."""
        return self.exactly().day

    ctime = _exactly("ctime")
    isocalendar = _exactly("isocalendar")
    isoformat = _exactly("isoformat")
    isoweekday = _exactly("isoweekday")
    replace = _exactly("replace")
    strftime = _exactly("strftime")
    timetuple = _exactly("timetuple")
    toordinal = _exactly("toordinal")
    weekday = _exactly("weekday")
    __format__ = _exactly("__format__")
    __hash__ = _exactly("__hash__")
    __reduce__ = _exactly("__reduce__")
    __repr__ = _exactly("__repr__")
    __str__ = _exactly("__str__")


# What went wrong with it is told in the same words as of any other day.
WatchedDay.__name__ = "datetime.date"


class DaysAsked:
    """The days for which something was asked: those past from the first to the last, later ones singly."""

    def __init__(self, now: date) -> None:
        """None yet."""
        self._now = now
        self._first, self._last = date.max, date.min
        self._later: set[date] = set()
        self._moving: dict[Span, tuple[int, int]] = {}

    def note(self, day: date) -> None:
        """One more day."""
        if isinstance(day, WatchedDay):
            first, last = self._moving.get(day.span, (day.later, day.later))
            self._moving[day.span] = min(first, day.later), max(last, day.later)
        elif day > self._now:
            self._later.add(day)
        else:
            self._first = min(self._first, day)
            self._last = max(self._last, day)

    def keys(self, what: str, days: Mapping[str, Span]) -> Iterator[tuple[str, ...]]:
        """What was asked for, with the first and last day; where they move, how much later than a day."""
        spans = [(self._first, self._last)] if self._first <= self._last else []
        for first, last in (*spans, *((day, day) for day in sorted(self._later))):
            yield what, "", first.isoformat(), last.isoformat()
        for name, span in days.items():
            if span in self._moving:
                yield what, name, *map(str, self._moving[span])
