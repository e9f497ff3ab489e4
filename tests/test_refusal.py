"""What the system refuses is told in Chinese."""

import errno
import os
from pathlib import Path

import pytest

from generator import refusal
from tests.commands import Run


@pytest.mark.parametrize("number", sorted(refusal._REASONS))
def test_a_reason_is_in_chinese(number: int) -> None:
    """Whatever language the system speaks."""
    told = refusal.reason(OSError(number, "in the system's words"))
    assert told.isascii() is False
    assert told[-1] not in "。；，"


def test_an_unknown_reason_is_in_the_words_of_the_system() -> None:
    """Better than none."""
    assert refusal.reason(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
    assert refusal.reason(TimeoutError()) == "TimeoutError"


def test_it_is_told_in_one_line(kam: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the file and what is wrong with it."""
    records = tmp_path / "records"
    assert kam("demo", "--clients", "1", "--out", str(tmp_path))[0] == 0

    def full(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    output = tmp_path / "due.csv"
    code, out, err = kam("due", "--records", str(records), "--format", "csv", "--output", str(output))
    assert (code, out) == (2, "")
    assert err == f"kam: 无法写入 {output}：磁盘已满。\n"
