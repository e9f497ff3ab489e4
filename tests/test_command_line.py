"""What all commands share: usage, the records folder, outputs, colour and days."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.commands import common
from tests.cases_runner import BASE, BASE_DAY, Changes, lay_out
from tests.commands import AN_ERROR, BASE_RECORDS, DAYS, VISIT, Company, Run, edited

# Where it cannot work


CANNOT = [
    ("check", "--records", "no-such-folder"),
    ("due", "--records", "no-such-folder"),
    ("check", "--records", str(BASE / "policy.yml")),
    ("check", *BASE_RECORDS, "--as-of", "2026-02-30"),
    ("check", *BASE_RECORDS, "--as-of", "2026/2/3"),
    ("check", *BASE_RECORDS, "--today", "今天"),
    ("check", *BASE_RECORDS, "--format", "xml"),
    ("check", *BASE_RECORDS, "--fail-on", "info"),
    ("check", *BASE_RECORDS, "--no-such-option"),
    ("check", *BASE_RECORDS, "too", "many"),
    ("check", *BASE_RECORDS, "--as-of"),
    ("due", *BASE_RECORDS, "--kind", "no-such-kind"),
    ("due", *BASE_RECORDS, "--client", "no-such-client"),
    ("due", *BASE_RECORDS, "--person", "查无此人"),
    ("due", *BASE_RECORDS, "--unit", "no-such-unit"),
    ("due", *BASE_RECORDS, "--output", "no-such-folder/due.csv"),
    ("check", *BASE_RECORDS, "--select", "V999"),
    ("check", *BASE_RECORDS, "--ignore", "错误"),
    ("rule", "V999"),
    ("no-such-command",),
]
"""Arguments with which no command can do its work."""


@pytest.mark.parametrize("arguments", CANNOT, ids=lambda arguments: " ".join(arguments[-2:]))
def test_one_line_and_exit_code_2(
    kam: Run, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing on standard output, no traceback."""
    monkeypatch.chdir(tmp_path)
    code, out, err = kam(*arguments)
    assert code == 2
    assert out == ""
    assert err.startswith("kam: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "changes",
    [
        {"organization/people.yml": None},
        {"organization/units.yml": None},
        {
            "organization/units.yml": edited(
                "organization/units.yml", "  - {编号: risk-control, 名称: 风控部}\n", ""
            )
        },
    ],
)
@pytest.mark.parametrize("command", ["check", "due"])
def test_company_that_is_not_there(kam: Run, company: Company, changes: Changes, command: str) -> None:
    """units.yml or people.yml absent, or one of the three departments not in it."""
    code, out, err = kam(command, "--records", str(company(changes)), *DAYS)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_without_a_command(kam: Run) -> None:
    """The help, and one line that says that something is missing."""
    code, out, err = kam()
    assert code == 2
    assert "check" in out
    assert err.count("\n") == 1


def test_no_records_anywhere(kam: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither here nor in a parent."""
    monkeypatch.chdir(tmp_path)
    code, out, err = kam("check", *DAYS)
    assert (code, out) == (2, "")
    assert "--records" in err


# Where the records are, and where results go


def test_records_are_found_in_a_parent(kam: Run, company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """`records` of the working folder, or of the nearest parent that has one."""
    root = company(AN_ERROR)
    monkeypatch.chdir(root.parent)
    assert kam("check", *DAYS)[0] == 1
    monkeypatch.chdir(root / "clients" / "hengda-steel")
    code, out, _ = kam("check", *DAYS)
    assert code == 1
    assert out.startswith(f"records/{VISIT}:")


def test_nearest_records_win(kam: Run, company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second company inside the first one's project."""
    root = company(AN_ERROR)
    inner = root.parent / "inner"
    inner.mkdir()
    lay_out(inner)
    monkeypatch.chdir(inner)
    assert kam("check", *DAYS)[0] == 0


def test_paths_begin_with_the_folder_s_name(kam: Run, company: Company) -> None:
    """Whatever it is called."""
    root = company(AN_ERROR)
    renamed = root.rename(root.parent / "客户 记录")
    assert kam("check", "--records", str(renamed), *DAYS)[1].startswith(f"客户 记录/{VISIT}:8:1: ")


def test_output_goes_to_a_file(kam: Run, tmp_path: Path) -> None:
    """The same bytes as on the screen; nothing on standard output."""
    file = tmp_path / "结果.json"
    file.write_text("old", encoding="utf-8")
    shown = kam("check", *BASE_RECORDS, *DAYS, "--format", "json")[1]
    code, out, err = kam("check", *BASE_RECORDS, *DAYS, "--format", "json", "--output", str(file))
    assert (code, out) == (0, "")
    assert err.count("\n") == 1
    assert file.read_bytes() == shown.encode()
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_output_is_whole_or_not_at_all(kam: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it cannot be written the old file stands, and nothing is left beside it."""
    file = tmp_path / "due.csv"
    file.write_text("old", encoding="utf-8")

    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    code, out, err = kam("due", *BASE_RECORDS, *DAYS, "--format", "csv", "--output", str(file))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert file.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_failing_run_leaves_the_output_alone(kam: Run, tmp_path: Path) -> None:
    """What could not be judged overwrites nothing."""
    file = tmp_path / "due.json"
    file.write_text("old", encoding="utf-8")
    assert kam("due", *BASE_RECORDS, *DAYS, "--client", "nobody", "--output", str(file))[0] == 2
    assert file.read_text(encoding="utf-8") == "old"


def test_output_onto_a_folder(kam: Run, tmp_path: Path) -> None:
    """One line, and the folder stays empty."""
    assert kam("due", *BASE_RECORDS, *DAYS, "--output", str(tmp_path))[0] == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_output_goes_where_it_is_sent(kam: Run, tmp_path: Path) -> None:
    """A device is no file to be replaced, and a link stays one."""
    said = kam("due", *BASE_RECORDS, *DAYS)[1]
    pipe, link, file = tmp_path / "pipe", tmp_path / "link", tmp_path / "kept" / "due.txt"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert kam("due", *BASE_RECORDS, *DAYS, "--output", str(pipe))[0] == 0
    assert os.read(reading, len(said.encode()) + 1).decode() == said
    os.close(reading)
    assert pipe.is_fifo()
    file.parent.mkdir()
    link.symlink_to(file)
    for _ in range(2):
        assert kam("due", *BASE_RECORDS, *DAYS, "--output", str(link))[0] == 0
        assert link.is_symlink()
        assert file.read_text("utf-8") == said


def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes standard output and error a terminal."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)


@pytest.mark.parametrize("command", ["check", "due"])
def test_colour_on_a_terminal_alone(
    kam: Run, company: Company, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    """Never in a pipe, never into a file, never with NO_COLOR."""
    arguments = (command, "--records", str(company(AN_ERROR)), *DAYS)
    monkeypatch.delenv("NO_COLOR", raising=False)
    plain = kam(*arguments)[1]
    assert "\x1b" not in plain
    terminal(monkeypatch)
    coloured = kam(*arguments)[1]
    assert "\x1b[" in coloured
    file = tmp_path / "result.txt"
    kam(*arguments, "--output", str(file))
    assert file.read_text(encoding="utf-8") == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert kam(*arguments)[1] == plain


def test_names_cannot_steer_a_terminal(kam: Run, company: Company) -> None:
    """Escape sequences in file names are shown, not obeyed."""
    if os.name == "nt":
        pytest.skip("no such names there")
    root = company({"clients/hengda-steel/\x1b[2J.yml": "x"})
    assert "\x1b" not in kam("check", "--records", str(root), *DAYS)[1]


# Days


def test_days_default_to_the_clock(kam: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """today is the clock's day, as-of is today."""
    monkeypatch.setattr(common, "current_day", lambda: date(2026, 6, 15))
    document = json.loads(kam("check", *BASE_RECORDS, "--format", "json")[1])
    assert (document["as_of"], document["today"]) == ("2026-06-15", "2026-06-15")
    document = json.loads(kam("check", *BASE_RECORDS, "--today", "2026-07-01", "--format", "json")[1])
    assert (document["as_of"], document["today"]) == ("2026-07-01", "2026-07-01")
    document = json.loads(kam("check", *BASE_RECORDS, "--as-of", "2026-03-01", "--format", "json")[1])
    assert (document["as_of"], document["today"]) == ("2026-03-01", "2026-06-15")


def test_past_day_comes_with_a_note(kam: Run) -> None:
    """Today's files are judged; the note says so on standard error, in the text alone."""
    past = ("--as-of", "2026-03-31", "--today", str(BASE_DAY))
    assert "2026-03-31" in kam("check", *BASE_RECORDS, *past)[2]
    assert kam("check", *BASE_RECORDS, *past, "--format", "json")[2] == ""
    assert kam("check", *BASE_RECORDS, *DAYS)[2] == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--format", "text"),
        ("check", "--format", "json"),
        ("check", "--format", "github"),
        ("due", "--all", "--format", "text"),
        ("due", "--all", "--format", "json"),
        ("due", "--all", "--format", "csv"),
    ],
    ids=" ".join,
)
def test_same_bytes_twice(kam: Run, company: Company, arguments: tuple[str, ...]) -> None:
    """Two runs on the same files, as of the same day and today."""
    command = (*arguments, "--records", str(company(AN_ERROR)), *DAYS)
    assert kam(*command) == kam(*command)


def test_as_a_process(company: Company) -> None:
    """The exit code and the encoding reach a shell, whatever its locale."""
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", "check", "--records", str(company(AN_ERROR)), *DAYS],
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 1
    assert "客户服务工作缺少" in done.stdout.decode()
    assert done.stderr == b""


def test_unexpected_error_is_one_line_too(kam: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program's own is told in a line, with the way to its details, and ends with 2."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("第一行\n第二行")

    monkeypatch.setattr("generator.commands.checking.run", broken)
    code, out, err = kam("check", *BASE_RECORDS)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "RuntimeError" in err
    assert "KAM_DEBUG=1" in err
    monkeypatch.setenv("KAM_DEBUG", "1")
    with pytest.raises(RuntimeError):
        kam("check", *BASE_RECORDS)
