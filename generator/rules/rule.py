"""What a rule is, what it is given, and what it says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from generator.findings import Path, Severity
from generator.model.periods import Kind
from generator.model.record import Record, overlaps
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Obligation
from generator.standing.clients import Client
from generator.standing.world import World

AnyRecord = Record[Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule says of a record: where, and in Chinese what, instead of what, and how to mend it."""

    path: Path
    message: str
    severity: Severity | None = None
    """Where it differs from the rule's own."""
    client: str | None = None
    """The client of the entry, for records that are of no one client."""
    whole: bool = False
    """At the key, for a list as a whole."""
    also: tuple[Path, ...] = ()
    """Other fields whose findings of form silence it."""
    anywhere: bool = False
    """At line 1: the file as such, not something typed in it."""


@dataclass(slots=True)
class Attachments:
    """The attachments of all clients: the files there are, and what is wrong with those named."""

    files: Mapping[str, list[str]]
    problems: Mapping[tuple[str, str], tuple[str, str]]


@dataclass
class Context:
    """All that a rule may ask; it changes nothing of it, nor of the records, which are judged again."""

    world: World
    obligations: list[Obligation]
    attachments: Attachments
    all_years: bool
    hits: dict[str, set[str]] = field(default_factory=dict)
    """For each record the codes that were raised in it, for the rule about waivers (W103)."""
    spoiled: dict[str, set[Path]] = field(default_factory=dict)
    """For each record the fields that a rule of form found wrong: no other rule is raised on them."""
    on_team: dict[str, set[str]] = field(default_factory=dict)
    """Everybody on a team, by the path of its team.yml: nearly every rule about its work asks."""
    named: dict[str, Sequence[Any]] = field(default_factory=dict)
    """Whom each record names, by its path (references.py): several rules ask."""

    @property
    def as_of(self) -> date:
        """The day the state is asked for."""
        return self.world.as_of

    def is_spoiled(self, record: AnyRecord, path: Path) -> bool:
        """Whether the field, something in it or what holds it already has an F, S, R001, R002 or R003."""
        return record.is_spoiled(path) or overlaps(path, self.spoiled.get(record.path, ()))

    def client_of(self, record: AnyRecord) -> Client | None:
        """The client in whose folder the record lies."""
        return self.world.clients.get(record.place.client or "")

    def is_open(self, record: AnyRecord) -> bool:
        """Whether policy rules are raised: the period is of this year, the last or a later one."""
        year = record.place.year
        return self.all_years or year is None or year >= self.as_of.year - 1

    @cached_property
    def by_client(self) -> dict[tuple[str, ObligationKind], list[Obligation]]:
        """The listed obligations of each client and kind."""
        found: dict[tuple[str, ObligationKind], list[Obligation]] = {}
        for one in self.obligations:
            if one.client is not None:
                found.setdefault((one.client, one.kind), []).append(one)
        return found

    @cached_property
    def nominated(self) -> dict[int, set[str]]:
        """The clients that some division nominated for each year, by the as-of day."""
        found: dict[int, set[str]] = {}
        for (year, _), record in self.world.nominations.items():
            for entry in record.data.nominees or ():
                if entry.client and (entry.added_on is None or entry.added_on <= self.as_of):
                    found.setdefault(year, set()).add(entry.client)
        return found

    @cached_property
    def unreadable(self) -> set[str]:
        """The paths of the records that cannot be read at all."""
        return {record.path for record in self.world.records if not record.is_readable}

    def is_unread(self, kind: Kind, year: int) -> bool:
        """Whether a record of a kind and year cannot be read: what looks into them all is not known."""
        return (kind, year) in self.world.unread

    def decided(self, year: int) -> set[str]:
        """The clients that some decision of a year names."""
        return {client for one in self.world.ratings.decisions(year) for client in one.named}


Check = Callable[[Context, AnyRecord], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue; `check` is None for what the reading itself finds."""

    code: str
    severity: Severity
    clause: str | None
    title: str
    kinds: tuple[Kind, ...] = ()
    check: Check | None = None
    later_too: bool = False
    """Also raised on records dated after the as-of day."""

    @property
    def is_policy(self) -> bool:
        """Whether it is a rule of the policy: raised for open periods, and switched by 规则级别."""
        return self.code[0] in "GTPAQVYKDW"

    @property
    def is_waivable(self) -> bool:
        """Whether a waiver can take its findings out (records.md, "Waivers")."""
        return self.code[0] in "GTPAQVYKD"
