"""G: nominations, the standard, and decisions (clauses 1.2, 1.3, 2.1)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.findings import Path
from generator.model.periods import Kind
from generator.model.ratings import Nominee, Tier
from generator.model.record import items
from generator.policy.days import plus
from generator.rules.rule import AnyRecord, Context, Hit
from generator.standing.ratings import Rating
from generator.standing.signatures import signed_since

SETTLING_DAYS = 90
"""A client is missed in the decisions only so many days after its archive was begun (G106)."""


def _name(context: Context, client: str) -> str:
    known = context.world.briefs.get(client)
    return known.name if known else client


def _nominees(context: Context, record: AnyRecord) -> Iterator[tuple[int, Nominee]]:
    """The entries of a nomination, less those added after the as-of day: they have not happened."""
    for at, entry in items(record.data.nominees):
        if entry.added_on is None or entry.added_on <= context.as_of:
            yield at, entry


def g101(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A nominated client without any ground."""
    for at, entry in _nominees(context, record):
        if entry.volume is None and not entry.to_develop and entry.reason is None:
            message = "提名没有写依据；请补上“年成交量”“计划重点开发: true”“理由”之一。"
            yield Hit(("客户名单", at), message, client=entry.client)


def g102(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A nominated client with which the division does not trade; an added entry on the day it was added."""
    own, unit = record.own_date, record.place.unit or ""
    if not context.world.is_division(unit, own):
        return
    for at, entry in _nominees(context, record):
        client, day = context.world.briefs.get(entry.client or ""), entry.added_on or own
        if client is None or not client.has_form or day is None:
            continue
        if unit not in client.divisions(day):
            name = context.world.company.unit_name(unit)
            message = (
                f"“{client.name}”在 {day} 的业务单位里没有{name}；"
                f"请在客户档案的“业务单位”补上 {unit}，或由有业务的事业部提名。"
            )
            yield Hit(("客户名单", at, "客户"), message, client=entry.client)


def _unsigned(context: Context, record: AnyRecord) -> Iterator[Hit]:
    own = record.own_date
    if own is None:
        return
    company = context.world.company
    tried = {entry.unit for _, entry in items(record.data.signatures)}
    for unit in company.signing_units(own):
        if signed_since(company, unit, record.data.signatures, date.max) is None:
            name = company.unit_name(unit)
            message = (
                f"缺少{name}的会签；请由该单位任职的人员会签，加一行 - {{单位: {unit}, 人员: …, 日期: …}}。"
            )
            if unit in tried:
                message = (
                    f"{name}的会签无效，会签人当天不在该单位任职；请由该单位的人员会签，或核对人员和日期。"
                )
            yield Hit(("会签",), message, whole=True)


def g103(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A standard in force that lacks the signature of a unit of 1.3."""
    if context.world.ratings.first_decision(record.place.year or 0) is not None:
        yield from _unsigned(context, record)


def g104(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A decision that lacks such a signature, or was signed after its own date."""
    yield from _unsigned(context, record)
    own = record.own_date
    for at, entry in items(record.data.signatures):
        if own and entry.on and entry.on > own:
            message = f"会签日期 {entry.on} 晚于决定日期 {own}；决定应在各单位会签之后作出，请核对。"
            yield Hit(("会签", at, "日期"), message, also=(("会签",),))


def g105(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """战略 without 层级, or 层级 without 战略."""
    for at, entry in items(record.data.rated):
        path: Path = ("评级", at, "层级")
        if entry.tier is Tier.STRATEGIC and entry.level is None:
            message = "战略客户缺少层级；请补上 层级: 公司 或 层级: 业务本部。"
            yield Hit(path, message, client=entry.client)
        elif entry.tier not in (Tier.STRATEGIC, None) and entry.level is not None:
            message = f"{entry.tier}客户没有层级；请删除“层级”，或把等级改为战略。"
            yield Hit(path, message, client=entry.client)


def g106(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A client that no decision of the as-of day's year covers."""
    year, opened = context.as_of.year, record.data.opened_on
    decisions = context.world.ratings.decisions(year)
    if record.data.ended_on or not decisions or opened is None or context.is_unread(Kind.DECISION, year):
        return
    if context.as_of < plus(opened, SETTLING_DAYS):
        return
    client = record.place.client or ""
    if not any(one.others or client in one.named for one in decisions):
        message = f"{year} 年的评级决定没有包括这个客户；请在评级决定中列入，或在决定中写 其余客户: 一般。"
        yield Hit((), message, anywhere=True)


def g107(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A client decided strategic or key that no division nominated for that year."""
    year = record.place.year or 0
    if context.is_unread(Kind.NOMINATION, year):
        return
    nominated = context.nominated.get(year, set())
    for at, entry in items(record.data.rated):
        rating = Rating(entry.tier) if entry.tier else None
        if rating and rating.is_managed and entry.client and entry.client not in nominated:
            name = _name(context, entry.client)
            message = f"{year} 年没有事业部提名“{name}”，却评为{entry.tier}；请由有业务的事业部补提名。"
            yield Hit(("评级", at, "客户"), message, client=entry.client)


def g108(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A nominated client that no decision of that year names, once the year has begun."""
    year = record.place.year or 0
    if context.as_of.year < year or not context.world.ratings.decisions(year):
        return
    if context.is_unread(Kind.DECISION, year):
        return
    decided = context.decided(year)
    for at, entry in _nominees(context, record):
        if entry.client and entry.client not in decided:
            name = _name(context, entry.client)
            message = f"{year} 年的评级决定没有提到被提名的“{name}”；请在评级决定中写明它的等级。"
            yield Hit(("客户名单", at, "客户"), message, client=entry.client)


def g109(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A client twice in one decision, or twice with one 方向 in one nomination."""
    seen: dict[object, int] = {}
    nomination = record.kind is Kind.NOMINATION
    entries: Any = _nominees(context, record) if nomination else items(record.data.rated)
    key = "客户名单" if nomination else "评级"
    for at, entry in entries:
        what = (entry.client, entry.side) if nomination else entry.client
        if entry.client is None or (nomination and entry.side is None):
            continue
        if what in seen:
            line = record.at(key, seen[what])[0]
            message = f"客户 {entry.client} 重复，已在第 {line} 行出现；请合并成一项。"
            yield Hit((key, at, "客户"), message, client=entry.client)
        else:
            seen[what] = at
