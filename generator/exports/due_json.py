"""`kam due --format json` (interfaces.md)."""

from collections.abc import Sequence
from datetime import date

from generator.exports.lines import as_json
from generator.obligations.kinds import Status
from generator.obligations.obligation import Obligation
from generator.pipeline import Result

VERSION = 1


def render(result: Result, obligations: Sequence[Obligation]) -> str:
    """The obligations asked for; the summary counts all, whatever was filtered."""
    counts = result.counts()
    document = {
        "version": VERSION,
        "as_of": result.as_of.isoformat(),
        "summary": {status.value: counts[status] for status in Status},
        "obligations": [_row(one, result.as_of) for one in obligations],
    }
    return as_json(document)


def _row(one: Obligation, as_of: date) -> dict[str, object]:
    """One obligation as published."""
    published: dict[str, object] = {
        "kind": one.kind.value,
        "client": one.client,
        "unit": one.unit,
        "period": one.period,
        "number": one.number,
        "due": one.due.isoformat(),
        "done_on": one.done_on.isoformat() if one.done_on else None,
        "status": one.status.value,
        "days_overdue": one.days_overdue(as_of),
        "responsible": list(one.responsible),
        "record": one.record,
    }
    if one.target_met is not None:
        published["target_met"] = one.target_met
    return published
