"""Cells of tables, links and files as markup: most of what a site is made of, so no template writes them.

Every text goes through `escaped`; what a template may not do, nothing here does: no policy, no reckoning.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from generator.site.values import Badge, Cell, Column, Fact, Link, Row, Source

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What no page may hold; a record can bring it in by an escape such as "\\x1b"."""
_LONGEST, _MOST = 200, 50_000
"""How long the texts are that are kept, and how many of them."""
_MOST_LEADS = 5_000
"""How many addresses are kept for each way to the root."""
_NOT_HERE = ("#", "/", "http://", "https://")
"""How an address begins that does not count from the site's root: within the page, or on another site, which
may be on the same server."""


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


class _Leads(dict[str, str]):
    """Addresses with what stands for each in pages from which there is one way to the site's root."""

    def __init__(self, root: str) -> None:
        self._root = root

    def __missing__(self, url: str) -> str:
        found = _texts[url] if url.startswith(_NOT_HERE) else self._root + _texts[url]
        if len(self) >= _MOST_LEADS:
            self.clear()
        self[url] = found
        return found


class _ByRoot(dict[str, _Leads]):
    def __missing__(self, root: str) -> _Leads:
        found = self[root] = _Leads(root)
        return found


_leads = _ByRoot()


def address(url: str, root: str) -> str:
    """Where a link leads, from a page from which `root` is the way to the site's root."""
    return _leads[root][url]


def link(text: str, url: str | None, root: str) -> str:
    """A text, with what it leads to."""
    return _texts[text] if url is None else f'<a href="{_leads[root][url]}">{_texts[text]}</a>'


def links(several: Sequence[Link], joint: str, root: str) -> Markup:
    """Several texts in a row."""
    return Markup(_texts[joint].join([link(text, url, root) for text, url in several]))


def badge(state: Badge) -> str:
    """A state."""
    return f'<span class="kam-badge kam-badge--{_texts[state.kind]}">{_texts[state.text]}</span>'


def source(file: Source) -> Markup:
    """A record's file, with what opens it on the forge."""
    return Markup(_source(file))


def _source(file: Source) -> str:
    text = _texts[file.text]
    folders = "".join([f"{_texts[folder]}/<wbr>" for folder in file.folders])
    on_forge = (("打开", file.open_url), ("修改", file.edit_url), ("新建", file.new_url))
    opening = "".join([f' <a href="{_texts[url]}">{name}</a>' for name, url in on_forge if url])
    return (
        f'<span class="kam-source"><code>{folders}{_texts[file.name]}</code>\n'
        f'<button type="button" class="kam-copy" data-copy="{text}" aria-label="复制路径 {text}"'
        f' title="复制路径" hidden></button>{opening}</span>'
    )


def crumbs(above: Sequence[Link], root: str) -> Markup:
    """The pages above a page, each with the sign that leads on from it."""
    return Markup(
        "".join([f'{link(text, url, root)} <span aria-hidden="true">›</span> ' for text, url in above])
    )


def facts(known: Sequence[Fact], root: str) -> Markup:
    """What is known, a line each: its label and its value."""
    lines = [
        f"<div><dt>{_texts[label]}</dt><dd>{cell_content(cell, root)}</dd></div>\n" for label, cell in known
    ]
    return Markup("".join(lines))


class Frame(NamedTuple):
    """What stands about the cells of a column."""

    start: str
    label: str
    plain: str
    """Both, where a cell has no attributes of its own."""


def cell_frame(column: Column) -> Frame:
    """What begins a cell of a column, and what follows once its own attributes are written."""
    kind = f' class="kam-{column.kind}"' if column.kind else ""
    start, label = f"<td{kind}", f' data-label="{_texts[column.label]}">'
    return Frame(start, label, start + label)


def rows(several: Sequence[Row], frames: Sequence[Frame], root: str) -> Markup:
    """Rows of a table: their cells, each between what its column says."""
    out: list[str] = []
    led = _leads[root]
    for cells in several:
        out.append("<tr>\n")
        for cell, (start, label, head) in zip(cells, frames, strict=True):
            parts, state, _, note, file, sort, anchor = cell
            if sort is not None or anchor:
                known = "" if sort is None else f' data-sort="{_texts[sort]}"'
                head = f'{start}{known} id="{_texts[anchor]}"{label}' if anchor else f"{start}{known}{label}"
            if len(parts) == 1 and state is None and not note and file is None:
                text, url = parts[0]
                inner = _texts[text] if url is None else f'<a href="{led[url]}">{_texts[text]}</a>'
                out.append(f"{head}<span>{inner}</span></td>\n")
            else:
                out.append(f"{head}{cell_content(cell, root)}</td>\n")
        out.append("</tr>\n")
    return Markup("".join(out))


def cell_content(cell: Cell, root: str) -> str:
    """What stands in a cell."""
    parts, state, joint, note, file, _, _ = cell
    content = ""
    if parts:
        text, url = parts[0]
        inner = link(text, url, root) if len(parts) == 1 else links(parts, joint, root)
        content = f"<span>{inner}</span>"
    if state is not None:
        content = f"{badge(state)} {content}" if content else badge(state)
    if note:
        content += f'<span class="kam-note">{_texts[note]}</span>'
    return content + _source(file) if file is not None else content
