"""The threat model names tests; they are there."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
MODEL = (TESTS.parent / "docs" / "threat-model.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", MODEL)))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_is_there(file: str, name: str) -> None:
    """A function of that name, in that file."""
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_line_has_a_test() -> None:
    """Whatever must not happen, something shows that it does not."""
    rows = [line for line in MODEL.partition("## Pages")[2].splitlines() if line.startswith("| ")]
    rows = [row for row in rows if not row.startswith(("| what", "| ---"))]
    assert len(rows) > 25
    assert [row for row in rows if "::test_" not in row] == []
    assert len(NAMED) > 40
