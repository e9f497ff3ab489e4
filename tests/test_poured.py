"""A page poured into a shell is the page that MkDocs renders itself, for each kind of page."""

import re
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from generator.site import sitemap
from generator.site.build import build_site
from generator.site.output import Output
from generator.site.shell import Shell, marker
from generator.site.values import Page
from tests.cases_runner import lay_out
from tests.site_builder import build_again, configure

NEXT_YEAR = date(2027, 2, 1)
"""When clients have a page for the year before."""
KINDS = {
    "client": "clients/hengda-steel/",
    "client-year": "clients/hengda-steel/2026/",
    "visit": "clients/hengda-steel/2026/Q2/visits/2026-05-28/",
    "report": "clients/hengda-steel/2026/Q1/report/",
    "visit plan": "clients/hengda-steel/2026/Q2/visit-plan/",
    "service plan": "clients/hengda-steel/2026/service-plan/",
    "person": "people/zhou-ping/",
    "unit": "units/key-accounts/",
    "list": "overdue/by-person/",
    "analysis": "key-accounts/2026/Q1/",
    "rule": "policy/rules/V104/",
    "kind of obligations": "policy/obligations/visit-report/",
    "parameters": "policy/parameters/",
}


class NoOptions(Config):
    """The plugin has none."""


class Rendered(BasePlugin[NoOptions]):
    """Gives ready contents to MkDocs as pages of its own, and keeps what it makes of them."""

    def __init__(
        self, pages: dict[str, Page], content: Callable[[Page], str], toc: Callable[[Page], str]
    ) -> None:
        self._pages, self._content, self._toc = pages, content, toc
        self.found: dict[str, str] = {}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """A page of each kind."""
        for url in self._pages:
            uri = f"{url}index.md"
            files.append(File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:
        """What stands in the front matter of a page."""
        if own := self._pages.get(page.url):
            page.meta = {"title": own.title, "hide": ["navigation", "toc"] if own.wide else ["navigation"]}
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """The content, in place of Markdown."""
        own = self._pages.get(page.url)
        return self._content(own) if own else html

    def on_post_page(self, output: str, *, page: MkDocsPage, **_: Any) -> str:
        """Keep the page; the theme's own part for the headings waits for them."""
        if own := self._pages.get(page.url):
            self.found[page.url] = output.replace(marker("toc"), self._toc(own))
        return output


@pytest.mark.parametrize("site_url", [None, "https://intranet.example/clients/"])
def test_poured_is_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site_url: str | None) -> None:
    """To the byte: title, way to the root, navigation, headings, scripts."""
    lay_out(tmp_path)
    config_file = configure(tmp_path, day=NEXT_YEAR)
    if site_url:
        config_file.write_text(f"{config_file.read_text('utf-8')}site_url: {site_url}\n", "utf-8")
    poured: dict[str, Page] = {}
    outputs: list[Output] = []
    real = Output.pour

    def noted(self: Output, shell: Shell, page: Page) -> bytes:
        outputs.append(self)
        poured[page.url] = page
        return real(self, shell, page)

    monkeypatch.setattr(Output, "pour", noted)
    site = build_again(tmp_path)
    templates = outputs[-1]._templates
    pages = {url: poured[url] for url in KINDS.values()}
    rendered = Rendered(pages, templates.page, lambda page: "" if page.wide else templates.toc(page.sections))
    config = load_config(config_file=str(config_file), site_dir=str(tmp_path / "mkdocs"))
    config.plugins["rendered"] = rendered
    mkdocs_build(config)
    assert rendered.found.keys() == pages.keys()
    for kind, url in KINDS.items():
        page = (site / url / "index.html").read_text("utf-8")
        assert resolved(page, url) == resolved(rendered.found[url], url), kind


def resolved(page: str, url: str) -> str:
    """A page with the addresses of its links as they are reached: there are several ways to write one."""
    return re.sub(
        r'(href|src)="([^"]*)"', lambda found: f'{found[1]}="{urljoin(f"http://x/{url}", found[2])}"', page
    )


def test_the_sitemap_lists_every_page(tmp_path: Path) -> None:
    """Those in the navigation and all others, once; none where the site has no address."""
    lay_out(tmp_path)
    config_file = configure(tmp_path)
    site = build_again(tmp_path)
    assert not (site / "sitemap.xml").exists()
    address = "https://intranet.example/a&b/"
    config_file.write_text(f"{config_file.read_text('utf-8')}site_url: {address}\n", "utf-8")
    for keeps in (False, True):
        build_site(tmp_path / "records", None, None, site, fresh_pages=not keeps)
        listed = re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
        pages = [file.parent.relative_to(site).as_posix() for file in site.rglob("index.html")]
        assert listed == sorted(f"{escape(address)}{url}/".replace("/./", "/") for url in pages)


def test_a_long_sitemap_is_cut() -> None:
    """No file lists more than 50,000 pages."""
    urls = [f"p{number}/" for number in range(sitemap.MOST + 1)]
    found = dict(sitemap.files("https://intranet.example/", urls))
    assert [name for name in found if name in found["sitemap.xml"].decode()] == [
        "sitemap-1.xml",
        "sitemap-2.xml",
    ]
    assert found["sitemap-1.xml"].count(b"<loc>") == sitemap.MOST
    assert b"https://intranet.example/p50000/" in found["sitemap-2.xml"]
