"""Every kind of page in Chromium: no error, no other host, nothing too wide, nothing that axe-core finds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import AXE, AXE_COLOURS, SCHEMES, WIDTHS, Watch, overflow, served

pytestmark = pytest.mark.browser

CLIENT = "clients/hengda-steel/"

PAGES = {
    "overview": "",
    "recent": "recent/",
    "clients": "clients/",
    "client": CLIENT,
    "client with much overdue": "clients/yongtai-joint/",
    "client with an archive only": "clients/anping-tools/",
    "visit": f"{CLIENT}2026/Q2/visits/2026-05-12/",
    "report": f"{CLIENT}2026/Q1/report/",
    "service plan": f"{CLIENT}2026/service-plan/",
    "visit plan": f"{CLIENT}2026/Q2/visit-plan/",
    "overdue": "overdue/",
    "overdue by division": "overdue/by-division/",
    "overdue by person": "overdue/by-person/",
    "overdue by kind": "overdue/by-kind/",
    "due soon": "due-soon/",
    "people": "people/",
    "person": "people/zhao-min/",
    "units": "units/",
    "unit": "units/iron-ore/",
    "key accounts": "units/key-accounts/",
    "analysis": "key-accounts/2026/Q1/",
    "ratings": "ratings/",
    "findings": "findings/",
    "policy": "policy/",
    "rule": "policy/rules/V104/",
    "obligations": "policy/obligations/",
    "obligation": "policy/obligations/visit-plan/",
    "parameters": "policy/parameters/",
    "forms": "policy/records/",
    "wrong address": "nowhere/",
}


@pytest.fixture(scope="module", params=SCHEMES)
def watch(request: pytest.FixtureRequest, browser: Browser, base: str) -> Iterator[Watch]:
    """A watched page for each colour scheme; it goes from one address to the next."""
    context = browser.new_context(color_scheme=request.param)
    yield Watch(context.new_page(), base, axe=AXE if request.param == "light" else AXE_COLOURS)
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, watch: Watch) -> None:
    """Nothing is wrong with a page, light and dark, wide and narrow."""
    found = inspect(watch, PAGES[name])
    assert not found, "\n".join(found)


def inspect(watch: Watch, url: str) -> list[str]:
    """Opens a page, looks at it in each width, and gives all that is wrong."""
    page = watch.page
    watch.faults.clear()
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    watch.open(url)
    found = [f"axe: {fault}" for fault in watch.axe_faults()]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"at {width}: {fault}" for fault in overflow(page)]
    return [*watch.faults, *found]


@pytest.mark.parametrize("url", [f"{CLIENT}2026/", CLIENT])
def test_earlier_year(url: str, browser: Browser, next_year_site: Path) -> None:
    """A client's page of an earlier year, and of the first days of a new one, when nothing is done yet."""
    with served(next_year_site) as base, browser.new_context(color_scheme="dark") as context:
        found = inspect(Watch(context.new_page(), base, axe=AXE), url)
    assert not found, "\n".join(found)
