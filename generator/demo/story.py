"""One client's years as they are told: what all its records draw on, so that they agree."""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.demo.clients import Client
from generator.demo.company import Company
from generator.demo.diary import Diary
from generator.demo.lines import Good
from generator.demo.order import Order
from generator.demo.people_names import full_name
from generator.demo.places import foreigner
from generator.model.ratings import Side, Tier
from generator.policy.days import Quarter

_SIZES = {Tier.STRATEGIC: (120_000, 560_000), Tier.KEY: (14_000, 110_000), Tier.GENERAL: (600, 9_000)}
"""Tonnes a year of goods at steel's price."""
_SEASON = (88, 106, 98, 108)
_REMEMBERED = 24
"""How many texts back none is used again."""
_CARE = (0.3, 0.7, 0.7, 1.0, 1.0, 1.0, 1.6, 2.6)

_TITLES = {
    Side.PURCHASE: ("销售公司总经理", "销售部部长", "质检处处长", "物流部部长", "生产部部长", "财务部部长"),
    Side.SALE: ("采购部部长", "供应处处长", "生产部部长", "质量部经理", "仓储主管", "财务部部长"),
}


@dataclass(slots=True)
class Tally:
    """What all clients' records of a quarter come to, for the analysis of Key Accounts."""

    visits: Counter[Quarter] = field(default_factory=Counter)
    special: Counter[Quarter] = field(default_factory=Counter)
    reports: Counter[Quarter] = field(default_factory=Counter)
    late_reports: Counter[Quarter] = field(default_factory=Counter)


class Story:
    """A client, its people and volumes, its own chance, and the files that are told of it."""

    def __init__(self, order: Order, diary: Diary, company: Company, client: Client, tally: Tally) -> None:
        self.order, self.diary, self.company, self.client, self.tally = order, diary, company, client, tally
        self.rng = order.random(client.id)
        self.care = self.rng.choice(_CARE)
        """How often what is due for this client is late or not done."""
        self.goods = client.goods
        self.people = self._people()
        self.tonnes = self._tonnes()
        self.statements: dict[int, date | None] = {}
        """For each year the day on which the year's statements came, once that is told."""
        self.visits_on: Counter[date] = Counter()
        self._used: deque[str] = deque(maxlen=_REMEMBERED)
        self.files: list[tuple[str, str | bytes]] = []

    def put(self, path: str, data: str | bytes) -> None:
        """Tell one file, by its path in the client's folder."""
        self.files.append((f"clients/{self.client.id}/{path}", data))

    def done(self, first: date, due: date) -> date | None:
        """The day on which something due was done, if it was."""
        return self.diary.done(self.rng, first, due, self.care)

    def clerk(self, day: date) -> str:
        """Who of Key Accounts takes in this client's papers."""
        staff = self.company.key_accounts.staff
        return staff[self.client.number % len(staff)].on(day)

    def pick(self, values: Sequence[str], count: int = 1) -> list[str]:
        """Some different ones of a few texts; none that this client's records used of late."""
        fresh = [one for one in values if one not in self._used] or list(values)
        chosen = self.rng.sample(fresh, min(count, len(fresh)))
        self._used.extend(chosen)
        return chosen

    def amount(self, quarter: Quarter, good: int) -> int:
        """The tonnes of one of its goods in a quarter."""
        return self.tonnes[quarter][good]

    def amount_of_year(self, year: int, good: int) -> int:
        """The tonnes of one of its goods in a year."""
        return sum(self.tonnes[Quarter(year, number)][good] for number in (1, 2, 3, 4))

    def _people(self) -> list[tuple[str, str]]:
        titles = ["董事长", "总经理", *_TITLES[self.client.side]]
        count = self.rng.randint(3, 5)
        chosen = [titles[0], *self.rng.sample(titles[1:], count - 1)]
        name = foreigner if self.client.abroad else lambda rng: full_name(rng)[0]
        return list(zip(dict.fromkeys(name(self.rng) for _ in chosen), chosen, strict=False))

    def _tonnes(self) -> dict[Quarter, tuple[int, ...]]:
        first, last = self.order.first_year - 1, self.order.last_year + 1
        tiers = [rating.tier for held in self.client.ratings.values() for rating in held]
        best = next((tier for tier in Tier if tier in tiers), Tier.GENERAL)
        yearly = [self._yearly(best, good, place) for place, (_, good) in enumerate(self.goods)]
        found: dict[Quarter, tuple[int, ...]] = {}
        for year in range(first, last + 1):
            for number in (1, 2, 3, 4):
                shares = [
                    _SEASON[number - 1] * self.rng.randint(92, 109) * (100 + 2 * (year - first))
                    for _ in yearly
                ]
                found[Quarter(year, number)] = tuple(
                    rounded(tonnes * share // 4_000_000) for tonnes, share in zip(yearly, shares, strict=True)
                )
        return found

    def _yearly(self, tier: Tier, good: Good, place: int) -> int:
        low, high = _SIZES[tier]
        dear = max(1, good.price // 3600) * (1 + place)
        return self.rng.randint(low, high) // dear


def rounded(tonnes: int) -> int:
    """Tonnes as people write them: tens, or hundreds where they are many; never none."""
    step = 100 if tonnes >= 5_000 else 10
    return max(tonnes // step * step, step)


def shown(tonnes: int) -> str:
    """Tonnes in a text: 3.12万吨, 860吨."""
    return f"{tonnes / 10_000:g}万吨" if tonnes >= 10_000 else f"{tonnes}吨"
