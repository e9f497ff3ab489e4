"""A page as the text that is blessed: what a reader sees, line by line, with the addresses of its links.

Headings are `#`, links `[text](address)`, states `{overdue 逾期}`, rows of tables `| a | b |`. Wrappers,
classes and the theme around the page are left out: a change of looks changes nothing here.
"""

import re
from html.parser import HTMLParser

_LINES = {"blockquote", "caption", "dl", "dt", "li", "nav", "ol", "p", "section", "summary", "table", "ul"}
_ENDS = _LINES - {"dt"} | {"dd", "div", "pre", "tr"}
_HEADING = re.compile("h[1-6]")
_SKIPPED = {"button", "svg", "colgroup"}
_SPACE = re.compile(r"\s+")


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.ends: list[tuple[str, str]] = []
        """Of each open element, its tag and what is written at its end."""
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article" or self.ends:
            begin, end = self._marks(tag, {name: value or "" for name, value in attrs})
            self.line += begin
            if tag not in ("br", "col", "hr", "input", "wbr"):
                self.ends.append((tag, end))
                self.skipped += tag in _SKIPPED

    def _marks(self, tag: str, given: dict[str, str]) -> tuple[str, str]:
        classes = given.get("class", "").split()
        if tag in _LINES or tag in ("pre", "tr") or _HEADING.fullmatch(tag):
            self._break()
        if _HEADING.fullmatch(tag):
            return "#" * int(tag[1]) + " ", ""
        if "kam-badge" in classes:
            return "{" + classes[1].removeprefix("kam-badge--") + " ", "}"
        if "kam-note" in classes:
            return "（", "）"
        if "kam-source" in classes:
            return " ", ""
        simple = {
            "a": ("[", f"]({given.get('href')})"),
            "caption": ("表：", ""),
            "dt": ("", "："),
            "input": ("〔输入框〕", ""),
            "li": ("- ", ""),
            "nav": (f"〔{given.get('aria-label')}〕", ""),
            "summary": ("▸ ", ""),
            "tr": ("| ", ""),
        }
        return simple.get(tag, ("", " | " if tag in ("td", "th") else ""))

    def handle_endtag(self, tag: str) -> None:
        if not self.ends:
            return
        was, end = self.ends.pop()
        assert was == tag, f"<{was}> ends with </{tag}>"
        self.skipped -= tag in _SKIPPED
        self.line += end
        if tag in _ENDS or _HEADING.fullmatch(tag):
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.ends or self.skipped:
            return
        if self.ends[-1][0] == "pre" or ("pre", "") in self.ends:
            *whole, self.line = (self.line + data).split("\n")
            self.lines += [f"    {line}" for line in whole]
        else:
            self.line += _SPACE.sub(" ", data)

    def _break(self) -> None:
        line = _SPACE.sub(" ", self.line).strip()
        if line.startswith("#") and self.lines:
            self.lines.append("")
        if line and line not in ("-", "|"):
            self.lines.append(line)
        self.line = ""


def blessed_text(html: str) -> str:
    """The article of a page as text."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return "\n".join(writer.lines) + "\n"
