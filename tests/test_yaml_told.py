"""What is said of YAML that cannot be read: what to write instead, with the words that were typed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline import run
from tests.cases_runner import BASE_DAY, Changes

EVENTS = "clients/hengda-steel/2026/events.yml"
FIRST = "特殊情况:\n  - 发生日期: 2026-04-20\n"


@pytest.mark.parametrize(
    ("typed", "mark", "meant"),
    [
        ("    情况：停电停产", (3, 7), "情况: 停电停产"),
        ("    情况 ：停电停产  ", (3, 8), "情况: 停电停产"),
        ("    情况:\n  - 登记人：sun-li", (4, 8), "登记人: sun-li"),
        ("    情况：", (3, 7), "情况:"),
        (f"    情况：{'停电' * 30}", (3, 7), f"情况: {'停电' * 18}…"),
    ],
)
def test_a_full_width_colon(
    company: Callable[[Changes], Path], typed: str, mark: tuple[int, int], meant: str
) -> None:
    """The line as it was meant, cut where it is long."""
    result = run(company({EVENTS: f"{FIRST}{typed}\n    登记人: sun-li\n"}), BASE_DAY, BASE_DAY)
    told = {(one.line, one.column): one.message for one in result.findings if one.code == "F002"}
    assert told == {mark: f"用了全角冒号“：”；请改成英文冒号加一个空格，即“{meant}”。"}
