"""A watched day answers as any other day does, and its span tells for which days the answers hold."""

import operator
import pickle
from bisect import bisect_right
from collections.abc import Callable
from copy import copy, deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.judging.ground import Ground
from generator.model.organization import ParameterVersion
from generator.policy.days import Quarter, plus
from generator.policy.parameters import Parameters
from generator.policy.watched import Span, WatchedDay
from generator.standing.watch import AS_OF, TODAY, Watch

DAY = date(2026, 11, 20)
Question = Callable[[date], Any]

_NEAR = st.integers(-500, 500).map(lambda days: DAY + timedelta(days=days))
_DAYS = st.one_of(_NEAR, st.dates(), st.sampled_from([date.min, date.max]))
_LATER = st.one_of(st.integers(-400, 400), st.sampled_from([-4_000_000, 4_000_000, -739_000, 2_913_000]))
_SOME = st.lists(_NEAR, min_size=1, max_size=4)
_COMPARED = (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)
_ASKED: tuple[Question, ...] = (
    lambda day: day.year,
    lambda day: (day.year, day.month),
    lambda day: day.day,
    Quarter.of,
    hash,
    str,
    repr,
    lambda day: day.weekday(),
    lambda day: day.isocalendar(),
    lambda day: f"{day:%m-%d}",
    lambda day: day.replace(day=1),
    lambda day: (day - date(2026, 1, 1)).days,
    lambda day: (date(2027, 1, 1) - day).days,
    lambda day: day in {date(2026, 11, 20), date(2026, 11, 21)},
    lambda day: pickle.loads(pickle.dumps(day)),
    copy,
    deepcopy,
)


def _compared(compare: Callable[[Any, Any], Any], other: date | None, is_turned: bool) -> Question:
    return lambda day: compare(other, day) if is_turned else compare(day, other)


QUESTIONS: st.SearchStrategy[Question] = st.one_of(
    st.builds(_compared, st.sampled_from(_COMPARED), _DAYS, st.booleans()),
    st.builds(lambda days: lambda day: bisect_right(sorted(days), day), st.lists(_NEAR, max_size=6)),
    st.builds(lambda days: lambda day: min(day, *days).isoformat(), _SOME),
    st.builds(lambda days: lambda day: day in days, _SOME),
    st.builds(lambda days: lambda day: max(days) < day < min(days), _SOME),
    st.sampled_from(_ASKED),
)  # fmt: skip


def _asked(questions: list[tuple[int, Question]], day: date) -> list[Any]:
    """The answers, each of a day so many days later."""
    return [question(plus(day, later)) for later, question in questions]


@given(st.lists(st.tuples(_LATER, QUESTIONS), max_size=6), _NEAR, st.lists(st.integers(0, 10**7), max_size=4))
def test_answers_hold_within_the_span(
    questions: list[tuple[int, Question]], day: date, others: list[int]
) -> None:
    """They are those of a plain day, and of every other day of the span: its ends, and some within."""
    span = Span(day)
    wanted = _asked(questions, day)
    assert _asked(questions, WatchedDay.of(span)) == wanted
    first, last = span.first, span.last
    assert first <= day.toordinal() <= last
    for other in (first, last, *(first + number % (last - first + 1) for number in others)):
        assert _asked(questions, date.fromordinal(other)) == wanted


@given(_NEAR, _NEAR, st.sampled_from(_COMPARED), st.booleans())
def test_spans_are_as_wide_as_one_comparison_lets_them(
    day: date, other: date, compare: Callable[[Any, Any], Any], is_turned: bool
) -> None:
    """The day beyond an end has another answer, but where two days were only found to differ."""
    question, span = _compared(compare, other, is_turned), Span(day)
    answer = question(WatchedDay.of(span))
    assume(compare not in (operator.eq, operator.ne) or day == other)
    for beyond in (span.first - 1, span.last + 1):
        if date.min.toordinal() <= beyond <= date.max.toordinal():
            assert question(date.fromordinal(beyond)) != answer


def test_two_days_of_one_span_say_nothing_of_it() -> None:
    """Which of them is later does not depend on the day."""
    span = Span(DAY)
    day = WatchedDay.of(span)
    assert day < plus(day, 30)
    assert max(day, plus(day, -1)) is day
    assert (span.first, span.last) == (date.min.toordinal(), date.max.toordinal())


def test_what_is_no_day_is_refused_in_the_same_words() -> None:
    """A rule that crashes says the same of both kinds of days."""
    asked: tuple[Question, ...] = (
        *(_compared(compare, None, is_turned) for compare in _COMPARED[:4] for is_turned in (False, True)),
        lambda day: day + 1,
        lambda day: day - "1",
        lambda day: day.weeks,
    )
    for question in asked:
        said = []
        for day in (DAY, WatchedDay.of(Span(DAY))):
            with pytest.raises((TypeError, AttributeError), match=r"datetime\.date") as told:
                question(day)
            said.append(str(told.value))
        assert said[0] == said[1]
    assert WatchedDay.of(Span(DAY)) != "2026-11-20"


VERSIONS = st.lists(st.builds(lambda day, days: (day, days), _NEAR, st.integers(1, 20)), max_size=4)


def _parameters(versions: list[tuple[date, int]]) -> Parameters:
    return Parameters([ParameterVersion.model_validate({"生效日期": str(day), "拜访报告期限": str(days)})
                       for day, days in versions])  # fmt: skip


@given(VERSIONS, VERSIONS, st.lists(_NEAR, max_size=3), st.lists(st.integers(-40, 40), max_size=3), _NEAR)
def test_parameters_known_for_the_days_asked_for(
    before: list[tuple[date, int]],
    after: list[tuple[date, int]],
    days: list[date],
    later: list[int],
    now: date,
) -> None:
    """Where what is known of them is the same, so is every answer: of other versions, as of another day."""
    watch = Watch.since(DAY, DAY)
    old, new = _parameters(before), _parameters(after)
    old.asked = watch.parameters
    said = [old.on(day) for day in (*days, *(plus(watch.as_of, number) for number in later))]
    keys = [key for key in tuple(watch.keys()) if key[0] != TODAY]
    old.asked = None

    def known(parameters: Parameters, day: date) -> list[object]:
        ground = Ground.__new__(Ground)
        ground.world = type("World", (), {"as_of": day, "today": day, "parameters": parameters})()
        return [ground._answers(key) for key in keys]

    assert (AS_OF, *watch.days[AS_OF].ends) in keys
    if known(old, DAY) == known(new, now):
        assert [new.on(day) for day in (*days, *(plus(now, number) for number in later))] == said
