"""The kinds of obligations (应办事项), with what each is called and which clause wants it."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How an obligation stands on the as-of day."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    OPEN = "open"
    DONE = "done"
    LATE = "late"
    WAIVED = "waived"

    @property
    def label(self) -> str:
        """What staff call it."""
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.OVERDUE: "逾期",
    Status.DUE_SOON: "即将到期",
    Status.OPEN: "未到期",
    Status.DONE: "按期完成",
    Status.LATE: "逾期完成",
    Status.WAIVED: "已豁免",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a kind is called, its clause, whether it has a client, and what it wants."""

    label: str
    clause: str
    wants: str
    of_client: bool = True


class ObligationKind(StrEnum):
    """The kinds, in the order of rules.md."""

    NOMINATION = "nomination"
    RATING_STANDARD = "rating-standard"
    RATING_DECISION = "rating-decision"
    APPOINTMENT = "appointment"
    SERVICE_PLAN = "service-plan"
    SERVICE_PLAN_FILING = "service-plan-filing"
    PLAN_COUNTERSIGN = "plan-countersign"
    PLAN_MEASURE = "plan-measure"
    ARCHIVE_DOCUMENTS = "archive-documents"
    DOCUMENT_RENEWAL = "document-renewal"
    ARCHIVE_COPY = "archive-copy"
    ARCHIVE_REVIEW = "archive-review"
    FINANCIAL_STATEMENTS = "financial-statements"
    VISIT_PLAN = "visit-plan"
    PLANNED_VISIT = "planned-visit"
    VISIT_REPORT = "visit-report"
    SPECIAL_VISIT = "special-visit"
    QUARTERLY_REPORT = "quarterly-report"
    LEADER_VISIT = "leader-visit"
    SATISFACTION_PLAN = "satisfaction-plan"
    KEY_ACCOUNTS_ANALYSIS = "key-accounts-analysis"
    FOLLOW_UP = "follow-up"

    @property
    def about(self) -> About:
        """What it is called and wants."""
        return ABOUT[self]

    @property
    def label(self) -> str:
        """What staff call it."""
        return ABOUT[self].label


ARCHIVE_KINDS = frozenset(
    {ObligationKind.ARCHIVE_DOCUMENTS, ObligationKind.ARCHIVE_COPY, ObligationKind.ARCHIVE_REVIEW}
)
"""The kinds whose waiver counts by the year in which they fall due."""

_K = ObligationKind
ABOUT: dict[ObligationKind, About] = {
    _K.NOMINATION: About("客户提名", "1.2", "各事业部每年提出重点供应商和终端客户名单", of_client=False),
    _K.RATING_STANDARD: About("评级标准", "1.3", "各部门、各业务本部每年会签评级标准", of_client=False),
    _K.RATING_DECISION: About("评级决定", "1.3", "每年决定战略、重点和一般客户", of_client=False),
    _K.APPOINTMENT: About("聘任团队", "2.2", "年末为下一年聘任客户经理团队"),
    _K.SERVICE_PLAN: About("服务方案", "3.1", "年初编制服务方案和维护计划"),
    _K.SERVICE_PLAN_FILING: About("方案备案", "3.1", "没有大客户部人员的团队，把服务方案交大客户部备案"),
    _K.PLAN_COUNTERSIGN: About("方案会签", "4.3", "集成供应客户的服务方案由大客户部会签"),
    _K.PLAN_MEASURE: About("重点工作", "3.1", "服务方案中的每项重点工作按期完成"),
    _K.ARCHIVE_DOCUMENTS: About("档案资料", "3.2a", "收齐客户档案所需的证照"),
    _K.DOCUMENT_RENEWAL: About("证照更新", "3.2a", "证照到期前换成新的"),
    _K.ARCHIVE_COPY: About("档案副本移交", "3.2b", "档案更新后向大客户部移交副本"),
    _K.ARCHIVE_REVIEW: About("档案更新", "3.2a", "定期核对并更新客户档案"),
    _K.FINANCIAL_STATEMENTS: About("财务报表", "3.2a", "收集客户上一年度的财务报表"),
    _K.VISIT_PLAN: About("季度访问计划", "3.3a", "每季度初制定访问计划"),
    _K.PLANNED_VISIT: About("计划访问", "3.3a", "计划中的每次拜访按期进行"),
    _K.VISIT_REPORT: About("客户拜访报告", "3.3d", "每次拜访后填写拜访报告"),
    _K.SPECIAL_VISIT: About("特别访问", "3.3b", "客户发生特殊情况后立即拜访"),
    _K.QUARTERLY_REPORT: About("季度分析报告", "3.2c", "每季度末提交采购(销售)情况分析报告"),
    _K.LEADER_VISIT: About("领导走访", "3.3e", "担任客户经理的公司领导每年走访其战略客户"),
    _K.SATISFACTION_PLAN: About("满意度计划书", "3.4", "年末提交提升客户满意度计划书"),
    _K.KEY_ACCOUNTS_ANALYSIS: About("客户服务分析", "4.2", "大客户部每季度分析客户服务", of_client=False),
    _K.FOLLOW_UP: About("待办跟进", "3.3d", "拜访和服务分析中承诺的事项按期完成"),
}
