"""A site of which most pages are taken over from the last one is the site that is built anew."""

import errno
import os
import random
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.judging.store import FOLDER
from generator.obligations.kinds import ObligationKind
from generator.pipeline import CannotJudge, run
from generator.site import disk
from generator.site.build import build_site
from generator.site.facts import Facts
from generator.site.folder import Folder
from generator.site.forge import Forge
from generator.site.gallery import Gallery
from generator.site.output import Output
from generator.site.owed import is_open
from generator.site.views import lines
from tests.cases_runner import BASE, BASE_DAY
from tests.site_builder import configure, contents
from tests.stored import EDITS, git


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small company with more clients, in a repository."""
    shutil.copytree(BASE, tmp_path / "records")
    for number in range(3):
        copy = tmp_path / "records" / "clients" / f"copy-{number}"
        shutil.copytree(tmp_path / "records" / "clients" / "hengda-steel", copy)
    configure(tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "records")
    git(tmp_path, "commit", "-qm", "records")
    return tmp_path


def build(folder: Path, name: str = "site", *, day: date = BASE_DAY, anew: bool = False) -> Path:
    """Build a site, from what is there already or all anew."""
    build_site(folder / "records", day, day, folder / name, fresh_pages=anew, cached=not anew)
    return folder / name


def rendered(monkeypatch: pytest.MonkeyPatch, folder: Path) -> set[str]:
    """The clients of which pages are made when the site is built once more."""
    seen: set[str] = set()
    real = Output.pour

    def noted(self, shell, page):  # type: ignore[no-untyped-def]
        seen.update([page.url.split("/")[1]] if page.url.startswith("clients/") else [])
        return real(self, shell, page)

    with monkeypatch.context() as patched:
        patched.setattr(Output, "pour", noted)
        build(folder)
    return seen - {""}


@pytest.mark.parametrize("seed", range(3))
def test_after_random_edits_it_is_the_full_site(folder: Path, seed: int) -> None:
    """Every byte: records changed, added, deleted, renamed; people, parameters; days that pass or go back."""
    chance, day, compared = random.Random(seed), BASE_DAY, 0
    records, last = folder / "records", folder / "last"
    build(folder)
    for step in range(4):
        shutil.copytree(records, last)
        for _ in range(chance.randint(1, 2)):
            chance.choice(EDITS)(chance, records)
        day = day if chance.random() < 0.6 else day + timedelta(days=chance.choice([1, 5, 40, -30]))
        try:
            full = contents(build(folder, "full", day=day, anew=True))
        except CannotJudge as error:
            # Nothing can be judged after such an edit: both say so, and it is taken back.
            with pytest.raises(CannotJudge, match=re.escape(str(error))):
                build(folder, day=day)
            shutil.rmtree(records)
            last.rename(records)
            continue
        assert contents(build(folder, day=day)) == full, step
        compared += 1
        shutil.rmtree(last)
    assert compared >= 2


def test_only_what_changed_is_made_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of other clients are the very same files; those of one that is gone are gone."""
    build(folder)
    assert rendered(monkeypatch, folder) == set()
    clients = folder / "records" / "clients"
    visit = next((clients / "copy-1").rglob("visits/*.md"))
    visit.write_text(visit.read_text("utf-8") + "\n又及。\n", "utf-8")
    kept = (folder / "site/clients/copy-0/index.html").stat().st_ino
    assert rendered(monkeypatch, folder) == {"copy-1"}
    assert (folder / "site/clients/copy-0/index.html").stat().st_ino == kept
    shutil.rmtree(clients / "copy-2")
    assert rendered(monkeypatch, folder) == {"copy-0", "copy-1", "hengda-steel"}, (
        "they named it as their twin"
    )
    assert not (folder / "site/clients/copy-2").exists()


def test_a_client_of_another_division_stands_under_that_one(folder: Path) -> None:
    """Though nothing that its line in a list says has changed."""
    day = date(2026, 9, 1)
    build(folder, day=day)
    archive = folder / "records/clients/copy-1/archive.yml"
    text = archive.read_text("utf-8")
    archive.write_text(text.replace("[iron-ore]", "[coal]"), "utf-8")
    site = build(folder, day=day)
    assert "copy-1" in (site / "overdue/by-division/coal.csv").read_text("utf-8")
    assert contents(site) == contents(build(folder, "full", day=day, anew=True))


@pytest.mark.parametrize("harm", ["edited", "deleted", "added", "added below", "folder added", "exchanged"])
def test_pages_that_somebody_changed_are_made_anew(folder: Path, harm: str) -> None:
    """What lies in the site's folder is believed only as it was written."""
    full = contents(build(folder))
    page = folder / "site/clients/copy-0/index.html"
    match harm:
        case "edited":
            page.write_text("?", "utf-8")
        case "deleted":
            page.unlink()
        case "added":
            (page.parent / "more.html").write_text("?", "utf-8")
        case "added below":
            # A folder without files of its own: it holds those of the visits.
            (folder / "site/clients/copy-0/2026/Q1/more.html").write_text("?", "utf-8")
        case "folder added":
            (page.parent / "more").mkdir()
            (page.parent / "more" / "index.html").write_text("?", "utf-8")
        case "exchanged":
            # For a file of the same size and time, as an archive might bring one.
            other = page.with_name("other.html")
            other.write_bytes(page.read_bytes().swapcase())
            os.utime(other, ns=(page.stat().st_atime_ns, page.stat().st_mtime_ns))
            other.rename(page)
    assert contents(build(folder)) == full


def test_without_the_store_it_is_the_same(folder: Path) -> None:
    """The store is a cache and nothing more."""
    full = contents(build(folder))
    shutil.rmtree(folder / FOLDER)
    assert contents(build(folder)) == full
    assert contents(build(folder, "anew", anew=True)) == full


def test_other_settings_make_all_pages_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The forge's addresses stand on every page of a record."""
    build(folder)
    configure(folder, forge={"kind": "gitea", "url": "https://git.example.com/sales/records"})
    assert "copy-0" in rendered(monkeypatch, folder)


def test_what_came_with_a_proposal_is_not_believed(folder: Path, tmp_path: Path) -> None:
    """What looks like the leavings of a build is not used, and nothing behind a link changes."""
    full = contents(build(folder, "full", anew=True))
    shutil.rmtree(folder / FOLDER)
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "mine.txt").write_text("mine", "utf-8")
    left = folder / FOLDER / ".site.kam-left"
    (left / "clients").mkdir(parents=True)
    (left / "clients" / "evil.html").write_text("<script>alert(1)</script>", "utf-8")
    (folder / FOLDER / ".site.kam-link").symlink_to(precious)
    (folder / FOLDER / ".site.kam-file").write_text("?", "utf-8")
    for _ in range(2):
        assert contents(build(folder)) == full
    assert (precious / "mine.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("kind", ["file", "link"])
def test_where_no_cache_can_be_the_site_is_built(folder: Path, tmp_path: Path, kind: str) -> None:
    """And nothing is left beside it."""
    full = contents(build(folder, "full", anew=True))
    shutil.rmtree(folder / FOLDER)
    if kind == "file":
        (folder / FOLDER).write_text("", "utf-8")
    else:
        (tmp_path / "elsewhere").mkdir()
        (folder / FOLDER).symlink_to(tmp_path / "elsewhere")
    names = {path.name for path in folder.iterdir()}
    assert contents(build(folder)) == full
    assert {path.name for path in folder.iterdir()} == names | {"site"}
    assert not any((tmp_path / "elsewhere").glob("*"))


def test_what_was_written_is_told_as_the_disk_tells_it(tmp_path: Path) -> None:
    """Counted while it is written, and found to hold; one file twice, and one outside the folder."""
    folder = Folder(tmp_path)
    odd = "a/b\\n\nc\r.pdf"
    files = [
        ("a/index.html", b"one"),
        ("a/b/index.html", b"two"),
        ("lists/a.csv", b"3"),
        (odd, b"odd"),
        ("a/index.html", b"4"),
    ]
    folder.write("a/", "key", files, root="a/")
    written = folder.parts["a/"]
    assert folder._sums.names("a/", "key") == [name for name, _ in files]
    assert folder._holds("a/", written, "key", str(tmp_path))
    assert not folder._holds("a/", written, "yek", str(tmp_path))
    (tmp_path / "a/b/index.html").write_bytes(b"twp")
    assert not folder._holds("a/", written, "key", str(tmp_path))


def test_the_first_build_after_a_full_one_links_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The full one left a second folder, so that a single record costs what it costs later."""
    build(folder)
    linked: list[str] = []
    real = disk.link_file
    monkeypatch.setattr(disk, "link_file", lambda *ends: linked.append(ends[1]) or real(*ends))
    visit = next((folder / "records/clients/copy-1").rglob("visits/*.md"))
    visit.write_text(visit.read_text("utf-8") + "\n又及。\n", "utf-8")
    build(folder)
    assert linked == []
    assert contents(folder / "site") == contents(build(folder, "full", anew=True))


def test_a_second_folder_that_cannot_be_made_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk there: the site is whole, nothing half is left, and the next build goes its way."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(Folder, "remember_beside", full)
        build(folder)
    assert not [*(folder / FOLDER).glob(".site.*")]
    full_site = contents(build(folder, "full", anew=True))
    assert contents(folder / "site") == full_site
    assert contents(build(folder)) == full_site


@pytest.mark.parametrize("cached", [True, False])
def test_lists_take_lines_as_they_are_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, cached: bool
) -> None:
    """They say what the records say, and of no client anything is fetched to look that up in."""
    result = run(folder / "records", BASE_DAY, BASE_DAY, cached=cached, keep_records=cached)
    facts = Facts(result, Forge("github", "https://github.com/example/records", "main"))
    Gallery(facts)
    still = [one for one in result.obligations if is_open(one)]
    looked_up = [lines.line(facts, one) for one in still]
    assert any(line.draft for line in looked_up)
    assert any(line.about.record for line in looked_up)

    fetched: list[str] = []
    monkeypatch.setattr(Gallery, "_fetch", lambda gallery, client: fetched.append(client))
    again = Facts(result, facts.forge)
    Gallery(again)
    assert lines.of_many(again, still) == looked_up
    for kind in ObligationKind:
        assert lines.of_kind(again, kind) == [line for line in looked_up if line.owed.kind is kind]
    assert not fetched


def test_nothing_is_kept_of_a_site_that_is_gone(folder: Path) -> None:
    """Its files would stay on the disk; what is kept of a site that is there stays."""

    def kept() -> set[str]:
        return {path.name.rpartition(".")[0] for path in (folder / FOLDER).glob(".*.kam-*")}

    build(folder, "one.old")
    build(folder, "two")
    assert kept() == {".one.old", ".two"}
    shutil.rmtree(folder / "one.old")
    build(folder, "two")
    assert kept() == {".two"}
