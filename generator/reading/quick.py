"""YAML to plain values at speed: no positions, and only of a document with nothing unusual in it.

libyaml composes such a document as a whole, which costs half of what the event stream does, and the
tree it gives is read off here. Whatever a record may not have, or has limits for, is left to
`nodes.py`: it alone says what is wrong and where. Both give the same values.
"""

import operator
import re
from typing import Any

import yaml
from yaml import MappingNode, ScalarNode
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from generator.reading.nodes import MAX_DEPTH, NOTHING

_INDICATOR = re.compile(r"(?<!\w)[&*!]")
"""An anchor, alias or tag, or what looks like one: it never begins inside a word."""

_SHORT = 1_000
_LONG = 60_000
_MAX_LINE = 500
_MAX_BRACKETS = 250


class Unusual(Exception):
    """The document has something in it that only `nodes.parse` can take."""


class _Composer(CParser):
    """libyaml's composer. It asks for the tag of each node; a builtin answers fastest, and nobody listens."""

    descend_resolver = operator.is_
    ascend_resolver = tuple
    resolve = slice


def values(text: str) -> Any:
    """The mapping or list that the text holds; raises Unusual where it has to be read with care."""
    if text.startswith("%") or "\n%" in text or not _is_shallow(text):
        raise Unusual
    if ("*" in text or "&" in text or "!" in text) and _INDICATOR.search(text):
        raise Unusual
    try:
        node = _Composer(text).get_single_node()
    except yaml.YAMLError:
        raise Unusual from None
    if node is None or type(node) is ScalarNode:
        raise Unusual
    return _collection(node, 1)


def _is_shallow(text: str) -> bool:
    """Whether nesting and number of nodes are held down by the mere look of the text.

    The composer calls itself for each level and has no limit of its own: hostile nesting would run
    out of the C stack. A level of flow takes a bracket (an implicit pair makes it two levels), one
    of blocks at least a column. That makes 1,000 levels at most, of less than 500 bytes each.
    """
    if len(text) <= _SHORT:
        return True
    if len(text) > _LONG or text.count("[") + text.count("{") > _MAX_BRACKETS:
        return False
    return max(map(len, text.split("\n"))) <= _MAX_LINE


def _collection(node: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise Unusual
    if type(node) is MappingNode:
        return _mapping(node.value, depth)
    found = []
    for inner in node.value:
        if type(inner) is ScalarNode:
            value = inner.value
            found.append(None if value in NOTHING and not inner.style else value)
        else:
            found.append(_collection(inner, depth + 1))
    return found


def _mapping(pairs: list[tuple[Any, Any]], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    blank = False
    for key, inner in pairs:
        if type(key) is not ScalarNode:
            raise Unusual
        if type(inner) is ScalarNode:
            value = inner.value
            if value in NOTHING and not inner.style:
                value, blank = None, True
        else:
            value = _collection(inner, depth + 1)
        found[key.value] = value
    if len(found) != len(pairs) or "<<" in found:
        raise Unusual
    return {key: value for key, value in found.items() if value is not None} if blank else found
