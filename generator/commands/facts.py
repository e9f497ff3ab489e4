"""`kam facts`: what this repository tells the overview of several, as JSON."""

from datetime import date
from pathlib import Path

import click

from generator.commands import common
from generator.commands.asking import visible
from generator.exports import facts_json
from generator.exports.facts_shape import is_site_address
from generator.pipeline import CannotJudge, run
from generator.root import find_records
from generator.site import addresses

_LONGEST = 200


@click.command(short_help="导出汇总数据，供 kam overview 合并成各单位总览。")
@common.records_option
@common.day_options
@click.option("--name", metavar="名称", help="本单位的名称；默认是 records 所在文件夹的名字。")
@click.option("--site", metavar="网址", help="本单位网站的网址；总览页由此链接到各页。")
@common.cache_option
@common.output_option
def facts(
    records: Path | None,
    as_of: date | None,
    today: date | None,
    name: str | None,
    site: str | None,
    no_cache: bool,
    output: Path | None,
) -> int:
    """导出本记录库的汇总数据（JSON）：各项数量、客户，以及逾期和即将到期的事项。

    几家单位各有一个记录库时，各自导出，再用 kam overview 合并成一个总览网站。

    退出码：0 正常；1 名册无法读取（数据照样写出，并注明没有判断）；2 无法判断。
    """
    if site is not None and not is_site_address(site):
        raise CannotJudge(
            f"--site “{visible(site)}”不是网址；请写成如 https://intranet.example.com/steel/，"
            "或相对于总览网站的地址，如 ../steel/。"
        )
    root = find_records(records)
    called = _name(name, root)
    day, now = common.days(as_of, today)
    result = run(root, day, now, progress=common.progress(), cached=not no_cache, keep_records=not no_cache)
    common.put(facts_json.render(result, called, site, addresses), output)
    return 0 if result.judged else 1


def _name(typed: str | None, root: Path) -> str:
    """What the repository is called: as typed, else as its folder."""
    name = visible(typed if typed is not None else root.parent.name or root.name).strip()
    if not name:
        raise CannotJudge("--name 是空的；请写明名称，或去掉 --name。")
    if len(name) > _LONGEST:
        raise CannotJudge(f"--name 有 {len(name)} 字，最多 {_LONGEST} 字；请改短。")
    return name
