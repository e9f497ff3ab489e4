"""What of the pages can be found by its text."""

import json
from pathlib import Path

from generator.site import search
from generator.site.values import Badge, Cell, Fact, Html, Link, Page, Section, Table
from tests.site_builder import build_company


def texts_on(site: Path) -> dict[str, list[str]]:
    """The texts of a site by address."""
    files = sorted((site / "search" / "texts").iterdir())
    found = [text for file in files for text in json.loads(file.read_bytes())]
    assert len({text[0] for text in found}) == len(found)
    return {text[0]: text for text in found}


def test_pages_with_their_texts(mini_site: Path) -> None:
    """Clients, people and records; with the body, what is typed in fields, and the team, and a day."""
    texts = texts_on(mini_site)
    for url in texts:
        assert (mini_site / url / "index.html").is_file()
    _, title, note, body, day = texts["clients/hengda-steel/2026/Q2/visits/2026-05-28/"]
    assert title == "恒达钢铁有限公司 2026-05-28 拜访报告"
    assert (note, day) == ("拜访报告", "2026-05-28")
    assert "核对五月到货的磅单。" in body.split("\n")
    assert "寄送新的取样规程" in body
    _, _, note, body, day = texts["clients/hengda-steel/"]
    assert (note, day) == ("客户", "")
    assert "周敏" in body
    assert {text[2] for text in texts.values()} == {
        "客户", "人员", "拜访报告", "季度报告", "服务方案", "季度访问计划", "客户服务分析",
    }  # fmt: skip


def test_texts_do_not_hang_on_the_day(mini_site: Path, next_year_site: Path) -> None:
    """What is overdue today is not part of a record's text, so the index lives on when the day turns."""
    first, second = texts_on(mini_site), texts_on(next_year_site)
    records = {url for url in first if url.count("/") > 3}
    assert len(records) >= 8
    assert {url: first[url] for url in records} == {url: second[url] for url in records}
    for text in first.values():
        assert not any(word in text[3] for word in ("逾期", "按期完成", "天")), text


def fact(label: str, *texts: str, badge: Badge | None = None, note: str = "") -> Fact:
    """A line of a list."""
    return Fact(label, Cell(tuple(map(Link, texts)), badge, note=note))


def test_a_page_as_a_text() -> None:
    """Line by line, without markup and without states; a day is one that there is."""
    known = (
        fact("客户", "2026-02-30 公司"),
        fact("人员", "赵敏", "孙丽", note="2026-03-01 提交"),
        fact("报告", "写在这里", badge=Badge("overdue", "逾期")),
    )
    body = Html(
        "<h3>一</h3>\n<p>铁 &lt; 矿<br>\n<em>石</em>粉</p>\n<table><tr><td>甲</td>\n<td>乙</td></tr></table>"
    )
    row = (Cell((Link("2"),)), Cell(badge=Badge("open", "未到期")), Cell((Link("吨"),)))
    sections = (
        Section("概要", "summary", facts=known),
        Section("正文", "part-1", body=body),
        Section("实绩", "traded", tables=(Table("实绩", (), (row,)),)),
        Section("检查问题", "findings", notes=("有 1 个问题",)),
    )
    pages = [Page("clients/a/2026/Q1/report/", "报告", sections), Page("policy/", "制度", sections)]
    ((name, (text,)),) = search.sources(pages)
    assert name == "clients/a"
    assert (text.note, text.day) == ("季度报告", "2026-03-01")
    assert text.body.split("\n") == [
        "客户：2026-02-30 公司",
        "人员：赵敏、孙丽　2026-03-01 提交",
        "正文",
        "一",
        "铁 < 矿",
        "石粉",
        "甲　乙",
        "2　吨",
    ]


def test_a_site_without_search(tmp_path: Path) -> None:
    """Where mkdocs.yml says so there is no index, no script for it, and no box in the header."""
    site = build_company(tmp_path, search=False)
    assert not (site / "search").exists()
    for page in ("index.html", "clients/hengda-steel/index.html", "404.html"):
        text = (site / page).read_text("utf-8")
        assert "kam-search" not in text, page
        assert "kam-tables.js" in text, page
