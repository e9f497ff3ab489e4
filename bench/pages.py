"""The leaf pages of a built site, taken apart: their content as Markdown, and the theme's shell around it."""

import hashlib
import json
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path

from bench.markdown import from_html
from bench.measure import Failed

LEAVES = ("clients", "people", "units", "key-accounts")
"""Below these lie the pages of clients, their years, people, units, and of each record that has its own."""

MOST_SHELLS = 60
"""More different shells than depths and widths can make: something of the page was left in them."""

_CONTENT = re.compile(r'(<article class="md-content__inner[^>]*>)(.*)(</article>)', re.DOTALL)
_TOC = re.compile(r'<nav class="md-nav md-nav--secondary".*?</nav>', re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)( - [^<]*)?</title>", re.DOTALL)
_TO_ROOT = re.compile(r'href="(?:\.\./)+(?=[^."])')
_NO_TOC = re.compile(r'data-md-type="toc"\s+hidden')


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page's parts."""

    title: str
    content: str
    """HTML, with links from the site's root."""
    shell: str
    """A template of Hugo's, with title, table of contents and content in their places."""
    has_toc: bool

    @property
    def layout(self) -> str:
        """The name of the shell: equal shells have equal names."""
        return "shell-" + hashlib.sha256(self.shell.encode()).hexdigest()[:10]

    def markdown(self) -> str:
        """The page as a Markdown file that both MkDocs and Hugo take."""
        hide = ["navigation"] if self.has_toc else ["navigation", "toc"]
        matter = {"title": self.title, "layout": self.layout, "hide": hide}
        lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in matter.items()]
        return "\n".join(("---", *lines, "---", "", from_html(self.content)))


def take_apart(html: str) -> Leaf:
    """Cut a page at its title, its table of contents and its content."""
    content, title = _CONTENT.search(html), _TITLE.search(html)
    if content is None or title is None:
        raise Failed("a page of the site has no article or title where the bench looks for it")
    shell = html[: content.start(2)] + "\x02" + html[content.end(2) :]
    shell = _TOC.sub("\x03", shell)
    shell = shell.replace(f">{title[1]}<", ">\x04<").replace(f">{title[1]}{title[2]}<", f">\x04{title[2]}<")
    shell = shell.replace("{{", '{{ "{{" }}')
    shell = shell.replace("\x02", "{{ .Content }}").replace("\x03", "{{ .TableOfContents }}")
    shell = shell.replace("\x04", "{{ .Title }}")
    linked = _TO_ROOT.sub('href="/', content[2])
    return Leaf(unescape(title[1]), linked, shell, _NO_TOC.search(html) is None)


def leaves(site: Path) -> Iterator[Path]:
    """The leaf pages of a site."""
    for name in LEAVES:
        for file in sorted((site / name).rglob("index.html")):
            if file.parent != site / name:
                yield file


def convert(site: Path, docs: Path, layouts: Path) -> int:
    """Write a Markdown file for each leaf page, and the shells; the number of pages."""
    files = list(leaves(site))
    with ProcessPoolExecutor() as pool:
        names = set(pool.map(partial(_convert_one, site, docs, layouts), files, chunksize=50))
    if not files:
        raise Failed("the site has no leaf pages where the bench looks for them")
    if len(names) > MOST_SHELLS:
        raise Failed(f"the pages have {len(names)} different shells: they are not cut where they should be")
    return len(files)


def _convert_one(site: Path, docs: Path, layouts: Path, file: Path) -> str:
    leaf = take_apart(file.read_text("utf-8"))
    target = docs / f"{file.parent.relative_to(site)}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(leaf.markdown(), "utf-8")
    layout = layouts / f"{leaf.layout}.html"
    if not layout.exists():
        layout.write_text(leaf.shell, "utf-8")
    return leaf.layout
