"""All clients as pages about many show them: every face at hand, each summary fetched when it is looked up.

Both come from the store where nothing has changed that they show, else from the client's records.
"""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from generator import workers
from generator.judging.dossier import packed
from generator.judging.ground import digest
from generator.obligations.kinds import ObligationKind
from generator.site.facts import Facts
from generator.site.owed import AT_HAND
from generator.site.search.letters import Letters, Readings
from generator.site.summary import Face, Line, Lines, Summary
from generator.site.views.summaries import summarise

_FACE, _SUMMARY, _LINES = "face", "summary", "lines"
"""The store's names for what is kept of a client."""


class _Packed(NamedTuple):
    """What was gathered of a client, packed for the store and for the way from one process to another."""

    client: str
    face: bytes
    summary: bytes
    lines: bytes


class Gallery(Mapping[str, Summary]):
    """The summaries of a Result's clients; making it fills the faces of its Facts."""

    def __init__(self, facts: Facts, before: "Gallery | None" = None) -> None:
        """`before` is the gallery of an earlier Result, of which faces that still hold are taken over."""
        self._facts = facts
        self._judging = facts.result.judging
        self._forge_key = digest(facts.forge, sorted(facts.published.words))
        self._own: dict[str, dict[str, bytes]] = {}
        """Summaries and lines that no store keeps, packed."""
        self._present: tuple[str, Summary] | None = None
        """The client that is gathered just now."""
        self._fetched = lru_cache(maxsize=AT_HAND)(self._fetch)
        self._keys = {id_: self._key(id_) for id_ in facts.result.world.briefs}
        self._lines = lru_cache(maxsize=1)(self._fetch_lines)
        # A list asks for each line of a client and a kind: they are unpacked once for all of these.
        facts.summaries, facts.lines = self, lru_cache(maxsize=1)(self.lines)
        self.readings = Readings(self._judging.store)
        known = {id_: face for id_ in self._keys if (face := self._known(id_, before))}
        known |= self._gather([id_ for id_ in self._keys if id_ not in known])
        facts.faces.update((id_, known[id_]) for id_ in self._keys)

    def _gather(self, clients: Sequence[str]) -> dict[str, Face]:
        """The faces of clients, from their records; in two processes where that helps."""
        briefs = self._facts.result.world.briefs
        read = self.readings.of(briefs[id_].name for id_ in clients)
        store, found = self._judging.store, {}
        work = partial(self._gathered, read)
        for made in workers.shared(clients, work, store.apart if store else None):
            self._keep(made)
            found[made.client] = _face(made.face)
        return found

    def let_go(self) -> None:
        """Forget the summaries at hand: each is fetched again where somebody asks."""
        self._fetched.cache_clear()

    def key(self, client: str) -> str:
        """Stands for all that a client's pages show; empty where it cannot be told."""
        return self._keys[client]

    def _key(self, client: str) -> str:
        key = self._judging.page_key(client)
        return digest(key, self._facts.client_findings.get(client), self._forge_key) if key else ""

    def _known(self, client: str, before: "Gallery | None") -> Face | None:
        """A face that still holds: of the gallery before, or from the store."""
        store, key = self._judging.store, self._keys[client]
        if before and key and before._keys.get(client) == key:
            if client in before._own:
                self._own[client] = before._own[client]
            return before._facts.faces[client]
        data = store.get(_FACE, client, key) if store and key else None
        return None if data is None else _face(data)

    def _gathered(self, read: Mapping[str, Letters], client: str) -> _Packed:
        """From the records."""

        def note(summary: Summary) -> None:
            self._present = client, summary

        one = self._facts.result.world.clients[client]
        face, lines = summarise(self._facts, one, note)
        assert self._present is not None
        summary = self._present[1]
        self._present = None
        letters = read[self._facts.result.world.briefs[client].name]
        return _Packed(client, packed(face._replace(letters=letters)), packed(summary), packed(lines))

    def _keep(self, made: _Packed) -> None:
        """In the store, or here what cannot be there; a face is at hand anyway."""
        store, key = self._judging.store, self._keys[made.client]
        if store and store.is_writable and key:
            store.put(_FACE, made.client, key, made.face)
            store.put(_SUMMARY, made.client, key, made.summary)
            store.put(_LINES, made.client, key, made.lines)
        else:
            self._own[made.client] = {_SUMMARY: made.summary, _LINES: made.lines}

    def _gathered_again(self, client: str) -> _Packed:
        """What the store had and has no longer."""
        made = self._gathered(self.readings.of([self._facts.result.world.briefs[client].name]), client)
        self._keep(made)
        return made

    def _fetch(self, client: str) -> Summary:
        data = self._kept(client, _SUMMARY) or self._gathered_again(client).summary
        found: Summary = pickle.loads(data)
        return found

    def _fetch_lines(self, client: str) -> Lines:
        data = self._kept(client, _LINES) or self._gathered_again(client).lines
        found: Lines = pickle.loads(data)
        return found

    def _kept(self, client: str, name: str) -> bytes | None:
        if client in self._own:
            return self._own[client][name]
        store, key = self._judging.store, self._keys[client]
        return store.get(name, client, key) if store and key else None

    def lines(self, client: str, kind: ObligationKind) -> tuple[Line, ...]:
        """A client's obligations of a kind that are still to be done, as lists show them."""
        data = self._lines(client).get(kind.value)
        found: tuple[Line, ...] = pickle.loads(data) if data else ()
        return found

    def __getitem__(self, client: str) -> Summary:
        if self._present and self._present[0] == client:
            return self._present[1]
        if client not in self._keys:
            raise KeyError(client)
        return self._fetched(client)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def _face(data: bytes) -> Face:
    found: Face = pickle.loads(data)
    return found
