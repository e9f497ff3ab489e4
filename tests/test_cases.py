"""Runs every case of cases/, and makes sure that the runner sees what it should."""

from pathlib import Path

import pytest

from tests.cases_runner import BASE, BASE_DAY, Case, check_case, load_cases, run_at

VISIT = "clients/hengda-steel/2026/Q2/visits/2026-05-12.md"
DUTIES = "[传达购销信息, 收集客户信息, 观察销售情况, 了解经营现状]"


@pytest.mark.parametrize("case", load_cases(), ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    """The engine says of the changed company exactly what the case expects."""
    problems = check_case(case, tmp_path)
    if problems:
        title = f"{case.file.name}: {case.body.get('name', 'unreadable')}"
        pytest.fail("\n".join([title, *problems]), pytrace=False)


def test_company_has_no_findings() -> None:
    """The company that all cases change is itself without fault."""
    assert run_at(BASE, BASE_DAY).findings == ()


def check(folder: Path, **body: object) -> list[str]:
    """The problems of a case written here."""
    return check_case(Case(Path("here.yml"), 1, body), folder)


def test_runner_sees_a_missing_and_an_unexpected_finding(tmp_path: Path) -> None:
    """A finding on another line than expected is both."""
    edit = [["类型: 计划", "类型: 计划  # expect: V104"], [DUTIES, "[传达购销信息]"]]
    missing, unexpected = check(tmp_path, edit={VISIT: edit})
    assert missing == f"missing:    {VISIT}:3 V104 error"
    assert unexpected.startswith(f"unexpected: {VISIT}:8 V104 error ")


def test_runner_sees_another_severity(tmp_path: Path) -> None:
    """The severity is compared as well."""
    edit = [[DUTIES, "[传达购销信息]  # expect: V104 warning"]]
    assert len(check(tmp_path, edit={VISIT: edit})) == 2


@pytest.mark.parametrize(
    "body",
    [
        {"expects": []},
        {"edit": {VISIT: [["no such text", ""]]}},
        {"edit": {VISIT: [["类型: 计划", "类型: 计划  # expect: V999"]]}},
        {"edit": {VISIT: [["类型: 计划", "类型: 计划  # expect: V104 grave"]]}},
        {"bytes": {VISIT: "\xff"}},
        {"files": {VISIT: 2026}},
        {"files": {"clients/no-such/archive.yml": None}},
        {"files": {"clients/no-such/archive.yml": None}, "bytes": {"clients/no-such/archive.yml": "00"}},
    ],
)
def test_runner_refuses_what_is_not_in_the_format(body: dict[str, object], tmp_path: Path) -> None:
    """A slip of the pen must not pass for a case that holds."""
    (problem,) = check(tmp_path, **body)
    assert "not written in the format" in problem


def test_runner_compares_obligations(tmp_path: Path) -> None:
    """A partial row matches exactly one; an absent one none."""
    report = {"kind": "quarterly-report", "client": "hengda-steel", "period": "2026-Q1"}
    assert check(tmp_path / "1", obligations=[{**report, "status": "done", "responsible": ["sun-li"]}]) == []
    assert len(check(tmp_path / "2", obligations=[{**report, "status": "late"}])) == 2
    assert (
        len(check(tmp_path / "3", obligations=[{"kind": "quarterly-report", "client": "hengda-steel"}])) == 1
    )
    assert len(check(tmp_path / "4", absent=[report])) == 1
    assert len(check(tmp_path / "5", obligations=[{"kinds": "x"}])) == 1
