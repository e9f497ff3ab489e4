"""`kam build`: the site, whole or not at all."""

import shutil
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

from generator.pipeline import CannotJudge
from generator.site.kept import MADE_HERE
from generator.site.plugin import Job, build, configured_records

OWN_CONFIG = Path(__file__).resolve().parents[2] / "mkdocs.yml"
"""What is used where no mkdocs.yml lies about the records."""


def plan(
    records: Path | None,
    as_of: date | None,
    today: date | None,
    site_dir: Path,
    *,
    strict: bool = False,
    before: Path | None = None,
    place: str = "",
    cached: bool = True,
) -> Job:
    """Which mkdocs.yml counts, and whose days: those it names are meant for its own records alone."""
    config_file = _find_config(records)
    own = configured_records(config_file).resolve()
    folder = (records or own).resolve()
    if not folder.is_dir():
        raise CannotJudge(f"没有文件夹 {folder}；请用 --records 指明记录所在的文件夹。")
    return Job(config_file, site_dir, folder, as_of, today, folder == own, strict, before, place, cached)


def _find_config(records: Path | None) -> Path:
    here = Path.cwd()
    beside = [records.resolve().parent] if records else []
    for folder in (*beside, here, *here.parents):
        if (folder / "mkdocs.yml").is_file() and _is_ours(folder / "mkdocs.yml"):
            return folder / "mkdocs.yml"
    return OWN_CONFIG


def _is_ours(config_file: Path) -> bool:
    """Whether a mkdocs.yml names the plugin; one of another project is passed by."""
    return "kam" in config_file.read_text("utf-8", "replace")


def build_site(
    records: Path | None,
    as_of: date | None,
    today: date | None,
    site_dir: Path | None,
    *,
    strict: bool = False,
    fresh_pages: bool = False,
    cached: bool = True,
) -> None:
    """Build into a new folder beside the target, then swap; a build that fails leaves the old site.

    Pages that have not changed are taken over from it, unless all are to be fresh.
    """
    target = (site_dir or _find_config(records).parent / "site").absolute()
    _require_ours(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise CannotJudge(f"无法写入 {target.parent}：{error.strerror}。") from error
    try:
        before = None if fresh_pages or not cached else target
        place = str(target)
        job = plan(records, as_of, today, fresh, strict=strict, before=before, place=place, cached=cached)
        build(job)
        fresh.chmod(0o755)
        _swap(fresh, target)
    except OSError as error:
        raise CannotJudge(f"无法写入 {target}：{error.strerror}。") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _require_ours(target: Path) -> None:
    if target.is_dir() and any(target.iterdir()) and not (target / MADE_HERE).exists():
        raise CannotJudge(f"{target} 里有别的文件，不会覆盖；请用 --site-dir 另选一个空文件夹。")
    if target.exists() and not target.is_dir():
        raise CannotJudge(f"{target} 不是文件夹；请用 --site-dir 另选一个。")


def _swap(fresh: Path, target: Path) -> None:
    """Put the new site in the old one's place; where that fails the old one comes back."""
    if not target.exists():
        fresh.rename(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.old.", dir=target.parent))
    old = aside / target.name
    try:
        target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            old.rename(target)
            raise
    except OSError:
        # Empty unless the old site could not come back; then it is kept there.
        with suppress(OSError):
            aside.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)
