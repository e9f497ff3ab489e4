"""What `kam check` does: judge, choose, print, and tell whether it fails."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.commands import common
from generator.exports import check_github, check_json, check_text
from generator.findings import Finding, Severity
from generator.judging.begun import Begun
from generator.pipeline import Result, run
from generator.refusal import CannotJudge
from generator.rules.catalogue import RULES
from generator.since import brought_in, shallow_finding


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for beside the days."""

    form: str
    since: str | None
    all_years: bool
    select: tuple[str, ...] | None
    """Codes or beginnings of codes; None for all."""
    ignore: tuple[str, ...] | None
    fail_on: str


def run_check(
    root: Path,
    days: tuple[date, date],
    wanted: Wanted,
    output: Path | None,
    *,
    cached: bool,
    already: Begun | None,
) -> int:
    """Check a records folder as of a day and today; the exit code. Raises CannotJudge."""
    all_years = wanted.all_years
    result = run(
        root,
        *days,
        all_years=all_years,
        progress=common.progress(),
        cached=cached,
        keep_owed=False,
        already=already,
    )
    findings = list(result.findings)
    failing: frozenset[Finding] | None = None
    if wanted.since is not None:
        failing = brought_in(root, result, wanted.since, all_years=all_years)
        shallow = shallow_finding(root)
        findings = sorted([*findings, *([shallow] if shallow else [])])
    shown = [finding for finding in findings if _chosen(finding.code, wanted.select, wanted.ignore or ())]
    common.put(_render(wanted.form, result, shown, root, output, failing), output)
    if wanted.form == "text":
        common.past_note(*days)
    counted = [finding for finding in shown if failing is None or finding in failing]
    return 1 if any(_fails(finding, wanted.fail_on) for finding in counted) else 0


def _render(
    form: str,
    result: Result,
    findings: list[Finding],
    root: Path,
    output: Path | None,
    failing: frozenset[Finding] | None,
) -> str:
    if form == "json":
        return check_json.render(result, findings)
    if form == "github":
        return check_github.render(result, findings, failing)
    return check_text.render(result, findings, root, common.style(output), failing)


def codes(typed: str | None) -> tuple[str, ...] | None:
    """The codes or beginnings of codes that an option names."""
    if typed is None:
        return None
    found = tuple(code.strip().upper() for code in typed.replace("，", ",").split(",") if code.strip())
    for code in found:
        if not any(rule.code.startswith(code) for rule in RULES):
            raise CannotJudge(f"没有规则“{code}”；用 kam rule 可列出全部规则。")
    return found


def _chosen(code: str, select: tuple[str, ...] | None, ignore: tuple[str, ...]) -> bool:
    return (select is None or code.startswith(select)) and not (ignore and code.startswith(ignore))


def _fails(finding: Finding, fail_on: str) -> bool:
    if finding.waived or fail_on == "never":
        return False
    return fail_on == "warning" or finding.severity is Severity.ERROR
