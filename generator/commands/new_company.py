"""`kam new` for what is the whole company's: ratings, Key Accounts' analysis, the calendar."""

from datetime import date
from pathlib import Path

import click

from generator.commands.asking import confirmed, needed
from generator.commands.common import Day
from generator.commands.starting import Start, by_option, command, quarter_option, year_option
from generator.obligations.kinds import ObligationKind as K
from generator.policy.days import Quarter
from generator.starting import calendars, ratings, reports


@command("nomination", "客户提名（ratings/nominations）")
@click.option("--division", metavar="事业部", help="提名的事业部（编号或名称）。")
@year_option
@by_option
def new_nomination(
    records: Path | None, today: date | None, division: str | None, year: int | None, by: str | None
) -> int:
    """客户提名。"""
    start = Start(records, today)
    known = start.known
    unit = needed(division, "--division", "事业部编号或名称", lambda one: known.division(one, known.day))
    of_year = start.year(year, K.NOMINATION, unit=unit)
    return start.put(ratings.nomination(known, unit, of_year, start.person(by)))


@command("standard", "评级标准（standard.md）")
@year_option
def new_standard(records: Path | None, today: date | None, year: int | None) -> int:
    """评级标准。"""
    start = Start(records, today)
    return start.put(ratings.standard(start.known, start.year(year, K.RATING_STANDARD)))


@command("decision", "评级决定（ratings/decisions）")
@year_option
@click.option("--date", "day", type=Day(), help="决定日期；默认今天。")
def new_decision(records: Path | None, today: date | None, year: int | None, day: date | None) -> int:
    """评级决定。"""
    start = Start(records, today)
    on = confirmed(day, "决定日期", start.known.day, Day())
    return start.put(ratings.decision(start.known, start.year(year, K.RATING_DECISION), on))


@command("calendar", "节假日与调休（calendar）")
@year_option
def new_calendar(records: Path | None, today: date | None, year: int | None) -> int:
    """节假日与调休。"""
    start = Start(records, today)
    return start.put(calendars.calendar(start.known, start.next_year(year)))


@command("analysis", "大客户部客户服务分析（key-accounts）")
@quarter_option
@by_option
def new_analysis(records: Path | None, today: date | None, quarter: Quarter | None, by: str | None) -> int:
    """大客户部客户服务分析。"""
    start = Start(records, today)
    of_quarter = start.quarter(quarter, K.KEY_ACCOUNTS_ANALYSIS, None, Quarter.of(start.known.day).before)
    return start.put(reports.analysis(start.known, of_quarter, start.person(by)))
