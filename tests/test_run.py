"""The run itself: a rule that crashes is a finding, and the check fails."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator import pipeline
from generator.cli import main
from generator.findings import Severity
from generator.rules import judge
from generator.rules.catalogue import JUDGED, RUN
from tests.cases_runner import BASE, BASE_DAY, lay_out, run_at
from tests.since_repo import DAYS, VISIT, edited


def crash(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Makes one rule of the catalogue fail on every record."""

    def broken(context: object, record: object) -> Iterator[object]:
        raise KeyError("方向")

    rules = tuple(replace(rule, check=broken) if rule.code == code else rule for rule in JUDGED)
    monkeypatch.setattr(judge, "JUDGED", rules)
    monkeypatch.setattr(judge, "_active", judge._active.__wrapped__)


def test_crashed_rule_is_named_and_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """X001 names the rule and the record; the other rules still find what they find."""
    root = lay_out(tmp_path, {VISIT: edited(VISIT, "填报日期: 2026-05-14", "填报日期: 2026-05-11")})
    crash(monkeypatch, "V104")
    findings = run_at(root, BASE_DAY).findings
    crashed = [one for one in findings if one.code == "X001"]
    assert {one.path for one in crashed} == {f"records/{path.relative_to(root)}" for path in visits(root)}
    assert all("V104" in one.message and "KeyError" in one.message for one in crashed)
    assert {(one.line, one.severity, one.clause, one.client) for one in crashed} == {
        (1, Severity.ERROR, None, "hengda-steel")
    }
    assert [one.code for one in findings if one.code != "X001"] == ["V106"]


def visits(root: Path) -> list[Path]:
    """The visit reports of all clients."""
    return sorted(root.glob("clients/*/*/*/visits/*.md"))


def test_crashed_rule_makes_the_check_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The run is never green, and there is no traceback."""
    crash(monkeypatch, "T120")
    assert main(["check", "--no-cache", "--records", str(BASE), *DAYS]) == 1
    shown = capsys.readouterr()
    assert "X001" in shown.out
    assert "T120" in shown.out
    assert "Traceback" not in shown.out + shown.err


def test_run_codes_are_not_waivable() -> None:
    """No waiver takes out that the run failed or that the history is not there."""
    assert [rule.code for rule in RUN] == ["X001", "I001"]
    assert not any(rule.is_waivable for rule in RUN)


def test_what_nobody_kept_is_derived_again() -> None:
    """A check keeps nothing of what is owed; who asks nevertheless is told the same."""
    kept, not_kept = (
        pipeline.run(BASE, BASE_DAY, BASE_DAY, processes=1, keep_owed=keep) for keep in (True, False)
    )
    assert not any(row.owed for row in not_kept.judging.rows.values())
    assert kept.obligations == not_kept.obligations != ()
    assert kept.findings == not_kept.findings
