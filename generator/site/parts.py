"""The parts of a site: pages and files that are made together, with a key that stands for all they show.

A part whose key is as it was at the last build is the same, byte for byte, and is not made again. A new page
belongs to a part here: to one of its own with the page itself as the key (`_ready`), or, where making it is
dear, to one whose key is put together from what the faces of the clients say is shown of them there.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from hashlib import blake2b
from itertools import chain

from generator.findings import Finding
from generator.judging.ground import digest
from generator.model.organization import KEY_ACCOUNTS
from generator.obligations.kinds import ObligationKind
from generator.rules.catalogue import RULES
from generator.site import addresses, attached, search
from generator.site.facts import Facts
from generator.site.gallery import Gallery
from generator.site.values import Page
from generator.site.views import (
    client,
    clients,
    due,
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


@dataclass
class Part:
    """Some pages and files."""

    name: str
    """The address of its first page, or its file."""
    _key: Callable[[], str]
    pages: Callable[[], Iterable[Page]]
    """Made when asked for, one after the other; long ones are not yet cut."""
    files: Callable[[], Iterable[File]] = _none
    root: str = ""
    """The folder in which nothing else lies, where there is one."""

    @cached_property
    def key(self) -> str:
        """Stands for all that is shown; empty where it cannot be told, and nothing may be kept."""
        return self._key()

    def has(self, path: str) -> bool:
        """Whether a path can be one of its: its page, a later page of that, or in its folder."""
        if self.root:
            return path.startswith(self.root)
        return path == self.name or path.removeprefix(self.name).startswith(("index.html", "_"))


class Parts:
    """All parts of the site of a Result, but for the search and the theme."""

    def __init__(self, facts: Facts, gallery: Gallery, base: str) -> None:
        """`base` stands for the theme, the templates, the days and the company's own records."""
        self._facts, self._gallery = facts, gallery
        own = digest([*map(repr, facts.result.own)], facts.own_drafts)
        self._base = digest(base, own) if base else ""

    @cached_property
    def _shown(self) -> dict[str, str]:
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

    def _of(self, place: str, *more: object) -> Callable[[], str]:
        return lambda: self._key(place, self._shown.get(place), *more)

    def general(self) -> Iterator[Part]:
        """Those about all clients and people together, and about the policy."""
        facts = self._facts
        yield self._ready("", lambda: overview.page(facts))
        yield Part(addresses.RECENT, self._of("recent"), lambda: [overview.recent_page(facts)])
        groups = [(id_, face.group) for id_, face in facts.faces.items()]
        yield Part(addresses.CLIENTS, self._of("list", groups), lambda: [clients.page(facts)])
        for which in (due.OVERDUE, due.SOON):
            yield self._due(which)
        yield self._names()
        yield self._ready(addresses.PEOPLE, lambda: people.index(facts))
        for person in facts.result.world.company.people:
            url = addresses.person(person)
            key = self._of(f"person {person}", person)
            yield Part(url, key, partial(_one, people.page, facts, person), root=url)
        yield from self._units()
        yield self._ready(addresses.FINDINGS, lambda: findings.page(facts))
        for page in chain(reading.analyses(facts), ratings.pages(facts), policy.general(facts)):
            yield self._ready(page.url, partial(_same, page))
        yield from self._policy()

    def _ready(self, url: str, make: Callable[[], Page]) -> Part:
        """A page that is quickly made: its key is it itself."""
        page = cache(make)
        return Part(url, lambda: self._key(repr(page())), lambda: [page()])

    def _due(self, which: due.DueList) -> Part:
        facts = self._facts
        return Part(
            which.url,
            self._of(which.status.value),
            lambda: due.pages(facts, which),
            lambda: due.files(facts, which),
            which.url,
        )

    def _units(self) -> Iterator[Part]:
        facts = self._facts
        shares = units.Shares(facts)
        yield self._ready(addresses.UNITS, lambda: units.index(facts, shares))
        for unit in facts.result.world.company.units.values():
            url = addresses.unit(unit.id)
            page = partial(_one, units.page, facts, shares, unit)
            yield Part(url, partial(self._unit_key, shares, unit), page, root=url)

    def _unit_key(self, shares: units.Shares, unit: UnitFacts) -> str:
        facts = self._facts
        staff = [facts.owed.people.get(person) for person in units.staff(facts, unit.id)]
        shown = [
            [facts.faces[id_].shown.get(place) for place in ("list", "overdue", "due-soon")]
            for id_ in shares.clients[unit.id]
        ]
        handed = self._shown.get("handed") if unit.id == KEY_ACCOUNTS else None
        return self._key("unit", unit.id, staff, shown, handed)

    def _policy(self) -> Iterator[Part]:
        facts = self._facts
        found: dict[str, list[Finding]] = {}
        for finding in facts.result.findings:
            found.setdefault(finding.code, []).append(finding)
        for rule in RULES:
            mine = found.get(rule.code, [])
            key = partial(self._rule_key, rule.code, mine)
            yield Part(addresses.rule(rule.code), key, partial(_one, policy.rule_page_of, facts, rule))
        for kind in ObligationKind:
            url = addresses.duty(kind.value)
            of_kind = self._of(f"kind {kind.value}", kind.value)
            yield Part(url, of_kind, partial(_one, policy.kind_page_of, facts, kind), root=url)

    def _rule_key(self, code: str, mine: Iterable[Finding]) -> str:
        return self._key("rule", code, *(findings.mark(self._facts, finding) for finding in mine))

    def _names(self) -> Part:
        facts = self._facts
        return Part(
            search.NAMES,
            self._names_key,
            list,
            lambda: [(search.NAMES, search.names(search.entries(facts, self._gallery.readings)))],
        )

    def _names_key(self) -> str:
        briefs = self._facts.result.world.briefs
        return self._key(
            "names", [(id_, briefs[id_].name, face.note) for id_, face in self._facts.faces.items()]
        )

    def client(self, id_: str) -> Part:
        """The pages of a client and of its records."""
        key, url = self._gallery.key(id_), addresses.client(id_)
        made = partial(self._client_pages, id_), partial(self._attachments, id_)
        return Part(url, lambda: self._key(key) if key else "", *made, root=url)

    def _client_pages(self, id_: str) -> Iterator[Page]:
        one = self._facts.result.world.clients[id_]
        yield from client.pages(self._facts, one)
        yield from reading.of_client(self._facts, one)

    def _attachments(self, id_: str) -> Iterator[File]:
        return attached.files(self._facts, self._facts.result.world.clients[id_])

    def found_by_text(self) -> Iterator[Page]:
        """Pages about no client whose text is searched, or what is searched of them."""
        for person in self._facts.result.world.company.people:
            yield people.card(self._facts, person)
        yield from reading.analyses(self._facts)


def _same(page: Page) -> Page:
    return page


def _one(make: Callable[..., Page], *arguments: object) -> Iterator[Page]:
    yield make(*arguments)
