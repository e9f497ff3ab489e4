"""`kam check` as a person reads it: the line with a caret, what is wrong, the clause, the sums."""

from collections.abc import Callable, Sequence
from pathlib import Path

from generator.exports.lines import printable
from generator.exports.source import excerpt
from generator.findings import Finding, Severity
from generator.pipeline import Result
from generator.policy.clauses import BY_ID

Style = Callable[[str, str], str]
"""Colours a text: the text and the name of a colour."""

_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告"}


def plain(text: str, colour: str) -> str:
    """No colour at all."""
    return text


def render(
    result: Result,
    findings: Sequence[Finding],
    root: Path,
    style: Style = plain,
    failing: frozenset[Finding] | None = None,
) -> str:
    """All findings, then the sums. `failing` are those that count with --since; None: all do."""
    parts = [one(finding, root, style, failing) for finding in findings]
    return "\n".join([*parts, _summary(result, findings, style, failing)]) + "\n"


def one(finding: Finding, root: Path, style: Style = plain, failing: frozenset[Finding] | None = None) -> str:
    """One finding."""
    label = _LABELS[finding.severity]
    colour = "red" if finding.severity is Severity.ERROR else "yellow"
    if finding.waived:
        label, colour = f"{label}（已豁免）", "cyan"
    elif failing is not None and finding not in failing:
        label, colour = f"{label}（原有）", "cyan"
    where = f"{printable(finding.path)}:{finding.line}:{finding.column}"
    lines = [f"{style(where, 'bold')}: {style(label, colour)} {finding.code} {printable(finding.message)}"]
    shown = excerpt(root.parent / finding.path, finding.line, finding.column)
    if shown:
        number = str(finding.line)
        lines += [f"  {number} | {shown[0]}", f"  {' ' * len(number)} | {style(shown[1], colour)}"]
    clause = BY_ID.get(finding.clause or "")
    if clause:
        lines.append(f"  依据：{clause.name} {clause.text}")
    lines.append(f"  详细说明：kam rule {finding.code}")
    return "\n".join(lines) + "\n"


def _summary(
    result: Result, findings: Sequence[Finding], style: Style, failing: frozenset[Finding] | None
) -> str:
    counted = [finding for finding in findings if not finding.waived]
    errors = sum(finding.severity is Severity.ERROR for finding in counted)
    waived = len(findings) - len(counted)
    lines = [
        f"截至 {result.as_of}：检查了 {result.records} 份记录、{result.rules_run} 条规则，"
        f"发现 {style(f'错误 {errors} 项', 'red' if errors else 'green')}、"
        f"警告 {len(counted) - errors} 项，另有已豁免 {waived} 项。"
    ]
    if result.later:
        lines.append(f"有 {result.later} 份记录的日期在 {result.as_of} 之后，暂不按制度判断。")
    if failing is not None:
        lines.append(f"本次改动带来或涉及 {len(failing)} 项；标“原有”的不影响这次提交。")
    if not result.judged:
        lines.append(style("组织机构或人员名册无法读取，检查到此为止：制度规则和应办事项没有判断。", "red"))
    return "\n".join(lines)
