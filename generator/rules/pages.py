"""The page of a rule or an obligation kind: why, an example that breaks it, how to mend it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_EXAMPLE = re.compile(
    r"^`(?P<path>[^`\n]+)`(?:，截至 (?P<day>[0-9-]{10}))?[^\n]*\n+```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A file of an example: its path, its day where one is given, and whether it can be run."""

    path: str
    day: date | None
    text: str
    runnable: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page as written, cut into its sections."""

    sections: dict[str, str]
    text: str

    def section(self, title: str) -> str:
        """What stands under a title; nothing where there is no such section."""
        return self.sections.get(title, "")

    def examples(self, title: str) -> list[Example]:
        """The files shown under a title."""
        return [
            Example(
                found["path"],
                date.fromisoformat(found["day"]) if found["day"] else None,
                found["text"],
                found["kind"] != "text",
            )
            for found in _EXAMPLE.finditer(self.section(title))
        ]


@cache
def rule_page(code: str) -> Page | None:
    """The page of a rule, or None where nobody has written one."""
    return _page("generator.rules", code)


@cache
def kind_page(kind: str) -> Page | None:
    """The page of an obligation kind."""
    return _page("generator.obligations", kind)


def _page(package: str, name: str) -> Page | None:
    file = files(package) / "pages" / f"{name}.md"
    if not file.is_file():
        return None
    text = file.read_text("utf-8").strip() + "\n"
    titles = list(_SECTION.finditer(text))
    ends = [title.start() for title in titles[1:]] + [len(text)]
    sections = {
        title[1].strip(): text[title.end() : end].strip() + "\n"
        for title, end in zip(titles, ends, strict=True)
    }
    return Page(sections, text)
