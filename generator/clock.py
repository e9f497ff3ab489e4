"""The one place that reads the clock; everywhere else a day is an argument."""

from datetime import date, datetime, timedelta, timezone

_SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has had one zone without daylight saving since 1991: a fixed offset needs no zone data."""


def current_day() -> date:
    """The day it is now in Asia/Shanghai."""
    return datetime.now(_SHANGHAI).date()
