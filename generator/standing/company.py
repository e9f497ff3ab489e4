"""The company on a day: its units, its people and the positions they hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model.organization import (
    COMPANY,
    DEPARTMENTS,
    KEY_ACCOUNTS,
    TITLES,
    Person,
    Title,
    Unit,
    UnitKind,
    Units,
)
from generator.policy.days import plus
from generator.standing.watch import Watch

FOUNDING_DAYS = 30
"""A unit is asked and asked to sign from so many days after its founding on (rules.md)."""

LEADERS = (Title.GENERAL_MANAGER, Title.DEPUTY_MANAGER)
DIRECTORS = (Title.DIRECTOR, Title.DEPUTY_DIRECTOR)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit: what it is, what it is called, to which group it belongs, and when it existed."""

    id: str
    name: str
    kind: UnitKind
    group: str | None
    founded: date | None
    dissolved: date | None

    def exists(self, day: date) -> bool:
        """Whether the unit exists on a day."""
        founded = self.founded is None or self.founded <= day
        return founded and (self.dissolved is None or day <= self.dissolved)

    def is_settled(self, day: date) -> bool:
        """Whether it exists and was founded at least 30 days before."""
        founded = self.founded is None or plus(self.founded, FOUNDING_DAYS) <= day
        return founded and self.exists(day)


@dataclass(frozen=True, slots=True)
class Post:
    """A position that a person holds, with the days it counts for."""

    person: str
    unit: str
    title: Title | None
    """None where the unit has no such position (S004)."""
    start: date | None
    end: date | None

    def held(self, day: date) -> bool:
        """Whether it is held on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Company:
    """Units and people, and who holds what on a day. Unknown ids are held by nobody.

    While `watch` is set, everything that is looked up is noted in it.
    """

    def __init__(self, units: Units | None, people: Iterable[Person]) -> None:
        self.watch: Watch | None = None
        self._units: dict[str, UnitFacts] = {}
        for facts in _facts(units):
            self._units.setdefault(facts.id, facts)
        self._people: dict[str, Person] = {}
        self._posts: dict[str, list[Post]] = {}
        self._in_unit: dict[str, list[Post]] = {}
        for person in people:
            if person.id is not None and person.id not in self._people:
                self._people[person.id] = person
                self._note_posts(person.id, person)
        self._places = {id_: at for at, id_ in enumerate(self._people)}

    def _note_posts(self, id_: str, person: Person) -> None:
        for position in person.positions or ():
            facts = self._units.get(position.unit or "")
            title = position.title
            start = position.start
            if facts:
                title = title if title in TITLES[facts.kind] else None
                start = max(start, facts.founded) if start and facts.founded else start or facts.founded
            post = Post(id_, position.unit or "", title, start, position.end)
            self._posts.setdefault(id_, []).append(post)
            self._in_unit.setdefault(post.unit, []).append(post)

    @property
    def people(self) -> Mapping[str, Person]:
        """All people by id, in the order of people.yml."""
        if self.watch is not None:
            self.watch.everything = True
        return self._people

    @property
    def units(self) -> Mapping[str, UnitFacts]:
        """All units by id, in the order of units.yml."""
        if self.watch is not None:
            self.watch.everything = True
        return self._units

    def person(self, id_: str) -> Person | None:
        """A person, where there is one of the id."""
        if self.watch is not None:
            self.watch.people.add(id_)
        return self._people.get(id_)

    def unit(self, id_: str) -> UnitFacts | None:
        """A unit, where there is one of the id."""
        if self.watch is not None:
            self.watch.units.add(id_)
        return self._units.get(id_)

    def called(self, name: str) -> list[str]:
        """The ids of the people of a name."""
        if self.watch is not None:
            self.watch.names.add(name)
        return [id_ for id_, person in self._people.items() if person.name == name]

    def _held_by(self, person: str) -> Sequence[Post]:
        if self.watch is not None:
            self.watch.people.add(person)
        return self._posts.get(person, ())

    def _held_in(self, unit: str) -> Sequence[Post]:
        if self.watch is not None:
            self.watch.staffs.add(unit)
        return self._in_unit.get(unit, ())

    def posts(self, person: str, day: date) -> Iterator[Post]:
        """The positions that a person holds on a day."""
        return (post for post in self._held_by(person) if post.held(day))

    def all_posts(self, person: str) -> tuple[Post, ...]:
        """All positions that a person ever held."""
        return tuple(self._held_by(person))

    def holds_any(self, person: str, day: date) -> bool:
        """Whether a person holds a position in the company at all on a day."""
        return any(True for _ in self.posts(person, day))

    def held_between(self, person: str, first: date, last: date) -> bool:
        """Whether a person held a position on some day of a span."""
        for post in self._held_by(person):
            start, end = post.start, post.end
            is_possible = start is None or end is None or start <= end
            if is_possible and (start is None or start <= last) and (end is None or first <= end):
                return True
        return False

    def is_in(self, person: str, unit: str, day: date) -> bool:
        """Whether a person holds a position, of any title, in a unit on a day."""
        return any(post.unit == unit for post in self.posts(person, day))

    def is_titled(self, person: str, unit: str, titles: Iterable[Title], day: date) -> bool:
        """Whether a person holds one of the titles in a unit on a day."""
        wanted: tuple[Title | None, ...] = tuple(titles)
        return any(post.unit == unit and post.title in wanted for post in self.posts(person, day))

    def is_leader(self, person: str, day: date) -> bool:
        """Whether a person is a company leader (公司领导) on a day."""
        return self.is_titled(person, COMPANY, LEADERS, day)

    def is_in_division(self, person: str, day: date) -> bool:
        """Whether a person holds a position in some division on a day."""
        held = (self.unit(post.unit) for post in self.posts(person, day))
        return any(facts is not None and facts.kind is UnitKind.DIVISION for facts in held)

    def titled(self, unit: str, titles: Iterable[Title], day: date) -> list[str]:
        """The people with one of the titles in a unit on a day, in the order of their ids."""
        wanted = tuple(titles)
        return sorted(
            {post.person for post in self._held_in(unit) if post.title in wanted and post.held(day)}
        )

    def among(self, units: Sequence[str], day: date, titles: Iterable[Title] | None = None) -> list[str]:
        """The people who hold a position (one of the titles, where given) in one of some units on a day,
        in the order of people.yml.
        """
        wanted = tuple(titles) if titles is not None else None
        found = {
            post.person
            for unit in units
            for post in self._held_in(unit)
            if post.held(day) and (wanted is None or post.title in wanted)
        }
        if self.watch is not None and len(units) > 1:
            self.watch.orders.add(tuple(units))
        return sorted(found, key=self._places.__getitem__)

    def general_managers(self, unit: str, day: date) -> list[str]:
        """GMs of a unit (rules.md): its 总经理, and where there is none its 副总经理."""
        managers = self.titled(unit, (Title.GENERAL_MANAGER,), day)
        return managers or self.titled(unit, (Title.DEPUTY_MANAGER,), day)

    def managers_of(self, units: Iterable[str], day: date) -> tuple[str, ...]:
        """GMs of several units, each once, in the order of their ids."""
        return tuple(sorted({person for unit in units for person in self.general_managers(unit, day)}))

    def key_accounts_managers(self, day: date) -> tuple[str, ...]:
        """GMs of Key Accounts."""
        return self.managers_of((KEY_ACCOUNTS,), day)

    def signing_units(self, day: date) -> list[str]:
        """The units of 1.3 on a day: the departments, and the business groups that are settled."""
        groups = self.of_kind(UnitKind.GROUP)
        return [*DEPARTMENTS, *(unit.id for unit in groups if unit.is_settled(day))]

    def of_kind(self, kind: UnitKind) -> list[UnitFacts]:
        """The units of a kind, in the order of units.yml."""
        return [unit for unit in self.units.values() if unit.kind is kind]

    def groups_of(self, divisions: Iterable[str]) -> list[str]:
        """The business groups above divisions, each once, in the order met."""
        found = (facts.group for unit in divisions if (facts := self.unit(unit)) is not None)
        return list(dict.fromkeys(group for group in found if group))

    def person_name(self, id_: str) -> str:
        """A person's name, or the id as typed where it leads nowhere."""
        person = self.person(id_)
        return person.name if person and person.name else id_

    def unit_name(self, id_: str) -> str:
        """A unit's name, or the id as typed where it leads nowhere."""
        facts = self.unit(id_)
        return facts.name if facts else id_

    def known(self, key: tuple[str, ...]) -> str:
        """All that stands behind one key of a Watch, as a text: the same text, the same answers."""
        what, *ids = key
        match what:
            case "person":
                return repr((self._people.get(ids[0]), self._posts.get(ids[0])))
            case "unit":
                return repr(self._units.get(ids[0]))
            case "staff":
                return repr(self._in_unit.get(ids[0]))
            case "order":
                people = {post.person for unit in ids for post in self._in_unit.get(unit, ())}
                return repr(sorted(people, key=self._places.__getitem__))
            case "name":
                return repr(self.called(ids[0]))
        return repr((self._people, self._units))


def _facts(units: Units | None) -> Iterator[UnitFacts]:
    if units is None:
        return
    if units.company:
        # Its id is fixed: a slip there (S004) must not make strangers of its leaders.
        name = units.company.name or COMPANY
        yield UnitFacts(COMPANY, name, UnitKind.COMPANY, None, units.company.founded, units.company.dissolved)
    for group in units.groups or ():
        yield from _one(group, UnitKind.GROUP)
        for division in group.divisions or ():
            yield from _one(division, UnitKind.DIVISION, group.id)
    for department in units.departments or ():
        yield from _one(department, UnitKind.DEPARTMENT)


def _one(unit: Unit, kind: UnitKind, group: str | None = None) -> Iterator[UnitFacts]:
    if unit.id is not None:
        yield UnitFacts(unit.id, unit.name or unit.id, kind, group, unit.founded, unit.dissolved)
