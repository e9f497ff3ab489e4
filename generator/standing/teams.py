"""What a team should be made of (2.1 to 2.7): places, and who can fill them on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.model.organization import COMPANY, KEY_ACCOUNTS, Title
from generator.standing.company import DIRECTORS, LEADERS, Company


@dataclass(frozen=True, slots=True)
class PlaceOnTeam:
    """A place that somebody must fill; `must` is False where the policy asks only as usual."""

    label: str
    people: Sequence[str]
    """All who could fill it, in the order of people.yml; where there is none, nobody is asked for."""
    must: bool = True

    def fits(self, person: str) -> bool:
        """Whether a person could fill it."""
        return person in self.people


def leader_place(company: Company, day: date) -> PlaceOnTeam:
    """A company leader."""
    return PlaceOnTeam("公司领导", company.among([COMPANY], day, LEADERS))


def director_place(company: Company, group: str, day: date) -> PlaceOnTeam:
    """A director or deputy director of a business group."""
    name = company.unit_name(group)
    return PlaceOnTeam(f"{name}总监或副总监", company.among([group], day, DIRECTORS))


def manager_place(company: Company, divisions: Sequence[str], day: date) -> PlaceOnTeam:
    """The general manager of one of some divisions."""
    names = "或".join(company.unit_name(unit) for unit in divisions)
    return PlaceOnTeam(f"{names}总经理", company.among(divisions, day, (Title.GENERAL_MANAGER,)))


def sales_place(company: Company, divisions: Sequence[str], day: date, *, must: bool = True) -> PlaceOnTeam:
    """A core sales person (业务员) of one of some divisions."""
    names = "或".join(company.unit_name(unit) for unit in divisions)
    return PlaceOnTeam(f"{names}业务员", company.among(divisions, day, (Title.SALES,)), must)


def key_accounts_place(company: Company, day: date, *, must: bool = True) -> PlaceOnTeam:
    """Somebody of Key Accounts."""
    return PlaceOnTeam(f"{company.unit_name(KEY_ACCOUNTS)}人员", company.among([KEY_ACCOUNTS], day), must)


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
