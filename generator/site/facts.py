"""What views look up: names with their pages, positions, and the indexes of a Result."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from generator.findings import Finding
from generator.model.organization import COMPANY
from generator.model.ratings import Level, Tier
from generator.model.record import Record
from generator.obligations.kinds import ObligationKind
from generator.pipeline import Result
from generator.site import addresses, forge
from generator.site.forge import Forge
from generator.site.owed import Owed
from generator.site.published import Published
from generator.site.summary import Face, Line, Summary
from generator.site.values import Cell, Link, Source
from generator.standing.brief import Brief
from generator.standing.clients import Client
from generator.standing.company import Post
from generator.standing.ratings import Decided, Rating
from generator.starting.missing import missing_record

NOBODY = "责任人未明确"


def _no_lines(client: str, kind: ObligationKind) -> tuple[Line, ...]:
    return ()


@dataclass
class Facts:
    """A Result with the indexes that pages need; every page is made from this alone."""

    result: Result
    forge: Forge | None = None
    published: Published = Published()  # noqa: RUF009 (it is never written to)
    """What the site shows at all."""
    faces: dict[str, Face] = field(default_factory=dict)
    """Every client's face, by id; all are there before a page is made (site/gallery.py)."""
    summaries: Mapping[str, Summary] = field(default_factory=dict)
    """Every client in summary, fetched when somebody asks."""
    lines: Callable[[str, ObligationKind], tuple[Line, ...]] = _no_lines
    """A client's obligations of a kind that are still to be done, as lists show them."""
    answering: dict[tuple[str, ...], Cell] = field(default_factory=dict)
    """People who answer together, as they stand in a list."""

    @property
    def as_of(self) -> date:
        """The day the state is asked for."""
        return self.result.as_of

    def person(self, id_: str | None) -> Link:
        """A person's name, with the page where there is such a person."""
        found = self._people.get(id_)
        if found is None:
            company = self.result.world.company
            there = id_ in company.people
            name = "未填写" if id_ is None else company.person_name(id_)
            found = self._people[id_] = Link(name, addresses.person(id_) if id_ and there else None)
        return found

    def people(self, ids: Iterable[str | None] | None) -> tuple[Link, ...]:
        """Several people."""
        known, person = self._people, self.person
        return tuple([known.get(id_) or person(id_) for id_ in ids or ()])

    def unit(self, id_: str) -> Link:
        """A unit's name, with its page where there is such a unit."""
        company = self.result.world.company
        return Link(company.unit_name(id_), addresses.unit(id_) if id_ in company.units else None)

    def client(self, id_: str) -> Link:
        """A client's name, with its page where there is such a client."""
        client = self.result.world.briefs.get(id_)
        return Link(client.name, addresses.client(id_)) if client else Link(id_)

    def source(self, path: str, line: int | None = None) -> Source:
        """A record's file; whether it is there is looked up."""
        return self.known_source(path, line, *self.written(path))

    def written(self, path: str) -> tuple[bool, str]:
        """Whether a record is there, and its ready text where it is not."""
        summary = self._summary(path)
        if path in (summary.pages if summary else self._own_records):
            return True, ""
        return False, (summary.drafts if summary else self.own_drafts).get(path, "")

    def known_source(self, path: str, line: int | None, there: bool, draft: str) -> Source:
        """A record's file of which that is known."""
        return forge.source(self.forge, path, line, missing=not there, pattern="〈" in path, draft=draft)

    def _summary(self, path: str) -> Summary | None:
        """The client in whose folder a path lies, in summary; None for the company's own."""
        parts = path.split("/", 3)
        if len(parts) < 4 or parts[1] != "clients":
            return None
        return self.summaries.get(parts[2]) if parts[2] in self.result.world.briefs else None

    @cached_property
    def own_drafts(self) -> dict[str, str]:
        """The ready texts of the company's records that are missing; a client's stand in its summary."""
        if self.forge is None or not self.forge.takes_text:
            return {}
        made = (missing_record(self.result, one) for one in self.result.own)
        return dict(draft for draft in made if draft is not None)

    def source_of(self, record: Record[Any], *path: str | int) -> Source:
        """A record's file, at the line of a field where one is named."""
        return forge.source(self.forge, record.path, record.at(*path)[0] if path else None)

    def page_of(self, path: str) -> str | None:
        """The page on which a record is read; None where it is not there or cannot be read."""
        summary = self._summary(path)
        if summary is not None:
            return summary.pages.get(path)
        record = self._own_records.get(path)
        return addresses.shown(record, self.as_of) if record else None

    def own_record(self, path: str) -> Record[Any] | None:
        """A record of the company itself; None where there is none."""
        return self._own_records.get(path)

    @cached_property
    def _own_records(self) -> dict[str, Record[Any]]:
        """The company's own records by path."""
        return {record.path: record for record in self.result.world.records}

    @cached_property
    def _people(self) -> dict[str | None, Link]:
        """Those who were asked for: the same few stand on every page."""
        return {}

    @cached_property
    def owed(self) -> Owed:
        """What is owed."""
        return Owed(self.result, self.faces)

    @cached_property
    def client_findings(self) -> dict[str, list[Finding]]:
        """The findings about each client."""
        return _grouped((finding.client, finding) for finding in self.result.findings)

    @cached_property
    def path_findings(self) -> dict[str, list[Finding]]:
        """The findings in each file."""
        return _grouped((finding.path, finding) for finding in self.result.findings)

    @cached_property
    def ratings_of(self) -> dict[str, list[tuple[Decided, Rating]]]:
        """The decisions that name each client, the latest first."""
        ratings = self.result.world.ratings
        decisions = [one for year in ratings.years() for one in ratings.decisions(year)]
        decisions.sort(key=lambda one: (one.day, one.year), reverse=True)
        return _grouped((client, (one, rating)) for one in decisions for client, rating in one.named.items())

    def rating(self, client: str, day: date | None = None) -> Rating | None:
        """A client's rating on a day, as known then."""
        on = day or self.as_of
        return self.result.world.ratings.rating(client, on, on)

    def divisions(self, client: Client | Brief, day: date | None = None) -> list[str]:
        """The divisions that trade with a client on a day."""
        return client.divisions(day or self.as_of)

    def positions(self, person: str, day: date) -> str:
        """The positions that a person holds on a day, in words."""
        posts = self.result.world.company.posts(person, day)
        return "、".join(self.position(post) for post in posts) or "当日无任职"

    def position(self, post: Post) -> str:
        """A position in words, with its title as printed where one is."""
        company = self.result.world.company
        known = company.people.get(post.person)
        printed = next(
            (
                entry.printed
                for entry in (known.positions if known else None) or ()
                if entry.unit == post.unit and entry.title == post.title and entry.printed
            ),
            None,
        )
        title = post.title.value if post.title else "（职务不明）"
        unit = "公司" if post.unit == COMPANY else company.unit_name(post.unit)
        return unit + (printed or title)


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for key, value in pairs:
        if key is not None:
            found[key].append(value)
    return dict(found)


@dataclass(frozen=True, slots=True)
class TierGroup:
    """A group of clients of one rating: its name and the anchor of its list."""

    id: str
    label: str
    kind: str


TIERS = (
    TierGroup("strategic-company", "战略（公司级）", "strategic"),
    TierGroup("strategic-group", "战略（业务本部级）", "strategic"),
    TierGroup("strategic", "战略（未定层级）", "strategic"),
    TierGroup("key", "重点", "key"),
    TierGroup("general", "一般", "general"),
    TierGroup("unrated", "未评级", "unrated"),
)
_BY_ID = {group.id: group for group in TIERS}


def tier(rating: Rating | None) -> TierGroup:
    """How a rating is called."""
    if rating is None:
        return _BY_ID["unrated"]
    if rating.tier is Tier.STRATEGIC:
        levels = {Level.COMPANY: "strategic-company", Level.GROUP: "strategic-group"}
        return _BY_ID[levels[rating.level] if rating.level else "strategic"]
    return _BY_ID["key" if rating.tier is Tier.KEY else "general"]


def quarter_name(number: int) -> str:
    """A quarter in words."""
    return f"{'一二三四'[number - 1]}季度"


def period_name(period: str) -> str:
    """A period in words: a year, a quarter; a day stays as it is."""
    year, _, quarter = period.partition("-Q")
    if quarter:
        return f"{year} 年{quarter_name(int(quarter))}"
    return f"{year} 年" if len(period) == 4 else period


def span(start: date | None, end: date | None) -> str:
    """A span of days in words."""
    if start is None and end is None:
        return "全程"
    if end is None:
        return f"{start} 起"
    return f"{start} 至 {end}" if start else f"至 {end}"
