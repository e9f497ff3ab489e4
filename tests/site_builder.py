"""Builds the site of a small company for tests: its mkdocs.yml is the repository's, with other records."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.site.build import build_site
from tests.cases_runner import BASE_DAY, Changes, lay_out

REPOSITORY = Path(__file__).parents[1]
CONFIG = REPOSITORY / "mkdocs.yml"

FORGES = {
    "github": "https://github.example/sales/records",
    "gitlab": "https://gitlab.example/sales/records",
    "gitea": "https://gitea.example/sales/records",
}


def configure(folder: Path, *, day: date | None = BASE_DAY, records: str = "records", **options: Any) -> Path:
    """A mkdocs.yml in a folder: the repository's own but for the records, the days and what is given.

    Without a day the site follows the clock.
    """
    config = yaml.safe_load(CONFIG.read_text("utf-8"))
    config["docs_dir"] = str(REPOSITORY / config["docs_dir"])
    (plugin,) = (entry["kam"] for entry in config["plugins"] if "kam" in entry)
    plugin.update(records=records, as_of=day, today=day, **options)
    file = folder / "mkdocs.yml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")
    return file


def build_company(
    folder: Path,
    changes: Changes = {},  # noqa: B006 (never written to)
    *,
    day: date = BASE_DAY,
    **options: Any,
) -> Path:
    """Lay out the small company with changes, build its site in strict mode, and give the site's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    lay_out(folder, changes)
    configure(folder, day=day, **options)
    return build_again(folder)


def build_again(folder: Path, name: str = "site") -> Path:
    """Build what lies in a folder once more."""
    build_site(folder / "records", None, None, folder / name, strict=True)
    return folder / name


def build_with_forge(folder: Path, kind: str, branch: str = "main") -> Path:
    """The site with links to a forge."""
    return build_company(folder, forge={"kind": kind, "url": FORGES[kind], "branch": branch})


def contents(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder, by its path."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
