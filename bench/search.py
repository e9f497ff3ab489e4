"""The search of the built site, in Chromium: how long until the first result, and what is fetched for it."""

import gzip
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

from bench.content import Workplace
from bench.measure import NotMeasured, say


@dataclass(frozen=True, slots=True)
class Found:
    """What the search took."""

    typed: str
    seconds: float
    count: int
    files: int
    size: int
    packed: int


_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]

_CLOCK = """() => {
  let began;
  document.addEventListener("focusin", () => { began = performance.now(); }, true);
  window.benchTook = new Promise((done, fail) => {
    setTimeout(() => fail(new Error("no result within 30 s")), 30000);
    const look = () => {
      const first = document.querySelector("[role=option]");
      if (first && first.offsetParent !== null) done(performance.now() - began);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}"""


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


def search(place: Workplace, runs: int, in_texts: bool) -> Found:
    """Type a part of a client's name, or of a visit's text, in a browser that has seen nothing; done once."""
    key = f"search {in_texts}"
    if key not in place.kept:
        site, visit = place.site, place.visit
        typed = visit.text_inside() if in_texts else _name_on(site / visit.client_url / "index.html")[1:4]
        place.kept[key] = _search(site, visit.client_url, typed, runs)
    found = place.kept[key]
    assert isinstance(found, Found)
    return found


def _search(site: Path, url: str, typed: str, runs: int) -> Found:
    chromium = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    if chromium is None:
        raise NotMeasured("chromium is missing (apt-get install chromium)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise NotMeasured("playwright is missing (make test installs it)") from None
    with _served(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        times, fetched = [], dict[str, bytes]()
        for _ in range(runs):
            took, fetched = _type(browser, base + url, typed)
            times.append(took)
        browser.close()
    say(f"  search for {typed}: {', '.join(f'{took * 1000:.0f} ms' for took in times)}")
    packed = sum(len(gzip.compress(body)) for body in fetched.values())
    return Found(typed, median(times), runs, len(fetched), sum(map(len, fetched.values())), packed)


def _name_on(page: Path) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page.read_text("utf-8"), re.DOTALL)
    if found is None:
        raise NotMeasured(f"{page} has no heading")
    return unescape(re.sub(r"<[^>]*>", "", found[1])).strip()


def _type(browser: Any, address: str, typed: str) -> tuple[float, dict[str, bytes]]:
    """Seconds from going to the box to the first result, and what was fetched meanwhile."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    page.evaluate(_CLOCK)
    page.get_by_role("combobox").first.fill(typed)
    # Waiting for a function would evaluate a text, which the site's own policy forbids.
    took = page.evaluate("() => window.benchTook") / 1000
    fetched = {answer.url: answer.body() for answer in answers if "favicon" not in answer.url}
    context.close()
    return took, fetched


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
