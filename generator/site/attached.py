"""Attachments on the site: those of a kind that is published, copied when they are what they say they are."""

from collections.abc import Iterator
from urllib.parse import quote

from generator.model.clients import Attachment
from generator.reading.attachments import AttachmentCheck
from generator.site import addresses
from generator.site.facts import Facts
from generator.standing.clients import Client

File = tuple[str, bytes]


def of_client(facts: Facts, client: Client) -> dict[str, str]:
    """The attachments of a client that are part of the site: for each its address.

    A file that the archive also names as a kind that is held back is held back.
    """
    given = client.form.attachments if client.form else None
    found: dict[str, str] = {}
    held: set[str] = set()
    for one in given or ():
        if one.file is None:
            continue
        if not facts.published.paper(one.cls):
            held.add(one.file)
        elif is_there(facts, client, one):
            found[one.file] = f"{addresses.client(client.id)}{quote(one.file)}"
    return {file: url for file, url in found.items() if file not in held}


def is_there(facts: Facts, client: Client, one: Attachment) -> bool:
    """Whether an attachment was filed by the as-of day, and is a file that is taken."""
    if one.file is None or one.file in client.missing_files:
        return False
    return one.collected_on is not None and one.collected_on <= facts.as_of


def files(facts: Facts, client: Client) -> Iterator[File]:
    """The attachments that are published, looked at once more: they may have been changed meanwhile."""
    root = facts.result.judging.ground.root
    check = AttachmentCheck(root)
    for file in of_client(facts, client):
        data = check.read(client.id, file)
        if data is not None:
            yield f"{addresses.client(client.id)}{file}", data
