"""What the search in the header looks through: names, ids and pinyin of clients, people and units."""

import json
from collections.abc import Iterator

from pypinyin import Style, lazy_pinyin

from generator.site.facts import Facts, tier

Entry = tuple[str, str, str, str, str]
"""What it is (c, p or u), its id, its name, the letters by which it is also found, and a note."""


def index(facts: Facts) -> bytes:
    """All entries as JSON."""
    return json.dumps(list(_entries(facts)), ensure_ascii=False, separators=(",", ":")).encode()


def _entries(facts: Facts) -> Iterator[Entry]:
    world = facts.result.world
    for client in world.clients.values():
        named = world.account_managers(client, facts.as_of.year, facts.as_of)
        managers = "、".join(world.company.person_name(person) for person in named)
        label = tier(facts.rating(client.id)).label
        yield _entry("c", client.id, client.name, f"{label}　{managers}" if managers else label)
    for id_ in world.company.people:
        yield _entry("p", id_, world.company.person_name(id_), facts.positions(id_, facts.as_of))
    for unit in world.company.units.values():
        yield _entry("u", unit.id, unit.name, unit.kind.value)


def _entry(what: str, id_: str, name: str, note: str) -> Entry:
    letters = "".join(lazy_pinyin(name))
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return what, id_, name, f"{letters} {initials}".lower(), note
