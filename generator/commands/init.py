"""`kam init`: an empty, valid records repository for a company that wants to begin."""

from datetime import date
from pathlib import Path

import click

from generator.atomic import Taken, new_folder
from generator.clock import current_day
from generator.commands import common
from generator.commands.asking import visible
from generator.refusal import reason
from generator.starting.known import CannotStart
from generator.starting.repository import FORGES, repository


@click.command(short_help="为公司新建一个空的记录仓库。")
@click.argument("folder", type=click.Path(path_type=Path), metavar="文件夹")
@click.option("--name", default="示例公司", metavar="名称", help="公司名称；以后可在 units.yml 里改。")
@click.option("--forge", type=click.Choice(list(FORGES)), help="只要一种流水线；默认三种都有。")
@click.option("--today", type=common.Day(), help="启用日期；默认今天（北京时间）。")
def init(folder: Path, name: str, forge: str | None, today: date | None) -> int:
    """新建一个空的、可直接检查的记录仓库：记录、网站设置、流水线和说明。

    文件夹要不存在或是空的（可以有 .git）；已有的文件不会被覆盖。
    """
    forges = (forge,) if forge else tuple(FORGES)
    found = repository(visible(name), today or current_day(), forges)
    try:
        with new_folder(folder, besides=(".git",)) as fresh:
            for path, text in found.items():
                file = fresh / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode())
    except Taken as error:
        raise CannotStart(str(error)) from error
    except OSError as error:
        raise CannotStart(f"无法写入 {error.filename or folder}：{reason(error)}。") from error
    click.echo(f"已写好 {folder}")
    click.echo(f"接着：读 {folder / 'README.md'}，再运行 kam check --records {folder / 'records'}。")
    return 0
