"""Pages are made the quick way: it gives what the slow way gives, and no text can misuse it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape

from generator.site import markdown
from generator.site.markup import escaped
from generator.site.templating import Templates
from generator.site.values import Badge, Cell, Column, Fact, Html, Link, Page, Section, Source, Table
from tests import hostile
from tests.cases_runner import BASE_DAY
from tests.html_reader import Page as HtmlPage
from tests.html_reader import read_html
from tests.site_builder import build_company

SIGNS = "字词，。（）“Aa19 \n\n\n.)-+=#|:~!\"'&<>*_`[]\\\t\r\x0b\x85\xa0\u3000\u200b\u2028\ufffe０－😀"
TYPED = st.text(st.sampled_from(SIGNS), max_size=24)
PLAIN = st.lists(
    st.sampled_from(
        ("核对磅单。", "2.5 万吨", "Φ12—18", " ", "\n", "\n\n", "1. ", "2) ", "# ", "- ", "a", "（一）")
    ),
    max_size=8,
).map("".join)
LINKS = ('<a href="../gone/">', '"../gone/"', 'x" href="../gone/', "../gone/", "&#34;../gone/&#34;")


@settings(max_examples=500, deadline=None)
@given(st.one_of(TYPED, PLAIN))
def test_plain_paragraphs_are_what_the_parser_makes_of_them(text: str) -> None:
    """What is taken for plain comes out as Markdown would have it, to the character."""
    plain = markdown._plain(text)
    assert plain is None or plain == markdown._parsed(text, 3, None)


@pytest.mark.parametrize(
    "text",
    [
        "今天核对五月的磅单。",
        "2.5 万吨，价 3180 元。",
        "\n第一行\n第二行\n\nAnd a second one,\nin two lines.\n",
    ],
)
def test_most_texts_are_plain(text: str) -> None:
    """Ordinary paragraphs need no parser: without that the quick way would be tried in vain."""
    assert markdown._plain(text) is not None


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_texts_are_escaped(text: str) -> None:
    """As Jinja would do it, but for control characters; and the same when asked a second time."""
    wanted = "".join(sign for sign in str(escape(text)) if sign in "\t\n\r" or not is_control(sign))
    assert [escaped(text), escaped(text)] == [wanted, wanted]


def is_control(sign: str) -> bool:
    """Whether a character is a control character (C0, C1 or DEL)."""
    return sign < " " or "\x7f" <= sign <= "\x9f"


def test_markup_is_never_taken_for_a_text() -> None:
    """Nor the other way round, though both compare equal, and whichever comes first."""
    for text in ("<i>", "<td", "<b>"):
        for first in (text, Html(text), Markup(text)):
            assert escaped(first) == (str(escape(text)) if type(first) is str else text)
        assert escaped(text) == str(escape(text))


@pytest.mark.parametrize(
    "text", [*LINKS, "<td", '<td class="kam-day"', "</td>", "{{ root }}", "<~>", "\x01x"]
)
def test_a_text_in_every_place_is_shown_as_typed(text: str) -> None:
    """In names, cells, paths, attributes and headings: no tag comes of it, and no address."""
    html, wanted = (Templates(BASE_DAY, one).page(page_of(one)) for one in (text, "x"))
    page, harmless = read_html("x/index.html", html), read_html("x/index.html", wanted)
    assert (page.tags, page.attributes) == (harmless.tags, harmless.attributes)
    assert html.replace("/<wbr>", "/").count("<") == wanted.replace("/<wbr>", "/").count("<")
    assert addresses(page) == addresses(harmless)


def addresses(page: HtmlPage) -> list[str]:
    """Where a page leads, but to the forge."""
    return [target for _, target, _ in page.leads_to() if "forge" not in target]


def page_of(text: str) -> Page:
    """A page with a text wherever a text can stand."""
    file = Source(f"a/{text}", 3, open_url=f"https://forge.example/{text}")
    cell = Cell((Link(text), Link(text, "y/")), Badge("open", text), text, text, file, text, text)
    table = Table(text, (Column(text, "day", 9),), ((cell,), (Cell((Link(text),)),)), sortable=True)
    empty = Table(text, (Column(text),), (), text)
    return Page(
        "x/",
        text,
        (
            Section(text, "a", notes=(text,), facts=(Fact(text, cell),), tables=(table, empty), source=file),
            Section(text, "b", "y/", links=(Link(text, "y/"), Link(text)), body=markdown.render(text)),
        ),
        crumbs=(Link(text, "y/"),),
        notes=(text,),
        badges=(Badge("open", text),),
        source=file,
    )


def test_no_text_is_taken_for_a_link(tmp_path: Path) -> None:
    """A strict build looks at every link of the site, and at nothing that only looks like one."""
    plan = f"clients/{hostile.VISITED}/2026/Q2/visit-plan.yml"
    body = f"{' '.join(LINKS)} [x](https://x.example \"<a href='../gone/'> ../gone/\")"
    build_company(
        tmp_path,
        {
            plan: hostile.replaced(plan, ("目的: 质量回访", f"目的: {hostile.quoted(' '.join(LINKS))}")),
            hostile.VISIT: hostile.replaced(hostile.VISIT, ("核对五月到货的磅单。", body)),
        },
    )
