"""Small helpers with which views fill tables and lists."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from generator.obligations.kinds import Status
from generator.site.values import Badge, Cell, Fact, Link, Source

_KEPT = 20_000
"""How many texts and days are kept as cells: the same ones stand on many pages."""


def text(value: str | None, sort: str | None = None, note: str = "") -> Cell:
    """A plain text; nothing typed shows as a dash."""
    return _text(value or "—", sort, note)


@lru_cache(maxsize=_KEPT)
def _text(value: str, sort: str | None, note: str) -> Cell:
    return Cell((Link(value),), note=note, sort=sort)


def link(value: Link, note: str = "", sort: str | None = None) -> Cell:
    """One name or title with its page."""
    return Cell((value,), note=note, sort=sort)


def links(values: Iterable[Link], empty: str = "—") -> Cell:
    """Several names with their pages."""
    return Cell(tuple(values) or (Link(empty),))


def day(value: date | None, url: str | None = None, note: str = "") -> Cell:
    """A day as staff type it."""
    return _day(value, url, note)


@lru_cache(maxsize=_KEPT)
def _day(value: date | None, url: str | None, note: str) -> Cell:
    shown = value.isoformat() if value else "—"
    return Cell((Link(shown, url),), note=note, sort=shown if value else "9999")


def number(value: int | Decimal | None, url: str | None = None, unit: str = "") -> Cell:
    """A number with thousands set apart; zero leads nowhere."""
    if value is None:
        return Cell((Link("—"),), sort="-1")
    shown = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return Cell((Link(shown + unit, url if value else None),), sort=str(value))


_STATES = {status: Badge(status.value, status.label) for status in Status}


def state(status: Status) -> Badge:
    """The state of an obligation."""
    return _STATES[status]


def badge(kind: str, label: str, note: str = "", sort: str | None = None) -> Cell:
    """A state alone."""
    return Cell(badge=Badge(kind, label), note=note, sort=sort)


def source(value: Source | None) -> Cell:
    """A file's path."""
    return Cell(source=value) if value else Cell((Link("—"),))


def fact(label: str, value: Cell | str | None) -> Fact:
    """A line of a list."""
    return Fact(label, value if isinstance(value, Cell) else text(value))
