"""Starting what the yearly rating needs: nominations, the standard, a decision (1.2, 1.3)."""

from collections.abc import Iterable
from datetime import date

from generator.model.periods import Kind
from generator.model.ratings import Level, NominatedTier, Side, Tier
from generator.policy.days import first_of, last_of
from generator.standing.clients import Client
from generator.starting.known import CannotStart, Known
from generator.starting.text import Entry, New, comment, items, line, markdown_record, yaml_record

AHEAD_DAYS = 210
"""A nomination may be submitted so many days before its year (D102)."""


def nomination(known: Known, division: str, year: int, by: str | None = None) -> New:
    """ratings/<year>/nominations/<division>.yml."""
    own = known.own(first_of(year), last_of(year), ahead=AHEAD_DAYS)
    name = known.company.unit_name(division)
    nominee = [
        Entry("客户", hint="客户编号"),
        Entry("方向", hint="、".join(Side)),
        Entry("建议等级", hint="、".join(NominatedTier)),
        Entry("理由", hint="或写 年成交量: {数量: 120000, 计量单位: 吨}，或 计划重点开发: true"),
    ]
    lines = [
        comment(f"{name} {year} 年{Kind.NOMINATION}。没有提名的：客户名单写 []，另加一行 说明。"),
        line("提交日期", own.day, own.hint),
        line("提交人", by or next(iter(known.company.general_managers(division, known.day)), None)),
        *items("客户名单", [nominee], "每个客户一项"),
        *(comment(f"本事业部的客户：{_about(known, client)}") for client in _clients(known, division)),
    ]
    return New(known.path("ratings", year, "nominations", f"{division}.yml"), yaml_record(lines))


def _clients(known: Known, division: str) -> list[Client]:
    clients = known.world.clients.values()
    return [one for one in clients if not one.ended_on and division in one.divisions(known.day)]


def _about(known: Known, client: Client) -> str:
    rating = known.world.ratings.rating(client.id, known.day, known.day)
    kinds = "、".join(sorted(client.types(known.day)))
    return f"{client.id} {client.name}（{kinds}，现为{rating.tier if rating else '未评级'}）"


def _signatures(known: Known) -> list[str]:
    """会签 with every unit of 1.3, to be signed."""
    entries = []
    for unit in known.company.signing_units(known.day):
        heads = known.company.general_managers(unit, known.day) or _anybody(known, unit)
        hint = f"{known.company.unit_name(unit)}，如 {known.all_named(heads)}" if heads else ""
        entries.append([Entry("单位", unit), Entry("人员", hint=hint), Entry("日期")])
    return items("会签", entries, "各单位会签后填人员和日期")


def _anybody(known: Known, unit: str) -> list[str]:
    return [one for one in known.company.people if known.company.is_in(one, unit, known.day)]


def standard(known: Known, year: int) -> New:
    """ratings/<year>/standard.md."""
    front = [comment(f"{year} 年{Kind.STANDARD}"), *_signatures(known)]
    if year - 1 in known.world.standards:
        front.append(comment(f"沿用: {year - 1}  （沿用上年标准时写这一行，正文可删去）"))
    hints = ["按业务规模和重要程度，写明战略、重点、一般客户的条件"]
    return New(known.path("ratings", year, "standard.md"), markdown_record(front, [("评级标准", hints)]))


def decision(known: Known, year: int, day: date) -> New:
    """ratings/<year>/decisions/<date>.yml, with every nominated client that is not decided yet."""
    if day > known.day:
        raise CannotStart(f"决定日期 {day} 在今天（{known.day}）之后；作出决定后再写。")
    if not f"{year - 1:04}-07-01" <= day.isoformat() <= f"{year:04}-12-31":
        raise CannotStart(
            f"{year} 年的决定应在 {year - 1}-07-01 至 {year}-12-31 之间作出；请核对 --year 和 --date。"
        )
    entries = [_rated(client, hint) for client, hint in _nominated(known, year).items()]
    lines = [
        comment(f"{day} 对 {year} 年客户的{Kind.DECISION}"),
        *_signatures(known),
        *items("评级", entries or [_rated(None, "客户编号")], f"等级：{'、'.join(Tier)}"),
        comment("其余客户: 一般  （决定没有提到的客户都评为一般时，去掉行首的 # 和一个空格）"),
    ]
    return New(known.path("ratings", year, "decisions", f"{day}.yml"), yaml_record(lines))


def _rated(client: str | None, hint: str) -> list[Entry]:
    level = f"战略客户才填：{'、'.join(Level)}；其他删去"
    return [Entry("客户", client, hint), Entry("等级"), Entry("层级", hint=level)]


def _nominated(known: Known, year: int) -> dict[str, str]:
    """The clients nominated for a year that no decision names, each with who proposed what."""
    decided = {client for one in known.world.ratings.decisions(year) for client in one.named}
    found: dict[str, list[str]] = {}
    for (of_year, division), record in sorted(known.world.nominations.items()):
        for entry in (record.data.nominees or ()) if of_year == year else ():
            if entry.client and entry.client in known.world.clients and entry.client not in decided:
                proposed = f"{known.company.unit_name(division)}建议{entry.tier or '…'}"
                found.setdefault(entry.client, []).append(proposed)
    return {client: _hint(known, client, proposals) for client, proposals in found.items()}


def _hint(known: Known, client: str, proposals: Iterable[str]) -> str:
    return f"{known.world.clients[client].name}；{'，'.join(proposals)}"
