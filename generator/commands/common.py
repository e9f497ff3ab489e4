"""What the commands share: options, days, the records folder, progress, colour and output."""

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.atomic import write
from generator.clock import current_day
from generator.refusal import CannotJudge, reason

if TYPE_CHECKING:
    # Loading it takes half of a start (commands/check.py).
    from generator.pipeline import Progress

F = TypeVar("F", bound=Callable[..., Any])
SHOW_PROGRESS_AFTER = 1.0
"""Seconds after which progress is shown on a terminal."""


class Day(click.ParamType[date]):
    """A day as 2026-06-30."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; fails with one line in Chinese."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value) if len(value) == 10 else None
        except ValueError:
            day = None
        if day is None or not 1900 <= day.year <= 2999:
            self.fail(f"“{value}”不是日期；请写成如 2026-06-30。", param, ctx)
        return day


def records_option(function: F) -> F:
    """--records."""
    return click.option(
        "--records",
        type=click.Path(path_type=Path),
        help="记录文件夹；默认是当前文件夹或上级文件夹中的 records。",
    )(function)


def day_options(function: F) -> F:
    """--as-of and --today."""
    function = click.option(
        "--today", type=Day(), help="今天的日期；默认按北京时间。只用来判断日期是否超前（D101）。"
    )(function)
    return click.option(
        "--as-of", type=Day(), help="按哪一天判断，默认今天。判断的是现在的文件；当时的文件要用 git 取出。"
    )(function)


def cache_option(function: F) -> F:
    """--no-cache."""
    return click.option(
        "--no-cache", is_flag=True, help="不用 .kam-cache 中上次的结果，全部重新读取（结果相同，只是慢）。"
    )(function)


def output_option(function: F) -> F:
    """--output."""
    return click.option("--output", type=click.Path(path_type=Path), help="写入文件，不在屏幕上显示。")(
        function
    )


def days(as_of: date | None, today: date | None) -> tuple[date, date]:
    """The as-of day and today, with their defaults."""
    now = today or current_day()
    return as_of or now, now


def progress() -> "Progress | None":
    """Progress on standard error, on a terminal alone, for what takes over a second."""
    if not sys.stderr.isatty():
        return None
    began = time.monotonic()
    last = 0.0

    def show(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if done == total and last:
            click.echo("\r\033[K", err=True, nl=False)
        elif now - began > SHOW_PROGRESS_AFTER and now - last > 0.1:
            last = now
            click.echo(f"\r正在检查客户 {done}/{total}", err=True, nl=False)

    return show


def style(output: Path | None) -> Callable[[str, str], str]:
    """Colour on a terminal alone, and never with NO_COLOR or into a file."""
    if output is not None or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return lambda text, colour: text
    return lambda text, colour: (
        click.style(text, bold=True) if colour == "bold" else click.style(text, fg=colour)
    )


def put(text: str, output: Path | None) -> None:
    """Write a result to standard output, or to a file whole or not at all."""
    data = text.encode("utf-8", "backslashreplace")
    if output is None:
        stream = sys.stdout.buffer
        stream.write(data)
        stream.flush()
        return
    try:
        write(output, data)
    except OSError as error:
        raise CannotJudge(f"无法写入 {output}：{reason(error)}。") from error
    click.echo(f"已写入 {output}。", err=True)


def past_note(as_of: date, today: date) -> None:
    """Tell who asks for a past day that today's files are judged, and how to get those of then."""
    if as_of < today:
        click.echo(
            f"提示：--as-of 是用现在的文件判断 {as_of} 的状态，不是当时的文件。要看当时的文件，执行：\n"
            f"  git worktree add ../records-{as_of} "
            f"$(git rev-list -1 --before='{as_of} 23:59:59 +0800' HEAD)\n"
            f"再在那个文件夹里运行同一命令。",
            err=True,
        )
