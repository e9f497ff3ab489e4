"""Who has countersigned (会签) for which unit, in the sense of 1.3."""

from collections.abc import Iterable
from datetime import date

from generator.model.base import Signature
from generator.standing.company import Company


def signed_since(
    company: Company, unit: str, signatures: Iterable[Signature] | None, as_of: date
) -> date | None:
    """The earliest day on which somebody holding a position in the unit signed for it, or None."""
    days = [
        entry.on
        for entry in signatures or ()
        if entry.unit == unit
        and entry.on
        and entry.on <= as_of
        and entry.person
        and company.is_in(entry.person, unit, entry.on)
    ]
    return min(days, default=None)
