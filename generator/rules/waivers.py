"""W: waivers (豁免): of what, by whom, and whether they still cover anything."""

import re
from collections.abc import Iterator
from datetime import date

from generator.model.base import Waiver
from generator.model.periods import Kind
from generator.model.record import items
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import may_approve, waiver_counts, waiver_year
from generator.rules.rule import AnyRecord, Context, Hit
from generator.standing.clients import Client

_KINDS = {kind.value: kind for kind in ObligationKind}
_NEVER = re.compile(r"[FSRWXI][0-9]{3}")
"""Codes of rules that no waiver takes out."""


def is_waivable_kind(record: AnyRecord, rule: str) -> bool:
    """Whether a kind of obligation can be waived there: in team.yml, and one that has a client."""
    kind = _KINDS.get(rule)
    return kind is not None and record.kind is Kind.TEAM and kind.about.of_client


def w101(waivable: frozenset[str]):  # type: ignore[no-untyped-def]
    """A waiver of what does not exist or cannot be waived there; `waivable` are the codes."""

    def check(context: Context, record: AnyRecord) -> Iterator[Hit]:
        for at, waiver in items(record.data.waivers):
            rule = waiver.rule
            if rule is None or rule in waivable or is_waivable_kind(record, rule):
                continue
            yield Hit(("豁免", at, "规则"), _why_not(rule))

    return check


def _why_not(rule: str) -> str:
    """Why what was typed cannot be waived there, and what to do."""
    kind = _KINDS.get(rule)
    if kind is not None and kind.about.of_client:
        return f"{kind.label}（{rule}）只能在该客户该年度的 team.yml 中豁免；请移到那里。"
    if kind is not None:
        return f"{kind.label}（{rule}）不是某一个客户的事，不能豁免；请删除这项豁免。"
    named = next((one for one in ObligationKind if one.label == rule), None)
    if named is not None:
        return f"应办事项要填英文编号；{rule}的编号是 {named.value}。"
    if _NEVER.fullmatch(rule):
        return f"{rule} 不能豁免；请改正它指出的问题，再删除这项豁免。"
    return f"没有规则“{rule}”；请填检查结果中的规则编号，如 T120。"


def w102(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A waiver approved by somebody who may not."""
    client = context.client_of(record)
    for at, waiver in items(record.data.waivers):
        if waiver.approved_by is None or waiver.approved_on is None:
            continue
        if not may_approve(context.world, client, record.place.year, waiver.approved_by, waiver.approved_on):
            name = context.world.company.person_name(waiver.approved_by)
            message = (
                f"{name}（{waiver.approved_by}）在 {waiver.approved_on} 不能批准豁免；"
                "须由大客户部总经理、副总经理或公司领导批准，且不是这个客户的客户经理。"
            )
            yield Hit(("豁免", at, "批准人"), message)


def counts(context: Context, record: AnyRecord, waiver: Waiver, waivable: frozenset[str]) -> bool:
    """Whether a waiver has no W101 or W102 finding and has been given by the as-of day."""
    rule = waiver.rule
    if rule is None or not (rule in waivable or is_waivable_kind(record, rule)):
        return False
    client, year = context.client_of(record), record.place.year
    return waiver_counts(context.world, client, year, waiver.approved_by, waiver.approved_on)


def w103(waivable: frozenset[str]):  # type: ignore[no-untyped-def]
    """A waiver that covers nothing."""

    def check(context: Context, record: AnyRecord) -> Iterator[Hit]:
        raised = context.hits.get(record.path, set())
        for at, waiver in items(record.data.waivers):
            if not counts(context, record, waiver, waivable):
                continue
            past = waiver.until is not None and waiver.until < context.as_of
            if waiver.rule in _KINDS:
                if not past and _kind_is_idle(context, record, waiver):
                    yield Hit(("豁免", at), "这项豁免没有对应的应办事项；请删除，或核对规则和有效期。")
            elif past and waiver.rule in raised:
                message = f"豁免已在 {waiver.until} 到期，但问题还在；请改正问题，或重新申请豁免。"
                yield Hit(("豁免", at), message)
            elif not past and waiver.rule not in raised:
                yield Hit(("豁免", at), f"这个文件里没有 {waiver.rule} 的问题，豁免没有用处；请删除。")

    return check


def _kind_is_idle(context: Context, record: AnyRecord, waiver: Waiver) -> bool:
    client = context.client_of(record)
    if client is None or client.ended_on is not None or not context.world.managed_now(client):
        return False
    return not _covered(context, client, record.place.year or 0, _KINDS[waiver.rule or ""], waiver.until)


def _covered(context: Context, client: Client, year: int, kind: ObligationKind, until: date | None) -> bool:
    return any(
        waiver_year(kind, int(one.period[:4]), one.due) == year and (until is None or one.due <= until)
        for one in context.by_client.get((client.id, kind), [])
    )
