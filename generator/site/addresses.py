"""Where each thing has its page: addresses from the site's root, all in ASCII."""

from datetime import date
from typing import Any

from generator.model.periods import Kind, Place
from generator.model.record import Record

OVERDUE = "overdue/"
DUE_SOON = "due-soon/"
RECENT = "recent/"
CLIENTS = "clients/"
PEOPLE = "people/"
UNITS = "units/"
RATINGS = "ratings/"
FINDINGS = "findings/"
POLICY = "policy/"
RULES = "policy/rules/"
DUTIES = "policy/obligations/"
PARAMETERS = "policy/parameters/"
FORMS = "policy/records/"

_OWN_PAGES = {
    Kind.SERVICE_PLAN: "service-plan",
    Kind.SATISFACTION_PLAN: "satisfaction-plan",
    Kind.VISIT_PLAN: "visit-plan",
    Kind.REPORT: "report",
}


def client(id_: str) -> str:
    """A client's page."""
    return f"{CLIENTS}{id_}/"


def client_year(id_: str, year: int, as_of: date) -> str:
    """A client's page for a year; the as-of day's year is the client's page itself."""
    return client(id_) if year == as_of.year else f"{client(id_)}{year}/"


def person(id_: str) -> str:
    """A person's page."""
    return f"{PEOPLE}{id_}/"


def unit(id_: str) -> str:
    """A unit's page."""
    return f"{UNITS}{id_}/"


def rule(code: str) -> str:
    """The page of a rule."""
    return f"{RULES}{code}/"


def duty(kind: str) -> str:
    """The page of a kind of obligations."""
    return f"{DUTIES}{kind}/"


def clause(id_: str) -> str:
    """A clause in the list of clauses."""
    return f"{POLICY}#clause-{id_.replace('.', '-')}"


def ratings(year: int, as_of: date) -> str:
    """The ratings of a year; those of the as-of day's year are the page in the navigation."""
    return RATINGS if year == as_of.year else f"{RATINGS}{year}/"


def form(kind: Kind) -> str:
    """How a kind of record is filled in."""
    return f"{FORMS}#{kind.name.lower().replace('_', '-')}"


def record(place: Place, as_of: date) -> str:
    """The page, or the part of one, on which a record is read."""
    match place.kind:
        case Kind.VISIT | Kind.SERVICE_PLAN | Kind.SATISFACTION_PLAN | Kind.VISIT_PLAN | Kind.REPORT:
            return _of_client(place)
        case Kind.ARCHIVE:
            return f"{client(place.client or '')}#archive"
        case Kind.TEAM | Kind.EVENTS:
            part = "team" if place.kind is Kind.TEAM else "events"
            return f"{client_year(place.client or '', place.year or 0, as_of)}#{part}"
        case Kind.STANDARD | Kind.NOMINATION | Kind.DECISION:
            return f"{ratings(place.year or 0, as_of)}#{_of_ratings(place)}"
        case Kind.ANALYSIS:
            return f"key-accounts/{place.year}/Q{place.quarter}/"
        case Kind.POLICY | Kind.CALENDAR:
            return PARAMETERS
        case Kind.PEOPLE:
            return PEOPLE
        case Kind.UNITS:
            return UNITS


def shown(one: Record[Any], as_of: date) -> str | None:
    """Where a record is read on a day; None where it is not there then, or nobody knows of what day it is."""
    has_day = one.place.day is not None or one.kind not in (Kind.VISIT, Kind.DECISION)
    return record(one.place, as_of) if has_day and one.there(as_of) else None


def _of_client(place: Place) -> str:
    base = f"{client(place.client or '')}{place.year}/"
    if place.kind is Kind.VISIT:
        name = place.path.rpartition("/")[2].removesuffix(".md")
        return f"{base}Q{place.quarter}/visits/{name}/"
    quarter = f"Q{place.quarter}/" if place.quarter else ""
    return f"{base}{quarter}{_OWN_PAGES[place.kind]}/"


def _of_ratings(place: Place) -> str:
    if place.kind is Kind.NOMINATION:
        return f"nomination-{place.unit}"
    return f"decision-{place.day}" if place.kind is Kind.DECISION else "standard"
