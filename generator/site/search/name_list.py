"""The list of names: clients, people and units, each with its id, a note, and the letters of its reading."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.site.facts import Facts
from generator.site.search.letters import Letters, Readings

NAMES = "search/names.json"


class Entry(NamedTuple):
    """A name that can be found; `what` is c (client), p (person) or u (unit)."""

    what: str
    id: str
    name: str
    letters: Letters
    note: str


def entries(facts: Facts, readings: Readings) -> Iterator[Entry]:
    """All names of a Result, in the order in which equal finds are shown."""
    world = facts.result.world
    people = {id_: world.company.person_name(id_) for id_ in world.company.people}
    units = list(world.company.units.values())
    read = readings.of([*people.values(), *(unit.name for unit in units)])
    for client, face in facts.faces.items():
        yield Entry("c", client, world.briefs[client].name, face.letters, face.note)
    for id_, name in people.items():
        yield Entry("p", id_, name, read[name], facts.positions(id_, facts.as_of))
    for unit in units:
        yield Entry("u", unit.id, unit.name, read[unit.name], unit.kind.value)


def names(listed: Iterable[Entry]) -> bytes:
    """The list as JSON, column by column; for 10,000 clients about 600 kB.

    How a character is read is told once, as most names have it; a name that has it otherwise tells its own.
    """
    listed = list(listed)
    readings = _readings(listed)
    notes = {note: number for number, note in enumerate(dict.fromkeys(one.note for one in listed))}
    by_syllable: dict[str, str] = defaultdict(str)
    for character, syllable in sorted(readings.items()):
        by_syllable[syllable] += character
    read = {at: own for at, one in enumerate(listed) if (own := _otherwise(one, readings))}
    told = {
        "kinds": Counter(one.what for one in listed),
        "ids": [one.id for one in listed],
        "names": [one.name for one in listed],
        "notes": list(notes),
        "noted": [notes[one.note] for one in listed],
        "letters": by_syllable,
        "read": read,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _readings(listed: Iterable[Entry]) -> dict[str, str]:
    """The most frequent reading of each Chinese character."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in listed:
        for character, syllable in zip(one.name, one.letters, strict=True):
            if syllable:
                counts[character][syllable] += 1
    return {character: max(sorted(found), key=found.__getitem__) for character, found in counts.items()}


def _otherwise(one: Entry, readings: dict[str, str]) -> list[str]:
    """How the Chinese characters of a name are read, where one is not read as in most names."""
    own = [syllable for syllable in one.letters if syllable]
    usual = [readings[character] for character in one.name if character in readings]
    return own if own != usual else []
