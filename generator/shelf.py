"""The clients of a result, fetched when somebody asks: only the last few stay in memory."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.dossier import read_client, scope
from generator.standing.clients import Client
from generator.standing.world import World

KEPT = 64
"""How many clients stay in memory: what one page or list asks for, one after the other."""


class Shelf(Mapping[str, Client]):
    """The clients by id, in the order of their ids, each read again when it is no longer at hand."""

    def __init__(self, root: Path, company: World) -> None:
        self._root = root
        self.company = company
        self._ids: dict[str, None] = {}
        self._worlds: OrderedDict[str, World] = OrderedDict()

    def keep(self, world: World) -> None:
        """Take in a client that was read, and let go of the one that was asked for longest ago."""
        (id_,) = world.clients
        self._ids[id_] = None
        self._worlds[id_] = world
        if len(self._worlds) > KEPT:
            self._worlds.popitem(last=False)

    def world(self, id_: str) -> World:
        """The world in which a client was judged. Raises KeyError where there is no such client."""
        if id_ in self._worlds:
            self._worlds.move_to_end(id_)
        elif id_ in self._ids:
            self.keep(scope(self.company, id_, read_client(self._root, id_)))
        return self._worlds[id_]

    def __getitem__(self, id_: str) -> Client:
        return self.world(id_).clients[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
