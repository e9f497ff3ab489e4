"""The years and quarters that have begun by the as-of day; nothing is asked for later ones."""

from collections.abc import Iterator

from generator.policy.days import Quarter
from generator.standing.world import World


def begun_years(world: World) -> range:
    """The years of T clients that have begun: from the first decision's to the as-of day's."""
    years = world.ratings.years()
    return range(min(years, default=world.as_of.year + 1), world.as_of.year + 1)


def begun_quarters(world: World) -> Iterator[Quarter]:
    """The quarters of T clients that have begun by the as-of day."""
    for year in begun_years(world):
        yield from (q for n in range(1, 5) if (q := Quarter(year, n)).first <= world.as_of)
