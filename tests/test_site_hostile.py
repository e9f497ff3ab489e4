"""Nothing that is written in a record becomes markup, a script, a link that runs, or a formula."""

import csv
import io
import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import hostile
from tests.html_reader import Page, read_html, read_site
from tests.site_builder import build_company

SAFE = {"http", "https", "mailto", "tel"}
OF_BODIES = {"table", "thead", "tbody", "tr", "th", "td", "p", "a", "code", "em", "strong"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the company with hostile texts."""
    return build_company(tmp_path_factory.mktemp("hostile"), hostile.changes())


@pytest.fixture(scope="module")
def pages(site: Path) -> Mapping[str, Page]:
    """Every page of it, read."""
    return read_site(site)


def test_no_text_becomes_markup(pages: Mapping[str, Page], mini_site: Path) -> None:
    """There are no other elements, scripts and handlers than on the site of harmless records."""
    harmless = read_site(mini_site).values()
    tags = set[str]().union(*(page.tags for page in harmless)) | OF_BODIES
    attributes = set[str]().union(*(page.attributes for page in harmless))
    scripts = {script for page in harmless for script in page.scripts}
    for url, page in pages.items():
        assert page.tags - tags == set(), url
        assert page.attributes - attributes - {"title", "start", "rel"} == set(), url
        assert not any(name.startswith("on") for name in page.attributes), url
        assert set(page.scripts) <= scripts, url
        assert page.unclosed == [], url


def test_no_link_runs_or_loads(pages: Mapping[str, Page]) -> None:
    """No address has a scheme that runs, and nothing is fetched from elsewhere."""
    for url, page in pages.items():
        for tag, target, _ in page.leads_to():
            scheme = target.partition(":")[0].lower()
            assert scheme in SAFE, (url, target)
            assert tag == "a" or target.startswith("http://site.invalid/"), (url, tag, target)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        (f"clients/{hostile.CLIENT}/", hostile.ALL),
        (f"people/{hostile.PERSON}/", hostile.ALL),
        ("clients/", hostile.ALL),
        ("overdue/", hostile.ALL),
        ("units/hot-rolled/", "@" + hostile.SCRIPT),
        (f"clients/{hostile.VISITED}/2026/Q2/visit-plan/", hostile.ALL),
        (f"clients/{hostile.VISITED}/2026/Q2/visits/2026-05-28/", hostile.IMAGE),
        (f"clients/{hostile.VISITED}/2026/Q2/visits/2026-05-28/", hostile.SCRIPT),
        (f"clients/{hostile.VISITED}/2026/Q2/visits/2026-05-28/", hostile.TEMPLATE),
        *((f"clients/{hostile.VISITED}/2026/Q2/visits/2026-05-28/", text) for text in hostile.IN_BODY),
        (f"clients/{hostile.VISITED}/", hostile.SCRIPT),
        ("findings/", hostile.SCRIPT),
    ],
)
def test_text_is_shown_as_typed(url: str, text: str, pages: Mapping[str, Page]) -> None:
    """A reader sees the very characters."""
    assert text in pages[f"{url}index.html"].text


def test_titles_are_shown_as_typed(pages: Mapping[str, Page]) -> None:
    """In the browser's tab too."""
    assert pages[f"clients/{hostile.CLIENT}/index.html"].title.startswith(hostile.ALL)


def test_spreadsheets_get_no_formula(site: Path) -> None:
    """No cell of a CSV begins like a formula, however the sign is written."""
    cells = [
        cell
        for file in site.rglob("*.csv")
        for row in csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
        for cell in row
    ]
    assert not [
        cell for cell in cells if unicodedata.normalize("NFKC", cell).lstrip().startswith(tuple("=+-@|%"))
    ]
    for text in (hostile.ALL, "＝1+1", "+" + hostile.ALL):
        assert any(text in cell for cell in cells), text


def test_search_has_the_names(site: Path) -> None:
    """The list that the search reads is JSON with the names as typed."""
    names = json.loads((site / "search" / "names.json").read_text("utf-8"))["names"]
    assert {hostile.ALL, "＝1+1", "@" + hostile.SCRIPT} <= set(names)


def test_odd_characters(tmp_path: Path) -> None:
    """Control characters, a turn of direction, signs beyond 16 bits: no page is upset by them."""
    archive = f"clients/{hostile.VISITED}/archive.yml"
    changes = {
        archive: hostile.replaced(
            archive, ("恒达钢铁有限公司", r'"恒\x01达\0钢\e铁\x85有\u202E限\u2028公\U0001F600司"')
        ),
        hostile.VISIT: hostile.replaced(
            hostile.VISIT,
            (
                "核对五月到货的磅单。",
                "核\x01对\x00五\x1b月&#1;到\u202e货&#27;的\u2028磅\U0001f600单 [x](\x01a)",
            ),
        ),
    }
    site = build_company(tmp_path, changes)
    for url in (f"clients/{hostile.VISITED}/", f"clients/{hostile.VISITED}/2026/Q2/visits/2026-05-28/", ""):
        html = (site / url / "index.html").read_text("utf-8")
        assert not set(html) & set("\x00\x01\x1b"), url
        assert "../" not in read_html(url, html).text, url
