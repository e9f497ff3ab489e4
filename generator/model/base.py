"""What the classes of records share: mappings, spells, signatures, waivers, corrections."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from generator.model.leaves import Day, PersonId, Text, UnitId, problem, shown


def required(alias: str) -> Any:
    """A field that must be typed (S001); None only where what was typed could not be read."""
    return Field(alias=alias)


def optional(alias: str) -> Any:
    """A field that may be left out."""
    return Field(default=None, alias=alias)


def _restored(cls: type[BaseModel], values: dict[str, Any]) -> BaseModel:
    """What was checked when it was read, and is not checked again."""
    made = cls.__new__(cls)
    put = object.__setattr__
    put(made, "__dict__", values)
    put(made, "__pydantic_fields_set__", _UNTOLD)
    put(made, "__pydantic_extra__", None)
    put(made, "__pydantic_private__", None)
    return made


_UNTOLD: set[str] = set()
"""Nobody asks which fields were typed, and what is frozen never gets another."""


class Mapping_(BaseModel):
    """A mapping of a record, with its Chinese keys as aliases; any other key is S002."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def __reduce__(self) -> tuple[object, ...]:
        """Its values alone: what Pydantic would keep beside them takes half as long again to fetch."""
        return _restored, (type(self), self.__dict__)


class Spell(Mapping_):
    """Something that held for some days (≈): both days are included, a missing one is open."""

    start: Day | None = optional("开始")
    end: Day | None = optional("结束")

    def covers(self, day: date) -> bool:
        """Whether the day lies in the spell."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class PersonSpell(Spell):
    """A person for some days."""

    person: PersonId | None = required("人员")


class Signature(Mapping_):
    """A countersignature (会签) of a unit, clause 1.3."""

    unit: UnitId | None = required("单位")
    person: PersonId | None = required("人员")
    on: Day | None = required("日期")


class Cancellation(Mapping_):
    """Why and when an entry was given up (取消)."""

    on: Day | None = required("日期")
    reason: Text | None = required("原因")


class Postponement(Mapping_):
    """A day that was moved (改期): on which day, to which day, and why."""

    on: Day | None = required("日期")
    to: Day | None = required("新日期")
    reason: Text | None = required("原因")


class Waiver(Mapping_):
    """An exemption from one rule, or one kind of obligation (豁免)."""

    rule: Text | None = required("规则")
    reason: Text | None = required("理由")
    approved_by: PersonId | None = required("批准人")
    approved_on: Day | None = required("批准日期")
    until: Day | None = optional("有效期至")


class Correction(Mapping_):
    """A change made after the record was filed (更正)."""

    on: Day | None = required("日期")
    by: PersonId | None = required("更正人")
    what: Text | None = required("说明")


class Document(Mapping_):
    """A record that is a mapping, or the front matter of one: what any of them may carry."""

    PARTS: ClassVar[tuple[str, ...]] = ()
    """The level-2 headings its body must have (S005)."""
    OWN_DATE: ClassVar[str | None] = None
    """The key of the record's own date (●), where a key carries it."""

    OWN_FIELD: ClassVar[str | None] = None
    """The name of that key's field; found when the class is made."""

    waivers: list[Waiver] | None = optional("豁免")
    corrections: list[Correction] | None = optional("更正")

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        fields = cls.model_fields.items()
        cls.OWN_FIELD = next((name for name, info in fields if info.alias == cls.OWN_DATE), None)

    @classmethod
    def excused(cls, raw: Mapping[str, Any]) -> frozenset[str]:
        """Required keys and parts that what was typed makes unnecessary."""
        return frozenset()

    @classmethod
    def also_required(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """Optional keys that what was typed makes necessary."""
        return ()


@cache
def as_document(cls: type[BaseModel]) -> type[Document] | None:
    """The class itself where its records are mappings. Pydantic's classes are slow to ask again and again."""
    return cls if issubclass(cls, Document) else None


def _nonempty(value: list[Any]) -> list[Any]:
    if not value:
        raise problem("S003", "列表是空的，至少要有一项。")
    return value


def _a_list(value: Any) -> Any:
    if isinstance(value, list):
        return _nonempty(value)
    hint = f"，如 [{value}]" if isinstance(value, str) else "，每项以“- ”开头"
    raise problem("S003", f"这里写成了{shown(value)}，应写成列表{hint}。")


def _none_or_list(value: Any) -> Any:
    if value == []:
        raise problem("S003", "列表是空的，至少要有一项；确实没有的写“无”。")
    return [] if value == "无" else _a_list(value)


def _spread(key: str, *, many: bool) -> Callable[[Any], Any]:
    """Bring a ≈ field to one shape: a list of mappings, each with its KEY."""

    def convert(value: Any) -> Any:
        if many:
            _a_list(value)
        items = value if isinstance(value, list) else [value]
        return [item if isinstance(item, dict) else {key: item} for item in _nonempty(items)]

    return convert


NonEmpty = BeforeValidator(_a_list)
"""Marks a list that must be a list with at least one item (S003)."""
NoneOrList = BeforeValidator(_none_or_list)
"""Marks a list that may be 无 as a whole; then it is empty."""


def spells(key: str) -> BeforeValidator:
    """Marks a ≈ field of one value at a time: a value, a spell, or a list of spells."""
    return BeforeValidator(_spread(key, many=False))


def spell_list(key: str) -> BeforeValidator:
    """Marks a ≈ field that is a list of values or spells."""
    return BeforeValidator(_spread(key, many=True))


PersonSpells = Annotated[list[PersonSpell], spells("人员")]
