"""Starting a calendar: the days off and the worked weekend days of a year."""

from generator.model.periods import Kind
from generator.starting.known import Known
from generator.starting.text import New, comment, line, yaml_record


def calendar(known: Known, year: int) -> New:
    """calendar/<year>.yml."""
    lines = [
        comment(f"{year} 年{Kind.CALENDAR}（参数“节假日顺延”为 true 时才用到）"),
        line("依据", hint="如 国务院办公厅关于节假日安排的通知"),
        line("休息日", hint=f"法定节假日，如 [{year}-01-01, {year}-10-01]；周六、周日不必写"),
        line("上班日", hint="调休上班的周六、周日，写法同上；没有可删去"),
    ]
    return New(known.path("calendar", f"{year}.yml"), yaml_record(lines))
