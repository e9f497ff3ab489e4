"""`make screenshots`: the pictures of README.md, taken of the sample company's own site."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator.site.build import build_site
from tests.browser import ARGUMENTS, served
from tests.conftest import find_browser

ROOT = Path(__file__).resolve().parent.parent
PICTURES = {"overview.png": ("", 1000), "client.png": ("clients/cangling-steel/", 1500)}
"""For each picture the page and the height of the window, in CSS pixels."""


def main() -> int:
    """Build the site of records/, and take each picture 1440 wide; 1 where there is no browser."""
    browser_path = find_browser()
    if browser_path is None:
        sys.stderr.write("没有找到 Chromium，无法截图。Debian：apt-get install chromium fonts-noto-cjk\n")
        return 1
    target = ROOT / "docs" / "images"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build_site(ROOT / "records", None, None, site, strict=True)
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        with served(site) as address:
            for name, (page_address, height) in PICTURES.items():
                page = browser.new_page(viewport={"width": 1440, "height": height})
                page.goto(f"{address}{page_address}")
                page.screenshot(path=target / name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
