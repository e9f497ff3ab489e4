"""What Git does not know is found in every folder that has changed, and no other is looked at again."""

import os
import random
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from generator.reading import index, untracked
from generator.reading.contents import contents
from generator.reading.untracked import Times
from tests.cases_runner import BASE
from tests.stored import git

CLIENT = "clients/hengda-steel"
chance = random.Random(1)


class Remembered:
    """Keeps the times in memory."""

    def __init__(self) -> None:
        self.times: Times | None = None
        self.whole, self.apart = "", b""

    def get(self) -> Times | None:
        """Those that were kept last."""
        return self.times

    def put(self, times: Times) -> None:
        """Keep them."""
        self.times = times

    def get_index(self, whole: str) -> bytes | None:
        """The index that was kept last, where it is that one."""
        return self.apart if whole == self.whole else None

    def put_index(self, whole: str, apart: bytes) -> None:
        """Keep it."""
        self.whole, self.apart = whole, apart


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """The small company in a repository, all of it a while ago."""
    root = tmp_path / "records"
    shutil.copytree(BASE, root)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "records")
    git(tmp_path, "commit", "-qm", "records")
    time.sleep(untracked._TICK / 1e9)
    return root


def asked(monkeypatch: pytest.MonkeyPatch, records: Path, known: Remembered) -> list[list[str]]:
    """Which folders Git is asked about when the keys are reckoned; they are those reckoned without help."""
    seen: list[list[str]] = []
    real = index._ask

    def noted(root: Path, folders: Sequence[str]) -> bytes | None:
        seen.append([*folders])
        return real(root, folders)

    with monkeypatch.context() as patched:
        patched.setattr(index, "_ask", noted)
        patched.setattr(untracked, "_MANY", chance.choice((0, 10**6)))
        with index.looking_at(records, known) as looking:
            helped = contents(records, looking)
    plain = contents(records)
    assert (helped.company, helped.clients) == (plain.company, plain.clients)
    return seen


def new_file(root: Path) -> None:
    """A visit that nobody has added yet."""
    (root / CLIENT / "2026/Q2/visits/2026-06-01.md").write_text("x", "utf-8")


def new_folder(root: Path) -> None:
    """A year that nobody has added yet."""
    (root / CLIENT / "2027").mkdir()
    (root / CLIENT / "2027/team.yml").write_text("x", "utf-8")


def replaced_by_link(root: Path) -> None:
    """A record that has become a link."""
    visit = next((root / CLIENT / "2026/Q2/visits").iterdir())
    visit.unlink()
    visit.symlink_to("/etc/hostname")


CHANGES: tuple[tuple[Callable[[Path], None], list[list[str]]], ...] = (
    (new_file, [[f"{CLIENT}/2026/Q2/visits"]]),
    (new_folder, [[CLIENT]]),
    (replaced_by_link, [[f"{CLIENT}/2026/Q2/visits"]]),
)


@pytest.mark.parametrize(("change", "folders"), CHANGES, ids=lambda one: getattr(one, "__name__", ""))
def test_only_folders_that_changed_are_listed(
    records: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], None],
    folders: list[list[str]],
) -> None:
    """And a moment later none."""
    known = Remembered()
    assert asked(monkeypatch, records, known) == [[]]
    assert asked(monkeypatch, records, known) == []
    change(records)
    time.sleep(untracked._TICK / 1e9)
    assert asked(monkeypatch, records, known) == folders
    assert asked(monkeypatch, records, known) == []


def test_what_changed_a_moment_ago_is_looked_at_again(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second file may come within the same tick of the clock."""
    known = Remembered()
    asked(monkeypatch, records, known)
    new_file(records)
    changed = [[f"{CLIENT}/2026/Q2/visits"]]
    assert asked(monkeypatch, records, known) == changed
    assert asked(monkeypatch, records, known) == changed


def test_a_file_inside_a_folder_that_git_does_not_know(
    records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No folder of the index changes with it."""
    known = Remembered()
    new_folder(records)
    time.sleep(untracked._TICK / 1e9)
    asked(monkeypatch, records, known)
    before = contents(records).clients["hengda-steel"]
    (records / CLIENT / "2027/service-plan.md").write_text("x", "utf-8")
    assert asked(monkeypatch, records, known) == []
    assert contents(records).clients["hengda-steel"] != before


def test_what_leaves_the_index_is_found(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`git rm --cached` changes no folder."""
    known = Remembered()
    asked(monkeypatch, records, known)
    git(records, "rm", "-q", "--cached", f"{CLIENT}/archive.yml")
    assert asked(monkeypatch, records, known) == [[]]
    git(records, "add", ".")
    time.sleep(untracked._TICK / 1e9)
    asked(monkeypatch, records, known)
    git(records, "commit", "-qm", "again", "--allow-empty")
    assert asked(monkeypatch, records, known) == [], "a commit leaves the paths as they are"


def test_times_that_were_set_back(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copied folder can have the time of its original; when that was set cannot be set."""
    known = Remembered()
    folder = records / CLIENT / "2026/Q2/visits"
    asked(monkeypatch, records, known)
    status = folder.stat()
    new_file(records)
    os.utime(folder, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert asked(monkeypatch, records, known) == [[f"{CLIENT}/2026/Q2/visits"]]
