"""Due days: yearly deadlines, working days, and the moving of a due day to the next of them."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from generator.model.organization import Calendar
from generator.policy.days import day_of, plus


def autumn_deadline(year: int, month_day: tuple[int, int]) -> date:
    """The day of a deadline before the year: from 07-01 on one of the year before."""
    return day_of(year - 1 if month_day >= (7, 1) else year, *month_day)


def closing_deadline(year: int, month_day: tuple[int, int]) -> date:
    """The day of a deadline at the year's end: up to 06-30 one of the year after."""
    return day_of(year + 1 if month_day <= (6, 30) else year, *month_day)


def autumn_period_start(year: int) -> date:
    """The day whose parameters count for what is done ahead of a year: 1 October before it."""
    return date(year - 1, 10, 1)


class WorkingDays:
    """The company's calendars; in a year without one Monday to Friday are working days."""

    def __init__(self, calendars: Mapping[int, Calendar]) -> None:
        self.calendars = calendars
        self.shifted = lru_cache(maxsize=4096)(self._shifted)
        """The day, or the next working day where it is none; a calendar without any leaves it."""

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        calendar = self.calendars.get(day.year)
        off = calendar.has_off(day) if calendar else None
        return day.weekday() < 5 if off is None else not off

    def _shifted(self, day: date) -> date:
        moved = day
        for _ in range(400):
            if self.works(moved):
                return moved
            moved = plus(moved, 1)
        return day
