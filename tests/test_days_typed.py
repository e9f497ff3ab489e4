"""What is said of a day that was typed wrong, and what is proposed in its place."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from generator.model.leaves import to_date


def said_of(text: str) -> str:
    """The message about a text that is no day."""
    with pytest.raises(PydanticCustomError) as caught:
        to_date(text)
    return caught.value.message()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-02-30", "2026 年 2 月是 1 至 28 日，没有 30 日，请核对年月日；如果是月末，请写 2026-02-28。"),
        ("2024-02-30", "2024 年 2 月是 1 至 29 日，没有 30 日，请核对年月日；如果是月末，请写 2024-02-29。"),
        ("2026-06-31", "2026 年 6 月是 1 至 30 日，没有 31 日，请核对年月日；如果是月末，请写 2026-06-30。"),
        ("2026-02-00", "2026 年 2 月是 1 至 28 日，没有 0 日，请核对年月日。"),
        ("2026-13-05", "月份是 1 至 12，没有 13 月，请核对年月日；如果月和日写反了，请写 2026-05-13。"),
        ("2026-31-04", "月份是 1 至 12，没有 31 月，请核对年月日。"),
        ("2026-00-12", "月份是 1 至 12，没有 0 月，请核对年月日。"),
        ("0000-01-01", "没有公元 0 年，请核对年份。"),
        ("2026/2/30", "2026 年 2 月是 1 至 28 日，没有 30 日，请核对年月日；如果是月末，请写 2026-02-28。"),
        ("2026/4/20", "请写成 2026-04-20。"),
        ("上周", "请写成 年-月-日，如 2026-02-17。"),
    ],
)
def test_what_is_wrong_and_what_to_write(typed: str, said: str) -> None:
    """The month's days, a month that is none, signs that are others."""
    assert said_of(typed).endswith(f"{said}"), said_of(typed)


@given(*(st.integers(0, most) for most in (9999, 40, 40)), st.sampled_from("-/.年"))
def test_what_is_proposed_is_a_day(year: int, month: int, day: int, sign: str) -> None:
    """Whoever writes what is proposed is not told of it again."""
    text = f"{year:04}{sign}{month:02}{sign if sign != '年' else '月'}{day:02}"
    try:
        assert to_date(text) == date(year, month, day)
    except PydanticCustomError as error:
        for proposed in re.findall(r"请写成? ?(\d{4}-\d\d-\d\d)", error.message()):
            assert to_date(proposed).isoformat() == proposed
