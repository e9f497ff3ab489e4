"""Texts that cost a reader much for their size, each as a function of how many characters it is to have."""

from collections.abc import Callable, Mapping

Text = Callable[[int], str]


def fitting(make: Text, size: int) -> str:
    """A text of at most so many bytes, nearly as many."""
    text = make(size)
    data = text.encode()
    return text if len(data) <= size else make(size * size // len(data))


def _repeated(unit: str, *, before: str = "", after: str = "") -> Text:
    return lambda size: before + unit * ((size - len(before) - len(after)) // len(unit)) + after


def _numbered(line: str, *, before: str = "", after: str = "") -> Text:
    def text(size: int) -> str:
        parts, length, number = [before], len(before) + len(after), 0
        while length + len(part := line.format(number)) <= size:
            parts.append(part)
            length, number = length + len(part), number + 1
        return "".join([*parts, after])

    return text


_LONG = "停电停产检修" * 3

YAML: Mapping[str, Text] = {
    "keys that nobody knows": _numbered("键{}: 值\n"),
    "keys like a known one": _numbered("特殊情况{}: x\n"),
    "the same key again": _repeated("特殊情况: x\n"),
    "a list that nobody wants": _repeated("- x\n", before="特殊情况:\n"),
    "entries that are wrong": _repeated("  - {情况: 1, 登记人: 二, 发生日期: 三}\n", before="特殊情况:\n"),
    "entries with keys that nobody knows": _numbered("  - {{情{}: 1}}\n", before="特殊情况:\n"),
    "people who are not there": _numbered(
        "  - {{发生日期: 2026-04-20, 情况: 停电, 登记人: p{}}}\n", before="特殊情况:\n"
    ),
    "people who are not there, told at length": _numbered(
        f"  - {{{{发生日期: 2026-04-20, 情况: {_LONG}, 登记人: p{{}}}}}}\n", before="特殊情况:\n"
    ),
    "days to come": _repeated(
        f"  - {{发生日期: 2027-04-20, 情况: {_LONG}, 登记人: sun-li}}\n", before="特殊情况:\n"
    ),
    "events without end": _repeated(
        f"  - {{发生日期: 2026-04-20, 情况: {_LONG}, 登记人: sun-li}}\n", before="特殊情况:\n"
    ),
    "entries that are wrong, fewer": _repeated(
        f"  - {{情况: 1, 登记人: 二, 发生日期: 三}} # {'x' * 600}\n", before="特殊情况:\n"
    ),
    "a long plain text": _repeated("字 x", before="特殊情况: "),
    "a long text of many lines": _repeated("  字 x\n", before="特殊情况: |\n"),
    "a long quoted text": _repeated("\\u5b57", before='特殊情况: "', after='"'),
    "escaped line ends": _repeated("x\\\n", before='特殊情况: "', after='"'),
    "comments": _repeated("# x\n"),
    "comments behind values": _repeated("- x # x\n", before="特殊情况:\n"),
    "empty lines": _repeated("\n", after="特殊情况: x\n"),
    "spaces": _repeated(" ", before="特殊情况: x", after="\n"),
    "lists in lists": _repeated("[", before="特殊情况: "),
    "closed lists in lists": lambda size: "特殊情况: " + "[" * (size // 2 - 6) + "]" * (size // 2 - 6),
    "lists next to lists": _repeated("[],", before="特殊情况: [", after="]"),
    "mappings in mappings": _repeated("{a: ", before="特殊情况: "),
    "dashes": _repeated("- "),
    "question marks": _repeated("? "),
    "colons": _repeated(": "),
    "anchors": _numbered("- &a{} x\n", before="特殊情况:\n"),
    "aliases": _repeated("- *a\n", before="特殊情况:\n- &a x\n"),
    "tags": _repeated("- !!str x\n", before="特殊情况:\n"),
    "documents": _repeated("--- x\n"),
    "merge keys": _repeated("- {<<: x}\n", before="特殊情况:\n"),
    "an open quotation": _repeated("x\n", before="特殊情况: '"),
    "long keys": _repeated("x", before="特殊情况: {", after=": 1}"),
    "tabs": _repeated("\t"),
    "hidden characters": _repeated("\u202e", before="特殊情况: "),
    "deep blocks": lambda size: "".join(" " * at + "a:\n" for at in range(int((2 * size) ** 0.5) - 3)),
}  # fmt: skip
"""In the place of a record."""

MARKDOWN: Mapping[str, Text] = {
    "plain": _repeated("客户生产正常。\n\n"),
    "lines of one paragraph": _repeated("客户生产正常，\n"),
    "one line": _repeated("客户生产正常，"),
    "headings": _repeated("### 甲\n"),
    "level-2 headings": _repeated("## 甲\n"),
    "open brackets": _repeated("["),
    "open pictures": _repeated("!["),
    "brackets": _repeated("[a]"),
    "nested brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "open links": _repeated("[a]("),
    "open links in brackets": _repeated("[a](<b"),
    "links": _repeated("[a](http://e.example) "),
    "links with open titles": _repeated('[a](b "'),
    "definitions": _numbered("[a{}]: http://e.example\n"),
    "the same definition": _repeated("[a]: b\n"),
    "open definitions": _repeated("[a]: <b\n\n"),
    "stars": _repeated("*"),
    "words between stars": _repeated("*a "),
    "words behind stars": _repeated("a* "),
    "double stars": _repeated("**甲"),
    "triple stars": _repeated("***a* "),
    "stars and lines": _repeated("*a_ "),
    "nested emphasis": lambda size: "*a **a " * (size // 14) + "a** a*" * (size // 14),
    "backticks of all lengths": lambda size: "".join("a" + "`" * n for n in range(int(size**0.5))),
    "backticks": _repeated("`a"),
    "tildes": _repeated("~~~\n"),
    "backslashes": _repeated("\\"),
    "ampersands": _repeated("&"),
    "entities": _repeated("&amp;"),
    "angles": _repeated("<"),
    "open tags": _repeated("<a "),
    "addresses in angles": _repeated("<http://e.example/a>"),
    "open comments": _repeated("<!-- "),
    "comments": _repeated("<!-- x -->"),
    "question tags": _repeated("<?"),
    "declarations": _repeated("<!A "),
    "data sections": _repeated("<![CDATA["),
    "quotes": _repeated("> "),
    "lines of quotes": _repeated("> a\n"),
    "lists": _repeated("- a\n"),
    "lists in lists": _repeated("- "),
    "deep lists": lambda size: "".join("  " * n + "- a\n" for n in range(int(size**0.5) - 3)),
    "numbers": _repeated("1. "),
    "rules": _repeated("***\n"),
    "table rows": _repeated("| a | b |\n", before="| a | b |\n|---|---|\n"),
    "table cells": lambda size: "|a" * (size // 8) + "|\n" + "|-" * (size // 8) + "|\n" + "|a" * (size // 4),
    "bars": _repeated("|"),
    "narrow table rows": lambda size: (
        "|a" * (size // 8) + "|\n" + "|-" * (size // 8) + "|\n" + "|\n" * (size // 4)
    ),
    "underlines": _repeated("a\n-\n"),
    "hard breaks": _repeated("a  \n"),
    "deep quotes and lists": _repeated("> - "),
    "open e-mails": _repeated("a@"),
    "hidden characters": _repeated("\u200d甲"),
}  # fmt: skip
"""As a body."""
