"""Lists that are cut into pages, in Chromium: sorting, filtering and printing are about the whole list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.site import cutting
from generator.site.build import build_site
from tests.browser import Watch, overflow, served
from tests.cases_runner import lay_out
from tests.site_builder import configure

MOST = 5
ROWS = "article .kam-section tbody tr"


@pytest.fixture(scope="module")
def cut_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small company, its lists cut after a few rows."""
    folder = tmp_path_factory.mktemp("cut")
    lay_out(folder)
    configure(folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cutting, "MOST_ROWS", MOST)
        # Not in strict mode: links lead to clauses in the middle of a list that is not cut in earnest.
        build_site(folder / "records", None, None, folder / "site", cached=False)
    return folder / "site"


@pytest.fixture(params=[1440, 390])
def watch(request: pytest.FixtureRequest, browser: Browser, cut_site: Path) -> Iterator[Watch]:
    """A page that is watched, wide and at phone width."""
    with served(cut_site) as base:
        page = browser.new_page(viewport={"width": request.param, "height": 900})
        watch = Watch(page, base)
        yield watch
        page.close()
    assert watch.faults == []


def total(page: Page) -> int:
    """How many lines the list has in all, as its lead says."""
    text = page.locator(".kam-lead", has_text="共").inner_text()
    return int("".join(filter(str.isdigit, text.rpartition("共")[2])))


def test_a_filter_looks_at_every_page(watch: Watch, cut_site: Path) -> None:
    """Words that stand on a later page alone are found from the first."""
    page = watch.open("overdue/")
    count = total(page)
    lines = (cut_site / "overdue/overdue.csv").read_text("utf-8").splitlines()[1:]
    first = "".join(lines[:MOST])
    word = next(cell for line in lines[MOST:] for cell in line.split(",")[2:6] if cell and cell not in first)
    found = sum(word in line for line in lines)
    assert page.locator(ROWS).count() == MOST < count
    page.get_by_label("筛选").fill(word)
    expect(page.locator("[data-kam-count]")).to_have_text(f"显示 {found} 行，共 {count} 行")
    assert page.locator(ROWS).filter(visible=True).count() == found
    page.get_by_label("筛选").fill("")
    assert page.locator(ROWS).filter(visible=True).count() == count
    assert overflow(page) == []


def test_sorting_is_about_all_pages(watch: Watch, cut_site: Path) -> None:
    """The latest day comes first, wherever it stood; each row once, its links as they were."""
    count = len((cut_site / "overdue/overdue.csv").read_text("utf-8").splitlines()) - 1
    page = watch.open("overdue/_2/")
    if page.viewport_size and page.viewport_size["width"] > 1000:
        page.get_by_title("按“到期日”排序").click()
        expect(page.locator(ROWS)).to_have_count(count)
        page.get_by_title("按“到期日”排序").click()
        days = page.locator(f"{ROWS} td.kam-day").all_inner_texts()
        assert days == sorted(days, reverse=True)
    else:
        page.get_by_role("button", name="显示全部").click()
        expect(page.locator(ROWS)).to_have_count(count)
    assert len(set(page.locator(ROWS).all_inner_texts())) == count
    expect(page.get_by_role("heading", level=1)).to_have_text("逾期")
    # What is still fetched when another page is opened would count as a fault.
    page.wait_for_load_state("networkidle")
    page.locator(ROWS).last.locator("a[href*='clients/']").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("没有这一页")
    page.wait_for_load_state("networkidle")


def test_the_whole_list_is_printed(watch: Watch) -> None:
    """Sections that went on over several pages are one again, in their order."""
    page = watch.open("overdue/by-division/")
    page.get_by_role("button", name="显示全部").click()
    expect(page.locator("[data-kam-cut]")).to_have_count(0)
    headings = page.locator("article .kam-section h2").all_inner_texts()
    assert len(headings) == len(set(headings)) > 1
    assert not any("续" in heading or "其他页" in heading for heading in headings)
    for section in page.locator("article .kam-section").all():
        said = section.locator("h2").inner_text()
        assert f"（{section.locator('tbody tr').count()} 项）" in said
    assert page.locator("nav.kam-pager").count() == 0


def test_pages_that_cannot_be_fetched(browser: Browser, cut_site: Path) -> None:
    """It is said, what is on the page stays, and a second try may do."""
    with served(cut_site) as base:
        page = browser.new_page()
        watch = Watch(page, base)
        watch.open("overdue/")

        def refuse(route: Route) -> None:
            route.abort()

        page.route("**/_3/", refuse)
        page.get_by_label("筛选").fill("分析")
        expect(page.locator("[data-kam-cut]")).to_contain_text("没有载入")
        assert page.locator(ROWS).count() == MOST
        page.unroute("**/_3/", refuse)
        page.get_by_role("button", name="显示全部").click()
        expect(page.locator("[data-kam-cut]")).to_have_count(0)
        assert page.locator(ROWS).count() > MOST
        page.close()
