"""An obligation (应办事项), and how what a family of kinds derives becomes one."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from generator.model.base import Cancellation, Postponement
from generator.model.organization import KEY_ACCOUNTS
from generator.obligations.kinds import ARCHIVE_KINDS, ObligationKind, Status
from generator.policy.days import plus
from generator.policy.parameters import Values
from generator.standing.clients import Client
from generator.standing.company import LEADERS
from generator.standing.world import World

Responsible = Callable[[date], Sequence[str]]
"""Who answers on a day: the as-of day while it is not done, the done day after."""


class Obligation(NamedTuple):
    """One thing that the policy wants by a day; interfaces.md has the meaning of each field."""

    kind: ObligationKind
    client: str | None
    unit: str | None
    period: str
    number: int | None
    due: date
    done_on: date | None
    status: Status
    responsible: tuple[str, ...]
    record: str | None
    target_met: bool | None = None

    def days_overdue(self, as_of: date) -> int | None:
        """For how many days it has been overdue on the day that it was derived as of; None where it is not.

        Reckoned when it is asked for: all else that is known of it stays as it is from day to day.
        """
        return (as_of - self.due).days if self.status is Status.OVERDUE else None

    @property
    def sort_key(self) -> tuple[object, ...]:
        """The order of every list: due day, kind, client, period, number, unit, record; null first."""
        return (
            self.due,
            self.kind.value,
            self.client or "",
            self.period,
            -1 if self.number is None else self.number,
            self.unit or "",
            self.record or "",
        )


class Draft(NamedTuple):
    """What a family derives, before working days, waivers and the as-of day are reckoned with."""

    kind: ObligationKind
    period: str
    year: int
    """The year of the period, for the waivers of that year's team.yml."""
    due: date
    done_on: date | None
    responsible: Responsible
    record: str | None
    values: Values | None
    """What holds for its due day; None for a typed day (期限, 有效期至), which no working day moves."""
    client: Client | None = None
    unit: str | None = None
    number: int | None = None
    cancelled_on: date | None = None
    target_met: bool | None = None


def final_due(world: World, values: Values | None, due: date) -> date:
    """The due day with the working-day shift in, last of all; without values a typed day, which stays."""
    return world.working_days.shifted(due) if values and values.shift else due


def settle(world: World, draft: Draft) -> Obligation | None:
    """The obligation as of the day, or None where nothing is asked or listed."""
    due = final_due(world, draft.values, draft.due)
    done = world.happened(draft.done_on)
    cancelled = world.happened(draft.cancelled_on)
    if cancelled and cancelled <= due:
        return None
    done = done or cancelled
    in_use_from = world.parameters.in_use_from
    if in_use_from and due < in_use_from:
        return None
    if draft.client and draft.client.has_ended(due) and done is None:
        return None
    status = _status(world, draft, due, done)
    return Obligation(
        draft.kind,
        draft.client.id if draft.client else None,
        draft.unit,
        draft.period,
        draft.number,
        due,
        done,
        status,
        tuple(draft.responsible(done or world.as_of)),
        draft.record,
        draft.target_met,
    )


def _status(world: World, draft: Draft, due: date, done: date | None) -> Status:
    if done is not None:
        return Status.DONE if done <= due else Status.LATE
    if _is_waived(world, draft, due):
        return Status.WAIVED
    if due < world.as_of:
        return Status.OVERDUE
    soon = due <= plus(world.as_of, world.parameters.on(world.as_of).soon_days)
    if draft.kind is ObligationKind.LEADER_VISIT:
        soon = world.as_of >= date(draft.year, 7, 1)
    return Status.DUE_SOON if soon else Status.OPEN


def waiver_year(kind: ObligationKind, period_year: int, due: date) -> int:
    """The year whose team.yml can waive an obligation: its period's, for archive kinds its due day's."""
    return due.year if kind in ARCHIVE_KINDS else period_year


def _is_waived(world: World, draft: Draft, due: date) -> bool:
    if draft.client is None:
        return False
    team = draft.client.teams.get(waiver_year(draft.kind, draft.year, due))
    waivers = (team.data.waivers if team else None) or ()
    return any(
        waiver.rule == draft.kind.value
        and waiver_counts(
            world, draft.client, team.place.year if team else None, waiver.approved_by, waiver.approved_on
        )
        and (waiver.until is None or due <= waiver.until)
        for waiver in waivers
    )


def waiver_counts(
    world: World, client: Client | None, year: int | None, approver: str | None, on: date | None
) -> bool:
    """Whether a waiver was given by somebody who may (W102) and has been given by the as-of day.

    The approver must be GM or deputy of Key Accounts or a company leader on 批准日期, and not the
    client's account manager of the record's year on that day.
    """
    if on is not None and world.happened(on) is None:
        return False
    if approver is None or on is None:
        return True
    return may_approve(world, client, year, approver, on)


def may_approve(world: World, client: Client | None, year: int | None, approver: str, on: date) -> bool:
    """Whether a person may approve a waiver of a record (W102)."""
    company = world.company
    entitled = company.is_titled(approver, KEY_ACCOUNTS, LEADERS, on) or company.is_leader(approver, on)
    if client is None:
        return entitled
    return entitled and approver not in world.account_managers(client, year or on.year, on)


def moved_day(
    world: World,
    values: Values | None,
    day: date,
    moves: Sequence[Postponement] | None,
    grace: int,
) -> date:
    """The day of an entry after its 改期: each counts when made by the due day as it stood."""
    made = [move for move in moves or () if move.on and move.to and world.happened(move.on)]
    for move in sorted(made, key=lambda one: one.on or date.max):
        stood = final_due(world, values, plus(day, grace))
        if move.on and move.to and move.on <= stood:
            day = move.to
    return day


def cancelled_day(cancelled: Cancellation | None) -> date | None:
    """The day on which an entry was cancelled."""
    return cancelled.on if cancelled else None
