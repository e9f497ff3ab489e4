"""The small company as the live site shows it: what all tests of it share."""

import shutil
from datetime import date
from pathlib import Path

from tests.cases_runner import BASE
from tests.site_builder import configure
from tests.stored import git

VISIT = "clients/hengda-steel/2026/Q2/visits/2026-05-28.md"
PAGE = "clients/hengda-steel/2026/Q2/visits/2026-05-28/index.html"


def in_repository(folder: Path, day: date | None) -> Path:
    """The small company, in a repository; its mkdocs.yml names a day, or none."""
    shutil.copytree(BASE, folder / "records")
    configure(folder, day=day)
    git(folder, "init", "-q")
    git(folder, "add", "records")
    git(folder, "commit", "-qm", "records")
    return folder


def edit(text: str, path: Path) -> list[Path]:
    """Put a text at the end of a file."""
    with path.open("a", encoding="utf-8") as stream:
        stream.write(text)
    return [path]
