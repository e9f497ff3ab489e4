"""From bytes to text: UTF-8 and nothing that a reviewer cannot see but a parser obeys (F001, F008)."""

import codecs
import re
from dataclasses import dataclass

MAX_RECORD = 1024 * 1024
"""Bytes that one record may have (F008)."""
MAX_BODY = 200 * 1024
"""Bytes that the body of a Markdown record may have (F008)."""
MOST_PROBLEMS = 5000
"""With more things wrong with its form a record is not read: telling them all costs more than it helps."""

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a file from being read, with its place."""

    code: str
    message: str
    line: int = 1
    column: int = 1


def decode(data: bytes) -> tuple[str, Fault | None]:
    """The text with plain line ends, and F001 at the first thing in it that is refused.

    Where the bytes are no UTF-8 the text has U+FFFD in their place, so that a fault in the body
    of a Markdown record leaves its front matter readable.
    """
    fault = None
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        fault = _at(_LINE_END.sub("\n", before), len(before), _not_utf8(data))
        text = data.decode("utf-8", "replace")
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    refused = _REFUSED.search(text)
    if refused:
        name = f"U+{ord(refused[0]):04X}"
        message = f"含有看不见的控制字符 {name}；请删除这个字符（重新手工输入这一处即可）。"
        hidden = _at(text, refused.start(), message)
        if fault is None or (hidden.line, hidden.column) < (fault.line, fault.column):
            fault = hidden
    return text, fault


def _at(text: str, offset: int, message: str) -> Fault:
    line_start = text.rfind("\n", 0, offset) + 1
    offset = min(offset, len(text))
    return Fault("F001", message, text.count("\n", 0, offset) + 1, offset - line_start + 1)


def _not_utf8(data: bytes) -> str:
    remedy = "请用编辑器“另存为”，编码选 UTF-8"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return f"文件不是 UTF-8 编码的文本；{remedy}。"
    command = "iconv -f GB18030 -t UTF-8 旧文件 > 新文件"
    return f"文件看来是 GB18030（GBK）编码，不是 UTF-8；{remedy}，或执行 {command}。"
