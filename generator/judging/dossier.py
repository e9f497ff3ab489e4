"""One client's folder, read and judged: all that is said of a client, apart from every other."""

import pickle
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from generator.findings import Finding
from generator.judging.ground import Ground
from generator.obligations.derive import derive_client
from generator.obligations.obligation import Obligation
from generator.reading.load import Loaded, load
from generator.reading.tree import walk_client
from generator.rules.judge import Attachments, judge
from generator.standing.brief import Brief, in_brief
from generator.standing.watch import Watch
from generator.standing.world import World, scope_of


class Said(NamedTuple):
    """What a client's records say as of a day, but for what is owed: flat, and small."""

    brief: Brief | None
    """None where its folder holds no record."""
    findings: tuple[Finding, ...]
    records: int
    """How many files have a place in its folder."""
    later: int
    """How many of them are dated after the as-of day."""


class Judged(NamedTuple):
    """A client that was judged just now: what is said and owed."""

    said: Said
    obligations: tuple[Obligation, ...]
    watch: Watch | None
    """What was looked up of the company, and asked of the days; a value that is kept may still ask."""


def read_client(root: Path, id_: str) -> Loaded:
    """A client's records. Raises OSError where the disk cannot be read."""
    return load(root, walk_client(root, id_))


def scope(company: World, id_: str, loaded: Loaded) -> World:
    """The world in which a client is judged."""
    return scope_of(company, id_, loaded.records, frozenset(file for _, file in loaded.problems))


def judge_client(
    ground: Ground, company: World, id_: str, loaded: Loaded, *, watched: bool = False
) -> Judged:
    """Judge a client's records in the company's standing, the ground's or one that knows the other clients.

    Without units and people only the findings of form are given. `watched` notes what was looked up of the
    company, and asked of the days.
    """
    watch = ground.watched() if watched else None
    if watch:
        company = replace(company, as_of=watch.as_of, today=watch.today)
    world = scope(company, id_, loaded)
    client = world.clients[id_]
    obligations = derive_client(world, client) if ground.judged else []
    attachments = Attachments(loaded.attachments, loaded.problems)
    verdict = judge(
        world, obligations, loaded.findings, attachments, all_years=ground.all_years, judged=ground.judged
    )
    brief = in_brief(client, f"{company.root}/clients/{id_}/archive.yml") if loaded.records else None
    later = sum(record.later(company.as_of) for record in loaded.records)
    ground.unwatched()
    said = Said(brief, verdict.findings, len(loaded.records), later)
    return Judged(said, tuple(obligations), watch)


def packed(value: object) -> bytes:
    """A value as the store keeps it."""
    return pickle.dumps(value, protocol=5)
