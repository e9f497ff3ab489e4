"""Days off: the fixed holidays of every year, and those of the moon for the years that are known."""

from collections.abc import Iterator
from datetime import date

from generator.model.organization import Calendar
from generator.policy.days import plus

SPRING = {
    2020: "01-25",
    2021: "02-12",
    2022: "02-01",
    2023: "01-22",
    2024: "02-10",
    2025: "01-29",
    2026: "02-17",
    2027: "02-06",
    2028: "01-26",
    2029: "02-13",
    2030: "02-03",
}
"""The first day of the lunar year."""
BOATS = {
    2020: "06-25",
    2021: "06-14",
    2022: "06-03",
    2023: "06-22",
    2024: "06-10",
    2025: "05-31",
    2026: "06-19",
    2027: "06-09",
    2028: "05-28",
    2029: "06-16",
    2030: "06-05",
}
MOON = {
    2020: "10-01",
    2021: "09-21",
    2022: "09-10",
    2023: "09-29",
    2024: "09-17",
    2025: "10-06",
    2026: "09-25",
    2027: "09-15",
    2028: "10-03",
    2029: "09-22",
    2030: "09-12",
}


def days_off(year: int) -> list[date]:
    """The days off of a year, in order."""
    return sorted(set(_days_off(year)))


def _days_off(year: int) -> Iterator[date]:
    yield date(year, 1, 1)
    if year in SPRING:
        new_year = date.fromisoformat(f"{year}-{SPRING[year]}")
        yield from (plus(new_year, offset) for offset in range(-1, 7))
    yield date(year, 4, 5)
    yield from (date(year, 5, day) for day in range(1, 6))
    for moving in (BOATS, MOON):
        if year in moving:
            yield date.fromisoformat(f"{year}-{moving[year]}")
    yield from (date(year, 10, day) for day in range(1, 8))


def calendar_text(year: int) -> str:
    """calendar/<year>.yml."""
    days = [str(day) for day in days_off(year)]
    rows = [", ".join(days[at : at + 6]) for at in range(0, len(days), 6)]
    return "依据: 公司年度放假安排\n休息日:\n  [\n    " + ",\n    ".join(rows) + ",\n  ]\n"


def calendar(year: int) -> Calendar:
    """The same as the rules read it."""
    return Calendar.model_validate({"依据": "公司年度放假安排", "休息日": list(map(str, days_off(year)))})
