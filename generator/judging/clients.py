"""All clients judged: from the store where nothing changed that a verdict was made from, else anew."""

import pickle
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

from generator import workers
from generator.judging.dossier import Said, judge_client, packed, read_client
from generator.judging.ground import Ground, digest
from generator.judging.store import Row, Store
from generator.obligations.obligation import Obligation
from generator.reading.contents import Contents, unchanged_since
from generator.reading.load import Loaded
from generator.standing.brief import Brief
from generator.standing.world import World

Progress = Callable[[int, int], None]
"""Told how many of how many clients are judged."""
RECORDS = "records"
"""The store's name for records as they were read."""


class Made(NamedTuple):
    """A client that was judged just now, as it comes from one process to another."""

    row: Row
    said: Said
    records: bytes | None
    """Its records, where they are to be kept."""
    may_keep: bool
    """Whether the verdict may be kept: its files are those that the keys stand for, and no rule crashed."""


Same = Mapping[tuple[str, str], tuple[str, ...]]


@dataclass
class Judging:
    """The judging of all clients of a company."""

    ground: Ground
    store: Store | None = None
    contents: Contents | None = None
    """The keys of the files; there where there is a store."""
    keep_records: bool = False
    """Whether the records that are read are kept, too: who makes pages needs them again."""
    keep_owed: bool = True
    """Whether what is owed is kept, in the store or here; else who asks has it derived again."""
    said: dict[str, Said] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    same: Same = field(default_factory=dict)
    stored_company: Row | None = None
    """The company's own verdict, as the store has it."""
    processes: int = 2
    """How many may judge at once, at most."""
    is_apart: bool = False
    """Whether this is the copy of another process."""
    holds: bool = False
    """Whether what is said already still holds, and no verdict is taken from the store."""

    def run(self, progress: Progress | None = None) -> None:
        """Judge every client; then once more those of whom another says the same."""
        if not self.holds:
            self._take_stored()
        missing = [id_ for id_ in self.ground.clients if id_ not in self.said]
        self._judge(missing, self.ground.world, progress)
        self.same = _same(one.brief for one in self.said.values() if one.brief)
        others = {id_ for ids in self.same.values() for id_ in ids}
        doubtful = others | {id_ for id_, row in self.rows.items() if row.same}
        again = [id_ for id_ in sorted(doubtful) if self.rows[id_].same != self._same_of(id_)]
        if again:
            self._judge(again, self.company(), None)
        if self.store:
            self.store.forget(self._gone)

    def renewed(
        self, folders: Sequence[str], contents: Contents | None, changed: Collection[str]
    ) -> "Judging":
        """The judging after some clients have changed and nothing else has, ready to run."""
        held = [id_ for id_ in folders if id_ in self.said and id_ not in changed]
        return Judging(
            replace(self.ground, clients=folders),
            self.store,
            contents,
            self.keep_records,
            self.keep_owed,
            {id_: self.said[id_] for id_ in held},
            {id_: self.rows[id_] for id_ in held},
            stored_company=self.stored_company,
            processes=self.processes,
            holds=True,
        )

    def company(self) -> World:
        """The company's standing, with all clients in brief."""
        briefs = {id_: one.brief for id_ in self.ground.clients if (one := self.said[id_]).brief}
        return replace(self.ground.world, briefs=briefs, same=self.same)

    def owed(self, id_: str) -> tuple[Obligation, ...]:
        """What is owed to a client."""
        row = self.rows[id_]
        data = row.owed or (self.store.owed(id_, row.key) if self.store else None)
        if data is None:
            # Not kept, or the store was taken away meanwhile.
            return judge_client(self.ground, self.company(), id_, self.loaded(id_)).obligations
        found: tuple[Obligation, ...] = pickle.loads(data)
        return found

    def loaded(self, id_: str) -> Loaded:
        """A client's records, from the store where they are as they were. Raises OSError."""
        loaded, sure, fresh = self._read(id_)
        if self.store and self.keep_records and sure and fresh:
            self.store.put(RECORDS, id_, self._files(id_), packed(loaded))
        return loaded

    def _read(self, id_: str) -> tuple[Loaded, bool, bool]:
        """A client's records, whether they are those that the keys stand for, and that no store had them."""
        key = self._files(id_)
        data = self.store.get(RECORDS, id_, key) if self.store and not self.is_apart else None
        if data is not None:
            stored: Loaded = pickle.loads(data)
            return stored, True, False
        loaded = read_client(self.ground.root, id_)
        return loaded, self._is_still(id_) and not loaded.awaits_files, True

    def page_key(self, id_: str) -> str:
        """Stands for all that can show on a client's pages, but how they are made; empty without a store."""
        row = self.rows[id_]
        return f"{row.quick} {row.same}" if self.store and not row.owed else ""

    def company_key(self) -> str:
        """Stands for all that the company's own verdict is made from."""
        briefs = blake2b(digest_size=16)
        for id_ in self.ground.clients:
            briefs.update(self.rows[id_].brief)
        ground, own = self.ground, self.contents.company if self.contents else ""
        return digest(own, ground.key, ground.world.as_of, ground.world.today, briefs.hexdigest())

    _gone: tuple[str, ...] = ()

    def _take_stored(self) -> None:
        """Take over the verdicts that hold."""
        if self.store is None:
            return
        stored = {row.client: row for row in self.store.verdicts()}
        self.stored_company = stored.get("")
        self._gone = tuple(set(stored) - set(self.ground.clients) - {""})
        for id_ in self.ground.clients:
            row = stored.get(id_)
            if row is not None and (fresh := self._held(row)) is not None:
                self.rows[id_] = fresh._replace(watch=b"", said=b"")
                findings, records, later = pickle.loads(fresh.said)
                self.said[id_] = Said(pickle.loads(fresh.brief), findings, records, later)

    def _held(self, row: Row) -> Row | None:
        """A stored verdict, where it still holds."""
        quick = self._quick(row.client)
        if row.quick == quick:
            return row
        if row.key != self._key(row.client, pickle.loads(row.watch)):
            return None
        fresh = row._replace(quick=quick)
        if self.store:
            self.store.touch(fresh)
        return fresh

    def _judge(self, ids: list[str], company: World, progress: Progress | None) -> None:
        # Reckoned before the fork, so that it is done once.
        _ = (self.ground.key, self.ground.rating_key("")) if self.store else ()
        judged = workers.shared(ids, partial(self._made, company), self._apart, most=self.processes)
        for number, made in enumerate(judged, start=1):
            self._take_in(made)
            if progress:
                progress(number, len(ids))

    def _apart(self) -> None:
        """In another process: without the store, in which this one may be writing."""
        self.is_apart = True

    def _made(self, company: World, id_: str) -> "Made":
        """A client's verdict, and its records where they are to be kept."""
        loaded, sure, fresh = self._read(id_)
        judged = judge_client(self.ground, company, id_, loaded, watched=self.store is not None)
        said = judged.said
        same = _same_of(company.same, said.brief)
        owed = packed(judged.obligations) if self.keep_owed else b""
        if judged.watch is None:
            row = Row(id_, "", "", same, b"", b"", b"", owed)
        else:
            brief, rest = packed(said.brief), packed((said.findings, said.records, said.later))
            # After all else is packed: that asks a day that is watched for what it is.
            watch = tuple(judged.watch.keys())
            row = Row(id_, self._key(id_, watch), self._quick(id_), same, packed(watch), brief, rest, owed)
        crashed = any(finding.code == "X001" for finding in said.findings)
        records = packed(loaded) if fresh and sure and self.store and self.keep_records else None
        return Made(row, said, records, sure and not crashed)

    def _take_in(self, made: "Made") -> None:
        """Keep a verdict, here and in the store."""
        row, id_ = made.row, made.row.client
        self.said[id_] = made.said
        if self.store and made.records is not None:
            self.store.put(RECORDS, id_, self._files(id_), made.records)
        if self.store and made.may_keep:
            self.store.keep([row])
            # From here on what it says is at hand, and what was looked up is in the store.
            row = row._replace(owed=b"", watch=b"", said=b"") if self.store.is_writable else row
        self.rows[id_] = row

    def _files(self, id_: str) -> str:
        return self.contents.clients.get(id_, "") if self.contents else ""

    def _is_still(self, id_: str) -> bool:
        """Whether a client's files are still those that the keys stand for."""
        return self.contents is not None and unchanged_since(
            self.ground.root / "clients" / id_, self.contents.taken
        )

    def _key(self, id_: str, watch: Iterable[tuple[str, ...]]) -> str:
        ground = self.ground
        return digest(self._files(id_), ground.key, ground.rating_key(id_), ground.known(tuple(watch)))

    def _quick(self, id_: str) -> str:
        world, company = self.ground.world, self.contents.company if self.contents else ""
        return f"{self._files(id_)} {company} {world.as_of} {world.today} {self.ground.all_years}"

    def _same_of(self, id_: str) -> str:
        return _same_of(self.same, self.said[id_].brief)


def _named(brief: Brief | None) -> Iterator[tuple[str, str]]:
    if brief is not None:
        for key, text in (("客户名称", brief.typed_name), ("统一社会信用代码", brief.credit_code)):
            if text:
                yield key, text


def _same(briefs: Iterable[Brief]) -> Same:
    """For each name and credit code that several archives give, their clients, in order."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for brief in sorted(briefs, key=lambda one: one.id):
        for named in _named(brief):
            found[named] = (*found.get(named, ()), brief.id)
    return {named: ids for named, ids in found.items() if len(ids) > 1}


def _same_of(same: Same, brief: Brief | None) -> str:
    """The clients that a client's verdict names beside itself, as a text."""
    return "; ".join(
        f"{key} {' '.join(same[key, text])}" for key, text in _named(brief) if (key, text) in same
    )
