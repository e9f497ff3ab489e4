"""The clients of a result, fetched when somebody asks: only the last few stay in memory."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping

from generator.judging.clients import Judging
from generator.judging.dossier import scope
from generator.standing.clients import Client
from generator.standing.world import World

KEPT = 4
"""How many clients stay in memory: what one page or list asks for, one after the other."""


class Shelf(Mapping[str, Client]):
    """The clients by id, in the order of their ids, each read again when it is no longer at hand."""

    def __init__(self, judging: Judging, company: World) -> None:
        self._judging = judging
        self._company = company
        self._worlds: OrderedDict[str, World] = OrderedDict()

    def world(self, id_: str) -> World:
        """The world in which a client was judged. Raises KeyError where there is no such client."""
        if id_ in self._worlds:
            self._worlds.move_to_end(id_)
        else:
            if id_ not in self._company.briefs:
                raise KeyError(id_)
            self._worlds[id_] = scope(self._company, id_, self._judging.loaded(id_))
            if len(self._worlds) > KEPT:
                self._worlds.popitem(last=False)
        return self._worlds[id_]

    def __getitem__(self, id_: str) -> Client:
        return self.world(id_).clients[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._company.briefs)

    def __len__(self) -> int:
        return len(self._company.briefs)
