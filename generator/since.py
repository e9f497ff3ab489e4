"""What a proposal brought in: the findings now against those of where it began, as of the same day."""

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from generator.findings import Finding, Severity
from generator.pipeline import CannotJudge, Result, run
from generator.reading.git import GitError, Repository


def brought_in(root: Path, result: Result, revision: str, *, all_years: bool = False) -> frozenset[Finding]:
    """The findings that count for a change since `revision`: new ones, and those in files it touches.

    Raises CannotJudge where Git cannot answer.
    """
    try:
        repository = Repository(root)
        commit = repository.base(revision)
        touched = repository.touched(commit)
        with tempfile.TemporaryDirectory(prefix="kam-") as folder:
            before_root = repository.write_state(commit, Path(folder))
            before = _findings(before_root, result.as_of, result.today, all_years=all_years)
    except GitError as error:
        raise CannotJudge(str(error)) from error
    return frozenset(_new(result.findings, before)) | frozenset(
        finding for finding in result.findings if finding.path in touched
    )


def shallow_finding(root: Path) -> Finding | None:
    """I001 where the clone is shallow, so that the checks of history are not done."""
    try:
        if not Repository(root).is_shallow:
            return None
    except GitError as error:
        raise CannotJudge(str(error)) from error
    message = (
        "仓库是浅克隆，历史不完整，没有检查历史；请执行 git fetch --unshallow（流水线中设 fetch-depth: 0）。"
    )
    return Finding(root.name, 1, 1, "I001", message, Severity.WARNING)


def _findings(root: Path | None, as_of: date, today: date, *, all_years: bool) -> tuple[Finding, ...]:
    """The findings of the earlier state; none where it could not be judged at all."""
    if root is None:
        return ()
    try:
        return run(root, as_of, today, all_years=all_years).findings
    except CannotJudge:
        return ()


def _new(now: tuple[Finding, ...], before: tuple[Finding, ...]) -> list[Finding]:
    """The findings that were not there before: first matched by their words, then by code and file.

    A line may have moved, and a count in a message may have changed, without anything new.
    """
    same = Counter((one.path, one.code, one.message, one.severity) for one in before)
    left = []
    for one in now:
        key = (one.path, one.code, one.message, one.severity)
        if same[key]:
            same[key] -= 1
        else:
            left.append(one)
    loose: Counter[tuple[str, str, Severity]] = Counter()
    for (path, code, _, severity), count in same.items():
        loose[path, code, severity] += count
    new = []
    for one in left:
        if loose[one.path, one.code, one.severity]:
            loose[one.path, one.code, one.severity] -= 1
        else:
            new.append(one)
    return new
