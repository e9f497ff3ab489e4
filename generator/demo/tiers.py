"""How clients are rated: few strategic, many key, and what changes at the turn and middle of years."""

from datetime import date

from generator.demo.clients import Client, Rating
from generator.demo.diary import Diary
from generator.demo.order import Order
from generator.model.ratings import Level, Tier
from generator.policy.days import first_of, plus

STRATEGIC_SHARE, KEY_SHARE = 0.03, 0.38
RISE_SHARE, FALL_SHARE = 0.012, 0.008
"""How many clients are re-rated in the middle of a year."""
INTEGRATED_EACH = 18
"""Every so-manieth strategic or key client is one of integrated supply."""

_LEVELS = (Level.COMPANY, Level.GROUP, Level.GROUP, Level.COMPANY, Level.GROUP)


def middle_days(year: int, diary: Diary) -> tuple[date, date]:
    """The days of the year on which ratings may change."""
    return diary.on(date(year, 5, 18)), diary.on(date(year, 8, 27))


def rate(order: Order, diary: Diary, clients: list[Client]) -> None:
    """Rate all clients for all years, and for the one after, for which divisions propose already."""
    rng = order.random("tiers")
    lasting = [one for one in clients if one.opened < date(order.first_year - 1, 10, 1)]
    rng.shuffle(lasting)
    strategic = max(2, round(len(clients) * STRATEGIC_SHARE)) if len(clients) > 1 else 0
    key = round(len(clients) * KEY_SHARE)
    for place, client in enumerate(lasting):
        tier = Tier.STRATEGIC if place < strategic else Tier.KEY if place < strategic + key else Tier.GENERAL
        client.integrated = tier is not Tier.GENERAL and place % INTEGRATED_EACH == 1
        level = _LEVELS[place % len(_LEVELS)] if tier is Tier.STRATEGIC else None
        _course(order, client, tier, level)
    for client in clients:
        if not client.ratings:
            _course(order, client, Tier.GENERAL, None)
    for year in order.years:
        _change_in_middle(order, diary, clients, year)


def _course(order: Order, client: Client, tier: Tier, level: Level | None) -> None:
    """The ratings of each 1 January, from the first one on."""
    rng = order.random("rating", client.id)
    for year in range(order.first_year, order.last_year + 2):
        if year > order.first_year:
            tier, level = _moved(rng.random(), tier, level)
        if client.opened >= date(year - 1, 10, 1):
            tier, level = Tier.GENERAL, None
        if client.ended is None or client.ended > date(year - 1, 12, 1):
            client.ratings[year] = [Rating(first_of(year), tier, level)]


def _moved(roll: float, tier: Tier, level: Level | None) -> tuple[Tier, Level | None]:
    """The tier of the next year: mostly the same."""
    if tier is Tier.STRATEGIC and roll < 0.05:
        return Tier.KEY, None
    if tier is Tier.KEY and roll < 0.03:
        return Tier.GENERAL, None
    if tier is Tier.KEY and roll > 0.996:
        return Tier.STRATEGIC, Level.GROUP
    if tier is Tier.GENERAL and roll < 0.02:
        return Tier.KEY, None
    return tier, level


def _change_in_middle(order: Order, diary: Diary, clients: list[Client], year: int) -> None:
    """Let a few general clients rise and a few key ones fall, to the end of the year and after."""
    rng = order.random("middle", year)
    days = [day for day in middle_days(year, diary) if plus(day, 5) < order.as_of]
    if not days:
        return
    for tier, other, share in ((Tier.GENERAL, Tier.KEY, RISE_SHARE), (Tier.KEY, Tier.GENERAL, FALL_SHARE)):
        fit = [one for one in clients if _may_change(one, year, tier)]
        for client in rng.sample(fit, min(len(fit), max(1, round(len(clients) * share)))):
            client.ratings[year].append(Rating(rng.choice(days), other))
            for later in range(year + 1, order.last_year + 2):
                client.ratings[later] = [Rating(first_of(later), other)]


def _may_change(client: Client, year: int, tier: Tier) -> bool:
    held = client.ratings.get(year, [])
    settled = client.opened < date(year, 1, 1) and client.ended is None
    return settled and not client.integrated and len(held) == 1 and held[0].tier is tier
