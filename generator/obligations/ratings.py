"""Nominations, the yearly standard, the decisions (1.2, 1.3), and the appointment of teams (2.2)."""

from collections.abc import Iterator
from datetime import date

from generator.model.organization import UnitKind
from generator.model.periods import Kind
from generator.model.ratings import Standard, Tier
from generator.model.record import Record
from generator.obligations.asked import Period, ask, rating_for
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Draft
from generator.policy.days import first_of, held_within, last_of
from generator.policy.due import autumn_deadline, autumn_period_start
from generator.standing.clients import Client
from generator.standing.company import UnitFacts
from generator.standing.signatures import signed_since
from generator.standing.world import World


def rating_years(world: World) -> range:
    """The years asked about: from the first folder of ratings/ that holds a record to the year after
    the as-of day's, the latter only from 1 October on.
    """
    kinds = (Kind.STANDARD, Kind.NOMINATION, Kind.DECISION)
    held = [r.place.year or 0 for kind in kinds for r in world.of(kind) if not r.later(world.as_of)]
    as_of = world.as_of
    last = as_of.year + 1 if as_of >= date(as_of.year, 10, 1) else as_of.year
    return range(min(held, default=last + 1), last + 1)


def nominations(world: World) -> Iterator[Draft]:
    """Each division proposes its clients every year; one that does not exist then is not asked."""
    for year in rating_years(world):
        values = world.parameters.on(autumn_period_start(year))
        due = autumn_deadline(year, values.nomination)
        for division in world.company.of_kind(UnitKind.DIVISION):
            record = world.nominations.get((year, division.id))
            done = record.data.submitted_on if record else None
            if not division.is_settled(due) or not _is_asked_now(world, division, done):
                continue
            yield Draft(
                ObligationKind.NOMINATION,
                str(year),
                year,
                due,
                done,
                lambda day, unit=division.id: world.company.managers_of((unit,), day),  # type: ignore[misc]
                f"{world.root}/ratings/{year}/nominations/{division.id}.yml",
                values,
                unit=division.id,
            )


def _is_asked_now(world: World, division: UnitFacts, done: date | None) -> bool:
    if division.founded and world.as_of < division.founded:
        return False
    dissolved = division.dissolved is not None and division.dissolved < world.as_of
    return done is not None or not dissolved


def standards(world: World) -> Iterator[Draft]:
    """The standard is there once all units of 1.3 have signed."""
    for year in rating_years(world):
        values = world.parameters.on(autumn_period_start(year))
        yield Draft(
            ObligationKind.RATING_STANDARD,
            str(year),
            year,
            autumn_deadline(year, values.rating),
            _all_signed(world, world.standards.get(year)),
            world.company.key_accounts_managers,
            f"{world.root}/ratings/{year}/standard.md",
            values,
        )


def _all_signed(world: World, record: Record[Standard] | None) -> date | None:
    """The latest of the units' earliest days of signing, or None while one is missing."""
    own = record.own_date if record else None
    if record is None or own is None:
        return None
    days = []
    for unit in world.company.signing_units(own):
        day = signed_since(world.company, unit, record.data.signatures, world.as_of)
        if day is None:
            return None
        days.append(day)
    return max(days, default=None)


def decisions(world: World) -> Iterator[Draft]:
    """The first decision of the year."""
    for year in rating_years(world):
        values = world.parameters.on(autumn_period_start(year))
        made = world.decisions.get(year)
        yield Draft(
            ObligationKind.RATING_DECISION,
            str(year),
            year,
            autumn_deadline(year, values.rating),
            made[0].place.day if made else None,
            world.company.key_accounts_managers,
            made[0].path if made else None,
            values,
        )


def appointments(world: World, client: Client) -> Iterator[Draft]:
    """A team for the year, from the day of the year's first decision on."""
    for year in world.ratings.years():
        first = world.ratings.first_decision(year)
        if first is None:
            continue
        values = world.parameters.on(autumn_period_start(year))
        base = autumn_deadline(year, values.appointment)
        period = Period.year(year)
        asked = ask(world, client, period, year, base, values.new_rating_grace, not_before=first)
        if asked is None:
            continue
        team = client.teams.get(year)
        yield Draft(
            ObligationKind.APPOINTMENT,
            str(year),
            year,
            asked.due,
            team.data.appointed_on if team else None,
            _appointing(world, client, year, max(asked.due, first)),
            f"{world.root}/clients/{client.id}/{year}/team.yml",
            values,
            client,
        )


def _appointing(world: World, client: Client, year: int, known: date):  # type: ignore[no-untyped-def]
    """Strategic: GMs of Key Accounts; key: of the client's divisions, by the rating of the day."""

    def responsible(day: date) -> tuple[str, ...]:
        within = held_within(day, first_of(year), last_of(year))
        rating = world.ratings.rating(client.id, within, day)
        if rating is None or not rating.is_managed:
            rating = rating_for(world, client.id, Period.year(year), known)
        if rating is not None and rating.tier is Tier.STRATEGIC:
            return world.company.key_accounts_managers(day)
        return world.company.managers_of(client.divisions(day), day)

    return responsible
