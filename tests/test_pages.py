"""Runs the examples of the rule pages; guards that the catalogue, its pages and cases are complete."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.obligations.kinds import ObligationKind, Status
from generator.rules import catalogue
from generator.rules.catalogue import RULES
from tests.cases_runner import CASES, BadCase, Case, changes_of, lay_out, load_cases, run_at, seen
from tests.pages_reader import KIND_TITLES, RULE_TITLES, Part, read_page

TESTS = Path(__file__).parent
GENERATOR = Path(catalogue.__file__).parents[1]
RULE_PAGES = GENERATOR / "rules" / "pages"
KIND_PAGES = GENERATOR / "obligations" / "pages"
FAMILIES = "FSRGTPAQVYKDWXI"
"""The order of rules.md."""
PYTHON_ONLY = {rule.code for rule in catalogue.RUN}
"""About the run itself or the history: no file breaks them, so a Python test has to."""


def pages(folder: Path) -> list[Path]:
    """The pages that there are."""
    return sorted(folder.glob("*.md"))


@pytest.mark.parametrize("file", pages(RULE_PAGES), ids=lambda file: file.stem)
def test_rule_page(file: Path, tmp_path: Path) -> None:
    """The bad example breaks the rule where it is marked, and nowhere else; the good one breaks none."""
    parts = read_page(file, RULE_TITLES)
    bad, good = parts["错误的例子"], parts["正确的例子"]
    assert bad.files or bad.shown, "the page has no bad example"
    assert bool(bad.files) == bool(good.files), "one of the two examples is run, the other is not"
    if not bad.files:
        return
    result = run_at(lay_out(tmp_path / "bad", bad.files), bad.as_of)
    raised = {
        (f.path.removeprefix("records/"), f.line, f.code) for f in result.findings if f.code == file.stem
    }
    assert bad.marks, "no line of the bad example is marked"
    assert raised == bad.marks
    assert not good.marks, "the good example is marked"
    left = run_at(lay_out(tmp_path / "good", good.files), good.as_of).findings
    assert [f"{seen(f)} {f.message}" for f in left if not f.waived] == []


@pytest.mark.parametrize("file", pages(KIND_PAGES), ids=lambda file: file.stem)
def test_obligation_page(file: Path, tmp_path: Path) -> None:
    """What the example shows is overdue in it: of its client, or of the company."""
    example = read_page(file, KIND_TITLES)["什么时候算逾期的例子"]
    if not example.files:
        return
    result = run_at(lay_out(tmp_path, example.files), example.as_of)
    clients = _clients(example)
    overdue = [
        one
        for one in result.obligations
        if one.kind == file.stem
        and one.status is Status.OVERDUE
        and (one.client is None or one.client in clients)
    ]
    assert overdue, f"no {file.stem} of {sorted(clients) or 'the company'} is overdue on {example.as_of}"


def _clients(example: Part) -> set[str]:
    return {path.split("/")[1] for path in example.files if path.startswith("clients/")}


def test_codes_are_unique_and_in_order() -> None:
    """By family as in rules.md, then by number."""
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes), key=lambda code: (FAMILIES.index(code[0]), code))


def test_nothing_is_missing() -> None:
    """Every code has a page, a breaking and a passing case; every kind of obligation a page and cases."""
    missing = [*_missing_of_rules(), *_missing_of_kinds(), *_out_of_place()]
    if missing:
        pytest.fail("\n".join([f"{len(missing)} missing:", *missing]), pytrace=False)


def _missing_of_rules() -> Iterator[str]:
    by_file: dict[str, list[Case]] = {}
    for case in load_cases():
        if case.file.parent == CASES:
            by_file.setdefault(case.file.stem, []).append(case)
    python = "".join(file.read_text(encoding="utf-8") for file in TESTS.rglob("test_*.py"))
    for rule in RULES:
        if not (RULE_PAGES / f"{rule.code}.md").is_file():
            yield f"{rule.code}: page generator/rules/pages/{rule.code}.md"
        if rule.code in PYTHON_ONLY:
            if f'"{rule.code}"' not in python:
                yield f"{rule.code}: a Python test that names it"
            continue
        breaks = [_expects(case, rule.code) for case in by_file.get(rule.code, ())]
        if True not in breaks:
            yield f"{rule.code}: breaking case in tests/cases/{rule.code}.yml"
        if False not in breaks:
            yield f"{rule.code}: passing case in tests/cases/{rule.code}.yml"


def _expects(case: Case, code: str) -> bool | None:
    """Whether a case expects a code; None where it cannot be read (its own test says so)."""
    try:
        _, expected = changes_of(case)
    except (BadCase, ValueError, OSError):
        return None
    return any(one.code == code for one in expected)


def _missing_of_kinds() -> Iterator[str]:
    for kind in ObligationKind:
        if not (KIND_PAGES / f"{kind}.md").is_file():
            yield f"{kind}: page generator/obligations/pages/{kind}.md"
        if not (CASES / "obligations" / f"{kind}.yml").is_file():
            yield f"{kind}: cases in tests/cases/obligations/{kind}.yml"


def _out_of_place() -> Iterator[str]:
    """Pages and case files that belong to no code and no kind."""
    codes, kinds = {rule.code for rule in RULES}, set(ObligationKind)
    for file in [*pages(RULE_PAGES), *CASES.glob("*.yml")]:
        if file.stem not in codes:
            yield f"{file.name}: there is no such rule"
    for file in [*pages(KIND_PAGES), *(CASES / "obligations").glob("*.yml")]:
        if file.stem not in kinds:
            yield f"{file.name}: there is no such kind of obligation"
