"""clients/<client>/archive.yml: the client archive form (annex 1)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from generator.model.base import (
    Document,
    Mapping_,
    NoneOrList,
    PersonSpells,
    Spell,
    optional,
    required,
    spell_list,
    spells,
)
from generator.model.leaves import Day, Flag, Number, PersonId, Text, UnitId, Year, one_of
from generator.model.ratings import AnySide, Side


class ClientType(StrEnum):
    """What a client is to us (clause 1.1)."""

    SUPPLIER = "供应商"
    END_USER = "终端用户"

    @property
    def side(self) -> Side:
        """The side of the trade with such a client."""
        return Side.PURCHASE if self is ClientType.SUPPLIER else Side.SALE


class DocumentClass(StrEnum):
    """The kinds of papers in an archive (annex 1)."""

    LICENCE = "营业执照"
    ORGANIZATION_CODE = "组织机构证"
    TAX_REGISTRATION = "税务登记证"
    STATEMENTS = "财务报表"
    OTHER = "其他"


class TypeSpell(Spell):
    """A type of client for some days."""

    type: Annotated[ClientType, BeforeValidator(one_of(ClientType))] | None = required("类型")


class UnitSpell(Spell):
    """A division that trades with the client for some days."""

    unit: UnitId | None = required("单位")


class FlagSpell(Spell):
    """Integrated supply for some days."""

    flag: Flag | None = required("集成供应")


class Manager(Mapping_):
    """One of the client's management (3.2a)."""

    name: Text | None = required("姓名")
    title: Text | None = optional("职务")


class Shareholder(Mapping_):
    """A shareholder with the share in percent."""

    name: Text | None = required("名称")
    share: Number | None = optional("持股比例")


class YearVolume(Mapping_):
    """What was traded with the client in a year."""

    year: Year | None = required("年份")
    side: AnySide | None = required("方向")
    goods: Text | None = required("品种")
    amount: Number | None = required("数量")
    unit: Text | None = required("计量单位")


class Trade(Mapping_):
    """与我司合作记录: since when, and how much a year."""

    since: Year | None = optional("开始年份")
    volumes: list[YearVolume] | None = optional("年度经营数量")


class Attachment(Mapping_):
    """A paper of the archive: a file inside the client's folder."""

    cls: Annotated[DocumentClass, BeforeValidator(one_of(DocumentClass))] | None = required("类别")
    year: Year | None = optional("年度")
    file: Text | None = required("文件")
    collected_on: Day | None = required("收集日期")
    valid_until: Day | None = optional("有效期至")


class Review(Mapping_):
    """One going-through of the archive (更新记录)."""

    on: Day | None = required("日期")
    by: PersonId | None = required("更新人")
    what: Text | None = optional("内容")


class Copy(Mapping_):
    """One copy of the archive handed to Key Accounts (副本移交), 3.2b."""

    on: Day | None = required("日期")
    received_by: PersonId | None = required("接收人")


class Archive(Document):
    """clients/<client>/archive.yml."""

    OWN_DATE: ClassVar[str | None] = "建档日期"

    name: Text | None = required("客户名称")
    types: Annotated[list[TypeSpell], spell_list("类型")] | None = required("客户类型")
    units: Annotated[list[UnitSpell], spell_list("单位")] | None = required("业务单位")
    integrated: Annotated[list[FlagSpell], spells("集成供应")] | None = optional("集成供应")
    managers: PersonSpells | None = optional("客户经理")
    abroad: Flag | None = optional("境外")
    credit_code: Text | None = optional("统一社会信用代码")
    address: Text | None = required("通讯地址")
    postcode: Text | None = optional("邮政编码")
    contact: Text | None = optional("联系人")
    phone: Text | None = required("联系人电话")
    fax: Text | None = optional("传真")
    email: Text | None = required("电邮")
    legal_representative: Text | None = required("法人代表")
    management: Annotated[list[Manager], NoneOrList] | None = required("管理层")
    shareholders: Annotated[list[Shareholder], NoneOrList] | None = required("主要股东")
    trade: Trade | None = optional("与我司合作记录")
    attachments: list[Attachment] | None = optional("附件")
    opened_on: Day | None = required("建档日期")
    reviews: list[Review] | None = optional("更新记录")
    copies: list[Copy] | None = optional("副本移交")
    ended_on: Day | None = optional("终止日期")

    @classmethod
    def also_required(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """Nothing beyond the form; statements ask for their year in the attachment itself."""
        return ()
