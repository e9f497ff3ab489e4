"""Lists of obligations (应办事项): what is wanted, of whom, by when, who answers, and where it is written."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from generator.obligations.kinds import ObligationKind, Status
from generator.obligations.obligation import Obligation
from generator.site import addresses
from generator.site.facts import NOBODY, Facts, period_name
from generator.site.summary import Line
from generator.site.values import Cell, Column, Link, Row, Table
from generator.site.views import cells, lines
from generator.site.views.details import detail, subject

FAR = 366
"""Days beyond which nobody counts them."""
_RANK = {status: rank for rank, status in enumerate(Status)}
_LABELS = (
    ("状态", "keep"),
    ("客户或单位", ""),
    ("应办事项", "wide"),
    ("期间", "keep"),
    ("到期日", "day"),
    ("责任人", "names"),
    ("记录", "path"),
)
_NAMES = {kind: Link(kind.label, addresses.duty(kind.value)) for kind in ObligationKind}
_KEPT = 5_000
"""How many periods and states are kept as cells: the same ones stand in many lines."""
_DONE = (*_LABELS[:5], ("完成日期", "day"), ("责任人", "names"))


def rows(facts: Facts, obligations: Iterable[Obligation], *, of_client: bool = True) -> list[Row]:
    """Rows of obligations. `of_client` False leaves out whom each is about: the page says it."""
    found = lines.of_many if of_client else lines.of_one_client
    return rows_of(facts, found(facts, obligations), of_client=of_client)


def rows_of(facts: Facts, found: Iterable[Line], *, of_client: bool = True) -> list[Row]:
    """The same, of what is looked up already."""
    return [_row(facts, line, of_client) for line in found]


def table(
    found: Iterable[Row],
    caption: str,
    *,
    empty: str = "没有。",
    of_client: bool = True,
    csv: str | None = None,
    hidden_caption: bool = False,
) -> Table:
    """A list of obligations, of its rows; `of_client` as they were made."""
    columns = _columns(_LABELS, (10, 16, 23, 9, 8, 9, 25) if of_client else (12, 0, 28, 11, 10, 11, 28))
    return Table(caption, columns, tuple(found), empty, sortable=True, csv=csv, hidden_caption=hidden_caption)


def _row(facts: Facts, line: Line, of_client: bool) -> Row:
    one = line.owed
    return (
        _state(one.status, one.due, timing(one, facts.as_of)),
        *((cells.link(subject(facts, one)),) if of_client else ()),
        Cell((_NAMES[one.kind],), note=line.about.text),
        _period(one.period),
        cells.day(one.due),
        people(facts, one),
        _where(facts, line),
    )


def done_table(
    facts: Facts,
    obligations: Iterable[Obligation],
    caption: str,
    *,
    empty: str = "没有。",
    of_client: bool = True,
    hidden_caption: bool = False,
) -> Table:
    """A list of what is done: a line each, with the day it was done in place of the file."""
    columns = _columns(_DONE, (10, 18, 32, 10, 9, 9, 12) if of_client else (12, 0, 38, 12, 11, 11, 16))
    each = lines.by_client if of_client else map
    rows = tuple(each(lambda one: _done_row(facts, one, of_client), obligations))
    return Table(caption, columns, rows, empty, sortable=True, hidden_caption=hidden_caption, folded=True)


def _columns(labels: Sequence[tuple[str, str]], widths: Sequence[int]) -> tuple[Column, ...]:
    """The columns with their widths; one of no width is left out."""
    return tuple(Column(*label, width) for label, width in zip(labels, widths, strict=True) if width)


def _done_row(facts: Facts, one: Obligation, of_client: bool) -> Row:
    about = detail(facts, one).text
    name = _NAMES[one.kind]
    return (
        _state(one.status, one.due),
        *((cells.link(subject(facts, one)),) if of_client else ()),
        Cell((name, Link(about)) if about else (name,), joint="："),
        _period(one.period),
        cells.day(one.due),
        cells.day(one.done_on, facts.page_of(one.record) if one.record else None),
        people(facts, one),
    )


def timing(one: Obligation, as_of: date) -> str:
    """How late it is, how long there is, or when it was done."""
    if (days := one.days_overdue(as_of)) is not None:
        return f"已逾期 {days} 天"
    if one.done_on:
        late = (one.done_on - one.due).days
        return f"{one.done_on} 完成" + (f"，晚 {late} 天" if late > 0 else "")
    left = (one.due - as_of).days
    if one.status is Status.WAIVED or left > FAR:
        return ""
    return "今天到期" if left == 0 else f"还有 {left} 天"


@lru_cache(maxsize=_KEPT)
def _state(status: Status, due: date, note: str = "") -> Cell:
    return Cell(badge=cells.state(status), note=note, sort=f"{_RANK[status]} {due}")


@lru_cache(maxsize=_KEPT)
def _period(period: str) -> Cell:
    return cells.text(period_name(period), sort=period)


def people(facts: Facts, one: Obligation) -> Cell:
    """Who answers; the same few stand in many lines."""
    made = facts.answering.get(one.responsible)
    if made is None:
        links = facts.people(one.responsible)
        made = facts.answering[one.responsible] = cells.links(links, empty=NOBODY)
    return made


def _where(facts: Facts, line: Line) -> Cell:
    """The record's page and file; where it is missing, the file in which it is to be written."""
    source = lines.source(facts, line)
    if line.page:
        return Cell((Link("查看记录", line.page),), source=source)
    if line.owed.kind is ObligationKind.PLANNED_VISIT:
        return Cell((Link("查看计划", line.plan),) if line.plan else (), source=source, note="拜访后写在")
    return Cell(source=source, note="写在" if source and source.missing else "")


CSV_HEADINGS = (
    *("状态", "逾期天数", "事项", "内容", "客户编号", "客户或单位"),
    *("期间", "到期日", "完成日期", "责任人", "记录"),
)


def csv_rows(facts: Facts, obligations: Sequence[Obligation]) -> list[tuple[str, ...]]:
    """The same list for a spreadsheet."""
    return [_csv_row(facts, line) for line in lines.of_many(facts, obligations)]


def _csv_row(facts: Facts, line: Line) -> tuple[str, ...]:
    one = line.owed
    late = one.days_overdue(facts.as_of)
    return (
        one.status.label,
        "" if late is None else str(late),
        one.kind.label,
        line.about.text,
        one.client or "",
        subject(facts, one).text,
        one.period,
        one.due.isoformat(),
        one.done_on.isoformat() if one.done_on else "",
        "、".join(link.text for link in facts.people(one.responsible)) or NOBODY,
        line.path,
    )
