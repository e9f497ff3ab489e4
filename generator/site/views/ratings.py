"""评级: the nominations, the standard and the decisions of a year."""

from collections.abc import Iterator, Sequence
from functools import partial

from generator.model.base import Signature
from generator.model.organization import UnitKind
from generator.model.ratings import Decision, Nomination, Nominee, Standard
from generator.model.record import Record
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Obligation
from generator.reading.markdown import without_comments
from generator.site import addresses, markdown
from generator.site.facts import Facts, tier
from generator.site.values import Cell, Column, Fact, Link, Page, Row, Section, Table
from generator.site.views import cells, duties, places
from generator.standing.ratings import Rating

_KINDS = (ObligationKind.NOMINATION, ObligationKind.RATING_STANDARD, ObligationKind.RATING_DECISION)


def years(facts: Facts) -> list[int]:
    """The years that have ratings or are asked for them; always the as-of day's."""
    world = facts.result.world
    found = {facts.as_of.year, *world.standards, *world.decisions, *(year for year, _ in world.nominations)}
    found |= {int(one.period) for one in facts.owed.own if one.kind in _KINDS}
    return sorted(found, reverse=True)


def pages(facts: Facts) -> Iterator[Page]:
    """One page for each year; the as-of day's is the one in the navigation."""
    found = years(facts)
    for year in found:
        yield _page(facts, year, found)


def _page(facts: Facts, year: int, found: Sequence[int]) -> Page:
    asked = {
        (one.kind, one.unit): one for one in facts.owed.own if one.kind in _KINDS and one.period == str(year)
    }
    present = year == facts.as_of.year
    sections = (
        _summary(asked, facts, year),
        *_decisions(facts, year),
        _standard(facts, year),
        *_nominations(facts, year, asked),
    )
    tabs = tuple(Link(f"{one} 年", addresses.ratings(one, facts.as_of)) for one in found)
    return Page(
        addresses.ratings(year, facts.as_of),
        f"{year} 年评级",
        sections,
        crumbs=() if present else (Link("评级", addresses.RATINGS),),
        tabs=tabs if len(tabs) > 1 else (),
        wide=True,
    )


def _summary(asked: dict[tuple[ObligationKind, str | None], Obligation], facts: Facts, year: int) -> Section:
    asked_in_order = sorted(asked.values(), key=lambda one: (_KINDS.index(one.kind), one.unit or ""))
    table = duties.table(
        duties.rows(facts, asked_in_order),
        f"{year} 年评级的应办事项",
        empty="这一年没有评级方面的应办事项。",
        hidden_caption=True,
    )
    return Section("进度", "progress", tables=(table,))


_SIGNATURES = (Column("单位"), Column("人员"), Column("会签日期", "day"))


def _signatures(facts: Facts, given: Sequence[Signature] | None) -> Table:
    rows: tuple[Row, ...] = tuple(
        (
            cells.link(facts.unit(one.unit) if one.unit else Link("—")),
            cells.link(facts.person(one.person)),
            cells.day(one.on),
        )
        for one in given or ()
    )
    return Table("会签", _SIGNATURES, rows)


def _standard(facts: Facts, year: int) -> Section:
    record: Record[Standard] | None = facts.result.world.standards.get(year)
    if record is None:
        path = f"{facts.result.world.root}/ratings/{year}/standard.md"
        return Section("评级标准", "standard", notes=("还没有评级标准。",), source=facts.source(path))
    notes = (f"沿用 {record.data.carried_on} 年的标准。",) if record.data.carried_on else ()
    text = "\n\n".join(without_comments(part.text) for part in record.sections)
    return Section(
        "评级标准",
        "standard",
        notes=notes,
        body=markdown.render(text, lead=partial(places.leads_to, facts, record)) if text.strip() else None,
        tables=(_signatures(facts, record.data.signatures),),
        source=facts.source_of(record),
    )


def _decisions(facts: Facts, year: int) -> Iterator[Section]:
    decisions = facts.result.world.decisions.get(year, [])
    if not decisions:
        yield Section("评级决定", "decisions", notes=("还没有评级决定。",))
    for record in decisions:
        yield _decision(facts, record, year)


def _decision(facts: Facts, record: Record[Decision], year: int) -> Section:
    rows: list[Row] = []
    counts: dict[str, int] = {}
    for entry in record.data.rated or ():
        group = tier(Rating(entry.tier, entry.level)) if entry.tier else tier(None)
        counts[group.label] = counts.get(group.label, 0) + 1
        rows.append(
            (
                cells.link(facts.client(entry.client) if entry.client else Link("—")),
                cells.badge(group.kind, group.label),
            )
        )
    notes = [f"{label} {count} 家" for label, count in counts.items()]
    others = "；其余客户为一般客户" if record.data.others else ""
    table = Table("评级", (Column("客户"), Column("等级")), tuple(rows), sortable=True)
    return Section(
        f"{record.place.day} 的评级决定",
        f"decision-{record.place.day}",
        notes=("、".join(notes) + others + "。",),
        tables=(table, _signatures(facts, record.data.signatures)),
        side_by_side=True,
        source=facts.source_of(record),
    )


def _nominations(
    facts: Facts, year: int, asked: dict[tuple[ObligationKind, str | None], Obligation]
) -> Iterator[Section]:
    world = facts.result.world
    divisions = [unit.id for unit in world.company.of_kind(UnitKind.DIVISION)]
    given = [unit for (of_year, unit) in world.nominations if of_year == year]
    order = [*divisions, *(unit for unit in sorted(given) if unit not in divisions)]
    for unit in order:
        record = world.nominations.get((year, unit))
        one = asked.get((ObligationKind.NOMINATION, unit))
        if record is None and one is None:
            continue
        yield _nomination(facts, unit, record, one)


_NOMINEES = (
    Column("客户"),
    Column("方向"),
    Column("建议等级"),
    Column("年成交量", "num"),
    Column("计划重点开发"),
    Column("理由", "wide"),
    Column("补充日期", "day"),
)


def _nomination(
    facts: Facts, unit: str, record: Record[Nomination] | None, one: Obligation | None
) -> Section:
    title = f"{facts.unit(unit).text}的提名"
    id_ = f"nomination-{unit}"
    if record is None:
        source = facts.source(one.record) if one and one.record else None
        known = (
            (Fact("状态", Cell(badge=cells.state(one.status), note=duties.timing(one, facts.as_of))),)
            if one
            else ()
        )
        return Section(title, id_, notes=("还没有提交提名。",), facts=known, source=source)
    data = record.data
    known = (
        cells.fact("提交", Cell((facts.person(data.submitted_by),), note=str(data.submitted_on or ""))),
        *((cells.fact("说明", data.note),) if data.note else ()),
    )
    rows = tuple(_nominee(facts, entry) for entry in data.nominees or ())
    table = Table(title, _NOMINEES, rows, "本年无提名。", hidden_caption=True)
    return Section(title, id_, facts=known, tables=(table,), source=facts.source_of(record))


def _nominee(facts: Facts, entry: Nominee) -> Row:
    volume = entry.volume
    shown = cells.number(volume.amount, unit=f" {volume.unit or ''}") if volume else cells.text(None)
    return (
        cells.link(facts.client(entry.client) if entry.client else Link("—")),
        cells.text(entry.side.value if entry.side else None),
        cells.text(entry.tier.value if entry.tier else None),
        shown,
        cells.text("是" if entry.to_develop else "—"),
        cells.text(entry.reason),
        cells.day(entry.added_on) if entry.added_on else cells.text("—", sort="0"),
    )
