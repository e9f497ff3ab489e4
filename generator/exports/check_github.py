"""`kam check --format github`: workflow commands that become annotations on the lines."""

from collections.abc import Sequence

from generator.exports.lines import printable
from generator.findings import Finding, Severity
from generator.pipeline import Result
from generator.rules.judge import title


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def render(result: Result, findings: Sequence[Finding], failing: frozenset[Finding] | None = None) -> str:
    """One line a finding; what is waived, or was there before with --since, is only a notice."""
    return "".join(_line(finding, failing) for finding in findings)


def _line(finding: Finding, failing: frozenset[Finding] | None) -> str:
    level = "error" if finding.severity is Severity.ERROR else "warning"
    mark = ""
    if finding.waived:
        level, mark = "notice", "（已豁免）"
    elif failing is not None and finding not in failing:
        level, mark = "notice", "（原有）"
    name = _property(f"{finding.code} {title(finding.code)}{mark}")
    place = f"file={_property(finding.path)},line={finding.line},col={finding.column}"
    return f"::{level} {place},title={name}::{_data(finding.message)}\n"
