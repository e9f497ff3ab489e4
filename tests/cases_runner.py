"""Cases as data: a change to the small company, and what the engine must then say of it.

A case file is a list of cases; each is laid over `company/records` in a temporary folder and run
through the pipeline. An expectation at the end of a line (`# expect: V104`) is taken off before
the file is written, so that it can stand anywhere and the engine never sees it.
"""

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.findings import Finding, Severity
from generator.obligations.obligation import Obligation
from generator.pipeline import Result, run
from generator.rules.catalogue import BY_CODE

BASE = Path(__file__).parent / "company" / "records"
CASES = Path(__file__).parent / "cases"
BASE_DAY = date(2026, 6, 15)
"""The small company is written as of this day, and has no findings then."""

Changes = Mapping[str, str | bytes | None]
"""Whole files by their path below records/; None deletes."""

_KEYS = {"name", "as_of", "today", "files", "edit", "bytes", "expect", "obligations", "absent"}
_MARK = re.compile(r"[ \t]*# expect: ([^\r\n]+?)[ \t]*(?=\r?$)")
_LATE = "days_overdue"
_ROW = (*Obligation._fields, _LATE)
_KEY = ("kind", "client", "unit", "period", "number", "record")
"""The fields that say which obligation is meant."""


class BadCase(Exception):
    """A case or page that is not written in its format."""


class Expected(NamedTuple):
    """A finding as far as cases compare it; the path is below records/."""

    path: str
    line: int
    code: str
    severity: str
    waived: bool

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.code} {self.severity}{' waived' if self.waived else ''}"


@dataclass(frozen=True)
class Case:
    """One case of a file; `problem` says why it cannot be read, where it cannot."""

    file: Path
    number: int
    body: Mapping[str, Any]
    problem: str | None = None

    def __str__(self) -> str:
        return f"{self.file.relative_to(CASES).with_suffix('')}-{self.number}"


# Reading


class _Loader(yaml.SafeLoader):
    """Refuses a key twice: the first of two files would silently be lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise BadCase(f"line {node.start_mark.line + 1}: twice in one mapping: {', '.join(twice)}")
        return super().construct_mapping(node, deep)


def load_cases(folder: Path = CASES) -> list[Case]:
    """Every case; a file that cannot be read is one case, which fails."""
    return [case for file in sorted(folder.rglob("*.yml")) for case in _cases_of(file)]


def _cases_of(file: Path) -> list[Case]:
    try:
        bodies = yaml.load(file.read_text(encoding="utf-8"), _Loader)
        if not isinstance(bodies, list) or not all(isinstance(body, dict) for body in bodies):
            raise BadCase("a case file is a list of cases")
        names = [body.get("name") for body in bodies]
        if None in names or len(set(names)) < len(names):
            raise BadCase("each case needs a name of its own")
    except (yaml.YAMLError, ValueError, BadCase) as error:
        return [Case(file, 0, {}, str(error))]
    return [Case(file, number, body) for number, body in enumerate(bodies, start=1)]


def take_marks(text: str, mark: re.Pattern[str]) -> tuple[str, list[tuple[int, str]]]:
    """The text without the marks at its lines' ends, and the marks with their lines."""
    lines, found = text.split("\n"), []
    for at, line in enumerate(lines):
        if match := mark.search(line):
            lines[at] = line[: match.start()] + line[match.end() :]
            found.append((at + 1, match[1]))
    return "\n".join(lines), found


def changes_of(case: Case) -> tuple[dict[str, str | bytes | None], set[Expected]]:
    """What a case changes, and all the findings that it expects."""
    if case.problem:
        raise BadCase(case.problem)
    if unknown := set(case.body) - _KEYS:
        raise BadCase(f"unknown: {', '.join(sorted(unknown))}")
    changes: dict[str, str | bytes | None] = {}
    expected = {_entry(entry) for entry in case.body.get("expect", ())}
    for path, typed in _typed_files(case):
        if path in changes:
            raise BadCase(f"{path} is changed in two places")
        if not isinstance(typed, str | bytes | None):
            raise BadCase(f"{path}: a text is wanted (after `|`)")
        changes[path] = typed
        if isinstance(typed, str):
            changes[path], marks = take_marks(typed, _MARK)
            expected.update(_finding(path, line, one) for line, text in marks for one in text.split(","))
    return changes, expected


def _typed_files(case: Case) -> Iterator[tuple[str, str | bytes | None]]:
    yield from case.body.get("files", {}).items()
    for path, typed in case.body.get("bytes", {}).items():
        yield path, _bytes(typed)
    for path, replacements in case.body.get("edit", {}).items():
        text = (BASE / path).read_text(encoding="utf-8")
        for old, new in replacements:
            if text.count(old) != 1:
                raise BadCase(f"{path}: “{old}” occurs {text.count(old)} times, not once")
            text = text.replace(old, new)
        yield path, text


def _bytes(typed: object) -> bytes:
    r"""`ff fe 41`, or a text with \xff; in YAML single quotes, because double ones make characters of it."""
    if not isinstance(typed, str) or re.search("[\x80-\xff]", typed):
        raise BadCase(r"bytes: give hexadecimal digits, or \x escapes, in single quotes")
    try:
        return bytes.fromhex(typed)
    except ValueError:
        return re.sub(rb"\\x([0-9a-fA-F]{2})", lambda m: bytes.fromhex(m[1].decode()), typed.encode())


def _entry(entry: Mapping[str, Any]) -> Expected:
    if set(entry) - {"path", "line", "code", "severity", "waived"} or not {"path", "code"} <= set(entry):
        raise BadCase(f"expect: {{path, line, code, severity ?, waived ?}} is wanted, not {dict(entry)}")
    code = entry["code"]
    severity = Severity(entry.get("severity", _own_severity(code)))
    return Expected(entry["path"], entry.get("line", 1), code, severity, entry.get("waived", False))


def _finding(path: str, line: int, text: str) -> Expected:
    """`V104`, `V104 warning`, `T120 waived` at the end of a line."""
    code, *words = text.split()
    if set(words) - {*Severity, "waived"}:
        raise BadCase(f"{path}:{line}: {text.strip()!r} is no expectation")
    severity = next((Severity(word) for word in words if word != "waived"), _own_severity(code))
    return Expected(path, line, code, severity, "waived" in words)


def _own_severity(code: str) -> Severity:
    if code not in BY_CODE:
        raise BadCase(f"there is no rule {code}")
    return BY_CODE[code].severity


# Running


def lay_out(folder: Path, changes: Changes = {}) -> Path:  # noqa: B006 (never written to)
    """A copy of the small company with changes, as `records` inside a folder."""
    root = folder / "records"
    shutil.copytree(BASE, root)
    for path, content in changes.items():
        file = root / path
        if content is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def run_at(root: Path, as_of: date, today: date | None = None) -> Result:
    """Judged as of a day; today is that day too, but not before the company's records were written."""
    return run(root, as_of, today or max(as_of, BASE_DAY))


def check_case(case: Case, folder: Path) -> list[str]:
    """What the engine says differently from the case, a line each; empty where they agree."""
    try:
        changes, expected = changes_of(case)
        root = lay_out(folder, changes)
    except (BadCase, ValueError, OSError) as error:
        return [f"this case is not written in the format: {error}"]
    result = run_at(root, case.body.get("as_of", BASE_DAY), case.body.get("today"))
    problems = compare_findings(result.findings, expected)
    rows = [_row(one, result.as_of) for one in result.obligations]
    problems += [line for given in case.body.get("obligations", ()) for line in _wants(rows, given)]
    problems += [line for given in case.body.get("absent", ()) for line in _wants_none(rows, given)]
    return problems


def compare_findings(findings: Iterable[Finding], expected: set[Expected]) -> list[str]:
    """The findings that are missing, and those that nobody expects."""
    found = {seen(finding): finding.message for finding in findings}
    missing = [f"missing:    {one}" for one in sorted(expected - set(found))]
    return missing + [f"unexpected: {one} {found[one]}" for one in sorted(set(found) - expected)]


def seen(finding: Finding) -> Expected:
    """A finding as cases compare it."""
    path = finding.path.removeprefix("records/")
    return Expected(path, finding.line, finding.code, finding.severity, finding.waived)


# Obligations


def _plain(name: str, value: Any) -> object:
    """A value as both sides write it: a year is a text, a day is ISO, a record's path is below records/."""
    match value:
        case date():
            return value.isoformat()
        case list() | tuple():
            return [_plain(name, one) for one in value]
        case Enum():
            return value.value
        case str() if name == "record":
            return value.removeprefix("records/")
        case int() if name == "period":
            return str(value)
    return value


def _row(obligation: Obligation, as_of: date) -> dict[str, object]:
    fields = obligation._asdict() | {_LATE: obligation.days_overdue(as_of)}
    return {name: _plain(name, value) for name, value in fields.items()}


def _given(typed: Mapping[str, Any]) -> dict[str, object]:
    return {name: _plain(name, value) for name, value in typed.items()}


def _agrees(row: Mapping[str, object], given: Mapping[str, object], names: Iterable[str]) -> bool:
    return all(row.get(name) == given[name] for name in names if name in given)


def _wants(rows: list[dict[str, object]], typed: Mapping[str, Any]) -> list[str]:
    """A partial row that must match exactly one."""
    given = _given(typed)
    if unknown := set(given) - set(_ROW):
        return [f"obligations: unknown: {', '.join(sorted(unknown))}"]
    meant = [row for row in rows if _agrees(row, given, _KEY)]
    matching = [row for row in meant if _agrees(row, given, given)]
    if len(matching) == 1:
        return []
    if matching:
        return [f"obligation {given}: {len(matching)} match, not one"]
    near = [f"  but: { {name: row[name] for name in given if row[name] != given[name]} }" for row in meant]
    return [f"obligation {given}: none matches", *near]


def _wants_none(rows: list[dict[str, object]], typed: Mapping[str, Any]) -> list[str]:
    given = _given(typed)
    if unknown := set(given) - set(_ROW):
        return [f"absent: unknown: {', '.join(sorted(unknown))}"]
    return [f"obligation {given} must not be there: {row}" for row in rows if _agrees(row, given, given)]
