"""The store of facts is a cache and nothing more: with it, without it, damaged or forged, the same result."""

import os
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.exports import check_json, due_json
from generator.judging import clients as judging_clients
from generator.judging import store as judging_store
from generator.judging.store import FOLDER, Row, Store
from generator.pipeline import Result, run
from generator.reading.contents import contents
from tests.cases_runner import BASE, BASE_DAY

Edit = Callable[[random.Random, Path], None]


def printed(result: Result) -> tuple[str, str]:
    """All that a result says, as published."""
    return check_json.render(result, result.findings), due_json.render(result, result.obligations)


def git(folder: Path, *arguments: str) -> None:
    """Run Git there, as somebody."""
    who = ("-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(params=["git", "plain"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The small company with a few more clients, in a repository and outside one."""
    root = tmp_path / "records"
    shutil.copytree(BASE, root)
    for number in range(4):
        shutil.copytree(root / "clients" / "hengda-steel", root / "clients" / f"copy-{number}")
        archive = root / "clients" / f"copy-{number}" / "archive.yml"
        text = archive.read_text("utf-8").replace("客户名称: ", f"客户名称: 第{number}")
        archive.write_text("\n".join(x for x in text.split("\n") if "信用代码" not in x), "utf-8")
    if request.param == "git":
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", "records")
        git(tmp_path, "commit", "-qm", "records")
    return root


def files(root: Path) -> list[Path]:
    """All records, in one order."""
    return sorted(path for path in root.rglob("*") if path.is_file())


def change_line(chance: random.Random, root: Path) -> None:
    """Take a line out of some file, or write one twice."""
    file = chance.choice(files(root))
    lines = file.read_bytes().split(b"\n")
    at = chance.randrange(len(lines))
    lines[at : at + 1] = chance.choice(([], [lines[at]] * 2, [lines[at] + b"1"]))
    file.write_bytes(b"\n".join(lines))


def delete(chance: random.Random, root: Path) -> None:
    """Delete some record of a client."""
    chance.choice(files(root / "clients")).unlink()


def rename(chance: random.Random, root: Path) -> None:
    """Give a client another id."""
    folder = chance.choice(sorted((root / "clients").iterdir()))
    folder.rename(folder.with_name(f"renamed-{chance.randrange(10**6)}"))


def add(chance: random.Random, root: Path) -> None:
    """A new client just like another: its name and code are no longer its own."""
    folder = chance.choice(sorted((root / "clients").iterdir()))
    shutil.copytree(folder, folder.with_name(f"added-{chance.randrange(10**6)}"))


def move_person(chance: random.Random, root: Path) -> None:
    """Somebody's position, name or unit changes."""
    file = root / "organization" / chance.choice(["people.yml", "units.yml"])
    text = file.read_text("utf-8")
    words = sorted({word for line in text.split("\n") for word in line.split() if len(word) > 3})
    file.write_text(text.replace(chance.choice(words), chance.choice(words), 1), "utf-8")


def parameter(chance: random.Random, root: Path) -> None:
    """A due day of the policy changes."""
    value = f"- 自: {chance.choice(['2025-01-01', '2026-01-01'])}\n  拜访报告天数: {chance.randint(1, 20)}\n"
    (root / "policy.yml").write_text(value, "utf-8")


def stray(chance: random.Random, root: Path) -> None:
    """Things that have no place: a file, and a folder with nothing in it."""
    folder = chance.choice(sorted(path for path in root.rglob("*") if path.is_dir()))
    if chance.random() < 0.5:
        (folder / "notes.txt").write_text("?", "utf-8")
    else:
        (folder / "empty").mkdir(exist_ok=True)


EDITS: tuple[Edit, ...] = (change_line, change_line, delete, rename, add, move_person, parameter, stray)


@pytest.mark.parametrize("seed", range(2))
def test_incremental_is_full(records: Path, seed: int) -> None:
    """After random edits and days passing, judged from the store and judged anew are the same."""
    chance, day = random.Random(seed), BASE_DAY
    for step in range(10):
        chance.choice(EDITS)(chance, records)
        day = day if chance.random() < 0.7 else day + timedelta(days=chance.randint(1, 60))
        if (records.parent / ".git").exists() and chance.random() < 0.3:
            git(records.parent, "add", "-A", "records")
            git(records.parent, "commit", "-qm", "edit", "--allow-empty")
        kept = chance.random() < 0.5
        expected = printed(run(records, day, day))
        assert printed(run(records, day, day, cached=True, keep_records=kept)) == expected, step
        assert printed(run(records, day, day, cached=True)) == expected, step


def judged(monkeypatch: pytest.MonkeyPatch, records: Path, day: date = BASE_DAY) -> list[str]:
    """The clients that are judged anew when the records are looked at again."""
    seen: list[str] = []
    real = judging_clients.judge_client

    def noted(ground, company, id_, loaded, **options):  # type: ignore[no-untyped-def]
        seen.append(id_)
        return real(ground, company, id_, loaded, **options)

    with monkeypatch.context() as patched:
        patched.setattr(judging_clients, "judge_client", noted)
        run(records, day, day, cached=True)
    return seen


def settle(records: Path) -> None:
    """Let a moment pass, so that no file is as new as the look at it, and fill the store."""
    for path in records.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    run(records, BASE_DAY, BASE_DAY, cached=True, keep_records=True)


def test_only_what_changed_is_judged(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing, then one client, then those alone who depend on a person, then all for a parameter."""
    settle(records)
    assert judged(monkeypatch, records) == []
    visit = next((records / "clients" / "copy-1").rglob("visits/*.md"))
    visit.write_text(visit.read_text("utf-8") + "\n又及。\n", "utf-8")
    assert judged(monkeypatch, records) == ["copy-1"]
    assert judged(monkeypatch, records) == []
    people = records / "organization" / "people.yml"
    text = people.read_text("utf-8")
    newcomer = "- {编号: new-comer, 姓名: 新来, 任职: [{单位: iron-ore, 职务: 业务员, 开始: 2026-06-01}]}\n"
    people.write_text(text + newcomer, "utf-8")
    touched = judged(monkeypatch, records)
    everybody = sorted(path.name for path in (records / "clients").iterdir())
    assert set(touched) < set(everybody)
    (records / "policy.yml").write_text("- 自: 2026-01-01\n  拜访报告天数: 6\n", "utf-8")
    assert judged(monkeypatch, records) == everybody
    assert judged(monkeypatch, records) == []


def test_another_day_judges_all(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each verdict is as of a day."""
    settle(records)
    everybody = sorted(path.name for path in (records / "clients").iterdir())
    assert judged(monkeypatch, records, BASE_DAY + timedelta(days=1)) == everybody


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


def test_store_of_another_version_is_not_believed(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever an earlier program said of a record, this one says what it finds."""
    settle(records)
    monkeypatch.setattr("generator.judging.store.code_key", lambda: "another")
    everybody = sorted(path.name for path in (records / "clients").iterdir())
    assert judged(monkeypatch, records) == everybody


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
