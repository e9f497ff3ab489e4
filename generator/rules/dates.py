"""D: dates that cannot be (3.0): not yet reached, far from the record's period, or out of sequence."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from generator.findings import Path
from generator.model.periods import Kind
from generator.model.record import items
from generator.policy.days import Quarter, first_of, last_of, plus
from generator.rules.form import is_misplaced
from generator.rules.rule import AnyRecord, Context, Hit

AHEAD_DAYS, AFTER_DAYS, YEARLY_AHEAD_DAYS = 120, 400, 210
"""How far a record may be dated before and after its period (D102)."""
MOST_VISIT_DAYS = 30

_DONE = {
    *("提交日期", "建档日期", "聘任日期", "编制日期", "制定日期", "拜访日期"),
    *("填报日期", "完成日期", "收集日期", "补充日期", "批准日期", "发生日期"),
}
"""Keys whose day says that something was done, wherever they stand (D101)."""
_DONE_IN = {"会签", "备案", "大客户部会签", "取消", "改期", "更正", "更新记录", "副本移交"}
"""Fields whose 日期 says that something was done."""


def d101(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A date of something done that lies after today."""
    today = context.world.today
    for path, day in _days(record.data, (), ""):
        if day > today:
            yield Hit(path, f"{path[-1]} {day} 在今天（{today}）之后；已经做了的事才填日期，请核对。")
    decided = record.place.day if record.kind is Kind.DECISION else None
    if decided and decided > today:
        message = f"决定日期 {decided}（文件名）在今天（{today}）之后；请核对。"
        yield Hit((), message, anywhere=True)


@cache
def _keys(model: type[Any], holder: str) -> tuple[tuple[str, str], ...]:
    """The fields of a model in the field `holder` in which such a date can be, with the keys typed."""
    if not issubclass(model, BaseModel):
        return ()
    fields = ((name, info.alias or name, info.annotation) for name, info in model.model_fields.items())
    return tuple((name, key) for name, key, kind in fields if _may_hold_date(kind, key, holder))


def _may_hold_date(annotation: Any, key: str, holder: str) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(_keys(annotation, key))
    if isinstance(annotation, type) and issubclass(annotation, date):
        return key in _DONE or (key == "日期" and holder in _DONE_IN)
    return any(_may_hold_date(part, key, holder) for part in get_args(annotation))


def _days(value: Any, path: Path, holder: str) -> Iterator[tuple[Path, date]]:
    """The dates of things done inside a value; `holder` is the field in which it stands."""
    if isinstance(value, list):
        for at, item in enumerate(value):
            yield from _days(item, (*path, at), holder)
    else:
        # Pydantic's classes are slow to ask whether something is one of theirs.
        model: Any = type(value)
        for name, key in _keys(model, holder):
            inner = getattr(value, name)
            if isinstance(inner, date):
                yield (*path, key), inner
            elif inner:
                yield from _days(inner, (*path, key), key)


def _period(record: AnyRecord) -> tuple[date, date] | None:
    year, number = record.place.year, record.place.quarter
    if year is None:
        return None
    if number is None:
        return first_of(year), last_of(year)
    quarter = Quarter(year, number)
    return quarter.first, quarter.last


_YEARLY = (Kind.NOMINATION, Kind.STANDARD, Kind.DECISION, Kind.TEAM)


def d102(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """An own date far from the record's period: a copied record."""
    own, period = record.own_date, _period(record)
    if own is None or period is None or (record.kind is Kind.DECISION and is_misplaced(record)):
        return
    if period[0] <= own <= period[1]:
        return
    ahead = YEARLY_AHEAD_DAYS if record.kind in _YEARLY else AHEAD_DAYS
    if plus(period[0], -ahead) <= own <= plus(period[1], AFTER_DAYS):
        return
    path = record.own_date_path
    message = (
        f"日期 {own} 与所在期间（{period[0]} 至 {period[1]}）相差太远，"
        "可能是复制旧文件后没有改；请核对日期或文件夹。"
    )
    yield Hit(path, message, anywhere=not path)


def d103(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Days out of sequence inside a visit or a service plan."""
    data = record.data
    if record.kind is Kind.SERVICE_PLAN:
        for at, measure in items(data.measures):
            if measure.done_on and data.drawn_up_on and measure.done_on < data.drawn_up_on:
                message = f"完成日期 {measure.done_on} 早于编制日期 {data.drawn_up_on}；请核对。"
                yield Hit(("重点工作", at, "完成日期"), message)
        return
    day = record.place.day
    if day is None:
        return
    for at, todo in items(data.todos):
        for key, typed in (("完成日期", todo.done_on), ("期限", todo.until)):
            if typed and typed < day:
                yield Hit(("待办", at, key), f"{key} {typed} 早于拜访日期 {day}；请核对。")
    if data.happened_on and data.happened_on > day:
        yield Hit(("发生日期",), f"发生日期 {data.happened_on} 晚于拜访日期 {day}；请核对。")
    if data.ended_on and not day <= data.ended_on <= plus(day, MOST_VISIT_DAYS):
        message = f"结束日期 {data.ended_on} 应在拜访日期 {day} 之后 {MOST_VISIT_DAYS} 天以内；请核对。"
        yield Hit(("结束日期",), message)
