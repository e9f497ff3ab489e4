"""What all tests share: the small company, and the browser, which a machine may lack."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.cli import main
from tests.cases_runner import BASE, Changes, lay_out
from tests.since_repo import Repo
from tests.stored import git

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser import Open

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_INSTALL = "apt-get install chromium fonts-noto-cjk"
_NO_BROWSER = f"no Chromium on this machine (Debian: {_INSTALL})"


@pytest.fixture(autouse=True, scope="session")
def _own_seal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Stores of facts are sealed with what only these tests know: one that lies about is not believed."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def company(tmp_path: Path) -> Callable[[Changes], Path]:
    """Lays out the small company with changes, and gives its records folder."""
    return lambda changes: lay_out(tmp_path, changes)


@pytest.fixture(params=["git", "plain"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The small company with a few more clients, in a repository and outside one."""
    root = tmp_path / "records"
    shutil.copytree(BASE, root)
    for number in range(4):
        shutil.copytree(root / "clients" / "hengda-steel", root / "clients" / f"copy-{number}")
        archive = root / "clients" / f"copy-{number}" / "archive.yml"
        text = archive.read_text("utf-8").replace("客户名称: ", f"客户名称: 第{number}")
        archive.write_text("\n".join(x for x in text.split("\n") if "信用代码" not in x), "utf-8")
    if request.param == "git":
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", "records")
        git(tmp_path, "commit", "-qm", "records")
    return root


@pytest.fixture(scope="session")
def mini_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small company, built once and only read."""
    from tests.site_builder import build_company  # MkDocs takes a while, and few tests need it

    return build_company(tmp_path_factory.mktemp("mini"))


@pytest.fixture(scope="session")
def next_year_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the same records in the next year, when 2026 is an earlier one."""
    from tests.site_builder import build_company  # as above

    return build_company(tmp_path_factory.mktemp("next-year"), day=date(2027, 2, 10))


@pytest.fixture
def kam(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command; its exit code, what it printed, and what it said on standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(arguments)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def find_browser() -> str | None:
    """The path of a Chromium, or None."""
    return next((path for name in _BROWSERS if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, for tests marked `browser`."""
    found = find_browser()
    assert found, "a test that needs a browser is to be marked `browser`"
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> "Iterator[Browser]":
    """One Chromium for all tests."""
    from playwright.sync_api import sync_playwright  # it takes a while to load, and few tests need it

    from tests.browser import ARGUMENTS

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def base(mini_site: Path) -> Iterator[str]:
    """The address of the small company's site."""
    from tests.browser import served

    with served(mini_site) as address:
        yield address


@pytest.fixture
def visit(browser: "Browser", base: str) -> "Iterator[Open]":
    """Opens a page in a profile of its own; at the end nothing may have gone wrong."""
    from tests.browser import Watch

    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    watches: list[Watch] = []

    def opened(url: str) -> "Page":
        watches.append(Watch(context.new_page(), base))
        return watches[-1].open(url)

    yield opened
    context.close()
    assert [fault for watch in watches for fault in watch.faults] == []


_LONGEST = ("test_hostile_flood", "test_torture", "test_costs", "test_determinism", "test_serve")
"""Files that come first: one of them at the end would leave the other core with nothing to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest first, the others as they are."""
    items.sort(key=lambda item: item.path.stem not in _LONGEST)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a browser test without a browser; fail it where one has to be there (.ci/run)."""
    if item.get_closest_marker("browser") is None or find_browser():
        return
    if os.environ.get("KAM_REQUIRE_BROWSER") == "1":
        pytest.fail(_NO_BROWSER, pytrace=False)
    pytest.skip(_NO_BROWSER)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end that the browser tests did not run, and what to do."""
    outcomes = [report for kind in ("skipped", "error") for report in terminalreporter.getreports(kind)]
    count = sum("browser" in getattr(report, "keywords", ()) for report in outcomes)
    if not count or find_browser():
        return
    write = terminalreporter.write_line
    terminalreporter.section("没有浏览器 / no browser", yellow=True)
    write(f"没有找到 Chromium，{count} 项浏览器测试没有运行。Debian 上安装：sudo {_INSTALL}")
    write(f"No Chromium was found: {count} browser tests did not run. On Debian: sudo {_INSTALL}")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """The small company, committed."""
    return Repo(tmp_path)
