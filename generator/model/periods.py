"""The kinds of records and where each stands: what the path of a record says."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The kinds of records; the value is the name staff know it by."""

    POLICY = "制度参数"
    UNITS = "组织机构"
    PEOPLE = "人员"
    STANDARD = "评级标准"
    NOMINATION = "客户提名"
    DECISION = "评级决定"
    ARCHIVE = "客户档案表"
    TEAM = "客户经理团队"
    EVENTS = "特殊情况登记"
    SERVICE_PLAN = "服务方案"
    SATISFACTION_PLAN = "提升客户满意度计划书"
    VISIT_PLAN = "季度访问计划"
    REPORT = "客户季度采购(销售)情况分析报告"
    VISIT = "客户拜访报告"
    ANALYSIS = "大客户部客户服务分析"
    CALENDAR = "节假日与调休"

    @property
    def is_markdown(self) -> bool:
        """Whether the record is front matter and a body."""
        return self in _MARKDOWN


_MARKDOWN = {
    Kind.STANDARD,
    Kind.SERVICE_PLAN,
    Kind.SATISFACTION_PLAN,
    Kind.REPORT,
    Kind.VISIT,
    Kind.ANALYSIS,
}


class Place(NamedTuple):
    """Where a record stands in the tree. `path` begins with the records folder's name."""

    kind: Kind
    path: str
    client: str | None = None
    year: int | None = None
    quarter: int | None = None
    unit: str | None = None
    day: date | None = None
    """The date in the file's name (decisions, visits); None where the name is no date."""
    number: int = 1
    """Which visit of its day."""
