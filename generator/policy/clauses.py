"""The clauses of the policy (客户经理试行办法), digested: what each wants, and how strongly."""

from dataclasses import dataclass
from enum import StrEnum


class Force(StrEnum):
    """How strongly a clause wants it."""

    MUST = "must"
    USUAL = "usual"
    MAY = "may"

    @property
    def label(self) -> str:
        """The words the policy uses."""
        return {Force.MUST: "应当", Force.USUAL: "一般", Force.MAY: "可以"}[self]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. `people` says what of it people check, where no program can."""

    id: str
    force: Force
    text: str
    people: str | None = None

    @property
    def name(self) -> str:
        """How it is cited."""
        return {"A1": "附件一", "A2": "附件二"}.get(self.id, f"第 {self.id} 条")


_M, _U, _Y = Force.MUST, Force.USUAL, Force.MAY

CLAUSES: tuple[Clause, ...] = (
    Clause("1.1", _M, "客户包括供应商和终端用户；采购和销售是同一客户的两个方面。"),
    Clause("1.2", _M, "各事业部每年应提出重点供应商和终端客户名单；可依据年成交量、计划重点开发等。"),
    Clause("1.3", _M, "企划部、风控部、各业务本部和大客户部共同商定评级标准，据此确定战略、重点和一般客户。"),
    Clause("1.4", _M, "每个客户有一名选任或指定的客户经理，可围绕客户经理组成团队。"),
    Clause(
        "1.5",
        _U,
        "战略客户的客户经理一般由公司领导（或与客户关系良好者）担任，在大客户部牵头下选定；"
        "重点客户的由事业部选定；一般客户由经办业务员负责。",
        "客户关系是否良好、选定是否由大客户部牵头，由人判断。",
    ),
    Clause(
        "2.1",
        _M,
        "战略客户分公司级和业务本部级，分别由公司领导、业务本部总监任客户经理；重点客户团队由事业部确定。",
    ),
    Clause("2.2", _M, "每年年末按评级结果为下一年聘任客户经理及团队。"),
    Clause("2.3", _Y, "客户经理可在业务部门（事业部）指派 2 至 3 人参加团队。"),
    Clause("2.4", _M, "公司级战略客户团队：公司总经理或副总经理、事业部总经理、骨干业务员和大客户部。"),
    Clause("2.5", _M, "业务本部级战略客户团队：业务本部总监或副总监、事业部总经理、骨干业务员。"),
    Clause("2.6", _M, "重点客户团队：事业部总经理和骨干业务员。"),
    Clause(
        "2.7",
        _M,
        "集成供应客户和与多个业务本部合作的战略客户，由大客户部牵头组成联合团队："
        "一名公司领导和有关业务本部总监组建，有关事业部总经理全部参加。",
    ),
    Clause(
        "3.0",
        _M,
        "团队应了解客户需求和发展，提高业务量和客户满意度，协调公司各部门，保持长期密切关系。",
        "业务量、满意度和关系的实际成效由人评价；程序只检查记录的日期是否可信。",
    ),
    Clause(
        "3.1",
        _M,
        "每年年初，团队为每个战略和重点客户制定服务方案和维护计划，明确重点工作；"
        "没有大客户部人员参加的团队，应将方案报大客户部备案。",
    ),
    Clause(
        "3.2a", _M, "团队建立客户基础档案（股东与管理层、经营资质、财务报表等，见附件一），并持续收集信息。"
    ),
    Clause("3.2b", _M, "档案由业务部门保管，副本交大客户部。"),
    Clause(
        "3.2c",
        _M,
        "每季度末，由客户经理指定的负责人编写采购（销售）情况分析报告并提交公司："
        "客户整体经营情况，合作中的问题、原因及对策，客户的主要建议和意见，下季度预测。",
    ),
    Clause("3.3a", _M, "每季度初制定访问计划，季度内按计划进行正常访问。"),
    Clause("3.3b", _M, "客户发生特殊情况时立即进行特别访问，并在拜访报告中注明。"),
    Clause("3.3c", _M, "每次拜访应传达我司购销信息、收集客户信息、观察其销售情况、了解其经营现状。"),
    Clause("3.3d", _M, "每次拜访后应填写拜访报告（附件二）。"),
    Clause("3.3e", _M, "公司级客户经理每年走访其战略客户至少 1 至 2 次。"),
    Clause(
        "3.4", _M, "年末，团队对照服务方案总结成果、不足，分析评价客户，并向公司提交提升客户满意度计划书。"
    ),
    Clause(
        "4.1",
        _M,
        "大客户部牵头协调战略客户关系，推动客户经理工作，跟踪合作情况和服务方案的执行。",
        "由大客户部对照本站的逾期清单、部门页和方案进度跟踪。",
    ),
    Clause("4.2", _M, "大客户部根据各团队的报告分析客户服务情况，持续改进。"),
    Clause("4.3", _M, "集成供应客户由大客户部协调并完成客户方案。"),
    Clause("A1", _M, "客户档案表：客户名称、地址、联系方式、法人代表、主要股东、合作记录和附件。"),
    Clause(
        "A2", _M, "客户拜访报告：客户名称、拜访日期、出差人员、所见客户人员、所处理的事宜、客户经营现况。"
    ),
)

BY_ID: dict[str, Clause] = {clause.id: clause for clause in CLAUSES}
