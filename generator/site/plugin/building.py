"""A build of the site with MkDocs, as the commands ask for it."""

import logging
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError

from generator.pipeline import CannotJudge
from generator.site.plugin.hooks import KamPlugin, Write


@dataclass(frozen=True, slots=True)
class Job:
    """A build, as the commands ask for it; None leaves what mkdocs.yml says."""

    config_file: Path
    site_dir: Path
    records: Path | None = None
    as_of: date | None = None
    today: date | None = None
    own_days: bool = True
    """Whether the days of mkdocs.yml count: they are meant for its own records."""
    strict: bool = False
    cached: bool = True
    """Whether the store of facts is used."""


def configured_records(config_file: Path) -> Path:
    """The records folder that a mkdocs.yml names."""
    return config_file.parent / str(_plugin(_load(config_file)).config.records)


def build(job: Job, write: Write | None = None) -> None:
    """Build a site with MkDocs; `write` writes the pages, else they lie beside the theme's files.

    Raises CannotJudge with one line where it cannot be done.
    """
    config = _load(job.config_file, site_dir=str(job.site_dir), strict=job.strict or None)
    plugin = _plugin(config)
    plugin.cached = job.cached
    if write is not None:
        plugin.write = write
    options = plugin.config
    if job.records is not None:
        options.records = str(job.records)
    if not job.own_days:
        options.as_of = options.today = None
    options.as_of = job.as_of or options.as_of
    options.today = job.today or options.today
    run_mkdocs(config)


def run_mkdocs(config: MkDocsConfig) -> None:
    """Build with MkDocs. Raises CannotJudge with one line where it cannot be done."""
    # It says an error a second time, before it is raised.
    quiet = logging.getLogger("mkdocs.commands.build")
    quiet.addFilter(_below_error)
    try:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
            quiet.removeFilter(_below_error)
    except PluginError as error:
        raise CannotJudge(str(error)) from error
    except Abort as error:
        cause = error.__context__
        text = str(cause) if isinstance(cause, PluginError) else "网站没有生成：有警告，见上面各行。"
        raise CannotJudge(text) from error


def _below_error(record: logging.LogRecord) -> bool:
    return record.levelno < logging.ERROR


def _load(config_file: Path, **options: Any) -> MkDocsConfig:
    try:
        return load_config(config_file=str(config_file), **options)
    except ConfigurationError as error:
        raise CannotJudge(f"{config_file} 有误：{error}") from error


def _plugin(config: MkDocsConfig) -> KamPlugin:
    plugin = config.plugins.get("kam")
    if not isinstance(plugin, KamPlugin):
        raise CannotJudge("mkdocs.yml 的 plugins 中没有 kam。")
    return plugin
