"""Which clients there are: names, what they trade, who looks after them, how they are rated."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from generator.demo.client_names import ClientNames
from generator.demo.company import Company, Division, Group
from generator.demo.lines import BESIDE, Good, Trade
from generator.demo.order import Order
from generator.demo.organization import Seat
from generator.model.ratings import Level, Side, Tier
from generator.policy.days import first_of, last_of, plus

ABROAD = {"intl-trade": 0.4, "iron-ore": 0.09, "coal-coke": 0.06}
"""The share of clients abroad, by line."""
NEW_SHARE, ENDED_SHARE = 0.02, 0.025


@dataclass(frozen=True, slots=True)
class Rating:
    """What a client is rated from a day on."""

    start: date
    tier: Tier
    level: Level | None = None

    @property
    def is_managed(self) -> bool:
        """Whether the client is strategic or key."""
        return self.tier is not Tier.GENERAL


@dataclass(slots=True)
class Client:
    """A client as the whole company knows it; its records are told from this."""

    number: int
    id: str
    name: str
    brand: str
    trade: Trade
    abroad: bool
    division: Division
    desk: int
    """Which of the division's sales seats looks after it."""
    side: Side
    opened: date
    ended: date | None
    beside: tuple[Division, Side] | None = None
    """A second division that trades with it, and on which side."""
    integrated: bool = False
    ratings: dict[int, list[Rating]] = field(default_factory=dict)
    """For each year the rating of 1 January, and one of the middle of the year where it changed."""

    @property
    def divisions(self) -> tuple[Division, ...]:
        """The divisions that trade with it."""
        return (self.division, self.beside[0]) if self.beside else (self.division,)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The business groups that trade with it."""
        return tuple(dict.fromkeys(one.group for one in self.divisions))

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides of the trade, purchase first."""
        found = {self.side, *((self.beside[1],) if self.beside else ())}
        return tuple(side for side in Side if side in found)

    @property
    def goods(self) -> tuple[tuple[Side, Good], ...]:
        """What is traded, by its number so that neighbours differ."""
        found = [(self.side, good) for good in _some(self.division.line.goods(self.side), self.number)]
        if self.beside:
            division, side = self.beside
            found.append((side, _some(division.line.goods(side), self.number)[0]))
        return tuple(dict.fromkeys(found))

    def seat(self, offset: int = 0) -> Seat:
        """The sales seat that looks after it, or one so many places further."""
        return self.division.sales[(self.desk + offset) % len(self.division.sales)]

    def rating(self, day: date) -> Rating:
        """How it is rated on a day of the years that are told (before them: general)."""
        held = [one for one in self.ratings.get(day.year, ()) if one.start <= day]
        return held[-1] if held else Rating(day, Tier.GENERAL)

    def is_joint(self, rating: Rating) -> bool:
        """Whether such a rating asks for a joint team (2.7)."""
        several = rating.tier is Tier.STRATEGIC and len(self.groups) > 1
        return rating.is_managed and (self.integrated or several)

    def managed(self, year: int) -> tuple[date, date] | None:
        """From when to when in a year it is strategic or key and there is business."""
        held = self.ratings.get(year, [])
        spans = [one for one in held if one.is_managed]
        if not spans:
            return None
        after = [one.start for one in held if one.start > spans[-1].start and not one.is_managed]
        last = min(plus(after[0], -1) if after else last_of(year), self.ended or date.max)
        return (spans[0].start, last) if last >= spans[0].start else None

    def rises(self) -> list[date]:
        """The days on which it became strategic or key."""
        found, before = [], False
        for year in sorted(self.ratings):
            for rating in self.ratings[year]:
                if rating.is_managed and not before:
                    found.append(rating.start)
                before = rating.is_managed
        return found

    @property
    def ever_managed(self) -> bool:
        """Whether it is strategic or key at any time."""
        return bool(self.rises())


def _some(goods: tuple[Good, ...], number: int) -> tuple[Good, ...]:
    start = number % len(goods)
    return (goods[start], goods[(start + 1) % len(goods)])[: 1 + number // 3 % 2]


def make_clients(order: Order, company: Company) -> list[Client]:
    """All clients but for their ratings, in the order of the divisions."""
    names = ClientNames(order)
    found: list[Client] = []
    for division in company.divisions:
        for place in range(division.clients):
            number = len(found)
            rng = order.random("client", number)
            found.append(_client(order, names, rng, number, division, place))
    return found


def _client(
    order: Order, names: ClientNames, rng: Random, number: int, division: Division, place: int
) -> Client:
    side = Side.PURCHASE if rng.randrange(100) < division.line.bought_share else Side.SALE
    trade = rng.choice(division.line.trades(side))
    abroad = rng.random() < ABROAD.get(division.line.id, 0)
    if abroad:
        id_, name = names.abroad(trade.sight, rng)
        brand = id_
    else:
        id_, name, brand = names.home(trade, rng, large=rng.random() < 0.2)
    desk = place % len(division.sales)
    opened, ended = _life(order, rng)
    return Client(number, id_, name, brand, trade, abroad, division, desk, side, opened, ended)


def _life(order: Order, rng: Random) -> tuple[date, date | None]:
    """When the archive was opened, and when the business ended."""
    roll = rng.random()
    if roll < NEW_SHARE * len(order.years):
        day = date(rng.choice(order.years), rng.randint(1, 12), rng.randint(1, 28))
        if plus(day, 15) < order.as_of:
            return day, None
    opened = date(order.first_year - rng.randint(1, 12), rng.randint(1, 9), rng.randint(1, 28))
    if roll > 1 - ENDED_SHARE:
        day = date(rng.choice(order.years), rng.randint(3, 12), rng.randint(1, 28))
        return opened, day if day < order.as_of else None
    return opened, None


def give_second_divisions(order: Order, company: Company, clients: list[Client]) -> None:
    """Let some clients trade with a second division: strategic ones often, key ones seldom."""
    by_line: dict[str, list[Division]] = {}
    for division in company.divisions:
        by_line.setdefault(division.line.id, []).append(division)
    for client in clients:
        tier = client.rating(first_of(order.last_year)).tier
        if not client.ever_managed or client.abroad:
            continue
        share = 0.65 if tier is Tier.STRATEGIC else 0.09
        rng = order.random("beside", client.number)
        if client.integrated or rng.random() < share:
            client.beside = _second(client, by_line, rng)
        if client.beside is None:
            client.integrated = False


def _second(client: Client, by_line: dict[str, list[Division]], rng: Random) -> tuple[Division, Side] | None:
    open_ = [pair for pair in BESIDE[client.division.line.id, client.side] if pair[0] in by_line]
    if not open_:
        return None
    line, side = rng.choice(open_)
    near = [one for one in by_line[line] if one.region == client.division.region]
    return (near or by_line[line])[0], side
