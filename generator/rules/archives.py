"""A: the client archive (annex 1; 1.1, 3.2a, 3.2b)."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from posixpath import normpath

from generator.findings import Severity
from generator.model.record import items
from generator.rules.plans import not_of_key_accounts
from generator.rules.rule import AnyRecord, Context, Hit
from generator.standing.clients import gone_through
from generator.standing.credit_code import check_character, has_form, is_credit_code

_NOT_IN_CODES = re.compile(r"[^0-9A-HJ-NPQRTUWXY]")

MOST_SHARES = Decimal("100.05")
"""Percent that shares may add up to, for rounding (A102)."""


def a101(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A credit code of the wrong form or check character."""
    code = record.data.credit_code
    if code is None or is_credit_code(code):
        return
    if has_form(code):
        message = (
            f"校验位不对：按前 17 位推算，最后一位应是 {check_character(code)}；"
            "可能有一位抄错，请对照营业执照逐位核对。"
        )
    elif odd := _NOT_IN_CODES.search(code):
        message = (
            f"第 {odd.start() + 1} 位“{odd[0]}”不能用：代码只有数字和大写字母（没有 I、O、S、V、Z），"
            "中间没有空格；请对照营业执照核对。"
        )
    else:
        message = f"应是 18 位，现有 {len(code)} 位；请对照营业执照核对。"
    yield Hit(("统一社会信用代码",), message)


def a102(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Shares that add up to too much, or one outside 0 to 100."""
    total, outside = Decimal(0), False
    for at, holder in items(record.data.shareholders):
        share = holder.share or Decimal(0)
        total += share
        if share > 100:
            outside = True
            message = f"持股比例 {share} 不在 0 到 100 之间；这里填百分数，如 62.5。"
            yield Hit(("主要股东", at, "持股比例"), message)
    if total > MOST_SHARES and not outside:
        yield Hit(("主要股东",), f"持股比例合计 {total}，超过 100；请核对各股东的比例。", whole=True)


def a103(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Years of trade that contradict each other or the day the archive was gone through."""
    trade, gone = record.data.trade, gone_through(record.data)
    if trade is None or gone is None:
        return
    base = ("与我司合作记录",)
    since = trade.since
    if since and since > gone.year:
        message = f"开始年份 {since} 晚于档案最近一次更新的年份 {gone.year}；请改年份，或先加一条更新记录。"
        yield Hit((*base, "开始年份"), message)
    if since is None:
        if trade.volumes and not context.is_spoiled(record, (*base, "开始年份")):
            message = "有年度经营数量，却没有“开始年份”；请补上开始合作的年份。"
            yield Hit((*base, "年度经营数量"), message, whole=True)
        return
    for at, volume in items(trade.volumes):
        if volume.year and (volume.year < since or volume.year > gone.year):
            message = f"年份 {volume.year} 早于开始年份 {since}；请核对两个年份。"
            if volume.year > gone.year:
                later = f"年份 {volume.year} 晚于档案最近一次更新的年份 {gone.year}"
                message = f"{later}；请改年份，或先加一条更新记录。"
            yield Hit((*base, "年度经营数量", at, "年份"), message)


def a104(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """From 1 April on: no yearly volume for the year before."""
    as_of, client, trade = context.as_of, context.client_of(record), record.data.trade
    if client is None or client.has_ended(as_of) or as_of < date(as_of.year, 4, 1):
        return
    if context.world.ratings.rating(client.id, as_of, as_of) is None:
        return
    last = as_of.year - 1
    if trade is None or trade.since is None or trade.since > last:
        return
    if not any(volume.year == last for volume in trade.volumes or ()):
        message = f"没有 {last} 年的年度经营数量；请在“年度经营数量”中补上这一年，没有成交的数量写 0。"
        yield Hit(("与我司合作记录", "年度经营数量"), message, whole=True)


def a105(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Entries before the archive was begun, or out of order."""
    data, opened = record.data, record.data.opened_on
    for key, entries in (("更新记录", data.reviews), ("副本移交", data.copies)):
        latest: date | None = None
        for at, entry in items(entries):
            if entry.on is None:
                continue
            if opened and entry.on < opened:
                yield Hit((key, at, "日期"), f"{key}日期 {entry.on} 早于建档日期 {opened}；请核对。")
            elif latest and entry.on < latest:
                message = (
                    f"{key}应按日期先后排列，{entry.on} 写在了 {latest} 之后；请核对日期，新的一项加在最后。"
                )
                yield Hit((key, at, "日期"), message)
            latest = entry.on
    if opened and data.ended_on and data.ended_on < opened:
        yield Hit(("终止日期",), f"终止日期 {data.ended_on} 早于建档日期 {opened}；请核对。")


def a106(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A copy received by nobody of Key Accounts."""
    for at, copy in items(record.data.copies):
        if message := not_of_key_accounts(context, copy.received_by, copy.on):
            yield Hit(("副本移交", at, "接收人"), message)


def a108(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A credit code (or, as a warning, a name) that another archive has too."""
    client, form = record.place.client or "", record.data
    for key, value, severity in (
        ("统一社会信用代码", form.credit_code, None),
        ("客户名称", form.name, Severity.WARNING),
    ):
        others = [other for other in context.world.same.get((key, value or ""), ()) if other != client]
        if others:
            listed = "、".join(f"clients/{other}/archive.yml" for other in others)
            remedy = "" if severity is None else "；确是同名的两家，可申请豁免"
            message = f"与 {listed} 的{key}相同；同一家客户只建一份档案，请合并或改正{remedy}。"
            yield Hit((key,), message, severity)


def a109(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """A file in attachments/ that the archive does not name."""
    named = {normpath(entry.file) for _, entry in items(record.data.attachments) if entry.file}
    for file in context.attachments.files.get(record.place.client or "", []):
        if file not in named:
            shown = file.encode("utf-8", "backslashreplace").decode("utf-8")
            message = f"档案的“附件”里没有列出 {shown}；请补上一项，或删除这个文件。"
            yield Hit(("附件",), message, whole=True)
