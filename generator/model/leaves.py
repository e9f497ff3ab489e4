"""Leaf types: each turns the text that was typed into a value, or says in Chinese what to type.

Errors carry our own code (S003, S004, S006) as Pydantic's error type; records.md, "YAML".
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from generator.model.ids import MAX_ID, is_id

E = TypeVar("E", bound=StrEnum)
V = TypeVar("V")

MAX_TEXT = 20_000
"""Code points that one text may have (S003)."""

_MAX_REMEMBERED = 4096
"""So many texts of a type are remembered with their values; then it starts again."""

_PLACEHOLDER = re.compile(r"(?:待填写|待补充|todo|tbd|n/a|…+|\.{3,}|x{3,})[。：]?", re.IGNORECASE)
_ODD_START = frozenset(chr(code) for code in range(0x3001) if chr(code).isspace()) | set("待tTnN….xX")
"""How white space or a placeholder begins; most texts begin otherwise."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOOSE_DATE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_SOLID_DATE = re.compile(r"([12][0-9]{3})([01][0-9])([0-3][0-9])")
_NUMBER = re.compile(r"[0-9]{1,100}(?:\.[0-9]{1,100})?")
_WHOLE = re.compile(r"[0-9]{1,100}")
_YEAR = re.compile(r"[12][0-9]{3}")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_QUARTER = re.compile(r"[12][0-9]{3}-Q[1-4]")
_UNITS_OF_COUNT = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}


class Kept(str):
    """An id of the wrong form, kept as typed after its finding: lists of people still name it."""

    __slots__ = ()


def problem(code: str, message: str) -> PydanticCustomError:
    """An error of ours inside Pydantic; braces of the text are no template."""
    return PydanticCustomError(code, "{text}", {"text": message})


def shown(value: object) -> str:
    """What was typed, short enough for a message."""
    if isinstance(value, dict):
        return "一组键值"
    if isinstance(value, list):
        return "一个列表"
    text = str(value).replace("\n", " ")
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def is_placeholder(text: str) -> bool:
    """Whether a text says only that it is still to be written (S006), or nothing at all."""
    stripped = text.strip()
    return not stripped or (stripped[0] in _ODD_START and _PLACEHOLDER.fullmatch(stripped) is not None)


def _typed(value: Any, wanted: str) -> str:
    if isinstance(value, str):
        return value
    raise problem("S003", f"这里写成了{shown(value)}，应填{wanted}。")


def to_text(value: Any) -> str:
    """Any text; nothing, white space and placeholders are S006."""
    text = _typed(value, "一段文字")
    if len(text) > MAX_TEXT:
        raise problem("S003", f"文字共 {len(text)} 字，最多 {MAX_TEXT} 字；请把长内容放进正文或附件。")
    if (not text or text[0] in _ODD_START) and is_placeholder(text):
        seen = shown(text.strip()) if text.strip() else "空白"
        raise problem("S006", f"内容只有{seen}，等于没有填写；请写实际内容，确实没有的写“无”。")
    return text


def to_id(value: Any) -> str:
    """An id of a person, unit or client."""
    text = _typed(value, "编号")
    if isinstance(text, Kept) or is_id(text):
        return str(text)
    raise problem(
        "S003", f"{shown(text)}不是编号；编号只用小写字母、数字和连字符，如 sun-li，最长 {MAX_ID} 位。"
    )


def to_date(value: Any) -> date:
    """A day as 2026-02-17."""
    text = _typed(value, "日期，如 2026-02-17")
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            year, month, day = (int(part) for part in text.split("-"))
            raise problem("S003", f"{text} 这一天不存在：{_why_no_day(year, month, day)}") from None
    raise problem("S003", f"{shown(text)}不是日期的写法；{_date_hint(text)}")


def _date_hint(text: str) -> str:
    loose = _LOOSE_DATE.fullmatch(text.strip()) or _SOLID_DATE.fullmatch(text.strip())
    if loose:
        year, month, day = (int(part) for part in loose.groups())
        # What is proposed shall be right when it is written.
        return _why_no_day(year, month, day) or f"请写成 {year:04}-{month:02}-{day:02}。"
    return "请写成 年-月-日，如 2026-02-17。"


def _why_no_day(year: int, month: int, day: int) -> str:
    """Why the calendar has no such day, and what may be meant; empty where it has it."""
    if not MINYEAR <= year <= MAXYEAR:
        return f"没有公元 {year} 年，请核对年份。"
    if not 1 <= month <= 12:
        is_swapped = 1 <= day <= 12 and 1 <= month <= monthrange(year, day)[1]
        swapped = f"；如果月和日写反了，请写 {year:04}-{day:02}-{month:02}" if is_swapped else ""
        return f"月份是 1 至 12，没有 {month} 月，请核对年月日{swapped}。"
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        ends = f"；如果是月末，请写 {year:04}-{month:02}-{last}" if day > last else ""
        return f"{year} 年 {month} 月是 1 至 {last} 日，没有 {day} 日，请核对年月日{ends}。"
    return ""


def to_number(value: Any) -> Decimal:
    """A quantity: digits with at most one point, exact; at most 100 on either side of it."""
    text = _typed(value, "数字")
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    raise problem("S003", f"{shown(text)}不是数字的写法；{_number_hint(text)}")


def _number_hint(text: str) -> str:
    plain = text.strip().replace(",", "").replace("，", "").replace(" ", "")
    if _NUMBER.fullmatch(plain):
        return f"请写成 {plain}，不加分隔符。"
    if plain and plain[-1] in _UNITS_OF_COUNT and _NUMBER.fullmatch(plain[:-1]):
        full = Decimal(plain[:-1]) * _UNITS_OF_COUNT[plain[-1]]
        return f"请写成 {full.normalize():f}，不用“{plain[-1]}”字。"
    if plain.startswith("-"):
        return "数量不能为负。"
    return "只用数字，最多一个小数点，如 31200 或 62.5，计量单位写在“计量单位”里。"


def to_whole(value: Any) -> int:
    """A whole number from 0, of at most 100 digits."""
    text = _typed(value, "整数")
    if _WHOLE.fullmatch(text):
        return int(text)
    raise problem("S003", f"{shown(text)}不是整数；只写 0 或以上的整数，如 3。")


def to_positive(value: Any) -> int:
    """A whole number from 1."""
    number = to_whole(value)
    if number == 0:
        raise problem("S003", "这里最小为 1，不能写 0。")
    return number


def to_year(value: Any) -> int:
    """A year as four digits."""
    text = _typed(value, "年份")
    if _YEAR.fullmatch(text):
        return int(text)
    raise problem("S003", f"{shown(text)}不是年份；请写四位数字，如 2026。")


def to_month_day(value: Any) -> tuple[int, int]:
    """A day of the year as 12-31; a day that the month has not is taken for its last day."""
    text = _typed(value, "月-日，如 12-31")
    found = _MONTH_DAY.fullmatch(text)
    if found:
        return int(found[1]), int(found[2])
    raise problem("S003", f"{shown(text)}不是 月-日 的写法；请写成如 12-31 或 01-31。")


def to_quarter(value: Any) -> tuple[int, int]:
    """A quarter as 2025-Q4: its year and number."""
    text = _typed(value, "季度，如 2025-Q4")
    if _QUARTER.fullmatch(text):
        return int(text[:4]), int(text[-1])
    raise problem("S003", f"{shown(text)}不是季度的写法；请写成如 2025-Q4。")


def to_flag(value: Any) -> bool:
    """A yes or no: true, false, 是, 否."""
    text = _typed(value, "是 或 否")
    if text in ("true", "是"):
        return True
    if text in ("false", "否"):
        return False
    raise problem("S003", f"{shown(text)}不能判断是或否；请写 是 或 否（也可写 true、false）。")


def one_of(kind: type[E]) -> Callable[[Any], E]:
    """A converter to one of a few words (S004 otherwise)."""
    allowed = "、".join(kind)
    members: dict[str, E] = {member.value: member for member in kind}

    def convert(value: Any) -> E:
        text = _typed(value, f"以下之一：{allowed}")
        if text in members:
            return members[text]
        raise problem("S004", f"{shown(text)}不在可选范围内；可填：{allowed}。")

    return convert


def _remembering(convert: Callable[[Any], V]) -> PlainValidator:
    """A converter as validator that remembers: the same days and people come again and again."""
    known: dict[str, V] = {}

    def look_up(value: Any) -> V:
        try:
            return known[value]
        except (KeyError, TypeError):  # not seen before, or a list or mapping
            found = convert(value)
        if type(value) is str:
            if len(known) >= _MAX_REMEMBERED:
                known.clear()
            known[value] = found
        return found

    return PlainValidator(look_up)


_ID = _remembering(to_id)

Text = Annotated[str, PlainValidator(to_text)]
PersonId = Annotated[str, _ID]
UnitId = Annotated[str, _ID]
ClientId = Annotated[str, _ID]
NewId = Annotated[str, _ID]
Day = Annotated[date, _remembering(to_date)]
Number = Annotated[Decimal, PlainValidator(to_number)]
Whole = Annotated[int, PlainValidator(to_whole)]
Positive = Annotated[int, PlainValidator(to_positive)]
Year = Annotated[int, _remembering(to_year)]
MonthDay = Annotated[tuple[int, int], PlainValidator(to_month_day)]
QuarterName = Annotated[tuple[int, int], PlainValidator(to_quarter)]
Flag = Annotated[bool, PlainValidator(to_flag)]
