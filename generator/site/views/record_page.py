"""What the page of every record has in common: its frame, body, corrections and findings."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator.model.base import Document
from generator.model.record import Record
from generator.reading.markdown import without_comments
from generator.site import addresses, markdown
from generator.site.facts import Facts
from generator.site.published import NOT_SHOWN
from generator.site.values import Badge, Column, Fact, Link, Page, Row, Section, Table
from generator.site.views import cells, findings, places
from generator.standing.clients import Client


def record_page(
    facts: Facts,
    record: Record[Any],
    title: str,
    crumbs: tuple[Link, ...],
    known: tuple[Fact, ...],
    before: tuple[Section | None, ...],
    badges: tuple[Badge, ...] = (),
) -> Page:
    """The page of a record: what is known of it, its body, its corrections, and what was found in it."""
    sections = [
        Section("概要", "summary", facts=known),
        *before,
        *_body(facts, record),
        _corrections(facts, record),
        findings.of_record(facts, record),
        findings.waivers(facts, [record]),
    ]
    return Page(
        addresses.record(record.place, facts.as_of),
        title,
        tuple(one for one in sections if one is not None),
        crumbs=crumbs,
        badges=badges,
        source=facts.source_of(record),
    )


def crumbs_of(facts: Facts, client: Client, year: int | None) -> tuple[Link, ...]:
    """The way to a record of a client's, of a year."""
    crumbs = (Link("客户", addresses.CLIENTS), facts.client(client.id))
    if year is None or year == facts.as_of.year:
        return crumbs
    return (*crumbs, Link(f"{year} 年", addresses.client_year(client.id, year, facts.as_of)))


_MOST_SECTIONS = 200
"""How many headings of a body become sections of a page."""


def _body(facts: Facts, record: Record[Any]) -> Iterator[Section]:
    """The parts of the body, in the order written; that there is one, where it may not be shown."""
    if not facts.published.bodies:
        yield Section("正文", "part-1", notes=(f"{NOT_SHOWN}。",))
        return
    texts = [without_comments(section.text) for section in record.sections]
    if len(texts) > _MOST_SECTIONS or markdown.has_too_many_signs(texts):
        whole = "\n".join(f"## {one.title}\n{text}" for one, text in zip(record.sections, texts, strict=True))
        note = "标题或符号太多，正文按原样显示。"
        yield Section("正文", "part-1", notes=(note,), body=markdown.as_typed(whole))
        return
    for at, section in enumerate(record.sections, start=1):
        text = without_comments(section.text).strip()
        body = markdown.render(section.text, lead=partial(places.leads_to, facts, record)) if text else None
        yield Section(section.title, f"part-{at}", body=body, notes=() if text else ("（空）",))


def _corrections(facts: Facts, record: Record[Any]) -> Section | None:
    given = record.data.corrections if isinstance(record.data, Document) else None
    rows: list[Row] = [
        (cells.day(one.on), cells.link(facts.person(one.by)), cells.text(one.what)) for one in given or ()
    ]
    if not rows:
        return None
    columns = (Column("日期", "day"), Column("更正人"), Column("说明", "wide"))
    return Section(
        "更正", "corrections", tables=(Table("提交后的更正", columns, tuple(rows), hidden_caption=True),)
    )
