"""Reads the pages of rules and of obligation kinds, with the examples in them."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.cases_runner import BASE_DAY, BadCase, take_marks

RULE_TITLES = ("为什么", "错误的例子", "怎么改", "正确的例子")
KIND_TITLES = ("要什么", "为什么", "什么时候算逾期的例子", "怎么办")

_PATH = re.compile(r"`records/([^`]+)`(.*)")
_AS_OF = re.compile(r"截至 (\d{4}-\d{2}-\d{2})")
_ABSENT = "没有这个文件"
_FENCE = re.compile(r"(`{3,})(\w*)")
_MARK = re.compile(r"[ \t]*# ← ([^\r\n]+?)[ \t]*$")
_SHOWN = "text"
"""The fence of what is shown and not run."""


@dataclass
class Part:
    """A section of a page, and the example in it: files to lay over the small company."""

    title: str
    text: list[str] = field(default_factory=list)
    as_of: date = BASE_DAY
    files: dict[str, str | bytes | None] = field(default_factory=dict)
    marks: set[tuple[str, int, str]] = field(default_factory=set)
    """Path, line and code of each `# ← V104`."""
    shown: int = 0
    """How many fences are not run."""
    _path: str | None = None

    def prose(self, line: str) -> None:
        """A line outside fences: it may name the file that follows."""
        if line.strip():
            self.text.append(line)
        if not (named := _PATH.fullmatch(line.strip())):
            return
        if day := _AS_OF.search(named[2]):
            self.as_of = date.fromisoformat(day[1])
        if _ABSENT in named[2]:
            self.files[named[1]] = None
        else:
            self._path = named[1]

    def fence(self, language: str, lines: list[str]) -> None:
        """A fenced block: the content of the file named before it."""
        path, self._path = self._path, None
        self.text += lines
        if language == _SHOWN:
            self.shown += 1
            return
        if path is None:
            raise BadCase(f"## {self.title}: a line `records/…` is to name the file before its block")
        text, marks = take_marks("".join(f"{line}\n" for line in lines), _MARK)
        self.files[path] = text
        self.marks |= {(path, line, code.strip()) for line, codes in marks for code in codes.split(",")}


def read_page(file: Path, titles: tuple[str, ...]) -> dict[str, Part]:
    """The sections of a page by title; BadCase where they are not those wanted, in order."""
    parts = _parts(file.read_text(encoding="utf-8").split("\n"))
    if tuple(part.title for part in parts) != titles:
        raise BadCase(f"sections are {[part.title for part in parts]}, not {list(titles)}")
    if empty := [part.title for part in parts if not part.text]:
        raise BadCase(f"nothing stands under {', '.join(empty)}")
    return {part.title: part for part in parts}


def _parts(lines: list[str]) -> list[Part]:
    found: list[Part] = []
    rest = iter(lines)
    for line in rest:
        if line.startswith("## "):
            found.append(Part(line.removeprefix("## ").strip()))
        elif not found:
            if line.strip():
                raise BadCase(f"before the first section stands “{line}”")
        elif opening := _FENCE.fullmatch(line.strip()):
            inside: list[str] = []
            for inner in rest:
                if inner.strip() == opening[1]:
                    break
                inside.append(inner)
            else:
                raise BadCase(f"## {found[-1].title}: a block is not closed")
            found[-1].fence(opening[2], inside)
        else:
            found[-1].prose(line)
    return found
