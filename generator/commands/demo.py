"""`kam demo`: a records tree with invented content, of any size, for trying out and for measuring."""

import re
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.atomic import Taken
from generator.commands import common
from generator.demo.make import Progress, make
from generator.demo.order import MOST_CLIENTS, Order
from generator.refusal import CannotJudge, reason

_YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")
_MOST_YEARS = 10


class Count(click.ParamType[int]):
    """A whole number within bounds."""

    name = "数量"

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; fails with one line in Chinese."""
        text = str(value)
        if not (
            text.isascii() and text.isdigit() and len(text) <= 12 and self._least <= int(text) <= self._most
        ):
            self.fail(f"“{value}”不行；请写 {self._least} 到 {self._most} 之间的整数。", param, ctx)
        return int(text)


class Years(click.ParamType[tuple[int, int]]):
    """Years as 2025-2026, both included, or one."""

    name = "年度"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """The first and last year; fails with one line in Chinese."""
        if isinstance(value, tuple):
            return value
        found = _YEARS.fullmatch(str(value))
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not (1990 <= first <= last <= 2990 and last - first < _MOST_YEARS):
            self.fail(f"“{value}”不是年度；请写成如 2025-2026，最多 {_MOST_YEARS} 年。", param, ctx)
        return first, last


@click.command(short_help="生成一套虚构的示例记录，大小任选。")
@click.option("--clients", type=Count(1, MOST_CLIENTS), default=300, show_default=True, help="客户数。")
@click.option(
    "--years",
    type=Years(),
    default="2025-2026",
    show_default=True,
    help="从哪年到哪年，首尾两年都包括。",
)
@click.option(
    "--seed",
    type=Count(0, 10**9),
    default=1,
    show_default=True,
    help="种子；写法相同的两次，结果逐字节相同。",
)
@click.option("--as-of", type=common.Day(), help="记录写到哪一天；默认最后一年的 11 月 20 日。")
@click.option("--out", type=click.Path(path_type=Path), help="写入哪个文件夹；要不存在或是空的。")
def demo(clients: int, years: tuple[int, int], seed: int, as_of: date | None, out: Path | None) -> int:
    """生成一套虚构的示例记录，用来试用、培训和测量速度。

    公司、客户、人员和往来都是编出来的。每个客户约二十份记录，写在“文件夹/records”下；已有的文件不会被覆盖。
    """
    if out is None:
        raise CannotJudge("缺少 --out（写入哪个文件夹）；请加上，如 --out demo。")
    day = as_of or date(years[1], 11, 20)
    if day.year != years[1]:
        raise CannotJudge(f"--as-of 应在最后一年（{years[1]} 年）之内，{day} 不在；请改日期或年度。")
    try:
        records = make(Order(clients, *years, seed, day), out, _progress())
    except Taken as error:
        raise CannotJudge(str(error)) from error
    except OSError as error:
        raise CannotJudge(f"无法写入 {error.filename or out}：{reason(error)}。") from error
    click.echo(f"已写好 {out}：{clients} 个客户，{records} 份记录。")
    click.echo(f"接着：kam check --records {out / 'records'} --as-of {day} --today {day}")
    return 0


def _progress() -> Progress | None:
    """Progress on standard error, on a terminal alone."""
    if not sys.stderr.isatty():
        return None
    last = time.monotonic()

    def show(done: int, total: int) -> None:
        nonlocal last
        if done == total:
            click.echo("\r\033[K", err=True, nl=False)
        elif time.monotonic() - last > 0.2:
            last = time.monotonic()
            click.echo(f"\r正在写入客户 {done}/{total}", err=True, nl=False)

    return show
