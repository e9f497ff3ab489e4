"""What Git cannot answer when --since asks: it is said, and nothing is excused."""

import json
from pathlib import Path

import pytest

from generator.cli import main
from tests.cases_runner import lay_out
from tests.since_repo import DAYS, LACKS_DUTIES, Repo


def test_unknown_revision(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and one line that says how to fetch it."""
    assert repo.check(since="origin/v9") == 2
    error = capsys.readouterr().err
    assert "git fetch" in error
    assert "origin/v9" in error
    assert error.count("\n") == 1


def test_in_a_hook_of_another_worktree(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git names the repository there by a variable, which would move the top of it to the records."""
    repo.commit(LACKS_DUTIES)
    assert repo.check(since="HEAD") == 0
    monkeypatch.setenv("GIT_DIR", repo.git("rev-parse", "--absolute-git-dir"))
    assert repo.check(since="HEAD") == 0


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
