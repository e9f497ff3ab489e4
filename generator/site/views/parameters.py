"""The parameters in force, what each is for, and their changes."""

from generator.policy.parameters import Parameters, Values, label
from generator.site import addresses
from generator.site.facts import Facts
from generator.site.values import Column, Link, Page, Row, Section, Table
from generator.site.views import cells


def page(facts: Facts, tabs: tuple[Link, ...], crumbs: tuple[Link, ...]) -> Page:
    """The parameters in force on the day, and how they came to be."""
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
    return Page(addresses.PARAMETERS, "参数", tuple(sections), crumbs, notes=notes, tabs=tabs, source=source)


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
