"""The site as it is used: sorting, filtering, copying, printing, changing the colours."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import hostile
from tests.browser import Open, Watch, overflow, served, wait_for_search
from tests.site_builder import build_company

pytestmark = pytest.mark.browser

# Lists


def column(page: Page, number: int) -> list[str]:
    """The texts of a column of the first list."""
    cells = page.locator("table[data-sortable]").first.locator(f"tbody tr td:nth-child({number})")
    return cells.all_inner_texts()


def test_sorting(visit: Open) -> None:
    """A click on a heading sorts, a second one the other way round; the heading says how."""
    page = visit("overdue/")
    table = page.locator("table[data-sortable]").first
    headings = table.locator("thead th")
    labels = headings.all_inner_texts()
    number = next(at for at, label in enumerate(labels) if "到期日" in label)
    days = column(page, number + 1)
    heading, button = headings.nth(number), headings.nth(number).get_by_role("button")
    button.click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert column(page, number + 1) == sorted(days)
    button.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert column(page, number + 1) == sorted(days, reverse=True)
    headings.nth(0).get_by_role("button").click()
    expect(heading).not_to_have_attribute("aria-sort", re.compile("."))
    assert sorted(column(page, number + 1)) == sorted(days)


def test_numbers_are_sorted_as_numbers(visit: Open) -> None:
    """9 stands before 10."""
    page = visit("")
    table = page.get_by_role("table", name="按部门")
    table.get_by_role("button", name="逾期").click()
    counts = [int(text) for text in table.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert counts == sorted(counts)
    assert max(counts) > 9 > min(counts)


@pytest.mark.parametrize(
    ("url", "typed", "stays"), [("clients/", "永泰", "永泰联合"), ("overdue/", "huadong", "华东")]
)
def test_filter(url: str, typed: str, stays: str, visit: Open) -> None:
    """Rows that do not hold all the words go; how many are left is said; nothing typed, all are back."""
    page = visit(url)
    rows = page.locator("article tbody tr")
    visible = rows.filter(visible=True)
    box, total = page.get_by_label("筛选"), rows.count()
    box.fill(typed)
    expect(visible).not_to_have_count(total)
    left = visible.count()
    assert 0 < left < total
    assert all(stays in text for text in visible.all_inner_texts())
    expect(page.locator("[data-kam-count]")).to_contain_text(str(left))
    box.fill(f"{typed} 不会有的词")
    expect(visible).to_have_count(0)
    expect(page.locator("[data-kam-count]")).to_contain_text("0")
    box.fill("")
    expect(visible).to_have_count(total)


def test_copy_button(visit: Open) -> None:
    """It copies the path, and says so."""
    page = visit("clients/hengda-steel/2026/Q2/visits/2026-05-12/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="复制路径").first
    button.click()
    expect(button).to_have_attribute("title", "已复制")
    path = "records/clients/hengda-steel/2026/Q2/visits/2026-05-12.md"
    assert page.evaluate("navigator.clipboard.readText()") == path


# Printing and colours


def test_printed_on_a4(visit: Open) -> None:
    """The overdue list on paper: A4, every row, and nothing to click on."""
    page = visit("overdue/")
    data = page.pdf(prefer_css_page_size=True)
    sizes = {
        tuple(sorted(map(round, map(float, box))))
        for box in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    }
    assert sizes == {(595, 842)}
    page.emulate_media(media="print")
    for hidden in (".md-header", ".md-tabs", ".md-footer", ".md-sidebar", ".kam-search", ".kam-filter"):
        assert page.locator(hidden).filter(visible=True).count() == 0, hidden
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("article tbody tr").filter(visible=True).count() > 10


def test_colours_can_be_changed(visit: Open) -> None:
    """The switch in the header changes the colours and is remembered on the next page."""
    page = visit("")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.get_by_title("切换到深色").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_role("link", name="逾期", exact=True).first.click()
    page.wait_for_url("**/overdue/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


def test_hostile_texts_do_nothing(browser: Browser, tmp_path: Path) -> None:
    """Pages, search and lists with hostile names run nothing and load nothing."""
    site = build_company(tmp_path, hostile.changes())
    with served(site) as base:
        page = browser.new_page(viewport={"width": 390, "height": 800})
        watch = Watch(page, base)
        for url in (
            "clients/",
            f"clients/{hostile.CLIENT}/",
            hostile.VISIT.removesuffix(".md") + "/",
            "findings/",
        ):
            watch.open(url)
            assert overflow(page) == [], url
        page.get_by_role("combobox", name="查找").fill("alert(1)")
        expect(page.get_by_role("option").first).to_contain_text(hostile.SCRIPT)
        texts = page.get_by_role("group", name="正文").get_by_role("option")
        expect(texts.filter(has_text=hostile.VISIT[-13:-3])).not_to_have_count(0)
        wait_for_search(page)
        page.close()
    assert watch.faults == []
