"""clients/<client>/<year>/team.yml: whoever the rating of the year asks for (2.1 to 2.7)."""

from dataclasses import dataclass
from datetime import date

from generator.demo.clients import Rating
from generator.demo.organization import Seat
from generator.demo.story import Story
from generator.model.ratings import Level, Tier
from generator.policy.days import first_of, last_of, plus

GRACE = 30
_FOUR = 0.02
"""The share of key teams with four people of the divisions, which Key Accounts has allowed."""
_EXCUSED = 0.5
"""The share of missing statements that Key Accounts has excused."""


@dataclass(frozen=True, slots=True)
class Team:
    """The seats of a year's team. `appointed` is None where nobody has written it down yet."""

    year: int
    first: date
    """From when on the client is strategic or key in this year."""
    last: date
    rating: Rating
    joint: bool
    appointed: date | None
    manager: Seat
    writer: Seat
    """Who writes the quarterly reports: 指定负责人, else the manager."""
    members: tuple[Seat, ...]

    @property
    def is_new(self) -> bool:
        """Whether the client rose in the middle of the year."""
        return self.first > first_of(self.year)

    @property
    def ready(self) -> date:
        """From when on things are due: at once, or after the grace of a new rating."""
        return plus(self.first, GRACE) if self.is_new else self.first

    @property
    def with_key_accounts(self) -> bool:
        """Whether somebody of Key Accounts is on it."""
        return any(seat.unit == "key-accounts" for seat in self.members)

    def by(self, day: date) -> str:
        """Who writes a report on a day; after the year the team of its last day stands."""
        return self.writer.on(min(day, last_of(self.year)))


def form_team(story: Story, year: int) -> Team | None:
    """Tell the team of a year; None where the client is general."""
    span = story.client.managed(year)
    if span is None or span[0] > story.order.as_of:
        return None
    rating = story.client.rating(span[0])
    manager, writer, members = _seats(story, rating)
    team = Team(
        year,
        *span,
        rating,
        story.client.is_joint(rating),
        _appointed(story, year, span[0]),
        manager,
        writer,
        members,
    )
    if team.appointed:
        four = _four(story, team)
        waivers = _four_waiver(story, team) if four else []
        waivers += _statements_waiver(story, team)
        story.put(f"{year}/team.yml", _text(story, team, (*members, *four), waivers))
    return team


def _appointed(story: Story, year: int, start: date) -> date | None:
    """By the end of the year before, or within the grace of a new rating."""
    new = start > first_of(year)
    first = plus(start, 2) if new else date(year - 1, 12, 17)
    due = story.diary.on(plus(start, GRACE) if new else date(year - 1, 12, 31))
    day = story.done(first, due)
    if day is None and (story.order.as_of - due).days > 60:
        return story.diary.on(plus(due, story.rng.randint(2, 30)))
    return day


def _seats(story: Story, rating: Rating) -> tuple[Seat, Seat, tuple[Seat, ...]]:
    """The manager, who writes, and the members."""
    client, company = story.client, story.company
    sales, second = client.seat(), client.seat(1)
    heads = tuple(one.head for one in client.divisions)
    clerk = company.key_accounts.staff[client.number % len(company.key_accounts.staff)]
    leader = company.leaders[client.number % len(company.leaders)]
    directors = tuple(one.directors[client.number % len(one.directors)] for one in client.groups)
    if client.is_joint(rating):
        if rating.tier is Tier.KEY:
            return sales, sales, (leader, *directors, *heads, second, clerk)
        manager, *others = (leader, *directors) if rating.level is Level.COMPANY else (*directors[:1], leader)
        rest = () if rating.level is Level.COMPANY else directors[1:]
        return manager, sales, (*others, *rest, *heads, sales, clerk)
    if rating.level is Level.COMPANY:
        return leader, sales, (heads[0], sales, second, clerk)
    if rating.level is Level.GROUP:
        return directors[0], sales, (heads[0], sales, second)
    third = (client.seat(2),) if client.number % 3 == 0 else ()
    if client.number % 8 == 5:
        return heads[0], sales, (sales, second, *third)
    return sales, sales, (heads[0], second, *third)


def _four(story: Story, team: Team) -> tuple[Seat, ...]:
    """More people of the division than is usual, where the client is and stays key."""
    client = story.client
    plain = (
        team.rating.tier is Tier.KEY and not team.joint and not team.is_new and team.manager is team.writer
    )
    lasting = team.last == last_of(team.year) and client.ended is None and len(client.division.sales) >= 5
    if not plain or not lasting or story.rng.random() > _FOUR:
        return ()
    held = {team.manager.on(team.first), *(seat.on(team.first) for seat in team.members)}
    spare = [seat for seat in client.division.sales if seat.on(team.first) not in held]
    return tuple(spare[: 4 - len(team.members)])


def _four_waiver(story: Story, team: Team) -> list[str]:
    on = story.diary.on(plus(max(team.appointed or team.first, team.first), 5))
    return _waiver(story, "T120", "品种多、到货点分散，需四名业务人员分工", on)


def _statements_waiver(story: Story, team: Team) -> list[str]:
    """Now and then the client's statements cannot be had, and Key Accounts has excused it."""
    due = story.diary.on(date(team.year, 7, 2))
    excused = team.year in story.statements and story.statements[team.year] is None and not team.is_new
    if not excused or plus(due, 8) > min(story.order.as_of, team.last) or story.rng.random() > _EXCUSED:
        return []
    return _waiver(story, "financial-statements", "客户为上市公司，未披露前不便提供", due)


def _waiver(story: Story, rule: str, reason: str, on: date) -> list[str]:
    day = story.diary.happened(on)
    by = story.company.key_accounts.head.on(on)
    return [f"  - {{规则: {rule}, 理由: {reason}, 批准人: {by}, 批准日期: {day}}}"] if day else []


def _text(story: Story, team: Team, members: tuple[Seat, ...], waivers: list[str]) -> str:
    lines = [f"聘任日期: {team.appointed}", *_spelled(story, team, "客户经理", team.manager)]
    if team.writer is not team.manager:
        lines += _spelled(story, team, "指定负责人", team.writer)
    lines.append("成员:")
    for seat in members:
        for person, start, end in _spells(story, team, seat):
            lines.append(f"  - {{人员: {person}{_days(start, end)}}}")
    if waivers:
        lines += ["豁免:", *waivers]
    return "\n".join(lines) + "\n"


def _spells(story: Story, team: Team, seat: Seat) -> list[tuple[str, date | None, date | None]]:
    return seat.spells(team.appointed or team.first, min(last_of(team.year), story.order.as_of))


def _spelled(story: Story, team: Team, key: str, seat: Seat) -> list[str]:
    spells = _spells(story, team, seat)
    if len(spells) == 1 and spells[0][2] is None:
        return [f"{key}: {spells[0][0]}"]
    return [f"{key}:"] + [f"  - {{人员: {person}{_days(start, end)}}}" for person, start, end in spells]


def _days(start: date | None, end: date | None) -> str:
    return (f", 开始: {start}" if start else "") + (f", 结束: {end}" if end else "")
