"""YAML to plain values with positions: libyaml's events, one document, text scalars, limits.

A mapping becomes a dict, a list a list, a scalar the text that was typed; a bare `~`, `null` or
nothing is no value at all, as if its key were not there (records.md, "YAML"). Beside the values one
list of marks in the order of the document turns paths into lines. `quick.py` reads the same values
of an ordinary record without the marks.
"""

from dataclasses import dataclass, field
from typing import Any, Protocol

import yaml
from yaml import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from generator.findings import Path
from generator.reading.text import MOST_PROBLEMS, Fault
from generator.reading.yaml_errors import explain

MAX_DEPTH = 20
MAX_NODES = 200_000
NOTHING = ("~", "null", "")
"""What stands for no value where it is typed without quotes."""

Mark = tuple[int, int]
"""A line and a column, counted from 1."""


class _YamlMark(Protocol):
    line: int
    column: int


@dataclass(slots=True)
class Nodes:
    """One YAML document read: its value, its faults, and where everything stands."""

    value: Any = None
    faults: list[tuple[Path | None, Fault]] = field(default_factory=list)
    """Each with the field it spoils; None where nothing of the record can be read."""
    spans: dict[Path, tuple[Mark, Mark]] = field(default_factory=dict)
    """For each path the place of its key (or item) and of its value."""

    blank: list[Path] = field(default_factory=list)
    """Keys with nothing typed after them: as if they were not there, and so without a place."""

    @property
    def unreadable(self) -> bool:
        """Whether a fault keeps the whole record from being read."""
        return any(path is None for path, _ in self.faults)


class _Stop(Exception):
    """A limit was reached; the fault is noted."""


def parse(text: str, line_offset: int = 0) -> Nodes:
    """Read one document; never raises, whatever the text. Marks are moved by `line_offset`."""
    nodes = Nodes()
    try:
        _Builder(text, line_offset, nodes).run()
    except yaml.YAMLError as error:
        fault = explain(text, error)
        moved = Fault(fault.code, fault.message, fault.line + line_offset, fault.column)
        nodes.faults.append((None, moved))
    except _Stop:
        pass
    return nodes


class _Builder:
    """Builds the values from the event stream, depth by depth."""

    def __init__(self, text: str, line_offset: int, nodes: Nodes) -> None:
        self._next: Any = CParser(text).get_event
        self._offset = line_offset + 1
        self._nodes = nodes
        self._spans = nodes.spans
        self._count = 0

    def run(self) -> None:
        documents = 0
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(
                        event, "一个文件只能有一份内容，这里又开始了第二份；请删除多余的“---”及其后内容。"
                    )
                    raise _Stop
                if event.version or event.tags:
                    self._refuse(event, "文件里不能有“%”开头的指令行；请删除这一行。")
            elif not isinstance(event, (yaml.StreamStartEvent, yaml.DocumentEndEvent)):
                mark = self._mark(event)
                self._nodes.value = self._build(event, (), mark, mark, 1)

    def _mark(self, event: Any) -> Mark:
        mark: _YamlMark = event.start_mark
        return mark.line + self._offset, mark.column + 1

    def _refuse(self, event: Any, message: str, code: str = "F004") -> None:
        self._nodes.faults.append((None, Fault(code, message, *self._mark(event))))

    def _build(self, event: Any, path: Path, key: Mark, mark: Mark, depth: int) -> Any:
        """The value that begins with `event`, at `mark`; its spans stand under `path`."""
        kind = type(event)
        self._check(event, kind, depth)
        if kind is ScalarEvent:
            self._spans[path] = (key, mark)
            value = event.value
            return None if value in NOTHING and not event.style and event.implicit[0] else value
        if kind is MappingStartEvent:
            return self._mapping(path, key, mark, depth)
        if kind is AliasEvent:
            return None
        return self._sequence(path, key, mark, depth)

    def _check(self, event: Any, kind: type, depth: int) -> None:
        self._count += 1
        if self._count > MAX_NODES:
            self._refuse(event, f"内容超过 {MAX_NODES} 项，无法读取；请拆分或删减。", "F008")
            raise _Stop
        if len(self._nodes.faults) > MOST_PROBLEMS:
            raise _Stop
        if kind is AliasEvent:
            self._refuse(event, "这里的“*”在 YAML 中表示引用，不能使用；如果是文字，请加英文双引号。")
            return
        if event.anchor is not None:
            self._refuse(event, "这里的“&”在 YAML 中表示锚点，不能使用；如果是文字，请加英文双引号。")
        if event.tag is not None:
            self._refuse(event, "这里的“!”在 YAML 中表示类型标记，不能使用；如果是文字，请加英文双引号。")
        if depth > MAX_DEPTH and kind is not ScalarEvent:
            self._refuse(event, f"嵌套超过 {MAX_DEPTH} 层，无法读取；请检查括号和缩进。", "F008")
            raise _Stop

    def _mapping(self, path: Path, key: Mark, mark: Mark, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        seen: dict[str, Mark] = {}
        first = None
        while type(event := self._next()) is not MappingEndEvent:
            key_mark = self._mark(event)
            first = first or key_mark
            name = self._key(event, depth)
            value_event = self._next()
            value_mark = self._mark(value_event)
            if name is None:
                self._build(value_event, (*path, "\0"), key_mark, value_mark, depth + 1)
            elif name in seen:
                self._twice((*path, name), name, key_mark, seen[name])
                self._build(value_event, (*path, name, "\0"), key_mark, value_mark, depth + 1)
            else:
                seen[name] = key_mark
                inner = (*path, name)
                value = self._build(value_event, inner, key_mark, value_mark, depth + 1)
                if value is None:
                    self._nodes.blank.append(inner)
                    self._spans.pop(inner, None)
                else:
                    found[name] = value
        self._spans[path] = (key, first or mark)
        return found

    def _key(self, event: Any, depth: int) -> str | None:
        kind = type(event)
        if kind is ScalarEvent:
            self._check(event, kind, depth)
            if event.value == "<<" and not event.style:
                self._refuse(event, "不能用“<<”合并键；请把内容直接写出来。")
            return str(event.value)
        mark = self._mark(event)
        fault = Fault("S003", "键名只能是文字，不能是列表或一组键值；请检查冒号和缩进。", *mark)
        self._build(event, ("\0",), mark, mark, depth + 1)
        self._nodes.faults.append((("\0",), fault))
        return None

    def _twice(self, path: Path, name: str, mark: Mark, first: Mark) -> None:
        message = f"“{name}”写了两次，已在第 {first[0]} 行出现；请只保留一个。"
        self._nodes.faults.append((path, Fault("F003", message, *mark)))

    def _sequence(self, path: Path, key: Mark, mark: Mark, depth: int) -> list[Any]:
        found: list[Any] = []
        while type(event := self._next()) is not SequenceEndEvent:
            place = self._mark(event)
            found.append(self._build(event, (*path, len(found)), place, place, depth + 1))
        self._spans[path] = (key, mark)
        return found
