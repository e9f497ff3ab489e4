"""Every page of the site, in one visible list, and the files beside them."""

from collections.abc import Iterator, Sequence

from generator.exports.sheets import csv_text
from generator.obligations.obligation import Obligation
from generator.pipeline import Result
from generator.site import addresses, search
from generator.site.facts import Facts
from generator.site.values import Page
from generator.site.views import (
    client,
    clients,
    due,
    duties,
    findings,
    overview,
    people,
    policy,
    ratings,
    reading,
    units,
)
from generator.standing.clients import Client

IN_NAVIGATION = {
    "": "总览",
    addresses.CLIENTS: "客户",
    addresses.OVERDUE: "逾期",
    addresses.DUE_SOON: "即将到期",
    addresses.PEOPLE: "人员",
    addresses.UNITS: "部门",
    addresses.RATINGS: "评级",
    addresses.FINDINGS: "检查问题",
    addresses.POLICY: "制度",
}
"""The pages of the navigation with their titles there; all others are leaves, outside it."""

NOT_JUDGED = (
    "检查到此为止：组织机构（units.yml）或人员（people.yml）无法读取，所以没有算出应办事项，"
    "制度规则也没有检查。请先改正“检查问题”页中的格式错误。"
)


def notice(result: Result) -> str:
    """What stands on top of every page; empty where all was judged."""
    return "" if result.judged else NOT_JUDGED


def general(facts: Facts) -> Iterator[Page]:
    """The pages about all clients and people together, and about the policy."""
    yield overview.page(facts)
    yield overview.recent_page(facts)
    yield clients.page(facts)
    yield from due.pages(facts, due.OVERDUE)
    yield from due.pages(facts, due.SOON)
    yield people.index(facts)
    yield from units.pages(facts)
    yield from reading.analyses(facts)
    yield from ratings.pages(facts)
    yield findings.page(facts)
    yield from policy.pages(facts)


def of_client(facts: Facts, one: Client) -> Iterator[Page]:
    """The pages of a client and of its records; made one after the other."""
    yield from client.pages(facts, one)
    yield from reading.of_client(facts, one)


def of_people(facts: Facts) -> Iterator[Page]:
    """The pages of all people."""
    yield from people.pages(facts)


def found_by_text(facts: Facts) -> Iterator[Page]:
    """General pages whose text is searched."""
    yield from reading.analyses(facts)


def files(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """What lies beside the pages: the lists as CSV, and the names that the search looks through."""
    for which in (due.OVERDUE, due.SOON):
        listed = due.listed(facts, which)
        yield which.csv, _csv(facts, listed)
        for part, grouping in due.GROUPINGS.items():
            for group in grouping(facts, listed):
                if name := due.csv_of(which, part, group):
                    yield name, _csv(facts, group.obligations)
    yield search.NAMES, search.names(search.entries(facts))


def _csv(facts: Facts, obligations: Sequence[Obligation]) -> bytes:
    return csv_text(duties.CSV_HEADINGS, duties.csv_rows(facts, obligations)).encode()
