"""What holds of any records: the judgement has no order, no chance, and no neighbours in it."""

import os
import random
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.judging import dossier, ground
from generator.obligations.kinds import ObligationKind, Status
from generator.obligations.obligation import Obligation
from generator.pipeline import run
from generator.policy.days import plus
from generator.reading.load import Loaded, load
from generator.reading.tree import Tree
from tests.cases_runner import BASE, BASE_DAY
from tests.stored import printed

TREES = sorted((Path(__file__).parent / "trees").glob("*/case.yml"))
STRANGER = """客户名称: 素不相识有限公司
客户类型: [供应商]
业务单位: [iron-ore]
客户经理: zhao-min
通讯地址: 示例路 9 号
联系人电话: 无
电邮: 无
法人代表: 无
管理层: 无
主要股东: 无
建档日期: 2025-06-02
"""
Day = tuple[Path, date, date]


def judged() -> list[Day]:
    """The records folders with their as-of days and todays: the small company and the trees."""
    found: list[Day] = [(BASE, BASE_DAY, BASE_DAY)]
    for file in TREES:
        case: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
        found.append((file.parent / "records", case["as_of"], case["today"]))
    return found


def name(case: object) -> str:
    """How a records folder is called in the list of tests."""
    return case[0].parent.name if isinstance(case, tuple) else str(case)


@pytest.mark.parametrize("case", judged(), ids=name)
def test_order_of_records_does_not_matter(case: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a file system lists them."""
    expected = printed(run(*case))
    for seed in range(3):
        chance = random.Random(seed)

        def shuffled(root: Path, tree: Tree, chance: random.Random = chance) -> Loaded:
            loaded = load(root, tree)
            chance.shuffle(loaded.records)
            chance.shuffle(loaded.findings)
            for files in loaded.attachments.values():
                chance.shuffle(files)
            return loaded

        monkeypatch.setattr(ground, "load", shuffled)
        monkeypatch.setattr(dossier, "load", shuffled)
        assert printed(run(*case)) == expected
        monkeypatch.undo()


@pytest.mark.parametrize("stranger", ["0-first", "zz-last"])
@pytest.mark.parametrize("case", judged(), ids=name)
def test_unrelated_client_changes_nothing_about_the_others(case: Day, stranger: str, tmp_path: Path) -> None:
    """Neither its archive nor a visit to it."""
    root, as_of, today = case
    copied = tmp_path / "records"
    shutil.copytree(root, copied, symlinks=True)
    before = run(copied, as_of, today)
    visits = copied / "clients" / stranger / "2026" / "Q1" / "visits"
    visits.mkdir(parents=True)
    (copied / "clients" / stranger / "archive.yml").write_text(STRANGER, encoding="utf-8")
    visit = "---\n拜访日期: 2026-02-10\n出差人员: [zhao-min]\n状态: 待填报\n---\n"
    (visits / "2026-02-10.md").write_text(visit, encoding="utf-8")
    after = run(copied, as_of, today)
    assert after.records == before.records + 2
    assert [one for one in after.findings if one.client != stranger] == list(before.findings)
    assert [one for one in after.obligations if one.client != stranger] == list(before.obligations)
    assert any(one.client == stranger for one in after.obligations)


@pytest.mark.parametrize("case", judged(), ids=name)
def test_status_follows_from_the_days(case: Day) -> None:
    """rules.md, "Status as of day D", on many days; and nothing crashes on any of them."""
    root, as_of, _ = case
    chance = random.Random(name(case))
    for _ in range(4):
        day = as_of + timedelta(days=chance.randint(-500, 500))
        result = run(root, day, max(day, as_of))
        assert not [one for one in result.findings if one.code == "X001"]
        assert list(result.findings) == sorted(result.findings)
        assert list(result.obligations) == sorted(result.obligations, key=lambda one: one.sort_key)
        soon = plus(day, result.world.parameters.on(day).soon_days)
        assert [one for one in result.obligations if not agrees(one, day, soon)] == []
        assert sum(result.counts().values()) == len(result.obligations)


def agrees(one: Obligation, day: date, soon: date) -> bool:
    """Whether the status is what due day, done day and the day make it."""
    if (one.days_overdue(day) is not None) != (one.status is Status.OVERDUE):
        return False
    match one.status:
        case Status.DONE:
            return one.done_on is not None and one.done_on <= min(one.due, day)
        case Status.LATE:
            return one.done_on is not None and one.due < one.done_on <= day
        case Status.OVERDUE:
            return one.done_on is None and one.days_overdue(day) == (day - one.due).days > 0
        case Status.WAIVED:
            return one.done_on is None
        case _ if one.kind is ObligationKind.LEADER_VISIT:
            first = date(int(one.period), 7, 1)
            return day <= one.due and (one.status is Status.DUE_SOON) == (day >= first)
        case Status.DUE_SOON:
            return one.done_on is None and day <= one.due <= soon
        case _:
            return one.done_on is None and one.due > soon


def test_same_bytes_whatever_the_hash_seed() -> None:
    """No set and no dictionary of the program shows in what it prints."""
    root, as_of, today = judged()[5]
    command = [sys.executable, "-m", "generator.cli", "check", "--records", str(root), "--format", "json"]
    command += ["--as-of", str(as_of), "--today", str(today)]
    seen = {
        subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            check=False,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
    assert seen != {b""}
