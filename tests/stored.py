"""What tests of the store of facts share: edits of records, and what is judged anew after them."""

import os
import random
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.exports import check_json, due_json
from generator.judging import clients as judging_clients
from generator.pipeline import Result, run
from tests.cases_runner import BASE_DAY

Edit = Callable[[random.Random, Path], None]


def printed(result: Result) -> tuple[str, str]:
    """All that a result says, as published."""
    return check_json.render(result, result.findings), due_json.render(result, result.obligations)


def git(folder: Path, *arguments: str) -> None:
    """Run Git there, as somebody."""
    who = ("-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


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


def other_value(chance: random.Random, root: Path) -> None:
    """What a key says in another record of its kind: the record stays readable, and says something else."""
    file = chance.choice(files(root))
    lines = file.read_text("utf-8", "replace").split("\n")
    keyed = [(at, key) for at, line in enumerate(lines) if (key := line.partition(": ")[0]) != line]
    if not keyed:
        return
    at, key = chance.choice(keyed)
    others = [other for other in files(root) if other.suffix == file.suffix]
    said = {line for other in others for line in other.read_text("utf-8", "replace").split("\n")}
    said = {line for line in said if line.startswith(f"{key}: ")} | {f"{key}: [coal]", lines[at]}
    lines[at] = chance.choice(sorted(said))
    file.write_text("\n".join(lines), "utf-8")


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


PARAMETERS = (
    "拜访报告期限: 2",
    "拜访报告期限: 12",
    "季度报告期限: 3",
    "即将到期: 90",
    "新评级宽限: 5",
    "会签期限: 1",
    "规则级别: {T101: 关闭}",
    "规则级别: {V101: 提示}",
    "节假日顺延: true",
    "启用日期: 2026-03-01",
)


def parameter(chance: random.Random, root: Path) -> None:
    """The policy has one more version, or one less."""
    file = root / "policy.yml"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    day = date(2025, 12, 1) + timedelta(days=chance.randrange(400))
    if len(lines) > 1 and chance.random() < 0.3:
        lines.pop(chance.randrange(len(lines)))
    elif not any(str(day) in line for line in lines):
        lines.append(f"- {{生效日期: {day}, {chance.choice(PARAMETERS)}}}")
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def decide(chance: random.Random, root: Path) -> None:
    """A later decision about one client, with or without a word about all others; or it is taken back."""
    day = chance.choice(["2026-02-10", "2026-06-20", "2026-06-20", "2026-12-10"])
    file = root / "ratings" / chance.choice(["2026", "2027"]) / "decisions" / f"{day}.yml"
    if file.exists():
        file.unlink()
        return
    client = chance.choice(sorted(path.name for path in (root / "clients").iterdir()))
    others = chance.choice(["", "", "其余客户: 一般\n"])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f"评级:\n  - {{客户: {client}, 等级: {chance.choice(['重点', '一般'])}}}\n{others}", "utf-8"
    )


def stray(chance: random.Random, root: Path) -> None:
    """Things that have no place: a file, and a folder with nothing in it."""
    folder = chance.choice(sorted(path for path in root.rglob("*") if path.is_dir()))
    if chance.random() < 0.5:
        (folder / "notes.txt").write_text("?", "utf-8")
    else:
        (folder / "empty").mkdir(exist_ok=True)


EDITS: tuple[Edit, ...] = (
    change_line,
    other_value,
    other_value,
    delete,
    rename,
    add,
    move_person,
    parameter,
    decide,
    stray,
)


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
