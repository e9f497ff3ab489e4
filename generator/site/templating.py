"""The only place that knows Jinja: pages from the templates of site_templates/pages."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from hashlib import blake2b
from pathlib import Path as FilePath
from types import FunctionType
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from generator.site.values import Cell, Column, Page, Row, Section, Table

TEMPLATES = FilePath(__file__).resolve().parents[2] / "site_templates"

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What no page may hold; a record can bring it in by an escape such as "\\x1b"."""
_LONGEST, _MOST = 200, 50_000
"""How long the texts are that are kept, and how many of them."""

Frame = list[tuple[Markup, Markup]]
"""For each column of a table what begins a cell, and what follows once its own attributes are written."""
InPlace = tuple[str, Markup]
"""What a cell says of itself, and what stands in it."""


class _Texts(dict[str, str]):
    """Texts with what stands for each in a page. The same names, days and states are on many pages."""

    def __missing__(self, text: str) -> str:
        safe = str(escape(text))
        if not safe.isprintable():
            safe = _CONTROLS.sub("", safe)
        if len(self) >= _MOST:
            self.clear()
        if len(text) <= _LONGEST:
            self[text] = safe
        return safe


_texts = _Texts()


def escaped(value: Any) -> str:
    """What stands for a value in a page: markup as it is, any text escaped and without control characters."""
    if type(value) is str:
        return _texts[value]
    if type(value) is Markup:
        return value
    return str(value.__html__()) if hasattr(value, "__html__") else _texts[str(value)]


def way_to_root(url: str) -> str:
    """The way from a page to the site's root."""
    return "../" * url.count("/") or "./"


class Templates:
    """The templates, read once; every value but Html is escaped."""

    def __init__(self, as_of: date, notice: str) -> None:
        self._env = Environment(
            loader=FileSystemLoader(TEMPLATES / "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        texts = [file.read_bytes() for file in sorted((TEMPLATES / "pages").iterdir())]
        self.key = blake2b(b"\0".join((*texts, notice.encode())), digest_size=16).hexdigest()
        """Stands for the templates and for what stands on every page."""
        # Typed as anything: what a module of macros holds only its template knows.
        self._parts: Any = self._template("parts.html").module
        self._env.globals.update(
            as_of=as_of.isoformat(),
            notice=notice,
            parts=self._parts,
            laid_out=self._laid_out,
            in_place=self._in_place,
        )
        self._page = self._template("page.html")
        self._headings: dict[tuple[Column, ...], tuple[Markup, Frame]] = {}
        self._cells: dict[tuple[Cell, str], InPlace] = {}

    def _template(self, name: str) -> Template:
        """A template with `escaped` for its autoescape: Jinja's own takes six times as long."""
        template = self._env.get_template(name)
        names = cast(FunctionType, template.root_render_func).__globals__
        if "escape" not in names:
            raise RuntimeError(f"{name}: this version of Jinja escapes under another name")
        names["escape"] = escaped
        return template

    def page(self, page: Page) -> str:
        """The content of a page, without the theme around it."""
        return self._page.render(page=page, root=way_to_root(page.url))

    def toc(self, sections: Sequence[Section]) -> str:
        """A table of contents of a page."""
        return str(self._parts.toc(sections))

    def _in_place(self, cell: Cell, root: str) -> InPlace:
        """A cell on a page from which `root` is the way to the site's root."""
        if cell.source is not None:
            # Hardly two rows name the same file.
            return self._written(cell, root)
        known = self._cells.get((cell, root))
        if known is None:
            if len(self._cells) >= _MOST:
                self._cells.clear()
            known = self._cells[cell, root] = self._written(cell, root)
        return known

    def _written(self, cell: Cell, root: str) -> InPlace:
        marks = self._parts.cell_marks(cell) if cell.sort is not None or cell.anchor else ""
        return marks, self._parts.cell_content(cell, root)

    def _laid_out(self, table: Table, root: str) -> tuple[Markup, Iterator[Markup]]:
        """A table's headings, and its rows, each ready but for what holds it."""
        columns, parts = table.columns, self._parts
        known = self._headings.get(columns)
        if known is None:
            frame = [(parts.cell_start(column), parts.cell_label(column)) for column in columns]
            known = self._headings[columns] = parts.headings(columns), frame
        headings, frame = known
        return headings, map(partial(self._line, frame, root), table.rows)

    def _line(self, frame: Frame, root: str, row: Row) -> Markup:
        cells = []
        for (start, label), cell in zip(frame, row, strict=True):
            marks, content = self._in_place(cell, root)
            cells.append(f"{start}{marks}{label}{content}</td>")
        return Markup("\n".join(cells))
