"""制度: the clauses with what covers them, the rules, the obligations, the parameters in force."""

from collections import Counter
from collections.abc import Iterator

from generator.findings import Severity
from generator.obligations.kinds import ObligationKind, Status
from generator.reading.markdown import parts
from generator.rules.catalogue import RULES
from generator.rules.coverage import Covered, covered_by
from generator.rules.pages import kind_page, rule_page
from generator.rules.rule import Rule
from generator.site import addresses, markdown
from generator.site.facts import Facts
from generator.site.values import Badge, Cell, Column, Link, Page, Row, Section, Table
from generator.site.views import cells, duties, forms, lines, parameters
from generator.site.views.findings import table as findings_table

TABS = (
    Link("条款", addresses.POLICY),
    Link("应办事项", addresses.DUTIES),
    Link("检查规则", addresses.RULES),
    Link("参数", addresses.PARAMETERS),
    Link("填写说明", addresses.FORMS),
)
_CRUMB = (Link("制度", addresses.POLICY),)
_FAMILIES = (
    ("F", "文件和写法"),
    ("S", "内容的形式"),
    ("R", "所指的客户、人员、单位和附件"),
    ("G", "评级"),
    ("T", "客户经理团队"),
    ("P", "服务方案"),
    ("A", "客户档案"),
    ("Q", "季度分析报告"),
    ("V", "拜访"),
    ("Y", "满意度计划书"),
    ("K", "大客户部"),
    ("D", "日期"),
    ("W", "豁免"),
    ("X", "检查本身"),
    ("I", "版本历史"),
)


def general(facts: Facts) -> Iterator[Page]:
    """The policy and its four sister pages."""
    yield _clauses()
    yield _kinds(facts)
    yield _rules(facts)
    yield parameters.page(facts, TABS, _CRUMB)
    yield forms.page(facts, TABS, _CRUMB)


def _clauses() -> Page:
    rows: tuple[Row, ...] = tuple(_clause(covered) for covered in covered_by())
    columns = (
        Column("条款", "keep"),
        Column("要求", "keep"),
        Column("内容", "wide"),
        Column("由什么落实", "wide"),
    )
    table = Table("客户经理试行办法的条款", columns, rows, hidden_caption=True)
    notes = (
        "条款按《客户经理试行办法》整理；编号是本系统的编号，检查问题和应办事项都按它引用。",
        "“应当”的条款违反了算违反制度，“一般”“可以”的只作提示。",
    )
    return Page(
        addresses.POLICY,
        "制度",
        (Section("条款", "clauses", tables=(table,)),),
        notes=notes,
        tabs=TABS,
        filtered=True,
        wide=True,
    )


def _clause(covered: Covered) -> Row:
    clause = covered.clause
    parts = [Link(kind.label, addresses.duty(kind.value)) for kind in covered.kinds]
    parts += [Link(rule.code, addresses.rule(rule.code)) for rule in covered.rules]
    parts += [Link(code, addresses.rule(code)) for code in covered.by_form]
    people = f"由人判断：{clause.people}" if clause.people else ""
    anchor = addresses.clause(clause.id).partition("#")[2]
    return (
        Cell((Link(clause.name),), sort=clause.id, anchor=anchor),
        cells.badge(clause.force.value, clause.force.label),
        cells.text(clause.text),
        Cell(tuple(parts), note=people),
    )


def _kinds(facts: Facts) -> Page:
    counts = facts.owed.counts
    rows: list[Row] = []
    for kind in ObligationKind:
        about, anchor = kind.about, f"by-kind/#{kind.value}"
        late, soon, *others = [counts[kind.value, status.value] for status in Status]
        rows.append(
            (
                cells.link(Link(kind.label, addresses.duty(kind.value)), note=kind.value),
                cells.text(about.wants),
                cells.link(Link(about.clause, addresses.clause(about.clause))),
                cells.number(late, f"{addresses.OVERDUE}{anchor}"),
                cells.number(soon, f"{addresses.DUE_SOON}{anchor}"),
                *map(cells.number, others),
            )
        )
    counted = tuple(Column(status.label, "num") for status in Status)
    columns = (Column("事项"), Column("要求", "wide"), Column("条款"), *counted)
    table = Table("应办事项的种类和现状", columns, tuple(rows), sortable=True, hidden_caption=True)
    return Page(
        addresses.DUTIES,
        "应办事项",
        (Section("种类和现状", "kinds", tables=(table,)),),
        _CRUMB,
        tabs=TABS,
        wide=True,
    )


_LEVELS = {Severity.ERROR: Badge("error", "错误"), Severity.WARNING: Badge("warning", "提示")}


def _rules(facts: Facts) -> Page:
    counts = Counter(finding.code for finding in facts.result.findings if not finding.waived)
    columns = (
        Column("规则"),
        Column("内容", "wide"),
        Column("级别"),
        Column("条款"),
        Column("现有问题", "num"),
    )
    sections = []
    for letter, name in _FAMILIES:
        family = [rule for rule in RULES if rule.code[0] == letter]
        rows: tuple[Row, ...] = tuple(_rule_row(rule, counts[rule.code]) for rule in family)
        if rows:
            table = Table(name, columns, rows, sortable=True, hidden_caption=True)
            sections.append(Section(f"{letter}　{name}", f"family-{letter.lower()}", tables=(table,)))
    notes = ("规则只看已写下的记录；该写而没写的，是应办事项。规则的级别可在制度参数中用“规则级别”调整。",)
    return Page(
        addresses.RULES, "检查规则", tuple(sections), _CRUMB, notes=notes, tabs=TABS, filtered=True, wide=True
    )


def _rule_row(rule: Rule, count: int) -> Row:
    return (
        cells.link(Link(rule.code, addresses.rule(rule.code))),
        cells.text(rule.title),
        Cell(badge=_LEVELS[rule.severity]),
        cells.link(Link(rule.clause, addresses.clause(rule.clause))) if rule.clause else cells.text(None),
        cells.number(count, f"{addresses.rule(rule.code)}#findings"),
    )


def rule_page_of(facts: Facts, rule: Rule) -> Page:
    """A rule: what it wants and why, and where it is broken now."""
    known = [cells.fact("级别", Cell(badge=_LEVELS[rule.severity]))]
    if rule.clause:
        known.append(cells.fact("制度条款", cells.link(Link(rule.clause, addresses.clause(rule.clause)))))
    known.append(cells.fact("可否豁免", "可以" if rule.is_waivable else "不可以"))
    if rule.kinds and len(rule.kinds) < 10:
        records = tuple(Link(kind.value, addresses.form(kind)) for kind in rule.kinds)
        known.append(cells.fact("所查记录", cells.links(records)))
    mine = [finding for finding in facts.result.findings if finding.code == rule.code]
    now = Section("现有问题", "findings", notes=() if mine else ("目前没有这类问题。",))
    if mine:
        now = Section("现有问题", "findings", tables=(findings_table(facts, mine, "现有问题", grouped=True),))
    sections = (Section("概要", "summary", facts=tuple(known)), *_written(rule_page(rule.code)), now)
    crumbs = (*_CRUMB, Link("检查规则", addresses.RULES))
    return Page(addresses.rule(rule.code), f"{rule.code} {rule.title}", sections, crumbs)


def _written(page: str) -> Iterator[Section]:
    """What people wrote about a rule or a kind: why, an example, how to mend it."""
    for at, part in enumerate(parts(page, 1), start=1):
        yield Section(part.title, f"part-{at}", body=markdown.render(part.text))


def kind_page_of(facts: Facts, kind: ObligationKind) -> Page:
    """A kind of obligations: what is wanted and why, and what is still to be done."""
    about = kind.about
    still = lines.of_kind(facts, kind)
    known = (
        cells.fact("要求", about.wants),
        cells.fact("制度条款", cells.link(Link(about.clause, addresses.clause(about.clause)))),
        cells.fact("编号", kind.value),
        cells.fact("可否豁免", "可以，在当年的 team.yml 中写明" if about.of_client else "不可以"),
    )
    rows = duties.rows_of(facts, still)
    table = duties.table(rows, "待完成", empty="目前没有待完成的事项。", hidden_caption=True)
    sections = (
        Section("概要", "summary", facts=known),
        *_written(kind_page(kind.value)),
        Section(f"待完成（{len(still)} 项）", "open", tables=(table,)),
    )
    crumbs = (*_CRUMB, Link("应办事项", addresses.DUTIES))
    return Page(addresses.duty(kind.value), kind.label, sections, crumbs, wide=True)
