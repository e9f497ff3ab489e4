"""The only place that knows Jinja: pages from the templates of site_templates/pages."""

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path as FilePath
from types import FunctionType
from typing import Any, cast

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from markupsafe import Markup

from generator.judging.store import Store
from generator.site.markup import (
    Frame,
    address,
    cell_frame,
    crumbs,
    escaped,
    facts,
    links,
    rows,
    source,
    way_to_root,
)
from generator.site.values import Column, Page, Row, Section

TEMPLATES = FilePath(__file__).resolve().parents[2] / "site_templates"


class _Compiled(BytecodeCache):
    """The templates as Jinja compiled them, kept for the next build: of one after a save it would be a part
    that is felt.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja what was kept; it looks whether that is of the same source."""
        data = self._store.get("template", bucket.key, jinja2.__version__)
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what Jinja made."""
        self._store.put("template", bucket.key, jinja2.__version__, bucket.bytecode_to_string())


class Templates:
    """The templates, read once; every value but Html is escaped."""

    def __init__(self, as_of: date, notice: str, store: Store | None = None) -> None:
        """`store` keeps them in compiled form."""
        self._env = Environment(
            bytecode_cache=_Compiled(store) if store else None,
            loader=FileSystemLoader(TEMPLATES / "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        texts = [file.read_bytes() for file in sorted((TEMPLATES / "pages").iterdir())]
        self.key = blake2b(b"\0".join((*texts, notice.encode())), digest_size=16).hexdigest()
        """Stands for the templates and for what stands on every page."""
        self._env.globals.update(as_of=as_of.isoformat(), notice=notice)
        # As filters, and not as names: Jinja asks much before it calls what a name stands for.
        self._env.filters.update(
            laid_out=self._laid_out,
            facts=facts,
            crumbs=crumbs,
            address=lambda url, root: Markup(address(url, root)),
            links=links,
            source=source,
        )
        # Typed as anything: what a module of macros holds only its template knows.
        self._parts: Any = self._template("parts.html").module
        self._env.globals["parts"] = self._parts
        self._page: Any = self._template("page.html").module
        self._headings: dict[tuple[Column, ...], tuple[Markup, list[Frame]]] = {}

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
        return str(self._page.content(page, way_to_root(page.url)))

    def toc(self, sections: Sequence[Section]) -> str:
        """A table of contents of a page."""
        return str(self._parts.toc(sections))

    def _laid_out(
        self, lines: Sequence[Row], columns: tuple[Column, ...], root: str
    ) -> tuple[Markup, Markup]:
        """A table's headings, and its rows."""
        known = self._headings.get(columns)
        if known is None:
            frames = [cell_frame(column) for column in columns]
            known = self._headings[columns] = self._parts.headings(columns), frames
        headings, frames = known
        return headings, rows(lines, frames, root)
