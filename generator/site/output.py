"""Pages poured into the theme's shells, and what lies beside them, written to the site's folder."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path as FilePath

from generator.pipeline import Result
from generator.site import pages
from generator.site.facts import Facts
from generator.site.forge import Forge
from generator.site.shell import Shell
from generator.site.templating import ROOT, Templates
from generator.site.values import Page

MADE_HERE = ".kam-site"
"""Marks a folder as a site of ours, which the next build may replace."""

DEPTHS = range(1, 7)
"""How deep leaf pages lie: a visit's is the deepest."""

_LINK = re.compile(f'"{ROOT}([^"#]*)(?:#([^"]*))?"')
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What no page may hold; a record can bring it in by an escape such as "\\x1b"."""
_ID = re.compile(r' id="([^"]+)"')


def depth(url: str) -> int:
    """How many folders lie between a page and the site's root."""
    return url.count("/")


@dataclass
class Output:
    """The site of a Result while it is written."""

    result: Result
    forge: Forge | None
    check_links: bool = False
    shells: dict[tuple[int, bool], Shell] = field(default_factory=dict)
    """The theme around leaf pages, by depth and whether they take the whole width."""
    _leaves: list[Page] = field(default_factory=list)
    _links: dict[tuple[str, str], str] = field(default_factory=dict)
    _ids: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the templates, and make the pages of the navigation, which MkDocs asks for first."""
        self._templates = Templates(self.result.as_of, pages.notice(self.result))
        self._facts = Facts(self.result, self.forge)
        self.navigation: dict[str, Page] = {}
        for page in pages.general(self._facts):
            if page.url in pages.IN_NAVIGATION:
                self.navigation[page.url] = page
            else:
                self._leaves.append(page)

    def pour(self, shell: Shell, page: Page) -> str:
        """A page in its shell."""
        content = self._templates.page(page)
        toc = "" if page.wide else self._templates.toc(content)
        if self.check_links:
            self._note_links(page.url, content)
        base = "../" * depth(page.url) or "./"
        whole = shell.pour({"title": escape(page.title), "toc": toc, "content": content})
        return _CONTROLS.sub("", whole.replace(f'"{ROOT}', f'"{base}'))

    def write_leaves(self, folder: FilePath) -> None:
        """Write every page outside the navigation, and the files beside the pages."""
        for page in self._leaves:
            self._write_page(folder, page)
        for page in pages.of_each(self._facts):
            self._write_page(folder, page)
        for name, data in pages.files(self._facts):
            _write(folder / name, data)
        _write(folder / MADE_HERE, b"")

    def _write_page(self, folder: FilePath, page: Page) -> None:
        html = self.pour(self.shells[depth(page.url), page.wide], page)
        _write(folder / page.url / "index.html", html.encode("utf-8", "replace"))

    def _note_links(self, url: str, content: str) -> None:
        self._ids[url] = set(_ID.findall(content))
        for target, anchor in _LINK.findall(content):
            self._links.setdefault((target, anchor), url)

    def broken(self, files: Callable[[str], bool]) -> Iterable[str]:
        """Links that lead nowhere, in words; `files` tells whether a file is there."""
        for (target, anchor), url in sorted(self._links.items()):
            if target not in self._ids:
                if not files(target):
                    yield f"页面 /{url} 链接到不存在的 /{target}"
            elif anchor and anchor not in self._ids[target]:
                yield f"页面 /{url} 链接到 /{target}，那里没有 #{anchor}"


def _write(file: FilePath, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
