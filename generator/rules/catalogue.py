"""Every rule, in order: code, severity, clause, what it finds, in which records, and the function.

A code without a function is found while reading (generator/reading) or by the run itself. Why a
rule is there, an example that breaks it and how to mend it stand in pages/<code>.md.
"""

from generator.findings import Severity
from generator.model.periods import Kind
from generator.rules import (
    archives,
    dates,
    form,
    members,
    plans,
    ratings,
    references,
    reports,
    teams,
    visits,
    waivers,
)
from generator.rules.rule import Rule

E, W = Severity.ERROR, Severity.WARNING
K = Kind

_ALL = tuple(Kind)
_DOCUMENTS = tuple(kind for kind in Kind if kind not in (K.POLICY, K.PEOPLE))
_NAMING_UNITS = (K.NOMINATION, K.STANDARD, K.DECISION, K.ARCHIVE, K.PEOPLE)
_TEAM = (K.TEAM,)
_PLAN = (K.SERVICE_PLAN,)
_ARCHIVE = (K.ARCHIVE,)
_REPORT = (K.REPORT,)
_VISIT = (K.VISIT,)
_VISIT_PLAN = (K.VISIT_PLAN,)
_TASKS = (K.SERVICE_PLAN, K.VISIT, K.ANALYSIS)

FORM: tuple[Rule, ...] = (
    Rule("F001", E, None, "不是 UTF-8 文本，或含有不允许的字符"),
    Rule("F002", E, None, "不符合 YAML 的写法"),
    Rule("F003", E, None, "同一个键写了两次"),
    Rule("F004", E, None, "用了不允许的 YAML 写法"),
    Rule("F005", E, None, "Markdown 记录开头缺少信息块"),
    Rule("F006", E, None, "文件或文件夹放错了位置"),
    Rule("F007", E, None, "文件名与内容或日历不符", (K.VISIT, K.DECISION, K.CALENDAR), form.f007),
    Rule("F008", E, None, "文件太大或嵌套太深"),
    Rule("S001", E, None, "缺少必填项", _ARCHIVE, form.s001),
    Rule("S002", E, None, "有不认识的项"),
    Rule("S003", E, None, "值的类型或写法不对", (K.UNITS, K.PEOPLE, K.TEAM, K.ARCHIVE, K.POLICY), form.s003),
    Rule("S004", E, None, "值不在可选范围内", (K.PEOPLE,), form.s004),
    Rule("S005", E, None, "正文缺少规定的部分，或写了两次"),
    Rule("S006", E, None, "规定的部分或文字没有实际内容"),
    Rule("S007", E, None, "编号、序号或同一值重复", _ALL, form.s007),
    Rule("R001", E, None, "没有这个客户", _ALL, references.r001),
    Rule("R002", E, None, "没有这个人员", _ALL, references.r002),
    Rule("R003", E, None, "没有这个单位，或当时不存在", _NAMING_UNITS, references.r003),
)
"""These spoil the field they stand on: no other rule is raised there."""

JUDGED: tuple[Rule, ...] = (
    Rule("R004", E, None, "人员当时没有任职", _ALL, references.r004),
    Rule("R005", E, None, "找不到附件", _ARCHIVE, references.r005),
    Rule("R006", E, None, "附件不符合要求", _ARCHIVE, references.r006),
    Rule("G101", W, "1.2", "提名没有写依据", (K.NOMINATION,), ratings.g101),
    Rule("G102", E, "1.2", "提名的客户与该事业部没有业务", (K.NOMINATION,), ratings.g102),
    Rule("G103", E, "1.3", "评级标准缺少会签", (K.STANDARD,), ratings.g103),
    Rule("G104", E, "1.3", "评级决定缺少会签，或会签晚于决定", (K.DECISION,), ratings.g104),
    Rule("G105", E, "2.1", "战略客户与层级不配套", (K.DECISION,), ratings.g105),
    Rule("G106", W, "1.3", "本年评级决定没有包括的客户", _ARCHIVE, ratings.g106),
    Rule("G107", W, "1.2", "评为战略或重点的客户没有提名", (K.DECISION,), ratings.g107),
    Rule("G108", W, "1.2", "被提名的客户没有评级决定", (K.NOMINATION,), ratings.g108),
    Rule("G109", E, "1.3", "同一客户写了两次", (K.NOMINATION, K.DECISION), ratings.g109),
    Rule("T101", E, "2.1", "公司级战略客户的客户经理不是公司领导", _TEAM, teams.t101),
    Rule("T102", E, "2.1", "本部级战略客户的客户经理不是有关总监", _TEAM, teams.t102),
    Rule("T103", E, "2.1", "重点客户的客户经理不属于有关事业部", _TEAM, teams.t103),
    Rule("T104", W, "1.5", "一般客户的客户经理不在有关事业部", (K.TEAM, K.ARCHIVE), members.t104),
    Rule("T105", W, "1.4", "一般客户没有客户经理", _ARCHIVE, members.t105),
    Rule("T111", E, "2.4", "公司级战略客户团队有空缺", _TEAM, teams.t111),
    Rule("T112", E, "2.5", "本部级战略客户团队有空缺", _TEAM, teams.t112),
    Rule("T113", E, "2.6", "重点客户团队有空缺", _TEAM, teams.t113),
    Rule("T114", E, "2.7", "联合团队有空缺", _TEAM, teams.t114),
    Rule("T120", W, "2.3", "事业部指派的成员人数不合", _TEAM, teams.t120),
    Rule("T121", E, "1.4", "同一人在团队中重复", _TEAM, members.t121),
    Rule("T122", E, "3.2c", "指定负责人不在团队中", _TEAM, members.t122),
    Rule("T123", E, "2.2", "成员已不任职，或日期不在本年", _TEAM, members.t123),
    Rule("T124", W, "2.2", "有拜访或报告却没有团队", _ARCHIVE, members.t124),
    Rule("T125", W, "3.1", "未完成事项的负责人已不任职", _TASKS, members.t125),
    Rule("P101", E, "3.1", "备案或会签早于编制", _PLAN, plans.p101),
    Rule("P102", E, "3.1", "服务方案的编制人不在团队中", _PLAN, plans.authors_off_team),
    Rule("P104", E, "3.1", "备案或会签的经办人不是大客户部人员", _PLAN, plans.p104),
    Rule("A101", E, "A1", "统一社会信用代码不对", _ARCHIVE, archives.a101),
    Rule("A102", E, "A1", "持股比例不对", _ARCHIVE, archives.a102),
    Rule("A103", E, "A1", "合作年份前后矛盾", _ARCHIVE, archives.a103),
    Rule("A104", W, "A1", "缺少上一年的经营数量", _ARCHIVE, archives.a104),
    Rule("A105", E, "3.2a", "档案日期先后不对", _ARCHIVE, archives.a105),
    Rule("A106", E, "3.2b", "副本接收人不是大客户部人员", _ARCHIVE, archives.a106),
    Rule("A108", E, "1.1", "同一客户建了两份档案", _ARCHIVE, archives.a108),
    Rule("A109", W, "A1", "附件没有列入档案", _ARCHIVE, archives.a109),
    Rule("Q101", E, "3.2c", "报告方向与客户类型不符", _REPORT, reports.q101),
    Rule("Q102", E, "3.2c", "季度报告的填报人不对", _REPORT, reports.q102),
    Rule("Q103", E, "3.2c", "季度报告提交过早", _REPORT, reports.q103),
    Rule("V102", E, "3.3b", "特别拜访与特殊情况不配套", _VISIT, visits.v102),
    Rule("V103", E, "3.3a", "计划拜访与访问计划对不上", _VISIT, visits.v103),
    Rule("V104", E, "3.3c", "客户服务工作有缺漏", _VISIT, visits.v104),
    Rule("V105", W, "3.3a", "出差人员都不在团队中", _VISIT, visits.v105),
    Rule("V106", E, "3.3d", "拜访报告的填报不对", _VISIT, visits.v106),
    Rule("V107", E, "3.3a", "计划日期不在本季度", _VISIT_PLAN, visits.v107),
    Rule("V108", W, "3.3a", "拜访人员都不在团队中", _VISIT_PLAN, visits.v108),
    Rule("V109", E, "3.3a", "按已取消的计划拜访", _VISIT, visits.v109),
    Rule("Y101", W, "3.4", "有满意度计划书却没有服务方案", (K.SATISFACTION_PLAN,), plans.y101),
    Rule("Y102", E, "3.4", "满意度计划书提交过早", (K.SATISFACTION_PLAN,), plans.y102),
    Rule("Y103", E, "3.4", "满意度计划书的编制人不在团队中", (K.SATISFACTION_PLAN,), plans.authors_off_team),
    Rule("K101", E, "4.2", "服务分析的编制人不是大客户部人员", (K.ANALYSIS,), reports.k101),
    Rule("K102", E, "4.2", "服务分析提交过早", (K.ANALYSIS,), reports.k102),
    Rule("D101", E, "3.0", "日期在今天之后", _DOCUMENTS, dates.d101, later_too=True),
    Rule("D102", E, "3.0", "日期与所在期间相差太远", _DOCUMENTS, dates.d102),
    Rule("D103", E, "3.0", "日期先后不对", (K.SERVICE_PLAN, K.VISIT), dates.d103),
)
"""Raised on what can be read, where no finding of form stands."""

WAIVABLE: frozenset[str] = frozenset(rule.code for rule in JUDGED if rule.is_waivable)
"""The codes that a waiver can name, and whose severity 规则级别 can set."""

WAIVERS: tuple[Rule, ...] = (
    Rule("W101", E, None, "豁免的规则不存在或不能豁免", _DOCUMENTS, waivers.w101(WAIVABLE)),
    Rule("W102", E, None, "豁免的批准人不对", _DOCUMENTS, waivers.w102),
    Rule("W103", W, None, "豁免没有用处", _DOCUMENTS, waivers.w103(WAIVABLE)),
)
"""Raised last: they look at what the others found."""

RUN: tuple[Rule, ...] = (
    Rule("X001", E, None, "规则运行失败"),
    Rule("I001", W, None, "版本历史不完整"),
)
"""About the run itself."""

RULES: tuple[Rule, ...] = (*FORM, *JUDGED, *WAIVERS, *RUN)
"""The whole catalogue."""

BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
