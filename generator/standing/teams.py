"""What a team should be made of (2.1 to 2.7): places, and who can fill them on a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model.organization import KEY_ACCOUNTS, Title
from generator.standing.company import DIRECTORS, Company

Fits = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class PlaceOnTeam:
    """A place that somebody must fill; `must` is False where the policy asks only as usual."""

    label: str
    fits: Fits
    must: bool = True


def leader_place(company: Company, day: date) -> PlaceOnTeam:
    """A company leader."""
    return PlaceOnTeam("公司领导", lambda person: company.is_leader(person, day))


def director_place(company: Company, group: str, day: date) -> PlaceOnTeam:
    """A director or deputy director of a business group."""
    name = company.unit_name(group)
    return PlaceOnTeam(f"{name}总监或副总监", lambda p: company.is_titled(p, group, DIRECTORS, day))


def manager_place(company: Company, divisions: Sequence[str], day: date) -> PlaceOnTeam:
    """The general manager of one of some divisions."""
    names = "或".join(company.unit_name(unit) for unit in divisions)
    wanted = (Title.GENERAL_MANAGER,)
    return PlaceOnTeam(
        f"{names}总经理", lambda p: any(company.is_titled(p, unit, wanted, day) for unit in divisions)
    )


def sales_place(company: Company, divisions: Sequence[str], day: date, *, must: bool = True) -> PlaceOnTeam:
    """A core sales person (业务员) of one of some divisions."""
    names = "或".join(company.unit_name(unit) for unit in divisions)
    wanted = (Title.SALES,)
    return PlaceOnTeam(
        f"{names}业务员", lambda p: any(company.is_titled(p, unit, wanted, day) for unit in divisions), must
    )


def key_accounts_place(company: Company, day: date, *, must: bool = True) -> PlaceOnTeam:
    """Somebody of Key Accounts."""
    name = company.unit_name(KEY_ACCOUNTS)
    return PlaceOnTeam(f"{name}人员", lambda person: company.is_in(person, KEY_ACCOUNTS, day), must)


def can_be_filled(company: Company, place: PlaceOnTeam) -> bool:
    """Whether anybody of the company could fill a place; one that nobody can is not asked for."""
    return any(place.fits(person) for person in company.people)


def empty_places(places: Sequence[PlaceOnTeam], people: Sequence[str]) -> list[PlaceOnTeam]:
    """The places left empty when one person fills one place and as many as possible are filled.

    The places stand in their order of filling: what must be filled comes first.
    """
    filled: dict[str, int] = {}

    def fill(number: int, seen: set[str]) -> bool:
        for person in people:
            if person in seen or not places[number].fits(person):
                continue
            seen.add(person)
            if person not in filled or fill(filled[person], seen):
                filled[person] = number
                return True
        return False

    order = sorted(range(len(places)), key=lambda number: not places[number].must)
    return [places[number] for number in order if not fill(number, set())]
