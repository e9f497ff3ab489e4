"""A build of the site with MkDocs, as the commands ask for it."""

import logging
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.utils import CountHandler

from generator.pipeline import CannotJudge
from generator.site.output import Output
from generator.site.plugin import kept
from generator.site.plugin.hooks import KamPlugin, Write
from generator.site.shell import ShellError

Config = MkDocsConfig


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
    config: Config | None = None
    """What was read of the mkdocs.yml already; it serves for one build."""

    @property
    def follows_clock(self) -> bool:
        """Whether today is the day that it is: neither the command nor the mkdocs.yml names another."""
        named = _plugin(self.config).config.today if self.config and self.own_days else None
        return not (self.today or named)


def read_config(config_file: Path) -> tuple[Config, Path]:
    """What a mkdocs.yml says, and the records folder that it names."""
    config = _load(config_file)
    return config, config_file.parent / str(_plugin(config).config.records)


def build(job: Job, write: Write | None = None) -> None:
    """Build a site with MkDocs; `write` writes the pages, else they lie beside the theme's files.

    Raises CannotJudge with one line where it cannot be done.
    """
    # To be strict is to refuse already what MkDocs warns of in a mkdocs.yml.
    config = _load(job.config_file, strict=True) if job.strict else job.config or _load(job.config_file)
    config.site_dir = str(job.site_dir)
    plugin = _plugin(config)
    plugin.cached = job.cached
    options = plugin.config
    if job.records is not None:
        options.records = str(job.records)
    if not job.own_days:
        options.as_of = options.today = None
    options.as_of = job.as_of or options.as_of
    options.today = job.today or options.today
    if write is not None:
        plugin.write = write
    if write is None or config.strict:
        run_mkdocs(config)
    else:
        _build_quickly(config, plugin, write)


def _build_quickly(config: MkDocsConfig, plugin: KamPlugin, write: Write) -> None:
    """Without MkDocs where the theme is as it was; else with it, and the theme is kept."""
    key, folder = kept.key_of(config), Path(config.site_dir)
    try:
        plugin.output = output = plugin.make_output(config)
        theme = kept.find(output.result.judging.store, key)
        if theme is None:
            _build_and_keep(config, plugin, write, key)
            return
        theme.lay(folder)
        plugin.shells.update(theme.shells)
        plugin.scripts.update(theme.scripts)
        write(output, folder)
    except (PluginError, ShellError) as error:
        raise CannotJudge(str(error)) from error


def _build_and_keep(config: MkDocsConfig, plugin: KamPlugin, write: Write, key: str) -> None:
    warnings = CountHandler(level=logging.WARNING)

    def kept_and_written(output: Output, folder: Path) -> Path:
        if not warnings.counts:
            # What MkDocs warns of is to be said by the next build as well.
            theme = kept.Theme(plugin.shells, plugin.scripts, tuple(kept.files_of(folder)))
            kept.keep(output.result.judging.store, key, theme)
        return write(output, folder)

    plugin.write = kept_and_written
    log = logging.getLogger("mkdocs")
    log.addHandler(warnings)
    try:
        run_mkdocs(config)
    finally:
        log.removeHandler(warnings)


def run_mkdocs(config: MkDocsConfig) -> None:
    """Build with MkDocs. Raises CannotJudge with one line where it cannot be done."""
    # It says an error a second time, before it is raised.
    from mkdocs.commands.build import build as mkdocs_build  # where the theme is kept, nobody needs it

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


class _Errors(logging.Filter):
    """Takes what MkDocs says is wrong with a mkdocs.yml, so that it is said once and with its file."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.ERROR:
            return True
        self.said.append(re.sub(r"^Config value '([^']*)': ", r"\1：", record.getMessage()))
        return False


def _load(config_file: Path, *, strict: bool = False) -> Config:
    errors, log = _Errors(), logging.getLogger("mkdocs.config")
    log.addFilter(errors)
    try:
        return load_config(config_file=str(config_file), strict=strict or None)
    except (ConfigurationError, Abort) as error:
        # MkDocs' own words go over several lines.
        said = " ".join(("；".join(errors.said) or str(error)).split())
        raise CannotJudge(f"{config_file} 有误：{said}") from error
    finally:
        log.removeFilter(errors)


def _plugin(config: MkDocsConfig) -> KamPlugin:
    plugin = config.plugins.get("kam")
    if not isinstance(plugin, KamPlugin):
        raise CannotJudge("mkdocs.yml 的 plugins 中没有 kam。")
    return plugin
