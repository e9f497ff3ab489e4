"""The company's ground: its own records read, and the standing in which every client is judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from generator.model.organization import DEPARTMENTS
from generator.model.periods import Kind
from generator.model.record import Record
from generator.policy.days import plus
from generator.reading.load import Loaded, load
from generator.reading.tree import client_folders, walk_company
from generator.standing.watch import AS_OF, PARAMETERS, TODAY, Watch
from generator.standing.world import World, build


class NoOrganization(Exception):
    """Units or people are not there at all; the text is one line in Chinese."""


@dataclass
class Ground:
    """What all clients are judged by."""

    root: Path
    world: World
    loaded: Loaded
    clients: Sequence[str]
    """Those that have a folder."""
    all_years: bool

    @cached_property
    def judged(self) -> bool:
        """False where units.yml or people.yml cannot be read: only form is looked at then."""
        readable = {record.kind for record in self.loaded.records if record.is_readable}
        return readable >= {Kind.UNITS, Kind.PEOPLE}

    @cached_property
    def key(self) -> str:
        """Stands for all that every client's judgement depends on, beside its rating and what a Watch has."""
        world = self.world
        ratings = world.ratings
        # Of the decisions those that say something of clients that they do not name.
        decisions = [
            (one.year, one.day, one.others)
            for year in ratings.years()
            for at, one in enumerate(ratings.decisions(year))
            if one.others or at == 0
        ]
        return digest(
            self.root.name,
            self.all_years,
            self.judged,
            world.parameters.in_use_from,
            world.working_days.calendars,
            decisions,
            sorted(world.unread),
        )

    def rating_key(self, client: str) -> str:
        """Stands for all that decisions say of a client by name."""
        return repr(self._named.get(client))

    @cached_property
    def _named(self) -> dict[str, list[object]]:
        found: dict[str, list[object]] = {}
        ratings = self.world.ratings
        for year in ratings.years():
            for decision in ratings.decisions(year):
                for client, rating in decision.named.items():
                    said = year, decision.day, decision.others, rating.tier.value, rating.level
                    found.setdefault(client, []).append(said)
        return found

    def known(self, keys: Sequence[tuple[str, ...]]) -> str:
        """Stands for what the company's records say now of all that was looked up."""
        return digest(*(self._known(key) for key in keys))

    def _known(self, key: tuple[str, ...]) -> str:
        found = self._knowns.get(key)
        if found is None:
            found = self._knowns[key] = digest(self._answers(key))
        return found

    def _answers(self, key: tuple[str, ...]) -> object:
        """What stands behind one key of a Watch: the same, and all that was asked has the same answer."""
        world, (what, *about) = self.world, key
        days = {AS_OF: world.as_of, TODAY: world.today}
        if what in days:
            first, last = about
            return first <= days[what].isoformat() <= last
        if what != PARAMETERS:
            return world.company.known(key)
        moving, first, last = about
        if moving:
            day = days[moving]
            return world.parameters.known(plus(day, int(first)), plus(day, int(last)))
        return world.parameters.known(date.fromisoformat(first), date.fromisoformat(last))

    @cached_property
    def _knowns(self) -> dict[tuple[str, ...], str]:
        return {}

    def watched(self) -> Watch:
        """A new list of what is looked up of the company from now on."""
        watch = Watch.since(self.world.as_of, self.world.today)
        self.world.company.watch, self.world.parameters.asked = watch, watch.parameters
        return watch

    def unwatched(self) -> None:
        """From now on nothing is noted."""
        self.world.company.watch = self.world.parameters.asked = None


def digest(*parts: object) -> str:
    """One short text for several values: the same values, the same text."""
    hasher = blake2b(digest_size=16)
    for part in parts:
        hasher.update(repr(part).encode("utf-8", "backslashreplace"))
        hasher.update(b"\0")
    return hasher.hexdigest()


def read_company(root: Path) -> Loaded:
    """The company's own records. Raises OSError where the disk cannot be read."""
    return load(root, walk_company(root))


def lay_ground(root: Path, loaded: Loaded, as_of: date, today: date, *, all_years: bool = False) -> Ground:
    """The ground as of a day, from the company's own records.

    Raises OSError where the clients cannot be listed, NoOrganization where units or people are missing.
    """
    _require_organization(loaded.records, root)
    world = build(loaded.records, root.name, as_of, today)
    return Ground(root, world, loaded, client_folders(root), all_years)


def _require_organization(records: list[Record[object]], root: Path) -> None:
    kinds = {record.kind: record for record in records}
    for kind, name in ((Kind.UNITS, "units.yml"), (Kind.PEOPLE, "people.yml")):
        if kind not in kinds:
            raise NoOrganization(f"缺少 {root.name}/organization/{name}（{kind.value}）；没有它无法检查。")
    units = getattr(kinds[Kind.UNITS].content, "departments", None)
    if units is None:
        return
    missing = [id_ for id_ in DEPARTMENTS if id_ not in {unit.id for unit in units}]
    if missing:
        raise NoOrganization(
            f"{root.name}/organization/units.yml 的职能部门缺少 {'、'.join(missing)}；三个部门都要有。"
        )
