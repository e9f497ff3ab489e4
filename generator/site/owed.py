"""The obligations of a Result as pages look for them: a client's, a person's, those of a kind or status.

Those of a client are fetched when somebody asks, and only the last ones stay in memory; what is overdue or
due soon, and how many there are of each, the faces of the clients know.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain

from generator.obligations.kinds import ARCHIVE_KINDS, ObligationKind, Status
from generator.obligations.obligation import Obligation
from generator.obligations.selection import PRESSING
from generator.pipeline import Result
from generator.site.summary import Counts, Face

AT_HAND = 1024
"""Of how many clients the obligations stay in memory: people share clients."""
_BY_DUE = ARCHIVE_KINDS | {ObligationKind.DOCUMENT_RENEWAL}
"""Kinds whose period may lie years back: they belong to the year in which they fall due."""
OPEN = (Status.OVERDUE, Status.DUE_SOON, Status.OPEN)


def year_of(one: Obligation) -> int:
    """The year under which an obligation is listed."""
    return one.due.year if one.kind in _BY_DUE else int(one.period[:4])


def is_open(one: Obligation) -> bool:
    """Whether it is still to be done."""
    return one.status in OPEN


def counted(obligations: Iterable[Obligation], year: int) -> dict[str, Counts]:
    """How many obligations each person has; what is done only where it was done in a year."""
    found: dict[str, list[int]] = {}
    for one in obligations:
        if one.status in OPEN:
            place = OPEN.index(one.status)
        elif one.done_on is not None and one.done_on.year == year:
            place = 3
        else:
            continue
        for person in one.responsible:
            found.setdefault(person, [0, 0, 0, 0])[place] += 1
    return {person: Counts(*numbers) for person, numbers in found.items()}


class Owed:
    """What is owed, as of the Result's day."""

    def __init__(self, result: Result, faces: Mapping[str, Face]) -> None:
        self._result = result
        self._faces = faces
        self._fetched = lru_cache(maxsize=AT_HAND)(result.judging.owed)
        self._found = lru_cache(maxsize=2)(self._find)

    def let_go(self) -> None:
        """Forget what clients owe: it is fetched again where somebody asks."""
        self._fetched.cache_clear()
        self._found.cache_clear()

    def of(self, client: str) -> tuple[Obligation, ...]:
        """What is owed to a client."""
        return self._fetched(client)

    def one(
        self, client: str | None, kind: ObligationKind, period: str, number: int | None = None
    ) -> Obligation | None:
        """What is owed to a client (or by the company as such) of a kind, a period and a number."""
        return self._found(client).get((kind, period, number))

    def _find(self, client: str | None) -> dict[tuple[ObligationKind, str, int | None], Obligation]:
        # Turned round: of several the first counts.
        owed = self.own if client is None else self.of(client)
        return {(one.kind, one.period, one.number): one for one in reversed(owed)}

    def by_year(self, client: str) -> dict[int, list[Obligation]]:
        """What is owed to a client, under the years in which it is listed."""
        found: dict[int, list[Obligation]] = {}
        for one in self.of(client):
            found.setdefault(year_of(one), []).append(one)
        return found

    @property
    def own(self) -> tuple[Obligation, ...]:
        """What the company as such owes."""
        return self._result.own

    @cached_property
    def _pressing(self) -> list[Obligation]:
        found = [one for one in self.own if one.status in PRESSING]
        for face in self._faces.values():
            if "overdue" in face.shown or "due-soon" in face.shown:
                found += face.pressing()
        return in_order(found)

    def standing(self, status: Status) -> list[Obligation]:
        """All that is overdue, or all that is due soon, in the order of interfaces.md."""
        return [one for one in self._pressing if one.status is status]

    def of_person(self, person: str) -> list[Obligation]:
        """All that a person answers for, client by client."""
        owed = (self.of(id_) for id_ in self.clients_in(f"person {person}"))
        return [one for one in chain(self.own, *owed) if person in one.responsible]

    def clients_in(self, place: str) -> Sequence[str]:
        """The clients that are shown in a place (`Face.shown`)."""
        return self._clients_in.get(place, ())

    @cached_property
    def _clients_in(self) -> dict[str, list[str]]:
        # Turned round once: each person's page would ask every client.
        found: dict[str, list[str]] = {}
        for id_, face in self._faces.items():
            for place in face.shown:
                found.setdefault(place, []).append(id_)
        return found

    @cached_property
    def counts(self) -> Counter[tuple[str, str]]:
        """How many obligations there are by kind and status."""
        found = Counter((one.kind.value, one.status.value) for one in self.own)
        for face in self._faces.values():
            found.update(face.counts)
        return found

    def count(self, status: Status) -> int:
        """How many have a status."""
        return sum(count for (_, of_status), count in self.counts.items() if of_status == status.value)

    @cached_property
    def people(self) -> dict[str, Counts]:
        """How many obligations each person has."""
        found = dict(counted(self.own, self._result.as_of.year))
        for face in self._faces.values():
            for person, counts in face.people.items():
                found[person] = found[person].plus(counts) if person in found else counts
        return found


def in_order(obligations: Iterable[Obligation]) -> list[Obligation]:
    """In the order of every list (interfaces.md)."""
    return sorted(obligations, key=lambda one: one.sort_key)
