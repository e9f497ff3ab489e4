"""What Key Accounts has received and written: analyses, filings, copies; and how far the plans are."""

from collections.abc import Sequence

from generator.obligations.kinds import ObligationKind, Status
from generator.obligations.obligation import Obligation
from generator.site import addresses
from generator.site.facts import Facts, period_name
from generator.site.summary import Handed
from generator.site.values import Cell, Column, Link, Row, Section, Table
from generator.site.views import cells, client_work, clients, duties
from generator.standing.clients import Client


def sections(facts: Facts) -> list[Section]:
    """The parts of its page that no other unit has."""
    handed = [face.as_handed() for face in facts.faces.values() if "handed" in face.shown]
    return [_analyses(facts), _filings(facts, handed), _copies(facts, handed), _progress(facts, handed)]


def _analyses(facts: Facts) -> Section:
    rows: list[Row] = []
    for one in facts.owed.own:
        if one.kind is not ObligationKind.KEY_ACCOUNTS_ANALYSIS:
            continue
        record = facts.own_record(one.record or "")
        there = record is not None and record.there(facts.as_of)
        measures = record.data.improvements if record is not None and there else None
        done, total = client_work.progress(measures)
        rows.append(
            (
                cells.link(Link(period_name(one.period), facts.page_of(one.record or "")), sort=one.period),
                Cell(
                    badge=cells.state(one.status), note="" if one.done_on else duties.timing(one, facts.as_of)
                ),
                cells.links(
                    facts.people(record.data.authors if record is not None and there else one.responsible)
                ),
                cells.day(one.done_on),
                cells.text(f"{done}/{total}" if total else "—"),
            )
        )
    columns = (
        Column("季度", "keep"),
        Column("状态", "keep"),
        Column("编制或责任人", "names"),
        Column("提交日期", "day"),
        Column("改进措施完成", "num"),
    )
    return Section(
        "客户服务分析",
        "analyses",
        tables=(
            Table("各季度客户服务分析", columns, tuple(rows), "还没有要求提交的分析。", hidden_caption=True),
        ),
    )


def _filings(facts: Facts, handed: Sequence[Handed]) -> Section:
    """Service plans that were handed over, and countersigned, in the as-of day's year."""
    rows = tuple(one.filing for one in handed if one.filing is not None)
    columns = (
        Column("客户"),
        Column("方案编制", "day"),
        Column("备案接收人"),
        Column("备案日期", "day"),
        Column("会签"),
    )
    table = Table("收到的备案", columns, rows, "还没有收到备案。", sortable=True, hidden_caption=True)
    return Section(f"{facts.as_of.year} 年服务方案备案和会签", "filings", tables=(table,))


def filing(facts: Facts, client: Client) -> Row | None:
    """A client's line there; None where nothing was handed over and nothing is asked."""
    year = facts.as_of.year
    record = client.service_plans.get(year)
    filed = facts.owed.one(client.id, ObligationKind.SERVICE_PLAN_FILING, str(year))
    countersign = facts.owed.one(client.id, ObligationKind.PLAN_COUNTERSIGN, str(year))
    if record is None or not (record.data.filing or record.data.countersign or filed or countersign):
        return None
    data = record.data
    return (
        cells.link(facts.client(client.id)),
        cells.day(data.drawn_up_on, facts.page_of(record.path)),
        _handed(facts, filed, data.filing.received_by if data.filing else None),
        cells.day(data.filing.on if data.filing else None),
        _handed(facts, countersign, data.countersign.person if data.countersign else None),
    )


def _handed(facts: Facts, one: Obligation | None, receiver: str | None) -> Cell:
    note = f"到期日 {one.due}" if one and not one.done_on else ""
    if receiver:
        return Cell((facts.person(receiver),), badge=cells.state(one.status) if one else None)
    return Cell(badge=cells.state(one.status), note=note) if one else cells.text("不要求")


def _copies(facts: Facts, handed: Sequence[Handed]) -> Section:
    """Copies of archives that were received in the as-of day's year."""
    found = [copy for one in handed for copy in one.copies]
    rows = tuple(row for _, row in sorted(found, key=lambda pair: pair[0], reverse=True))
    columns = (Column("日期", "day"), Column("客户"), Column("接收人", "names"))
    table = Table("收到的档案副本", columns, rows, "还没有收到档案副本。", sortable=True, hidden_caption=True)
    return Section(f"{facts.as_of.year} 年收到的档案副本", "copies", tables=(table,))


def copies(facts: Facts, client: Client) -> list[tuple[str, Row]]:
    """A client's lines there, with what they are ordered by."""
    return [
        (
            f"{copy.on} {client.id}",
            (
                cells.day(copy.on),
                cells.link(facts.client(client.id)),
                cells.link(facts.person(copy.received_by)),
            ),
        )
        for copy in (client.form.copies if client.form else None) or ()
        if copy.on and copy.on.year == facts.as_of.year and copy.on <= facts.as_of
    ]


def _progress(facts: Facts, handed: Sequence[Handed]) -> Section:
    """How far the year's service plans are."""
    rows = tuple(one.progress for one in handed if one.progress is not None)
    columns = (
        Column("客户"),
        Column("客户经理", "names"),
        Column("重点工作完成", "num"),
        Column("其中逾期", "num"),
        Column("方案"),
    )
    title = "各客户服务方案的进展"
    table = Table(title, columns, rows, "还没有服务方案。", sortable=True, hidden_caption=True)
    return Section(f"{facts.as_of.year} 年服务方案进展", "progress", tables=(table,))


def progress(facts: Facts, client: Client) -> Row | None:
    """A client's line there; None where it has no plan."""
    record = client.service_plans.get(facts.as_of.year)
    if record is None:
        return None
    done, total = client_work.progress(record.data.measures)
    return (
        cells.link(facts.client(client.id)),
        clients.manager_cell(facts, client),
        cells.text(f"{done}/{total}", sort=str(done / total if total else 0)),
        cells.number(_late(facts, client.id), f"{addresses.client(client.id)}#service-plan"),
        cells.link(Link("阅读方案", facts.page_of(record.path))),
    )


def _late(facts: Facts, client: str) -> int:
    """How many of the year's measures are overdue."""
    return sum(
        1
        for one in facts.owed.of(client)
        if one.kind is ObligationKind.PLAN_MEASURE
        and one.status is Status.OVERDUE
        and one.period == str(facts.as_of.year)
    )
