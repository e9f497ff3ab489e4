"""What a team writes in a year: team, events, plans, visits, reports; and Key Accounts' analysis."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from generator.model.base import (
    Cancellation,
    Document,
    Mapping_,
    NonEmpty,
    PersonSpell,
    PersonSpells,
    Postponement,
    optional,
    required,
)
from generator.model.leaves import Day, Number, PersonId, QuarterName, Text, Whole, one_of
from generator.model.ratings import AnySide

PeopleIds = Annotated[list[PersonId], NonEmpty]


class Team(Document):
    """clients/<client>/<year>/team.yml: the account team (2.1 to 2.7)."""

    OWN_DATE: ClassVar[str | None] = "聘任日期"

    appointed_on: Day | None = required("聘任日期")
    managers: PersonSpells | None = required("客户经理")
    designated: PersonSpells | None = optional("指定负责人")
    members: list[PersonSpell] | None = optional("成员")


class Event(Mapping_):
    """Something special that happened at the client (3.3b)."""

    happened_on: Day | None = required("发生日期")
    what: Text | None = required("情况")
    noted_by: PersonId | None = required("登记人")


class Events(Document):
    """clients/<client>/<year>/events.yml."""

    events: Annotated[list[Event], NonEmpty] | None = required("特殊情况")


class Task(Mapping_):
    """Something that somebody does by a day: a measure, a to-do, an improvement."""

    what: Text | None = required("内容")
    owner: PersonId | None = required("负责人")
    until: Day | None = required("期限")
    done_on: Day | None = optional("完成日期")
    cancelled: Cancellation | None = optional("取消")
    moved: list[Postponement] | None = optional("改期")


class Measure(Task):
    """One of 重点工作 or 改进措施, with its number."""

    number: Whole | None = required("序号")


class Filing(Mapping_):
    """备案: handed to Key Accounts (3.1)."""

    on: Day | None = required("日期")
    received_by: PersonId | None = required("接收人")


class Countersign(Mapping_):
    """大客户部会签 of a plan for integrated supply (4.3)."""

    on: Day | None = required("日期")
    person: PersonId | None = required("人员")


class ServicePlan(Document):
    """clients/<client>/<year>/service-plan.md (3.1)."""

    OWN_DATE: ClassVar[str | None] = "编制日期"
    PARTS: ClassVar[tuple[str, ...]] = ("服务方案", "维护计划")

    drawn_up_on: Day | None = required("编制日期")
    authors: PeopleIds | None = required("编制人")
    measures: Annotated[list[Measure], NonEmpty] | None = required("重点工作")
    filing: Filing | None = optional("备案")
    countersign: Countersign | None = optional("大客户部会签")


class PlanEntry(Mapping_):
    """One visit that the quarter's plan names."""

    number: Whole | None = required("序号")
    planned_on: Day | None = required("计划日期")
    visitors: PeopleIds | None = required("拜访人员")
    purpose: Text | None = required("目的")
    cancelled: Cancellation | None = optional("取消")
    moved: list[Postponement] | None = optional("改期")


class VisitPlan(Document):
    """clients/<client>/<year>/<quarter>/visit-plan.yml (3.3a)."""

    OWN_DATE: ClassVar[str | None] = "制定日期"

    drawn_up_on: Day | None = required("制定日期")
    drawn_up_by: PersonId | None = required("制定人")
    entries: Annotated[list[PlanEntry], NonEmpty] | None = required("访问")


class VisitType(StrEnum):
    """Why a visit is made."""

    PLANNED = "计划"
    SPECIAL = "特别"
    ORDINARY = "日常"


class VisitState(StrEnum):
    """What 状态 may say."""

    PENDING = "待填报"


class Duty(StrEnum):
    """What every visit is for (3.3c)."""

    CONVEY = "传达购销信息"
    COLLECT = "收集客户信息"
    OBSERVE = "观察销售情况"
    LEARN = "了解经营现状"


class Met(Mapping_):
    """Somebody of the client who was met."""

    name: Text | None = required("姓名")
    title: Text | None = optional("职务")


class Visit(Document):
    """clients/<client>/<year>/<quarter>/visits/<date>.md (annex 2)."""

    OWN_DATE: ClassVar[str | None] = "拜访日期"
    PARTS: ClassVar[tuple[str, ...]] = ("所处理的事宜", "客户经营现况")

    visited_on: Day | None = required("拜访日期")
    ended_on: Day | None = optional("结束日期")
    state: Annotated[VisitState, BeforeValidator(one_of(VisitState))] | None = optional("状态")
    type: Annotated[VisitType, BeforeValidator(one_of(VisitType))] | None = required("类型")
    plan_number: Whole | None = optional("计划序号")
    plan_quarter: QuarterName | None = optional("计划季度")
    special: Text | None = optional("特殊情况")
    happened_on: Day | None = optional("发生日期")
    travellers: PeopleIds | None = required("出差人员")
    met: Annotated[list[Met], NonEmpty] | None = required("所见客户人员")
    duties: Annotated[list[Annotated[Duty, BeforeValidator(one_of(Duty))] | None], NonEmpty] | None = (
        required("客户服务工作")
    )
    not_done_because: Text | None = optional("未开展原因")
    reported_by: PersonId | None = required("填报人")
    reported_on: Day | None = required("填报日期")
    todos: list[Task] | None = optional("待办")

    @property
    def is_pending(self) -> bool:
        """Whether the visit is not written up yet: then only its day and its people are asked for."""
        return self.state is VisitState.PENDING

    @classmethod
    def excused(cls, raw: Mapping[str, Any]) -> frozenset[str]:
        """A visit that is not written up yet is asked only for its day and who travelled."""
        if raw.get("状态") != VisitState.PENDING:
            return frozenset()
        return frozenset({"类型", "所见客户人员", "客户服务工作", "填报人", "填报日期", *cls.PARTS})


class Trade(Mapping_):
    """A line of goods bought or sold in a quarter."""

    side: AnySide | None = required("方向")
    goods: Text | None = required("品种")
    amount: Number | None = required("数量")
    unit: Text | None = required("计量单位")


class QuarterlyReport(Document):
    """clients/<client>/<year>/<quarter>/report.md (3.2c)."""

    OWN_DATE: ClassVar[str | None] = "提交日期"
    PARTS: ClassVar[tuple[str, ...]] = (
        "客户整体经营情况",
        "合作中的问题、原因及对策",
        "客户对商品质量和服务的主要建议和意见",
        "下季度采购(销售)预测",
    )

    sides: Annotated[list[AnySide | None], NonEmpty] | None = required("方向")
    reported_by: PersonId | None = required("填报人")
    submitted_on: Day | None = required("提交日期")
    traded: list[Trade] | None = optional("本季实绩")
    forecast: list[Trade] | None = optional("下季预测")


class SatisfactionPlan(Document):
    """clients/<client>/<year>/satisfaction-plan.md (3.4)."""

    OWN_DATE: ClassVar[str | None] = "提交日期"
    PARTS: ClassVar[tuple[str, ...]] = ("服务方案执行成果", "待完善之处", "客户分析与评价", "提升措施")

    submitted_on: Day | None = required("提交日期")
    authors: PeopleIds | None = required("编制人")


class Analysis(Document):
    """key-accounts/<year>/<quarter>.md: Key Accounts' analysis of the service (4.2)."""

    OWN_DATE: ClassVar[str | None] = "提交日期"
    PARTS: ClassVar[tuple[str, ...]] = ("客户服务分析", "改进方向")

    submitted_on: Day | None = required("提交日期")
    authors: PeopleIds | None = required("编制人")
    improvements: list[Measure] | None = optional("改进措施")
