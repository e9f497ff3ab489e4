"""F007, S: what the reading of one field cannot see: names against content, spans, doubles."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from generator.findings import Path
from generator.model.base import Spell
from generator.model.clients import DocumentClass
from generator.model.organization import TITLES
from generator.model.periods import Kind
from generator.model.record import items
from generator.policy.days import meet
from generator.policy.parameters import Values, label
from generator.rules.rule import AnyRecord, Context, Hit
from generator.standing.clients import record_quarter


def f007_visit(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A visit whose name is no date, lies outside its quarter, or differs from 拜访日期."""
    day = record.place.day
    if day is None:
        message = "拜访报告的文件名应是拜访日期，如 2026-02-17.md；同一天第二次拜访为 2026-02-17-2.md。"
        yield Hit((), message, anywhere=True)
        return
    quarter = record_quarter(record)
    if not quarter.first <= day <= quarter.last:
        right = f"{day.year}/Q{(day.month + 2) // 3}/visits"
        yield Hit((), f"{day} 不在 {quarter} 内；请把文件移到 {right} 文件夹。", anywhere=True)
    typed = record.data.visited_on if record.is_readable else None
    if typed and typed != day:
        yield Hit(("拜访日期",), f"拜访日期 {typed} 与文件名 {day} 不一致；请改正其中之一（以文件名为准）。")


def f007_decision(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A decision whose name is no date, or one far from its folder's year."""
    day, year = record.place.day, record.place.year or 0
    if day is None:
        yield Hit((), "评级决定的文件名应是决定的日期，如 2025-12-15.yml；请改名。", anywhere=True)
    elif is_misplaced(record):
        message = f"{year} 年的决定应在 {year - 1}-07-01 至 {year}-12-31 之间作出；请核对文件名和年度文件夹。"
        yield Hit((), message, anywhere=True)


def is_misplaced(record: AnyRecord) -> bool:
    """Whether a decision is dated before 1 July of the year before or after its folder's year."""
    day, year = record.place.day, record.place.year or 0
    return day is None or not f"{year - 1:04}-07-01" <= day.isoformat() <= f"{year:04}-12-31"


def s001(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Financial statements without their year."""
    for at, entry in items(record.data.attachments):
        if entry.cls is DocumentClass.STATEMENTS and entry.year is None:
            yield Hit(("附件", at, "年度"), "财务报表缺少“年度”；请补上，如 年度: 2025。")


def _spans(record: AnyRecord) -> Iterator[tuple[Path, Spell]]:
    data = record.data
    if record.kind is Kind.PEOPLE:
        for at, person in items(data.root):
            for place, position in items(person.positions):
                yield (at, "任职", place), position
    elif record.kind is Kind.TEAM:
        fields = (("客户经理", data.managers), ("指定负责人", data.designated), ("成员", data.members))
        yield from _listed(fields)
    elif record.kind is Kind.ARCHIVE:
        yield from _listed(
            (
                ("客户类型", data.types),
                ("业务单位", data.units),
                ("集成供应", data.integrated),
                ("客户经理", data.managers),
            )
        )


def _listed(fields: Sequence[tuple[str, Sequence[Spell] | None]]) -> Iterator[tuple[Path, Spell]]:
    for key, spells in fields:
        for at, spell in enumerate(spells or ()):
            yield (key, at), spell


def s003(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """结束 before 开始, and a lower limit above its upper one."""
    for path, spell in _spans(record):
        if spell.start and spell.end and spell.end < spell.start:
            yield Hit((*path, "结束"), f"结束 {spell.end} 早于开始 {spell.start}；请核对两个日期。")
    if record.kind is Kind.POLICY:
        yield from _limits(record)
    if record.kind is Kind.UNITS:
        yield from _lifetimes(record)


def _lifetimes(record: AnyRecord) -> Iterator[Hit]:
    data = record.data
    units = [(("公司",), data.company), *((("职能部门", at), d) for at, d in items(data.departments))]
    for at, group in items(data.groups):
        units.append((("业务本部", at), group))
        units += [(("业务本部", at, "事业部", n), division) for n, division in items(group.divisions)]
    for path, unit in units:
        if unit and unit.founded and unit.dissolved and unit.dissolved < unit.founded:
            message = f"撤销日期 {unit.dissolved} 早于设立日期 {unit.founded}；请核对两个日期。"
            yield Hit((*path, "撤销日期"), message)


_LIMITS = (("leader_visits_min", "leader_visits_target"), ("assigned_min", "assigned_max"))


def _limits(record: AnyRecord) -> Iterator[Hit]:
    defaults = Values()
    current = {name: getattr(defaults, name) for pair in _LIMITS for name in pair}
    dated = [(version.from_day, at, version) for at, version in items(record.data.root) if version.from_day]
    for _, at, version in sorted(dated, key=lambda one: one[0]):
        typed = [name for name in current if getattr(version, name) is not None]
        current.update({name: getattr(version, name) for name in typed})
        for lower, upper in _LIMITS:
            name = next((n for n in (lower, upper) if n in typed), None)
            if name and current[lower] > current[upper]:
                has = f"{label(lower)}（{current[lower]}）大于{label(upper)}（{current[upper]}）"
                message = f"{has}；请改成不大于上限的数。"
                yield Hit((at, label(name)), message)


def s004(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A 职务 that the kind of unit has not."""
    for at, person in items(record.data.root):
        for place, position in items(person.positions):
            facts = context.world.company.unit(position.unit or "")
            if facts and position.title and position.title not in TITLES[facts.kind]:
                allowed = "、".join(TITLES[facts.kind])
                message = (
                    f"{facts.name}（{facts.kind.value}）没有“{position.title}”这个职务；可填：{allowed}。"
                )
                yield Hit((at, "任职", place, "职务"), message)


def s007(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """An id or 序号 twice in its list; the same value of a ≈ field twice on one day."""
    doubles = _DOUBLES.get(record.kind)
    if doubles:
        yield from doubles(record)


def _twice(
    record: AnyRecord, values: Sequence[object], path_of: Callable[[int], Path], what: str
) -> Iterator[Hit]:
    if len(set(values)) == len(values):
        return
    seen: dict[object, Path] = {}
    for at, value in enumerate(values):
        if value is None:
            continue
        path = path_of(at)
        if value in seen:
            # Places are looked up for what is twice alone: that takes longer than all other rules together.
            first = record.at(*seen[value])[0]
            where = "同一行前面" if first == record.at(*path)[0] else f"第 {first} 行"
            yield Hit(path, f"{what} {value} 重复，{where}已经写过；请改正或删除。")
        else:
            seen[value] = path


def _overlapping(key: str, inner: str, spells: Sequence[Any] | None, attribute: str) -> Iterator[Hit]:
    seen: list[Any] = []
    for at, spell in enumerate(spells or ()):
        value = getattr(spell, attribute)
        if value is None:
            continue
        if any(getattr(other, attribute) == value and _meet(other, spell) for other in seen):
            yield Hit(
                (key, at, inner), f"“{key}”中同一项在同一天写了两次；请删除一项，或写明各自的开始、结束。"
            )
        seen.append(spell)


def _meet(one: Spell, other: Spell) -> bool:
    return meet(one.start, one.end, other.start, other.end)


def _units(record: AnyRecord) -> Iterator[Hit]:
    data = record.data
    found: list[tuple[Path, str | None]] = []
    if data.company:
        found.append((("公司", "编号"), data.company.id))
    for at, group in items(data.groups):
        found.append((("业务本部", at, "编号"), group.id))
        for place, division in items(group.divisions):
            found.append((("业务本部", at, "事业部", place, "编号"), division.id))
    for at, department in items(data.departments):
        found.append((("职能部门", at, "编号"), department.id))
    yield from _twice(record, [id_ for _, id_ in found], lambda at: found[at][0], "单位编号")


def _archive(record: AnyRecord) -> Iterator[Hit]:
    data = record.data
    yield from _overlapping("客户类型", "类型", data.types, "type")
    yield from _overlapping("业务单位", "单位", data.units, "unit")
    yield from _overlapping("集成供应", "集成供应", data.integrated, "flag")
    yield from _overlapping("客户经理", "人员", data.managers, "person")


def _team(record: AnyRecord) -> Iterator[Hit]:
    yield from _overlapping("客户经理", "人员", record.data.managers, "person")
    yield from _overlapping("指定负责人", "人员", record.data.designated, "person")


def _people_list(key: str, attribute: str) -> Callable[[AnyRecord], Iterator[Hit]]:
    def check(record: AnyRecord) -> Iterator[Hit]:
        return _twice(record, getattr(record.data, attribute) or (), lambda at: (key, at), "人员")

    return check


def _numbers(key: str, attribute: str) -> Callable[[AnyRecord], Iterator[Hit]]:
    def check(record: AnyRecord) -> Iterator[Hit]:
        numbers = [entry.number for entry in getattr(record.data, attribute) or ()]
        return _twice(record, numbers, lambda at: (key, at, "序号"), "序号")

    return check


def _visit_plan(record: AnyRecord) -> Iterator[Hit]:
    yield from _numbers("访问", "entries")(record)
    for at, entry in items(record.data.entries):
        yield from _twice(record, entry.visitors or (), partial(_visitor, at), "人员")


def _visitor(entry: int, at: int) -> Path:
    return "访问", entry, "拜访人员", at


def _calendar(record: AnyRecord) -> Iterator[Hit]:
    off = set(record.data.off or ())
    for at, day in items(record.data.worked):
        if day and day in off:
            yield Hit(("上班日", at), f"{day} 同时写在休息日和上班日里；请只留一处。")


def f007_calendar(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A day of another year in a calendar."""
    for key, days in (("休息日", record.data.off), ("上班日", record.data.worked)):
        for at, day in items(days):
            if day and day.year != record.place.year:
                yield Hit((key, at), f"{day} 不在 {record.place.year} 年；请移到 calendar/{day.year}.yml。")


def f007(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A name that contradicts the content or the calendar."""
    if record.kind is Kind.VISIT:
        yield from f007_visit(context, record)
    elif record.kind is Kind.DECISION:
        yield from f007_decision(context, record)
    elif record.is_readable:
        yield from f007_calendar(context, record)


def _plan(record: AnyRecord) -> Iterator[Hit]:
    yield from _people_list("编制人", "authors")(record)
    yield from _numbers("重点工作", "measures")(record)


def _analysis(record: AnyRecord) -> Iterator[Hit]:
    yield from _people_list("编制人", "authors")(record)
    yield from _numbers("改进措施", "improvements")(record)


_DOUBLES: dict[Kind, Callable[[AnyRecord], Iterator[Hit]]] = {
    Kind.UNITS: _units,
    Kind.PEOPLE: lambda record: _twice(
        record, [one.id for one in record.data.root], lambda at: (at, "编号"), "人员编号"
    ),
    Kind.POLICY: lambda record: _twice(
        record, [one.from_day for one in record.data.root], lambda at: (at, "生效日期"), "生效日期"
    ),
    Kind.ARCHIVE: _archive,
    Kind.TEAM: _team,
    Kind.SERVICE_PLAN: _plan,
    Kind.SATISFACTION_PLAN: _people_list("编制人", "authors"),
    Kind.VISIT_PLAN: _visit_plan,
    Kind.VISIT: _people_list("出差人员", "travellers"),
    Kind.ANALYSIS: _analysis,
    Kind.CALENDAR: _calendar,
}
