"""The commands as users and pipelines meet them: shapes, filters, exit codes, and where they cannot work."""

import csv
import io
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.cli import main
from generator.commands import common
from generator.exports import check_github
from generator.exports.due_csv import BYTE_ORDER_MARK
from generator.findings import Finding, Severity
from generator.obligations.kinds import ObligationKind, Status
from generator.policy.clauses import CLAUSES
from generator.rules.catalogue import RULES
from generator.rules.coverage import covered_by
from tests.cases_runner import BASE, BASE_DAY, Changes, lay_out, run_at

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


@pytest.fixture
def kam(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command; its exit code, what it printed, and what it said on standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(arguments)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


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


# kam due


def rows(kam: Run, *arguments: str, root: Path = BASE) -> list[dict[str, object]]:
    """The obligations that `kam due --format json` prints."""
    _, out, _ = kam("due", "--records", str(root), *DAYS, "--format", "json", *arguments)
    return json.loads(out)["obligations"]


def test_due_json_has_the_published_shape(kam: Run) -> None:
    """interfaces.md, "kam due --format json"."""
    code, out, err = kam("due", *BASE_RECORDS, *DAYS, "--format", "json", "--all")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert list(document) == ["version", "as_of", "summary", "obligations"]
    assert (document["version"], document["as_of"]) == (1, "2026-06-15")
    assert set(document["summary"]) == {status.value for status in Status}
    assert sum(document["summary"].values()) == len(document["obligations"])
    report = next(
        one for one in document["obligations"] if one["client"] == "huadong-auto" and is_report(one)
    )
    assert report == {
        "kind": "quarterly-report",
        "client": "huadong-auto",
        "unit": None,
        "period": "2026-Q1",
        "number": None,
        "due": "2026-04-10",
        "done_on": None,
        "status": "overdue",
        "days_overdue": 66,
        "responsible": ["ma-rui"],
        "record": "records/clients/huadong-auto/2026/Q1/report.md",
    }
    with_target = {one["kind"] for one in document["obligations"] if "target_met" in one}
    assert with_target == {"leader-visit"}


def is_report(one: dict[str, object]) -> bool:
    """Whether it is the report of the first quarter."""
    return one["kind"] == "quarterly-report" and one["period"] == "2026-Q1"


def test_due_is_sorted(kam: Run) -> None:
    """Due day, kind, client, period, number, unit, record; null first."""
    listed = rows(kam, "--all")
    assert listed == sorted(
        listed,
        key=lambda one: [
            (one[name] is not None, one[name] or 0 if name == "number" else one[name] or "")
            for name in ("due", "kind", "client", "period", "number", "unit", "record")
        ],
    )


def test_due_lists_what_presses(kam: Run) -> None:
    """Overdue and due soon; the summary counts all, whatever was filtered."""
    assert {one["status"] for one in rows(kam)} == {"overdue", "due-soon"}
    whole = json.loads(kam("due", *BASE_RECORDS, *DAYS, "--format", "json", "--all")[1])["summary"]
    filtered = kam("due", *BASE_RECORDS, *DAYS, "--format", "json", "--client", "hengda-steel")[1]
    assert json.loads(filtered)["summary"] == whole


@pytest.mark.parametrize(
    ("chosen", "name", "values"),
    [
        (("--kind", "quarterly-report"), "kind", {"quarterly-report"}),
        (("--kind", "季度分析报告"), "kind", {"quarterly-report"}),
        (("--client", "hengda-steel"), "client", {"hengda-steel"}),
        (("--client", "恒达钢铁有限公司"), "client", {"hengda-steel"}),
        (("--unit", "cold-rolled"), "client", {"huadong-auto", None}),
        (("--unit", "钢材业务本部"), "client", {"anping-tools", "huadong-auto", "jinshan-steel", None}),
        (("--unit", "key-accounts"), "client", {None}),
    ],
)
def test_due_filters(kam: Run, chosen: tuple[str, ...], name: str, values: set[object]) -> None:
    """By id or by what it is called; a group stands for its divisions."""
    listed = {one[name] for one in rows(kam, "--all", *chosen)}
    assert listed
    assert listed <= values | ({"yongtai-joint"} if "钢材业务本部" in chosen else set())


@pytest.mark.parametrize("person", ["sun-li", "孙丽"])
def test_due_of_a_person(kam: Run, person: str) -> None:
    """What a person answers for."""
    listed = rows(kam, "--all", "--person", person)
    assert listed
    assert all("sun-li" in one["responsible"] for one in listed)  # type: ignore[operator]


def test_due_text(kam: Run) -> None:
    """A table with names, overdue first, and the sums."""
    out = kam("due", *BASE_RECORDS, *DAYS)[1]
    lines = out.splitlines()
    assert lines[0].split()[:3] == ["状态", "逾期天数", "应办事项"]
    assert lines[1].startswith("逾期  ")
    assert "华东汽车零部件有限公司" in out
    assert "马瑞" in out
    assert lines[-1].startswith("截至 2026-06-15，全部应办事项：逾期 ")


def test_due_by_person(kam: Run) -> None:
    """Each person's own list."""
    out = kam("due", *BASE_RECORDS, *DAYS, "--by-person")[1]
    assert "马瑞 ma-rui（" in out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 0),
        (("--fail-on-overdue",), 1),
        (("--fail-on-overdue", "--client", "hengda-steel"), 0),
        (("--fail-on-overdue", "--kind", "leader-visit", "--all"), 0),
    ],
)
def test_exit_code_of_due(kam: Run, arguments: tuple[str, ...], code: int) -> None:
    """1 only on demand, and only for what was asked."""
    assert kam("due", *BASE_RECORDS, *DAYS, *arguments)[0] == code


# Spreadsheets and formulas

OWN_PAYLOADS = (
    "=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "-2+3",
    "＠SUM(A1)",
    "|calc",
    "%0A=1",
    "\u00a0=1",
    "\u3000=1",
    '"=1"',
    "=甲,乙",
    "'=1",
)
FORMULA = tuple("=+-@|%")


def payloads() -> list[str]:
    """Ours, and those that others collected where they are there."""
    theirs = json.loads(PAYLOADS.read_text(encoding="utf-8")) if PAYLOADS.is_file() else []
    return [*OWN_PAYLOADS, *(one["payload"] for one in theirs)]


def infected() -> dict[str, str]:
    """For each payload a general client and a person so called, with a special visit overdue."""
    people = (BASE / "organization" / "people.yml").read_text(encoding="utf-8")
    changes: dict[str, str] = {}
    for at, payload in enumerate(payloads()):
        name = json.dumps(payload, ensure_ascii=False)
        people += f"- 编号: p{at}\n  姓名: {name}\n  任职: [{{单位: coal, 职务: 业务员, 开始: 2020-01-01}}]\n"
        folder = f"clients/c{at}"
        changes[f"{folder}/archive.yml"] = (
            f"客户名称: {name}\n客户类型: [供应商]\n业务单位: [coal]\n客户经理: p{at}\n通讯地址: 示例路\n"
            "联系人电话: 无\n电邮: 无\n法人代表: 无\n管理层: 无\n主要股东: 无\n建档日期: 2025-06-02\n"
        )
        event = "- {发生日期: 2026-06-01, 情况: 停产, 登记人: tang-yi}"
        changes[f"{folder}/2026/events.yml"] = f"特殊情况:\n  {event}\n"
    return {"organization/people.yml": people, **changes}


def test_no_cell_is_taken_for_a_formula(kam: Run, company: Company) -> None:
    """Names of clients and people reach the spreadsheet as text, whole."""
    root = company(infected())
    out = kam("due", "--records", str(root), *DAYS, "--format", "csv", "--all")[1]
    assert out.startswith(BYTE_ORDER_MARK)
    table = list(csv.reader(io.StringIO(out.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert len({len(row) for row in table}) == 1
    cells = [cell for row in table for cell in row]
    obeyed = [cell for cell in cells if unicodedata.normalize("NFKC", cell).strip().startswith(FORMULA)]
    assert obeyed == []
    assert {payload for payload in payloads() if payload not in cells and f"'{payload}" not in cells} == set()


def test_csv_is_for_spreadsheets(kam: Run) -> None:
    """A byte-order mark, CRLF, Chinese headings, and as many rows as the JSON has."""
    out = kam("due", *BASE_RECORDS, *DAYS, "--format", "csv")[1]
    lines = out.removeprefix(BYTE_ORDER_MARK).split("\r\n")
    assert lines[0].startswith("状态,逾期天数,应办事项,")
    assert len(lines) - 2 == len(rows(kam))


# Where it cannot work


CANNOT = [
    ("check", "--records", "no-such-folder"),
    ("due", "--records", "no-such-folder"),
    ("check", "--records", str(BASE / "policy.yml")),
    ("check", *BASE_RECORDS, "--as-of", "2026-02-30"),
    ("check", *BASE_RECORDS, "--as-of", "2026/2/3"),
    ("check", *BASE_RECORDS, "--today", "今天"),
    ("check", *BASE_RECORDS, "--format", "xml"),
    ("check", *BASE_RECORDS, "--fail-on", "info"),
    ("check", *BASE_RECORDS, "--no-such-option"),
    ("check", *BASE_RECORDS, "too", "many"),
    ("check", *BASE_RECORDS, "--as-of"),
    ("due", *BASE_RECORDS, "--kind", "no-such-kind"),
    ("due", *BASE_RECORDS, "--client", "no-such-client"),
    ("due", *BASE_RECORDS, "--person", "查无此人"),
    ("due", *BASE_RECORDS, "--unit", "no-such-unit"),
    ("due", *BASE_RECORDS, "--output", "no-such-folder/due.csv"),
    ("check", *BASE_RECORDS, "--select", "V999"),
    ("check", *BASE_RECORDS, "--ignore", "错误"),
    ("rule", "V999"),
    ("no-such-command",),
]
"""Arguments with which no command can do its work."""


@pytest.mark.parametrize("arguments", CANNOT, ids=lambda arguments: " ".join(arguments[-2:]))
def test_one_line_and_exit_code_2(
    kam: Run, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing on standard output, no traceback."""
    monkeypatch.chdir(tmp_path)
    code, out, err = kam(*arguments)
    assert code == 2
    assert out == ""
    assert err.startswith("kam: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "changes",
    [
        {"organization/people.yml": None},
        {"organization/units.yml": None},
        {
            "organization/units.yml": edited(
                "organization/units.yml", "  - {编号: risk-control, 名称: 风控部}\n", ""
            )
        },
    ],
)
@pytest.mark.parametrize("command", ["check", "due"])
def test_company_that_is_not_there(kam: Run, company: Company, changes: Changes, command: str) -> None:
    """units.yml or people.yml absent, or one of the three departments not in it."""
    code, out, err = kam(command, "--records", str(company(changes)), *DAYS)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_without_a_command(kam: Run) -> None:
    """The help, and one line that says that something is missing."""
    code, out, err = kam()
    assert code == 2
    assert "check" in out
    assert err.count("\n") == 1


def test_no_records_anywhere(kam: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither here nor in a parent."""
    monkeypatch.chdir(tmp_path)
    code, out, err = kam("check", *DAYS)
    assert (code, out) == (2, "")
    assert "--records" in err


# Where the records are, and where results go


def test_records_are_found_in_a_parent(kam: Run, company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """`records` of the working folder, or of the nearest parent that has one."""
    root = company(AN_ERROR)
    monkeypatch.chdir(root.parent)
    assert kam("check", *DAYS)[0] == 1
    monkeypatch.chdir(root / "clients" / "hengda-steel")
    code, out, _ = kam("check", *DAYS)
    assert code == 1
    assert out.startswith(f"records/{VISIT}:")


def test_nearest_records_win(kam: Run, company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second company inside the first one's project."""
    root = company(AN_ERROR)
    inner = root.parent / "inner"
    inner.mkdir()
    lay_out(inner)
    monkeypatch.chdir(inner)
    assert kam("check", *DAYS)[0] == 0


def test_paths_begin_with_the_folder_s_name(kam: Run, company: Company) -> None:
    """Whatever it is called."""
    root = company(AN_ERROR)
    renamed = root.rename(root.parent / "客户 记录")
    assert kam("check", "--records", str(renamed), *DAYS)[1].startswith(f"客户 记录/{VISIT}:8:1: ")


def test_output_goes_to_a_file(kam: Run, tmp_path: Path) -> None:
    """The same bytes as on the screen; nothing on standard output."""
    file = tmp_path / "结果.json"
    file.write_text("old", encoding="utf-8")
    shown = kam("check", *BASE_RECORDS, *DAYS, "--format", "json")[1]
    code, out, err = kam("check", *BASE_RECORDS, *DAYS, "--format", "json", "--output", str(file))
    assert (code, out) == (0, "")
    assert err.count("\n") == 1
    assert file.read_bytes() == shown.encode()
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_output_is_whole_or_not_at_all(kam: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it cannot be written the old file stands, and nothing is left beside it."""
    file = tmp_path / "due.csv"
    file.write_text("old", encoding="utf-8")

    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    code, out, err = kam("due", *BASE_RECORDS, *DAYS, "--format", "csv", "--output", str(file))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert file.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_failing_run_leaves_the_output_alone(kam: Run, tmp_path: Path) -> None:
    """What could not be judged overwrites nothing."""
    file = tmp_path / "due.json"
    file.write_text("old", encoding="utf-8")
    assert kam("due", *BASE_RECORDS, *DAYS, "--client", "nobody", "--output", str(file))[0] == 2
    assert file.read_text(encoding="utf-8") == "old"


def test_output_onto_a_folder(kam: Run, tmp_path: Path) -> None:
    """One line, and the folder stays empty."""
    assert kam("due", *BASE_RECORDS, *DAYS, "--output", str(tmp_path))[0] == 2
    assert list(tmp_path.iterdir()) == []


def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes standard output and error a terminal."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)


@pytest.mark.parametrize("command", ["check", "due"])
def test_colour_on_a_terminal_alone(
    kam: Run, company: Company, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    """Never in a pipe, never into a file, never with NO_COLOR."""
    arguments = (command, "--records", str(company(AN_ERROR)), *DAYS)
    monkeypatch.delenv("NO_COLOR", raising=False)
    plain = kam(*arguments)[1]
    assert "\x1b" not in plain
    terminal(monkeypatch)
    coloured = kam(*arguments)[1]
    assert "\x1b[" in coloured
    file = tmp_path / "result.txt"
    kam(*arguments, "--output", str(file))
    assert file.read_text(encoding="utf-8") == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert kam(*arguments)[1] == plain


def test_names_cannot_steer_a_terminal(kam: Run, company: Company) -> None:
    """Escape sequences in file names are shown, not obeyed."""
    if os.name == "nt":
        pytest.skip("no such names there")
    root = company({"clients/hengda-steel/\x1b[2J.yml": "x"})
    assert "\x1b" not in kam("check", "--records", str(root), *DAYS)[1]


# Days


def test_days_default_to_the_clock(kam: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """today is the clock's day, as-of is today."""
    monkeypatch.setattr(common, "current_day", lambda: date(2026, 6, 15))
    document = json.loads(kam("check", *BASE_RECORDS, "--format", "json")[1])
    assert (document["as_of"], document["today"]) == ("2026-06-15", "2026-06-15")
    document = json.loads(kam("check", *BASE_RECORDS, "--today", "2026-07-01", "--format", "json")[1])
    assert (document["as_of"], document["today"]) == ("2026-07-01", "2026-07-01")
    document = json.loads(kam("check", *BASE_RECORDS, "--as-of", "2026-03-01", "--format", "json")[1])
    assert (document["as_of"], document["today"]) == ("2026-03-01", "2026-06-15")


def test_past_day_comes_with_a_note(kam: Run) -> None:
    """Today's files are judged; the note says so on standard error, in the text alone."""
    past = ("--as-of", "2026-03-31", "--today", str(BASE_DAY))
    assert "2026-03-31" in kam("check", *BASE_RECORDS, *past)[2]
    assert kam("check", *BASE_RECORDS, *past, "--format", "json")[2] == ""
    assert kam("check", *BASE_RECORDS, *DAYS)[2] == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--format", "text"),
        ("check", "--format", "json"),
        ("check", "--format", "github"),
        ("due", "--all", "--format", "text"),
        ("due", "--all", "--format", "json"),
        ("due", "--all", "--format", "csv"),
    ],
    ids=" ".join,
)
def test_same_bytes_twice(kam: Run, company: Company, arguments: tuple[str, ...]) -> None:
    """Two runs on the same files, as of the same day and today."""
    command = (*arguments, "--records", str(company(AN_ERROR)), *DAYS)
    assert kam(*command) == kam(*command)


def test_as_a_process(company: Company) -> None:
    """The exit code and the encoding reach a shell, whatever its locale."""
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", "check", "--records", str(company(AN_ERROR)), *DAYS],
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 1
    assert "客户服务工作缺少" in done.stdout.decode()
    assert done.stderr == b""


# kam rule


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_every_rule_is_explained(kam: Run, code: str) -> None:
    """Title, severity, whether it can be waived, clause."""
    status, out, err = kam("rule", code.lower())
    assert (status, err) == (0, "")
    assert out.startswith(f"{code} ")
    assert "级别：" in out
    assert "依据：" in out


@pytest.mark.parametrize("kind", list(ObligationKind))
def test_every_kind_is_explained(kam: Run, kind: ObligationKind) -> None:
    """By its id and by what staff call it, with its page."""
    status, out, _ = kam("rule", kind.value)
    assert status == 0
    assert out == kam("rule", kind.label)[1]
    for title in ("## 要什么", "## 为什么", "## 怎么办"):
        assert title in out


def test_all_rules_and_kinds_are_listed(kam: Run) -> None:
    """Without a name."""
    out = kam("rule")[1]
    assert all(f"\n{rule.code}  " in out for rule in RULES)
    assert all(f"\n{kind.value}  " in out for kind in ObligationKind)


def test_every_clause_is_covered(kam: Run) -> None:
    """By a rule, a kind of obligation, the form of a record, or by people, who are named."""
    assert [one.clause.id for one in covered_by() if not one.is_covered] == []
    out = kam("rule", "--clauses")[1]
    assert all(f"{clause.name}（" in out for clause in CLAUSES)
    assert "落实：\n" not in out


def test_every_clause_that_is_cited_exists() -> None:
    """A rule or a kind cannot stand for a clause that the policy has not."""
    known = {clause.id for clause in CLAUSES}
    assert {rule.clause for rule in RULES if rule.clause} <= known
    assert {kind.about.clause for kind in ObligationKind} <= known
