"""What the commands of `kam new` share: their options, the records as of today, and the writing."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.atomic import create
from generator.clock import current_day
from generator.commands import common
from generator.commands.asking import QuarterName, YearName, confirmed, needed, visible
from generator.obligations.kinds import ObligationKind as K
from generator.pipeline import run
from generator.policy.days import Quarter
from generator.refusal import reason
from generator.root import find_records
from generator.standing.clients import Client
from generator.starting.known import CannotStart, Known
from generator.starting.text import New

F = TypeVar("F", bound=Callable[..., Any])
_AUTUMN = 10
"""From this month on what is done once a year is done for the next one."""

client_option = click.option("--client", metavar="客户", help="客户编号或名称。")
year_option = click.option("--year", type=YearName(), metavar="年度", help="如 2026。")
quarter_option = click.option("--quarter", type=QuarterName(), metavar="季度", help="如 2026-Q3。")
by_option = click.option("--by", metavar="人员", help="由谁写（编号或姓名）；默认按已知的职责。")


def command(name: str, what: str) -> Callable[[F], click.Command]:
    """One kind of record, with the options that all of them take."""

    def decorate(function: F) -> click.Command:
        today = click.option("--today", type=common.Day(), help="今天的日期；默认按北京时间。")
        made = click.command(name, short_help=what, help=f"新建{what}。")
        return made(common.records_option(today(function)))

    return decorate


class Start:
    """The records as of today, and the writing of what is made of them."""

    def __init__(self, records: Path | None, today: date | None) -> None:
        self.root = find_records(records)
        now = today or current_day()
        self.known = Known(run(self.root, now, now, progress=common.progress()))

    def client(self, typed: str | None) -> Client:
        """The client that is named, or asked for."""
        return needed(typed, "--client", "客户编号或名称", self.known.client)

    def person(self, typed: str | None) -> str | None:
        """The person that is named, if any."""
        return None if typed is None else self.known.person(visible(typed))

    def year(self, typed: int | None, kind: K, client: Client | None = None, unit: str | None = None) -> int:
        """The year that is wanted first, else this one (from October on the next, for what is done ahead)."""
        wanted = self.known.wanted(kind, client=client, unit=unit)
        ahead = kind not in (K.SERVICE_PLAN, K.SATISFACTION_PLAN) and self._is_autumn
        default = int(wanted.period) if wanted else self.known.day.year + ahead
        return confirmed(typed, "年度", default, YearName())

    @property
    def _is_autumn(self) -> bool:
        return self.known.day.month >= _AUTUMN

    def next_year(self, typed: int | None) -> int:
        """This year, from October on the next."""
        return confirmed(typed, "年度", self.known.day.year + self._is_autumn, YearName())

    def quarter(self, typed: Quarter | None, kind: K, client: Client | None, default: Quarter) -> Quarter:
        """The quarter that is wanted first, else the default."""
        wanted = self.known.wanted(kind, client=client)
        period = Quarter.named(wanted.period) if wanted else None
        return confirmed(typed, "季度", period or default, QuarterName())

    def write(self, record: New) -> int:
        """Write a new record; raises FileExistsError where there is one."""
        file = self.root.parent.joinpath(*record.path.split("/"))
        self._prepare(file.parent)
        try:
            create(file, record.text.encode())
        except FileExistsError:
            raise
        except OSError as error:
            raise CannotStart(f"无法写入 {file}：{reason(error)}。") from error
        for note in record.notes:
            click.echo(f"注意：{note}", err=True)
        click.echo(f"已写好 {_shown(file)}")
        click.echo("接着：填好空着的各项和正文，再运行 kam check 检查。")
        return 0

    def put(self, record: New) -> int:
        """Write a record of which there is one at most."""
        try:
            return self.write(record)
        except FileExistsError:
            raise CannotStart(f"{record.path} 已存在，不会覆盖；请直接修改它。") from None

    def _prepare(self, folder: Path) -> None:
        """Make the folder, which must not lead out of the records."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            inside = folder.resolve().is_relative_to(self.root)
        except OSError as error:
            raise CannotStart(f"无法新建文件夹 {folder}：{reason(error)}。") from error
        if not inside:
            raise CannotStart(f"{folder} 经过符号链接通到记录文件夹之外；请改成普通文件夹。")


def _shown(file: Path) -> str:
    """A path as it can be typed here."""
    shown = os.path.relpath(file)
    return str(file) if shown.startswith("..") else shown
