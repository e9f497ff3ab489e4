"""Whatever stands in any field or body: no script of it runs, and nothing is asked of another host.

Each text has a client, a person and a division of its own. Pages are loaded in frames, all at one go:
`KAM_FLOOD=all` loads every page of every text (some minutes), else the lists, where all texts stand, and
two pages of each text that could become markup.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.site.build import build_site
from tests import hostile_flood as flood
from tests.browser import Watch, served, wait_for_search
from tests.cases_runner import lay_out
from tests.site_builder import configure
from tests.test_site_hostile import OF_BODIES

TEXTS = flood.texts()
EVERY = os.environ.get("KAM_FLOOD") == "all"
_TAG = re.compile(rb'<([a-zA-Z!/?][^\s>]*)((?:\s+[^\s"\'=<>`]+(?:="[^"]*")?)*)')
_NAME = re.compile(rb'\s([^\s"\'=<>`]+)(?:="[^"]*")?')
_SUSPECT = re.compile(r"[<>&\[\]`\"']|script|://")

_LISTS = ("clients", "findings", "overdue/by-division", "people", "ratings", "recent")
"""Where each text stands at least once."""
_LISTS_TOO = (
    "clients",
    "due-soon",
    "findings",
    "key-accounts",
    "overdue",
    "people",
    "policy",
    "ratings",
    "recent",
)

_FRAMES = '<!doctype html><title>x</title><link rel="icon" href="data:,"><body>'
_AT_ONCE = 400
"""How many frames one page has in all: a browser keeps something of each, gone or not."""
_HOLES = (
    "<script>kamRan = 1</script>",
    "<img src=x onerror='kamRan = 1'>",
    "<a href='javascript:kamRan = 1'>x</a>",
    "<script src='http://localhost:1/x.js'></script>",
)

_LOAD = """async urls => {
  const faults = [];
  const look = ({contentWindow: inner, contentDocument: page}, url) => {
    const odd = [...page.querySelectorAll("*")].filter(one => one.getAttributeNames().some(
      name => name.startsWith("on") || !/^(title|content|aria-label|data-.*)$/.test(name)
        && /^\\s*(javascript|vbscript|data):/i.test(one.getAttribute(name))));
    const scripts = [...page.scripts].filter(one => one.src && new URL(one.src).origin !== location.origin);
    if (inner.kamRan) faults.push(`a script ran: ${url}`);
    if (!page.querySelector("h1")) faults.push(`no page: ${url}`);
    odd.push(...scripts);
    if (odd.length) faults.push(`${odd[0].outerHTML.slice(0, 200)}: ${url}`);
  };
  const load = url => new Promise(done => {
    const frame = document.createElement("iframe");
    frame.style.display = "none";
    const patience = setTimeout(() => { faults.push(`not loaded: ${url}`); frame.remove(); done(); }, 60000);
    frame.onload = () => {
      clearTimeout(patience);
      try {
        look(frame, url);
      } catch (error) {
        faults.push(`${error}: ${url}`);
      }
      frame.remove();
      done();
    };
    frame.src = url;
    document.body.append(frame);
  });
  const lane = async list => { for (const url of list) await load(url); };
  await Promise.all([0, 1, 2].map(at => lane(urls.filter((_, number) => number % 3 === at))));
  return faults;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the flooded company, with a page that frames others."""
    folder = tmp_path_factory.mktemp("flood")
    root = lay_out(folder)
    flood.lay_flood(root, TEXTS)
    configure(folder)
    build_site(root, None, None, folder / "site")
    (folder / "site" / "frames.html").write_text(_FRAMES, "utf-8")
    return folder / "site"


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """Its address."""
    with served(site) as address:
        yield address


def test_every_kind_of_text_field_is_flooded() -> None:
    """The fields are those of the models, among them the ones that people meet first."""
    assert {"客户名称", "姓名", "联系人", "目的", "内容", "情况", "理由", "名称"} <= flood.free_keys()
    assert not {"编号", "日期", "客户", "单位", "等级"} & flood.free_keys()


def test_no_text_becomes_markup(site: Path, mini_site: Path) -> None:
    """All pages have the elements and attributes that the site of harmless records has, and no others."""
    harmless = _markup(mini_site)
    allowed = {name.encode() for tag in OF_BODIES for name in (tag, f"/{tag}")}
    extra = {b"blockquote", b"ul", b"ol", b"li", b"pre", b"br", b"hr", b"h3", b"h4", b"h5", b"h6"}
    allowed |= extra | {b"/" + tag for tag in extra}
    tags, attributes = _markup(site)
    assert tags - harmless[0] - allowed == set()
    assert attributes - harmless[1] - {b"title", b"start", b"rel"} == set()
    assert len(list(site.glob("clients/flood-*"))) == len(TEXTS)


def _markup(site: Path) -> tuple[set[bytes], set[bytes]]:
    """The names of elements and attributes in all pages; no text has a "<" of its own."""
    tags, lists = set[bytes](), set[bytes]()
    scripts = re.compile(rb"<script>.*?</script>|<script id[^>]*>.*?</script>", re.DOTALL)
    for file in site.rglob("index.html"):
        for tag, attributes in _TAG.findall(scripts.sub(b"", file.read_bytes())):
            tags.add(tag)
            lists.add(attributes)
    return tags, {name for attributes in lists for name in _NAME.findall(attributes)}


def _urls() -> Iterator[str]:
    for number, text in enumerate(TEXTS):
        if EVERY or _SUSPECT.search(text):
            yield f"clients/{flood.client(number)}/"
            yield f"clients/{flood.client(number)}/2026/Q2/visits/2026-05-28/"
        if EVERY:
            yield from (f"clients/{flood.client(number)}/{page}" for page in flood.PAGES[1:-1])
            yield f"people/{flood.person(number)}/"
            yield f"units/unit-{number}/"


@pytest.mark.browser
def test_no_script_runs_without_a_policy(site: Path, base: str, browser: Browser) -> None:
    """The pages hold by themselves: Chromium is told to pass over the policy, so any script would run."""
    lists = [
        file.parent.relative_to(site).as_posix() + "/"
        for place in (_LISTS_TOO if EVERY else _LISTS)
        for file in site.glob(f"{place}/**/index.html")
        if not file.parent.name.startswith(("flood-", "person-", "unit-"))
        if place != "clients" or "flood-" not in file.parent.as_posix()
    ]
    urls = [*lists, *_urls()]
    assert len(urls) > len(TEXTS)
    faults: list[str] = []
    for at in range(0, len(urls), _AT_ONCE):
        with browser.new_context(bypass_csp=True) as context:
            page = context.new_page()
            watch = Watch(page, base)
            page.goto(f"{base}frames.html")
            faults += page.evaluate(_LOAD, [base + url for url in urls[at : at + _AT_ONCE]])
            faults += watch.faults
    assert not faults, "\n".join(faults)


@pytest.mark.browser
@pytest.mark.parametrize("hole", _HOLES)
def test_a_hole_would_be_seen(hole: str, tmp_path: Path, browser: Browser) -> None:
    """What is looked at in the frames tells a page with a script from one without."""
    (tmp_path / "frames.html").write_text(_FRAMES, "utf-8")
    (tmp_path / "good.html").write_text("<h1>x</h1>", "utf-8")
    (tmp_path / "bad.html").write_text(f"<h1>x</h1>{hole}", "utf-8")
    with served(tmp_path) as base, browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{base}frames.html")
        assert page.evaluate(_LOAD, [f"{base}good.html"]) == []
        assert page.evaluate(_LOAD, [f"{base}bad.html"]) != []


@pytest.mark.browser
def test_our_own_payloads(base: str, browser: Browser) -> None:
    """Each on the pages of its client and person, opened as a reader does, the policy in force."""
    with browser.new_context() as context:
        watch = Watch(context.new_page(), base)
        for number in range(len(flood.OWN)):
            urls = [f"clients/{flood.client(number)}/{page}" for page in flood.PAGES[:: len(flood.PAGES) - 1]]
            for url in (*urls, f"people/{flood.person(number)}/"):
                page = watch.open(url)
                assert page.evaluate("window.kamRan") is None, url
                assert watch.faults == [], url
        page.set_viewport_size({"width": 390, "height": 900})
        for url in ("clients/", "people/", "overdue/", "findings/"):
            assert watch.open(url).evaluate("window.kamRan") is None
        assert watch.faults == []


@pytest.mark.browser
def test_search_results_show_texts_as_typed(base: str, browser: Browser) -> None:
    """Names and texts that are found are texts in the list of results, too."""
    with browser.new_context() as context:
        watch = Watch(context.new_page(), base)
        page = watch.open("")
        box = page.get_by_role("combobox")
        for typed in (
            "<script>",
            "onerror",
            "javascript:",
            '"><img',
            "{{ con",
            "</title>",
            "elsewhere.example",
        ):
            box.fill(typed)
            expect(page.get_by_role("option").first).to_be_visible()
            wait_for_search(page)
            assert typed in (page.get_by_role("option").first.text_content() or "").lower(), typed
            assert page.locator(".kam-search img, .kam-search script, .kam-search svg").count() == 0
        assert page.evaluate("window.kamRan") is None
        assert watch.faults == []
