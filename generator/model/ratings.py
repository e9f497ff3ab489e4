"""ratings/: the yearly standard, the divisions' nominations and the decisions (clauses 1.2, 1.3)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from generator.model.base import Document, Mapping_, NonEmpty, Signature, optional, required
from generator.model.leaves import ClientId, Day, Flag, Number, PersonId, Text, Year, one_of, problem, shown


class Tier(StrEnum):
    """The rating (等级) of a client in a year."""

    STRATEGIC = "战略"
    KEY = "重点"
    GENERAL = "一般"


class NominatedTier(StrEnum):
    """The ratings that a division may propose."""

    STRATEGIC = "战略"
    KEY = "重点"


class Level(StrEnum):
    """The level (层级) of a strategic client, clause 2.1."""

    COMPANY = "公司"
    GROUP = "业务本部"


class Side(StrEnum):
    """The side of a trade, seen from us: clause 1.1."""

    PURCHASE = "采购"
    SALE = "销售"


class OthersTier(StrEnum):
    """What 其余客户 may say."""

    GENERAL = "一般"


AnySide = Annotated[Side, BeforeValidator(one_of(Side))]
AnyTier = Annotated[Tier, BeforeValidator(one_of(Tier))]


class Standard(Document):
    """ratings/<year>/standard.md."""

    PARTS: ClassVar[tuple[str, ...]] = ("评级标准",)

    signatures: Annotated[list[Signature], NonEmpty] | None = required("会签")
    carried_on: Year | None = optional("沿用")

    @classmethod
    def excused(cls, raw: Mapping[str, Any]) -> frozenset[str]:
        """A standard that goes on from last year needs no text of its own."""
        return frozenset(cls.PARTS) if "沿用" in raw else frozenset()


class Volume(Mapping_):
    """A traded volume with its unit."""

    amount: Number | None = required("数量")
    unit: Text | None = required("计量单位")


class Nominee(Mapping_):
    """One client that a division proposes, with its grounds."""

    client: ClientId | None = required("客户")
    side: AnySide | None = required("方向")
    volume: Volume | None = optional("年成交量")
    to_develop: Flag | None = optional("计划重点开发")
    tier: Annotated[NominatedTier, BeforeValidator(one_of(NominatedTier))] | None = required("建议等级")
    reason: Text | None = optional("理由")
    added_on: Day | None = optional("补充日期")


def _list_that_may_be_empty(value: Any) -> Any:
    if isinstance(value, list):
        return value
    raise problem("S003", f"这里写成了{shown(value)}，应写成列表；没有提名的写 []，并填“说明”。")


class Nomination(Document):
    """ratings/<year>/nominations/<division>.yml, clause 1.2."""

    OWN_DATE: ClassVar[str | None] = "提交日期"

    submitted_on: Day | None = required("提交日期")
    submitted_by: PersonId | None = required("提交人")
    note: Text | None = optional("说明")
    nominees: Annotated[list[Nominee], BeforeValidator(_list_that_may_be_empty)] | None = required("客户名单")

    @classmethod
    def also_required(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """An empty list needs a word of why."""
        return ("说明",) if raw.get("客户名单") == [] else ()


class Rated(Mapping_):
    """What a decision says of one client."""

    client: ClientId | None = required("客户")
    tier: AnyTier | None = required("等级")
    level: Annotated[Level, BeforeValidator(one_of(Level))] | None = optional("层级")


class Decision(Document):
    """ratings/<year>/decisions/<date>.yml; its name is its date."""

    signatures: Annotated[list[Signature], NonEmpty] | None = required("会签")
    rated: Annotated[list[Rated], NonEmpty] | None = required("评级")
    others: Annotated[OthersTier, BeforeValidator(one_of(OthersTier))] | None = optional("其余客户")
