"""What can be found by its text, taken from the pages that show it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from itertools import groupby

from generator.site import addresses
from generator.site.search.pieces import Text
from generator.site.values import Cell, Html, Page, Section

Source = tuple[str, list[Text]]
"""The name of a source, and its texts."""

_RECORDS = {
    "report": "季度报告",
    "satisfaction-plan": "满意度计划书",
    "service-plan": "服务方案",
    "visit-plan": "季度访问计划",
    "visits": "拜访报告",
}
_OTHERS = {addresses.CLIENTS: "客户", addresses.PEOPLE: "人员", "key-accounts/": "客户服务分析"}
_LEFT_OUT = {"findings", "waivers"}
_OF_CLIENT = {"standing", "team", "events", "archive"}
_OF_PERSON = {"positions"}
"""Other sections of a client's or a person's page list what has a page of its own, or change with the day."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CELL_END = re.compile(r" *</t[dh]> *")
_LINE_END = re.compile(r"</(?:p|li|h\d|tr|pre)>|<br>")
_TAG = re.compile(r"<[^>]*>")


def sources(pages: Iterable[Page]) -> Iterator[Source]:
    """The texts of pages, source by source; the pages of a source come one after the other."""
    for name, some in groupby(pages, lambda page: _source(page.url)):
        if texts := [text for page in some if (text := text_of(page))]:
            yield name, texts


def _source(url: str) -> str:
    """A client is a source of its own, all people are one."""
    first, _, rest = url.partition("/")
    return f"{first}/{rest.partition('/')[0]}" if url.startswith(addresses.CLIENTS) else first


def text_of(page: Page) -> Text | None:
    """What is searched of a page; None where nothing is."""
    parts = page.url.split("/")
    note = next((_RECORDS[part] for part in parts if part in _RECORDS), "") or _OTHERS.get(f"{parts[0]}/", "")
    if not note or page.url in _OTHERS:
        return None
    day = next((_day(section) for section in page.sections if section.id == "summary"), "")
    lines = [line for section in page.sections if _is_text(page.url, section) for line in _lines(section)]
    return Text(page.url, page.title, note, "\n".join(lines), day)


def _is_text(url: str, section: Section) -> bool:
    if url.startswith(addresses.PEOPLE):
        return section.id in _OF_PERSON
    if url.startswith(addresses.CLIENTS) and url.count("/") <= 3:
        return section.id in _OF_CLIENT
    return section.id not in _LEFT_OUT


def _day(summary: Section) -> str:
    """The first day in a record's summary: when it was, or when it was submitted."""
    found = _DAY.findall("\n".join(_cell(fact.cell) for fact in summary.facts))
    return next(filter(_is_day, found), "")


def _is_day(text: str) -> bool:
    """Whether what looks like a day is one; names may hold anything."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _lines(section: Section) -> Iterator[str]:
    if section.body is not None:
        yield section.title
    yield from section.notes
    for fact in section.facts:
        if value := _cell(fact.cell):
            yield f"{fact.label}：{value}"
    if section.body is not None:
        yield from _plain(section.body).splitlines()
    for table in section.tables:
        for row in table.rows:
            yield "　".join(value for cell in row if (value := _cell(cell)))


def _cell(cell: Cell) -> str:
    """What a cell says; states are left out, which change with the day."""
    if cell.badge:
        return ""
    text = cell.joint.join(part.text for part in cell.parts)
    return f"{text}　{cell.note}" if text and cell.note else text or cell.note


def _plain(body: Html) -> str:
    """The text of markup, line by line."""
    text = _LINE_END.sub("\n", _CELL_END.sub("　", body.replace("\n", " ")))
    lines = (line.strip() for line in unescape(_TAG.sub("", text)).split("\n"))
    return "\n".join(line for line in lines if line)
