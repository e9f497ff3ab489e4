"""The bench's baselines get what our pages say: as Markdown, without loss."""

import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bench.markdown import from_html, text_of, tree
from bench.measure import Failed
from bench.pages import take_apart

COMMONMARK = MarkdownIt("commonmark").enable("table")


def by_mkdocs(text: str) -> str:
    """As the baseline renders it."""
    return markdown.markdown(text, extensions=["toc", "tables", "fenced_code", "def_list"])


def seen(html: str) -> str:
    """What a reader sees, without spaces."""
    return re.sub(r"\s", "", text_of(tree(html)))


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<h2 id='a'>A <a href='/x/'>one</a></h2><p>Text,\n more.</p>", "## A [one](/x/)\n\nText, more.\n"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "-   a\n\n-   b\n\n    -   c\n"),
        ("<ol start='3'><li>a</li><li>b</li></ol>", "3.  a\n4.  b\n"),
        ("<dl><div><dt>Due</dt><dd><time>May</time></dd></div></dl>", "Due\n:   May\n"),
        (
            "<table><caption>All</caption><thead><tr><th>A</th><th>B</th></tr></thead>"
            "<tbody><tr><td>1|2</td><td><a href='/y/'>z</a><br>w</td></tr><tr><td></td></tr></tbody></table>",
            "All\n\n| A | B |\n| --- | --- |\n| 1&#124;2 | [z](/y/) w |\n|  |  |\n",
        ),
        ("<p><code>a/<wbr>b.yml</code> <button hidden>copy</button></p>", "`a/b.yml`\n"),
        ("<pre><code>x = `1`\n  y\n</code></pre>", "```\nx = `1`\n  y\n```\n"),
        ("<blockquote><p>a</p><p>b</p></blockquote><hr>", "> a\n>\n> b\n\n* * *\n"),
        ("<p>我们<strong>注意：</strong>请<em>看</em></p>", "我们**注意：**&#35831;*看*\n"),
        ("<p>1. one<br># two<br>- three</p>", "1\\. one  \n\\# two  \n\\- three\n"),
        ("<div hidden>no</div><svg><text>no</text></svg><span>a</span><span>b</span>", "a b\n"),
        ("<details><summary>More</summary><p>Text</p></details>", "More\n\nText\n"),
    ],
)  # fmt: skip
def test_markdown(html: str, wanted: str) -> None:
    """Each kind of block and mark; both parsers show the same text again."""
    made = from_html(html)
    assert made == wanted
    assert seen(by_mkdocs(made)) == seen(html)
    if "<dl>" not in html:
        assert seen(COMMONMARK.render(made)) == seen(html)


HOSTILE = st.text("a1中，。*_`[]()<>&|~#+-.:=!{}\\\"' \n", min_size=1, max_size=12)
PLACES = (
    "<p>{}</p>",
    "<ul><li>{}</li></ul>",
    "<h2>x {}</h2>",
    "<table><tr><th>x</th></tr><tr><td>{}</td></tr></table>",
    "<p>中<strong>{}</strong>文</p>",
    "<p><a href='/x/'>{}</a></p>",
)


@pytest.mark.parametrize("place", PLACES)
@given(text=HOSTILE)
def test_nothing_is_lost(place: str, text: str) -> None:
    """Whatever stands on a page stands there again, as text and never as markup of its own."""
    html = place.format(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    made = from_html(html)
    assert seen(COMMONMARK.render(made)) == seen(html)
    assert "<" not in made


@pytest.mark.parametrize("text", ["a|b", "x`y", "``", " ` ", "<b>", "*a*", "a\\"])
def test_code_is_kept(text: str) -> None:
    """Code with backticks in it, and with a bar, at which a cell would end."""
    html = f"<table><tr><td><code>{text.replace('<', '&lt;')}</code></td></tr></table>"
    assert seen(COMMONMARK.render(from_html(html))) == seen(html)


PAGE = """<html><title>A &amp; B - Site</title><a href="../../x.css"></a><i>A &amp; B</i>
<nav class="md-nav md-nav--secondary" aria-label="toc"><a href="#s">S</a></nav>
<article class="md-content__inner"><h1>A &amp; B</h1><a href="../../people/li/">Li</a> {{ x }}</article>
{{ y }}</html>"""


def test_page_is_taken_apart() -> None:
    """Title, table of contents and content are cut out, and equal shells are one."""
    leaf = take_apart(PAGE)
    assert leaf.title == "A & B"
    assert leaf.shell.count("{{ .Title }}") == 2
    assert "{{ .TableOfContents }}\n" in leaf.shell
    assert '{{ "{{" }} y }}' in leaf.shell
    assert "[Li](/people/li/)" in leaf.markdown()
    assert leaf.markdown().startswith('---\ntitle: "A & B"\nlayout: "shell-')
    assert take_apart(PAGE.replace("A &amp; B", "C")).layout == leaf.layout
    with pytest.raises(Failed):
        take_apart("<html></html>")
