"""The parts of a site: pages and files that are made together, with a key that stands for all they show.

A part whose key is as it was at the last build is the same, byte for byte, and is not made again. A new page
belongs to a part here: to one of its own with the page itself as the key (`_ready`), or, where making it is
dear, to one whose key is put together from what the faces of the clients say is shown of them there.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

from generator.exports.sheets import csv_text
from generator.findings import Finding
from generator.judging.ground import digest
from generator.model.organization import KEY_ACCOUNTS
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Obligation
from generator.rules.catalogue import RULES
from generator.site import addresses, search
from generator.site.facts import Facts
from generator.site.gallery import Gallery
from generator.site.values import Page
from generator.site.views import (
    client,
    clients,
    due,
    duties,
    findings,
    overview,
    people,
    policy,
    ratings,
    reading,
    units,
)
from generator.standing.company import UnitFacts

File = tuple[str, bytes]
"""Its name from the site's root, and what is in it."""


def _none() -> Iterator[File]:
    return iter(())


class Part(NamedTuple):
    """Some pages and files."""

    name: str
    key: str
    """Stands for all that is shown; empty where it cannot be told, and nothing may be kept."""
    pages: Callable[[], Iterable[Page]]
    """Made when asked for, one after the other; long ones are not yet cut."""
    files: Callable[[], Iterable[File]] = _none
    root: str = ""
    """The folder in which nothing else lies, where there is one; its address is the name of the part."""


class Parts:
    """All parts of the site of a Result, but for the search and the theme."""

    def __init__(self, facts: Facts, gallery: Gallery, base: str) -> None:
        """`base` stands for the theme, the templates, the days and the company's own records."""
        self._facts, self._gallery = facts, gallery
        own = digest([*map(repr, facts.result.own)], facts.own_drafts)
        self._base = digest(base, own) if base else ""
        self._shown = self._gathered()

    def _gathered(self) -> dict[str, str]:
        """For each place where clients are shown what stands for all that is shown of them."""
        found: dict[str, blake2b] = {}
        for id_, face in self._facts.faces.items():
            for place, mark in face.shown.items():
                if place not in found:
                    found[place] = blake2b(digest_size=16)
                found[place].update(f"{id_} {mark} ".encode())
        return {place: hasher.hexdigest() for place, hasher in found.items()}

    def _key(self, *parts: object) -> str:
        return digest(self._base, *parts) if self._base else ""

    def _of(self, place: str, *more: object) -> str:
        return self._key(place, self._shown.get(place), *more)

    def general(self) -> Iterator[Part]:
        """Those about all clients and people together, and about the policy."""
        facts = self._facts
        yield from self._ready([overview.page(facts)])
        yield Part(addresses.RECENT, self._of("recent"), lambda: [overview.recent_page(facts)])
        groups = [(id_, face.group) for id_, face in facts.faces.items()]
        yield Part(addresses.CLIENTS, self._of("list", groups), lambda: [clients.page(facts)])
        for which in (due.OVERDUE, due.SOON):
            yield self._due(which)
        yield from self._ready([people.index(facts)])
        for person in facts.result.world.company.people:
            url = addresses.person(person)
            key = self._of(f"person {person}", person)
            yield Part(url, key, partial(_one, people.page, facts, person), root=url)
        yield from self._units()
        yield from self._ready(reading.analyses(facts))
        yield from self._ready(ratings.pages(facts))
        yield from self._ready([findings.page(facts)])
        yield from self._policy()
        yield self._names()

    def _ready(self, pages: Iterable[Page]) -> Iterator[Part]:
        """Pages that are quickly made: their key are they themselves."""
        for page in pages:
            yield Part(page.url, self._key(repr(page)), partial(iter, [page]))

    def _due(self, which: due.DueList) -> Part:
        facts = self._facts
        return Part(
            which.url,
            self._of(which.status.value),
            lambda: due.pages(facts, which),
            lambda: _csv_files(facts, which),
            which.url,
        )

    def _units(self) -> Iterator[Part]:
        facts = self._facts
        shares = units.Shares(facts)
        yield from self._ready([units.index(facts, shares)])
        for unit in facts.result.world.company.units.values():
            url = addresses.unit(unit.id)
            page = partial(_one, units.page, facts, shares, unit)
            yield Part(url, self._unit_key(unit), page, root=url)

    def _unit_key(self, unit: UnitFacts) -> str:
        facts = self._facts
        staff = [facts.owed.people.get(person) for person in units.staff(facts, unit.id)]
        shown = [
            [face.shown.get(place) for place in ("list", "overdue", "due-soon")]
            for face in facts.faces.values()
            if unit.id in face.units
        ]
        handed = self._shown.get("handed") if unit.id == KEY_ACCOUNTS else None
        return self._key("unit", unit.id, staff, shown, handed)

    def _policy(self) -> Iterator[Part]:
        facts = self._facts
        yield from self._ready(policy.general(facts))
        found: dict[str, list[Finding]] = {}
        for finding in facts.result.findings:
            found.setdefault(finding.code, []).append(finding)
        for rule in RULES:
            mine = found.get(rule.code, [])
            key = self._key("rule", rule.code, *(findings.mark(facts, finding) for finding in mine))
            yield Part(addresses.rule(rule.code), key, partial(_one, policy.rule_page_of, facts, rule))
        for kind in ObligationKind:
            url = addresses.duty(kind.value)
            key = self._of(f"kind {kind.value}", kind.value)
            yield Part(url, key, partial(_one, policy.kind_page_of, facts, kind), root=url)

    def _names(self) -> Part:
        facts = self._facts
        names = [(brief.name, facts.faces[id_].note) for id_, brief in facts.result.world.briefs.items()]
        key = self._key("names", names)
        return Part(search.NAMES, key, list, lambda: [(search.NAMES, search.names(search.entries(facts)))])

    def client(self, id_: str) -> Part:
        """The pages of a client and of its records."""
        key, url = self._gallery.key(id_), addresses.client(id_)
        return Part(url, self._key(key) if key else "", partial(self._client_pages, id_), root=url)

    def _client_pages(self, id_: str) -> Iterator[Page]:
        one = self._facts.result.world.clients[id_]
        yield from client.pages(self._facts, one)
        yield from reading.of_client(self._facts, one)

    def found_by_text(self) -> Iterator[Page]:
        """Pages about no client whose text is searched, or what is searched of them."""
        for person in self._facts.result.world.company.people:
            yield people.card(self._facts, person)
        yield from reading.analyses(self._facts)


def _one(make: Callable[..., Page], *arguments: object) -> Iterator[Page]:
    yield make(*arguments)


def _csv_files(facts: Facts, which: due.DueList) -> Iterator[File]:
    listed = due.listed(facts, which)
    yield which.csv, _csv(facts, listed)
    for part, grouping in due.GROUPINGS.items():
        for group in grouping(facts, listed):
            if name := due.csv_of(which, part, group):
                yield name, _csv(facts, group.obligations)


def _csv(facts: Facts, obligations: Iterable[Obligation]) -> bytes:
    return csv_text(duties.CSV_HEADINGS, duties.csv_rows(facts, [*obligations])).encode()
