"""What a record may cost: it is read in a time that grows as it does, or is a finding; its page is, too.

Ratios of CPU time are compared, never seconds: what `make bench` measures of the same texts are seconds.
"""

import gc
import math
import time
from collections.abc import Callable
from statistics import median

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
LEAST = 0.02
"""Seconds of CPU below which a time says nothing."""


def exponent(work: Callable[[str], object], make: Text, most: int, smallest: int) -> float:
    """How the time grows: n to the power of this. The texts are as long as needed to tell, and a quarter."""
    size = smallest
    while size < most and _cpu(work, fitting(make, size)) < LEAST:
        size = min(size * 2, most)
    shorter = min(_cpu(work, fitting(make, size // STEPS)) for _ in range(2))
    longer = min(_cpu(work, fitting(make, size)) for _ in range(2))
    return math.log(longer / shorter, STEPS) if longer >= LEAST else 0.0


def _cpu(work: Callable[[str], object], text: str) -> float:
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        work(text)
        return time.process_time() - began
    finally:
        gc.enable()


def read(text: str) -> object:
    """A text in the place of a record."""
    return interpret(EVENTS, text.encode())


def _squared(text: str) -> None:
    for _ in range((len(text) // 256) ** 2):
        pass


def _straight(text: str) -> None:
    for _ in range(len(text)):
        pass


def test_the_measure_tells_squares() -> None:
    """What is held against the limits below sees what would be beyond them, and what is not."""
    assert median(exponent(_squared, "x".__mul__, MAX_RECORD, 1 << 13) for _ in range(TRIES)) > 1.5
    assert any(exponent(_straight, "x".__mul__, MAX_RECORD, 1 << 13) < 1.2 for _ in range(TRIES))


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
