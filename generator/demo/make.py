"""The whole way on one page: an order is made into a company, its clients, and the records of each.

    Order ──▶ Company ──▶ clients with their ratings ──▶ one Story after another ──▶ files

A client's story is told from its own chance and written before the next one begins, so that a tree
of any size needs little memory and no client's records depend on another's.
"""

from collections.abc import Callable
from pathlib import Path

from generator.atomic import new_folder
from generator.demo import analyses, plans, reports, visits
from generator.demo.archives import archive
from generator.demo.calendars import calendar_text
from generator.demo.clients import Client, give_second_divisions, make_clients
from generator.demo.company import Company, build, people_text, policy_text, units_text
from generator.demo.diary import Diary
from generator.demo.order import Order
from generator.demo.ratings import Ratings
from generator.demo.story import Story, Tally
from generator.demo.teams import form_team
from generator.demo.tiers import rate
from generator.demo.writing import Writer
from generator.model.ratings import Tier
from generator.policy.days import Quarter, first_of, last_of, plus

Progress = Callable[[int, int], None]
"""Told how many of how many clients are written."""

README = "# 示例数据\n\n公司、客户、人员和往来都是虚构的；如与真实单位或个人相同，纯属巧合。\n"


def make(order: Order, folder: Path, progress: Progress | None = None) -> int:
    """Make a records tree in a new folder; how many records it has.

    Raises Taken where the folder holds something, and OSError.
    """
    with new_folder(folder) as fresh:
        writer = Writer(fresh / "records")
        diary, company = Diary(order), build(order)
        clients = cast(order, diary, company)
        _company_records(writer, order, company)
        for year in (*order.years, order.last_year + 1):
            for path, text in Ratings(order, diary, company, clients, year).records():
                writer.put(path, text)
        tally = Tally()
        for client in clients:
            for path, data in tell(order, diary, company, client, tally):
                writer.put(path, data)
            writer.forget()
            if progress:
                progress(client.number + 1, len(clients))
        for quarter in order.quarters:
            written = analyses.analysis(order, diary, company, tally, quarter)
            if written:
                writer.put(f"key-accounts/{quarter.year}/Q{quarter.number}.md", written)
    return writer.records


def cast(order: Order, diary: Diary, company: Company) -> list[Client]:
    """All clients, rated."""
    clients = make_clients(order, company)
    rate(order, diary, clients)
    give_second_divisions(order, company, clients)
    return clients


def _company_records(writer: Writer, order: Order, company: Company) -> None:
    writer.put("README.md", README.encode())
    writer.put("policy.yml", policy_text(order))
    writer.put("organization/units.yml", units_text(company))
    writer.put("organization/people.yml", people_text(company))
    for year in range(order.first_year - 1, order.last_year + 1):
        writer.put(f"calendar/{year}.yml", calendar_text(year))


def tell(
    order: Order, diary: Diary, company: Company, client: Client, tally: Tally
) -> list[tuple[str, str | bytes]]:
    """All files of a client."""
    story = Story(order, diary, company, client, tally)
    archive(story)
    for year in (*order.years, order.last_year + 1):
        team = form_team(story, year)
        if team is None:
            _looked_in(story, year)
            continue
        if plans.service_plan(story, team):
            plans.satisfaction_plan(story, team)
        visits.events(story, team)
        for quarter in [Quarter(year, number) for number in (1, 2, 3, 4)]:
            if quarter.first <= order.as_of:
                visits.quarter(story, team, quarter)
                reports.report(story, team, quarter)
    return story.files


def _looked_in(story: Story, year: int) -> None:
    """A general client is visited now and then by whoever trades with it."""
    client = story.client
    first = max(first_of(year), plus(client.opened, 10))
    if client.rating(first).tier is Tier.GENERAL and first <= last_of(year):
        for _ in range(story.rng.choice((0, 1, 1, 2, 2, 4))):
            visits.casual(story, [client.seat()], first, last_of(year))
