"""The files of an empty, valid records repository, for a company that wants to begin."""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files

from generator.starting.text import scalar

FORGES: Mapping[str, str] = {
    "github": ".github/workflows/records.yml",
    "gitlab": ".gitlab-ci.yml",
    "gitea": ".gitea/workflows/records.yml",
}
"""Where each forge looks for its workflow."""

_FILES: Mapping[str, str] = {
    "README.md": "README.md",
    "mkdocs.yml": "mkdocs.yml",
    "docs/robots.txt": "robots.txt",
    ".gitignore": "gitignore.txt",
    ".gitattributes": "gitattributes.txt",
    "records/policy.yml": "policy.yml",
    "records/organization/units.yml": "units.yml",
    "records/organization/people.yml": "people.yml",
}
_EMPTY = ("clients", "ratings", "key-accounts", "calendar")
"""Folders of the records that hold nothing yet; Git keeps none that is empty."""


def workflow(forge: str) -> str:
    """The workflow of a forge, as its file."""
    return _read("workflows", f"{forge}.yml")


def repository(company: str, today: date, forges: tuple[str, ...] = tuple(FORGES)) -> dict[str, str]:
    """All files by their paths."""
    found = {path: _filled(_read("skeleton", name), company, today) for path, name in _FILES.items()}
    found |= {f"records/{folder}/.gitkeep": "" for folder in _EMPTY}
    return found | {FORGES[forge]: workflow(forge) for forge in forges}


def _filled(text: str, company: str, today: date) -> str:
    return text.replace("@TODAY@", today.isoformat()).replace("@COMPANY@", scalar(company))


def _read(folder: str, name: str) -> str:
    return files("generator.starting").joinpath(folder, name).read_text(encoding="utf-8")
