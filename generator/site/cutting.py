"""Long lists cut into pages, so that none is too large to open: each is complete without a script."""

from collections.abc import Iterator
from dataclasses import replace

from generator.site.values import Cell, Column, Link, Page, Section, Table

MOST_ROWS = 150
"""How many rows a page shows at most: about 200 kB."""

Chunk = list[Section]


def cut(page: Page) -> list[Page]:
    """A page as one or more: the first has its address, and tells where all the others begin."""
    if sum(len(table.rows) for section in page.sections for table in section.tables) <= MOST_ROWS:
        return [page]
    chunks = _chunks(page.sections)
    urls = [page.url, *(_address(page.url, number) for number in range(2, len(chunks) + 1))]
    pager = tuple(Link(f"第 {number} 页", url) for number, url in enumerate(urls, start=1))
    elsewhere = _elsewhere(chunks, urls)
    first = (*chunks[0], elsewhere) if elsewhere else tuple(chunks[0])
    pages = [replace(page, sections=first, pager=pager)]
    for number, chunk in enumerate(chunks[1:], start=2):
        title = f"{page.title}（第 {number} 页）"
        crumbs = (*page.crumbs, Link(page.title, page.url))
        url = urls[number - 1]
        pages.append(
            replace(page, url=url, title=title, sections=tuple(chunk), crumbs=crumbs, notes=(), pager=pager)
        )
    return pages


def _address(url: str, number: int) -> str:
    """Where a later page lies; no id has an underscore, so no client or unit can lie there."""
    return f"{url}_{number}/"


def _chunks(sections: tuple[Section, ...]) -> list[Chunk]:
    """The sections, page by page; one that does not fit goes on where the next page begins."""
    chunks: list[Chunk] = [[]]
    left = MOST_ROWS
    for section in sections:
        for at, (piece, rows) in enumerate(_pieces(section, left)):
            if at or rows > left:
                chunks.append([])
                left = MOST_ROWS
            chunks[-1].append(piece)
            left -= rows
    return chunks


def _pieces(section: Section, left: int) -> Iterator[tuple[Section, int]]:
    """A section in pieces that fit, the first into what is left of a page, with their rows."""
    rows = sum(len(table.rows) for table in section.tables)
    if rows <= max(left, MOST_ROWS // 2):
        yield section, rows
        return
    whole = section._replace(links=(*section.links, *_downloads(section)))
    room = left if left > MOST_ROWS // 10 else MOST_ROWS
    tables: list[Table] = []
    taken = 0
    for table in section.tables:
        at = 0
        while at < len(table.rows) or not table.rows:
            some = table.rows[at : at + room - taken]
            tables.append(table._replace(rows=some, csv=None))
            at, taken = at + len(some), taken + len(some)
            if taken < room or not table.rows:
                break
            yield whole._replace(tables=tuple(tables)), taken
            whole = Section(f"{section.title}（续）", section.id, section.url)
            tables, taken, room = [], 0, MOST_ROWS
    if taken or tables:
        yield whole._replace(tables=tuple(tables)), taken


def _downloads(section: Section) -> Iterator[Link]:
    for table in section.tables:
        if table.csv:
            yield Link(f"下载全部 {len(table.rows)} 行（CSV）", table.csv)


def _elsewhere(chunks: list[Chunk], urls: list[str]) -> Section | None:
    """Where the sections are that do not begin on the first page: links to them end here."""
    seen = {section.id for section in chunks[0]}
    rows = []
    for number, (chunk, url) in enumerate(zip(chunks, urls, strict=True), start=1):
        for section in chunk:
            if section.id not in seen:
                seen.add(section.id)
                link = Link(section.title, f"{url}#{section.id}")
                rows.append((Cell((link,), anchor=section.id), Cell((Link(f"第 {number} 页"),))))
    if not rows:
        return None
    columns = (Column("部分"), Column("页", "keep"))
    table = Table("其他页上的部分", columns, tuple(rows), hidden_caption=True)
    return Section("其他页上的部分", "elsewhere", tables=(table,))
