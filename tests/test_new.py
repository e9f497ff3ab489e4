"""`kam new`: what it writes has no findings but what is still to be filled in, and it never overwrites."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.commands import asking
from generator.findings import Finding
from generator.pipeline import Result, run
from generator.starting import missing_record
from tests.cases_runner import BASE_DAY, Changes

TO_FILL = {"S001", "S006"}
"""The findings that a new record may have."""
Company = Callable[[Changes], Path]


def new(records: Path, *arguments: str) -> int:
    """Run `kam new` as of the small company's day."""
    return main(["new", *arguments, "--records", str(records), "--today", BASE_DAY.isoformat()])


def judged(records: Path) -> Result:
    """The records as of the small company's day."""
    return run(records, BASE_DAY, BASE_DAY)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    """The codes of findings."""
    return [finding.code for finding in findings]


# Each kind of record: its arguments, the path below records/, and the words that its findings name.
KINDS = [
    (
        [
            "client",
            "--client",
            "xin-ke",
            "--name",
            "新客钢构",
            "--type",
            "终端用户",
            "--division",
            "热轧事业部",
        ],
        "clients/xin-ke/archive.yml",
        {"人员", "通讯地址", "联系人电话", "电邮", "法人代表", "姓名", "名称"},
    ),
    (["team", "--client", "hengda-steel", "--year", "2027"], "clients/hengda-steel/2027/team.yml", {"人员"}),
    (["events", "--client", "jinshan-steel"], "clients/jinshan-steel/2026/events.yml", {"情况"}),
    (
        ["service-plan", "--client", "jinshan-steel"],
        "clients/jinshan-steel/2026/service-plan.md",
        {"内容", "期限", "服务方案", "维护计划"},
    ),
    (
        ["visit-plan", "--client", "jinshan-steel", "--quarter", "2026-Q2"],
        "clients/jinshan-steel/2026/Q2/visit-plan.yml",
        {"计划日期", "目的"},
    ),
    (
        ["visit", "--client", "hengda-steel", "--plan", "2"],
        "clients/hengda-steel/2026/Q2/visits/2026-06-15.md",
        {"客户服务工作", "姓名", "所处理的事宜", "客户经营现况"},
    ),
    (
        ["visit", "--client", "anping-tools", "--date", "2026-06-10", "--traveller", "jiang-yong"],
        "clients/anping-tools/2026/Q2/visits/2026-06-10.md",
        {"客户服务工作", "姓名", "所处理的事宜", "客户经营现况"},
    ),
    (
        ["visit", "--client", "anping-tools", "--pending", "--traveller", "蒋勇"],
        "clients/anping-tools/2026/Q2/visits/2026-06-15.md",
        set(),
    ),
    (
        ["visit", "--client", "jinshan-steel", "--special", "高炉停产", "--happened", "2026-06-14"],
        "clients/jinshan-steel/2026/Q2/visits/2026-06-15.md",
        {"出差人员", "客户服务工作", "姓名", "所处理的事宜", "客户经营现况"},
    ),
    (
        ["report", "--client", "jinshan-steel", "--quarter", "2026-Q1"],
        "clients/jinshan-steel/2026/Q1/report.md",
        {
            "客户整体经营情况",
            "合作中的问题、原因及对策",
            "客户对商品质量和服务的主要建议和意见",
            "下季度采购(销售)预测",
        },
    ),
    (
        ["satisfaction-plan", "--client", "hengda-steel"],
        "clients/hengda-steel/2026/satisfaction-plan.md",
        {"提交日期", "服务方案执行成果", "待完善之处", "客户分析与评价", "提升措施"},
    ),
    (
        ["analysis", "--quarter", "2026-Q2"],
        "key-accounts/2026/Q2.md",
        {"提交日期", "客户服务分析", "改进方向"},
    ),
    (
        ["nomination", "--division", "coal", "--year", "2027"],
        "ratings/2027/nominations/coal.yml",
        {"客户", "方向", "建议等级"},
    ),
    (["standard", "--year", "2027"], "ratings/2027/standard.md", {"人员", "日期", "评级标准"}),
    (["decision"], "ratings/2026/decisions/2026-06-15.yml", {"人员", "日期", "客户", "等级"}),
    (["calendar"], "calendar/2026.yml", {"依据"}),
]


@pytest.mark.parametrize(
    ("arguments", "path", "open_fields"), KINDS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_only_what_is_to_be_filled_is_found(
    company: Company,
    arguments: list[str],
    path: str,
    open_fields: set[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    records = company({})
    assert new(records, *arguments) == 0
    assert path in capsys.readouterr().out.replace("\\", "/")
    result = judged(records)
    assert set(codes(result.findings)) <= TO_FILL
    assert {one.path for one in result.findings} <= {f"records/{path}"}
    named = {re.search(r"“(?:## )?(.+?)”", one.message)[1] for one in result.findings}  # type: ignore[index]
    assert named == open_fields
    written = (records / path).read_bytes()
    assert new(records, *arguments) == (0 if arguments[0] == "visit" else 2)
    assert (records / path).read_bytes() == written


def test_everything_missing_can_be_started(company: Company) -> None:
    records = company({})
    result = judged(records)
    found = [new for one in result.obligations if (new := missing_record(result, one))]
    assert {path.rpartition("/")[2] for path, _ in found} >= {
        "service-plan.md",
        "report.md",
        "visit-plan.yml",
    }
    for path, text in dict(found).items():
        file = records.parent / path
        assert not file.exists()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert set(codes(judged(records).findings)) == TO_FILL


def test_nothing_is_started_for_what_is_done_or_a_line_in_a_record(company: Company) -> None:
    result = judged(company({}))
    for one in result.obligations:
        if one.done_on or one.kind.value in ("plan-measure", "follow-up", "archive-review", "visit-report"):
            assert missing_record(result, one) is None


def test_a_visit_filled_in_has_no_findings(company: Company) -> None:
    records = company({})
    assert new(records, "visit", "--client", "hengda-steel", "--plan", "2") == 0
    file = records / "clients/hengda-steel/2026/Q2/visits/2026-06-15.md"
    text = file.read_text(encoding="utf-8")
    assert "计划序号: 2" in text
    assert "出差人员: [zhou-ping]" in text
    text = re.sub(r"- 姓名:.*", "- 姓名: 郑国栋", text)
    text = re.sub(
        r"客户服务工作:.*", "客户服务工作: [传达购销信息, 收集客户信息, 观察销售情况, 了解经营现状]", text
    )
    text = re.sub(r"(## .*\n)", r"\1\n已谈妥下月的数量和价格。\n", text)
    file.write_text(text, encoding="utf-8")
    assert judged(records).findings == ()


def test_a_second_visit_of_the_day_takes_the_next_free_name(company: Company) -> None:
    records = company({})
    for name in ("2026-06-10.md", "2026-06-10-2.md", "2026-06-10-3.md"):
        arguments = ["--client", "anping-tools", "--date", "2026-06-10", "--pending", "--traveller", "蒋勇"]
        assert new(records, "visit", *arguments) == 0
        assert (records / "clients/anping-tools/2026/Q2/visits" / name).is_file()
    assert judged(records).findings == ()


def test_a_visit_near_one_open_entry_is_taken_for_it(company: Company) -> None:
    records = company({})
    assert (
        main(["new", "visit", "--client", "hengda-steel", "--records", str(records), "--today", "2026-06-24"])
        == 0
    )
    text = (records / "clients/hengda-steel/2026/Q2/visits/2026-06-24.md").read_text(encoding="utf-8")
    assert "类型: 计划" in text
    assert "计划序号: 2  # 2026-06-25" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["visit"], "--client"),
        (["visit", "--client", "hengda-steel"], "--type"),
        (["visit", "--client", "hengda-steel", "--type", "特别"], "--special"),
        (["visit", "--client", "hengda-steel", "--plan", "9"], "第 9 项"),
        (["visit", "--client", "hengda-steel", "--date", "2026-06-16"], "之后"),
        (["visit", "--client", "anping-tools", "--traveller", "wang-fang"], "没有任职"),
        (["visit", "--client", "nobody"], "nobody"),
        (["client", "--name", "某某"], "--client"),
        (["client", "--client", "../x", "--name", "某某"], "编号"),
        (["client", "--client", "Hengda", "--name", "某某"], "编号"),
        (["client", "--client", "xin-ke"], "--name"),
        (["client", "--client", "xin-ke", "--name", "甲\u202e乙"], "看不见"),
        (["client", "--client", "xin-ke", "--name", "甲\n乙"], "看不见"),
        (["nomination"], "--division"),
        (["nomination", "--division", "steel"], "事业部"),
        (["team", "--client", "jinshan-steel", "--year", "2027", "--manager", "zhu-qiang"], "公司领导"),
        (["report", "--client", "hengda-steel", "--quarter", "2026-Q5"], "季度"),
        (["decision", "--date", "2026-06-16"], "之后"),
        (["decision", "--year", "2028"], "--year"),
    ],
)
def test_what_cannot_be_started_is_one_chinese_line(
    company: Company, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    records = company({})
    before = sorted(records.rglob("*"))
    assert new(records, *arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("kam: ")
    assert words in err
    assert sorted(records.rglob("*")) == before


def test_a_client_of_a_taken_name_or_id_is_refused(company: Company) -> None:
    records = company({})
    name = judged(records).world.clients["hengda-steel"].name
    assert new(records, "client", "--client", "xin-ke", "--name", name) == 2
    assert new(records, "client", "--client", "hengda-steel", "--name", "某某") == 2


def test_on_a_terminal_it_asks(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    records = company({})
    answers = iter(["没有这个", "anping-tools", "2026-06-11", "蒋勇"])
    monkeypatch.setattr(asking, "asks", lambda: True)
    monkeypatch.setattr("generator.commands.new_client.asks", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(answers))
    assert new(records, "visit") == 0
    text = (records / "clients/anping-tools/2026/Q2/visits/2026-06-11.md").read_text(encoding="utf-8")
    assert "出差人员: [jiang-yong]" in text
    assert "类型: 日常" in text
