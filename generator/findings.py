"""A finding (检查问题): one thing that a record says against the format or a clause."""

from dataclasses import dataclass, replace
from enum import StrEnum

Path = tuple[str | int, ...]
"""Where a value stands inside a record: Chinese keys and list places, from the outside in."""


class Severity(StrEnum):
    """How grave a finding is; the policy's must is an error, its usual and may a warning."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One thing wrong, at its place. Lines and columns count from 1, columns in code points.

    The order of the fields is the order of every list of findings (interfaces.md).
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    severity: Severity
    clause: str | None = None
    client: str | None = None
    waived: bool = False

    def with_message(self, message: str) -> "Finding":
        """The same finding in other words."""
        return replace(self, message=message)

    def as_waived(self) -> "Finding":
        """The same finding, taken out of the failing ones by a waiver."""
        return replace(self, waived=True)
