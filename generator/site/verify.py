"""`kam build --verify`: whether a site is what the records make; nothing of it is written."""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.pipeline import CannotJudge
from generator.site import manifest
from generator.site.build import build_site
from generator.site.folder import MADE_HERE
from generator.site.setting import find_setting

_DAYS = re.compile(r"as_of: (\S+)\ntoday: (\S+)\n")


@dataclass(frozen=True, slots=True)
class Difference:
    """A file of a site that is not as it should be: its path, and how."""

    path: str
    how: str


def days_of(site: Path) -> tuple[date, date] | None:
    """The as-of day and today that a site was made for, as it says itself."""
    try:
        found = _DAYS.fullmatch((site / MADE_HERE).read_text("utf-8"))
        return (date.fromisoformat(found[1]), date.fromisoformat(found[2])) if found else None
    except (OSError, ValueError):
        return None


def differences(
    records: Path | None, as_of: date | None, today: date | None, site_dir: Path | None
) -> list[Difference]:
    """Build anew, without any cache, and compare; days that are not given are the site's own.

    Raises CannotJudge where there is no site of ours, or none can be built.
    """
    site = find_setting(records).target(site_dir)
    if not (site / MADE_HERE).is_file():
        raise CannotJudge(f"{site} 不是 kam build 生成的网站，无法核对。")
    own = days_of(site)
    if own is not None:
        as_of, today = as_of or own[0], today or own[1]
    with tempfile.TemporaryDirectory(prefix="kam-verify-") as folder:
        made = Path(folder) / "site"
        build_site(records, as_of, today, made, cached=False)
        return sorted(_compared(site, made), key=lambda one: one.path)


def _compared(site: Path, made: Path) -> Iterator[Difference]:
    wanted = set(manifest.files_of(made, ["./"]))
    there = set(manifest.files_of(site, ["./"]))
    for path in wanted - there:
        yield Difference(path, "缺少")
    for path in there - wanted:
        yield Difference(path, "多余")
    for path in wanted & there:
        if (site / path).is_symlink() or manifest.line_of(site, path) != manifest.line_of(made, path):
            yield Difference(path, "不同")
