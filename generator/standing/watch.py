"""What was asked of the company while a client was judged: what its verdict depends on, and no more."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Watch:
    """The people and units that somebody looked up; each stands for all that is known of it."""

    people: set[str] = field(default_factory=set)
    """Whose name or positions were asked for."""
    units: set[str] = field(default_factory=set)
    """Units of which name, kind, group or days were asked for."""
    staffs: set[str] = field(default_factory=set)
    """Units of which it was asked who holds a position there."""
    orders: set[tuple[str, ...]] = field(default_factory=set)
    """Several units whose people were asked for in the order of people.yml."""
    names: set[str] = field(default_factory=set)
    """Names of which it was asked who is so called."""
    everything: bool = False
    """Whether all people or all units were gone through."""

    def keys(self) -> Iterator[tuple[str, ...]]:
        """What was asked, in one order that is always the same."""
        for what, asked in (("person", self.people), ("unit", self.units), ("staff", self.staffs)):
            yield from ((what, id_) for id_ in sorted(asked))
        yield from (("order", *units) for units in sorted(self.orders))
        yield from (("name", name) for name in sorted(self.names))
        if self.everything:
            yield ("everything",)
