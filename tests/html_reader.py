"""Reads a built page as far as the tests look at it: links, anchors, headings, tables, scripts, text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

HOST = "http://site.invalid/"
"""Where the pages are thought to lie; what leads elsewhere is a link to another host."""

_ADDRESSES = {"href", "src", "action", "poster", "data", "data-kam-search"}
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
}  # fmt: skip


@dataclass
class Table:
    """A table's caption, and how many heading cells have no scope."""

    caption: str | None = None
    unscoped: int = 0


@dataclass
class Page:
    """A page; `url` is its path below the site's root."""

    url: str
    title: str = ""
    text: str = ""
    """What a reader sees, without scripts and styles."""
    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    """Tag and address, as written."""
    headings: list[tuple[int, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    """What stands in the page itself."""
    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    unclosed: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where it is thought to lie."""
        return HOST + self.url.removesuffix("index.html")

    def leads_to(self) -> list[tuple[str, str, str]]:
        """Tag, whole address and anchor of every link."""
        found = []
        for tag, address in self.links:
            target, anchor = urldefrag(urljoin(self.place, address))
            found.append((tag, target, unquote(anchor)))
        return found


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page, given = self.page, dict(attrs)
        if tag not in _VOID:
            self.open.append(tag)
        page.tags.add(tag)
        page.attributes |= given.keys()
        page.ids += [value for name, value in attrs if name == "id" and value]
        page.links += [(tag, value or "") for name, value in attrs if name in _ADDRESSES]
        if tag == "table":
            page.tables.append(Table())
        elif tag == "th" and not given.get("scope"):
            page.tables[-1].unscoped += 1
        elif tag == "caption":
            page.tables[-1].caption = ""
        elif tag == "script":
            page.scripts.append("")
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            page.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.page.unclosed.append(f"</{tag}> in <{' '.join(self.open[-3:])}>")

    def handle_data(self, data: str) -> None:
        page = self.page
        if "script" in self.open:
            page.scripts[-1] += data
            return
        if "style" in self.open:
            return
        if "title" in self.open and "svg" not in self.open:
            page.title += data
            return
        self.words.append(data)
        if "caption" in self.open:
            page.tables[-1].caption = (page.tables[-1].caption or "") + data
        if any(tag[0] == "h" and tag[1:].isdigit() for tag in self.open[-3:]):
            level, text = page.headings[-1]
            page.headings[-1] = level, text + data


def read_html(url: str, html: str) -> Page:
    """One page."""
    page = Page(url)
    reader = _Reader(page)
    reader.feed(html)
    reader.close()
    page.text = "".join(reader.words)
    page.unclosed += [f"<{tag}> is not closed" for tag in reader.open]
    return page


def read_site(folder: Path) -> Mapping[str, Page]:
    """Every page of a site, by its path below the site's root."""
    files = sorted(folder.rglob("*.html"))
    pages = (read_html(file.relative_to(folder).as_posix(), file.read_text("utf-8")) for file in files)
    return {page.url: page for page in pages}


def path_of(address: str) -> str | None:
    """The path of an address below the site's root; None where it leads to another host or scheme."""
    if not address.startswith(HOST):
        return None
    return unquote(urlsplit(address).path.removeprefix("/"))
