"""Choosing among obligations: by kind, client, person and unit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model.organization import KEY_ACCOUNTS, UnitKind
from generator.obligations.kinds import ObligationKind, Status
from generator.obligations.obligation import Obligation
from generator.standing.world import World

PRESSING = (Status.OVERDUE, Status.DUE_SOON)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted; None wants all."""

    everything: bool = False
    kind: ObligationKind | None = None
    client: str | None = None
    person: str | None = None
    unit: str | None = None


def units_of(world: World, one: Obligation) -> list[str]:
    """The divisions that an obligation concerns; Key Accounts where it has neither client nor division."""
    if one.unit is not None:
        return [one.unit]
    client = world.briefs.get(one.client or "")
    return client.divisions(world.as_of) if client else [KEY_ACCOUNTS]


def belongs_to(world: World, one: Obligation, unit: str) -> bool:
    """Whether an obligation concerns a unit: itself, or for a group or the company what is below it."""
    facts = world.company.unit(unit)
    if facts is not None and facts.kind is UnitKind.COMPANY:
        return True
    below = units_of(world, one)
    return unit in below or unit in world.company.groups_of(below)


def select(world: World, obligations: Iterable[Obligation], wanted: Selection) -> Iterator[Obligation]:
    """The obligations wanted, in their order; overdue and due soon unless everything is."""
    for one in obligations:
        if not wanted.everything and one.status not in PRESSING:
            continue
        if wanted.kind is not None and one.kind is not wanted.kind:
            continue
        if wanted.client is not None and one.client != wanted.client:
            continue
        if wanted.person is not None and wanted.person not in one.responsible:
            continue
        if wanted.unit is None or belongs_to(world, one, wanted.unit):
            yield one
