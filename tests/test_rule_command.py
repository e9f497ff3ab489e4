"""What `kam rule` explains: every rule, every kind, every clause."""

import pytest

from generator.obligations.kinds import ObligationKind
from generator.policy.clauses import CLAUSES
from generator.rules.catalogue import RULES
from generator.rules.coverage import covered_by
from tests.commands import Run

# kam rule


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_every_rule_is_explained(kam: Run, code: str) -> None:
    """Title, severity, whether it can be waived, clause."""
    status, out, err = kam("rule", code.lower())
    assert (status, err) == (0, "")
    assert out.startswith(f"{code} ")
    assert "级别：" in out
    assert "依据：" in out


@pytest.mark.parametrize("kind", list(ObligationKind))
def test_every_kind_is_explained(kam: Run, kind: ObligationKind) -> None:
    """By its id and by what staff call it, with its page."""
    status, out, _ = kam("rule", kind.value)
    assert status == 0
    assert out == kam("rule", kind.label)[1]
    for title in ("## 要什么", "## 为什么", "## 怎么办"):
        assert title in out


def test_all_rules_and_kinds_are_listed(kam: Run) -> None:
    """Without a name."""
    out = kam("rule")[1]
    assert all(f"\n{rule.code}  " in out for rule in RULES)
    assert all(f"\n{kind.value}  " in out for kind in ObligationKind)


def test_every_clause_is_covered(kam: Run) -> None:
    """By a rule, a kind of obligation, the form of a record, or by people, who are named."""
    assert [one.clause.id for one in covered_by() if not one.is_covered] == []
    out = kam("rule", "--clauses")[1]
    assert all(f"{clause.name}（" in out for clause in CLAUSES)
    assert "落实：\n" not in out


def test_every_clause_that_is_cited_exists() -> None:
    """A rule or a kind cannot stand for a clause that the policy has not."""
    known = {clause.id for clause in CLAUSES}
    assert {rule.clause for rule in RULES if rule.clause} <= known
    assert {kind.about.clause for kind in ObligationKind} <= known
