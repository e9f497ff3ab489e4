"""Long lists are cut: nothing is lost, nothing is shown twice, and no page has too many rows."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.site.cutting import MOST_ROWS, cut
from generator.site.values import Cell, Column, Link, Page, Section, Table
from tests.cases_runner import BASE
from tests.site_builder import build_company

SIZES = st.lists(st.lists(st.integers(0, 400), max_size=3), max_size=8)


def page(sizes: list[list[int]]) -> Page:
    """A page of sections with tables of so many rows, each row with a text of its own."""
    sections = []
    for number, tables in enumerate(sizes):
        made = [
            Table(
                f"t{at}",
                (Column("x"),),
                tuple((Cell((Link(f"{number}.{at}.{row}"),)),) for row in range(rows)),
                csv=f"{number}.{at}.csv",
            )
            for at, rows in enumerate(tables)
        ]
        sections.append(Section(f"s{number}", f"s{number}", notes=(f"n{number}",), tables=tuple(made)))
    return Page("list/", "List", tuple(sections))


def texts(pages: list[Page]) -> list[str]:
    """The rows of all pages, in their order, those left out that only lead elsewhere."""
    return [
        row[0].parts[0].text
        for one in pages
        for section in one.sections
        if section.id != "elsewhere"
        for table in section.tables
        for row in table.rows
    ]


@given(SIZES)
def test_every_row_is_shown_once(sizes: list[list[int]]) -> None:
    """In its order, on a page with not too many; every section's notes once."""
    whole = page(sizes)
    pages = cut(whole)
    assert texts(pages) == texts([whole])
    notes = [note for one in pages for section in one.sections for note in section.notes]
    assert notes == [f"n{number}" for number in range(len(sizes))]
    for one in pages:
        shown = sum(len(t.rows) for s in one.sections if s.id != "elsewhere" for t in s.tables)
        assert shown <= MOST_ROWS
    assert len({one.url for one in pages}) == len(pages)


@given(SIZES)
def test_every_section_is_found_from_the_first_page(sizes: list[list[int]]) -> None:
    """By its own name, or by a line with that name that leads to it."""
    whole = page(sizes)
    first, *rest = cut(whole)
    rows = [row for s in first.sections if s.id == "elsewhere" for t in s.tables for row in t.rows]
    led = {row[0].anchor: row[0].parts[0].url for row in rows}
    there = {section.id for section in first.sections}
    for section in whole.sections:
        assert (section.id in there) != (section.id in led)
    for id_, url in led.items():
        assert any(url == f"{one.url}#{id_}" and id_ in {s.id for s in one.sections} for one in rest)


def test_short_page_stays_as_it_is() -> None:
    """And is not even copied."""
    whole = page([[MOST_ROWS]])
    assert cut(whole) == [whole]
    assert not whole.pager


def test_long_page_says_so() -> None:
    """The first keeps its address and says how many there are; all lead to each other."""
    first, second, third = cut(page([[MOST_ROWS * 2 + 1]]))
    assert (first.url, second.url, third.url) == ("list/", "list/_2/", "list/_3/")
    assert [link.url for link in second.pager] == [first.url, second.url, third.url]
    assert first.sections[0].links == (Link(f"下载全部 {MOST_ROWS * 2 + 1} 行（CSV）", "0.0.csv"),)
    assert second.title == "List（第 2 页）"
    assert second.sections[0].title == "s0（续）"


def test_records_of_any_length_have_their_pages(tmp_path: Path) -> None:
    """A visit's page lies deepest of all; with many promises or corrections it is cut, too."""
    path = "clients/hengda-steel/2026/Q2/visits/2026-05-28.md"
    promise = "  - {内容: 寄送取样规程, 负责人: zhou-ping, 期限: 2026-07-10}\n"
    text = (BASE / path).read_text("utf-8")
    assert promise.split("{")[0] in text
    long = text.replace("待办:\n", "待办:\n" + promise * MOST_ROWS)
    site = build_company(tmp_path, {path: long})
    folder = site / path.removesuffix(".md")
    pages = [folder / "index.html", folder / "_2" / "index.html"]
    rows = [page.read_text("utf-8").count("取样规程") for page in pages]
    assert sum(rows) == MOST_ROWS + 1
    assert min(rows) > 0
