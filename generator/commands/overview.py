"""`kam overview`: the facts of several repositories, joined into one site."""

from pathlib import Path

import click

from generator.commands.asking import visible
from generator.pipeline import CannotJudge


@click.command(short_help="把几个单位的汇总数据合并成一个总览网站。")
@click.argument("facts", nargs=-1, type=click.Path(path_type=Path), metavar="汇总数据…")
@click.option(
    "--output-dir",
    type=click.Path(path_type=Path),
    default=Path("overview"),
    help="总览网站写到哪里；默认 overview。",
)
@click.option("--title", default="各单位总览", metavar="标题", help="总览的标题；默认“各单位总览”。")
def overview(facts: tuple[Path, ...], output_dir: Path, title: str) -> int:
    """把各单位用 kam facts 导出的文件合并成一个总览网站；失败时原来的总览保持不变。"""
    from generator.site.overview import build_overview

    if not facts:
        raise CannotJudge("请写明要合并的汇总数据文件，如 kam overview 钢材.json 原料.json。")
    build_overview(facts, output_dir, visible(title).strip() or "各单位总览")
    return 0
