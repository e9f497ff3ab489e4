"""What the rest of the company needs to know of a client, without any of its records."""

from datetime import date
from typing import NamedTuple

from generator.standing.clients import Client

Dealing = tuple[str, date | None, date | None]
"""A division that trades with a client, from when and until when."""


class Brief(NamedTuple):
    """A client in brief: what decisions, nominations, analyses and lists look up."""

    id: str
    name: str
    """Its name, or its id where that cannot be read."""
    typed_name: str | None
    credit_code: str | None
    ended_on: date | None
    dealings: tuple[Dealing, ...]
    has_file: bool
    """Whether there is an archive.yml, readable or not."""
    has_form: bool
    """Whether the archive is there as of the day."""

    def has_ended(self, day: date) -> bool:
        """Whether a day lies after the end of the business."""
        return self.ended_on is not None and self.ended_on < day

    def divisions(self, day: date) -> list[str]:
        """The divisions that trade with the client on a day, or are to develop it."""
        found = (unit for unit, start, end in self.dealings if _covers(start, end, day))
        return list(dict.fromkeys(found))


def _covers(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)


def in_brief(client: Client, archive_path: str) -> Brief:
    """A client in brief; `archive_path` is where its archive stands or would."""
    form = client.form
    dealings = tuple((s.unit, s.start, s.end) for s in (form.units if form else None) or () if s.unit)
    return Brief(
        client.id,
        client.name,
        form.name if form else None,
        form.credit_code if form else None,
        client.ended_on,
        dealings,
        archive_path in client.records,
        form is not None,
    )
