"""`kam build` and `kam serve`: the site, whole or not at all; and live while records are written."""

import re
from datetime import date
from pathlib import Path

import click

from generator.commands import common
from generator.exports.lines import printable
from generator.pipeline import CannotJudge

_MOST_SHOWN = 20
"""How many files that differ are named."""


@click.command(short_help="生成内网网站。")
@common.records_option
@common.day_options
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    help="网站写到哪里；默认是 mkdocs.yml（没有就是 records）旁边的 site。",
)
@click.option("--strict", is_flag=True, help="有警告即失败。")
@click.option("--fresh-pages", is_flag=True, help="不沿用上次网站中没有变化的页面，全部重新生成。")
@click.option("--verify", is_flag=True, help="不写网站：从头再生成一遍，核对已有的网站是否一字节不差。")
@common.cache_option
def build(
    records: Path | None,
    as_of: date | None,
    today: date | None,
    site_dir: Path | None,
    strict: bool,
    fresh_pages: bool,
    verify: bool,
    no_cache: bool,
) -> int:
    """生成整个网站；失败时原来的网站保持不变。"""
    if verify:
        return _verified(records, as_of, today, site_dir)
    from generator.site.build import build_site

    site = build_site(
        records, as_of, today, site_dir, strict=strict, fresh_pages=fresh_pages, cached=not no_cache
    )
    click.echo(f"网站已写好：{printable(str(site))}")
    return 0


def _verified(records: Path | None, as_of: date | None, today: date | None, site_dir: Path | None) -> int:
    from generator.site.verify import differences

    found = differences(records, as_of, today, site_dir)
    for one in found[:_MOST_SHOWN]:
        click.echo(f"{one.how}：{printable(one.path)}")
    if len(found) > _MOST_SHOWN:
        click.echo(f"……另有 {len(found) - _MOST_SHOWN} 个文件。")
    click.echo(f"网站与记录不符：{len(found)} 个文件。" if found else "网站与记录相符，一字节不差。")
    return int(bool(found))


@click.command(short_help="在本机预览网站，保存记录即刷新。")
@common.records_option
@common.day_options
@click.option("--addr", default="127.0.0.1:8000", metavar="地址:端口", help="默认 127.0.0.1:8000。")
def serve(records: Path | None, as_of: date | None, today: date | None, addr: str) -> int:
    """在本机预览网站；保存记录后页面自动刷新，按 Ctrl+C 结束。"""
    from generator.site.serve import serve_site

    found = re.fullmatch(r"(.+):([0-9]{1,5})", addr)
    if not found or int(found[2]) > 65535:
        raise CannotJudge(f"“{addr}”不是 地址:端口；请写成如 127.0.0.1:8000。")
    serve_site(records, as_of, today, found[1], int(found[2]))
    return 0
