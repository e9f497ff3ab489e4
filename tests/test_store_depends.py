"""What is judged anew: those clients alone of whom something may be said that was not said before."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.pipeline import run
from tests.cases_runner import BASE_DAY
from tests.stored import judged, printed, settle


def everybody(records: Path) -> list[str]:
    """All clients."""
    return sorted(path.name for path in (records / "clients").iterdir())


def test_a_client_that_changed(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It alone, and only once."""
    settle(records)
    assert judged(monkeypatch, records) == []
    visit = next((records / "clients" / "copy-1").rglob("visits/*.md"))
    visit.write_text(visit.read_text("utf-8") + "\n又及。\n", "utf-8")
    assert judged(monkeypatch, records) == ["copy-1"]
    assert judged(monkeypatch, records) == []


def test_a_person_of_whom_few_were_asked(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who looked up who works in a unit, and no others."""
    settle(records)
    people = records / "organization" / "people.yml"
    newcomer = "- {编号: new-comer, 姓名: 新来, 任职: [{单位: iron-ore, 职务: 业务员, 开始: 2026-06-01}]}\n"
    people.write_text(people.read_text("utf-8") + newcomer, "utf-8")
    assert set(judged(monkeypatch, records)) < set(everybody(records))


@pytest.mark.parametrize(
    ("version", "asks"),
    [
        ("生效日期: 2026-06-16, 拜访报告期限: 1", []),
        ("生效日期: 2027-01-01, 规则级别: {T101: 关闭}", []),
        ("生效日期: 2026-06-15, 即将到期: 90", None),
        ("生效日期: 2025-11-02, 新评级宽限: 90", None),
    ],
)
def test_a_version_of_the_policy(
    records: Path, monkeypatch: pytest.MonkeyPatch, version: str, asks: list[str] | None
) -> None:
    """One of a day for which nobody asked is news to nobody, but once its day has come."""
    settle(records)
    with (records / "policy.yml").open("a", encoding="utf-8") as stream:
        stream.write(f"- {{{version}}}\n")
    assert judged(monkeypatch, records) == (everybody(records) if asks is None else asks)
    day = date(2027, 1, 1)
    assert printed(run(records, day, day, cached=True)) == printed(run(records, day, day))


@pytest.mark.parametrize(
    ("others", "touched"), [("", ["copy-2"]), ("其余客户: 一般\n", None)], ids=["one client", "all others"]
)
def test_a_later_decision(
    records: Path, monkeypatch: pytest.MonkeyPatch, others: str, touched: list[str] | None
) -> None:
    """It is about those whom it names, and about all where it says something of the others."""
    settle(records)
    decision = records / "ratings" / "2026" / "decisions" / "2026-06-01.yml"
    decision.write_text(f"评级:\n  - {{客户: copy-2, 等级: 重点}}\n{others}", "utf-8")
    assert judged(monkeypatch, records) == (everybody(records) if touched is None else touched)
    assert printed(run(records, BASE_DAY, BASE_DAY, cached=True)) == printed(run(records, BASE_DAY, BASE_DAY))


def test_days_that_pass(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each day few are judged anew, on 1 January all; what is said is what is said without a store."""
    settle(records)
    chance, day, counts = random.Random(5), BASE_DAY, []
    for _ in range(12):
        step = chance.choice([1, 1, 1, 2, 5])
        day += timedelta(days=step)
        anew = judged(monkeypatch, records, day)
        counts += [len(anew)] if step == 1 else []
        assert printed(run(records, day, day, cached=True)) == printed(run(records, day, day)), day
    assert sum(counts) < len(counts) * len(everybody(records)) / 2
    assert judged(monkeypatch, records, date(2027, 1, 1)) == everybody(records)


@pytest.mark.parametrize("days", [1, 40, 220, -200])
def test_the_clock_and_the_day_asked_for_go_apart(
    records: Path, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    """Today may change alone, and the as-of day with it."""
    settle(records)
    today = BASE_DAY + timedelta(days=days)
    for as_of, now in ((BASE_DAY, today), (min(BASE_DAY, today), today)):
        expected = printed(run(records, as_of, now))
        assert printed(run(records, as_of, now, cached=True)) == expected
