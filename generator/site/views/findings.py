"""检查问题: what is written against the format or a clause, each with its place; and the waivers."""

from collections.abc import Iterable, Sequence
from typing import Any

from generator.findings import Finding, Severity
from generator.model.base import Document
from generator.model.record import Record
from generator.obligations.kinds import ObligationKind
from generator.rules.catalogue import BY_CODE
from generator.site import addresses
from generator.site.facts import Facts
from generator.site.values import Badge, Card, Cell, Column, Link, Page, Row, Section, Table
from generator.site.views import cells
from generator.standing.clients import Client

FORM = "FSRX"
"""The first letters of the codes about form, references and the run itself."""


def split(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings as the site groups them."""
    found: dict[str, list[Finding]] = {id_: [] for id_, _, _ in GROUPS}
    for finding in findings:
        found[group_of(finding)].append(finding)
    return found


GROUPS = (
    ("form", "格式错误", "记录的写法、必填项或所指的人员、单位、客户有误，程序无法可靠地读取。"),
    ("breach", "违反制度", "记录写明的内容违反制度中的“应当”。"),
    ("hint", "提示", "与制度的“一般”“可以”不符，或值得再看一眼；不影响提交。"),
    ("waived", "已豁免", "经批准豁免的问题，仍然列出，不计入以上各类。"),
)


def group_of(finding: Finding) -> str:
    """The group a finding is listed in."""
    if finding.waived:
        return "waived"
    if finding.severity is Severity.WARNING:
        return "hint"
    return "form" if finding.code[0] in FORM else "breach"


_KINDS = {"form": "error", "breach": "error", "hint": "warning", "waived": "waived"}
_LABELS = {id_: label for id_, label, _ in GROUPS}


def finding_badge(finding: Finding) -> Badge:
    """Its group as a badge."""
    group = group_of(finding)
    return Badge(_KINDS[group], _LABELS[group])


_COLUMNS = (Column("问题", "wide"), Column("客户"), Column("规则"), Column("位置", "path"))


def table(
    facts: Facts, findings: Sequence[Finding], caption: str, *, grouped: bool, empty: str = "没有。"
) -> Table:
    """A list of findings; `grouped` where the heading says of which group they are."""
    columns = _COLUMNS if grouped else (Column("类别"), _COLUMNS[0], *_COLUMNS[2:])
    rows = tuple(_row(facts, finding, grouped) for finding in findings)
    return Table(caption, columns, rows, empty, sortable=True, hidden_caption=True)


def mark(facts: Facts, finding: Finding) -> tuple[object, ...]:
    """All that a line about a finding shows."""
    client = facts.client(finding.client) if finding.client else None
    return finding, client, facts.page_of(finding.path), facts.source(finding.path, finding.line)


def _row(facts: Facts, finding: Finding, grouped: bool) -> Row:
    rule = BY_CODE.get(finding.code)
    client = cells.link(facts.client(finding.client)) if finding.client else cells.text(None)
    url = facts.page_of(finding.path)
    clause = f"制度 {finding.clause}" if finding.clause else ""
    title = f"{rule.title}。{clause}" if rule else clause
    code = Cell((Link(finding.code, addresses.rule(finding.code) if rule else None),), note=title)
    place = Cell(
        (Link("查看记录", url),) if url else (),
        source=facts.source(finding.path, finding.line),
        sort=f"{finding.path}:{finding.line:07}",
    )
    if grouped:
        return (cells.text(finding.message), client, code, place)
    return (Cell(badge=finding_badge(finding)), cells.text(finding.message), code, place)


def page(facts: Facts) -> Page:
    """All findings, group by group."""
    found = split(facts.result.findings)
    cards = tuple(
        Card(label, str(len(found[id_])), f"#{id_}", _KINDS[id_] if found[id_] else "")
        for id_, label, _ in GROUPS
    )
    sections = [Section("合计", "summary", cards=cards)]
    for id_, label, meaning in GROUPS:
        list_ = table(facts, found[id_], label, grouped=True, empty=f"没有{label}的问题。")
        sections.append(Section(f"{label}（{len(found[id_])}）", id_, notes=(meaning,), tables=(list_,)))
    later = facts.result.later
    notes = [f"共检查 {facts.result.records} 个记录文件、{facts.result.rules_run} 条规则。"]
    if later:
        notes.append(f"其中 {later} 个记录的日期在截止日之后，只检查格式。")
    notes.append("“逾期”是该办而未办，另见逾期页；这里只列已写下的内容有什么不对。")
    return Page(
        addresses.FINDINGS,
        "检查问题",
        tuple(sections),
        notes=tuple(notes),
        filtered=bool(facts.result.findings),
        wide=True,
    )


def of_client(facts: Facts, client: Client) -> Section:
    """The findings about one client."""
    findings = facts.client_findings.get(client.id, [])
    if not findings:
        return Section("检查问题", "findings", notes=("没有检查问题。",))
    list_ = table(facts, findings, f"{client.name}的检查问题", grouped=False)
    return Section("检查问题", "findings", tables=(list_,))


def of_record(facts: Facts, record: Record[Any]) -> Section | None:
    """The findings in one file."""
    findings = facts.path_findings.get(record.path, [])
    if not findings:
        return None
    return Section(
        "检查问题", "findings", tables=(table(facts, findings, "本记录的检查问题", grouped=False),)
    )


_WAIVERS = (
    Column("豁免"),
    Column("理由", "wide"),
    Column("批准人"),
    Column("批准日期", "day"),
    Column("有效期至", "day"),
    Column("记录", "path"),
)


def waivers(facts: Facts, records: Iterable[Record[Any]]) -> Section | None:
    """The waivers that records carry."""
    rows: list[Row] = []
    for record in records:
        given = record.data.waivers if isinstance(record.data, Document) else None
        for at, waiver in enumerate(given or ()):
            rows.append(
                (
                    cells.link(waived_name(waiver.rule)),
                    cells.text(waiver.reason),
                    cells.link(facts.person(waiver.approved_by)),
                    cells.day(waiver.approved_on),
                    cells.day(waiver.until) if waiver.until else cells.text("不限", sort="9999"),
                    cells.source(facts.source_of(record, "豁免", at)),
                )
            )
    if not rows:
        return None
    return Section("豁免", "waivers", tables=(Table("豁免", _WAIVERS, tuple(rows), hidden_caption=True),))


def waived_name(rule: str | None) -> Link:
    """The rule or the kind that a waiver names."""
    if rule in BY_CODE:
        return Link(f"{rule} {BY_CODE[rule].title}", addresses.rule(rule))
    if rule in set(ObligationKind):
        kind = ObligationKind(rule)
        return Link(f"{kind.label}（{rule}）", addresses.duty(rule))
    return Link(rule or "—")
