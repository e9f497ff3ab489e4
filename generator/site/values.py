"""What pages are made of: flat, ready values. Views fill them, templates show them, nobody reckons."""

from dataclasses import dataclass
from typing import NamedTuple

SHORT = 9
"""How many rows are too many to be kept together on paper."""


class Html(str):
    """Markup that is safe as it stands; every other text is escaped by the templates."""

    __slots__ = ()

    def __html__(self) -> str:
        """What templates take as it is."""
        return str(self)


class Link(NamedTuple):
    """A text, with the page it leads to (an address from the site's root) where it has one."""

    text: str
    url: str | None = None


class Badge(NamedTuple):
    """A state: its class gives a sign and a colour, its text says the same in words."""

    kind: str
    text: str


class Source(NamedTuple):
    """A record's file: its path, and its pages on the forge where one is configured."""

    path: str
    line: int | None = None
    missing: bool = False
    open_url: str | None = None
    edit_url: str | None = None
    new_url: str | None = None

    @property
    def text(self) -> str:
        """The path, with the line where one is meant."""
        return f"{self.path}:{self.line}" if self.line else self.path

    @property
    def folders(self) -> list[str]:
        """The folders of the path; a line may break behind each."""
        return self.path.split("/")[:-1]

    @property
    def name(self) -> str:
        """What stands behind the folders."""
        return self.text.rpartition("/")[2]


class Cell(NamedTuple):
    """What stands in one place of a table or list."""

    parts: tuple[Link, ...] = ()
    badge: Badge | None = None
    joint: str = "、"
    note: str = ""
    source: Source | None = None
    sort: str | None = None
    """What the column is sorted by, where that is not the text."""
    anchor: str | None = None
    """The name under which other pages point to it."""

    @property
    def plain(self) -> str:
        """The text alone, for spreadsheets."""
        texts = [part.text for part in self.parts]
        if self.badge:
            texts.insert(0, self.badge.text)
        if self.source and not texts:
            texts.append(self.source.text)
        return "、".join(texts)


class Column(NamedTuple):
    """A column's heading; `kind` is "", "num", "day", "wide", "keep", "names" or "path"."""

    label: str
    kind: str = ""
    width: int = 0
    """Percent of the table, where tables of one page are to stand in line; kam.css has a class for each."""


Row = tuple[Cell, ...]


class Table(NamedTuple):
    """A table with its caption; `empty` is said where it has no row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = "没有。"
    sortable: bool = False
    csv: str | None = None
    """The address of the same list as a CSV file."""
    hidden_caption: bool = False
    """Whether the heading above already says what the caption says."""
    folded: bool = False
    """Whether it is shown only when asked for: what is done, below what is to be done."""


class Fact(NamedTuple):
    """One line of a list of what is known: its label and its value."""

    label: str
    cell: Cell


class Card(NamedTuple):
    """A number that leads to its list."""

    label: str
    value: str
    url: str | None = None
    kind: str = ""
    note: str = ""


class Bar(NamedTuple):
    """A part of a whole, drawn and said in words."""

    label: str
    done: int
    total: int
    text: str


class Section(NamedTuple):
    """A part of a page under a heading: what is shown of it, in this order."""

    title: str
    id: str
    url: str | None = None
    """The page that its title leads to."""
    notes: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    bars: tuple[Bar, ...] = ()
    facts: tuple[Fact, ...] = ()
    body: Html | None = None
    tables: tuple[Table, ...] = ()
    side_by_side: bool = False
    links: tuple[Link, ...] = ()
    source: Source | None = None

    @property
    def is_short(self) -> bool:
        """Whether its tables are so short that they are kept on one sheet of paper."""
        return bool(self.tables) and sum(len(table.rows) for table in self.tables) < SHORT


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page. `url` is its address from the site's root: "" or "clients/x/"."""

    url: str
    title: str
    sections: tuple[Section, ...]
    crumbs: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()
    badges: tuple[Badge, ...] = ()
    tabs: tuple[Link, ...] = ()
    """Sister pages; the one with this page's address is the present one."""
    pager: tuple[Link, ...] = ()
    """The pages of a list that is cut into several."""
    source: Source | None = None
    filtered: bool = False
    """Whether a box filters the rows of all tables."""
    wide: bool = False
    """Whether it takes the whole width, without a table of contents."""
    print_landscape: bool = False
