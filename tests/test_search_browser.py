"""The search in the header as it is used: by name, by text, with keys and mouse, from anywhere, by anyone."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import SCHEMES, Open, Watch, overflow, served, wait_for_search

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("typed", "leads_to", "name"),
    [
        ("联合钢", "clients/yongtai-joint/", "永泰联合钢铁有限公司"),
        ("gda-for", "clients/tongda-foreign/", "Tongda Minerals Pty Ltd"),
        ("HENGDAGANG", "clients/hengda-steel/", "恒达钢铁有限公司"),
        ("hdqc", "clients/huadong-auto/", "华东汽车零部件有限公司"),
        ("恒达　钢铁", "clients/hengda-steel/", "恒达钢铁有限公司"),
        ("minerals", "clients/tongda-foreign/", "Tongda Minerals Pty Ltd"),
        ("孙丽", "people/sun-li/", "孙丽"),
        ("zhou-p", "people/zhou-ping/", "周平"),
        ("热轧", "units/hot-rolled/", "热轧事业部"),
    ],
)
def test_search_finds(typed: str, leads_to: str, name: str, visit: Open, base: str) -> None:
    """By a part of the name, by id, by pinyin; Enter opens the first that is found."""
    page = visit("clients/hengda-steel/2026/Q2/visits/2026-05-12/")
    box = page.get_by_role("combobox", name="查找")
    box.fill(typed)
    first = page.get_by_role("option").first
    expect(first).to_contain_text(name)
    wait_for_search(page)
    box.press("Enter")
    page.wait_for_url(base + leads_to)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("刘洋", ["刘洋"]),
        ("zhou", ["周平"]),
        ("恒达钢铁有限公司", ["恒达钢铁有限公司"]),
        ("钢铁", ["恒达钢铁有限公司", "永泰联合钢铁有限公司"]),
        ("ly", ["刘洋", "林远"]),
    ],
)
def test_search_puts_the_best_first(typed: str, order: list[str], visit: Open) -> None:
    """The whole name before its beginning, that before a part; then clients before people and units."""
    page = visit("")
    page.get_by_role("combobox", name="查找").fill(typed)
    names = page.get_by_role("group", name="名称").get_by_role("option").locator("b")
    expect(names.first).to_be_visible()
    assert names.all_inner_texts()[: len(order)] == order


VISIT = "clients/hengda-steel/2026/Q2/visits/2026-05-28/"


@pytest.mark.parametrize("typed", ["到货的磅", "寄送新的取样规程", "五月 磅单", "恒达钢铁 2026-05-28 拜访"])
def test_search_in_texts(typed: str, visit: Open, base: str) -> None:
    """Any words of a report lead to it; its title, kind, day, and the words where they stand are shown."""
    page = visit("")
    box = page.get_by_role("combobox", name="查找")
    box.fill(typed)
    option = page.get_by_role("group", name="正文").get_by_role("option").first
    expect(option).to_contain_text("恒达钢铁有限公司 2026-05-28 拜访报告")
    expect(option.locator("code")).to_have_text("2026-05-28")
    expect(option.locator("span")).to_contain_text("拜访报告")
    for word in typed.split():
        expect(option.locator("mark", has_text=word).first).to_be_visible()
    wait_for_search(page)
    box.press("Enter")
    page.wait_for_url(base + VISIT)


def test_search_shows_more(visit: Open) -> None:
    """Ten are shown; the last line shows the next, and the focus stays where it is."""
    page = visit("")
    box = page.get_by_role("combobox", name="查找")
    box.fill("客户")
    texts = page.get_by_role("group", name="正文").get_by_role("option")
    expect(texts).to_have_count(11)
    box.press("ArrowUp")
    expect(texts.last).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(texts.nth(11)).to_be_visible()
    expect(box).to_be_focused()


def test_search_is_for_those_in_a_hurry(browser: Browser, base: str) -> None:
    """Enter before anything is found opens what is then found first."""
    page = browser.new_page()
    page.goto(base)
    page.get_by_role("combobox", name="查找").fill("到货的磅")
    page.keyboard.press("Enter")
    page.wait_for_url(base + VISIT)
    page.close()


def test_search_below_a_folder(browser: Browser, mini_site: Path) -> None:
    """The site may lie in a folder of its server."""
    with served(mini_site.parent) as base:
        page = browser.new_page()
        watch = Watch(page, f"{base}{mini_site.name}/")
        watch.open("clients/")
        page.get_by_role("combobox", name="查找").fill("到货的磅")
        expect(page.get_by_role("option")).to_have_count(1)
        wait_for_search(page)
        page.get_by_role("option").first.click()
        page.wait_for_url(f"{base}{mini_site.name}/{VISIT}")
        page.close()
    assert watch.faults == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_search_for_all(scheme: Literal["light", "dark"], browser: Browser, base: str) -> None:
    """What is found is no hindrance to anyone: axe-core finds nothing, with one chosen and words marked."""
    page = browser.new_page(color_scheme=scheme)
    watch = Watch(page, base)
    watch.open("")
    box = page.get_by_role("combobox", name="查找")
    box.fill("恒达")
    expect(page.get_by_role("option").locator("mark").first).to_be_visible()
    wait_for_search(page)
    box.press("ArrowDown")
    assert watch.axe_faults() == []
    box.press("ArrowDown")
    assert watch.axe_faults() == []
    assert overflow(page) == []
    page.close()
    assert watch.faults == []


def test_search_says_what_it_could_not_get(browser: Browser, base: str) -> None:
    """Where a file is missing, nobody is told that there is nothing."""
    page = browser.new_page()
    page.route("**/search/grams/**", lambda route: route.abort())
    page.goto(base)
    page.get_by_role("combobox", name="查找").fill("到货的磅")
    status = page.locator(".kam-search").get_by_role("status")
    expect(status).to_have_text("有的文件没有取到，没有查全；请刷新页面后再试。")
    page.close()


def test_search_by_key_and_mouse(visit: Open, base: str) -> None:
    """“/” goes to the box, arrows choose, a click opens, Escape closes; what is not there is said."""
    page = visit("")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="查找")
    expect(box).to_be_focused()
    box.fill("有限公司")
    options = page.get_by_role("option")
    expect(page.get_by_role("group", name="名称").get_by_role("option")).to_have_count(6)
    expect(page.get_by_role("group", name="正文").get_by_role("option")).not_to_have_count(0)
    wait_for_search(page)
    urls = options.evaluate_all("all => all.map(one => one.dataset.key.slice(5))")
    assert len(urls) == len(set(urls)), "what is found by name is not found once more by its text"
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id") or "")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("没有这一家")
    expect(page.locator(".kam-search").get_by_role("status")).to_have_text("没有找到。")
    box.fill("金山")
    expect(options.first).to_contain_text("金山")
    wait_for_search(page)
    options.first.click()
    page.wait_for_url(base + "clients/jinshan-steel/")


def test_search_on_a_phone_and_from_a_wrong_address(visit: Open, base: str) -> None:
    """The list fits the window; the search works on the page for wrong addresses too."""
    page = visit("nowhere/")
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("combobox", name="查找").fill("公司")
    expect(page.get_by_role("option").first).to_be_visible()
    box = page.get_by_role("listbox").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert overflow(page) == []
    wait_for_search(page)
    page.get_by_role("option").first.click()
    page.wait_for_url(base + "clients/*/")
