"""What `kam new` asks for: on a terminal in words, elsewhere by options alone."""

import sys
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from generator.commands.common import Day
from generator.pipeline import CannotJudge
from generator.policy.days import Quarter
from generator.reading.text import decode
from generator.starting.known import CannotStart

T = TypeVar("T")


class QuarterName(click.ParamType[Quarter]):
    """A quarter as 2026-Q3."""

    name = "季度"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Quarter:
        """The quarter; fails with one line in Chinese."""
        quarter = value if isinstance(value, Quarter) else Quarter.named(str(value))
        if quarter is None:
            self.fail(f"“{value}”不是季度；请写成如 2026-Q3。", param, ctx)
        return quarter


class YearName(click.ParamType[int]):
    """A year as 2026."""

    name = "年度"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The year; fails with one line in Chinese."""
        text = str(value)
        if not (len(text) == 4 and text.isascii() and text.isdigit() and 1900 <= int(text) <= 2999):
            self.fail(f"“{value}”不是年度；请写成如 2026。", param, ctx)
        return int(text)


def asks() -> bool:
    """Whether there is somebody who can be asked."""
    return sys.stdin.isatty()


def needed(typed: str | None, option: str, question: str, read: Callable[[str], T]) -> T:
    """What an option says, or on a terminal the answer; asked again until it can be used."""
    if typed is not None:
        return read(visible(typed))
    if not asks():
        raise CannotStart(f"缺少 {option}（{question}）；请加上，如 {option} …。")

    def value(answer: str) -> T:
        try:
            return read(visible(answer))
        except CannotJudge as error:
            raise click.UsageError(str(error)) from error

    answer: T = click.prompt(question, value_proc=value, err=True)
    return answer


def confirmed(typed: T | None, question: str, default: T, kind: click.ParamType[T]) -> T:
    """What an option says, or on a terminal the answer with a default; elsewhere the default."""
    if typed is not None:
        return typed
    if not asks():
        return default
    answer: T = click.prompt(question, type=kind, default=str(default), err=True)
    return answer


def day(typed: date | None, question: str, default: date) -> date:
    """A day, by default the given one."""
    return confirmed(typed, question, default, Day())


def visible(text: str) -> str:
    """A text that may be typed into a record; raises CannotStart where something in it is refused."""
    _, fault = decode(text.encode("utf-8", "surrogateescape"))
    if fault is not None or "\n" in text or not text.strip():
        raise CannotStart(f"“{ascii(text)[1:-1]}”是空白，或含有换行、看不见的字符；请改用一行可见的文字。")
    return text.strip()
