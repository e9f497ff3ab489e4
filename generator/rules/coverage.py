"""Which rules and kinds of obligations stand for which clause: a table made from the code."""

from dataclasses import dataclass

from generator.obligations.kinds import ObligationKind
from generator.policy.clauses import CLAUSES, Clause
from generator.rules.catalogue import RULES
from generator.rules.rule import Rule

_BY_FORM = {"A1": ("S001", "S003", "S004"), "A2": ("S001", "S005", "S006")}
"""The annexes are forms: what reading a record asks for is what they want."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A clause, and what covers it."""

    clause: Clause
    rules: tuple[Rule, ...]
    kinds: tuple[ObligationKind, ...]
    by_form: tuple[str, ...]

    @property
    def is_covered(self) -> bool:
        """Whether a rule, an obligation, a form or people stand for the clause."""
        return bool(self.rules or self.kinds or self.by_form or self.clause.people)


def covered_by() -> tuple[Covered, ...]:
    """Every clause with what covers it, in the order of the policy."""
    return tuple(
        Covered(
            clause,
            tuple(rule for rule in RULES if rule.clause == clause.id),
            tuple(kind for kind in ObligationKind if kind.about.clause == clause.id),
            _BY_FORM.get(clause.id, ()),
        )
        for clause in CLAUSES
    )
