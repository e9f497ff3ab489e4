"""`kam check`: its options. What it does stands in checking.py."""

from contextlib import nullcontext
from datetime import date
from pathlib import Path

import click

from generator.commands import common
from generator.judging.begun import begun
from generator.root import find_records


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
    root = find_records(records)
    with nullcontext() if no_cache else begun(root) as already:
        # Loaded while Git looks at the disk: with 200,000 records either takes half a second.
        from generator.commands import checking

        days = common.days(as_of, today)
        wanted = checking.Wanted(
            form, since, all_years, checking.codes(select), checking.codes(ignore), fail_on
        )
        return checking.run_check(root, days, wanted, output, cached=not no_cache, already=already)
