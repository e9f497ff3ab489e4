"""What lists say of an obligation: looked up in its client's records once, and kept by the gallery.

A list of all that is overdue, or of a kind, goes through 10,000 clients. It takes their lines as they are
kept; the summaries that these were looked up in would have to be fetched for each list again.
"""

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import TypeVar

from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Obligation
from generator.site.facts import Facts
from generator.site.owed import is_open
from generator.site.summary import Line
from generator.site.values import Source
from generator.site.views.details import detail

_Made = TypeVar("_Made")
_UNMADE = frozenset({ObligationKind.PLANNED_VISIT, ObligationKind.SPECIAL_VISIT, ObligationKind.LEADER_VISIT})


def line(facts: Facts, one: Obligation) -> Line:
    """What a list says of an obligation, looked up."""
    path = _path(facts, one)
    there, draft = facts.written(path) if path else (False, "")
    page = facts.page_of(one.record) if one.record else None
    plan = facts.page_of(plan_of(facts, one)) if one.kind is ObligationKind.PLANNED_VISIT else None
    return Line(one, detail(facts, one), path, there, draft, page, plan)


def of_one_client(facts: Facts, obligations: Iterable[Obligation]) -> list[Line]:
    """Lines of obligations to a client whose summary is at hand."""
    return [line(facts, one) for one in obligations]


def of_many(facts: Facts, obligations: Iterable[Obligation]) -> list[Line]:
    """Lines of obligations to many clients, in their order."""
    return by_client(lambda one: _kept(facts, one) or line(facts, one), obligations)


def of_kind(facts: Facts, kind: ObligationKind) -> list[Line]:
    """All of a kind that is still to be done, in the order of every list."""
    found = [line(facts, one) for one in facts.owed.own if one.kind is kind and is_open(one)]
    for client in facts.owed.clients_in(f"kind {kind.value}"):
        found += facts.lines(client, kind)
    return sorted(found, key=lambda one: one.owed.sort_key)


def _kept(facts: Facts, one: Obligation) -> Line | None:
    """The line of an obligation that is still to be done, as it is kept."""
    if one.client is None or not is_open(one):
        return None
    return next((kept for kept in facts.lines(one.client, one.kind) if kept.owed == one), None)


def by_client(make: Callable[[Obligation], _Made], obligations: Iterable[Obligation]) -> list[_Made]:
    """What is made of each, in their order, but made client by client.

    A list by days goes from client to client, and what is known of 10,000 is not at hand: each would be
    fetched again for every line.
    """
    numbered = sorted(enumerate(obligations), key=lambda pair: (pair[1].client or "", pair[1].kind.value))
    made = sorted(((at, make(one)) for at, one in numbered), key=itemgetter(0))
    return [line for _, line in made]


def source(facts: Facts, one: Line) -> Source | None:
    """The file that fulfils it or would; with the line that asks for it where there is one."""
    if not one.path:
        return None
    at = one.about.line if one.owed.record and one.about.record == one.owed.record else None
    return facts.known_source(one.path, at, one.there, one.draft)


def _path(facts: Facts, one: Obligation) -> str:
    if one.record:
        return one.record
    if one.kind in _UNMADE:
        return _folder(facts, one) + "visits/〈拜访日期〉.md"
    if one.kind is ObligationKind.RATING_DECISION:
        return f"{facts.result.world.root}/ratings/{one.period}/decisions/〈决定日期〉.yml"
    return ""


def plan_of(facts: Facts, one: Obligation) -> str:
    """The visit plan in which a planned visit stands."""
    return _folder(facts, one) + "visit-plan.yml"


def _folder(facts: Facts, one: Obligation) -> str:
    """The quarter's folder in which a visit that nobody made is to be written."""
    day = facts.as_of
    if "-Q" in one.period:
        year, _, quarter = one.period.partition("-Q")
    else:
        year, quarter = str(day.year), str((day.month - 1) // 3 + 1)
    return f"{facts.result.world.root}/clients/{one.client}/{year}/Q{quarter}/"
