"""A client in a few flat values: all that pages about many clients show of it."""

from dataclasses import dataclass, field
from datetime import date

from generator.obligations.obligation import Obligation
from generator.site.values import Badge, Cell, Link, Row

Asked = tuple[str, str, int | None]
"""Which obligation of a client: its kind, period and number."""


def asked(one: Obligation) -> Asked:
    """Which of its client's obligations it is."""
    return one.kind.value, one.period, one.number


@dataclass(frozen=True, slots=True)
class Detail:
    """The words, and the record's path and line that they come from."""

    text: str
    record: str | None = None
    line: int | None = None


@dataclass(slots=True)
class Doings:
    """What a person has to do with, as the records of the as-of day's year say."""

    manages: list[str] = field(default_factory=list)
    """Clients."""
    teams: list[tuple[str, str, str]] = field(default_factory=list)
    """Client, role and days."""
    visits: list[tuple[date, str, Row]] = field(default_factory=list)
    """Day, path and line of each visit."""
    papers: list[tuple[str, Link, str]] = field(default_factory=list)
    """Reports and plans written: day, title and page, client's id."""


@dataclass(slots=True)
class Summary:
    """A client in flat values, made once when its records are at hand."""

    pages: dict[str, str | None]
    """For each of its files the page on which it is read; None where it is not there or unreadable."""
    details: dict[Asked, Detail] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    """The ready texts of records that are missing, where the forge's addresses can carry them."""
    group: str = ""
    """The group under which it is listed."""
    badge: Badge = field(default_factory=lambda: Badge("", ""))
    managers: Cell = field(default_factory=Cell)
    row: Row = ()
    """Its line in the list of all clients."""
    doings: dict[str, Doings] = field(default_factory=dict)
    """By person."""
    visits: list[tuple[date, str, Row]] = field(default_factory=list)
    """The visits of the last days: day, path and line."""
    papers: list[tuple[date, str, Row]] = field(default_factory=list)
    """The papers of the last days."""
    events: list[tuple[date, str, str]] = field(default_factory=list)
    """The events of the last days: day, client, what."""
    filing: Row | None = None
    """Its line in Key Accounts' list of filings, and in those of copies and of progress."""
    copies: list[tuple[str, Row]] = field(default_factory=list)
    progress: Row | None = None
    search_note: str = ""
