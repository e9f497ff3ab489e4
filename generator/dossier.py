"""One client's folder, read and judged: all that is said of a client, apart from every other."""

from dataclasses import dataclass
from pathlib import Path

from generator.findings import Finding
from generator.obligations.derive import derive_client
from generator.obligations.obligation import Obligation
from generator.reading.load import Loaded, load
from generator.reading.tree import walk_client
from generator.rules.judge import Attachments, judge
from generator.standing.brief import Brief, in_brief
from generator.standing.world import World, scope_of


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the records of one client say as of a day, in flat values that outlive the records."""

    brief: Brief
    findings: tuple[Finding, ...]
    obligations: tuple[Obligation, ...]
    records: int
    """How many files have a place in its folder."""
    later: int
    """How many of them are dated after the as-of day."""


def read_client(root: Path, id_: str) -> Loaded:
    """A client's records. Raises OSError where the disk cannot be read."""
    return load(root, walk_client(root, id_))


def scope(company: World, id_: str, loaded: Loaded) -> World:
    """The world in which a client is judged."""
    return scope_of(company, id_, loaded.records, frozenset(loaded.problems))


def judge_client(
    company: World, id_: str, loaded: Loaded, *, all_years: bool = False, judged: bool = True
) -> tuple[Dossier, World]:
    """Judge a client's records in the company's standing; the world is what its pages are made of.

    Without units and people (`judged` False) only the findings of form are given.
    """
    world = scope(company, id_, loaded)
    client = world.clients[id_]
    obligations = derive_client(world, client) if judged else []
    attachments = Attachments(loaded.attachments, loaded.problems)
    verdict = judge(world, obligations, loaded.findings, attachments, all_years=all_years, judged=judged)
    dossier = Dossier(
        in_brief(client, f"{company.root}/clients/{id_}/archive.yml"),
        verdict.findings,
        tuple(obligations),
        len(loaded.records),
        sum(record.later(company.as_of) for record in loaded.records),
    )
    return dossier, world
