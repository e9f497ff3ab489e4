"""What a line of the lists of obligations says to a person; shared by the text and the CSV."""

from generator.obligations.obligation import Obligation
from generator.pipeline import Result

HEADINGS = (
    "状态",
    "逾期天数",
    "应办事项",
    "客户或单位",
    "所属期间",
    "序号",
    "到期日",
    "完成日",
    "负责人",
    "记录",
)
NOBODY = "责任人未明确"


def cells(result: Result, one: Obligation) -> tuple[str, ...]:
    """The cells under HEADINGS."""
    company = result.world.company
    late = one.days_overdue(result.as_of)
    client = result.world.briefs.get(one.client or "")
    if client is not None:
        subject = client.name
    elif one.unit is not None:
        subject = company.unit_name(one.unit)
    else:
        subject = company.units["company"].name if "company" in company.units else ""
    return (
        one.status.label,
        "" if late is None else str(late),
        one.kind.label,
        subject,
        one.period,
        "" if one.number is None else str(one.number),
        one.due.isoformat(),
        one.done_on.isoformat() if one.done_on else "",
        "、".join(company.person_name(person) for person in one.responsible) or NOBODY,
        one.record or "",
    )
