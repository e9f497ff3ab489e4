"""The form of ids (records.md). It loads nothing else: what is done first of all needs it."""

import re

_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID = 63


def is_id(text: str) -> bool:
    """Whether a text has the form of an id: [a-z0-9] words joined by "-", at most 63 characters."""
    return len(text) <= MAX_ID and _FORM.fullmatch(text) is not None
