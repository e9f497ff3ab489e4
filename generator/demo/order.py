"""What is ordered: how many clients, which years, which seed, and the last day that has happened."""

from dataclasses import dataclass
from datetime import date
from random import Random

from generator.policy.days import Quarter

MOST_CLIENTS = 40_000
"""Beyond this people.yml would be larger than a record may be (F008)."""


@dataclass(frozen=True, slots=True)
class Order:
    """The same order gives the same tree, byte for byte."""

    clients: int
    first_year: int
    last_year: int
    seed: int
    as_of: date

    @property
    def years(self) -> range:
        """The years that are told."""
        return range(self.first_year, self.last_year + 1)

    @property
    def quarters(self) -> list[Quarter]:
        """The quarters of these years that have begun."""
        all_ = [Quarter(year, number) for year in self.years for number in (1, 2, 3, 4)]
        return [quarter for quarter in all_ if quarter.first <= self.as_of]

    def random(self, *about: object) -> Random:
        """Chance for one matter, the same on every machine and whatever else is made."""
        return Random("/".join(map(str, (self.seed, *about))))
