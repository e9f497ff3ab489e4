"""organization/: the company's units and people, and the parameters and calendars it keeps."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, RootModel

from generator.model.base import Document, Mapping_, NonEmpty, Spell, optional, required
from generator.model.leaves import (
    Day,
    Flag,
    MonthDay,
    NewId,
    Positive,
    Text,
    UnitId,
    Whole,
    one_of,
    problem,
)


class UnitKind(StrEnum):
    """What a unit is, by its place in units.yml."""

    COMPANY = "公司"
    GROUP = "业务本部"
    DIVISION = "事业部"
    DEPARTMENT = "职能部门"


TITLES: dict[UnitKind, tuple[str, ...]] = {
    UnitKind.COMPANY: ("总经理", "副总经理", "职员"),
    UnitKind.GROUP: ("总监", "副总监", "职员"),
    UnitKind.DIVISION: ("总经理", "副总经理", "业务员", "职员"),
    UnitKind.DEPARTMENT: ("总经理", "副总经理", "职员"),
}
"""The classes of positions (职务) that a unit of each kind has."""

DEPARTMENTS = ("key-accounts", "planning", "risk-control")
"""The functional departments that always exist; the policy names them."""

KEY_ACCOUNTS = "key-accounts"
COMPANY = "company"


class Title(StrEnum):
    """The class of a position (职务)."""

    GENERAL_MANAGER = "总经理"
    DEPUTY_MANAGER = "副总经理"
    DIRECTOR = "总监"
    DEPUTY_DIRECTOR = "副总监"
    SALES = "业务员"
    STAFF = "职员"


def _company_id(value: Any) -> str:
    if value != COMPANY:
        raise problem("S004", f"公司的编号固定为 {COMPANY}，请改成 编号: {COMPANY}。")
    return COMPANY


class Unit(Mapping_):
    """A unit of the company; it exists from 设立日期 to 撤销日期, both included."""

    id: NewId | None = required("编号")
    name: Text | None = required("名称")
    founded: Day | None = optional("设立日期")
    dissolved: Day | None = optional("撤销日期")


class CompanyUnit(Unit):
    """The company itself."""

    id: Annotated[str, BeforeValidator(_company_id)] | None = required("编号")


class Group(Unit):
    """A business group (业务本部) with its divisions."""

    divisions: Annotated[list[Unit], NonEmpty] | None = required("事业部")


class Units(Document):
    """organization/units.yml."""

    company: CompanyUnit | None = required("公司")
    groups: Annotated[list[Group], NonEmpty] | None = required("业务本部")
    departments: Annotated[list[Unit], NonEmpty] | None = required("职能部门")


class Position(Spell):
    """A position (任职) that a person holds in a unit, to its last day."""

    unit: UnitId | None = required("单位")
    title: Annotated[Title, BeforeValidator(one_of(Title))] | None = required("职务")
    printed: Text | None = optional("职务名称")
    start: Day | None = required("开始")


class Person(Mapping_):
    """Somebody of the company."""

    id: NewId | None = required("编号")
    name: Text | None = required("姓名")
    email: Text | None = optional("电邮")
    phone: Text | None = optional("电话")
    positions: Annotated[list[Position], NonEmpty] | None = required("任职")


class People(RootModel[list[Person]]):
    """organization/people.yml: a plain list."""


class Level(StrEnum):
    """What 规则级别 makes of a rule."""

    ERROR = "错误"
    WARNING = "警告"
    OFF = "关闭"


class ParameterVersion(Mapping_):
    """One version of the parameters, from its 生效日期 on; rules.md, "Parameters"."""

    from_day: Day | None = required("生效日期")
    in_use_from: Day | None = optional("启用日期")
    nomination: MonthDay | None = optional("提名截止")
    rating: MonthDay | None = optional("评级截止")
    appointment: MonthDay | None = optional("聘任截止")
    service_plan: MonthDay | None = optional("服务方案截止")
    satisfaction_plan: MonthDay | None = optional("满意度计划截止")
    statements: MonthDay | None = optional("财务报表截止")
    filing_days: Whole | None = optional("备案期限")
    countersign_days: Whole | None = optional("会签期限")
    copy_days: Whole | None = optional("副本移交期限")
    review_cycle: Whole | None = optional("档案更新周期")
    documents_days: Whole | None = optional("档案资料收集期限")
    visit_plan_day: Whole | None = optional("访问计划截止日")
    planned_visit_grace: Whole | None = optional("计划访问宽限")
    visit_report_days: Whole | None = optional("拜访报告期限")
    special_visit_days: Whole | None = optional("特别访问期限")
    report_days: Whole | None = optional("季度报告期限")
    analysis_days: Whole | None = optional("大客户部分析期限")
    new_rating_grace: Whole | None = optional("新评级宽限")
    leader_visits_min: Positive | None = optional("领导走访下限")
    leader_visits_target: Positive | None = optional("领导走访目标")
    assigned_min: Whole | None = optional("团队指派下限")
    assigned_max: Whole | None = optional("团队指派上限")
    soon_days: Whole | None = optional("即将到期")
    shift: Flag | None = optional("节假日顺延")
    levels: dict[str, Annotated[Level, BeforeValidator(one_of(Level))] | None] | None = optional("规则级别")


class PolicyVersions(RootModel[list[ParameterVersion]]):
    """policy.yml: the versions of the parameters, a plain list."""


class Calendar(Document):
    """calendar/<year>.yml: days off and worked weekend days."""

    OWN_DATE: ClassVar[None] = None

    source: Text | None = required("依据")
    off: list[Day | None] | None = optional("休息日")
    worked: list[Day | None] | None = optional("上班日")

    def has_off(self, day: date) -> bool | None:
        """True for a day off, False for a worked one, None where the calendar is silent."""
        if day in (self.off or ()):
            return True
        return False if day in (self.worked or ()) else None
