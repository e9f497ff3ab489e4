"""What records say cannot forge a line of any output, hide in it, or give an order to who reads it."""

import csv
import io
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.exports import check_github, check_json, check_text, due_csv, due_json, due_text, facts_json
from generator.exports.lines import as_json, printable
from generator.exports.sheets import csv_text
from generator.findings import Finding, Severity
from generator.pipeline import Result
from generator.site import addresses
from generator.starting.text import scalar
from tests import hostile
from tests.cases_runner import BASE, BASE_DAY, lay_out, run_at

_ORDERS = re.compile(r"^\s*::|##(?:\[|vso\[|teamcity\[)", re.IGNORECASE | re.MULTILINE)
"""What runners of forges obey."""
_FORMULA = tuple("=+-@|%")

PARTS = (
    *"\n\r\t\0\a\x85\u2028\u2029\u202e\u2066\u200b\ufeff\u3164\U000e0041",
    *"%\"',;-@|#: a甲＝",
    *("\r\n", "\x1b[2K", "%0A", "=1+1", "钢铁", "records/a.yml:1:1: 错误 F001"),
    *("::error::", "::add-mask::x", "##[error]", "##vso[task]", "##teamcity[x"),
)
TEXTS = st.lists(st.sampled_from(PARTS) | st.text(max_size=3), min_size=1, max_size=8).map("".join)
"""Texts put together from all that has a meaning somewhere."""


def hides(text: str) -> list[str]:
    """The characters of a text that a reader would not see."""
    unseen = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return [char for char in text if unicodedata.category(char) in unseen or char in "\u3164\u115f"]


@cache
def small() -> Result:
    """The small company as it is."""
    return run_at(BASE, BASE_DAY)


@given(TEXTS)
@example("::error::x")
@example("##[group]x")
@example("x##[group]")
def test_printable(text: str) -> None:
    """One line, nothing hidden, no order; what is harmless stays as it is."""
    shown = printable(text)
    assert hides(shown) == []
    assert len(shown.splitlines()) <= 1
    assert not _ORDERS.search(shown)
    assert printable("客户 A：第 1 项（100%）") == "客户 A：第 1 项（100%）"


def test_shown_as_their_numbers() -> None:
    """Whoever reads it can tell which character it is."""
    assert printable("a\u202eb\n\x1b") == "a\\u{202e}b\\u{a}\\u{1b}"
    assert printable("::error::") == "\\u{3a}:error::"


FINDINGS = st.builds(
    Finding, TEXTS.map("records/{}".format), st.integers(1, 9), st.integers(1, 9),
    st.sampled_from(["V104", "F002"]), TEXTS, st.sampled_from(Severity), st.none(), TEXTS,
)  # fmt: skip


@given(found=st.lists(FINDINGS, max_size=3))
def test_findings_as_text(found: list[Finding]) -> None:
    """A line for each, whatever its path and message say; what explains it is set in."""
    root = Path("/nowhere/records")
    for finding in found:
        first, *rest = check_text.one(finding, root).splitlines()
        assert re.search(f":{finding.line}:{finding.column}: .* {finding.code} ", first)
        assert [line for line in rest if not line.startswith("  ")] == []
    text = check_text.render(small(), found, root)
    each = [len(check_text.one(finding, root).splitlines()) for finding in found]
    assert len(text.splitlines()) == sum(each) + len(found) + 1
    assert not _ORDERS.search(text)
    assert hides(text.replace("\n", "")) == []


@given(found=st.lists(FINDINGS, max_size=3))
def test_findings_as_annotations(found: list[Finding]) -> None:
    """Each is one order, ours."""
    lines = check_github.render(small(), found).splitlines()
    assert len(lines) == len(found)
    for line in lines:
        assert re.fullmatch(r"::(error|warning) file=[^:,]*,line=\d,col=\d,title=[^:,]*::.*", line)
        assert hides(line) == []


@given(found=st.lists(FINDINGS, max_size=3))
def test_findings_as_json(found: list[Finding]) -> None:
    """The messages come out as they were; no line is an order."""
    document = check_json.render(small(), found)
    assert [row["message"] for row in json.loads(document)["findings"]] == [one.message for one in found]
    assert not _ORDERS.search(document)


@given(TEXTS)
def test_json(text: str) -> None:
    """The same text comes out again, and no line of it is an order."""
    told = as_json({text: [text]})
    assert json.loads(told) == {text: [text]}
    assert not _ORDERS.search(told)


CLIENT, PEOPLE = "clients/jinshan-steel/archive.yml", "organization/people.yml"
UNITS = "organization/units.yml"


def named(folder: Path, text: str) -> Result:
    """The small company in which a client, a person and a division have a name."""
    names = [scalar(name) for name in (f"名{text}", f"{text}名", f"{text}部")]
    changes = {
        CLIENT: hostile.replaced(CLIENT, ("客户名称: 金山钢构有限公司", f"客户名称: {names[0]}")),
        PEOPLE: hostile.replaced(PEOPLE, ("姓名: 周平", f"姓名: {names[1]}")),
        UNITS: hostile.replaced(UNITS, ("名称: 热轧事业部", f"名称: {names[2]}")),
    }
    return run_at(lay_out(folder, changes), BASE_DAY)


OUTPUTS: dict[str, Callable[[Result], str]] = {
    "due as text": lambda result: due_text.render(result, result.obligations),
    "due by person": lambda result: due_text.render(result, result.obligations, by_person=True),
    "due as CSV": lambda result: due_csv.render(result, result.obligations),
    "due as JSON": lambda result: due_json.render(result, result.obligations),
    "check as text": lambda result: check_text.render(result, result.findings, Path("/nowhere")),
    "facts": lambda result: facts_json.render(result, "甲", None, addresses),
}


@settings(max_examples=12, deadline=None)
@given(text=TEXTS)
@example(text="\n::error::x")
@example(text="##[error]\r\nrecords/x.yml:1:1: 错误 F001 x")
@example(text="=1+1\n@x")
def test_names(text: str) -> None:
    """Every output has as many lines as with harmless names, and none of them is an order."""
    with tempfile.TemporaryDirectory() as folder:
        odd = named(Path(folder), text)
        outputs = {name: (render(odd), render) for name, render in OUTPUTS.items()}
    for name, (shown, render) in outputs.items():
        assert not _ORDERS.search(shown), name
        if name.startswith("due"):
            assert len(shown.split("\n")) == len(render(small()).split("\n")), name
        if "JSON" in name or name == "facts":
            json.loads(shown)
        else:
            assert hides(re.sub("\r?\n|^\ufeff", "", shown)) == [], name


@settings(max_examples=12, deadline=None)
@given(text=TEXTS)
@example(text="=1+1\n@x")
def test_cells(text: str) -> None:
    """No cell is a formula, wherever a spreadsheet would begin one."""
    rows = list(csv.reader(io.StringIO(csv_text(["甲"], [[text], [f" {text}"]])[1:], newline="")))
    assert [len(row) for row in rows] == [1, 1, 1]
    for (cell,) in rows:
        assert not unicodedata.normalize("NFKC", cell).lstrip().startswith(_FORMULA)
        assert hides(cell) == []
