"""The run itself: a rule that crashes, and what --since counts, in real Git repositories."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.cli import main
from generator.findings import Finding, Severity
from generator.rules import judge
from generator.rules.catalogue import JUDGED, RUN
from generator.since import _new
from tests.cases_runner import BASE, BASE_DAY, lay_out, run_at

VISIT = "clients/hengda-steel/2026/Q2/visits/2026-05-12.md"
TEAM = "clients/hengda-steel/2026/team.yml"
PEOPLE = "organization/people.yml"
DAYS = ("--as-of", str(BASE_DAY), "--today", str(BASE_DAY))
DUTIES = "[传达购销信息, 收集客户信息, 观察销售情况, 了解经营现状]"


def edited(path: str, old: str, new: str) -> str:
    """A file of the small company with one text replaced."""
    text = (BASE / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new)


LACKS_DUTIES = {VISIT: edited(VISIT, DUTIES, "[传达购销信息]")}
"""Raises V104, an error, in the visit of 2026-05-12."""


# A rule that crashes


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


# What --since counts


class Repo:
    """A real repository with the small company; its folder has a space and Chinese in its name."""

    def __init__(self, folder: Path) -> None:
        self.top = folder / "公司 记录"
        self.top.mkdir(parents=True)
        self.root = lay_out(self.top)
        self.git("init", "-q", "-b", "main")
        self.commit()

    def git(self, *arguments: str) -> str:
        """Runs git here, whatever the machine is set to."""
        quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        who = {f"GIT_{role}_{what}": "kam@example.com" for role in ("AUTHOR", "COMMITTER") for what in WHO}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.top,
            env={**os.environ, **quiet, **who},
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        return done.stdout.strip()

    def write(self, changes: dict[str, str | None]) -> None:
        """Changes files below records/; None deletes."""
        for path, text in changes.items():
            file = self.root / path
            if text is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def commit(self, changes: dict[str, str | None] | None = None) -> None:
        """Commits all that there is."""
        self.write(changes or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "改动")

    def check(self, *arguments: str, since: str = "HEAD", days: tuple[str, ...] = DAYS) -> int:
        """The exit code of `kam check --since`."""
        return main(["check", "--records", str(self.root), *days, "--since", since, *arguments])


WHO = ("NAME", "EMAIL")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """The small company, committed."""
    return Repo(tmp_path)


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


# What Git cannot answer


def test_unknown_revision(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and one line that says how to fetch it."""
    assert repo.check(since="origin/v9") == 2
    error = capsys.readouterr().err
    assert "git fetch" in error
    assert "origin/v9" in error
    assert error.count("\n") == 1


def test_revision_that_is_an_option(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """Git must never take it for one."""
    assert repo.check(since="--output=x") == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (repo.top / "x").exists()


def test_no_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 and one line."""
    root = lay_out(tmp_path)
    assert main(["check", "--records", str(root), *DAYS, "--since", "HEAD"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.fixture
def shallow(repo: Repo, tmp_path: Path) -> Repo:
    """A clone with the last of two commits alone."""
    repo.commit({"clients/anping-tools/README.md": "说明\n"})
    clone = Repo.__new__(Repo)
    clone.top = tmp_path / "浅 克隆"
    repo.git("clone", "-q", "--depth", "1", repo.top.as_uri(), str(clone.top))
    clone.root = clone.top / "records"
    return clone


def test_shallow_clone_is_said(shallow: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """I001, a warning at the records folder: the history was not looked at."""
    assert shallow.check("--format", "json") == 0
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["code"], finding["severity"], finding["clause"]) == ("I001", "warning", None)
    assert "--unshallow" in finding["message"]


def test_whole_clone_says_nothing(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """No I001 where all history is there."""
    assert repo.check("--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_revision_not_in_a_shallow_clone(
    shallow: Repo, repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, with the command that fetches it."""
    assert shallow.check(since=repo.git("rev-parse", "HEAD~1")) == 2
    error = capsys.readouterr().err
    assert "git fetch --unshallow" in error
    assert error.count("\n") == 1


def test_shallow_clone_without_since_is_no_matter(shallow: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """The checks of history are asked for with --since alone."""
    assert main(["check", "--records", str(shallow.root), *DAYS, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
