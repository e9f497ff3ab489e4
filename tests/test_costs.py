"""What a record may cost: it is read in a time that grows as it does, or is a finding; its page is, too.

Ratios of CPU time are compared, never seconds: what `make bench` measures of the same texts are seconds.
"""

import gc
import math
import time
from collections.abc import Callable

import pytest

from generator.model.periods import Kind, Place
from generator.reading.reader import interpret
from generator.reading.text import MAX_BODY, MAX_RECORD, MOST_PROBLEMS
from generator.site import markdown
from tests.costly import MARKDOWN, YAML, Text, fitting

EVENTS = Place(Kind.EVENTS, "records/clients/x/2026/events.yml", client="x", year=2026)
STEPS = 4
"""How many times as long the longer of two texts is."""
TRIES = 4
"""A machine that is busy with something else is looked at again; what grows faster does so each time."""
TELLS = 0.05
"""Seconds of CPU from which on a text is long enough for what grows with it to outweigh what does not."""
LEAST = 0.1
"""Seconds of CPU that are measured at least: the clock of CPU goes by steps of 0.01 s on some machines."""

Work = Callable[[str], object]
Clock = Callable[[], float]


def exponent(work: Work, make: Text, most: int, smallest: int, clock: Clock = time.process_time) -> float:
    """How the time grows: n to the power of this. The texts are as long as needed to tell, and a quarter."""
    size = smallest
    while size < most and _cpu(work, fitting(make, size), 1, clock) < TELLS:
        size = min(size * 2, most)
    longer = _each(work, fitting(make, size), clock)
    shorter = _each(work, fitting(make, size // STEPS), clock)
    return math.log(longer / shorter, STEPS) if longer >= TELLS / 2 else 0.0


def _each(work: Work, text: str, clock: Clock) -> float:
    """What the work takes once, told from as many times as the clock needs."""
    times = 1
    while (taken := _cpu(work, text, times, clock)) < LEAST:
        times = math.ceil(1.2 * times * LEAST / taken) if taken else 8 * times
    return taken / times


def _cpu(work: Work, text: str, times: int, clock: Clock) -> float:
    gc.collect()
    gc.disable()
    try:
        began = clock()
        for _ in range(times):
            work(text)
        return clock() - began
    finally:
        gc.enable()


def read(text: str) -> object:
    """A text in the place of a record."""
    return interpret(EVENTS, text.encode())


@pytest.mark.parametrize("power", [1, 1.5, 2])
@pytest.mark.parametrize("tick", [1e-9, 0.01])
def test_the_measure_tells_squares(power: float, tick: float) -> None:
    """What is held against the limits below sees what would be beyond them, and what is not: also with a
    clock that goes by long steps, where a text that takes less than one seemed to take one, or nothing."""
    busy = 0.0

    def work(text: str) -> None:
        nonlocal busy
        busy += 1e-3 * (len(text) / (1 << 13)) ** power

    told = exponent(work, "x".__mul__, MAX_RECORD, 1 << 13, lambda: busy // tick * tick)
    assert told == pytest.approx(power, abs=0.1)


@pytest.mark.parametrize("name", YAML)
def test_reading_grows_with_the_text(name: str) -> None:
    """Whatever the text: at most like n to 1.2."""
    assert any(exponent(read, YAML[name], MAX_RECORD, 1 << 14) < 1.2 for _ in range(TRIES))


@pytest.mark.parametrize("name", MARKDOWN)
def test_rendering_grows_with_the_text(name: str) -> None:
    """At most like n to 1.5."""
    assert any(exponent(markdown.render, MARKDOWN[name], MAX_BODY, 1 << 13) < 1.5 for _ in range(TRIES))


@pytest.mark.parametrize(("more", "code"), [(0, "S003"), (1, "F008")])
def test_most_problems(more: int, code: str) -> None:
    """So many are told one by one; with one more the record is not read, and says so once."""
    text = "特殊情况:\n" + "- x\n" * (MOST_PROBLEMS + more)
    findings = interpret(EVENTS, text.encode())[1]
    assert {finding.code for finding in findings} == {code}
    assert len(findings) == (1 if more else MOST_PROBLEMS)


def test_most_faults_of_yaml() -> None:
    """The same for what YAML allows and a record does not."""
    text = "特殊情况:\n" + "- &a x\n" * (MOST_PROBLEMS + 1)
    (finding,) = interpret(EVENTS, text.encode())[1]
    assert finding.code == "F008"
    assert str(MOST_PROBLEMS) in finding.message


@pytest.mark.parametrize("name", ["open brackets", "nested brackets", "lists", "narrow table rows"])
def test_too_many_signs_stand_as_typed(name: str) -> None:
    """Nobody means them; the text is there, sign for sign."""
    html = markdown.render(fitting(MARKDOWN[name], MAX_BODY))
    assert html.startswith("<pre><code>")
    assert html.count("<") == 4
    few = markdown.render(fitting(MARKDOWN[name], 400))
    assert not few.startswith("<pre>")
