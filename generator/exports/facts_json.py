"""`kam facts`: what an overview of several repositories needs of one of them, and no more (docs/facts.md)."""

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from generator.exports.facts_shape import (
    Client,
    Findings,
    Obligation,
    Pages,
    Published,
    Statuses,
    Summary,
    Unit,
    is_page_address,
)
from generator.exports.lines import as_json
from generator.findings import Severity
from generator.model.organization import KEY_ACCOUNTS, UnitKind
from generator.obligations import obligation as owed
from generator.obligations.kinds import Status
from generator.obligations.selection import PRESSING, units_of
from generator.pipeline import Result
from generator.standing.brief import Brief
from generator.standing.company import UnitFacts
from generator.standing.credit_code import is_credit_code

_KINDS: dict[UnitKind, str] = {UnitKind.GROUP: "group", UnitKind.DIVISION: "division"}
Counts = Counter[tuple[str, Status]]
"""How many are overdue, and due soon, of a client or a unit."""


class Addresses(Protocol):
    """Where a site has its pages; generator.site.addresses is one. What is published knows no site."""

    OVERDUE: str
    DUE_SOON: str
    FINDINGS: str

    def client(self, id_: str, /) -> str:
        """A client's page."""

    def unit(self, id_: str, /) -> str:
        """A unit's page."""


def render(result: Result, name: str, site: str | None, addresses: Addresses) -> str:
    """The facts of a repository of a name, whose site has an address, as JSON."""
    document = published(result, name, site, addresses).model_dump(mode="json", by_alias=True)
    text = as_json(document)
    # Half a character, which an escape in a record can bring in, no reader of JSON takes.
    return text.encode("utf-8", "replace").decode("utf-8")


def published(result: Result, name: str, site: str | None, addresses: Addresses) -> Published:
    """The facts as a value."""
    pressing = [one for one in result.obligations if one.status in PRESSING]
    return Published(
        version=1,
        name=name,
        site=site,
        as_of=result.as_of,
        today=result.today,
        judged=result.judged,
        summary=_summary(result),
        pages=Pages(findings=addresses.FINDINGS, overdue=addresses.OVERDUE, due_soon=addresses.DUE_SOON),
        units=tuple(_units(result, pressing, addresses)),
        clients=tuple(_clients(result, pressing, addresses)),
        obligations=tuple(_obligation(result, one, addresses) for one in pressing),
    )


def _summary(result: Result) -> Summary:
    counts = result.counts()
    errors, warnings = (len(result.failing(one)) for one in (Severity.ERROR, Severity.WARNING))
    waived = sum(finding.waived for finding in result.findings)
    return Summary(
        findings=Findings(errors=errors, warnings=warnings, waived=waived),
        obligations=Statuses(
            overdue=counts[Status.OVERDUE],
            due_soon=counts[Status.DUE_SOON],
            open=counts[Status.OPEN],
            done=counts[Status.DONE],
            late=counts[Status.LATE],
            waived=counts[Status.WAIVED],
        ),
    )


def _units(result: Result, pressing: Iterable[owed.Obligation], addresses: Addresses) -> Iterable[Unit]:
    """The groups and divisions, in the order of units.yml, that exist on the day or have something to do."""
    world = result.world
    counts: Counts = Counter()
    for one in pressing:
        counts.update((unit, one.status) for unit in _with_groups(result, units_of(world, one)))
    clients = Counter(
        unit
        for brief in world.briefs.values()
        for unit in _with_groups(result, brief.divisions(result.as_of))
    )
    for unit in world.company.units.values():
        used = clients[unit.id] or any(counts[unit.id, status] for status in PRESSING)
        if unit.kind in _KINDS and (used or unit.exists(result.as_of)):
            yield _unit(unit, clients[unit.id], counts, addresses)


def _with_groups(result: Result, units: list[str]) -> set[str]:
    return {*units, *result.world.company.groups_of(units)}


def _unit(unit: UnitFacts, clients: int, counts: Counts, addresses: Addresses) -> Unit:
    return Unit(
        id=unit.id,
        name=unit.name,
        kind="group" if unit.kind is UnitKind.GROUP else "division",
        group=unit.group,
        clients=clients,
        overdue=counts[unit.id, Status.OVERDUE],
        due_soon=counts[unit.id, Status.DUE_SOON],
        page=_page(addresses.unit(unit.id)),
    )


def _clients(result: Result, pressing: Iterable[owed.Obligation], addresses: Addresses) -> Iterable[Client]:
    counts: Counts = Counter((one.client, one.status) for one in pressing if one.client)
    for id_ in sorted(result.world.briefs):
        yield _client(result, result.world.briefs[id_], counts, addresses)


def _client(result: Result, brief: Brief, counts: Counts, addresses: Addresses) -> Client:
    world, day = result.world, result.as_of
    rating = world.ratings.rating(brief.id, day, day)
    managers = world.account_managers(world.clients[brief.id], day.year, day)
    return Client(
        id=brief.id,
        name=brief.name,
        credit_code=_credit_code(brief),
        tier=rating.tier.value if rating else None,
        level=rating.level.value if rating and rating.level else None,
        ended_on=brief.ended_on,
        divisions=tuple(map(world.company.unit_name, brief.divisions(day))),
        managers=tuple(map(world.company.person_name, managers)),
        overdue=counts[brief.id, Status.OVERDUE],
        due_soon=counts[brief.id, Status.DUE_SOON],
        page=addresses.client(brief.id),
    )


def _credit_code(brief: Brief) -> str | None:
    """Only one that can be right: slips must not make one client of two."""
    code = (brief.credit_code or "").strip()
    return code if is_credit_code(code) else None


def _obligation(result: Result, one: owed.Obligation, addresses: Addresses) -> Obligation:
    company = result.world.company
    brief = result.world.briefs.get(one.client or "")
    unit = one.unit or KEY_ACCOUNTS
    if brief is not None:
        subject, page = brief.name, _page(f"{addresses.client(brief.id)}#duties")
    else:
        known = unit in company.units
        subject, page = company.unit_name(unit), _page(f"{addresses.unit(unit)}#owed") if known else None
    return Obligation(
        status="overdue" if one.status is Status.OVERDUE else "due-soon",
        kind=one.kind.value,
        label=one.kind.label,
        client=one.client,
        unit=one.unit,
        subject=subject,
        period=one.period,
        number=one.number,
        due=one.due,
        days_overdue=one.days_overdue(result.as_of),
        responsible=tuple(map(company.person_name, one.responsible)),
        page=page,
    )


def _page(address: str) -> str | None:
    """None for an id as typed that can lead nowhere."""
    return address if is_page_address(address) else None
