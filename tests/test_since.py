"""What --since counts, in real Git repositories."""

import json
import os
from dataclasses import replace

import pytest

from generator.cli import main
from generator.findings import Finding, Severity
from generator.since import _new
from tests.cases_runner import BASE
from tests.since_repo import DAYS, LACKS_DUTIES, PEOPLE, TEAM, VISIT, Repo, edited


def test_nothing_changed(repo: Repo) -> None:
    """A clean state is green against itself."""
    assert repo.check() == 0


def test_what_the_change_brings_in_fails(repo: Repo) -> None:
    """Whether it is committed since, staged, or only in the folder."""
    repo.write(LACKS_DUTIES)
    assert repo.check() == 1
    repo.git("add", "-A")
    assert repo.check() == 1
    repo.commit()
    assert repo.check(since="HEAD~1") == 1


def test_what_was_there_is_listed_and_does_not_fail(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody answers for an old fault in a file that he does not touch."""
    repo.commit(LACKS_DUTIES)
    repo.write({TEAM: edited(TEAM, "聘任日期: 2025-12-26", "聘任日期: 2025-12-24")})
    capsys.readouterr()
    assert repo.check() == 0
    assert "错误（原有） V104" in capsys.readouterr().out
    assert main(["check", "--records", str(repo.root), *DAYS]) == 1


def test_old_fault_in_a_touched_file_fails(repo: Repo) -> None:
    """Who touches the file mends it."""
    repo.commit(LACKS_DUTIES)
    repo.write({VISIT: LACKS_DUTIES[VISIT].replace("商定补发", "商定分两次补发")})
    assert repo.check() == 1


def test_finding_in_an_untouched_file_fails_when_the_change_brings_it_in(repo: Repo) -> None:
    """Who ends a position answers for the records that name it from now on."""
    ends = edited(
        PEOPLE, "职务: 业务员, 开始: 2017-04-10}", "职务: 业务员, 开始: 2017-04-10, 结束: 2026-01-31}"
    )
    repo.write({PEOPLE: ends})
    assert repo.check() == 1


def test_time_passing_fails_nobody(repo: Repo) -> None:
    """REV is judged as of the same day: what only the calendar brought is old."""
    ends = edited(
        PEOPLE, "职务: 业务员, 开始: 2021-08-02}", "职务: 业务员, 开始: 2021-08-02, 结束: 2026-06-30}"
    )
    repo.commit({PEOPLE: ends})
    repo.write({"clients/anping-tools/README.md": "说明\n"})
    later = ("--as-of", "2026-09-01", "--today", "2026-09-01")
    assert main(["check", "--records", str(repo.root), *later]) == 1
    assert repo.check("--fail-on", "warning", days=later) == 0


def test_expired_waiver_fails_nobody(repo: Repo) -> None:
    """Its last day is the calendar's doing, too."""
    waiver = "{规则: V104, 理由: 客户整顿, 批准人: li-na, 批准日期: 2026-05-15, 有效期至: 2026-06-14}"
    text = LACKS_DUTIES[VISIT].replace("填报日期: 2026-05-14", f"填报日期: 2026-05-14\n豁免: [{waiver}]")
    repo.commit({VISIT: text})
    assert main(["check", "--records", str(repo.root), *DAYS]) == 1
    assert repo.check("--fail-on", "warning") == 0


def test_changed_count_in_a_message_is_not_new(repo: Repo) -> None:
    """T120 of an untouched team stays the old finding when another file changes how many it counts."""
    team = edited(
        TEAM, "  - {人员: zhou-ping}", "  - {人员: zhou-ping}\n  - {人员: tang-yi}\n  - {人员: he-lin}"
    )
    team = f"{team}  - {{人员: ma-rui}}\n"
    repo.commit({TEAM: team})
    moved = edited(
        PEOPLE,
        "- {单位: coal, 职务: 业务员, 开始: 2018-07-02}",
        "- {单位: coal, 职务: 业务员, 开始: 2018-07-02, 结束: 2026-06-01}\n"
        "    - {单位: planning, 职务: 职员, 开始: 2026-06-02}",
    )
    repo.write({PEOPLE: moved})
    select = ("--select", "T120", "--fail-on", "warning")
    assert main(["check", "--records", str(repo.root), *DAYS, *select]) == 1
    assert repo.check(*select) == 0


def test_graver_rule_counts_as_brought_in(repo: Repo) -> None:
    """Who makes a rule an error answers for what it then finds."""
    repo.commit({TEAM: edited(TEAM, "  - {人员: zhou-ping}\n", "")})
    repo.write({"policy.yml": "- {生效日期: 2025-11-01, 启用日期: 2025-11-01, 规则级别: {T120: 错误}}\n"})
    assert repo.check("--select", "T120") == 1


def test_moved_lines_are_not_new() -> None:
    """The same finding on another line is the old one; a second of its kind is new."""
    old = Finding("records/a.yml", 3, 1, "T120", "有 1 人", Severity.WARNING)
    moved = replace(old, line=8, column=5)
    other_words = replace(old, line=9, message="有 2 人")
    assert _new((moved,), (old,)) == []
    assert _new((other_words,), (old,)) == []
    assert _new((moved, other_words), (old,)) == [other_words]
    assert _new((old, moved), (old,)) == [moved]
    assert _new((replace(old, path="records/b.yml"),), (old,)) != []
    assert _new((replace(old, severity=Severity.ERROR),), (old,)) != []


def test_untracked_files_count_as_touched(repo: Repo) -> None:
    """A record that nobody has added to Git yet is part of the change."""
    repo.write({VISIT.replace("05-12", "06-12"): LACKS_DUTIES[VISIT].replace("2026-05-12", "2026-06-12")})
    assert repo.check() == 1


def test_ignored_files_are_nobodys_change(repo: Repo) -> None:
    """What Git ignores is not part of a proposal; the finding that it brings is still new."""
    repo.write({"../.gitignore": "*.tmp\n"})
    repo.commit()
    repo.write({"clients/hengda-steel/备份.tmp": "x"})
    assert repo.check() == 1


NAMES = ["新 建 文件.yml", "客户“恒达”.yml", "-x.yml"]
if os.name != "nt":
    NAMES += ["a\\b.yml", "tab\tname.yml", "line\nend.yml"]


@pytest.mark.parametrize("name", NAMES)
def test_names_with_spaces_and_chinese(repo: Repo, name: str) -> None:
    """Such a file has no place (F006): it fails who brings it or touches it, and nobody else."""
    path = f"clients/hengda-steel/2026/{name}"
    repo.write({path: "甲: 乙\n"})
    assert repo.check("--select", "F006") == 1
    repo.commit()
    assert repo.check("--select", "F006") == 0
    repo.write({path: "甲: 丙\n"})
    assert repo.check("--select", "F006") == 1


def test_deleted_file_counts_by_what_its_absence_brings(repo: Repo) -> None:
    """The archive that names the attachment is untouched; its R005 is new."""
    repo.write({"clients/hengda-steel/attachments/business-licence.pdf": None})
    assert repo.check() == 1


def test_deleted_fault_is_gone(repo: Repo) -> None:
    """Mending what was wrong never fails."""
    repo.commit(LACKS_DUTIES)
    repo.write({VISIT: None})
    assert repo.check() == 0


def test_change_is_reckoned_from_where_the_histories_parted(repo: Repo) -> None:
    """What others mended on main meanwhile is not brought in by a branch that has not got it."""
    repo.commit(LACKS_DUTIES)
    repo.git("checkout", "-q", "-b", "feature")
    repo.commit({"clients/anping-tools/README.md": "说明\n"})
    repo.git("checkout", "-q", "main")
    repo.commit({VISIT: (BASE / VISIT).read_text(encoding="utf-8")})
    repo.git("checkout", "-q", "feature")
    assert repo.check(since="main") == 0


def test_records_folder_below_the_top_and_of_another_name(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    """Paths begin with the records folder's name, wherever it lies."""
    repo.git("mv", "records", "档案")
    (repo.top / "内").mkdir()
    repo.git("mv", "档案", "内/档案")
    repo.commit()
    repo.root = repo.top / "内" / "档案"
    repo.write(LACKS_DUTIES)
    capsys.readouterr()
    assert repo.check("--format", "json") == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["path"] == f"档案/{VISIT}"


def test_all_is_new_where_there_were_no_records(repo: Repo) -> None:
    """The first proposal brings in everything."""
    repo.commit(LACKS_DUTIES)
    first = repo.git("commit-tree", "-m", "空", repo.git("mktree", "--missing"))
    assert repo.check(since=first) == 1


def test_state_that_could_not_be_judged_excuses_nothing(repo: Repo) -> None:
    """Without people.yml nothing was known of it."""
    repo.commit({PEOPLE: None})
    repo.write({PEOPLE: (BASE / PEOPLE).read_text(encoding="utf-8"), **LACKS_DUTIES})
    assert repo.check() == 1


def test_formats_tell_old_from_new(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """In annotations what was there is a notice."""
    repo.commit(LACKS_DUTIES)
    capsys.readouterr()
    assert repo.check("--format", "github") == 0
    assert capsys.readouterr().out.startswith("::notice file=records/")
