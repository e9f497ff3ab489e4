"""`kam check`: what is wrong, on which lines."""

from datetime import date
from pathlib import Path

import click

from generator.commands import common
from generator.exports import check_github, check_json, check_text
from generator.findings import Finding, Severity
from generator.pipeline import CannotJudge, Result, run
from generator.rules.catalogue import RULES
from generator.since import brought_in, shallow_finding


@click.command(short_help="检查记录：哪里不对，怎么改。")
@common.records_option
@common.day_options
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="输出格式。"
)
@click.option("--since", metavar="版本", help="列出全部问题，但只因该版本以来的改动带来或涉及的问题而失败。")
@click.option("--all-years", is_flag=True, help="连已结束的年度一起按制度判断。")
@click.option("--select", metavar="编号", help="只看这些规则，如 V104 或 V,T120。")
@click.option("--ignore", metavar="编号", help="不看这些规则。")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]), default="error", help="到什么程度算失败。"
)
@common.cache_option
@common.output_option
def check(
    records: Path | None,
    as_of: date | None,
    today: date | None,
    form: str,
    since: str | None,
    all_years: bool,
    select: str | None,
    ignore: str | None,
    fail_on: str,
    no_cache: bool,
    output: Path | None,
) -> int:
    """检查全部记录，逐条说明哪一行不对、依据哪一条、怎么改。

    退出码：0 没有达到失败程度的问题；1 有；2 无法检查。
    """
    wanted, unwanted = _codes(select), _codes(ignore) or ()
    root = common.find_records(records)
    day, now = common.days(as_of, today)
    result = run(root, day, now, all_years=all_years, progress=common.progress(), cached=not no_cache)
    findings = list(result.findings)
    failing: frozenset[Finding] | None = None
    if since is not None:
        failing = brought_in(root, result, since, all_years=all_years)
        shallow = shallow_finding(root)
        findings = sorted([*findings, *([shallow] if shallow else [])])
    shown = [finding for finding in findings if _chosen(finding.code, wanted, unwanted)]
    common.put(_render(form, result, shown, root, output, failing), output)
    if form == "text":
        common.past_note(day, now)
    counted = [finding for finding in shown if failing is None or finding in failing]
    return 1 if any(_fails(finding, fail_on) for finding in counted) else 0


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


def _codes(typed: str | None) -> tuple[str, ...] | None:
    """The codes or beginnings of codes that an option names."""
    if typed is None:
        return None
    codes = tuple(code.strip().upper() for code in typed.replace("，", ",").split(",") if code.strip())
    for code in codes:
        if not any(rule.code.startswith(code) for rule in RULES):
            raise CannotJudge(f"没有规则“{code}”；用 kam rule 可列出全部规则。")
    return codes


def _chosen(code: str, select: tuple[str, ...] | None, ignore: tuple[str, ...]) -> bool:
    return (select is None or code.startswith(select)) and not (ignore and code.startswith(ignore))


def _fails(finding: Finding, fail_on: str) -> bool:
    if finding.waived or fail_on == "never":
        return False
    return fail_on == "warning" or finding.severity is Severity.ERROR
