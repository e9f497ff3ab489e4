"""The folder in which a site is made, and the one that it replaces: open to the same people, used by one."""

import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from generator.pipeline import CannotJudge
from generator.site import swap
from generator.site.build import build_site
from generator.site.folder import MADE_HERE
from generator.site.swap import Workshop
from tests.cases_runner import BASE, BASE_DAY
from tests.site_builder import configure

needs_locks = pytest.mark.skipif(not swap.CAN_LOCK, reason="there are no locks here")


def replaced(target: Path) -> None:
    """A first build of the day puts a site into its place."""
    with Workshop(target, again=True) as workshop:
        (workshop.folder / "index.html").write_text("new", "utf-8")
        workshop.swap()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A site that is there."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("old", "utf-8")
    return folder


@needs_locks
def test_an_old_site_that_goes_is_not_taken_by_another_build(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is removed file by file, and takes its time: a build that begins meanwhile makes its own folder."""
    chosen: list[Path] = []
    real = shutil.rmtree

    def remove(folder: Path, ignore_errors: bool = False) -> None:
        if not chosen:
            with Workshop(target, again=True) as other:
                chosen.append(other.folder)
                assert other.folder != Path(folder)
                assert not list(other.folder.iterdir())
        real(folder, ignore_errors=ignore_errors)

    monkeypatch.setattr(swap.shutil, "rmtree", remove)
    replaced(target)
    assert chosen
    assert (target / "index.html").read_text("utf-8") == "new"


@needs_locks
def test_an_old_site_that_another_build_has_taken_stays(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the exchange and the removal somebody may come."""
    other = Workshop(target, again=True)
    real = swap._exchanged

    def exchanged(one: Path, two: Path) -> bool:
        done = real(one, two)
        other.__enter__()
        return done

    monkeypatch.setattr(swap, "_exchanged", exchanged)
    replaced(target)
    assert (other.folder / "index.html").read_text("utf-8") == "old"
    other.__exit__(None)


@needs_locks
def test_a_new_folder_that_another_build_clears_away_is_made_again(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is locked it looks like what a killed build left."""
    made: list[str] = []
    real = tempfile.mkdtemp

    def cleared(**where: object) -> str:
        made.append(real(**where))
        if len(made) == 1:
            os.rmdir(made[0])
            return made[0]
        return made[-1]

    monkeypatch.setattr(swap.tempfile, "mkdtemp", cleared)
    replaced(target)
    assert len(made) == 2
    assert (target / "index.html").read_text("utf-8") == "new"


@pytest.mark.skipif(os.name != "posix", reason="there are no such modes")
def test_who_may_read_the_site_stays(target: Path) -> None:
    """Its owner has closed it to others, or given it to a group; nobody looks into one that is being made."""
    target.chmod(0o2750)
    with Workshop(target, again=True) as workshop:
        assert stat.S_IMODE(workshop.folder.stat().st_mode) == 0o700
        workshop.swap()
    assert stat.S_IMODE(target.stat().st_mode) == 0o2750
    shutil.rmtree(target)
    replaced(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o755


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_is_followed_where_it_is_named_and_else_refused(tmp_path: Path) -> None:
    """It may have come with a proposal; it is never replaced by a folder."""
    shutil.copytree(BASE, tmp_path / "records")
    configure(tmp_path)
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "www")
    with pytest.raises(CannotJudge, match=r"是链接.*--site-dir"):
        build_site(tmp_path / "records", BASE_DAY, BASE_DAY, None)
    assert not list((tmp_path / "www").iterdir())
    build_site(tmp_path / "records", BASE_DAY, BASE_DAY, tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "www" / MADE_HERE).exists()
