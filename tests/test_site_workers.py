"""A site that two processes write is the site that one writes, whatever becomes of the other."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from generator import workers
from generator.cli import main
from generator.judging.store import Store
from generator.site.build import build_site
from generator.site.gallery import Gallery
from generator.site.output import Output
from generator.site.plugin import hooks
from tests.cases_runner import BASE, BASE_DAY
from tests.forked import failing, hanging, killed, two_processes
from tests.site_builder import configure, contents
from tests.stored import git

COPIES = 5
CLIENTS = {one.name for one in (BASE / "clients").iterdir()} | {f"copy-{number}" for number in range(COPIES)}


@pytest.fixture(autouse=True)
def judged_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told of here is what comes after the judging."""
    monkeypatch.setattr(hooks, "run", partial(hooks.run, processes=1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small company with copies of a client, in a repository."""
    return laid_out(tmp_path)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is in the site that one process writes."""
    return built(laid_out(tmp_path_factory.mktemp("one")), cached=False)


def laid_out(folder: Path) -> Path:
    """The records, and a mkdocs.yml."""
    shutil.copytree(BASE, folder / "records")
    clients = folder / "records" / "clients"
    for number in range(COPIES):
        shutil.copytree(clients / "hengda-steel", clients / f"copy-{number}")
    configure(folder)
    git(folder, "init", "-q")
    git(folder, "add", "records")
    git(folder, "commit", "-qm", "records")
    return folder


def built(folder: Path, name: str = "site", *, cached: bool = True, strict: bool = False) -> dict[str, bytes]:
    """What is in a site that is built now."""
    build_site(folder / "records", BASE_DAY, BASE_DAY, folder / name, cached=cached, strict=strict)
    return contents(folder / name)


class Noted:
    """For which clients this process gathered what lists show, and made pages."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, becomes: Callable[[], None] | None = None) -> None:
        """Let something become of the other process at its first client."""
        self._here, self._becomes = os.getpid(), becomes
        self.gathered: set[str] = set()
        self.poured: set[str] = set()
        gathered, pour = Gallery._gathered, Output.pour

        def gathering(gallery, read, client):  # type: ignore[no-untyped-def]
            self._note(self.gathered, client)
            return gathered(gallery, read, client)

        def pouring(output, shell, page):  # type: ignore[no-untyped-def]
            parts = page.url.split("/")
            if parts[0] == "clients" and parts[1]:
                self._note(self.poured, parts[1])
            return pour(output, shell, page)

        monkeypatch.setattr(Gallery, "_gathered", gathering)
        monkeypatch.setattr(Output, "pour", pouring)

    def _note(self, seen: set[str], client: str) -> None:
        if os.getpid() == self._here:
            seen.add(client)
            # So that the other process has its share.
            time.sleep(0.02)
        elif self._becomes:
            self._becomes()


@pytest.mark.parametrize("cached", [True, False])
def test_two_write_what_one_writes(
    folder: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, cached: bool
) -> None:
    """Each has its share, and what the other wrote is known to the next build."""
    two_processes(monkeypatch)
    with monkeypatch.context() as patched:
        noted = Noted(patched)
        assert built(folder, cached=cached) == expected
    for seen in (noted.gathered, noted.poured):
        assert 0 < len(seen) < len(CLIENTS), seen
    with monkeypatch.context() as patched:
        noted = Noted(patched)
        assert built(folder, cached=cached) == expected
    assert (not noted.gathered) == (not noted.poured) == cached


def test_where_links_are_looked_at_one_writes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who looks at them has to see every page."""
    two_processes(monkeypatch)
    noted = Noted(monkeypatch)
    built(folder, strict=True)
    assert noted.poured == CLIENTS


@pytest.mark.parametrize(("becomes", "cached"), [(killed, True), (failing, False), (hanging, True)])
def test_without_the_other_all_is_written_here(
    folder: Path,
    expected: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    becomes: Callable[[], None],
    cached: bool,
) -> None:
    """No page is missing, and none is half a page."""
    two_processes(monkeypatch)
    monkeypatch.setattr(workers, "_PATIENCE", 0.5)
    noted = Noted(monkeypatch, becomes)
    assert built(folder, cached=cached) == expected
    assert noted.gathered == noted.poured == CLIENTS


def test_the_disk_that_is_full_is_told(
    folder: Path,
    expected: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """By the process that the terminal belongs to, and by it alone; the site stays as it was."""
    built(folder)
    two_processes(monkeypatch)

    def full(output, shell, page):  # type: ignore[no-untyped-def]
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Output, "pour", full)
    capfd.readouterr()
    days = ("--as-of", str(BASE_DAY), "--today", str(BASE_DAY))
    where = ("--records", str(folder / "records"), "--site-dir", str(folder / "site"))
    assert main(["build", *where, *days, "--fresh-pages"]) == 2
    said = capfd.readouterr().err
    assert said.count("\n") == 1, said
    assert contents(folder / "site") == expected


def test_a_store_apart_reads_what_was_committed_and_writes_nothing(folder: Path) -> None:
    """As in a fork; the connection that was opened before is left alone."""
    store = Store.open(folder / "records")
    copy = Store.open(folder / "records")
    assert store is not None
    assert copy is not None
    store.put("what", "a", "key", b"committed")
    store.commit()
    store.put("what", "b", "key", b"not yet")
    before = copy._database
    copy.apart()
    copy.apart()
    assert copy.get("what", "a", "key") == b"committed"
    assert copy.get("what", "b", "key") is None
    copy.put("what", "c", "key", b"no")
    assert not copy.is_writable
    store.commit()
    assert copy.get("what", "b", "key") == b"not yet"
    assert store.get("what", "c", "key") is None
    assert before.execute("SELECT count(*) FROM kept").fetchone() == (2,), "it was closed"
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        copy._database.execute("DELETE FROM kept")


def test_a_store_apart_whose_file_is_gone_has_nothing(folder: Path) -> None:
    """Somebody removed the folder meanwhile."""
    store = Store.open(folder / "records")
    assert store is not None
    store.put("what", "a", "key", b"kept")
    store.commit()
    for file in (folder / ".kam-cache").glob("facts.sqlite*"):
        file.unlink()
    store.apart()
    assert store.get("what", "a", "key") is None
