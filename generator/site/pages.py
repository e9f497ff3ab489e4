"""The pages of the navigation, and what stands on top of every page."""

from generator.pipeline import Result
from generator.site import addresses

IN_NAVIGATION = {
    "": "总览",
    addresses.CLIENTS: "客户",
    addresses.OVERDUE: "逾期",
    addresses.DUE_SOON: "即将到期",
    addresses.PEOPLE: "人员",
    addresses.UNITS: "部门",
    addresses.RATINGS: "评级",
    addresses.FINDINGS: "检查问题",
    addresses.POLICY: "制度",
}
"""The pages of the navigation with their titles there, all wide; all others are leaves, outside it."""

NOT_JUDGED = (
    "检查到此为止：组织机构（units.yml）或人员（people.yml）无法读取，所以没有算出应办事项，"
    "制度规则也没有检查。请先改正“检查问题”页中的格式错误。"
)


def notice(result: Result) -> str:
    """What stands on top of every page; empty where all was judged."""
    return "" if result.judged else NOT_JUDGED
