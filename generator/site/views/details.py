"""What an obligation is about, in the words of the record it comes from, and where that stands."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from generator.model.record import Record
from generator.model.work import Measure, PlanEntry, Task
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Obligation, moved_day
from generator.obligations.visits import leader_visits_made
from generator.policy.days import Quarter, first_of
from generator.site.facts import Facts
from generator.site.summary import Detail, asked
from generator.site.values import Link
from generator.standing.clients import Client, record_quarter


def detail(facts: Facts, one: Obligation) -> Detail:
    """What is wanted, beyond the name of the kind; empty where that says it all."""
    if one.client is None:
        return found(facts, one, None)
    return facts.summaries[one.client].details.get(asked(one), Detail(""))


def found(facts: Facts, one: Obligation, client: Client | None) -> Detail:
    """The same, looked up in the client's records."""
    finding = _DETAILS.get(one.kind)
    return next(finding(facts, one, client), Detail("")) if finding else Detail("")


def planned_day(facts: Facts, record: Record[Any], entry: PlanEntry) -> date | None:
    """The day of a planned visit, with its 改期 in."""
    if entry.planned_on is None or not entry.moved:
        return entry.planned_on
    world = facts.result.world
    values = world.parameters.on(record_quarter(record).first)
    return moved_day(world, values, entry.planned_on, entry.moved, values.planned_visit_grace)


def moved_note(task: Task | PlanEntry) -> str:
    """The days to which an entry was moved."""
    moves = [f"改期至 {move.to}（{move.reason or '未写原因'}）" for move in task.moved or () if move.to]
    return "；".join(moves)


_Found = Iterator[Detail]


def _measure(facts: Facts, one: Obligation, client: Client | None) -> _Found:
    record = client.service_plans.get(int(one.period)) if client else None
    if record:
        yield from _numbered(record, "重点工作", record.data.measures, one.number)


def _numbered(record: Record[Any], key: str, measures: list[Measure] | None, number: int | None) -> _Found:
    for at, measure in enumerate(measures or ()):
        if measure.number == number:
            yield Detail(measure.what or "", record.path, record.at(key, at)[0])


def _planned_visit(facts: Facts, one: Obligation, client: Client | None) -> _Found:
    quarter = Quarter.named(one.period)
    record = client.visit_plans.get(quarter) if client and quarter else None
    for at, entry in enumerate((record.data.entries if record else None) or ()):
        if record and entry.number == one.number:
            day = planned_day(facts, record, entry)
            yield Detail(f"计划 {day}：{entry.purpose or '未写目的'}", record.path, record.at("访问", at)[0])


def _follow_up(facts: Facts, one: Obligation, client: Client | None) -> _Found:
    if client is None:
        quarter = Quarter.named(one.period)
        record = facts.result.world.analyses.get(quarter) if quarter else None
        if record:
            yield from _numbered(record, "改进措施", record.data.improvements, one.number)
        return
    nth, at = divmod((one.number or 1) - 1, 100)
    day = date.fromisoformat(one.period)
    for visit in client.visits:
        if visit.place.day == day and visit.place.number == nth + 1:
            todos = visit.data.todos or []
            if at < len(todos):
                yield Detail(todos[at].what or "", visit.path, visit.at("待办", at)[0])


def _renewal(facts: Facts, one: Obligation, client: Client | None) -> _Found:
    record = client.archive if client else None
    papers = (record.data.attachments if record else None) or []
    at = (one.number or 1) - 1
    if record and at < len(papers):
        paper = papers[at]
        name = paper.cls.value if paper.cls else "证照"
        yield Detail(f"{name}，有效期至 {paper.valid_until}", record.path, record.at("附件", at)[0])


def _special(facts: Facts, one: Obligation, client: Client | None) -> _Found:
    for record in client.events if client else ():
        for at, event in enumerate(record.data.events or ()):
            if event.happened_on and event.happened_on.isoformat() == one.period:
                what = f"{one.period} {event.what or ''}"
                yield Detail(what, record.path, record.at("特殊情况", at)[0])
    for visit in client.visits if client else ():
        if visit.data.happened_on and visit.data.happened_on.isoformat() == one.period and visit.data.special:
            yield Detail(f"{one.period} {visit.data.special}", visit.path, visit.at("特殊情况")[0])


def _leader(facts: Facts, one: Obligation, client: Client | None) -> _Found:
    if client:
        values = facts.result.world.parameters.on(first_of(int(one.period)))
        made = len(leader_visits_made(facts.result.world, client, int(one.period)))
        yield Detail(
            f"已走访 {made} 次，至少 {values.leader_visits_min} 次，目标 {values.leader_visits_target} 次"
        )


def _worded(words: Callable[[Obligation], str]) -> Callable[[Facts, Obligation, Client | None], _Found]:
    def word(facts: Facts, one: Obligation, client: Client | None) -> _Found:
        yield Detail(words(one))

    return word


_K = ObligationKind
_DETAILS: dict[ObligationKind, Callable[[Facts, Obligation, Client | None], _Found]] = {
    _K.PLAN_MEASURE: _measure,
    _K.PLANNED_VISIT: _planned_visit,
    _K.FOLLOW_UP: _follow_up,
    _K.DOCUMENT_RENEWAL: _renewal,
    _K.SPECIAL_VISIT: _special,
    _K.LEADER_VISIT: _leader,
    _K.VISIT_REPORT: _worded(lambda one: f"{one.period} 的拜访"),
    _K.ARCHIVE_REVIEW: _worded(lambda one: f"上次核对 {one.period}"),
    _K.ARCHIVE_COPY: _worded(lambda one: f"{one.period} 核对后的副本"),
    _K.ARCHIVE_DOCUMENTS: _worded(lambda one: f"{one.period} 建档"),
    _K.FINANCIAL_STATEMENTS: _worded(lambda one: f"{int(one.period) - 1} 年度报表"),
}


def subject(facts: Facts, one: Obligation) -> Link:
    """Of whom it is asked: the client, the division, or Key Accounts."""
    if one.client:
        return facts.client(one.client)
    return facts.unit(one.unit or "key-accounts")
