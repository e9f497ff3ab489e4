"""Bodies: CommonMark with tables, Chinese emphasis, links that can be followed, and nothing else."""

import string
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.site import markdown
from tests import hostile
from tests.html_reader import read_html
from tests.site_builder import build_company

STOCK = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
STOCK.validateLink = markdown._may_lead  # type: ignore[method-assign]

PIECES = (*string.printable, "**", "__", "*a*", "](", "\n\n", "- ", "1. ", "> ", "```", "|-|", "&amp;", "é")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=400)
@given(TEXTS)
def test_commonmark_holds(text: str) -> None:
    """Where no Chinese stands, a text is parsed as CommonMark has it, token for token."""
    ours, stock = markdown._PARSER.parse(text), STOCK.parse(text)
    assert [token.as_dict() for token in ours] == [token.as_dict() for token in stock]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**注意：**请", "<strong>注意：</strong>请"),
        ("请**“注意”**这里", "请<strong>“注意”</strong>这里"),
        ("（**甲**）", "（<strong>甲</strong>）"),
        ("*甲。*乙", "<em>甲。</em>乙"),
        ("**甲*乙*丙。**丁", "<strong>甲<em>乙</em>丙。</strong>丁"),
        ("a_b_c甲_乙_", "a_b_c甲_乙_"),
        ("2 * 3 * 4 甲", "2 * 3 * 4 甲"),
        ("** 甲**", "** 甲**"),
        ("**甲 **乙", "**甲 **乙"),
    ],
)
def test_emphasis_beside_wide_characters(text: str, html: str) -> None:
    """Punctuation of Chinese does not keep a run from closing; white space does, as everywhere."""
    assert markdown.render(text) == f"<p>{html}</p>\n"


REL = 'rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](http://e.example/x)", f'<a href="http://e.example/x" {REL}>a</a>'),
        ("[a](HTTPS://e.example)", f'<a href="HTTPS://e.example" {REL}>a</a>'),
        ("[a](mailto:a@e.example)", f'<a href="mailto:a@e.example" {REL}>a</a>'),
        ("[a](javascript:x)", "[a](javascript:x)"),
        ("[a](JavaScript&colon;x)", "[a](JavaScript:x)"),
        ("[a](data:text/html,x)", "[a](data:text/html,x)"),
        ("[a](//e.example)", "[a](//e.example)"),
        ("[a](/etc/passwd)", "[a](/etc/passwd)"),
        ("[a](\\\\e.example)", "a"),
        ("[a](b/c)", "a"),
        ("[a](../b.md)", "a"),
        ("[*a* b](c) [d](http://e.example)", f'<em>a</em> b <a href="http://e.example" {REL}>d</a>'),
        ("![a](http://e.example/a.png)", f'!<a href="http://e.example/a.png" {REL}>a</a>'),
        ("<b class=x>a</b>", "&lt;b class=x&gt;a&lt;/b&gt;"),
    ],
)
def test_links(text: str, html: str) -> None:
    """The web and mail; a link within the repository is a text where nobody knows where it leads."""
    assert markdown.render(text) == f"<p>{html}</p>\n"


def test_links_are_led() -> None:
    """Where it is known, there; nothing that is found can bring in markup."""
    lead: Callable[[str], str | None] = {"甲 乙.md": 'x/"><b>'}.get
    safe = f'<a href="x/&quot;&gt;&lt;b&gt;" {REL}>a</a>'
    assert markdown.render("[a](<甲 乙.md>)", lead=lead) == f"<p>{safe}</p>\n"


VISIT = "clients/hengda-steel/2026/Q2/visits/2026-05-28.md"
BODY = """
[甲](2026-05-12.md) [乙](../../Q1/report.md#x) [丙](../../../archive.yml)
[丁](../../../attachments/business-licence.pdf) [戊](../../../../../ratings/2026/standard.md)
[己](../../../attachments/statements-2025.csv) [庚](../../../../jinshan-steel/archive.yml)
[辛](../../../../../../../etc/passwd) [壬](none.md)
"""


def test_links_of_a_visit(tmp_path: Path) -> None:
    """To records of the client and the company and to attachments that are published; all else is text."""
    changes = {VISIT: hostile.replaced(VISIT, ("\n核对五月到货的磅单。\n", BODY))}
    site = build_company(tmp_path, changes)
    url = VISIT.removesuffix(".md") + "/"
    html = (site / url / "index.html").read_text("utf-8")
    page = read_html(url, html)
    found = {target.removeprefix("http://site.invalid/") for _, target, _ in page.leads_to()}
    client = "clients/hengda-steel/"
    assert found >= {f"{client}2026/Q2/visits/2026-05-12/", f"{client}2026/Q1/report/", "ratings/"}
    assert f"{client}attachments/business-licence.pdf" in found
    body = html.partition("所处理的事宜</h2>")[2].partition("</section>")[0]
    assert body.count("<a ") == 5
    assert not [target for target in found if "statements" in target or "passwd" in target]
    assert all(name in page.text for name in "己庚辛壬")
