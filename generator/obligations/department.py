"""Quarterly reports of the teams (3.2c), and Key Accounts' analyses with their improvements (4.2)."""

from collections.abc import Callable, Iterator
from datetime import date

from generator.obligations.asked import Period, asked_quarters, rating_for
from generator.obligations.begun import begun_quarters
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Draft, cancelled_day, moved_day
from generator.policy.days import Quarter, last_of, plus
from generator.standing.brief import Brief
from generator.standing.clients import Client, designated, everybody
from generator.standing.world import World


def quarterly_reports(world: World, client: Client) -> Iterator[Draft]:
    """The purchase (sale) analysis report at each quarter's end."""
    for quarter, values, asked in asked_quarters(
        world, client, lambda q, values: plus(q.last, values.report_days)
    ):
        record = client.reports.get(quarter)
        yield Draft(
            ObligationKind.QUARTERLY_REPORT,
            str(quarter),
            quarter.year,
            asked.due,
            record.data.submitted_on if record else None,
            _reporting(world, client, quarter.year),
            f"{world.root}/clients/{client.id}/{quarter.year}/Q{quarter.number}/report.md",
            values,
            client,
        )


def _reporting(world: World, client: Client, year: int) -> Callable[[date], tuple[str, ...]]:
    """指定负责人, who must be on the team and hold a position that day; else the manager."""

    def responsible(day: date) -> tuple[str, ...]:
        team = client.teams.get(year)
        if team is not None:
            within = min(day, last_of(year))
            on_team = {entry.person for entry in everybody(team) if entry.on(within)}
            named = [person for _, person in designated(team, within)]
            fit = [p for p in named if p in on_team and world.company.holds_any(p, day)]
            if fit:
                return tuple(fit)
        return world.responsible_managers(client, year, day)

    return responsible


def analyses(world: World) -> Iterator[Draft]:
    """Key Accounts analyses the service of every quarter that has a T client."""
    for quarter in begun_quarters(world):
        values = world.parameters.on(quarter.first)
        due = plus(quarter.last, values.analysis_days)
        if not any(_has(world, client, quarter, due) for client in world.briefs.values()):
            continue
        record = world.analyses.get(quarter)
        yield Draft(
            ObligationKind.KEY_ACCOUNTS_ANALYSIS,
            str(quarter),
            quarter.year,
            due,
            record.data.submitted_on if record else None,
            world.company.key_accounts_managers,
            f"{world.root}/key-accounts/{quarter.year}/Q{quarter.number}.md",
            values,
        )


def _has(world: World, client: Brief, quarter: Quarter, due: date) -> bool:
    if not client.has_form or client.has_ended(quarter.first):
        return False
    rating = rating_for(world, client.id, Period(quarter.first, quarter.last), due)
    return rating is not None and rating.is_managed


def improvements(world: World) -> Iterator[Draft]:
    """What Key Accounts means to improve is done by its day."""
    for quarter, record in sorted(world.analyses.items()):
        for measure in record.data.improvements or ():
            if measure.until is None:
                continue
            yield Draft(
                ObligationKind.FOLLOW_UP,
                str(quarter),
                quarter.year,
                moved_day(world, None, measure.until, measure.moved, 0),
                measure.done_on,
                lambda _, owner=measure.owner: (owner,) if owner else (),  # type: ignore[misc]
                record.path,
                None,
                number=measure.number,
                cancelled_on=cancelled_day(measure.cancelled),
            )
