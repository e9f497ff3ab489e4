"""What the tests of commands share: the runs of `kam`, and changes that break the small company."""

from collections.abc import Callable
from pathlib import Path

from tests.cases_runner import BASE, BASE_DAY, Changes

VISIT = "clients/hengda-steel/2026/Q2/visits/2026-05-12.md"
DAYS = ("--as-of", str(BASE_DAY), "--today", str(BASE_DAY))
BASE_RECORDS = ("--records", str(BASE))
PAYLOADS = Path(__file__).parents[2] / "shared" / "cases" / "external" / "csv-injection" / "payloads.json"

Run = Callable[..., tuple[int, str, str]]
Company = Callable[[Changes], Path]


def edited(path: str, old: str, new: str) -> str:
    """A file of the small company with one text replaced."""
    text = (BASE / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new)


AN_ERROR = {
    VISIT: edited(VISIT, "[传达购销信息, 收集客户信息, 观察销售情况, 了解经营现状]", "[传达购销信息]")
}
A_WARNING = {VISIT: edited(VISIT, "出差人员: [zhao-min, sun-li]", "出差人员: [tang-yi]")}
WAIVER = "填报日期: 2026-05-14\n豁免: [{规则: V104, 理由: 客户整顿, 批准人: li-na, 批准日期: 2026-05-15}]"
A_WAIVED = {VISIT: AN_ERROR[VISIT].replace("填报日期: 2026-05-14", WAIVER)}
