"""The store of facts is a cache and nothing more: with it, without it, damaged or forged, the same result."""

import json
import os
import random
import sqlite3
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from generator.judging import store as judging_store
from generator.judging.store import FOLDER, Row, Store
from generator.pipeline import run, run_again
from generator.reading.contents import contents
from tests.cases_runner import BASE_DAY
from tests.stored import EDITS, git, judged, printed, settle


@pytest.mark.parametrize("seed", range(2))
def test_incremental_is_full(records: Path, seed: int) -> None:
    """After random edits and days passing, judged from the store and judged anew are the same."""
    chance, day = random.Random(seed), BASE_DAY
    for step in range(10):
        chance.choice(EDITS)(chance, records)
        day = day if chance.random() < 0.6 else day + timedelta(days=chance.choice([1, 1, 7, 40, 200, -90]))
        if (records.parent / ".git").exists() and chance.random() < 0.3:
            git(records.parent, "add", "-A", "records")
            git(records.parent, "commit", "-qm", "edit", "--allow-empty")
        kept = chance.random() < 0.5
        expected = printed(run(records, day, day))
        assert printed(run(records, day, day, cached=True, keep_records=kept)) == expected, step
        assert printed(run(records, day, day, cached=True)) == expected, step


def test_records_are_kept_as_they_were_read(records: Path) -> None:
    """Judging leaves no mark in them: on a later day, or after another's save, it finds the same again."""
    archive = records / "clients" / "copy-1" / "archive.yml"
    archive.write_text(archive.read_text("utf-8").replace("[iron-ore]", "[nowhere]"), "utf-8")
    people = records / "organization" / "people.yml"
    stranger = "- {编号: a-stranger, 姓名: 某人, 任职: [{单位: nowhere, 职务: 业务员, 开始: 2026-01-01}]}\n"
    people.write_text(people.read_text("utf-8") + stranger, "utf-8")
    run(records, BASE_DAY, BASE_DAY, cached=True, keep_records=True)
    later = BASE_DAY + timedelta(days=400)
    expected = printed(run(records, later, later))
    assert findings(expected[0])["R003"] == 2
    result = run(records, later, later, cached=True, keep_records=True)
    assert printed(result) == expected
    assert printed(run_again(result, {"copy-1"})) == expected


def findings(text: str) -> Counter[str]:
    """How many findings of each code there are in what check prints."""
    return Counter(one["code"] for one in json.loads(text)["findings"])


@pytest.mark.parametrize("harm", ["cut", "noise", "flip", "gone", "folder", "other-table"])
def test_damaged_store_changes_nothing(records: Path, harm: str) -> None:
    """Cut off, overwritten, with single bytes changed, deleted, or something else in its place."""
    settle(records)
    expected = printed(run(records, BASE_DAY, BASE_DAY))
    file = records.parent / FOLDER / "facts.sqlite"
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)
    data = file.read_bytes()
    match harm:
        case "cut":
            file.write_bytes(data[: len(data) // 2])
        case "noise":
            file.write_bytes(random.Random(0).randbytes(5000))
        case "flip":
            flipped = bytearray(data)
            for at in random.Random(1).sample(range(100, len(data)), 400):
                flipped[at] ^= 0x55
            file.write_bytes(bytes(flipped))
        case "gone":
            file.unlink()
        case "folder":
            file.unlink()
            file.mkdir()
        case "other-table":
            file.unlink()
            with sqlite3.connect(file) as database:
                database.execute("CREATE TABLE verdict (client TEXT)")
                database.execute(f"PRAGMA user_version = {judging_store._LAYOUT}")
            database.close()
    for _ in range(2):
        assert printed(run(records, BASE_DAY, BASE_DAY, cached=True)) == expected


def test_a_store_of_another_layout_is_made_anew(records: Path) -> None:
    """Its tables may have the same columns."""
    settle(records)
    expected = printed(run(records, BASE_DAY, BASE_DAY))
    file = records.parent / FOLDER / "facts.sqlite"
    assert pragma(file, "user_version") == judging_store._LAYOUT
    pragma(file, "user_version = 1")
    assert printed(run(records, BASE_DAY, BASE_DAY, cached=True)) == expected
    assert pragma(file, "user_version") == judging_store._LAYOUT


def pragma(file: Path, what: str) -> object:
    """What a database says of itself, or has set."""
    database = sqlite3.connect(file)
    found = database.execute(f"PRAGMA {what}").fetchone()
    database.commit()
    database.close()
    return found[0] if found else None


def test_forged_store_is_not_believed(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict that says all is well, made on another machine, is not taken over."""
    visit = next((records / "clients" / "copy-1").rglob("visits/*.md"))
    visit.write_text("---\n拜访日期: 2026-13-45\n---\n", "utf-8")
    settle(records)
    expected = printed(run(records, BASE_DAY, BASE_DAY))
    store = Store.open(records)
    assert store is not None
    rows = {row.client: row for row in store.verdicts()}
    clean, bad = rows["copy-2"], rows["copy-1"]
    with monkeypatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(records.parent / "elsewhere"))
        foreign = Store.open(records)
        assert foreign is not None
        foreign.keep([bad._replace(said=clean.said)])
        foreign.commit()
    assert isinstance(bad, Row)
    assert printed(run(records, BASE_DAY, BASE_DAY, cached=True)) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="the filter is a shell's")
@pytest.mark.parametrize("records", ["git"], indirect=True)
def test_files_that_git_lfs_brings_later(records: Path) -> None:
    """To Git nothing has changed then; what was said of the texts in their place is not kept."""
    text = "version https://git-lfs.github.com/spec/v1"
    (records / ".gitattributes").write_text("*.pdf filter=lfs\n", "utf-8")
    licence = records / "clients/copy-1/attachments/business-licence.pdf"
    brought = licence.read_bytes()
    licence.write_text(f"{text}\n", "utf-8")
    git(records.parent, "config", "filter.lfs.clean", f"cat > /dev/null; echo {text}")
    git(records.parent, "add", "-A", "records")
    git(records.parent, "commit", "-qm", "attachments are kept elsewhere")
    waiting = run(records, BASE_DAY, BASE_DAY, cached=True, keep_records=True)
    assert [one.code for one in waiting.findings if "git lfs pull" in one.message] == ["R006"]
    licence.write_bytes(brought)
    git(records.parent, "add", "-A", "records")
    assert printed(run(records, BASE_DAY, BASE_DAY, cached=True)) == printed(run(records, BASE_DAY, BASE_DAY))


def test_store_of_another_version_is_not_believed(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever an earlier program said of a record, this one says what it finds."""
    settle(records)
    everybody = sorted(path.name for path in (records / "clients").iterdir())
    monkeypatch.setattr("generator.judging.store.code_key", lambda: "another")
    assert judged(monkeypatch, records) == everybody


def test_another_library_is_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new sanitiser is to see what the old one let through."""
    before = judging_store.code_key.__wrapped__()
    monkeypatch.syspath_prepend(tmp_path)
    assert judging_store.code_key.__wrapped__() == before
    (tmp_path / "nh3-999.0.dist-info").mkdir()
    assert judging_store.code_key.__wrapped__() != before


def test_where_no_store_can_be_the_result_is_there(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file where its folder should be, or no place for the seal: slow, and right."""
    expected = printed(run(records, BASE_DAY, BASE_DAY))
    (records.parent / FOLDER).write_text("", "utf-8")
    assert printed(run(records, BASE_DAY, BASE_DAY, cached=True)) == expected
    (records.parent / FOLDER).unlink()
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    assert printed(run(records, BASE_DAY, BASE_DAY, cached=True)) == expected


def test_two_commands_at_once(records: Path) -> None:
    """While one writes, the other waits once at most, keeps nothing, and has its result."""
    settle(records)
    first = Store.open(records)
    assert first is not None
    first.put("records", "x", "y", b"held")
    day = BASE_DAY + timedelta(days=1)
    expected = printed(run(records, day, day))
    second = run(records, day, day, cached=True)
    assert second.judging.store is not None
    assert not second.judging.store.is_writable
    assert printed(second) == expected
    first.commit()
    assert printed(run(records, day, day, cached=True)) == expected


def test_keys_tell_contents_apart(records: Path) -> None:
    """A key changes with the file, and comes back with it; no other key changes."""
    before = contents(records)
    file = next((records / "clients" / "copy-2").rglob("report.md"))
    text, status = file.read_bytes(), file.stat()
    file.write_bytes(text + b"x")
    changed = contents(records)
    assert {id_ for id_ in before.clients if before.clients[id_] != changed.clients[id_]} == {"copy-2"}
    assert changed.company == before.company
    file.write_bytes(text)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert contents(records).clients == before.clients
    (records / "organization" / "units.yml").write_bytes(b"x")
    assert contents(records).company != before.company
    assert contents(records).clients == before.clients
