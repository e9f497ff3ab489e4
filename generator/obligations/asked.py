"""Of whom the kinds marked T are asked, and when a newly rated client must deliver.

rules.md, "Asked for" and "Grace": the rating that counts is that of J, known on K; a client that
became strategic or key on a day G of the year is given 新评级宽限 from G on.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from generator.obligations.begun import begun_quarters
from generator.policy.days import Quarter, first_of, held_within, last_of, plus
from generator.policy.parameters import Values
from generator.standing.clients import Client
from generator.standing.ratings import Rating
from generator.standing.world import World

MIN_DAYS_LEFT = 90
"""A plan for the year is asked for only when so many days of it are left after G."""


class Period(NamedTuple):
    """The first and last day of what an obligation is for."""

    first: date
    last: date

    @classmethod
    def year(cls, year: int) -> "Period":
        """A whole year."""
        return cls(first_of(year), last_of(year))


class Asked(NamedTuple):
    """That a client is asked: by when, as what, and on which day it became one that is."""

    due: date
    rating: Rating
    became: date | None


def rating_for(world: World, client: str, period: Period, known: date) -> Rating | None:
    """The rating on J, known on K, K being `known` or the as-of day, whichever is earlier."""
    k = min(known, world.as_of)
    return world.ratings.rating(client, held_within(k, period.first, period.last), k)


def ask(
    world: World,
    client: Client,
    period: Period,
    year: int,
    base: date,
    grace: int,
    *,
    not_before: date | None = None,
) -> Asked | None:
    """Whether a T client is asked, with the due day after grace; None where it is not.

    `not_before` is the day before which K is not taken (appointment: the first decision's); the grace is
    reckoned from the due day alone.
    """

    def managed(due: date) -> bool:
        rating = rating_for(world, client.id, period, due)
        return rating is not None and rating.is_managed

    days = became_in(world, client, year)
    due, became = graced(days, base, lambda g: max(base, plus(g, grace)), managed) if days else (base, None)
    rating = rating_for(world, client.id, period, max(due, not_before) if not_before else due)
    return Asked(due, rating, became) if rating and rating.is_managed else None


def became_in(world: World, client: Client, year: int) -> list[date]:
    """The days G after 1 January of a year on which the client became strategic or key."""
    days = world.ratings.became_managed(client.id)
    return [day for day in days if day.year == year and day != first_of(year)]


def graced(
    days: list[date], base: date, due_after: Callable[[date], date], managed: Callable[[date], bool]
) -> tuple[date, date | None]:
    """The due day, and the day G that gives it: the latest on or before the due day, grace in;
    where the client is no T client then, the first after it.
    """
    due, became = base, None
    while True:
        earlier = [day for day in days if day <= due]
        if earlier and earlier[-1] != became:
            became = earlier[-1]
            due = due_after(became)
            continue
        if managed(due):
            return due, became
        after = [day for day in days if day > due]
        if not after:
            return due, became
        became = after[0]
        due = due_after(became)


def has_time_left(world: World, client: Client, year: int, became: date | None) -> bool:
    """Whether a plan of the year makes sense: 90 days left after G, or rated earlier in the year."""
    if became is None or plus(became, MIN_DAYS_LEFT) <= last_of(year):
        return True
    return world.ratings.was_managed_between(client.id, first_of(year), plus(became, -1))


def quarter_counts(world: World, client: Client, period: Period, became: date | None, grace: int) -> bool:
    """Whether a quarter asks for plan and report: it does not end before G and the grace, or the
    client was strategic or key earlier in it.
    """
    if became is None or period.last >= plus(became, grace):
        return True
    return world.ratings.was_managed_between(client.id, period.first, min(plus(became, -1), period.last))


def asked_quarters(
    world: World, client: Client, base: Callable[[Quarter, Values], date]
) -> Iterator[tuple[Quarter, Values, Asked]]:
    """The begun quarters that ask a client for something due on `base`, with the due day after grace."""
    for quarter in begun_quarters(world):
        values = world.parameters.on(quarter.first)
        period, grace = Period(quarter.first, quarter.last), values.new_rating_grace
        asked = ask(world, client, period, quarter.year, base(quarter, values), grace)
        if asked is not None and quarter_counts(world, client, period, asked.became, grace):
            yield quarter, values, asked
