"""制度: the clauses with what covers them, the rules, the obligations, the parameters in force."""

from collections import Counter
from collections.abc import Iterator

from generator.findings import Severity
from generator.obligations.kinds import ObligationKind, Status
from generator.policy.parameters import Parameters, Values, label
from generator.rules.catalogue import RULES
from generator.rules.coverage import Covered, covered_by
from generator.reading.markdown import parts
from generator.rules.pages import Page as Written
from generator.rules.pages import kind_page, rule_page
from generator.rules.rule import Rule
from generator.site import addresses, markdown
from generator.site.facts import Facts
from generator.site.values import Badge, Cell, Column, Link, Page, Row, Section, Table
from generator.site.views import cells, duties, forms
from generator.site.views.findings import FORM
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


def pages(facts: Facts) -> Iterator[Page]:
    """The policy and its four sister pages, then a page for each rule and kind."""
    yield _clauses()
    yield _kinds(facts)
    yield _rules(facts)
    yield _parameters(facts)
    yield forms.page(facts, TABS, _CRUMB)
    for rule in RULES:
        yield _rule(facts, rule)
    for kind in ObligationKind:
        yield _kind(facts, kind)


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
    counts = Counter((one.kind, one.status) for one in facts.result.obligations)
    rows: list[Row] = []
    for kind in ObligationKind:
        about = kind.about
        rows.append(
            (
                cells.link(Link(kind.label, addresses.duty(kind.value)), note=kind.value),
                cells.text(about.wants),
                cells.link(Link(about.clause, addresses.clause(about.clause))),
                cells.number(counts[kind, Status.OVERDUE], f"{addresses.OVERDUE}by-kind/#{kind.value}"),
                cells.number(counts[kind, Status.DUE_SOON], f"{addresses.DUE_SOON}by-kind/#{kind.value}"),
                cells.number(counts[kind, Status.OPEN]),
                cells.number(counts[kind, Status.DONE]),
                cells.number(counts[kind, Status.LATE]),
                cells.number(counts[kind, Status.WAIVED]),
            )
        )
    columns = (
        Column("事项"), Column("要求", "wide"), Column("条款"), Column("逾期", "num"), Column("即将到期", "num"),
        Column("未到期", "num"), Column("按期完成", "num"), Column("逾期完成", "num"), Column("已豁免", "num"),
    )  # fmt: skip
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


def _rule(facts: Facts, rule: Rule) -> Page:
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


def _written(page: Written | None) -> Iterator[Section]:
    """What people wrote about a rule or a kind: why, an example, how to mend it."""
    for at, part in enumerate(parts(page.text, 1) if page else (), start=1):
        yield Section(part.title, f"part-{at}", body=markdown.render(part.text))


def _kind(facts: Facts, kind: ObligationKind) -> Page:
    about = kind.about
    mine = [one for one in facts.result.obligations if one.kind is kind]
    still = [one for one in mine if duties.is_open(one)]
    known = (
        cells.fact("要求", about.wants),
        cells.fact("制度条款", cells.link(Link(about.clause, addresses.clause(about.clause)))),
        cells.fact("编号", kind.value),
        cells.fact("可否豁免", "可以，在当年的 team.yml 中写明" if about.of_client else "不可以"),
    )
    table = duties.table(facts, still, "待完成", empty="目前没有待完成的事项。", hidden_caption=True)
    sections = (
        Section("概要", "summary", facts=known),
        *_written(kind_page(kind.value)),
        Section(f"待完成（{len(still)} 项）", "open", tables=(table,)),
    )
    crumbs = (*_CRUMB, Link("应办事项", addresses.DUTIES))
    return Page(addresses.duty(kind.value), kind.label, sections, crumbs, wide=True)


def _parameters(facts: Facts) -> Page:
    parameters = facts.result.world.parameters
    now = parameters.on(facts.as_of)
    rows: tuple[Row, ...] = tuple(
        (
            cells.text(label(name)),
            cells.text(shown(getattr(now, name))),
            cells.text(shown(getattr(Values(), name))),
            cells.text(MEANINGS[name]),
        )
        for name in Values.__dataclass_fields__
    )
    columns = (Column("参数"), Column("现行值"), Column("默认值"), Column("含义", "wide"))
    in_use = parameters.in_use_from
    sections = [
        Section(
            "现行参数",
            "now",
            facts=(cells.fact("启用日期", str(in_use) if in_use else "未设（全部事项都列出）"),),
            tables=(Table("截止日当天有效的参数", columns, rows, hidden_caption=True),),
        ),
        _versions(parameters),
    ]
    if now.levels:
        level_rows: tuple[Row, ...] = tuple(
            (cells.link(Link(code, addresses.rule(code))), cells.text(level.value))
            for code, level in sorted(now.levels.items())
        )
        sections.append(
            Section(
                "规则级别",
                "levels",
                tables=(Table("调整过级别的规则", (Column("规则"), Column("级别")), level_rows),),
            )
        )
    source = facts.source(f"{facts.result.world.root}/policy.yml")
    notes = ("每件应办事项按它的期间开始那天有效的参数计算；改参数不影响以前的期间。",)
    return Page(addresses.PARAMETERS, "参数", tuple(sections), _CRUMB, notes=notes, tabs=TABS, source=source)


def _versions(parameters: Parameters) -> Section:
    rows: list[Row] = []
    before = Values()
    for day, values in parameters.versions:
        changes = [
            f"{label(name)}：{shown(getattr(before, name))} → {shown(getattr(values, name))}"
            for name in Values.__dataclass_fields__
            if getattr(values, name) != getattr(before, name)
        ]
        rows.append((cells.day(day), cells.text("；".join(changes) or "没有变化")))
        before = values
    rows.reverse()
    table = Table(
        "历次变更",
        (Column("生效日期", "day"), Column("变更", "wide")),
        tuple(rows),
        "没有变更，全部用默认值。",
        hidden_caption=True,
    )
    return Section("历次变更", "versions", tables=(table,))


MEANINGS = {
    "nomination": "事业部提交下一年客户提名的最后一天",
    "rating": "会签评级标准、作出评级决定的最后一天",
    "appointment": "聘任下一年客户经理团队的最后一天",
    "service_plan": "编制本年服务方案的最后一天",
    "satisfaction_plan": "提交满意度计划书的最后一天",
    "statements": "收集客户上一年财务报表的最后一天",
    "filing_days": "服务方案编制后，多少天内向大客户部备案",
    "countersign_days": "集成供应客户的服务方案编制后，多少天内由大客户部会签",
    "copy_days": "档案核对后，多少天内向大客户部移交副本",
    "review_cycle": "档案至少多少天核对一次",
    "documents_days": "建档后，多少天内收齐证照",
    "visit_plan_day": "访问计划在季度第一个月的几日前制定",
    "planned_visit_grace": "计划日期过后，还可宽限多少天",
    "visit_report_days": "拜访结束后，多少天内填写报告",
    "special_visit_days": "特殊情况发生后，多少天内拜访",
    "report_days": "季度结束后，多少天内提交分析报告",
    "analysis_days": "季度结束后，多少天内由大客户部提交服务分析",
    "new_rating_grace": "年中评为战略或重点后，各项要求宽限多少天",
    "leader_visits_min": "任客户经理的公司领导，每年至少走访几次",
    "leader_visits_target": "任客户经理的公司领导，每年走访的目标次数",
    "assigned_min": "团队中由事业部指派的成员，一般不少于几人",
    "assigned_max": "团队中由事业部指派的成员，一般不多于几人",
    "soon_days": "到期前多少天列入“即将到期”",
    "shift": "到期日不是工作日时，是否顺延到下一个工作日",
    "levels": "对个别规则的级别所作的调整",
}
"""What each parameter is for."""


def shown(value: object) -> str:
    """A parameter as staff type it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return f"{value[0]:02}-{value[1]:02}"
    if isinstance(value, dict):
        return "、".join(f"{code} {level.value}" for code, level in sorted(value.items())) or "无"
    return str(value)
