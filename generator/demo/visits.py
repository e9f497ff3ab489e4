"""A quarter's visit plan, the visits that were made, planned and not, and the special events."""

from datetime import date

from generator.demo import texts_visits as texts
from generator.demo.organization import Seat
from generator.demo.story import Story
from generator.demo.teams import Team
from generator.demo.visit_reports import Visit, tell
from generator.model.ratings import Tier
from generator.policy.days import Quarter, plus

VISITS = {Tier.STRATEGIC: (3, 4, 4, 5), Tier.KEY: (2, 3, 3, 3)}
"""How many visits a quarter's plan names."""
EVENT_SHARE = 0.22
"""The chance of a special event at a strategic or key client in a year."""
CASUAL_SHARE = 0.25
"""The chance of a further visit in a quarter that no plan has."""


def quarter(story: Story, team: Team, period: Quarter) -> None:
    """Tell the visit plan of a quarter and what became of it."""
    usual = plus(period.first, 9)
    due = story.diary.on(max(usual, team.ready) if team.is_new else usual)
    asked = team.first <= period.last and min(due, period.last) <= team.last and period.last >= team.ready
    if not asked:
        return
    drawn = story.done(max(plus(period.first, 1), plus(team.first, 3)), due)
    if drawn is None or drawn > plus(period.last, -7):
        return
    count = story.rng.choice(VISITS[team.rating.tier])
    span = (plus(period.last, -3) - drawn).days - 2
    entries = []
    for place in range(min(count, max(1, span // 9))):
        low = plus(drawn, 3 + span * place // count)
        planned = story.diary.before(
            min(story.diary.some(story.rng, low, plus(low, span // count - 2)), period.last)
        )
        entries.append(_entry(story, team, period, drawn, place + 1, planned))
    by = team.writer.on(drawn)
    text = f"制定日期: {drawn}\n制定人: {by}\n访问:\n" + "".join(entries)
    story.put(f"{period.year}/Q{period.number}/visit-plan.yml", text)
    if story.rng.random() < CASUAL_SHARE:
        casual(story, [team.writer], plus(drawn, 2), min(period.last, team.last))


def _entry(story: Story, team: Team, period: Quarter, drawn: date, number: int, planned: date) -> str:
    """One line of the plan; tells the visit that came of it."""
    rng, as_of = story.rng, story.order.as_of
    seats = _travellers(story, team, period, number)
    purpose = rng.choice(tuple(texts.PURPOSES))
    people = ", ".join(seat.on(min(planned, as_of)) for seat in seats)
    line = f"  - {{序号: {number}, 计划日期: {planned}, 拜访人员: [{people}], 目的: {purpose}"
    if planned > team.last:
        fallen = story.diary.on(plus(team.last, 3))
        dropped = not story.client.ended and fallen <= as_of
        return line + (f", 取消: {{日期: {fallen}, 原因: 评级调整为一般客户}}" if dropped else "") + "}\n"
    noticed = story.diary.before(max(plus(planned, -rng.randint(1, 6)), drawn))
    roll = rng.random()
    if roll < 0.035 and noticed <= as_of:
        return line + f", 取消: {{日期: {noticed}, 原因: {rng.choice(texts.DROPPED)}}}}}\n"
    if roll < 0.065 and noticed <= as_of:
        moved = story.diary.on(min(plus(planned, rng.randint(6, 15)), period.last))
        line += f", 改期: [{{日期: {noticed}, 新日期: {moved}, 原因: {rng.choice(texts.MOVED)}}}]"
        planned = moved
    _made(story, team, period, Visit(planned, "计划", seats, purpose, number=number))
    return line + "}\n"


def _made(story: Story, team: Team, period: Quarter, planned: Visit) -> None:
    """Tell the visit that a plan entry came to, if it was made."""
    due = story.diary.on(plus(planned.day, 7))
    near = plus(planned.day, story.rng.choice((0, 0, 0, 1, 2, 5)))
    day = story.done(planned.day, due)
    if day and day <= due:
        day = story.diary.on(near)
    if day is None or day > min(story.order.as_of, story.client.ended or date.max):
        return
    planned.day = day
    planned.plan = period if Quarter.of(day) != period else None
    tell(story, planned)


def _travellers(story: Story, team: Team, period: Quarter, number: int) -> list[Seat]:
    """Whoever writes, with the account manager twice a year, sometimes with a colleague."""
    head = story.client.division.head
    leads = team.manager is not team.writer
    if leads and number == 1 and period.number in (1, 3, 4) and story.rng.random() < 0.62:
        return [team.manager, team.writer]
    if story.rng.random() < 0.18 and head in team.members:
        return [head, team.writer]
    second = story.client.seat(1)
    if story.rng.random() < 0.3 and second in team.members:
        return [team.writer, second]
    return [team.writer]


def casual(story: Story, seats: list[Seat], first: date, last: date) -> None:
    """Tell an ordinary visit that no plan has."""
    end = min(last, story.order.as_of, story.client.ended or date.max)
    if first > plus(end, -5):
        return
    day = story.diary.some(story.rng, first, end)
    if day <= end:
        tell(story, Visit(day, "日常", seats, "demand"))


def events(story: Story, team: Team) -> None:
    """Tell what happened at the client in a year, and the visits made at once (3.3b)."""
    rng = story.rng
    found: list[tuple[date, str]] = []
    last = min(team.last, plus(story.order.as_of, -1))
    for _ in range(2):
        first = plus(team.first, 8)
        if rng.random() > EVENT_SHARE / 2 or (last - first).days < 30:
            continue
        happened = plus(first, rng.randrange((last - first).days))
        if happened in [day for day, _ in found]:
            continue
        event = rng.choice(texts.EVENTS)
        found.append((happened, event))
        day = story.done(plus(happened, 1), story.diary.on(plus(happened, 3)))
        if day and day <= team.last:
            tell(story, Visit(day, "特别", [team.writer], event, happened=happened))
    if found:
        lines = ["特殊情况:"]
        for happened, event in sorted(found):
            lines.append(f"  - {{发生日期: {happened}, 情况: {event}, 登记人: {team.writer.on(happened)}}}")
        story.put(f"{team.year}/events.yml", "\n".join(lines) + "\n")
