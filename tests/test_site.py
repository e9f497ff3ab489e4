"""The site of the small company: whole, well-formed, its links good, the same each time."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator.site.manifest import NAME as SUMS
from tests.cases_runner import BASE_DAY, lay_out
from tests.html_reader import Page, path_of, read_site
from tests.site_builder import CONFIG, REPOSITORY, configure, contents

SHOWN_AS_OF = f"截至 {BASE_DAY}"


@pytest.fixture(scope="session")
def pages(mini_site: Path) -> Mapping[str, Page]:
    """Every page of the site, read."""
    return read_site(mini_site)


def none_of(faults: Iterator[str]) -> None:
    """Fails with all faults, a line each."""
    found = list(faults)
    if found:
        more = [f"… and {len(found) - 40} more"] if len(found) > 40 else []
        pytest.fail("\n".join([f"{len(found)} faults:", *found[:40], *more]), pytrace=False)


def test_every_page_says_its_day(pages: Mapping[str, Page]) -> None:
    """截至 stands on each, but on the page for wrong addresses, which shows no record."""
    none_of(f"{url}" for url, page in pages.items() if SHOWN_AS_OF not in page.text and url != "404.html")


def test_links_lead_somewhere(pages: Mapping[str, Page], mini_site: Path) -> None:
    """Every file and every anchor that a page names is there."""
    none_of(fault for page in pages.values() for fault in bad_links(page, pages, mini_site))


def bad_links(page: Page, pages: Mapping[str, Page], site: Path) -> Iterator[str]:
    """What a page links to in vain."""
    for tag, target, anchor in page.leads_to():
        path = path_of(target)
        if path is None:
            continue
        if path.endswith("/") or not path:
            path += "index.html"
        if not (site / path).is_file():
            yield f"{page.url}: <{tag}> leads to {path}, which is not there"
        elif anchor and path in pages and anchor not in pages[path].ids:
            yield f"{page.url}: <{tag}> leads to #{anchor}, which is not in {path}"


def test_no_link_to_another_host(pages: Mapping[str, Page]) -> None:
    """Without a forge nothing leads away: the site is for a network of its own."""
    none_of(
        f"{page.url}: <{tag}> leads to {target}"
        for page in pages.values()
        for tag, target, _ in page.leads_to()
        if path_of(target) is None and target.partition(":")[0] not in ("mailto", "tel")
    )


def test_headings_are_in_order(pages: Mapping[str, Page]) -> None:
    """One first-level heading, and no level left out on the way down."""
    none_of(fault for page in pages.values() for fault in bad_headings(page))


def bad_headings(page: Page) -> Iterator[str]:
    """Where the outline of a page has gaps or empty headings."""
    levels = [level for level, _ in page.headings]
    if levels.count(1) != 1:
        yield f"{page.url}: {levels.count(1)} headings of level 1"
    above = 0
    for level, text in page.headings:
        if level > above + 1:
            yield f"{page.url}: “{text.strip()}” has level {level} below level {above}"
        if not text.strip():
            yield f"{page.url}: an empty heading of level {level}"
        above = level


def test_tables_have_captions_and_scopes(pages: Mapping[str, Page]) -> None:
    """Each table says what it is, and each heading cell what it heads."""
    none_of(fault for page in pages.values() for fault in bad_tables(page))


def bad_tables(page: Page) -> Iterator[str]:
    """What the tables of a page lack."""
    for number, table in enumerate(page.tables, start=1):
        if not (table.caption or "").strip():
            yield f"{page.url}: table {number} has no caption"
        if table.unscoped:
            yield f"{page.url}: table {number}: {table.unscoped} <th> without scope"


def test_ids_and_titles_are_good(pages: Mapping[str, Page]) -> None:
    """No id twice on a page, no title twice on the site, every tag closed."""
    titles: dict[str, str] = {}
    none_of(fault for page in pages.values() for fault in bad_form(page, titles))


def bad_form(page: Page, titles: dict[str, str]) -> Iterator[str]:
    """Doubles and tags out of place; `titles` gathers those seen."""
    yield from (f"{page.url}: id {id_} twice" for id_ in sorted(set(page.ids)) if page.ids.count(id_) > 1)
    yield from (f"{page.url}: {fault}" for fault in page.unclosed)
    first = titles.setdefault(page.title, page.url)
    if first != page.url:
        yield f"{page.url}: has the title of {first}: {page.title}"


def run(*command: object, **environment: str) -> None:
    """Runs Python with arguments in the repository; fails with what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_built_twice_it_is_the_same(mini_site: Path, tmp_path: Path) -> None:
    """The same records give the same bytes, wherever and whichever way they are built."""
    again = tmp_path / "elsewhere"
    again.mkdir()
    lay_out(again)
    config = configure(again)
    command = ("mkdocs", "build", "--strict", "--quiet", "--config-file", config)
    run(*command, "--site-dir", again / "site", PYTHONHASHSEED="7", TZ="Pacific/Apia")
    first, second = contents(mini_site), contents(again / "site")
    # MkDocs knows only of its own files; the sums of all are written by `kam build`, which owns the folder.
    assert first.keys() - second.keys() == {SUMS}
    assert second.keys() <= first.keys()
    none_of(f"{name} differs" for name, data in second.items() if first[name] != data)


def test_mkdocs_builds_the_repository(tmp_path: Path) -> None:
    """`mkdocs build --strict`, as its users know it, with the repository's own mkdocs.yml."""
    run("mkdocs", "build", "--strict", "--quiet", "--config-file", CONFIG, "--site-dir", tmp_path / "site")
    assert "截至" in (tmp_path / "site" / "index.html").read_text("utf-8")
