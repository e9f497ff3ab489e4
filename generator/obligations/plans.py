"""The service plan with what hangs on it (3.1, 4.3), and the satisfaction plan (3.4)."""

from collections.abc import Iterator
from datetime import date

from generator.model.organization import KEY_ACCOUNTS
from generator.model.record import Record
from generator.model.work import ServicePlan
from generator.obligations.asked import Period, ask, became_in, graced, has_time_left
from generator.obligations.begun import begun_years
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Draft, cancelled_day, moved_day
from generator.policy.days import day_of, first_of, plus
from generator.policy.due import closing_deadline
from generator.policy.parameters import Values
from generator.standing.clients import Client, everybody
from generator.standing.world import World


def service_plans(world: World, client: Client) -> Iterator[Draft]:
    """A service plan for the year, when 90 days of it are left."""
    for year in begun_years(world):
        values = world.parameters.on(first_of(year))
        base = day_of(year, *values.service_plan)
        record = client.service_plans.get(year)
        done = record.data.drawn_up_on if record else None
        path = f"{world.root}/clients/{client.id}/{year}/service-plan.md"
        yield from _yearly_plan(world, client, year, values, ObligationKind.SERVICE_PLAN, base, done, path)


def satisfaction_plans(world: World, client: Client) -> Iterator[Draft]:
    """A plan to raise client satisfaction at the year's end."""
    for year in begun_years(world):
        values = world.parameters.on(first_of(year))
        base = closing_deadline(year, values.satisfaction_plan)
        record = client.satisfaction_plans.get(year)
        done = record.data.submitted_on if record else None
        path = f"{world.root}/clients/{client.id}/{year}/satisfaction-plan.md"
        yield from _yearly_plan(
            world, client, year, values, ObligationKind.SATISFACTION_PLAN, base, done, path
        )


def _yearly_plan(
    world: World,
    client: Client,
    year: int,
    values: Values,
    kind: ObligationKind,
    base: date,
    done: date | None,
    path: str,
) -> Iterator[Draft]:
    asked = ask(world, client, Period.year(year), year, base, values.new_rating_grace)
    if asked is None or not has_time_left(world, client, year, asked.became):
        return
    yield Draft(
        kind,
        str(year),
        year,
        asked.due,
        done,
        lambda day: world.responsible_managers(client, year, day),
        path,
        values,
        client,
    )


def filings(world: World, client: Client) -> Iterator[Draft]:
    """A plan of a team without Key Accounts is filed there (3.1)."""
    for year, record in sorted(client.service_plans.items()):
        drawn_up = record.data.drawn_up_on
        if drawn_up is None or not _must_file(world, client, year, drawn_up):
            continue
        values = world.parameters.on(first_of(year))
        filing = record.data.filing
        yield _on_plan(
            world,
            client,
            record,
            ObligationKind.SERVICE_PLAN_FILING,
            plus(drawn_up, values.filing_days),
            filing.on if filing else None,
        )


def _must_file(world: World, client: Client, year: int, drawn_up: date) -> bool:
    ratings = world.ratings
    if not (ratings.is_managed(client.id, drawn_up) or ratings.is_managed(client.id, first_of(year))):
        return False
    team = client.teams.get(year)
    on_team = [entry.person for entry in everybody(team) if entry.on(drawn_up)] if team else []
    return not any(world.company.is_in(person, KEY_ACCOUNTS, drawn_up) for person in on_team)


def countersigns(world: World, client: Client) -> Iterator[Draft]:
    """The plan of a client of integrated supply is countersigned by Key Accounts (4.3)."""
    for year, record in sorted(client.service_plans.items()):
        drawn_up = record.data.drawn_up_on
        if drawn_up is None or not client.is_integrated(drawn_up):
            continue
        values = world.parameters.on(first_of(year))
        signed = record.data.countersign
        base = plus(drawn_up, values.countersign_days)
        done = signed.on if signed else None
        yield _on_plan(world, client, record, ObligationKind.PLAN_COUNTERSIGN, base, done)


def _on_plan(
    world: World,
    client: Client,
    record: Record[ServicePlan],
    kind: ObligationKind,
    base: date,
    done: date | None,
) -> Draft:
    year = record.place.year or 0
    values = world.parameters.on(first_of(year))
    # Neither kind is one of T clients, so only a day G up to the due day can put it off.
    days = became_in(world, client, year)
    due, _ = graced(days, base, lambda day: max(base, plus(day, values.new_rating_grace)), lambda _: True)
    if kind is ObligationKind.PLAN_COUNTERSIGN:
        return Draft(
            kind, str(year), year, due, done, world.company.key_accounts_managers, record.path, values, client
        )
    return Draft(
        kind,
        str(year),
        year,
        due,
        done,
        lambda day: world.responsible_managers(client, year, day),
        record.path,
        values,
        client,
    )


def measures(world: World, client: Client) -> Iterator[Draft]:
    """Each main direction of work by its day, of every client that has a plan."""
    for year, record in sorted(client.service_plans.items()):
        for measure in record.data.measures or ():
            if measure.until is None:
                continue
            yield Draft(
                ObligationKind.PLAN_MEASURE,
                str(year),
                year,
                moved_day(world, None, measure.until, measure.moved, 0),
                measure.done_on,
                lambda day, owner=measure.owner: (owner,) if owner else (),  # type: ignore[misc]
                record.path,
                None,
                client,
                number=measure.number,
                cancelled_on=cancelled_day(measure.cancelled),
            )
