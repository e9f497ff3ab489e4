"""What `kam due` prints and how it ends; spreadsheets and formulas."""

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest

from generator.exports.sheets import BYTE_ORDER_MARK
from generator.obligations.kinds import Status
from tests.cases_runner import BASE
from tests.commands import (
    BASE_RECORDS,
    DAYS,
    PAYLOADS,
    Company,
    Run,
)

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
