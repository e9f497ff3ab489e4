"""One record: its bytes to values with positions, every fault noted at its place, nothing raised."""

import os
import stat
from pathlib import Path as FilePath

from generator.findings import Finding, Path, Severity
from generator.model.base import Document
from generator.model.leaves import is_placeholder
from generator.model.periods import Place
from generator.model.record import Mark, Record, Section
from generator.reading import markdown
from generator.reading.kinds import CLASSES
from generator.reading.nodes import Nodes, fallbacks, parse
from generator.reading.text import MAX_BODY, MAX_RECORD, Fault, decode
from generator.reading.validate import validate


def read(root: FilePath, place: Place) -> tuple[Record[object], list[Finding]]:
    """The record at a place of the tree, and its findings of form. Raises OSError where the disk fails."""
    reader = _Reader(root, place)
    return reader.read(), reader.findings


class _Reader:
    """Reads one file and gathers what is wrong with it."""

    def __init__(self, root: FilePath, place: Place) -> None:
        self._file = root.parent / place.path if root.name else root / place.path
        self._place = place
        self.findings: list[Finding] = []
        self._nodes = Nodes()
        self._first: Mark = (1, 1)
        self._spoiled: set[Path] = set()

    def read(self) -> Record[object]:
        """The record, as far as it can be read."""
        text, fault = self._text()
        sections: tuple[Section, ...] = ()
        front: str | None = text
        offset = 0
        if text is not None and self._place.kind.is_markdown:
            front, offset, sections, fault = self._split(text, fault)
        if fault is not None:
            self._note(fault.code, fault.message, (fault.line, fault.column))
            in_body = fault.code == "F001" and self._place.kind.is_markdown and fault.line > self._front_end
            front = front if in_body else None
        data = self._values(front, offset, sections) if front is not None else None
        return Record(self._place, data, self._locate, sections, self._spoiled)

    _front_end = 0
    """The last line of the front matter."""

    def _note(self, code: str, message: str, mark: Mark, path: Path | None = None) -> None:
        finding = Finding(self._place.path, *mark, code, message, Severity.ERROR, client=self._place.client)
        self.findings.append(finding)
        if path is not None:
            self._spoiled.add(path)

    def _text(self) -> tuple[str | None, Fault | None]:
        handle = os.open(self._file, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > MAX_RECORD or not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                message = f"文件有 {size} 字节，超过 1 MiB，无法读取；请把大段内容放进附件。"
                return None, Fault("F008", message)
            data = stream.read(MAX_RECORD + 1)
        return decode(data)

    def _split(
        self, text: str, fault: Fault | None
    ) -> tuple[str | None, int, tuple[Section, ...], Fault | None]:
        split = markdown.split(text)
        if split is None:
            message = "开头没有两行“---”之间的信息；请在第 1 行写“---”，填完各项后再写一行“---”，然后写正文。"
            return None, 0, (), fault or Fault("F005", message)
        self._front_end = split.body_line - 1
        if len(split.body.encode()) > MAX_BODY:
            return None, 0, (), Fault("F008", "正文超过 200 KiB，无法读取；请精简，或把长材料放进附件。")
        parts = markdown.parts(split.body, split.body_line)
        return split.front, 1, tuple(Section(p.title, p.line, p.text) for p in parts), fault

    def _values(self, front: str, offset: int, sections: tuple[Section, ...]) -> object | None:
        self._nodes = parse(front, offset)
        for path, fault in self._nodes.faults:
            self._note(fault.code, fault.message, (fault.line, fault.column), path)
        if self._nodes.unreadable:
            return None
        self._first = (offset, 1) if offset else (1, 1)
        raw = self._nodes.value
        cls = CLASSES[self._place.kind]
        if raw is None:
            raw = {} if issubclass(cls, Document) else None
        if raw is None or (issubclass(cls, Document) and not isinstance(raw, dict)):
            self._wrong_root(raw)
            return None
        empty = raw == {}
        data, problems = validate(cls, raw)
        for path, code, message in problems:
            where = path[:-1] if code == "S001" else path
            message += self._colon_hint(path) if code == "S001" else ""
            self._note(code, message, self._locate(where, code == "S002"), path)
        self._parts(cls, raw, sections)
        return None if empty else data

    def _colon_hint(self, path: Path) -> str:
        """Where the missing key stands there with a full-width colon: a key without a value to YAML."""
        for other in self._nodes.blank:
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
            self._note("S003", f"文件内容应是“键: 值”的形式；{hint}", self._locate((), False), ())

    def _parts(self, cls: type[object], raw: object, sections: tuple[Section, ...]) -> None:
        if not issubclass(cls, Document) or not isinstance(raw, dict):
            return
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

    def _locate(self, path: Path, key: bool) -> Mark:
        spans = self._nodes.spans
        for number, shorter in enumerate(fallbacks(path)):
            if shorter in spans:
                at_key, at_value = spans[shorter]
                return at_key if key and number == 0 else at_value
        return self._first
