"""Pouring: MkDocs renders one page of each depth with markers, and every page goes into that."""

import re
from collections.abc import Mapping
from hashlib import blake2b

_MARKER = re.compile(r"@@kam:([a-z]+)@@")
NAMES = ("title", "toc", "content")
URL = "url"
"""The page's own address, only where the site has one."""


class ShellError(Exception):
    """A shell from the theme has an unknown marker, or has lost one."""


def marker(name: str) -> str:
    """What stands in a shell for a part of the page."""
    return f"@@kam:{name}@@"


class Shell:
    """The theme around a page, cut at its markers."""

    def __init__(self, html: str) -> None:
        self.key = blake2b(html.encode(), digest_size=16).hexdigest()
        """Stands for all of it."""
        self._texts: list[bytes] = []
        self._names: list[str] = []
        at = 0
        for found in _MARKER.finditer(html):
            self._texts.append(_encoded(html[at : found.start()]))
            self._names.append(found[1])
            at = found.end()
        self._texts.append(_encoded(html[at:]))
        unknown = sorted(set(self._names) - {*NAMES, URL})
        lost = [name for name in NAMES if name not in self._names]
        if unknown:
            raise ShellError(f"页面模板里有不认识的标记：{'、'.join(unknown)}。")
        if lost:
            how = "mkdocs.yml 的 theme 要用 material，改过的模板要保留标记"
            raise ShellError(f"页面模板丢了标记：{'、'.join(lost)}；{how}。")
        if self._names.count("content") != 1:
            raise ShellError("页面模板里正文的标记不止一处。")

    def pour(self, parts: Mapping[str, str]) -> bytes:
        """The whole page, as it is written; the theme, half of it, is encoded once for all pages."""
        out = [self._texts[0]]
        for name, text in zip(self._names, self._texts[1:], strict=True):
            out += (_encoded(parts[name]), text)
        return b"".join(out)


def _encoded(text: str) -> bytes:
    # The name of a file may have a byte that is no character: nothing but "?" can stand for it.
    return text.encode("utf-8", "replace")
