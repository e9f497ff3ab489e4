"""The live site when something goes wrong: the last site stays, and nothing that was saved is forgotten."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest

from generator.judging.store import FOLDER
from generator.pipeline import CannotJudge
from generator.site import live
from generator.site.live import LiveSite
from generator.site.plugin import hooks
from tests.cases_runner import BASE_DAY
from tests.live_site import PAGE, VISIT, edit, in_repository
from tests.site_builder import REPOSITORY, configure

OTHER = "clients/huadong-auto/archive.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small company, in a repository; its mkdocs.yml names no days."""
    return in_repository(tmp_path, None)


@contextmanager
def running(folder: Path, today: date | None = BASE_DAY) -> Iterator[LiveSite]:
    """The live site of a folder."""
    with closing(LiveSite(folder / "records", None, today)) as site:
        site.start()
        yield site


def page(site: LiveSite) -> str:
    """The page of the visit."""
    return (site.file(PAGE) or b"").decode()


def test_where_nothing_can_be_judged_the_last_site_stays(folder: Path) -> None:
    """It says why, also after other files are saved, and shows all of them once that is mended."""
    people = folder / "records/organization/people.yml"
    kept = people.read_bytes()
    with running(folder) as site:
        before = page(site)
        people.unlink()
        for saved in ([people], edit("\n又及：样品已寄出。\n", folder / "records" / VISIT)):
            with pytest.raises(CannotJudge, match=r"people\.yml"):
                site.update(saved)
            assert "people.yml" in site.problem
            assert page(site) == before
        people.write_bytes(kept)
        site.update([people])
        assert not site.problem
        assert "样品已寄出" in page(site)


@pytest.mark.parametrize("error", [CannotJudge("无法读取。"), PermissionError(13, "denied", "x.md")])
def test_what_could_not_be_brought_in_is_with_the_next_save(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """A save that the disk did not let be read is not lost, and ends nothing."""

    def fails(*_: object) -> None:
        raise error

    with running(folder) as site:
        with monkeypatch.context() as patched:
            patched.setattr(live, "run_again", fails)
            with pytest.raises(CannotJudge, match="无法读"):
                site.update(edit("\n又及：样品已寄出。\n", folder / "records" / VISIT))
        assert site.problem
        site.update(edit("\n", folder / "records" / OTHER))
        assert not site.problem
        assert "样品已寄出" in page(site)


def test_what_was_saved_before_anybody_watched_is_found(folder: Path) -> None:
    """A client's record, one of the company, a client's folder that was moved; and then nothing more."""
    records = folder / "records"
    with running(folder) as site:
        assert site.missed() == set()
        edit("\n又及：样品已寄出。\n", records / VISIT)
        assert site.missed() == {records / "clients/hengda-steel"}
        site.update(site.missed())
        assert "样品已寄出" in page(site)
        edit("\n", records / "organization/people.yml")
        assert site.missed() == {records}
        site.update(site.missed())
        (records / "clients/hengda-steel").rename(records / "clients/moved-steel")
        assert site.missed() == {records / "clients/hengda-steel", records / "clients/moved-steel"}
        found = site.update(site.missed())
        assert site.missed() == set()
        assert site.file("clients/hengda-steel/index.html") is None
        assert {one.client for one in found} <= {"moved-steel"}


def test_other_commands_can_keep_what_they_find(folder: Path) -> None:
    """Between two saves the store is free."""

    def is_free() -> bool:
        with closing(sqlite3.connect(folder / FOLDER / "facts.sqlite", timeout=0)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            return True

    with running(folder) as site:
        assert is_free()
        site.update(edit("\n", folder / "records" / VISIT))
        assert is_free()
        assert site.file("search/texts.json")
        assert is_free()


def test_a_file_with_nothing_in_it_is_a_file(folder: Path) -> None:
    """And not one that is missing."""
    name = "clients/hengda-steel/attachments/statements-2025.csv"
    configure(folder, day=None, publish=["财务报表"])
    (folder / "records" / name).write_bytes(b"")
    with running(folder) as site:
        assert site.file(name) == b""


@pytest.mark.parametrize("named", [False, True])
def test_a_day_that_passes_is_noticed_at_the_next_save(
    folder: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    """A site that follows the clock is judged anew as a whole; one of a given day never is."""

    def clock(day: date) -> None:
        for module in (live, hooks):
            monkeypatch.setattr(module, "current_day", lambda: day)

    clock(BASE_DAY)
    with running(folder, BASE_DAY if named else None) as site:
        full: list[bool] = []
        real = site.start
        monkeypatch.setattr(site, "start", lambda: (full.append(True), real()))
        site.update(edit("\n", folder / "records" / VISIT))
        assert not full
        clock(BASE_DAY + timedelta(days=1))
        for _ in range(2):
            site.update(edit("\n", folder / "records" / VISIT))
        assert full == ([] if named else [True])


def test_a_running_server_tells_of_every_save(folder: Path) -> None:
    """On the terminal and on the page: findings, why nothing can be judged, and that it goes on."""
    visit, people = folder / "records" / VISIT, folder / "records/organization/people.yml"
    kept = people.read_bytes()
    command = [sys.executable, "-m", "generator.cli", "serve", "--records", "records"]
    days = ["--as-of", str(BASE_DAY), "--today", str(BASE_DAY)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(
        [*command, *days, "--addr", "127.0.0.1:0"],
        cwd=folder,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            address = told(process, "网站在").split()[1]
            visit.write_text(visit.read_text("utf-8").replace("出差人员:", "出差人：", 1), "utf-8")
            message = told(process, VISIT).partition(" F002 ")[2].strip()
            assert "全角冒号" in message
            assert "网站已刷新" in told(process, "个问题")
            assert message in seen(address)
            people.unlink()
            assert "people.yml" in told(process, "没有刷新")
            assert "没有刷新，仍是上一次的内容" in seen(address)
            people.write_bytes(kept)
            told(process, "网站已刷新")
            assert "没有刷新" not in seen(address)
        finally:
            process.kill()


def told(process: "subprocess.Popen[str]", word: str) -> str:
    """The next line of the terminal that has a word in it."""
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        if word in line:
            return line
        lines.append(line)
    raise AssertionError(f"{word}: {lines}")


def seen(address: str) -> str:
    """The client's page, as the server gives it."""
    with urlopen(f"{address}clients/hengda-steel/") as answer:
        return str(answer.read().decode("utf-8"))
