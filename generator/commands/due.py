"""`kam due`: who owes what by when."""

from datetime import date
from pathlib import Path

import click

from generator.commands import common
from generator.exports import due_csv, due_json, due_text
from generator.obligations.kinds import ObligationKind, Status
from generator.obligations.obligation import Obligation
from generator.obligations.selection import Selection, select
from generator.pipeline import CannotJudge, Result, run
from generator.root import find_records


@click.command(short_help="列出应办事项：逾期的和即将到期的。")
@common.records_option
@common.day_options
@click.option("--all", "everything", is_flag=True, help="连未到期和已完成的一起列出。")
@click.option("--kind", metavar="种类", help="只看一种应办事项，如 quarterly-report 或 季度分析报告。")
@click.option("--client", metavar="客户", help="只看一个客户（编号或名称）。")
@click.option("--person", metavar="人员", help="只看一个人负责的（编号或姓名）。")
@click.option("--unit", metavar="单位", help="只看一个单位的（编号或名称）。")
@click.option("--by-person", is_flag=True, help="按负责人分开列出（文本格式）。")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="输出格式。"
)
@click.option("--fail-on-overdue", is_flag=True, help="有逾期时退出码为 1。")
@common.cache_option
@common.output_option
def due(
    records: Path | None,
    as_of: date | None,
    today: date | None,
    everything: bool,
    kind: str | None,
    client: str | None,
    person: str | None,
    unit: str | None,
    by_person: bool,
    form: str,
    fail_on_overdue: bool,
    no_cache: bool,
    output: Path | None,
) -> int:
    """列出应办事项，逾期的在前；默认只列逾期和即将到期的。

    退出码：0 正常；1 有逾期（加了 --fail-on-overdue 时），或名册无法读取；2 无法判断。
    """
    root = find_records(records)
    day, now = common.days(as_of, today)
    result = run(root, day, now, progress=common.progress(), cached=not no_cache)
    wanted = Selection(
        everything,
        _kind(kind),
        _one("客户", client, {c.id: c.name for c in result.world.briefs.values()}),
        _one("人员", person, {p: result.world.company.person_name(p) for p in result.world.company.people}),
        _one("单位", unit, {u.id: u.name for u in result.world.company.units.values()}),
    )
    chosen = list(select(result.world, result.obligations, wanted))
    common.put(_render(form, result, chosen, output, by_person), output)
    if form == "text":
        common.past_note(day, now)
    if not result.judged:
        return 1
    overdue = any(one.status is Status.OVERDUE for one in chosen)
    return 1 if fail_on_overdue and overdue else 0


def _render(form: str, result: Result, chosen: list[Obligation], output: Path | None, by_person: bool) -> str:
    if form == "json":
        return due_json.render(result, chosen)
    if form == "csv":
        return due_csv.render(result, chosen)
    return due_text.render(result, chosen, common.style(output), by_person=by_person)


def _kind(typed: str | None) -> ObligationKind | None:
    if typed is None:
        return None
    for kind in ObligationKind:
        if typed in (kind.value, kind.label):
            return kind
    known = "、".join(f"{kind.value}（{kind.label}）" for kind in ObligationKind)
    raise CannotJudge(f"没有应办事项“{typed}”；可用：{known}。")


def _one(what: str, typed: str | None, names: dict[str, str]) -> str | None:
    """The id that was typed, or the one so called."""
    if typed is None or typed in names:
        return typed
    found = [id_ for id_, name in names.items() if name == typed]
    if len(found) == 1:
        return found[0]
    if found:
        raise CannotJudge(f"有多个{what}叫“{typed}”；请用编号：{'、'.join(found)}。")
    raise CannotJudge(f"没有{what}“{typed}”；请核对编号或名称。")
