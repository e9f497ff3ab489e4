"""What libyaml says it cannot read, told as its cause: at the line a person must mend (F002)."""

import re
from typing import Any

import yaml

from generator.model.leaves import shown
from generator.reading.text import Fault

_FULLWIDTH_KEY = re.compile(r"\s*(?:- +)*[^\s：:'\"#,\[\]{}&*!|>%@`-][^：:'\"]*：")
_FLOW = ("while parsing a flow sequence", "while parsing a flow mapping")
_QUOTED = "while scanning a quoted scalar"


def explain(text: str, error: yaml.YAMLError) -> Fault:
    """The fault behind a YAML error: F002, or F004 for what YAML has and records may not have."""
    lines = text.rstrip("\n").split("\n")
    problem = str(getattr(error, "problem", None) or "")
    context = str(getattr(error, "context", None) or "")
    character = getattr(error, "character", None)
    if isinstance(character, int):
        return _refused_character(text, character)
    line, column = _place(getattr(error, "problem_mark", None), lines)
    opened = getattr(error, "context_mark", None)
    if _is_directive(lines, problem):
        number = next((n for n, content in enumerate(lines, 1) if content.startswith("%")), line)
        return Fault("F004", "文件里不能有“%”开头的指令行；请删除这一行。", number)
    if "tag" in problem:
        return Fault(
            "F004", "这里的“!”在 YAML 中表示类型标记，不能使用；如果是文字，请加英文双引号。", line, column
        )
    if context in _FLOW and opened is not None:
        at = _place(opened, lines)
        mark = "[" if context == _FLOW[0] else "{"
        closing = "]" if mark == "[" else "}"
        return Fault("F002", f"这里的“{mark}”没有配对的“{closing}”，或其中少了逗号；请补上。", *at)
    if context == _QUOTED and opened is not None:
        at = _place(opened, lines)
        return Fault("F002", "这里的引号没有结束；请在文字末尾补上同样的英文引号。", *at)
    return _by_line(lines, line, column, problem)


def _refused_character(text: str, character: int) -> Fault:
    """libyaml's reader stops at a few characters that our own list (F001) lets through."""
    offset = max(text.find(chr(character)), 0)
    message = f"含有 YAML 不允许的字符 U+{character:04X}；请删除这个字符。"
    return Fault("F002", message, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _by_line(lines: list[str], line: int, column: int, problem: str) -> Fault:
    for number in range(line, 0, -1):
        if _FULLWIDTH_KEY.match(lines[number - 1]):
            content = lines[number - 1]
            key, _, value = content.lstrip(" -").partition("：")
            meant = shown(f"{key.rstrip()}: {value.strip()}".rstrip())
            message = f"用了全角冒号“：”；请改成英文冒号加一个空格，即{meant}。"
            return Fault("F002", message, number, content.index("：") + 1)
        if number < line and re.search(r":(?:\s|$)", lines[number - 1]):
            break
    unclosed = _unclosed_quote(lines, line)
    if unclosed:
        return Fault("F002", "这里的引号没有结束；请在文字末尾补上同样的英文引号。", *unclosed)
    for number in (line, line - 1):
        indent = re.match(r"[ ]*\t", lines[number - 1]) if number > 0 else None
        if indent:
            return Fault("F002", "缩进用了制表符（Tab）；请改用空格。", number, indent.end())
    return Fault(
        "F002",
        f"这里不符合 YAML 的写法（{_say(problem)}）；请对照样例检查冒号、空格、缩进和引号。",
        line,
        column,
    )


def _unclosed_quote(lines: list[str], line: int) -> tuple[int, int] | None:
    """Where a quoted value just above runs over its line's end: it met a later quote only by chance."""
    for number in range(line, max(line - 30, 0), -1):
        value = re.search(r"(?:^|: +|- +|\[|, *)(['\"])", lines[number - 1])
        if value and lines[number - 1].count(value[1]) % 2:
            if number < line:
                return number, value.start(1) + 1
        elif number < line and value is None and re.search(r":(?:\s|$)", lines[number - 1]):
            break
    return None


def _is_directive(lines: list[str], problem: str) -> bool:
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    return first.startswith("%") or "directive" in problem or "YAML document" in problem


def _place(mark: Any, lines: list[str]) -> tuple[int, int]:
    if mark is None:
        return 1, 1
    if mark.line >= len(lines):
        return len(lines), len(lines[-1]) + 1
    return mark.line + 1, mark.column + 1


_PHRASES = {
    "mapping values are not allowed": "这里不应出现冒号，常因文字里含有英文冒号而未加引号",
    "could not find expected ':'": "这一行没有冒号，或冒号后面缺空格",
    "did not find expected key": "这里应是一个键名，常因缩进不齐，或引号后面还有文字",
    "did not find expected '-' indicator": "列表的各项没有对齐",
    "cannot start any token": "文字以特殊符号开头，请加英文双引号",
    "alphabetic or numeric character": "文字以“*”或“&”开头，请加英文双引号",
    "expected whitespace or line break": "文字以“!”开头，请加英文双引号",
    "expected comment or line break": "“|”或“>”后面要换行；如果是文字，请加英文双引号",
    "mapping keys are not allowed": "文字以“?”开头，请加英文双引号",
    "block sequence entries are not allowed": "这里不能开始列表，请另起一行并缩进",
    "control characters": "含有不允许的字符",
    "unknown escape": "双引号中的反斜杠“\\”是转义符，请改用单引号",
}


def _say(problem: str) -> str:
    return next((words for part, words in _PHRASES.items() if part in problem), "结构不完整")
