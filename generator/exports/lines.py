"""Texts of records in lines of output: nothing they say can end a line, hide a part of it or give an order.

Records are proposed by anybody, and the lines are read by people, by terminals and by the runners of forges,
which take some beginnings for commands.
"""

import json
import re
import unicodedata

_HIDDEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Characters that show nothing, though Unicode counts them among letters, marks and signs."""
_SHOWN_NOT = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_COMMAND = re.compile(r"^\s*:(?=:)|#(?=#(?:\[|vso\[|teamcity\[))", re.IGNORECASE)
"""How commands begin for the runners of GitHub and Gitea ("::" first in a line, "##[" anywhere), of Azure and
TeamCity."""


def printable(text: str) -> str:
    """The text as part of one line: control, bidirectional, invisible characters as \\u{…}; no command."""
    if not text.isprintable() or _HIDDEN.search(text):
        text = "".join(_shown(character) for character in text)
    return _COMMAND.sub(_broken, text) if "::" in text or "##" in text else text


def _shown(character: str) -> str:
    if unicodedata.category(character) in _SHOWN_NOT or _HIDDEN.match(character):
        return f"\\u{{{ord(character):x}}}"
    return character


def _broken(found: re.Match[str]) -> str:
    return f"{found[0][:-1]}\\u{{{ord(found[0][-1]):x}}}"


def as_json(document: object) -> str:
    """A document of JSON, a line for each value; it holds no command either, however it is shown."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return re.sub(r"#(?=#(?:\[|vso\[|teamcity\[))", r"\\u0023", text, flags=re.IGNORECASE) + "\n"
