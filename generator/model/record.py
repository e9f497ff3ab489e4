"""A record as read: its place, its values, where each stands, and which of them are spoiled."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from generator.findings import Path
from generator.model.periods import Kind, Place

M = TypeVar("M")
T = TypeVar("T")

Mark = tuple[int, int]
Locate = Callable[[Path, bool], Mark]
"""Turns a path of a record (and whether its key is meant) into a line and column."""


class Section(NamedTuple):
    """A level-2 heading of a body, with its text as typed."""

    title: str
    line: int
    text: str


@dataclass(slots=True)
class Record(Generic[M]):
    """One file with a place in the tree."""

    place: Place
    content: M | None
    """None where the file cannot be read at all; whoever knows better asks for `data`."""
    locate: Locate
    sections: tuple[Section, ...] = ()
    spoiled: frozenset[Path] = frozenset()
    """Fields of which reading found that they are wrong."""
    _own: date | bool | None = field(default=False, init=False, repr=False, compare=False)
    """Its own date once somebody has asked: nearly every rule does."""

    @property
    def is_readable(self) -> bool:
        """Whether anything of the record can be read."""
        return self.content is not None

    @property
    def data(self) -> M:
        """Its values; raises ValueError where it cannot be read. What is there can always be."""
        if self.content is None:
            raise ValueError(f"cannot be read: {self.path}")
        return self.content

    @property
    def kind(self) -> Kind:
        """What kind of record it is."""
        return self.place.kind

    @property
    def path(self) -> str:
        """Its path, beginning with the records folder's name."""
        return self.place.path

    @property
    def own_date(self) -> date | None:
        """The record's own date (records.md, ●): by the file's name where that is its date."""
        own = self._own
        if isinstance(own, bool):
            own = self._own = self._dated()
        return own

    def _dated(self) -> date | None:
        if self.kind in (Kind.VISIT, Kind.DECISION):
            return self.place.day
        if self.kind is Kind.STANDARD:
            signatures: Any = getattr(self.content, "signatures", None) or []
            return signatures[0].on if signatures else None
        name = getattr(self.content, "OWN_FIELD", None)
        own = getattr(self.content, name) if name else None
        return own if isinstance(own, date) else None

    @property
    def own_date_path(self) -> Path:
        """Where the own date is typed; the file as a whole where only its name says it."""
        if self.kind is Kind.STANDARD:
            return ("会签", 0, "日期")
        key = getattr(self.content, "OWN_DATE", None)
        return (key,) if key else ()

    def there(self, as_of: date) -> bool:
        """Whether the record can be read and is not dated after the day."""
        return self.content is not None and not self.later(as_of)

    def later(self, as_of: date) -> bool:
        """Whether the record is dated after the day."""
        own = self.own_date
        return own is not None and own > as_of

    def is_spoiled(self, path: Path) -> bool:
        """Whether the field, something in it or what holds it was found wrong when it was read."""
        return overlaps(path, self.spoiled)

    def at(self, *path: str | int) -> Mark:
        """The line and column of a value (of the mapping that lacks it, where it is missing)."""
        return self.locate(path, False)

    def at_key(self, *path: str | int) -> Mark:
        """The line and column of a key; for an item of a list, of the item."""
        return self.locate(path, True)


def overlaps(path: Path, others: Iterable[Path]) -> bool:
    """Whether one of some other fields is the same, lies in it or holds it."""
    return any(path[: len(other)] == other[: len(path)] for other in others)


def items(values: list[T] | None) -> Iterator[tuple[int, T]]:
    """The items of an optional list with their places."""
    return enumerate(values or ())
