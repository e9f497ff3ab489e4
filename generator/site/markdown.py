"""The one way from a record's Markdown to markup: no raw HTML, then an allow-list."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from html import escape
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from generator.reading.markdown import without_comments
from generator.site.values import Html

_SCHEMES = {"http", "https", "mailto"}
_LINK = re.compile(r"(?:https?:|mailto:)", re.IGNORECASE)
_RELATIVE = re.compile(r"[^\s:/\\?#][^:\\]*")
"""An address without a scheme and a host. Browsers take a backslash for a slash."""

Lead = Callable[[str], str | None]
"""Finds where a link leads that a record has to something in the repository: an address, or None."""


def _nowhere(_: str) -> None:
    return None


_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope", "class"}, "td": {"class"}}
_CLEANER = nh3.Cleaner(
    tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer"
)
_SIGN = re.compile(r"[\\`*_\[\]<>&!|:~]")
_MOST_SIGNS = 25_000
_BLANK = re.compile(r"\n{2,}")
_PLAIN = re.compile(r"(?!\d+[.)](?: |$))[0-9A-Za-z\u0080-\U0010ffff][^\\`*_\[\]<>&]*(?<! )")
"""A line that begins like no block, holds no sign that Markdown or HTML takes for more, and no break."""
_OPEN_TABLE = (
    '<div class="kam-scroll" tabindex="0" role="group" aria-label="表格"><table class="kam-table">'
    '<caption class="kam-hidden">正文中的表格</caption>'
)


def render(text: str, top: int = 3, lead: Lead = _nowhere) -> Html:
    """A body as markup; its headings begin at level `top` and skip none. Too many signs stand as typed.

    `lead` finds the address of what a link of the repository names; without one the link is a text.
    """
    typed = without_comments(text)
    paragraphs = _plain(typed)
    if paragraphs is not None:
        return Html(paragraphs)
    return as_typed(typed) if has_too_many_signs([typed]) else _parsed(typed, top, lead)


def has_too_many_signs(texts: Iterable[str]) -> bool:
    """Whether the parts of a body would together cost more than a second or two: nobody means so much.

    The parser looks at each sign, at each line as the beginning of a block, and fills the rows of a table up.
    """
    signs = cells = 0
    for text in texts:
        lines = text.count("\n")
        signs += len(_SIGN.findall(text)) + 2 * lines
        if "|" in text:
            cells += lines * max(line.count("|") for line in text.split("\n"))
    return signs > _MOST_SIGNS or cells > _MOST_SIGNS


def as_typed(text: str) -> Html:
    """A text as it was typed, sign for sign."""
    return Html(f"<pre><code>{escape(_CONTROLS.sub('', text))}</code></pre>\n")


def _plain(text: str) -> str | None:
    """A text of plain paragraphs, as most are, in which nothing can mean anything in Markdown or HTML.

    It comes out as the parser would give it, far sooner; None for any other text.
    """
    blocks = [block.split("\n") for block in _BLANK.split(text.strip("\n"))]
    if not all(_PLAIN.fullmatch(line) and line.isprintable() for lines in blocks for line in lines):
        return None
    return "".join(f"<p>{_joined(lines)}</p>\n" for lines in blocks)


def _joined(lines: Sequence[str]) -> str:
    """The lines of a paragraph; between two wide characters a break is no space."""
    joined = lines[0]
    for line in lines[1:]:
        joined += line if _is_wide(joined[-1]) and _is_wide(line[0]) else f"\n{line}"
    return joined


def _parsed(text: str, top: int, lead: Lead) -> Html:
    tokens = _PARSER.parse(_CONTROLS.sub("", text))
    _arrange(tokens, top)
    for token in tokens:
        _lead(token.children or (), lead)
    clean = _CLEANER.clean(_PARSER.renderer.render(tokens, _PARSER.options, {}))
    # Texts have no "<" of their own any more, so these are the tables and nothing else.
    clean = _CONTROLS.sub("", clean)
    return Html(clean.replace("<table>", _OPEN_TABLE).replace("</table>", "</table></div>"))


def _arrange(tokens: Sequence[Token], top: int) -> None:
    """Heading levels without gaps, cells with a scope and, in place of a style, a class."""
    level, typed = top - 1, list[int]()
    for token in tokens:
        if token.type == "heading_open":
            own = int(token.tag[1])
            while typed and typed[-1] >= own:
                typed.pop()
            typed.append(own)
            level = min(top - 1 + len(typed), 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"
        if token.type in ("th_open", "td_open"):
            style = str(token.attrs.pop("style", ""))
            if style.endswith(("right", "center")):
                token.attrSet("class", "kam-" + style.rpartition(":")[2])
            if token.type == "th_open":
                token.attrSet("scope", "col")
        if token.children:
            _join_lines(token.children)


def _lead(tokens: Iterable[Token], lead: Lead) -> None:
    """Let links within the repository lead where they can be followed on the site, or be texts."""
    hidden = False
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrs.get("href", ""))
            address = href if _LINK.match(href) else lead(unquote(href))
            hidden = token.hidden = not address
            token.attrSet("href", address or "")
        elif token.type == "link_close":
            token.hidden = hidden


def _join_lines(tokens: Sequence[Token]) -> None:
    """A line break typed between two wide characters is no space."""
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        between = before.type == after.type == "text" and before.content and after.content
        if (
            token.type == "softbreak"
            and between
            and _is_wide(before.content[-1])
            and _is_wide(after.content[0])
        ):
            token.type, token.content = "text", ""


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Runs of * and _, as CommonMark has them; beside a wide character a run of * opens and closes freely.

    Without that `**注意：**请` stays as typed: between punctuation and a letter no run may close.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1] if state.pos else " "
    end = state.pos + scanned.length
    after = state.src[end] if end < state.posMax else " "
    beside = marker == "*" and (_is_wide(before) or _is_wide(after))
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=scanned.can_open or (beside and not after.isspace()),
                close=scanned.can_close or (beside and not before.isspace()),
            )
        )
    state.pos = end
    return True


def _may_lead(url: str) -> bool:
    """Whether an address, as Markdown has it, is one of the web, of mail, or of the repository."""
    return bool(_LINK.match(url) or _RELATIVE.fullmatch(url))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.validateLink = _may_lead  # type: ignore[method-assign]
    parser.inline.ruler.at("emphasis", _emphasis)
    return parser


_PARSER = _parser()
