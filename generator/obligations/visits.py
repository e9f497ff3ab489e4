"""Visit plans, visits of all types, their reports and what was promised on them (3.3)."""

from collections.abc import Iterator
from datetime import date

from generator.model.ratings import Tier
from generator.model.record import Record
from generator.model.work import Visit, VisitType
from generator.obligations.asked import Period, ask, asked_quarters, has_time_left
from generator.obligations.begun import begun_years
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Draft, cancelled_day, moved_day
from generator.policy.days import day_of, first_of, last_of, plus
from generator.standing.clients import Client
from generator.standing.world import World


def visit_plans(world: World, client: Client) -> Iterator[Draft]:
    """A visit plan at the start of each quarter (3.3a)."""
    for quarter, values, asked in asked_quarters(
        world, client, lambda q, values: day_of(q.year, q.first.month, values.visit_plan_day)
    ):
        record = client.visit_plans.get(quarter)
        yield Draft(
            ObligationKind.VISIT_PLAN,
            str(quarter),
            quarter.year,
            asked.due,
            record.data.drawn_up_on if record else None,
            lambda day, year=quarter.year: world.responsible_managers(client, year, day),  # type: ignore[misc]
            f"{world.root}/clients/{client.id}/{quarter.year}/Q{quarter.number}/visit-plan.yml",
            values,
            client,
        )


def planned_visits(world: World, client: Client) -> Iterator[Draft]:
    """Each entry of a visit plan is carried out; a visit waiting to be written up meets it."""
    made = client.visits_on_plans()
    for quarter, record in sorted(client.visit_plans.items()):
        values = world.parameters.on(quarter.first)
        grace = values.planned_visit_grace
        for entry in record.data.entries or ():
            if entry.planned_on is None:
                continue
            visit = None if entry.number is None else made.get((quarter, entry.number))
            day = moved_day(world, values, entry.planned_on, entry.moved, grace)
            yield Draft(
                ObligationKind.PLANNED_VISIT,
                str(quarter),
                quarter.year,
                plus(day, grace),
                visit.place.day if visit else None,
                lambda _, people=tuple(entry.visitors or ()): people,  # type: ignore[misc]
                visit.path if visit else None,
                values,
                client,
                number=entry.number,
                cancelled_on=cancelled_day(entry.cancelled),
            )


def visit_reports(world: World, client: Client) -> Iterator[Draft]:
    """Every visit is written up (3.3d); of two reports for a day each stands for itself."""
    for visit in client.visits:
        day, data = visit.place.day, visit.data
        if day is None:
            continue
        values = world.parameters.on(day)
        travellers = tuple(data.travellers or ())[:1]
        people = (data.reported_by,) if data.reported_by else travellers
        yield Draft(
            ObligationKind.VISIT_REPORT,
            day.isoformat(),
            day.year,
            plus(data.ended_on or day, values.visit_report_days),
            data.reported_on,
            lambda _, people=people: people,  # type: ignore[misc]
            visit.path,
            values,
            client,
            number=visit.place.number,
        )


def special_visits(world: World, client: Client) -> Iterator[Draft]:
    """A visit at once for each day on which something special happened (3.3b)."""
    for happened in sorted(_special_days(world, client)):
        values = world.parameters.on(happened)
        visit = next((v for v in client.visits if _is_for(v, happened)), None)
        yield Draft(
            ObligationKind.SPECIAL_VISIT,
            happened.isoformat(),
            happened.year,
            plus(happened, values.special_visit_days),
            visit.place.day if visit else None,
            lambda day, year=happened.year: world.responsible_managers(client, year, day),  # type: ignore[misc]
            visit.path if visit else None,
            values,
            client,
        )


def _special_days(world: World, client: Client) -> set[date]:
    noted = [entry.happened_on for record in client.events for entry in record.data.events or ()]
    told = [v.data.happened_on for v in client.visits if v.data.type is VisitType.SPECIAL]
    return {day for typed in (*noted, *told) if (day := world.happened(typed))}


def _is_for(visit: Record[Visit], happened: date) -> bool:
    data = visit.data
    return data.type is VisitType.SPECIAL and data.happened_on == happened


def leader_visits(world: World, client: Client) -> Iterator[Draft]:
    """A company leader who is account manager visits the strategic client (3.3e)."""
    for year in begun_years(world):
        values = world.parameters.on(first_of(year))
        asked = ask(world, client, Period.year(year), year, last_of(year), 0)
        if asked is None or asked.rating.tier is not Tier.STRATEGIC:
            continue
        day = min(last_of(year), world.as_of)
        leads = any(world.company.is_leader(p, day) for p in world.account_managers(client, year, day))
        if not leads or not has_time_left(world, client, year, asked.became):
            continue
        visits = leader_visits_made(world, client, year)
        wanted = values.leader_visits_min
        reached = visits[wanted - 1] if len(visits) >= wanted else None
        yield Draft(
            ObligationKind.LEADER_VISIT,
            str(year),
            year,
            last_of(year),
            reached.place.day if reached else None,
            lambda day, y=year: world.responsible_managers(client, y, day),  # type: ignore[misc]
            reached.path if reached else None,
            None,
            client,
            target_met=len(visits) >= values.leader_visits_target,
        )


def leader_visits_made(world: World, client: Client, year: int) -> list[Record[Visit]]:
    """The visits of a year on which somebody was both account manager and company leader that day."""
    found = []
    for visit in client.visits:
        day = visit.place.day
        if day is None or day.year != year:
            continue
        managers = world.account_managers(client, year, day)
        if any(p in managers and world.company.is_leader(p, day) for p in visit.data.travellers or ()):
            found.append(visit)
    return found


def follow_ups(world: World, client: Client) -> Iterator[Draft]:
    """What was promised on a visit is done by its day."""
    for visit in client.visits:
        day, data = visit.place.day, visit.data
        if day is None:
            continue
        for place, todo in enumerate(data.todos or (), start=1):
            if todo.until is None:
                continue
            yield Draft(
                ObligationKind.FOLLOW_UP,
                day.isoformat(),
                day.year,
                moved_day(world, None, todo.until, todo.moved, 0),
                todo.done_on,
                lambda _, owner=todo.owner: (owner,) if owner else (),  # type: ignore[misc]
                visit.path,
                None,
                client,
                number=100 * (visit.place.number - 1) + place,
                cancelled_on=cancelled_day(todo.cancelled),
            )
