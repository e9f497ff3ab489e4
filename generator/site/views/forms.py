"""How each kind of record is filled in: its place, its fields and its parts, read off the model."""

import types
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from generator.model.base import Document, Spell
from generator.model.organization import ParameterVersion
from generator.model.periods import Kind
from generator.reading.kinds import CLASSES
from generator.site import addresses
from generator.site.facts import Facts
from generator.site.values import Column, Link, Page, Row, Section, Table
from generator.site.views import cells

PLACES = {
    Kind.POLICY: "policy.yml",
    Kind.UNITS: "organization/units.yml",
    Kind.PEOPLE: "organization/people.yml",
    Kind.STANDARD: "ratings/<年>/standard.md",
    Kind.NOMINATION: "ratings/<年>/nominations/<事业部>.yml",
    Kind.DECISION: "ratings/<年>/decisions/<日期>.yml",
    Kind.ARCHIVE: "clients/<客户>/archive.yml",
    Kind.TEAM: "clients/<客户>/<年>/team.yml",
    Kind.EVENTS: "clients/<客户>/<年>/events.yml",
    Kind.SERVICE_PLAN: "clients/<客户>/<年>/service-plan.md",
    Kind.SATISFACTION_PLAN: "clients/<客户>/<年>/satisfaction-plan.md",
    Kind.VISIT_PLAN: "clients/<客户>/<年>/<季度>/visit-plan.yml",
    Kind.REPORT: "clients/<客户>/<年>/<季度>/report.md",
    Kind.VISIT: "clients/<客户>/<年>/<季度>/visits/<日期>.md",
    Kind.ANALYSIS: "key-accounts/<年>/<季度>.md",
    Kind.CALENDAR: "calendar/<年>.yml",
}
_COMMON = frozenset(Document.model_fields)
_COLUMNS = (Column("项"), Column("必填"), Column("填什么", "wide"))
_PEOPLE = (
    *("人员", "提交人", "制定人", "填报人", "编制人", "登记人", "负责人", "接收人", "更新人", "批准人"),
    *("更正人", "出差人员", "拜访人员", "客户经理", "指定负责人"),
)
_BY_ALIAS = {
    "单位": "单位编号",
    "业务单位": "单位编号",
    "客户": "客户编号",
    "编号": "编号（小写字母、数字和连字符）",
    **dict.fromkeys(_PEOPLE, "人员编号"),
}


def page(facts: Facts, tabs: tuple[Link, ...], crumbs: tuple[Link, ...]) -> Page:
    """One section for each kind of record."""
    sections = [_section(facts, kind) for kind in Kind]
    sections.append(_waivers())
    notes = (
        "键和值都用中文，编号、文件名和文件夹用小写字母、数字和连字符。日期写成 2026-02-17；数量只写数字。",
        "标“可按日期分段”的项，可以写成 {值, 开始: 日期, 结束: 日期}，或这样的列表。",
    )
    return Page(addresses.FORMS, "填写说明", tuple(sections), crumbs, notes=notes, tabs=tabs)


def _section(facts: Facts, kind: Kind) -> Section:
    cls: Any = CLASSES[kind]
    if issubclass(cls, RootModel):
        cls = get_args(cls.model_fields["root"].annotation)[0]
    own = getattr(cls, "OWN_DATE", None)
    known = [cells.fact("文件", f"{facts.result.world.root}/{PLACES[kind]}")]
    if own:
        known.append(cells.fact("记录日期", own))
    parts = getattr(cls, "PARTS", ())
    if parts:
        known.append(cells.fact("正文部分", "、".join(f"## {part}" for part in parts)))
    rows = tuple(_rows(cls, "", skip=_COMMON))
    table = Table(f"{kind.value}的各项", _COLUMNS, rows, hidden_caption=True)
    return Section(kind.value, addresses.form(kind).partition("#")[2], facts=tuple(known), tables=(table,))


def _waivers() -> Section:
    rows = tuple(_rows(Document, "", skip=frozenset()))
    note = "任何记录（人员和参数除外）都可以带豁免和更正。"
    return Section(
        "豁免和更正",
        "waivers",
        notes=(note,),
        tables=(Table("豁免和更正的各项", _COLUMNS, rows, hidden_caption=True),),
    )


def _rows(cls: type[BaseModel], prefix: str, skip: frozenset[str]) -> Iterator[Row]:
    for name, info in cls.model_fields.items():
        if name in skip:
            continue
        key = f"{prefix}{info.alias}"
        what, inner = _what(info.annotation, info.alias or "")
        if cls is ParameterVersion and name == "levels":
            what, inner = "规则编号: 错误、警告或关闭", None
        yield cells.text(key), cells.text("必填" if info.is_required() else "可不填"), cells.text(what)
        if inner is not None:
            yield from _rows(inner, f"{key} › ", frozenset())


_SIMPLE = {str: "文字", date: "日期", bool: "是或否", int: "整数", Decimal: "数字"}


def _what(annotation: Any, alias: str) -> tuple[str, type[BaseModel] | None]:
    """What is typed in a field, in words, and the class of its own fields where it has some."""
    bare = _bare(annotation)
    if get_origin(bare) is list:
        text, inner = _what(get_args(bare)[0], alias)
        return f"列表：{text}", inner
    if get_origin(bare) is tuple:
        return ("季度，如 2025-Q4" if alias == "计划季度" else "月-日，如 12-31"), None
    if isinstance(bare, type) and issubclass(bare, StrEnum):
        return "、".join(member.value for member in bare) + "（选一）", None
    if isinstance(bare, type) and issubclass(bare, Spell):
        own = [field for name, field in bare.model_fields.items() if name not in Spell.model_fields]
        if len(own) == 1:
            return f"{_what(own[0].annotation, alias)[0]}；可按日期分段", None
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return "以下各项", bare
    return _BY_ALIAS.get(alias) or _SIMPLE.get(bare, "文字"), None


def _bare(annotation: Any) -> Any:
    """An annotation without None and without what validates it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _bare(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return _bare(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation
