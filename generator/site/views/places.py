"""Where links lead that a record has to other files of the repository."""

import posixpath
from typing import Any

from generator.model.record import Record
from generator.site import addresses, attached
from generator.site.facts import Facts
from generator.site.markup import address, way_to_root


def leads_to(facts: Facts, record: Record[Any], href: str) -> str | None:
    """The address, on a record's page, of what a path that counts from the record's folder names.

    The page of another record of the client or of the company itself, or an attachment of the client that is
    published; None for all else, also for other clients, whose pages come and go without this one.
    """
    path = posixpath.normpath(posixpath.join(posixpath.dirname(record.path), href.partition("#")[0]))
    clients = f"{facts.result.world.root}/clients/"
    if path.startswith(clients) and not path.startswith(f"{clients}{record.place.client}/"):
        return None
    url = facts.page_of(path) or _attachment(facts, record, path)
    here = addresses.record(record.place, facts.as_of).partition("#")[0]
    return address(url, way_to_root(here)) if url is not None else None


def _attachment(facts: Facts, record: Record[Any], path: str) -> str | None:
    if record.place.client is None:
        return None
    client = facts.result.world.clients[record.place.client]
    within = path.removeprefix(f"{facts.result.world.root}/clients/{client.id}/")
    return attached.of_client(facts, client).get(within)
