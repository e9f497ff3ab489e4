"""`kam check --format json` (interfaces.md)."""

from collections.abc import Sequence

from generator.exports.lines import as_json
from generator.findings import Finding, Severity
from generator.pipeline import Result

VERSION = 1


def render(result: Result, findings: Sequence[Finding]) -> str:
    """The findings with their summary; waived ones are listed and not counted."""
    counted = [finding for finding in findings if not finding.waived]
    document = {
        "version": VERSION,
        "as_of": result.as_of.isoformat(),
        "today": result.today.isoformat(),
        "summary": {
            "records": result.records,
            "errors": sum(finding.severity is Severity.ERROR for finding in counted),
            "warnings": sum(finding.severity is Severity.WARNING for finding in counted),
            "waived": len(findings) - len(counted),
            "later": result.later,
        },
        "findings": [_row(finding) for finding in findings],
    }
    return as_json(document)


def _row(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "clause": finding.clause,
        "message": finding.message,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "client": finding.client,
        "waived": finding.waived,
    }
