"""Where the values of one record stand: worked out when somebody asks, which nobody does of a good record."""

from collections.abc import Iterator

from generator.findings import Path
from generator.reading.nodes import Mark, Nodes, parse


class Positions:
    """Turns the paths of one record into marks; small while unasked, and to be pickled."""

    __slots__ = ("_nodes", "_offset", "_text")

    def __init__(self, text: str | None = None, offset: int = 0) -> None:
        """Keep the YAML of a record; None where there is none to read. `offset` is the lines before it."""
        self._text = text
        self._offset = offset
        self._nodes: Nodes | None = None

    def __reduce__(self) -> tuple[type["Positions"], tuple[str | None, int]]:
        return Positions, (self._text, self._offset)

    @property
    def nodes(self) -> Nodes:
        """The record read with care, once."""
        if self._nodes is None:
            self._nodes = Nodes() if self._text is None else parse(self._text, self._offset)
        return self._nodes

    def __call__(self, path: Path, key: bool) -> Mark:
        """The mark of a value, or of its key; of what holds it where it is missing."""
        spans = self.nodes.spans
        for number, shorter in enumerate(_fallbacks(path)):
            if shorter in spans:
                at_key, at_value = spans[shorter]
                return at_key if key and number == 0 else at_value
        return (1, 1) if self.nodes.unreadable else (max(self._offset, 1), 1)


def _fallbacks(path: Path) -> Iterator[Path]:
    """The path, then what it may stand at instead: without a place that a ≈ field was given, then shorter."""
    while path:
        yield path
        if 0 in path:
            spread = path.index(0)
            yield path[:spread] + path[spread + 1 :]
        path = path[:-1]
    yield ()
