"""A page's HTML as Markdown, for the baselines: what can be read stays, the markup around it goes.

No raw HTML: it would pass through a Markdown parser without being parsed. What comes out means the same to
Python-Markdown and to CommonMark: lists are indented by four, what one of them cannot escape is an entity.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_INLINE = {
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "label", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
_UNSEEN = {"button", "input", "script", "select", "style", "svg", "template", "textarea"}
"""Controls and drawings: they hold no text of the page."""

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&|~]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;", "~": "&#126;"}
_AT_START = re.compile(r"^(?:([#+-])|(\d+)([.)])|([:=]))")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_INDENT = "    "


@dataclass
class Node:
    """An element, and the texts and elements in it."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    def find_all(self, *tags: str) -> "Iterable[Node]":
        """The elements of some kinds in it, but not those inside of these."""
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.find_all(*tags)


class _TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(html: str) -> Node:
    """A piece of HTML as a tree; the root has no tag."""
    builder = _TreeBuilder()
    builder.feed(html)
    builder.close()
    return builder.open[0]


def text_of(node: Node | str) -> str:
    """What a reader sees of it."""
    if isinstance(node, str):
        return node
    return "" if _unseen(node) else "".join(text_of(child) for child in node.children)


def from_html(html: str) -> str:
    """The Markdown of a page's content."""
    return "\n\n".join(_blocks(tree(html).children)) + "\n"


def _unseen(node: Node) -> bool:
    return node.tag in _UNSEEN or "hidden" in node.attributes


def _is_inline(node: Node | str) -> bool:
    return isinstance(node, str) or (
        node.tag in _INLINE and all(_is_inline(child) for child in node.children)
    )


# Blocks


def _blocks(nodes: Sequence[Node | str], nested: bool = False) -> list[str]:
    """The blocks of Markdown that nodes make; inline ones beside each other are one paragraph."""
    found: list[str] = []
    waiting: list[Node | str] = []
    for node in nodes:
        if isinstance(node, Node) and _unseen(node):
            continue
        if _is_inline(node):
            waiting.append(node)
            continue
        found += (_paragraph(waiting), *_block(node, nested)) if isinstance(node, Node) else ()
        waiting = []
    return [block for block in (*found, _paragraph(waiting)) if block]


def _block(node: Node, nested: bool) -> Iterable[str]:
    match node.tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            return [_heading(int(node.tag[1]), node)]
        case "ul" | "ol":
            return [_list(node)]
        case "dl":
            return [_definitions(node)]
        case "table":
            return _table(node)
        case "pre":
            return [_code_block(_raw_text(node), nested)]
        case "blockquote":
            quoted = "\n\n".join(_blocks(node.children, True))
            return ["\n".join(f"> {line}".rstrip(" ") for line in quoted.split("\n"))]
        case "hr":
            return ["* * *"]
        case _:
            return _blocks(node.children, nested)


def _heading(level: int, node: Node) -> str:
    text = _line(node.children)
    return f"{'#' * level} {text[:-1]}\\#" if text.endswith("#") else f"{'#' * level} {text}"


def _paragraph(nodes: Sequence[Node | str]) -> str:
    lines = [line.strip(" ") for line in _inline(nodes).split("\n")]
    return "  \n".join(_AT_START.sub(_escape_start, line) for line in lines if line)


def _escape_start(found: re.Match[str]) -> str:
    sign, number, point, other = found.groups()
    if number:
        return f"{number}\\{point}"
    return f"\\{sign}" if sign else f"&#{ord(other)};"


def _list(node: Node) -> str:
    items = [child for child in node.children if isinstance(child, Node) and child.tag == "li"]
    number = int(node.attributes.get("start") or 1)
    made = []
    for at, item in enumerate(items, start=number):
        mark = f"{at}. ".ljust(4) if node.tag == "ol" else "-   "
        made.append(mark + _indented("\n\n".join(_blocks(item.children, True))))
    loose = any("\n\n" in item for item in made)
    return ("\n\n" if loose else "\n").join(made)


def _definitions(node: Node) -> str:
    made: list[str] = []
    for part in node.find_all("dt", "dd"):
        inner = "\n\n".join(_blocks(part.children, True))
        # A definition needs something to stand there.
        made.append(f":   {_indented(inner) or '&nbsp;'}\n" if part.tag == "dd" else _line(part.children))
    return "\n".join(made).rstrip("\n")


def _indented(text: str) -> str:
    """All lines but the first moved in."""
    return re.sub(r"\n(?=[^\n])", "\n" + _INDENT, text)


def _table(node: Node) -> Iterable[str]:
    caption = [block for part in node.find_all("caption") for block in _blocks(part.children)]
    rows = [[_line(cell.children) for cell in row.find_all("th", "td")] for row in node.find_all("tr")]
    rows = [row for row in rows if row]
    if not rows:
        return caption
    width = max(len(row) for row in rows)
    lines = [f"| {' | '.join((*row, *[''] * (width - len(row))))} |" for row in rows]
    return [*caption, "\n".join((lines[0], "|" + " --- |" * width, *lines[1:]))]


def _code_block(text: str, nested: bool) -> str:
    text = text.removesuffix("\n")
    if nested:
        # Python-Markdown knows fences at the outermost level alone.
        return _INDENT + text.replace("\n", "\n" + _INDENT)
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}\n{text}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _raw_text(node: Node) -> str:
    return "".join(child if isinstance(child, str) else _raw_text(child) for child in node.children)


# Inside of a block


def _line(nodes: Sequence[Node | str]) -> str:
    """What stands on one line, whatever it holds: the text of a cell, a heading or a term."""
    return _SPACES.sub(" ", _inline(nodes)).strip(" ")


def _inline(nodes: Sequence[Node | str]) -> str:
    """Text with its marks; a line break is a line end."""
    made = ""
    before: Node | str = ""
    for node in nodes:
        made = _joined(made, _piece(node), _parted(before, node))
        before = node
    return re.sub(" {2,}", " ", made)


def _parted(before: Node | str, node: Node | str) -> bool:
    """Whether styles alone keep two elements apart."""
    return (
        isinstance(before, Node) and isinstance(node, Node) and {before.tag, node.tag} <= {"span", "p", "div"}
    )


def _piece(node: Node | str) -> str:
    if isinstance(node, str):
        return _SPECIAL.sub(_escape, _SPACES.sub(" ", node))
    if _unseen(node) or node.tag == "wbr":
        return ""
    match node.tag:
        case "br":
            return "\n"
        case "code" | "kbd":
            return _code(_SPACES.sub(" ", text_of(node)))
        case "strong" | "b":
            return _marked("**", _inline(node.children), "**")
        case "em" | "i":
            return _marked("*", _inline(node.children), "*")
        case "a" if node.attributes.get("href"):
            return _marked("[", _inline(node.children), f"]({_address(node.attributes['href'] or '')})")
        case _:
            return _inline(node.children)


def _escape(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0]) or "\\" + found[0]


def _code(text: str) -> str:
    if not text.strip() or "|" in text:
        # A cell ends at a bar even within code.
        return _SPECIAL.sub(_escape, text)
    fence = "`" * (_longest_run(text) + 1)
    edge = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def _marked(left: str, inner: str, right: str) -> str:
    """Marks close around the text: spaces go outside, and nothing is marked where there is nothing."""
    text = inner.strip(" \n")
    if not text:
        return inner
    start = inner.index(text)
    return inner[:start] + left + text + right + inner[start + len(text) :]


def _address(url: str) -> str:
    return re.sub(r"[\s()<>]", lambda found: f"%{ord(found[0]):02X}", url)


def _joined(made: str, piece: str, parted: bool) -> str:
    """Two pieces beside each other, so that the marks of both are still seen as marks.

    Between punctuation and a letter no run of stars opens or closes; an entity in place of the letter ends in
    punctuation itself, so it does.
    """
    if not made or not piece:
        return made + piece
    last, first = made[-1], piece[0]
    if parted or (last == first and last in "*`" and not made.endswith("\\" + last)):
        return f"{made} {piece}"
    if first == "*" and last.isalnum() and _is_punctuation(piece.lstrip("*")[:1]):
        return f"{made[:-1]}&#{ord(last)};{piece}"
    if last == "*" and first.isalnum() and _is_punctuation(made.rstrip("*")[-1:]):
        return f"{made}&#{ord(first)};{piece[1:]}"
    return made + piece


def _is_punctuation(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "PS"
