"""The quick way of reading gives what the careful one does, to the letter; and records survive a pickle."""

import json
import os
import pickle
import random
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.findings import Finding
from generator.model import leaves
from generator.model.leaves import is_placeholder
from generator.model.periods import Kind, Place
from generator.model.record import Record
from generator.reading import markdown, quick, reader
from generator.reading.nodes import parse
from generator.reading.text import decode
from generator.reading.tree import walk_client, walk_company
from tests.cases_runner import BASE

TESTS = Path(__file__).parent
EXTERNAL = TESTS.parents[1] / "shared" / "cases" / "external"
needs_external = pytest.mark.skipif(
    not EXTERNAL.is_dir(), reason=f"the collected inputs are not on this machine ({EXTERNAL})"
)
ROOTS = [BASE, TESTS.parent / "records", *sorted(TESTS.glob("trees/*/records"))]
PIECES = (
    *("&", "*", "!", "%", "&a ", "*a", "!x ", "!!str ", "%YAML 1.1\n", "---\n", "...\n", "<<: {a: 1}\n"),
    *("\t", "  ", "- ", "? ", ": ", "：", ":", "\n", "\n\n", "#", " #", "|\n", ">\n", "'", '"', "\\", "@"),
    *("[", "]", "{", "}", ",", "[:[:", "[" * 25, "- " * 25, "~", "null", "''", '""', "\r", "\r\n"),
    *("\x00", "\x85", "\u2028", "\ufeff", "\u3000", "😀", "无", "待填写", "TODO", "…", "xxx", "字" * 600),
    *("状态: 待填报\n", "沿用: 2025\n", "2026-02-30", "2026/2/17", "-1", "12万", "1,000", "是", "no", "A b"),
    *("<!--", "-->", "```", "~~~\n", "\n## 客户经营现况\n", "\n### a ##\n", "\n# a\n", "\n  ## b #\n"),
)
"""What turns a good record into one that is not: each is put where a token may begin, or anywhere."""


def of_root(root: Path) -> Iterator[tuple[Place, bytes]]:
    """Each record of a folder, with its bytes."""
    places = [*walk_company(root).places]
    for client in sorted((root / "clients").iterdir()):
        places += walk_client(root, client.name).places if client.is_dir() else ()
    for place in places:
        yield place, (root.parent / place.path).read_bytes()


@cache
def of_kinds() -> dict[Kind, list[tuple[Place, bytes]]]:
    """Some records of each kind, the different ones first."""
    found: dict[Kind, list[tuple[Place, bytes]]] = {kind: [] for kind in Kind}
    for root in ROOTS:
        for place, data in of_root(root):
            if len(found[place.kind]) < 12:
                found[place.kind].append((place, data))
    return found


def careful(place: Place, data: bytes) -> tuple[Record[object], list[Finding]]:
    """What the record says, when nothing of it is read quickly."""

    def refuse(text: str) -> Any:
        raise quick.Unusual

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick, "values", refuse)
        return reader.interpret(place, data)


def front_of(place: Place, data: bytes) -> str | None:
    """The YAML of a record, where it can be told apart."""
    text, _ = decode(data)
    if not place.kind.is_markdown:
        return text
    split = markdown.split(text)
    return split.front if split else None


def agree(place: Place, data: bytes) -> bool:
    """Read a record in both ways, which have to agree; whether the quick one took it."""
    slow, told = careful(place, data)
    record, findings = reader.interpret(place, data)
    assert findings == told
    assert (record.content, repr(record.content)) == (slow.content, repr(slow.content))
    assert (record.sections, record.spoiled) == (slow.sections, slow.spoiled)
    front = front_of(place, data)
    nodes = parse(front or "", 1 if place.kind.is_markdown else 0)
    try:
        values = quick.values(front or "")
    except quick.Unusual:
        return False
    assert (values, repr(values)) == (nodes.value, repr(nodes.value))
    assert nodes.faults == []
    for path in (*nodes.spans, *nodes.blank, ("没有",)):
        assert record.at(*path) == slow.at(*path)
        assert record.at_key(*path) == slow.at_key(*path)
    return True


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.parent.name)
def test_both_ways_agree_on_records(root: Path) -> None:
    """On every record there is; and most go the quick way, even of the faulty ones."""
    taken = [agree(place, data) for place, data in of_root(root)]
    assert sum(taken) > 0.8 * len(taken)


@needs_external
@pytest.mark.parametrize("kind", Kind)
def test_both_ways_agree_on_collected_inputs(kind: Kind) -> None:
    """The YAML test suite and naughty strings in the place of a record, and of its first value."""
    suite = json.loads((EXTERNAL / "yaml-test-suite" / "cases.json").read_text(encoding="utf-8"))
    naughty = json.loads((EXTERNAL / "blns" / "blns.json").read_text(encoding="utf-8"))
    place, data = of_kinds()[kind][0]
    head, _, rest = data.decode().partition(": ")
    for text in (*(case["in.yaml"] for case in suite), *naughty):
        whole = f"---\n{text}\n---\n\n## {text}\n\n{text}\n" if kind.is_markdown else text
        for changed in (whole, f"{head}: {text}\n{rest.partition(chr(10))[2]}"):
            agree(place, changed.encode("utf-8", "surrogatepass"))


@st.composite
def changed(draw: st.DrawFn) -> tuple[Place, bytes]:
    """A real record after some slips of the hand."""
    place, data = draw(st.sampled_from(of_kinds()[draw(st.sampled_from(Kind))]))
    text = data.decode()
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.sampled_from([found.end() for found in re.finditer(r"[\n:{\[,-] ?|\Z", text)]))
        at = draw(st.one_of(st.just(at), st.integers(0, len(text))))
        match draw(st.sampled_from(["piece", "piece", "text", "cut", "again", "blank", "line"])):
            case "piece":
                text = text[:at] + draw(st.sampled_from(PIECES)) + text[at:]
            case "text":
                text = text[:at] + draw(st.text(max_size=6)) + text[at:]
            case "cut":
                text = text[:at] + text[at + draw(st.integers(1, 30)) :]
            case "again":
                text = text[: at + draw(st.integers(1, 60))] + text[at:]
            case "blank":
                end = text.find("\n", at)
                text = text[:at] + (text[end:] if end >= 0 else "")
            case "line":
                lines = text.split("\n")
                lines.insert(draw(st.integers(0, len(lines))), draw(st.sampled_from(lines)))
                text = "\n".join(lines)
    return place, text.encode("utf-8", "surrogatepass")


@settings(max_examples=600, deadline=None)
@given(changed())
def test_both_ways_agree_on_slips(record: tuple[Place, bytes]) -> None:
    """Whatever is typed by mistake."""
    agree(*record)


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 999, "- " * 499, "? " * 499, "[:" * 499, "{a: " * 249, "[" * 100_000, "- " * 100_000),
        "\n".join(" " * depth + "-" for depth in range(490)) + " " + "[:" * 125 + "x" * 250,
        "\n".join(f"{' ' * depth}a:\n{' ' * depth}- b:" for depth in range(0, 480, 2)) + " x",
        *(
            "[" * 21 + "]" * 21,
            "a: 1\n" * 3,
            "a: ~\na: 1",
            "<<: {a: 1}",
            "'<<': {a: 1}",
            "[a]: b",
            "a: [",
            "a",
        ),
        *("a: *b", "&a [b]", "!a {b: c}", "a: ! [b]", "a:!b c", "%YAML 1.1\n---\na: 1", "[a]\n---\n[b]", ""),
    ],
    ids=lambda text: f"{text[:6]!r}-{len(text)}",
)
def test_quick_way_keeps_its_hands_off(text: str) -> None:
    """Of what is nested without end, which it could not survive, and of what a record may not have."""
    with pytest.raises(quick.Unusual):
        quick.values(text)


def test_quick_way_takes_what_only_looks_unusual() -> None:
    """Signs inside words and quotes, blank values, twenty levels."""
    text = "规格: 5.75*1500\n名称: 甲&乙!\n增长: 5%\n空: \n无: ~\n文: '~'\n表: [~, null, a]\n"
    assert quick.values(text) == {
        "规格": "5.75*1500",
        "名称": "甲&乙!",
        "增长": "5%",
        "文": "~",
        "表": [None, None, "a"],
    }
    assert quick.values("[" * 20 + "]" * 20) == parse("[" * 20 + "]" * 20).value


# Remembered values, bodies, files


def test_wrong_id_is_told_each_time() -> None:
    """What is remembered of ids are the right ones."""
    place, data = of_kinds()[Kind.EVENTS][0]
    wrong = re.sub(rb"sun-li|\xe7\x99\xbb\xe8\xae\xb0\xe4\xba\xba: [a-z-]+", "登记人: 孙丽".encode(), data)
    for _ in range(2):
        record, findings = reader.interpret(place, wrong)
        assert {finding.code for finding in findings} == {"S003"}
        (name,) = {event.noted_by for event in record.content.events}  # type: ignore[attr-defined]
        assert type(name) is str


def test_placeholders_are_known_by_their_first_character() -> None:
    """Texts that begin otherwise are not looked at further: so nothing may be missing."""
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    odd = {one for one in every if not one.strip() or re.match("[待tnx….]", one, re.IGNORECASE)}
    assert odd == leaves._ODD_START
    for text in ("待填写", "TODO", "tbd。", "N/A", "n/a：", "……", "....", "XXX", " todo ", "\u3000", ""):
        assert is_placeholder(text)
    assert not is_placeholder("x")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["#", "##", "###", " ", "\t", "a", "\n", "\n", "\n## b", "乙"]), max_size=30))
def test_headings_are_found_alike_with_and_without_blocks(pieces: list[str]) -> None:
    """A comment at the end changes nothing of what stands above it."""
    body = "".join(pieces)
    plain = markdown.parts(body, 7)
    blocks = markdown.parts(f"{body}\n<!-- -->", 7)
    assert [(one.title, one.line) for one in plain] == [(one.title, one.line) for one in blocks]
    lines = ["", *body.split("\n")]
    for section in plain:
        heading = lines[section.line - 6].strip(" \t")
        assert heading.startswith("##")
        assert section.title in heading


@pytest.mark.parametrize("filling", [" ", "#", " #", "\t#\t"])
def test_long_heading_is_read_at_once(filling: str) -> None:
    """Time grows with its length, not with the square of it."""
    (section,) = markdown.parts(f"## a{filling * 60_000}b", 1)
    assert section.title.endswith("b")


def test_file_that_comes_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some file systems give less than they are asked for."""
    read = os.read
    place, data = next(one for one in of_root(BASE) if one[0].kind is Kind.PEOPLE)
    monkeypatch.setattr(os, "read", lambda handle, size: read(handle, min(size, 10)))
    assert reader.read(BASE, place)[0].content == reader.interpret(place, data)[0].content


# Pickles


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("faulty", [False, True])
def test_record_comes_out_of_a_pickle(kind: Kind, faulty: bool) -> None:
    """With its values, parts and faults, and with its marks, whether one was asked for before or not."""
    chance = random.Random(kind)
    for place, data in of_kinds()[kind]:
        if faulty:
            at = data.index(b": ") + 2
            data = data[:at] + chance.choice([b"[1]", b"{a: b}", b"\nc: ", b"*a", b"' "]) + data[at:]
        record, _ = reader.interpret(place, data)
        paths = [*parse(front_of(place, data) or "", 1).spans, ("没有",), ()]
        for known in (False, True):
            again = pickle.loads(pickle.dumps(record, protocol=5))
            assert (again.place, again.content) == (place, record.content)
            assert (again.sections, again.spoiled) == (record.sections, record.spoiled)
            if known:
                marks = [(record.at(*path), record.at_key(*path)) for path in paths]
                assert [(again.at(*path), again.at_key(*path)) for path in paths] == marks
                assert len(pickle.dumps(record, protocol=5)) == len(pickle.dumps(again, protocol=5))
