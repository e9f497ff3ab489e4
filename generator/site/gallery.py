"""All clients as pages about many show them: every face at hand, each summary fetched when it is looked up.

Both come from the store where nothing has changed that they show, else from the client's records.
"""

import pickle
from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.judging.dossier import packed
from generator.judging.ground import digest
from generator.obligations.kinds import ObligationKind
from generator.site.facts import Facts
from generator.site.owed import AT_HAND
from generator.site.search.letters import Letters, Readings
from generator.site.summary import Face, Line, Lines, Summary
from generator.site.views.summaries import summarise

_SUMMARY, _LINES = _KEPT = "summary", "lines"
"""The store's names for what is kept of a client beside its face."""


class Gallery(Mapping[str, Summary]):
    """The summaries of a Result's clients; making it fills the faces of its Facts."""

    def __init__(self, facts: Facts, before: "Gallery | None" = None) -> None:
        """`before` is the gallery of an earlier Result, of which faces that still hold are taken over."""
        self._facts = facts
        self._judging = facts.result.judging
        self._forge_key = digest(facts.forge, sorted(facts.published.words))
        self._own: dict[str, tuple[bytes, bytes]] = {}
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
        briefs = facts.result.world.briefs
        read = self.readings.of(briefs[id_].name for id_ in self._keys if id_ not in known)
        for id_ in self._keys:
            facts.faces[id_] = known.get(id_) or self._face(id_, read[briefs[id_].name])

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
        data = store.get("face", client, key) if store and key else None
        found: Face | None = pickle.loads(data) if data is not None else None
        return found

    def _face(self, client: str, letters: Letters) -> Face:
        """A face that is made anew; kept in the store, where there is one."""
        store, key = self._judging.store, self._keys[client]
        face = self._gathered(client)[0]._replace(letters=letters)
        if store and store.is_writable and key:
            store.put("face", client, key, packed(face))
        return face

    def _gathered(self, client: str) -> tuple[Face, Summary, Lines]:
        """From the records; all but the face is kept in the store, or here."""

        def note(summary: Summary) -> None:
            self._present = client, summary

        face, lines = summarise(self._facts, self._facts.result.world.clients[client], note)
        assert self._present is not None
        summary = self._present[1]
        self._present = None
        store, key, data = self._judging.store, self._keys[client], (packed(summary), packed(lines))
        if store and store.is_writable and key:
            for name, one in zip(_KEPT, data, strict=True):
                store.put(name, client, key, one)
        else:
            self._own[client] = data
        return face, summary, lines

    def _fetch(self, client: str) -> Summary:
        data = self._kept(client, _SUMMARY)
        if data is None:
            return self._gathered(client)[1]
        found: Summary = pickle.loads(data)
        return found

    def _fetch_lines(self, client: str) -> Lines:
        data = self._kept(client, _LINES)
        if data is None:
            return self._gathered(client)[2]
        found: Lines = pickle.loads(data)
        return found

    def _kept(self, client: str, name: str) -> bytes | None:
        if client in self._own:
            return self._own[client][_KEPT.index(name)]
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
