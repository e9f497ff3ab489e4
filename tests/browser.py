"""What browser tests share: a site on a port of this machine, a page that is watched, and axe."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Dialog, Page, Request, expect

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
"""For Chromium, so that it starts in containers too."""

Open = Callable[[str], Page]
"""Goes to an address of the site."""

WIDTHS = (1440, 390)
SCHEMES = ("light", "dark")

AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
    "preload": False,
}
AXE_COLOURS = AXE | {"runOnly": ["color-contrast", "link-in-text-block"]}
"""The rules that depend on colours: what a second colour scheme can change."""

_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return [];
  return [...document.querySelectorAll("article *, header *, footer *")]
    .map(e => [e, Math.round(e.getBoundingClientRect().right)])
    .filter(([e, right]) => right > width && !e.closest(".kam-scroll, .md-tabs, .kam-hidden"))
    .slice(0, 5).map(([e, right]) => `${e.tagName}.${e.className} ends at ${right}`)
    .concat([`the page is ${document.documentElement.scrollWidth} wide`]);
}"""


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site's own page for wrong addresses, and is silent."""

    # Connections stay open: thousands of pages, each on a connection of its own, use up all ports.
    protocol_version = "HTTP/1.1"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            return super().send_error(code, message, explain)
        data = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        return None

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A site on a free port; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class Watch:
    """A page, and what goes wrong on it while it is used."""

    def __init__(self, page: Page, base: str, axe: Mapping[str, Any] = AXE) -> None:
        self.page = page
        self.faults: list[str] = []
        self._base = base
        self._axe = axe
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("dialog", self._dialog)

    def open(self, url: str) -> Page:
        """Goes to an address of the site, and waits until the scripts have run."""
        self.page.goto(self._base + url)
        expect(self.page.locator("[data-kam-search]")).to_be_visible()
        self.page.wait_for_load_state("load")
        return self.page

    def axe_faults(self) -> list[str]:
        """What axe-core finds, a line for each element."""
        results: dict[str, Any] = Axe().run(self.page, options=dict(self._axe)).response
        return [
            f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
            for rule in results["violations"]
            for node in rule["nodes"]
        ]

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        wrong_address = "404" in message.text and message.location.get("url", "").endswith("/nowhere/")
        if message.type in ("error", "warning") and not wrong_address:
            self.faults.append(f"console {message.type}: {message.text} {message.location}")

    def _failed(self, request: Request) -> None:
        # Chromium asks for the icon last of all, and gives it up when the next page is opened meanwhile.
        is_icon = request.url.endswith("/favicon.png") and request.failure == "net::ERR_ABORTED"
        if not is_icon:
            self.faults.append(f"failed: {request.failure}: {request.url}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._base, "data:", "blob:")):
            self.faults.append(f"request to another host: {request.url}")


def overflow(page: Page) -> list[str]:
    """What makes the page wider than the window; what scrolls by itself may be wider."""
    return page.evaluate(_OVERFLOW)


def wait_for_search(page: Page) -> None:
    """Until nothing more is fetched: what is given up when another page is opened would count as a fault."""
    expect(page.locator(".kam-search [role=status]")).not_to_contain_text("正在查找")
