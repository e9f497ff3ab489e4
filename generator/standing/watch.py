"""What was asked of the company and of the day while a client was judged: what its verdict depends on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from generator.policy.watched import DaysAsked, Span, WatchedDay

AS_OF, TODAY = "as-of", "today"
"""The names of the days that are watched."""
PARAMETERS = "parameters"


@dataclass(slots=True)
class Watch:
    """The people and units that somebody looked up; each stands for all that is known of it.

    Of the as-of day and today it has the days that would have given the same answers, and of the parameters
    for which days they were asked.
    """

    days: dict[str, Span]
    """By AS_OF and TODAY."""
    parameters: DaysAsked
    people: set[str] = field(default_factory=set)
    """Whose name or positions were asked for."""
    units: set[str] = field(default_factory=set)
    """Units of which name, kind, group or days were asked for."""
    staffs: set[str] = field(default_factory=set)
    """Units of which it was asked who holds a position there."""
    orders: set[tuple[str, ...]] = field(default_factory=set)
    """Several units whose people were asked for in the order of people.yml."""
    names: set[str] = field(default_factory=set)
    """Names of which it was asked who is so called."""
    everything: bool = False
    """Whether all people or all units were gone through."""

    @classmethod
    def since(cls, as_of: date, today: date) -> "Watch":
        """Nothing was asked yet."""
        return cls({AS_OF: Span(as_of), TODAY: Span(today)}, DaysAsked(as_of))

    @property
    def as_of(self) -> date:
        """The as-of day, which notes what it is asked."""
        return WatchedDay.of(self.days[AS_OF])

    @property
    def today(self) -> date:
        """Today, likewise."""
        return WatchedDay.of(self.days[TODAY])

    def keys(self) -> Iterator[tuple[str, ...]]:
        """What was asked, in one order that is always the same."""
        for what, asked in (("person", self.people), ("unit", self.units), ("staff", self.staffs)):
            yield from ((what, id_) for id_ in sorted(asked))
        yield from (("order", *units) for units in sorted(self.orders))
        yield from (("name", name) for name in sorted(self.names))
        if self.everything:
            yield ("everything",)
        for name, span in self.days.items():
            yield (name, *span.ends)
        yield from self.parameters.keys(PARAMETERS, self.days)
