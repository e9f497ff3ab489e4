"""R: what a record refers to is there: clients, people, units, and the positions people held."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from generator.findings import Path
from generator.model.base import PersonSpell
from generator.model.ids import is_id
from generator.model.organization import UnitKind
from generator.model.periods import Kind
from generator.model.record import items
from generator.rules.rule import AnyRecord, Context, Hit
from generator.standing.clients import judged_on


class PersonRef(NamedTuple):
    """A person named somewhere; `day` is that of the position (None: not asked, R004)."""

    path: Path
    id: str | None
    day: date | None = None
    through: bool = False
    """Whether a position on any day from then to the as-of day will do."""


def people(context: Context, record: AnyRecord) -> Sequence[PersonRef]:
    """Everybody whom a record names, with the day on which each must hold a position."""
    known = context.named.get(record.path)
    if known is None:
        known = context.named[record.path] = list(_people(context, record))
    return known


def _people(context: Context, record: AnyRecord) -> Iterator[PersonRef]:
    named = _NAMED.get(record.kind)
    if named is not None:
        yield from named(context, record.data, record.own_date)
    # Not every kind of record can have them; what can is slow to ask of Pydantic's classes.
    for at, correction in items(getattr(record.content, "corrections", None)):
        yield PersonRef(("更正", at, "更正人"), correction.by, correction.on)
    for at, waiver in items(getattr(record.content, "waivers", None)):
        yield PersonRef(("豁免", at, "批准人"), waiver.approved_by)


def _signers(context: Context, data: Any, own: date | None) -> Iterator[PersonRef]:
    for at, entry in items(data.signatures):
        yield PersonRef(("会签", at, "人员"), entry.person, entry.on)


def _nominating(context: Context, data: Any, own: date | None) -> Iterator[PersonRef]:
    yield PersonRef(("提交人",), data.submitted_by, own)


def _team(context: Context, data: Any, own: date | None) -> Iterator[PersonRef]:
    yield from _spells("客户经理", data.managers, own)
    yield from _spells("指定负责人", data.designated, own)
    yield from _spells("成员", data.members, own)


def _events(context: Context, data: Any, own: date | None) -> Iterator[PersonRef]:
    for at, entry in items(data.events):
        yield PersonRef(("特殊情况", at, "登记人"), entry.noted_by)


def _visit_plan(context: Context, data: Any, own: date | None) -> Iterator[PersonRef]:
    yield PersonRef(("制定人",), data.drawn_up_by, own)
    for at, entry in items(data.entries):
        for place, person in items(entry.visitors):
            yield PersonRef(("访问", at, "拜访人员", place), person, own, through=True)


def _visit(context: Context, data: Any, own: date | None) -> Iterable[PersonRef]:
    named = _list("出差人员", data.travellers, own)
    named.append(PersonRef(("填报人",), data.reported_by, own))
    return named + _owners("待办", data.todos, own)


def _report(context: Context, data: Any, own: date | None) -> Iterator[PersonRef]:
    yield PersonRef(("填报人",), data.reported_by, own)


def _authors(context: Context, data: Any, own: date | None) -> Iterator[PersonRef]:
    yield from _list("编制人", data.authors, own)


def _analysis(context: Context, data: Any, own: date | None) -> Iterator[PersonRef]:
    yield from _list("编制人", data.authors, own)
    yield from _owners("改进措施", data.improvements, own)


def _list(key: str, ids: Sequence[str] | None, day: date | None) -> list[PersonRef]:
    return [PersonRef((key, at), person, day) for at, person in enumerate(ids or ())]


def _owners(key: str, tasks: Sequence[Any] | None, own: date | None) -> list[PersonRef]:
    return [PersonRef((key, at, "负责人"), task.owner, own, True) for at, task in enumerate(tasks or ())]


def _spells(key: str, spells: Iterable[PersonSpell] | None, own: date | None) -> Iterator[PersonRef]:
    for at, spell in enumerate(spells or ()):
        yield PersonRef((key, at, "人员"), spell.person, spell.start or own)


def _archive(context: Context, form: Any, own: date | None) -> Iterator[PersonRef]:
    for at, spell in items(form.managers):
        yield PersonRef(("客户经理", at, "人员"), spell.person, judged_on(spell, form, context.as_of))
    for at, review in items(form.reviews):
        yield PersonRef(("更新记录", at, "更新人"), review.by, review.on)
    for at, copy in items(form.copies):
        yield PersonRef(("副本移交", at, "接收人"), copy.received_by, copy.on)


def _plan(context: Context, data: Any, own: date | None) -> Iterator[PersonRef]:
    yield from _list("编制人", data.authors, own)
    yield from _owners("重点工作", data.measures, own)
    if data.filing:
        yield PersonRef(("备案", "接收人"), data.filing.received_by, data.filing.on)
    if data.countersign:
        yield PersonRef(("大客户部会签", "人员"), data.countersign.person, data.countersign.on)


_NAMED: dict[Kind, Callable[[Context, Any, date | None], Iterable[PersonRef]]] = {
    Kind.STANDARD: _signers,
    Kind.DECISION: _signers,
    Kind.NOMINATION: _nominating,
    Kind.ARCHIVE: _archive,
    Kind.TEAM: _team,
    Kind.EVENTS: _events,
    Kind.SERVICE_PLAN: _plan,
    Kind.VISIT_PLAN: _visit_plan,
    Kind.VISIT: _visit,
    Kind.REPORT: _report,
    Kind.SATISFACTION_PLAN: _authors,
    Kind.ANALYSIS: _analysis,
}


def clients(record: AnyRecord) -> Iterator[tuple[Path, str | None]]:
    """The clients that an entry of a record names."""
    if record.kind is Kind.NOMINATION:
        for at, entry in items(record.data.nominees):
            yield ("客户名单", at, "客户"), entry.client
    elif record.kind is Kind.DECISION:
        for at, entry in items(record.data.rated):
            yield ("评级", at, "客户"), entry.client


def r001(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """No such client: a folder without archive.yml, or an id that no folder has."""
    client = context.client_of(record)
    if client and f"{context.world.root}/clients/{client.id}/archive.yml" not in client.records:
        message = f"客户文件夹 {client.id} 里没有 archive.yml，还不算一个客户；请先填写客户档案表。"
        yield Hit((), message, anywhere=True)
    if not record.is_readable:
        return
    for path, id_ in clients(record):
        known = context.world.briefs.get(id_ or "")
        if id_ and is_id(id_) and not (known and known.has_file):
            yield Hit(
                path, f"没有编号为 {id_} 的客户；请核对编号，或先建立 clients/{id_}/archive.yml。", client=id_
            )


def r002(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """No such person."""
    for ref in people(context, record):
        if ref.id and context.world.company.person(ref.id) is None and is_id(ref.id):
            yield Hit(
                ref.path, f"人员名册里没有编号 {ref.id}；请核对编号，或先在 organization/people.yml 登记。"
            )


def called(context: Context, name: str) -> list[str]:
    """The ids of the people of a name."""
    return context.world.company.called("".join(name.split()))


def r003(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """No such unit, one of the wrong kind, or one that did not exist on the day."""
    own = record.own_date
    match record.kind:
        case Kind.NOMINATION:
            message = _unit_problem(context, record.place.unit or "", own, division=True)
            if message:
                yield Hit((), f"提名文件用事业部的编号命名；{message}", anywhere=True)
        case Kind.STANDARD | Kind.DECISION if record.is_readable:
            for at, entry in items(record.data.signatures):
                yield from _unit(context, ("会签", at, "单位"), entry.unit, own)
        case Kind.ARCHIVE if record.is_readable:
            for at, spell in items(record.data.units):
                day = judged_on(spell, record.data, context.as_of)
                yield from _unit(context, ("业务单位", at, "单位"), spell.unit, day, division=True)
        case Kind.PEOPLE if record.is_readable:
            for at, person in items(record.data.root):
                for place, position in items(person.positions):
                    yield from _unit(context, (at, "任职", place, "单位"), position.unit, position.start)


def _unit(
    context: Context, path: Path, id_: str | None, day: date | None, *, division: bool = False
) -> Iterator[Hit]:
    message = _unit_problem(context, id_, day, division=division) if id_ and is_id(id_) else None
    if message:
        yield Hit(path, message)


def _unit_problem(context: Context, id_: str, day: date | None, *, division: bool) -> str | None:
    facts = context.world.company.unit(id_)
    if facts is None:
        return f"组织机构里没有编号 {id_}；请核对编号，或先在 organization/units.yml 登记。"
    if division and facts.kind is not UnitKind.DIVISION:
        below = [unit.id for unit in context.world.company.of_kind(UnitKind.DIVISION) if unit.group == id_]
        example = f"，如 {'、'.join(below[:3])}" if below else ""
        return f"{id_} 是{facts.name}（{facts.kind.value}）；请改用事业部的编号{example}。"
    if day and facts.founded and day < facts.founded:
        return f"{facts.name}在 {day} 还没有设立（设立日期 {facts.founded}）；请核对单位和日期。"
    if day and facts.dissolved and facts.dissolved < day:
        return f"{facts.name}在 {day} 已经撤销（撤销日期 {facts.dissolved}）；请改填现在的单位，或核对日期。"
    return None


def r004(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A person who held no position on the day."""
    company = context.world.company
    for ref in people(context, record):
        if not ref.id or ref.day is None:
            continue
        last = max(ref.day, context.as_of) if ref.through else ref.day
        if not company.held_between(ref.id, ref.day, last) and company.person(ref.id) is not None:
            span = f"从 {ref.day} 到 {last} 都" if ref.through else f"在 {ref.day} "
            name = company.person_name(ref.id)
            yield Hit(
                ref.path,
                f"{name}（{ref.id}）{span}没有任职；请核对人员和日期，或在人员名册补上任职。",
            )


def _attachments(context: Context, record: AnyRecord, code: str) -> Iterator[Hit]:
    for at, entry in items(record.data.attachments):
        problem = context.attachments.problems.get((record.place.client or "", entry.file or ""))
        if problem and problem[0] == code:
            yield Hit(("附件", at, "文件"), problem[1])


def r005(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """An attachment that is not there."""
    return _attachments(context, record, "R005")


def r006(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """An attachment outside the client's folder, behind a link, of a kind not taken, or too large."""
    return _attachments(context, record, "R006")
