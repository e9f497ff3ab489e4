"""Every kind of page in Chromium: no error, no other host, nothing too wide, nothing that axe-core finds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser import ARGUMENTS, SCHEMES, WIDTHS, Watch, axe_faults, overflow, served, settled

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


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def base(mini_site: Path) -> Iterator[str]:
    """The address of the small company's site."""
    with served(mini_site) as address:
        yield address


@pytest.fixture(scope="session", params=SCHEMES)
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A profile of its own for each colour scheme."""
    context = browser.new_context(color_scheme=request.param, viewport={"width": WIDTHS[0], "height": 900})
    yield context
    context.close()


def inspect(context: BrowserContext, base: str, url: str) -> list[str]:
    """Opens a page, at each width, and gives all that is wrong with it."""
    page = context.new_page()
    watch = Watch(page, base)
    page.goto(base + url)
    settled(page)
    found = [f"axe: {fault}" for fault in axe_faults(page)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"at {width}: {fault}" for fault in overflow(page)]
    page.close()
    return [*watch.faults, *found]


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, context: BrowserContext, base: str) -> None:
    """Nothing is wrong with a page, light and dark, wide and narrow."""
    found = inspect(context, base, PAGES[name])
    assert not found, "\n".join(found)
