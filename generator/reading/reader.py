"""One record: its bytes to values with positions, every fault noted at its place, nothing raised."""

import os
import stat
from functools import cached_property, lru_cache
from pathlib import Path as FilePath
from typing import Any

from generator.findings import Finding, Path, Severity
from generator.model.base import Document, as_document
from generator.model.leaves import is_placeholder
from generator.model.periods import Place
from generator.model.record import Mark, Record, Section
from generator.reading import markdown, quick
from generator.reading.kinds import CLASSES
from generator.reading.positions import Positions
from generator.reading.text import MAX_BODY, MAX_RECORD, MOST_PROBLEMS, Fault, decode
from generator.reading.validate import TooManyProblems, validate

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def read(root: FilePath, place: Place) -> tuple[Record[object], list[Finding]]:
    """The record at a place of the tree, and its findings of form. Raises OSError where the disk fails."""
    return interpret(place, _bytes(_folder_of(root) + place.path))


def interpret(place: Place, data: bytes | Fault) -> tuple[Record[object], list[Finding]]:
    """What the bytes of a record say, and its findings of form; in place of bytes, why there are none."""
    reader = _Reader(place)
    return reader.read(data), reader.findings


@lru_cache(maxsize=8)
def _folder_of(root: FilePath) -> str:
    """What goes before the path of a place, which begins with the name of `root`."""
    return str(root.parent / "_")[:-1]


def _bytes(file: str) -> bytes | Fault:
    handle = os.open(file, _FLAGS)
    try:
        status = os.fstat(handle)
        if status.st_size > MAX_RECORD or not stat.S_ISREG(status.st_mode):
            message = f"文件有 {status.st_size} 字节，超过 1 MiB，无法读取；请把大段内容放进附件。"
            return Fault("F008", message)
        # One byte more than there are: less than asked for is all there is.
        data = os.read(handle, status.st_size + 1)
        if len(data) != status.st_size:
            with open(handle, "rb", closefd=False) as stream:
                data += stream.read(MAX_RECORD + 1 - len(data))
        return data
    finally:
        os.close(handle)


class _Reader:
    """Reads one file and gathers what is wrong with it."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.findings: list[Finding] = []
        self._where = Positions()
        self._spoiled: set[Path] = set()

    def read(self, data: bytes | Fault) -> Record[object]:
        """The record, as far as it can be read."""
        text, fault = (None, data) if isinstance(data, Fault) else decode(data)
        self._text = text
        sections: tuple[Section, ...] = ()
        front: str | None = text
        offset = 0
        if text is not None and self._place.kind.is_markdown:
            front, offset, sections, fault = self._split(text, fault)
        if fault is not None:
            self._note(fault.code, fault.message, (fault.line, fault.column))
            in_body = fault.code == "F001" and self._place.kind.is_markdown and fault.line > self._front_end
            front = front if in_body else None
        content = self._values(front, offset, sections) if front is not None else None
        return Record(self._place, content, self._where, sections, frozenset(self._spoiled))

    @cached_property
    def _last_line(self) -> int:
        return self._text.count("\n") + 1 if self._text else 1

    _text: str | None = None
    _front_end = 0
    """The last line of the front matter."""

    def _note(self, code: str, message: str, mark: Mark, path: Path | None = None) -> None:
        if mark[0] > self._last_line:
            # YAML lets an empty document begin behind the last line.
            mark = self._last_line, 1
        finding = Finding(self._place.path, *mark, code, message, Severity.ERROR, client=self._place.client)
        self.findings.append(finding)
        if path is not None:
            self._spoiled.add(path)

    def _split(
        self, text: str, fault: Fault | None
    ) -> tuple[str | None, int, tuple[Section, ...], Fault | None]:
        split = markdown.split(text)
        if split is None:
            message = "开头没有两行“---”之间的信息；请在第 1 行写“---”，填完各项后再写一行“---”，然后写正文。"
            return None, 0, (), fault or Fault("F005", message)
        self._front_end = split.body_line - 1
        # A character has four bytes at most.
        if len(split.body) > MAX_BODY // 4 and len(split.body.encode()) > MAX_BODY:
            return None, 0, (), Fault("F008", "正文超过 200 KiB，无法读取；请精简，或把长材料放进附件。")
        return split.front, 1, markdown.parts(split.body, split.body_line), fault

    def _values(self, front: str, offset: int, sections: tuple[Section, ...]) -> object | None:
        self._where = Positions(front, offset)
        try:
            raw = quick.values(front)
        except quick.Unusual:
            nodes = self._where.nodes
            if len(nodes.faults) > MOST_PROBLEMS:
                self._too_many()
                return None
            for path, fault in nodes.faults:
                self._note(fault.code, fault.message, (fault.line, fault.column), path)
            if nodes.unreadable:
                return None
            raw = nodes.value
        cls = CLASSES[self._place.kind]
        document = as_document(cls)
        if raw is None and document:
            raw = {}
        if raw is None or (document and not isinstance(raw, dict)):
            self._wrong_root(raw)
            return None
        try:
            data, problems = validate(cls, raw)
        except TooManyProblems:
            self._too_many()
            return None
        for path, code, message in problems:
            where = path[:-1] if code == "S001" else path
            message += self._colon_hint(path) if code == "S001" else ""
            self._note(code, message, self._where(where, code == "S002"), path)
        if document:
            self._parts(document, raw, sections)
        return None if raw == {} else data

    def _too_many(self) -> None:
        self.findings.clear()
        message = (
            f"格式问题超过 {MOST_PROBLEMS} 处，无法读取；这多半不是一份{self._place.kind.value}，请核对内容。"
        )
        self._note("F008", message, (1, 1))

    def _colon_hint(self, path: Path) -> str:
        """Where the missing key stands there with a full-width colon: a key without a value to YAML."""
        for other in self._where.nodes.blank:
            key = other[-1] if other[:-1] == path[:-1] else ""
            if isinstance(key, str) and key.startswith(f"{path[-1]}："):
                return f"（“{key[:20]}”用了全角冒号“：”，请改成英文冒号加一个空格。）"
        return ""

    def _wrong_root(self, raw: object) -> None:
        if raw is None:
            self._note("S001", "文件是空的；请填写内容，或删除这个文件。", (1, 1), ())
        else:
            hint = (
                "冒号请用英文冒号加一个空格。" if isinstance(raw, str) and "：" in raw else "请对照样例填写。"
            )
            self._note("S003", f"文件内容应是“键: 值”的形式；{hint}", self._where((), False), ())

    def _parts(self, cls: type[Document], raw: dict[str, Any], sections: tuple[Section, ...]) -> None:
        excused = cls.excused(raw)
        by_title: dict[str, list[Section]] = {}
        for section in sections:
            by_title.setdefault(markdown.plain_title(section.title), []).append(section)
        for title in cls.PARTS:
            if title in excused:
                continue
            found = by_title.get(markdown.plain_title(title), [])
            if not found:
                message = (
                    f"正文缺少“## {title}”这一部分；请另起一行写“## {title}”（## 后留一个空格），再写内容。"
                )
                self._note("S005", message, (1, 1))
            for again in found[1:]:
                message = f"“## {title}”写了两次，已在第 {found[0].line} 行出现；请合并成一处。"
                self._note("S005", message, (again.line, 1))
            for section in found[:1]:
                self._part_content(title, section)

    def _part_content(self, title: str, section: Section) -> None:
        content = markdown.without_comments(section.text).strip()
        if is_placeholder(content):
            what = f"只有“{content}”" if content else "没有内容"
            message = f"“## {title}”{what}；请在标题下面写实际内容，确实没有的写“无”。"
            self._note("S006", message, (section.line, 1))
