"""The archive of a client (annex 1), as a form that is read."""

from collections.abc import Mapping

from generator.model.clients import Archive, Attachment
from generator.model.record import Record
from generator.obligations.kinds import ObligationKind
from generator.site import attached
from generator.site.facts import Facts, span
from generator.site.published import NOT_SHOWN
from generator.site.values import Badge, Cell, Column, Fact, Link, Row, Section, Table
from generator.site.views import cells
from generator.standing.clients import Client


def section(facts: Facts, client: Client) -> Section:
    """The whole archive; where there is none, where to begin it."""
    record = client.archive
    title = "客户档案（附件一）"
    if record is None:
        path = f"{facts.result.world.root}/clients/{client.id}/archive.yml"
        return Section(title, "archive", notes=("没有可用的客户档案表。",), source=facts.source(path))
    form = record.data
    return Section(
        title,
        "archive",
        facts=_facts(facts, client, form),
        tables=(*_company(form), *_trade(form), _papers(facts, client, record), *_upkeep(facts, form)),
        side_by_side=True,
        source=facts.source_of(record),
    )


def _facts(facts: Facts, client: Client, form: Archive) -> tuple[Fact, ...]:
    due = next(
        (one.due for one in facts.owed.of(client.id) if one.kind is ObligationKind.ARCHIVE_REVIEW),
        None,
    )
    reviewed = str(client.gone_through(facts.as_of) or "—")
    review = Cell((Link(reviewed),), note=f"下次核对的到期日 {due}" if due else "")
    reached = (
        ("联系人", form.contact),
        ("联系人电话", form.phone),
        ("传真", form.fax),
        ("电邮", form.email),
    )
    known = [
        ("客户名称", form.name),
        ("客户编号", client.id),
        ("统一社会信用代码", form.credit_code),
        ("境外客户", "是" if form.abroad else "否"),
        ("通讯地址", form.address),
        ("邮政编码", form.postcode),
        *((label, value if facts.published.contacts or not value else NOT_SHOWN) for label, value in reached),
        ("法人代表", form.legal_representative),
        ("建档日期", str(form.opened_on) if form.opened_on else None),
    ]
    facts_ = [cells.fact(label, value) for label, value in known]
    facts_.append(cells.fact("最近核对", review))
    facts_.append(cells.fact("业务单位", _spells(facts, form)))
    if form.ended_on:
        facts_.append(cells.fact("终止日期", str(form.ended_on)))
    return tuple(facts_)


def _spells(facts: Facts, form: Archive) -> Cell:
    parts = []
    for spell in form.units or ():
        if spell.unit:
            name = facts.unit(spell.unit)
            days = f"（{span(spell.start, spell.end)}）" if spell.start or spell.end else ""
            parts.append(Link(name.text + days, name.url))
    return cells.links(parts)


def _company(form: Archive) -> tuple[Table, Table]:
    people: list[Row] = [(cells.text(one.name), cells.text(one.title)) for one in form.management or ()]
    owners: list[Row] = [
        (
            cells.text(one.name),
            cells.number(one.share, unit="%") if one.share is not None else cells.text(None),
        )
        for one in form.shareholders or ()
    ]
    return (
        Table("管理层", (Column("姓名"), Column("职务")), tuple(people), "无。"),
        Table("主要股东", (Column("名称"), Column("持股比例", "num")), tuple(owners), "无。"),
    )


def _trade(form: Archive) -> tuple[Table, ...]:
    trade = form.trade
    if trade is None:
        return ()
    rows: list[Row] = [
        (
            cells.text(str(one.year) if one.year else None),
            cells.text(one.side.value if one.side else None),
            cells.text(one.goods),
            cells.number(one.amount),
            cells.text(one.unit),
        )
        for one in trade.volumes or ()
    ]
    rows.reverse()
    since = f"{trade.since} 年开始合作" if trade.since else "尚无交易"
    columns = (Column("年份"), Column("方向"), Column("品种"), Column("数量", "num"), Column("计量单位"))
    return (
        Table(
            f"与我司合作记录（{since}）：年度经营数量",
            columns,
            tuple(rows),
            "没有年度经营数量。",
            sortable=True,
        ),
    )


_PAPERS = (
    Column("类别", "keep"),
    Column("文件", "path"),
    Column("收集日期", "day"),
    Column("有效期至", "day"),
    Column("状态"),
)


def _papers(facts: Facts, client: Client, record: Record[Archive]) -> Table:
    rows: list[Row] = []
    on_site = attached.of_client(facts, client)
    for paper in record.data.attachments or ():
        name = paper.cls.value if paper.cls else "—"
        year = f"{paper.year} 年度" if paper.year else ""
        rows.append(
            (
                cells.text(name, note=year),
                _paper(facts, client, paper, on_site),
                cells.day(paper.collected_on),
                cells.day(paper.valid_until) if paper.valid_until else cells.text("长期", sort="9999"),
                Cell(badge=_paper_state(facts, client, paper.file, paper.valid_until)),
            )
        )
    return Table("附件", _PAPERS, tuple(rows), "没有附件。")


def _paper(facts: Facts, client: Client, paper: Attachment, on_site: Mapping[str, str]) -> Cell:
    """The file, which opens where it is part of the site; what is held back is not named."""
    if paper.file and paper.file in on_site:
        return cells.link(Link(paper.file, on_site[paper.file]))
    if attached.is_there(facts, client, paper):
        return cells.text(NOT_SHOWN)
    return cells.text(paper.file if facts.published.paper(paper.cls) else None)


def _paper_state(facts: Facts, client: Client, file: str | None, until: object) -> Badge:
    if file is None or file in client.missing_files:
        return Badge("missing", "文件不可用")
    if until is not None and str(until) < facts.as_of.isoformat():
        return Badge("past", "已过期")
    return Badge("present", "有效")


def _upkeep(facts: Facts, form: Archive) -> tuple[Table, Table]:
    reviews: list[Row] = [
        (cells.day(one.on), cells.link(facts.person(one.by)), cells.text(one.what))
        for one in reversed(form.reviews or [])
    ]
    copies: list[Row] = [
        (cells.day(one.on), cells.link(facts.person(one.received_by))) for one in reversed(form.copies or [])
    ]
    return (
        Table(
            "更新记录",
            (Column("日期", "day"), Column("更新人"), Column("内容", "wide")),
            tuple(reviews),
            "建档后还没有更新。",
        ),
        Table(
            "副本移交大客户部",
            (Column("日期", "day"), Column("接收人")),
            tuple(copies),
            "还没有移交副本。",
        ),
    )
