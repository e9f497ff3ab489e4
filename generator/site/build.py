"""`kam build`: the site, whole or not at all."""

import os
import tempfile
from datetime import date
from functools import partial
from pathlib import Path

from generator.judging.store import Store
from generator.refusal import CannotJudge, reason
from generator.site.folder import MADE_HERE, Folder
from generator.site.output import Output
from generator.site.plugin import build, files_of
from generator.site.setting import find_setting
from generator.site.swap import Workshop
from generator.site.writing import write as write_site


def build_site(
    records: Path | None,
    as_of: date | None,
    today: date | None,
    site_dir: Path | None,
    *,
    strict: bool = False,
    fresh_pages: bool = False,
    cached: bool = True,
) -> Path:
    """Build into a folder beside the target, then swap; a build that fails leaves the old site.

    What has not changed is kept, unless all pages are to be fresh. Gives the folder of the site.
    """
    setting = find_setting(records)
    target = setting.target(site_dir)
    require_ours(target, MADE_HERE, "--site-dir")
    keeps = cached and not fresh_pages and not strict
    try:
        with tempfile.TemporaryDirectory() as theme, Workshop(target, again=keeps) as workshop:
            job = setting.job(as_of, today, Path(theme), strict=strict, cached=cached)
            store: Store | None = None

            def write(output: Output, made: Path) -> Path:
                nonlocal store
                store = output.result.judging.store
                before = target if keeps and target.is_dir() else None
                folder = Folder(workshop.folder, store if keeps else None, before)
                write_site(output, folder, files_of(made))
                folder.write_sums()
                if store:
                    # Also of a site that was written whole: the next build may keep of it.
                    folder.remember(store, _name(target))
                    store.commit()
                workshop.keeps_old = folder.kept * 2 > len(folder.parts)
                return workshop.folder

            build(job, write)
            workshop.swap()
            if keeps and store and not workshop.keeps_old:
                workshop.leave_another(partial(_make_twin, target, store))
            return target
    except OSError as error:
        raise CannotJudge(f"无法写入 {target}：{reason(error)}。") from error


def _make_twin(target: Path, store: Store, place: Path) -> None:
    """Fill the folder that the next build brings up to date: else that one, of a single record, would make as
    many folders and names as this one.
    """
    twin = Folder(place, store, target)
    twin.take_all()
    twin.remember_beside(store, _name(target))
    store.commit()


def _name(folder: Path) -> str:
    """A folder's path as a text, whatever bytes it has and whatever the locale takes them for."""
    return os.fsencode(folder).decode("utf-8", "backslashreplace")


def require_ours(target: Path, mark: str, option: str) -> None:
    """Raises CannotJudge where a folder has files and not our mark; `option` names another folder."""
    if target.is_dir() and any(target.iterdir()) and not (target / mark).exists():
        raise CannotJudge(f"{target} 里有别的文件，不会覆盖；请用 {option} 另选一个空文件夹。")
    if target.exists() and not target.is_dir():
        raise CannotJudge(f"{target} 不是文件夹；请用 {option} 另选一个。")
