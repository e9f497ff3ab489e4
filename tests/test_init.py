"""`kam init`: an empty, valid repository, and nothing that was there is touched."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.cli import main
from generator.judging.store import FOLDER
from generator.starting.repository import FORGES, repository

TODAY = "2026-11-20"


def init(folder: Path, *arguments: str) -> int:
    """Run `kam init` on a day."""
    return main(["init", str(folder), "--today", TODAY, *arguments])


def check(folder: Path) -> int:
    """Run `kam check` on what it made."""
    records = str(folder / "records")
    return main(["check", "--records", records, "--today", TODAY, "--fail-on", "warning"])


@pytest.mark.parametrize("make", [False, True])
def test_what_it_makes_is_valid(tmp_path: Path, make: bool) -> None:
    folder = tmp_path / "公司 记录"
    if make:
        (folder / ".git").mkdir(parents=True)
    assert init(folder, "--name", '某某: "钢铁" #1') == 0
    assert check(folder) == 0
    assert main(["due", "--records", str(folder / "records"), "--today", TODAY, "--fail-on-overdue"]) == 0
    expected = {*repository("x", date(2026, 11, 20))}
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    made = {path.as_posix() for path in files if path.parts[0] != FOLDER}
    assert made == expected
    assert {*FORGES.values(), "README.md", "mkdocs.yml", ".gitignore", "records/policy.yml"} <= made
    units = yaml.safe_load((folder / "records/organization/units.yml").read_text(encoding="utf-8"))
    assert units["公司"]["名称"] == '某某: "钢铁" #1'
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_day_later_it_is_valid_too(tmp_path: Path) -> None:
    assert init(tmp_path / "a") == 0
    for day in ("2026-11-21", "2027-01-15", "2027-12-31"):
        arguments = ["check", "--records", str(tmp_path / "a/records"), "--today", day]
        assert main([*arguments, "--fail-on", "warning"]) == 0


def test_records_can_be_started_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    assert init(folder, "--forge", "gitea") == 0
    assert not (folder / ".gitlab-ci.yml").exists()
    arguments = ["--records", str(folder / "records"), "--today", TODAY]
    assert main(["new", "client", "--client", "first", "--name", "第一家", *arguments]) == 0
    assert main(["new", "nomination", "--division", "division", *arguments]) == 0


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    assert init(tmp_path) == 2
    assert init(tmp_path / "README.md") == 2
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("kam: ") for line in lines)


def test_no_forge_host_or_registry_is_named() -> None:
    for path, text in repository("x", date(2026, 11, 20)).items():
        for word in ("github.com", "gitlab.com", "gitea.com"):
            assert word not in text, path
