"""Which mkdocs.yml counts, which records a site is made of, and where it lies."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.refusal import CannotJudge
from generator.root import find_records, nearest_records
from generator.site.plugin import Config, Job, read_config

OWN_CONFIG = Path(__file__).resolve().parents[2] / "mkdocs.yml"
"""What is used where no mkdocs.yml lies about the records."""


class Setting(NamedTuple):
    """What a site is made of, and where it lies unless that is said."""

    config_file: Path
    records: Path
    """Resolved; a folder."""
    site: Path
    """Beside the mkdocs.yml that counts; where there is none, beside the records."""
    own_days: bool
    """Whether the days that mkdocs.yml names count: they are meant for its own records alone."""
    config: Config | None = None
    """What the mkdocs.yml says."""

    def job(
        self,
        as_of: date | None,
        today: date | None,
        folder: Path,
        *,
        strict: bool = False,
        cached: bool = True,
    ) -> Job:
        """A build of the site, the theme's files of which are laid into a folder."""
        return Job(
            self.config_file,
            folder,
            self.records,
            as_of,
            today,
            own_days=self.own_days,
            strict=strict,
            cached=cached,
            config=self.config,
        )

    def target(self, site_dir: Path | None) -> Path:
        """Where the site lies: where it is said, else where it belongs.

        Raises CannotJudge where a link lies there that nobody has named: it may have come with a proposal.
        """
        target = (site_dir or self.site).absolute()
        if not target.is_symlink():
            return target
        if site_dir is None:
            told = f"{target} 是链接，不会替换；请用 --site-dir 写明网站的文件夹。"
            raise CannotJudge(told)
        return target.resolve()


def find_setting(records: Path | None) -> Setting:
    """What counts for records as given, or for the nearest. Raises CannotJudge where there are none."""
    found = _find_config(records)
    if found is None:
        root = find_records(records)
        return Setting(OWN_CONFIG, root, root.parent / "site", own_days=False)
    config, own = read_config(found)
    own = own.resolve()
    folder = find_records((records or _nearer(found.parent) or own).resolve())
    return Setting(found, folder, found.parent / "site", folder == own, config)


def _nearer(folder: Path) -> Path | None:
    """Records that lie nearer than a mkdocs.yml that was found: those are meant, as for every command."""
    nearest = nearest_records()
    return nearest if nearest and folder.resolve() in nearest.parent.parents else None


def _find_config(records: Path | None) -> Path | None:
    here = Path.cwd()
    beside = [records.resolve().parent] if records else []
    for folder in (*beside, here, *here.parents):
        if (folder / "mkdocs.yml").is_file() and _is_ours(folder / "mkdocs.yml"):
            return folder / "mkdocs.yml"
    return None


def _is_ours(config_file: Path) -> bool:
    """Whether a mkdocs.yml names the plugin; one of another project is passed by."""
    return "kam" in config_file.read_text("utf-8", "replace")
