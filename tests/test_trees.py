"""Runs the trees with right answers: those copied here always, the shared ones where they are there."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.exports import check_json, due_json
from generator.pipeline import run

TESTS = Path(__file__).parent
SHARED = TESTS.parents[1] / "shared" / "cases"
"""Beside the checkout: with the random trees, which are too large to be copied."""

COMPARED = ("code", "path", "line", "severity", "waived")

KNOWN: Mapping[str, frozenset[tuple[object, ...]]] = {}
"""What of a tree, by its name, contradicts the text of rules.md, and is compared neither way: findings by
COMPARED, obligations by kind, client, unit, period and number. Say beside each by which sentence."""


def _trees() -> list[Path]:
    folders = (TESTS / "trees", SHARED / "trees", SHARED / "random")
    return [case.parent for folder in folders for case in sorted(folder.glob("*/case.yml"))]


def _name(tree: Path) -> str:
    where = "" if TESTS in tree.parents else f"shared/{tree.parent.name}/"
    return f"{where}{tree.name}"


@pytest.mark.parametrize("tree", _trees(), ids=_name)
def test_tree(tree: Path) -> None:
    """Every obligation by all its fields and in order; findings as sets."""
    case = yaml.safe_load((tree / "case.yml").read_text(encoding="utf-8"))
    expected = json.loads((tree / "expected.json").read_text(encoding="utf-8"))
    result = run(tree / "records", case["as_of"], case["today"])
    findings = json.loads(check_json.render(result, result.findings))["findings"]
    obligations = json.loads(due_json.render(result, result.obligations))["obligations"]
    known = KNOWN.get(tree.name, frozenset())
    problems = [
        *_differ(_findings(expected["findings"]) - known, _findings(findings) - known),
        *_differ_in_order(_rows(expected["obligations"], known), _rows(obligations, known)),
    ]
    if problems:
        pytest.fail("\n".join([f"{_name(tree)}: {len(problems)} differ:", *problems[:40]]), pytrace=False)


def test_days_of_cases_are_days() -> None:
    """A day written as a text would silently be another kind of value."""
    for tree in _trees():
        case = yaml.safe_load((tree / "case.yml").read_text(encoding="utf-8"))
        assert type(case["as_of"]) is type(case["today"]) is date, tree


def _findings(rows: list[dict[str, object]]) -> set[tuple[object, ...]]:
    return {tuple(row[name] for name in COMPARED) for row in rows}


def _rows(rows: list[dict[str, object]], known: frozenset[tuple[object, ...]]) -> list[str]:
    key = ("kind", "client", "unit", "period", "number")
    return [
        json.dumps(row, ensure_ascii=False, sort_keys=True)
        for row in rows
        if tuple(row[name] for name in key) not in known
    ]


def _differ(expected: set[tuple[object, ...]], found: set[tuple[object, ...]]) -> Iterator[str]:
    yield from (f"missing finding:    {one}" for one in sorted(expected - found, key=str))
    yield from (f"unexpected finding: {one}" for one in sorted(found - expected, key=str))


def _differ_in_order(expected: list[str], found: list[str]) -> Iterator[str]:
    yield from (f"missing:    {one}" for one in expected if one not in set(found))
    yield from (f"unexpected: {one}" for one in found if one not in set(expected))
    if sorted(expected) == sorted(found) and expected != found:
        at = next(at for at, pair in enumerate(zip(expected, found, strict=True)) if pair[0] != pair[1])
        yield f"out of order from place {at + 1}: {found[at]}, not {expected[at]}"
    elif sorted(set(expected)) == sorted(set(found)) and len(expected) != len(found):
        yield f"{len(found)} obligations, not {len(expected)}: one is there twice"
