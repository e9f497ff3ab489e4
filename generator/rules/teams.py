"""T101 to T103, T111 to T114, T120: the account manager and the places of a team (2.1 to 2.7).

Judged on the last day of the team's year or the as-of day, whichever is earlier, by the rating of
that day; an error only once the same rule has found something for 30 days.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from generator.findings import Severity
from generator.model.organization import COMPANY
from generator.model.ratings import Level, Tier
from generator.policy.days import first_of, last_of, plus
from generator.rules.rule import AnyRecord, Context, Hit
from generator.standing.clients import Client, OnTeam, managers, members
from generator.standing.company import DIRECTORS, LEADERS
from generator.standing.ratings import Rating
from generator.standing.teams import (
    PlaceOnTeam,
    director_place,
    empty_places,
    key_accounts_place,
    leader_place,
    manager_place,
    sales_place,
)

NOTICE_DAYS = 30
"""A place that becomes empty is a warning for so many days."""

Find = Callable[[Context, Client, AnyRecord, date], Iterator[Hit]]


def judged_day(context: Context, client: Client | None, year: int) -> date | None:
    """The day on which a team of a year is judged; None before it, or after the business has ended."""
    day = min(last_of(year), context.as_of)
    if client is None or client.form is None or context.as_of < first_of(year) or client.has_ended(day):
        return None
    return day


def _with_notice(find: Find) -> Callable[[Context, AnyRecord], Iterator[Hit]]:
    """A rule that warns while it found nothing at that team 30 days before."""

    def check(context: Context, record: AnyRecord) -> Iterator[Hit]:
        client, year = context.client_of(record), record.place.year or 0
        day = judged_day(context, client, year)
        if client is None or day is None:
            return
        found = list(find(context, client, record, day))
        if not found:
            return
        earlier = max(plus(day, -NOTICE_DAYS), first_of(year), record.data.appointed_on or date.min)
        fresh = not any(True for _ in find(context, client, record, min(earlier, day)))
        for hit in found:
            severity = Severity.WARNING if fresh else hit.severity
            message = hit.message
            if fresh and hit.severity is None and day == context.as_of:
                message += f"（出现还不满 {NOTICE_DAYS} 天，先作提示。）"
            yield Hit(hit.path, message, severity, whole=hit.whole, also=hit.also)

    return check


def _rating(context: Context, client: Client, day: date) -> Rating | None:
    return context.world.ratings.rating(client.id, day, day)


def _on(people: Sequence[OnTeam], day: date) -> list[OnTeam]:
    return [person for person in people if person.on(day)]


def _wrong_manager(
    context: Context, record: AnyRecord, day: date, able: Collection[str], whose: str, wanted: str
) -> Iterator[Hit]:
    """A hit for each manager who is none of those who may; where nobody may, nobody is asked for."""
    company = context.world.company
    if not able:
        return
    for entry in _on(managers(record), day):
        if entry.person not in able:
            message = (
                f"{whose}的客户经理应是{wanted}，"
                f"{company.person_name(entry.person)}（{entry.person}）在 {day} 不是；"
                "请改聘，在“客户经理”中填新任的编号。"
            )
            yield Hit(("客户经理", entry.at, "人员"), message)


def _strategic(context: Context, client: Client, day: date, level: Level) -> bool:
    rating = _rating(context, client, day)
    return rating is not None and rating.tier is Tier.STRATEGIC and rating.level is level


def _leading(context: Context, day: date) -> list[str]:
    """The company leaders of a day."""
    return context.world.company.among([COMPANY], day, LEADERS)


def _directing(context: Context, client: Client, day: date) -> list[str]:
    """Directors and deputies of the groups that trade with the client."""
    company = context.world.company
    return company.among(company.groups_of(client.divisions(day)), day, DIRECTORS)


def _directors(context: Context, client: Client, day: date) -> str:
    company = context.world.company
    names = "、".join(company.unit_name(group) for group in company.groups_of(client.divisions(day)))
    return f"{names}的总监或副总监"


def _t101(context: Context, client: Client, record: AnyRecord, day: date) -> Iterator[Hit]:
    if _strategic(context, client, day, Level.COMPANY):
        able = _leading(context, day)
        yield from _wrong_manager(context, record, day, able, "公司级战略客户", "公司领导")


def _t102(context: Context, client: Client, record: AnyRecord, day: date) -> Iterator[Hit]:
    if not _strategic(context, client, day, Level.GROUP):
        return
    joint = context.world.is_joint(client, day)
    able = [*_directing(context, client, day), *(_leading(context, day) if joint else ())]
    wanted = _directors(context, client, day) + ("，或公司领导" if joint else "")
    yield from _wrong_manager(context, record, day, able, "业务本部级战略客户", wanted)


def _t103(context: Context, client: Client, record: AnyRecord, day: date) -> Iterator[Hit]:
    rating = _rating(context, client, day)
    if rating is None or rating.tier is not Tier.KEY:
        return
    company, divisions = context.world.company, client.divisions(day)
    joint = context.world.is_joint(client, day)
    able = company.among(divisions, day)
    if joint:
        able += [*_leading(context, day), *_directing(context, client, day)]
    wanted = "、".join(company.unit_name(unit) for unit in divisions) + "的人员"
    if joint:
        wanted += f"，或{_directors(context, client, day)}，或公司领导"
    yield from _wrong_manager(context, record, day, able, "重点客户", wanted)


def _empty(
    context: Context,
    record: AnyRecord,
    day: date,
    places: list[PlaceOnTeam],
    own: Collection[str] = (),
) -> Iterator[Hit]:
    """A hit for each place that stays empty; a manager who fits their `own` place fills no other."""
    leading = [entry.person for entry in _on(managers(record), day)]
    joined = [entry.person for entry in _on(members(record), day)]
    there = {*leading, *joined}
    leading = [person for person in leading if person not in own]
    people = list(dict.fromkeys([*leading, *joined]))
    company = context.world.company
    asked = [place for place in places if place.people]
    for place in empty_places(asked, people):
        free = next((one for one in place.people if one not in there), None)
        example = f"{company.person_name(free)}，写作 - {{人员: {free}}}" if free else "- {人员: 编号}"
        message = f"团队中缺少{place.label}；请在“成员”中加上一位，如{example}。"
        yield Hit(("成员",), message, None if place.must else Severity.WARNING, whole=True)


def _t111(context: Context, client: Client, record: AnyRecord, day: date) -> Iterator[Hit]:
    if not _strategic(context, client, day, Level.COMPANY) or context.world.is_joint(client, day):
        return
    company, divisions = context.world.company, client.divisions(day)
    places = [
        manager_place(company, divisions, day),
        sales_place(company, divisions, day),
        key_accounts_place(company, day),
    ]
    yield from _empty(context, record, day, places, _leading(context, day))


def _t112(context: Context, client: Client, record: AnyRecord, day: date) -> Iterator[Hit]:
    if not _strategic(context, client, day, Level.GROUP) or context.world.is_joint(client, day):
        return
    company, divisions = context.world.company, client.divisions(day)
    places = [manager_place(company, divisions, day), sales_place(company, divisions, day)]
    yield from _empty(context, record, day, places, _directing(context, client, day))


def _t113(context: Context, client: Client, record: AnyRecord, day: date) -> Iterator[Hit]:
    rating = _rating(context, client, day)
    if rating is None or rating.tier is not Tier.KEY or context.world.is_joint(client, day):
        return
    company, divisions = context.world.company, client.divisions(day)
    places = [manager_place(company, divisions, day), sales_place(company, divisions, day)]
    yield from _empty(context, record, day, places)


def _t114(context: Context, client: Client, record: AnyRecord, day: date) -> Iterator[Hit]:
    if not context.world.is_joint(client, day):
        return
    company, divisions = context.world.company, client.divisions(day)
    places = [leader_place(company, day)]
    places += [director_place(company, group, day) for group in company.groups_of(divisions)]
    places += [manager_place(company, [unit], day) for unit in divisions]
    places.append(sales_place(company, divisions, day, must=False))
    places.append(key_accounts_place(company, day, must=False))
    yield from _empty(context, record, day, places)


t101 = _with_notice(_t101)
t102 = _with_notice(_t102)
t103 = _with_notice(_t103)
t111 = _with_notice(_t111)
t112 = _with_notice(_t112)
t113 = _with_notice(_t113)
t114 = _with_notice(_t114)


def t120(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """More or fewer members of divisions than the parameters allow (strategic or key, not joint)."""
    client, year = context.client_of(record), record.place.year or 0
    day = judged_day(context, client, year)
    if client is None or day is None or context.world.is_joint(client, day):
        return
    rating = _rating(context, client, day)
    if rating is None or not rating.is_managed:
        return
    values = context.world.parameters.on(first_of(year))
    leading = {entry.person for entry in _on(managers(record), day)}
    assigned = {entry.person for entry in _on(members(record), day)} - leading
    count = sum(context.world.company.is_in_division(person, day) for person in assigned)
    if values.assigned_min > values.assigned_max:
        return
    if not values.assigned_min <= count <= values.assigned_max:
        message = (
            f"团队中由事业部指派的成员有 {count} 人（客户经理不算），一般为 "
            f"{values.assigned_min} 至 {values.assigned_max} 人；请增减成员，确有需要的可申请豁免。"
        )
        yield Hit(("成员",), message, whole=True)
