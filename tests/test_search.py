"""The search: the index finds what is in the texts and nothing else; names tell how they are read."""

import json
import pickle
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.apart import Apart
from generator.judging.store import Store
from generator.site import search
from generator.site.search import Entry, Readings, Source, Text, joining, names, of_source
from generator.site.search.grams import fold
from generator.site.search.letters import letters
from tests.search_index import Index, build, naive, words

LETTERS = "钢铁价吨吨钢，。、（）—ABbc1235 　\n-./℃㎡①ＡＢ１😀𠀀é"
BODIES = st.text(LETTERS, max_size=40)
DAYS = st.sampled_from(["", "2025-03-05", "2026-05-12", "2026-05-13", "1999-01-01"])


@contextmanager
def small_parts(texts: int) -> Iterator[None]:
    """Units of few texts, and many small files, so that little is enough to have several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search.pieces, "MOST_TEXTS", texts)
        patch.setattr(joining, "_FILE", 64)
        yield


@st.composite
def sources(draw: st.DrawFn) -> list[Source]:
    """Some sources, each with some texts."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        drawn = draw(st.lists(st.tuples(st.text(LETTERS, max_size=8), BODIES, DAYS), max_size=12))
        texts = [Text(f"s{number}/{at}/", one[0], "", *one[1:]) for at, one in enumerate(drawn)]
        found.append((f"s{number}", texts))
    return found


def texts_of(given: list[Source]) -> list[Text]:
    """All texts."""
    return [text for _, texts in given for text in texts]


def inner(draw: st.DrawFn, text: str) -> str:
    """A part of a text."""
    start = draw(st.integers(0, max(len(text) - 2, 0)))
    return text[start : start + draw(st.integers(2, 9))]


@settings(max_examples=150, deadline=None)
@given(st.data(), sources(), st.integers(1, 9))
def test_every_part_of_a_text_is_found(data: st.DataObject, given: list[Source], texts: int) -> None:
    """What is found is what a look through all texts finds, each once."""
    with small_parts(texts):
        index = Index(build(given))
    all_texts = texts_of(given)
    typed = [data.draw(st.text(LETTERS, min_size=2, max_size=6))]
    typed += [data.draw(st.composite(inner)(f"{text.title}\n{text.body}")) for text in all_texts[:8]]
    for one in typed:
        found = index.find(one)
        if found is None:
            assert all(len(word) < 2 for word in words(one)), one
        else:
            assert len(found) == len(set(found))
            assert set(found) == naive(all_texts, one), one


@settings(max_examples=30, deadline=None)
@given(sources(), st.sets(st.integers(0, 3)), st.randoms(use_true_random=False))
def test_however_it_is_made(given: list[Source], ends: set[int], chance: random.Random) -> None:
    """Pieces that were kept, the order of a source's texts, where groups end: nothing else is found."""
    with small_parts(3):
        first = build(given)
        shuffled = [(name, chance.sample(texts, len(texts))) for name, texts in given]
        assert build(shuffled) == first
        kept = [pickle.loads(pickle.dumps(of_source(name, texts)[0])) for name, texts in given]
        packs = pickle.loads(pickle.dumps([search.pack(kept)]))
        assert dict(search.join(packs)) == {
            name: data for name, data in build(given, ends=()).items() if "texts/" not in name
        }
        cut, whole = Index(build(given, ends=ends)), Index(first)
    for text in texts_of(given):
        typed = text.body[:3] or text.title[:3]
        assert cut.find(typed) == whole.find(typed)


def many(count: int) -> list[Source]:
    """Sources with a word of their own each, and some that they share."""
    return [
        (
            f"clients/c{number:04}",
            [
                Text(
                    f"c{number}/{at}/",
                    f"客户{number}",
                    "",
                    f"编号 {number * 7919} 共有的词",
                    f"2026-01-0{at}",
                )
                for at in (1, 2, 3)
            ],
        )
        for number in range(count)
    ]


def test_more_units_than_a_section_holds() -> None:
    """Units are numbered on beyond what one byte counts."""
    given = many(700)
    index = Index(build(given))
    assert len(index.told["sections"]) > 2
    assert set(index.find("共有的") or ()) == {text.url for text in texts_of(given)}
    assert index.find(str(699 * 7919)) == [f"c699/{at}/" for at in (3, 2, 1)]


def test_a_change_touches_little() -> None:
    """Where one text changed, only its own file and the shards with its characters are other bytes."""
    given = many(700)
    changed = [*given]
    name, texts = given[300]
    changed[300] = name, [texts[0]._replace(body=texts[0].body + "辐射"), *texts[1:]]
    before, after = build(given), build(changed)
    assert before.keys() == after.keys()
    differ = {name for name in before if before[name] != after[name]}
    assert len(differ) <= 3
    assert Index(after).find("辐射") == [texts[0].url]


def test_a_new_client_moves_few_groups() -> None:
    """Where groups end hangs on the names: with a source more, all groups but its own are the same."""

    def groups(given: list[Source]) -> list[tuple[str, ...]]:
        found: list[list[str]] = [[]]
        for name, _ in given:
            found[-1].append(name)
            if search.ends_group(name):
                found.append([])
        return [tuple(names) for names in found]

    given = many(2000)
    assert len(groups(given)) > 5
    assert len(set(groups(given)) - set(groups(given[:900] + given[901:]))) == 1


def test_units_are_cut() -> None:
    """No unit has many texts or many characters, unless one text alone is long; the latest come first."""
    texts = [Text(f"t/{at}/", "", "", "字" * 3000, f"2026-05-{at + 1:02}") for at in range(9)]
    texts += [Text("t/long/", "", "", "长" * 30_000)]
    piece, files = of_source("t", texts)
    read = [json.loads(data) for _, data in files]
    assert [len(some) for some in read] == [3, 3, 3, 1]
    assert [text[0] for some in read for text in some] == [
        text.url for text in (*reversed(texts[:9]), texts[9])
    ]
    assert [(unit.newest - unit.oldest) for unit in piece.units] == [2, 2, 2, 0]
    assert piece.units[-1].newest == 0


def test_odd_characters() -> None:
    """Control characters are gone, all kinds of space are spaces, half a character does no harm."""
    texts = [Text("t/", "甲\x00乙\x1b丙", "", "丁\u3000戊\xa0己\ufeff庚\x85辛\u2028壬\ud800癸")]
    files = build([("t", texts)])
    (read,) = json.loads(next(data for name, data in files.items() if "texts/" in name))
    assert read[1] == "甲乙丙"
    assert read[3] == "丁 戊 己庚辛 壬?癸"
    for typed in ("甲乙丙", "庚辛", "丁\u3000己庚", "己庚"):
        assert Index(files).find(typed) == ["t/"], typed


def test_an_empty_index() -> None:
    """Where there is no text, nothing is found."""
    assert Index(build([])).find("钢铁") == []
    assert Index(build([("people", [])])).find("钢铁") == []


# Names


@dataclass
class Names:
    """The list of names, read as the script reads it."""

    told: dict[str, Any]

    def letters(self, at: int) -> list[str]:
        """How a name is read."""
        readings = {
            character: syllable for syllable, all_ in self.told["letters"].items() for character in all_
        }
        name = self.told["names"][at]
        return self.told["read"].get(str(at)) or [readings[one] for one in name if one in readings]


NAMED = (
    "重庆长安汽车",
    "长沙重型机械",
    "重型装备",
    "恒达钢铁（Hengda）",
    "Tongda Minerals",
    "吕梁",
    "𠀀钢",
    "",
)


def entry(number: int, name: str) -> Entry:
    """A client with a name."""
    return Entry("c", f"id-{number}", name, letters(name), "重点　赵敏" if number % 2 else "一般")


def test_names() -> None:
    """Ids, names and notes come back, and every name is read as a whole, not letter by letter."""
    listed = [entry(number, name) for number, name in enumerate(NAMED)]
    listed += [Entry("p", "zhao-min", "赵敏", letters("赵敏"), "铁矿石事业部总经理")]
    told = json.loads(names(listed))
    assert told["kinds"] == {"c": len(NAMED), "p": 1}
    assert told["ids"] == [one.id for one in listed]
    assert told["names"] == [one.name for one in listed]
    assert [told["notes"][at] for at in told["noted"]] == [one.note for one in listed]
    for at, one in enumerate(listed):
        assert Names(told).letters(at) == [syllable for syllable in one.letters if syllable], one.name
    assert Names(told).letters(0)[:4] == ["chong", "qing", "chang", "an"]
    assert told["read"].keys() < {"0", "1", "2"}, "only names that are read otherwise than most tell how"


def test_names_hang_on_nothing_else() -> None:
    """The same entries give the same bytes."""
    listed = [entry(number, name) for number, name in enumerate(NAMED)]
    assert names(listed) == names(iter(listed))


def test_fold() -> None:
    """Full-width and capital letters are the same as plain ones."""
    assert fold("ＡＢｃ，（１）") == "abc,(1)"


@pytest.mark.parametrize("has_store", [True, False])
def test_how_names_are_read_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_store: bool
) -> None:
    """Looked up once, in a process apart; another name alone is looked up later."""
    (tmp_path / "records").mkdir()
    store = Store.open(tmp_path / "records") if has_store else None
    seen: list[list[str]] = []

    def noted(work: Any) -> Apart:
        seen.append(list(work.args[0]))
        return Apart(work)

    monkeypatch.setattr(search.letters, "Apart", noted)
    first = Readings(store)
    assert first.of(["重庆钢铁", "A厂", "重庆钢铁"]) == {
        "重庆钢铁": ("chong", "qing", "gang", "tie"),
        "A厂": ("", "chang"),
    }
    assert Readings(store).of(["A厂"]) == {"A厂": ("", "chang")}
    assert first.of(["重庆钢铁", "长沙"]) == {name: letters(name) for name in ("重庆钢铁", "长沙")}
    assert seen == [["重庆钢铁", "A厂"], *([] if has_store else [["A厂"]]), ["长沙"]]
