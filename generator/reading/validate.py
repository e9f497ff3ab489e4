"""Plain values to a typed record: all that is wrong at once, and what is good of it kept.

Pydantic reports every error with its path. Each becomes a finding; then the bad leaf is taken out
and the rest is validated again, so that one bad field costs nothing but itself.
"""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from generator.findings import Path
from generator.model.base import as_document
from generator.model.leaves import Kept, shown
from generator.reading.text import MOST_PROBLEMS

Problem = tuple[Path, str, str]
"""Where, the code, and the message."""

_MAX_ROUNDS = 25
"""Each round repairs one level of what is wrong; no record is nested deeper than 20."""


class TooManyProblems(Exception):
    """More is wrong than anybody would read."""


def validate(cls: type[BaseModel], raw: Any) -> tuple[BaseModel | None, list[Problem]]:
    """The record with what could be read of it, and what is wrong with the rest.

    Raises TooManyProblems.
    """
    problems = _missing_by_content(cls, raw)
    excused: frozenset[str] = frozenset()
    repaired = False
    for _ in range(_MAX_ROUNDS):
        try:
            return cls.model_validate(raw), problems
        except ValidationError as error:
            # What is wrong in a later round follows from what was repaired in the first.
            if not repaired and error.error_count() > MOST_PROBLEMS:
                raise TooManyProblems from error
            excused = excused if repaired else _excused(cls, raw)
            raw = raw if repaired else _copied(raw)
            if any(not detail["loc"] for detail in error.errors(include_url=False)):
                return None, [*problems, _wrong_root(raw)]
            for detail in error.errors(include_url=False, include_input=False):
                problems += _repair(cls, raw, detail, excused, quiet=repaired)
        repaired = True
    return None, problems


def _wrong_root(raw: Any) -> Problem:
    return (), "S003", f"文件内容写成了{shown(raw)}，应写成列表，每项以“- ”开头。"


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _excused(cls: type[BaseModel], raw: Any) -> frozenset[str]:
    document = as_document(cls)
    return document.excused(raw) if document and isinstance(raw, Mapping) else frozenset()


def _missing_by_content(cls: type[BaseModel], raw: Any) -> list[Problem]:
    document = as_document(cls)
    if document is None or not isinstance(raw, dict):
        return []
    return [((key,), "S001", _missing(key)) for key in document.also_required(raw) if key not in raw]


def _missing(key: str) -> str:
    return f"缺少“{key}”，或冒号后面没有填写；请补上“{key}: …”。"


def _repair(
    cls: type[BaseModel], raw: Any, detail: Any, excused: frozenset[str], *, quiet: bool
) -> Iterator[Problem]:
    """Take one error out of `raw`; yield it unless it only follows from a repair before."""
    path: Path = _real_path(raw, detail["loc"])
    kind = detail["type"]
    holder: Any = _value_at(raw, path[:-1]) if path else None
    if kind == "missing":
        _put(holder, path[-1], None)
        if not (len(path) == 1 and path[0] in excused) and not (quiet and _was_emptied(raw, path)):
            yield path, "S001", _missing(str(path[-1]))
    elif kind == "extra_forbidden":
        holder.pop(path[-1])
        yield path, "S002", _unknown(str(path[-1]), known_keys(cls, path[:-1]))
    else:
        value = _value_at(raw, path)
        code, message = _say(kind, detail, value, known_keys(cls, path))
        wrong_id = code == "S003" and isinstance(value, str) and "编号只用" in message
        _replace(raw, holder, path, Kept(value) if wrong_id else None, kind)
        yield path, code, message


class _Emptied(dict[str, Any]):
    """Stands for an item of a list that was no mapping: all its fields are missing, and nobody's fault."""


def _was_emptied(raw: Any, path: Path) -> bool:
    return any(isinstance(_value_at(raw, path[:end]), _Emptied) for end in range(len(path)))


def _replace(raw: Any, holder: Any, path: Path, value: Any, kind: str) -> None:
    is_item = isinstance(holder, list)
    if value is None and is_item and kind in ("model_type", "model_attributes_type", "dict_type"):
        value = _Emptied()
    _put(holder, path[-1], value) if path else None


def _put(holder: Any, key: str | int, value: Any) -> None:
    holder[key] = value


def _real_path(raw: Any, loc: tuple[int | str, ...]) -> Path:
    """Pydantic's path as one into `raw`, where a ≈ field may be written without its list.

    The validator of a ≈ field spreads it inside Pydantic; here the same is done to `raw`, so that
    the path leads somewhere and the next round sees what this one has seen.
    """
    path: list[str | int] = []
    value, holder = raw, None
    for step in loc:
        if isinstance(step, int) and not isinstance(value, list):
            value = [value]
            holder[path[-1]] = value  # type: ignore[index]
        if isinstance(step, str) and not isinstance(value, dict):
            value = {step: value}
            holder[path[-1]] = value  # type: ignore[index]
        path.append(step)
        holder = value
        if isinstance(value, dict):
            value = value.get(str(step))
        else:
            value = value[int(step)] if isinstance(value, list) and int(step) < len(value) else None
    return tuple(path)


def _value_at(raw: Any, path: Path) -> Any:
    for step in path:
        if isinstance(raw, dict):
            raw = raw.get(str(step))
        elif isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            raw = raw[step]
        else:
            return None
    return raw


def _say(kind: str, detail: Any, value: Any, keys: list[str]) -> tuple[str, str]:
    if kind in ("S003", "S004", "S006"):
        return kind, detail["ctx"]["text"]
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        hint = "；冒号请用英文冒号加一个空格" if isinstance(value, str) and "：" in value else ""
        example = f"，如 {{{'，'.join(f'{key}: …' for key in keys[:2])}}}".replace("，", ", ") if keys else ""
        return "S003", f"这里写成了{shown(value)}，应写成“键: 值”的形式{example}{hint}。"
    if kind == "list_type":
        return "S003", f"这里写成了{shown(value)}，应写成列表，每项一行，以“- ”开头。"
    return "S003", f"这里写成了{shown(value)}，写法不对；请对照样例填写。"


def _unknown(key: str, known: list[str]) -> str:
    if "：" in key:
        return f"“{key}”里用了全角冒号；请用英文冒号加一个空格。"
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    if near:
        return f"没有“{key}”这一项；是不是“{near[0]}”？请改正，不需要的请删除。"
    return f"没有“{key}”这一项，不会被读取；请删除。这里可用的有：{'、'.join(known)}。"


def known_keys(cls: Any, path: Path) -> list[str]:
    """The keys that the mapping at `path` of a record may have."""
    for step in path:
        if isinstance(step, int):
            continue
        cls = next(
            (info.annotation for info in _fields(cls).values() if info.alias == step),
            None,
        )
    keys = [info.alias or name for name, info in _fields(cls).items()]
    return sorted(keys, key=lambda key: key in ("豁免", "更正"))


def _fields(annotation: Any) -> dict[str, Any]:
    """The fields of the model inside an annotation such as list[Model] | None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        root = annotation.model_fields.get("root")
        return _fields(root.annotation) if root else dict(annotation.model_fields)
    for inner in get_args(annotation):
        found = _fields(inner)
        if found:
            return found
    return {}
