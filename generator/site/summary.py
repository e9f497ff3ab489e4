"""A client in a few flat values: all that pages about many clients show of it.

The face is small and at hand for every client; the rest is fetched from the store by who needs it.
"""

import pickle
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from generator.obligations.obligation import Obligation
from generator.site.values import Badge, Cell, Link, Row

Asked = tuple[str, str, int | None]
"""Which obligation of a client: its kind, period and number."""


def asked(one: Obligation) -> Asked:
    """Which of its client's obligations it is."""
    return one.kind.value, one.period, one.number


class Detail(NamedTuple):
    """The words, and the record's path and line that they come from."""

    text: str
    record: str | None = None
    line: int | None = None


class Line(NamedTuple):
    """What a list says of an obligation, looked up in its client's records; who shows it puts in the names
    and the forge's addresses.
    """

    owed: Obligation
    about: Detail
    path: str
    """The file that fulfils it or would; empty where nothing is said of one."""
    there: bool
    """Whether that is there,"""
    draft: str
    """and its ready text where it is not."""
    page: str | None
    """Where the record is read,"""
    plan: str | None
    """and the visit plan that asks for a visit."""


class Doings(NamedTuple):
    """What a person has to do with, as the records of the as-of day's year say."""

    manages: list[str]
    """Clients."""
    teams: list[tuple[str, str, str]]
    """Client, role and days."""
    visits: list[tuple[date, str, Row]]
    """Day, path and line of each visit."""
    papers: list[tuple[str, Link, str]]
    """Reports and plans written: day, title and page, client's id."""


def no_doings() -> Doings:
    """Nothing yet."""
    return Doings([], [], [], [])


@dataclass(slots=True)
class Summary:
    """What lists and pages of people look up of a client; made once when its records are at hand."""

    pages: dict[str, str | None]
    """For each of its files the page on which it is read; None where it is not there or unreadable."""
    details: dict[Asked, Detail] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    """The ready texts of records that are missing, where the forge's addresses can carry them."""
    doings: dict[str, Doings] = field(default_factory=dict)
    """By person."""

    def __reduce__(self) -> tuple[object, ...]:
        """Quicker to keep and to fetch than as a dataclass."""
        return Summary, (self.pages, self.details, self.drafts, self.doings)


Lines = dict[str, bytes]
"""By kind, a client's obligations that are still to be done, as lists show them: packed."""


class Listed(NamedTuple):
    """A client in the lists of clients."""

    badge: Badge
    managers: Cell
    row: Row
    """Its line in the list of all clients."""


class Recent(NamedTuple):
    """What happened at a client in the last days."""

    visits: list[tuple[date, str, Row]]
    """Day, path and line."""
    papers: list[tuple[date, str, Row]]
    events: list[tuple[date, str, str]]
    """Day, client, what."""


class Handed(NamedTuple):
    """What Key Accounts received of a client: its lines in the lists of filings, copies and progress."""

    filing: Row | None
    copies: list[tuple[str, Row]]
    progress: Row | None


class Counts(NamedTuple):
    """How many obligations a person has; done ones of the as-of day's year alone."""

    overdue: int = 0
    soon: int = 0
    open: int = 0
    done: int = 0
    manages: int = 0
    """How many clients, as account manager."""

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(*map(sum, zip(self, other, strict=True)))


class Face(NamedTuple):
    """What is at hand of every client: counts, what stands for what is shown where, and three packed lots."""

    group: str
    """The group under which it is listed."""
    note: str
    """What the search says beside its name."""
    letters: tuple[str, ...]
    """How the characters of its name are read."""
    counts: dict[tuple[str, str], int]
    """How many obligations there are by kind and status."""
    people: dict[str, Counts]
    """Everybody who has to do with it."""
    shown: dict[str, str]
    """For each place where it is shown a text that stands for all that is shown there of it."""
    owing: bytes
    """Its obligations that are overdue or due soon, packed."""
    listed: bytes
    recent: bytes
    handed: bytes

    def count(self, status: str) -> int:
        """How many of its obligations have a status."""
        return sum(count for (_, of_status), count in self.counts.items() if of_status == status)

    def as_listed(self) -> Listed:
        """Its lines in the lists of clients."""
        found: Listed = pickle.loads(self.listed)
        return found

    def pressing(self) -> tuple[Obligation, ...]:
        """Its obligations that are overdue or due soon."""
        found: tuple[Obligation, ...] = pickle.loads(self.owing)
        return found

    def lately(self) -> Recent:
        """What happened at it in the last days."""
        found: Recent = pickle.loads(self.recent)
        return found

    def as_handed(self) -> Handed:
        """What Key Accounts received of it."""
        found: Handed = pickle.loads(self.handed)
        return found
