"""What `kam check` prints and how it ends."""

import json
import os
from pathlib import Path

import pytest

from generator.exports import check_github
from generator.findings import Finding, Severity
from tests.cases_runner import BASE, BASE_DAY, Changes, run_at
from tests.commands import A_WAIVED, A_WARNING, AN_ERROR, BASE_RECORDS, DAYS, VISIT, Company, Run, edited

# kam check


def test_check_json_has_the_published_shape(kam: Run, company: Company) -> None:
    """interfaces.md, "kam check --format json"."""
    root = company(AN_ERROR)
    code, out, err = kam("check", "--records", str(root), *DAYS, "--format", "json")
    document = json.loads(out)
    assert (code, err) == (1, "")
    assert list(document) == ["version", "as_of", "today", "summary", "findings"]
    assert document["version"] == 1
    assert (document["as_of"], document["today"]) == ("2026-06-15", "2026-06-15")
    assert document["summary"] == {"records": 29, "errors": 1, "warnings": 0, "waived": 0, "later": 0}
    (finding,) = document["findings"]
    message = finding.pop("message")
    assert "观察销售情况" in message
    assert finding == {
        "code": "V104",
        "severity": "error",
        "clause": "3.3c",
        "path": f"records/{VISIT}",
        "line": 8,
        "column": 1,
        "client": "hengda-steel",
        "waived": False,
    }


def test_check_counts_waived_findings_apart(kam: Run, company: Company) -> None:
    """Listed, and neither errors nor warnings."""
    root = company(A_WAIVED)
    code, out, _ = kam("check", "--records", str(root), *DAYS, "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert document["summary"] | {"records": 0} == {
        "records": 0,
        "errors": 0,
        "warnings": 0,
        "waived": 1,
        "later": 0,
    }
    assert [one["waived"] for one in document["findings"]] == [True]
    assert "已豁免" in kam("check", "--records", str(root), *DAYS)[1]


def test_check_counts_records_of_later_days(kam: Run) -> None:
    """As of the end of 2025 most of the company's records are still to come."""
    early = ("--as-of", "2025-12-31", "--today", str(BASE_DAY))
    document = json.loads(kam("check", *BASE_RECORDS, *early, "--format", "json")[1])
    assert document["summary"]["later"] == 9
    assert "暂不按制度判断" in kam("check", *BASE_RECORDS, *early)[1]


def test_clause_and_client_can_be_nothing(kam: Run, company: Company) -> None:
    """A finding of form has no clause; one outside the clients' folders no client."""
    root = company({"calendar/2026.yml": "依据: 通知\n休息日: [2027-01-01]\n"})
    (finding,) = json.loads(kam("check", "--records", str(root), *DAYS, "--format", "json")[1])["findings"]
    assert (finding["code"], finding["clause"], finding["client"]) == ("F007", None, None)


def test_client_of_an_entry(kam: Run, company: Company) -> None:
    """A finding at an entry that names a client is about that client."""
    path = "ratings/2026/nominations/iron-ore.yml"
    root = company({path: edited(path, "    年成交量: {数量: 120000, 计量单位: 吨}\n", "")})
    (finding,) = json.loads(kam("check", "--records", str(root), *DAYS, "--format", "json")[1])["findings"]
    assert (finding["code"], finding["client"]) == ("G101", "hengda-steel")


def test_check_text_shows_line_caret_clause_and_sums(kam: Run, company: Company) -> None:
    """What a sales person needs to mend it."""
    out = kam("check", "--records", str(company(AN_ERROR)), *DAYS)[1]
    lines = out.splitlines()
    assert lines[0].startswith(f"records/{VISIT}:8:1: 错误 V104 ")
    assert lines[1:3] == ["  8 | 客户服务工作: [传达购销信息]", "    | ^"]
    assert lines[3].startswith("  依据：第 3.3c 条 ")
    assert lines[4] == "  详细说明：kam rule V104"
    assert "错误 1 项、警告 0 项，另有已豁免 0 项" in out


def test_annotations_escape_what_github_obeys() -> None:
    """%, line ends, and in properties comma and colon."""
    result = run_at(BASE, BASE_DAY)
    finding = Finding("records/a,b:100%.yml", 3, 5, "V104", "甲,乙: 50%\r\n::error::丙", Severity.ERROR)
    text = check_github.render(result, [finding, finding.as_waived()])
    first, second = text.splitlines()
    assert first.startswith("::error file=records/a%2Cb%3A100%25.yml,line=3,col=5,title=V104 ")
    message = first.split("::", 2)[2]
    assert message.startswith("甲,乙: 50%25")
    assert "::error::丙" in message
    assert second.startswith("::notice ")


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_annotations_stay_one_line_each(kam: Run, company: Company) -> None:
    """Whatever a file is called, a workflow command cannot be smuggled in."""
    root = company({"clients/hengda-steel/a%0A,b:c\n::stop-commands::x.yml": "x"})
    out = kam("check", "--records", str(root), *DAYS, "--format", "github")[1]
    assert out.count("\n") == 1
    assert out.startswith("::error file=records/clients/hengda-steel/a%250A%2Cb%3Ac")


@pytest.mark.parametrize(
    ("changes", "fail_on", "code"),
    [
        ({}, None, 0),
        (AN_ERROR, None, 1),
        (AN_ERROR, "warning", 1),
        (AN_ERROR, "never", 0),
        (A_WARNING, None, 0),
        (A_WARNING, "error", 0),
        (A_WARNING, "warning", 1),
        (A_WARNING, "never", 0),
        (A_WAIVED, None, 0),
        (A_WAIVED, "warning", 0),
    ],
)
def test_exit_code_of_check(
    kam: Run, company: Company, changes: Changes, fail_on: str | None, code: int
) -> None:
    """Errors fail by default; waived findings never do."""
    if changes is A_WARNING:
        changes = {VISIT: changes[VISIT].replace("填报人: sun-li", "填报人: tang-yi")}  # type: ignore[union-attr]
    more = ("--fail-on", fail_on) if fail_on else ()
    assert kam("check", "--records", str(company(changes)), *DAYS, *more)[0] == code


@pytest.mark.parametrize(
    ("chosen", "code", "shown"),
    [
        (("--select", "V104"), 1, {"V104"}),
        (("--select", "v"), 1, {"V104"}),
        (("--select", "T，V1"), 1, {"V104"}),
        (("--select", "T,F001"), 0, set()),
        (("--ignore", "V104"), 0, set()),
        (("--ignore", "V"), 0, set()),
        (("--ignore", "T, A"), 1, {"V104"}),
        (("--select", "V", "--ignore", "V104"), 0, set()),
    ],
)
def test_select_and_ignore(
    kam: Run, company: Company, chosen: tuple[str, ...], code: int, shown: set[str]
) -> None:
    """Codes or their beginnings; what is not shown does not fail."""
    got, out, _ = kam("check", "--records", str(company(AN_ERROR)), *DAYS, "--format", "json", *chosen)
    assert got == code
    assert {one["code"] for one in json.loads(out)["findings"]} == shown


def test_closed_years_only_on_demand(kam: Run, company: Company) -> None:
    """Policy rules are raised for this year and the last; --all-years judges the older ones too."""
    old = AN_ERROR[VISIT].replace("2026-05", "2024-05").replace("类型: 计划\n计划序号: 1", "类型: 日常")
    root = company({"clients/hengda-steel/2024/Q2/visits/2024-05-12.md": old})
    assert kam("check", "--records", str(root), *DAYS)[0] == 0
    assert kam("check", "--records", str(root), *DAYS, "--all-years")[0] == 1


def test_unreadable_people_stop_the_judging(kam: Run, company: Company) -> None:
    """Their findings, exit 1, no obligations, and the text says that judging stopped there."""
    root = company({"organization/people.yml": "- 编号：liu-yang\n  姓名: 刘洋\n", **AN_ERROR})
    code, out, err = kam("check", "--records", str(root), *DAYS)
    assert (code, err) == (1, "")
    assert "F002" in out
    assert "V104" not in out
    assert "没有判断" in out
    assert json.loads(kam("due", "--records", str(root), *DAYS, "--format", "json")[1])["obligations"] == []
    assert "没有判断" in kam("due", "--records", str(root), *DAYS)[1]


def test_company_without_clients_is_fine(kam: Run, tmp_path: Path) -> None:
    """A records folder with no client yet."""
    root = tmp_path / "records" / "organization"
    root.mkdir(parents=True)
    for name in ("units.yml", "people.yml"):
        (root / name).write_bytes((BASE / "organization" / name).read_bytes())
    assert kam("check", "--records", str(root.parent), *DAYS)[0] == 0
    assert kam("due", "--records", str(root.parent), *DAYS)[0] == 0
