"""How the characters of names are read: looked up once, and kept in the store.

The dictionary takes a second to load and 60 MB, so it is loaded in a process of its own where one can be had.
"""

import pickle
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from typing import Any

from generator.apart import Apart
from generator.judging.store import Store

Letters = tuple[str, ...]
"""The reading of each character of a name; empty for one that is not Chinese."""

_KEPT = "letters"


class Readings:
    """The letters of names; they hang on the name alone."""

    def __init__(self, store: Store | None) -> None:
        self._store = store

    @cached_property
    def _known(self) -> dict[str, Letters]:
        data = self._store.get(_KEPT, "", "") if self._store else None
        known: dict[str, Letters] = pickle.loads(data) if data is not None else {}
        return known

    def of(self, names: Iterable[str]) -> dict[str, Letters]:
        """The letters of each name."""
        wanted = dict.fromkeys(names)
        missing = [name for name in wanted if name not in self._known]
        if missing:
            self._known.update(pickle.loads(Apart(partial(_looked_up, missing)).made()))
            if self._store:
                self._store.put(_KEPT, "", "", pickle.dumps(self._known, protocol=5))
        return {name: self._known[name] for name in wanted}


def _looked_up(names: Sequence[str]) -> bytes:
    return pickle.dumps({name: letters(name) for name in names}, protocol=5)


def letters(name: str) -> Letters:
    """The letters of a name, looked up in this process."""
    # Its dictionary takes longer to load than a site takes to be brought up to date.
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(name, errors=_unread))


def _unread(characters: str) -> Any:
    """One empty reading for each; the library's types know of one for all alone."""
    return [""] * len(characters)
