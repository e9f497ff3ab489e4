"""Starting a team (2.1 to 2.7): the places that the client's rating wants, and who could fill them."""

from dataclasses import dataclass

from generator.model.organization import COMPANY
from generator.model.periods import Kind
from generator.model.ratings import Level, Tier
from generator.policy.days import first_of, held_within, last_of
from generator.standing.clients import Client
from generator.standing.company import DIRECTORS, LEADERS
from generator.standing.ratings import Rating
from generator.standing.teams import (
    PlaceOnTeam,
    director_place,
    key_accounts_place,
    leader_place,
    manager_place,
    sales_place,
)
from generator.starting.known import CannotStart, Known, only
from generator.starting.text import Entry, New, comment, items, line, yaml_record

AHEAD_DAYS = 210
"""A team may be appointed so many days before its year (D102)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a team must be made of."""

    label: str
    manager: PlaceOnTeam
    places: list[PlaceOnTeam]
    counts_twice: bool
    """Whether an account manager who fits one of the places fills it, too."""
    least: int
    """How many members of divisions there are to be."""


def team(known: Known, client: Client, year: int, manager: str | None = None) -> New:
    """clients/<client>/<year>/team.yml."""
    own = known.own(first_of(year), last_of(year), ahead=AHEAD_DAYS)
    wanted = _wanted(known, client, year)
    chosen = _manager(known, wanted, manager, _now(known, client, wanted))
    lines = [
        comment(f"{client.name}（{wanted.label}）{year} 年{Kind.TEAM}"),
        line("聘任日期", own.day, own.hint),
        line("客户经理", chosen, "" if chosen else _hint(known, wanted.manager)),
        line("指定负责人", hint="可选，写季度报告的团队成员；不填则由客户经理写"),
    ]
    entries = _members(known, client, wanted, chosen)
    if entries:
        lines += items("成员", entries, "客户经理不必再列；可加 开始、结束")
    else:
        lines += [comment("成员:  （可选）"), "#   - {人员: …}"]
    return New(known.path("clients", client.id, year, "team.yml"), yaml_record(lines))


def _wanted(known: Known, client: Client, year: int) -> Wanted:
    """By the rating as known today, held within the year."""
    day = held_within(known.day, first_of(year), last_of(year))
    rating = known.world.ratings.rating(client.id, day, known.day)
    joint = _is_joint(known, client, rating)
    least = known.world.parameters.on(first_of(year)).assigned_min
    divisions, company = client.divisions(known.day), known.company
    in_divisions = PlaceOnTeam("有关事业部的人员", company.among(divisions, known.day))
    if rating is None or not rating.is_managed:
        return Wanted("一般" if rating else "尚未评级", in_divisions, [], True, 0)
    basic = [manager_place(company, divisions, known.day), sales_place(company, divisions, known.day)]
    if joint:
        label = f"{rating.tier}，联合团队"
        return Wanted(
            label,
            _lead(known, rating, divisions, in_divisions, joint=True),
            _joint(known, divisions),
            True,
            0,
        )
    lead = _lead(known, rating, divisions, in_divisions, joint=False)
    if rating.tier is Tier.KEY:
        return Wanted("重点", lead, basic, True, least)
    if rating.level is Level.GROUP:
        return Wanted("战略，业务本部级", lead, basic, False, least)
    return Wanted("战略，公司级", lead, [*basic, key_accounts_place(company, known.day)], False, least)


def _is_joint(known: Known, client: Client, rating: Rating | None) -> bool:
    if rating is None or not rating.is_managed:
        return False
    groups = known.company.groups_of(client.divisions(known.day))
    return client.is_integrated(known.day) or (rating.tier is Tier.STRATEGIC and len(groups) >= 2)


def _lead(
    known: Known, rating: Rating, divisions: list[str], in_divisions: PlaceOnTeam, *, joint: bool
) -> PlaceOnTeam:
    """The account manager's own place (T101 to T103)."""
    company, day = known.company, known.day
    directing = company.among(company.groups_of(divisions), day, DIRECTORS)
    leading = company.among([COMPANY], day, LEADERS)
    if rating.tier is Tier.KEY:
        able = [*in_divisions.people, *(leading + directing if joint else ())]
        return PlaceOnTeam("有关事业部的人员", able)
    if rating.level is Level.GROUP:
        return PlaceOnTeam("有关业务本部的总监或副总监", directing + (leading if joint else []))
    return PlaceOnTeam("公司领导", leading)


def _joint(known: Known, divisions: list[str]) -> list[PlaceOnTeam]:
    company, day = known.company, known.day
    return [
        leader_place(company, day),
        *(director_place(company, group, day) for group in company.groups_of(divisions)),
        *(manager_place(company, [unit], day) for unit in divisions),
        sales_place(company, divisions, day, must=False),
        key_accounts_place(company, day, must=False),
    ]


def _fitting(known: Known, place: PlaceOnTeam) -> list[str]:
    return sorted(known.holding(place.people))


def _hint(known: Known, place: PlaceOnTeam) -> str:
    people = known.all_named(_fitting(known, place))
    return f"{place.label}：{people}" if people else place.label


def _now(known: Known, client: Client, wanted: Wanted) -> str | None:
    """Who looks after a client that needs no team, by its archive."""
    return None if wanted.places else only(known.managers(client, known.day.year))


def _manager(known: Known, wanted: Wanted, typed: str | None, now: str | None) -> str | None:
    """Who was named, where that one may; else the only one who could be, or the division's GM."""
    fitting = _fitting(known, wanted.manager)
    if typed is not None:
        if fitting and typed not in fitting:
            raise CannotStart(f"{known.named(typed)}不是{wanted.manager.label}，不能任这个客户的客户经理。")
        return typed
    if now in fitting:
        return now
    heads = _fitting(known, wanted.places[0]) if wanted.places and wanted.counts_twice else []
    return only(fitting) or only([person for person in heads if person in fitting])


def _members(known: Known, client: Client, wanted: Wanted, manager: str | None) -> list[list[Entry]]:
    """One entry for each place: the only one who could fill it, or a hint who could."""
    taken = {manager}
    entries: list[list[Entry]] = []
    assigned = 0
    leading = [manager] if manager is not None else _fitting(known, wanted.manager)
    is_free = wanted.counts_twice and bool(leading)
    for place in wanted.places:
        if not place.people:
            continue
        if is_free and all(place.fits(person) for person in leading):
            is_free = False
            continue
        candidates = [one for one in _fitting(known, place) if one not in taken]
        person = only(candidates)
        taken.add(person)
        entries.append([Entry("人员", person, place.label if person else _hint(known, place))])
        assigned += "事业部" in place.label or _in_division(known, person or next(iter(candidates), None))
    while wanted.places and assigned < wanted.least:
        entries.append([Entry("人员", hint=_spare(known, client, taken))])
        assigned += 1
    return entries


def _in_division(known: Known, person: str | None) -> bool:
    return person is not None and known.company.is_in_division(person, known.day)


def _spare(known: Known, client: Client, taken: set[str | None]) -> str:
    units = client.divisions(known.day)
    people = sorted(one for one in known.company.among(units, known.day) if one not in taken)
    return f"再指派一名事业部人员：{known.all_named(people)}" if people else "再指派一名事业部人员"
