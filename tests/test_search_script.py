"""The script of the search, in a browser, on an index of random texts and on one with hostile ones."""

import random
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.site.search import Text, joining
from generator.site.templating import TEMPLATES
from tests.browser import served
from tests.search_index import build, naive

pytestmark = pytest.mark.browser

SCRIPT = TEMPLATES / "docs" / "assets" / "kam-search-text.js"
LETTERS = "钢铁价吨热轧卷板，。（）—ABbc12357-./　㎡①ＡＢ１😀𠀀é"
FIND = """async ([typed, enough]) => {
  const search = window.find(typed, []);
  if (!search) return null;
  let last = [];
  let left = true;
  while (left && last.length < enough) {
    await search.next(enough, (found, more) => { last = found; left = more; });
  }
  return last;
}"""

Found = list[dict[str, Any]]


@contextmanager
def opened(browser: Browser, folder: Path, files: Mapping[str, bytes]) -> Iterator[Page]:
    """A page with the script, beside the files of an index."""
    put(folder, files)
    shutil.copy(SCRIPT, folder)
    page = f"<!doctype html><meta charset=utf-8><title>x</title><script src={SCRIPT.name}></script>"
    for name in ("index.html", "404.html"):
        (folder / name).write_text(page)
    with served(folder) as base:
        page = browser.new_page()
        page.goto(base)
        page.evaluate("() => { window.find = window.kamTexts('search/'); }")
        yield page
        page.close()


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes files below a folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def random_texts(chance: random.Random, source: int) -> list[Text]:
    """Texts of few different characters, so that parts of words are often there and whole words not."""
    return [
        Text(
            f"s{source}/{at}/",
            "".join(chance.choices(LETTERS, k=chance.randrange(9))),
            "",
            "\n".join("".join(chance.choices(LETTERS, k=chance.randrange(60))) for _ in range(3)),
            chance.choice(["", f"202{chance.randrange(7)}-0{chance.randrange(1, 9)}-11"]),
        )
        for at in range(chance.randrange(30))
    ]


def test_what_is_there_is_found(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same texts as a look through all of them, the latest first, with the words marked."""
    monkeypatch.setattr(joining, "_FILE", 500)
    chance = random.Random(7)
    given = [(f"s{number}", random_texts(chance, number)) for number in range(40)]
    texts = [text for _, some in given for text in some]
    files = build(given)
    assert len([name for name in files if "grams" in name]) > 16
    with opened(browser, tmp_path, files) as page:
        for _ in range(120):
            text = chance.choice(texts)
            where = chance.choice([text.title, text.body])
            start = chance.randrange(len(where) + 1)
            check(page, texts, where[start : start + chance.randrange(2, 9)])


def check(page: Page, texts: list[Text], typed: str) -> None:
    """Compares what the script finds with what is there."""
    found: Found | None = page.evaluate(FIND, [typed, 10_000])
    if found is None:
        assert not re.search(r"\S\S", typed), typed
        return
    assert {one["url"] for one in found} == naive(texts, typed), typed
    days = [one["day"] for one in found]
    assert days == sorted(days, reverse=True)
    for one in found:
        parts = [*one["title"], *one["snippet"]]
        assert any(isinstance(part, dict) for part in parts), (typed, one)


def test_only_some_files_are_read(browser: Browser, tmp_path: Path) -> None:
    """Of what stands everywhere, the latest are found without reading all; the rest on demand."""
    years = range(2005, 2025)
    given = [
        (f"s{source}", [Text(f"s{source}/{year}/", "", "", "共有的词", f"{year}-01-11") for year in years])
        for source in range(60)
    ]
    with opened(browser, tmp_path, build(given)) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        found = page.evaluate(FIND, ["共有的", 10])
        assert [one["day"] for one in found[:6]] == ["2024-01-11"] * 6
        assert len(asked) < 12
        assert len(page.evaluate(FIND, ["共有的", 10_000])) == 1200


def test_marks(browser: Browser, tmp_path: Path) -> None:
    """All words are marked, in the title and in the line with the most of them, as the record has them."""
    body = f"前言\n{'起' * 30}，热轧卷板（ＳＰＨＣ）3.5㎡{'止' * 80}\n热轧"
    with opened(browser, tmp_path, build([("s", [Text("s/", "恒达 热轧", "拜访报告", body)])])) as page:
        (found,) = page.evaluate(FIND, ["热轧 sphc m2", 1])
        assert found["title"] == ["恒达 ", {"mark": "热轧"}, ""]
        shown = found["snippet"]
        assert [part["mark"] for part in shown if isinstance(part, dict)] == ["热轧", "ＳＰＨＣ", "㎡"]
        text = "".join(part["mark"] if isinstance(part, dict) else part for part in shown)
        assert text.startswith("…")
        assert text.endswith("止…")
        assert len(text) < 70


def test_a_site_that_is_renewed(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that was left open finds what the new site has, though all numbers are others."""
    monkeypatch.setattr(joining, "_FILE", 16)
    old = [(f"s{number}", [Text(f"s{number}/", "", "", f"旧的词{number:04}")]) for number in range(40)]
    new = [(f"s{number}", [Text(f"s{number}/", "", "", f"新的词{number:04}")]) for number in range(20, 90)]
    with opened(browser, tmp_path, build(old)) as page:
        assert [one["url"] for one in page.evaluate(FIND, ["旧的词0030", 1])] == ["s30/"]
        shutil.rmtree(tmp_path / "search")
        put(tmp_path, build(new))
        assert [one["url"] for one in page.evaluate(FIND, ["新的词0077", 1])] == ["s77/"]
        assert page.evaluate(FIND, ["旧的词0030", 1]) == []
