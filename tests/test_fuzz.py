"""A few seconds of what `make fuzz` does for ten minutes; and all that ever failed there."""

from pathlib import Path

import pytest

from tests import fuzz

KEPT = sorted(file for file in fuzz.CORPUS.rglob("*") if file.is_file() and file.name != "README.md")


@pytest.mark.parametrize("file", KEPT, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_what_failed_once(file: Path) -> None:
    """It does not fail any more."""
    fuzz.TARGETS[file.parent.name](file.read_bytes())


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_a_few_seconds(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing fails."""
    monkeypatch.setattr(fuzz, "CORPUS", tmp_path)
    found = fuzz.fuzz(target, 3, seed=1)
    assert [file.read_bytes() for file in found] == []


def test_what_fails_is_found_and_made_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A target that cannot stand a sign: the input that is kept is that sign."""

    def fragile(data: bytes) -> None:
        if b"[" in data:
            raise ValueError

    monkeypatch.setattr(fuzz, "CORPUS", tmp_path)
    monkeypatch.setitem(fuzz.TARGETS, "fragile", fragile)
    (file,) = fuzz.fuzz("fragile", 2, seed=1)
    assert file.read_bytes() == b"["
