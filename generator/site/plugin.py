"""The MkDocs plugin: a thin adapter, and the only place that knows MkDocs."""

import logging
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build as mkdocs_build  # noqa: E402
from mkdocs.config import base, load_config  # noqa: E402
from mkdocs.config import config_options as c  # noqa: E402
from mkdocs.config.defaults import MkDocsConfig  # noqa: E402
from mkdocs.exceptions import Abort, ConfigurationError, PluginError  # noqa: E402
from mkdocs.plugins import BasePlugin  # noqa: E402
from mkdocs.structure.files import File, Files, InclusionLevel  # noqa: E402
from mkdocs.structure.pages import Page  # noqa: E402

from generator.clock import current_day  # noqa: E402
from generator.pipeline import CannotJudge, run  # noqa: E402
from generator.site import forge, pages  # noqa: E402
from generator.site.output import DEPTHS, Output  # noqa: E402
from generator.site.shell import Shell, ShellError, marker  # noqa: E402

log = logging.getLogger("mkdocs.plugins.kam")


class ForgeConfig(base.Config):
    """The option `forge`: where the records are kept."""

    kind = c.Optional(c.Choice(forge.KINDS))
    url = c.Optional(c.URL())
    branch = c.Type(str, default="main")


class KamConfig(base.Config):
    """The options of the plugin in mkdocs.yml."""

    records = c.Type(str, default="records")
    as_of = c.Optional(c.Type((date, str)))
    today = c.Optional(c.Type((date, str)))
    forge = c.SubConfig(ForgeConfig)


def _shell_uri(depth: int, wide: bool) -> str:
    return f"kam-shell-{'wide' if wide else 'text'}/" + "x/" * (depth - 1) + "index.md"


class KamPlugin(BasePlugin[KamConfig]):
    """Makes the pages of the records and pours them into the theme."""

    _output: Output

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read and judge the records; announce the pages of the navigation and the shells."""
        today = _day(self.config.today) or current_day()
        folder = FilePath(config.config_file_path or ".").parent / self.config.records
        try:
            result = run(folder.resolve(), _day(self.config.as_of) or today, today)
        except CannotJudge as error:
            raise PluginError(str(error)) from error
        self._output = Output(result, self._forge(), check_links=bool(config.strict))
        self._output.gather_navigation()
        for url in pages.IN_NAVIGATION:
            files.append(File.generated(config, f"{url}index.md", content=""))
        self._shells = {_shell_uri(depth, wide): (depth, wide) for depth in DEPTHS for wide in (False, True)}
        for uri in self._shells:
            files.append(File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def _forge(self) -> forge.Forge | None:
        given = self.config.forge
        if not given.kind and not given.url:
            return None
        if not given.kind or not given.url:
            raise PluginError("mkdocs.yml 中的 forge 要同时写明 kind 和 url。")
        parent = FilePath(self.config.records).parent
        inside = "" if parent.is_absolute() or parent.parts[:1] in ((), ("..",)) else parent.as_posix()
        return forge.Forge(given.kind, given.url, given.branch, inside)

    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """Put markers where the theme shows the title, and hide the side bars of wide pages."""
        own = self._output.navigation.get(page.url.removeprefix("./"))
        shell = self._shells.get(page.file.src_uri)
        if own or shell:
            wide = own.wide if own else bool(shell and shell[1])
            page.meta = {"title": marker("title"), "hide": ["navigation", "toc"] if wide else ["navigation"]}
            page.canonical_url = None
        return markdown

    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        """The marker in place of the content."""
        return marker("content") if page.file.generated_by == "kam" else html

    def on_post_template(self, output: str, *, template_name: str, **_: Any) -> str:
        """Leave the sitemap out: it would list shells, and carry the day of the build."""
        return "" if template_name == "sitemap.xml" else output

    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str:
        """Pour the pages of the navigation; keep the shells, and write none of them."""
        own = self._output.navigation.get(page.url.removeprefix("./"))
        shell = self._shells.get(page.file.src_uri)
        try:
            if own:
                return self._output.pour(Shell(output), own)
            if shell:
                self._output.shells[shell] = Shell(output)
                return ""
        except ShellError as error:
            raise PluginError(str(error)) from error
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the leaf pages and the files; in strict mode look at every link."""
        folder = FilePath(config.site_dir)
        self._output.write_leaves(folder)
        for broken in self._output.broken(lambda name: (folder / name).is_file()):
            log.warning(broken)

    def on_serve(self, server: Any, **_: Any) -> Any:
        """Watch the records too."""
        server.watch(self.config.records)
        return server


def _day(given: date | str | None) -> date | None:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        raise PluginError(f"mkdocs.yml 中的“{given}”不是日期；请写成如 2026-06-30。") from None


@dataclass(frozen=True, slots=True)
class Job:
    """A build, as the commands ask for it; None leaves what mkdocs.yml says."""

    config_file: FilePath
    site_dir: FilePath
    records: FilePath | None = None
    as_of: date | None = None
    today: date | None = None
    own_days: bool = True
    """Whether the days of mkdocs.yml count: they are meant for its own records."""
    strict: bool = False


def configured_records(config_file: FilePath) -> FilePath:
    """The records folder that a mkdocs.yml names."""
    return config_file.parent / str(_plugin(_load(config_file)).config.records)


def build(job: Job) -> None:
    """Build a site with MkDocs. Raises CannotJudge with one line where it cannot be done."""
    config = _load(job.config_file, site_dir=str(job.site_dir), strict=job.strict or None)
    options = _plugin(config).config
    if job.records is not None:
        options.records = str(job.records)
    if not job.own_days:
        options.as_of = options.today = None
    options.as_of = job.as_of or options.as_of
    options.today = job.today or options.today
    try:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
    except PluginError as error:
        raise CannotJudge(str(error)) from error
    except Abort as error:
        cause = error.__context__
        text = str(cause) if isinstance(cause, PluginError) else "网站没有生成：有警告，见上面各行。"
        raise CannotJudge(text) from error


def _load(config_file: FilePath, **options: Any) -> MkDocsConfig:
    try:
        return load_config(config_file=str(config_file), **options)
    except ConfigurationError as error:
        raise CannotJudge(f"{config_file} 有误：{error}") from error


def _plugin(config: MkDocsConfig) -> KamPlugin:
    plugin = config.plugins.get("kam")
    if not isinstance(plugin, KamPlugin):
        raise CannotJudge("mkdocs.yml 的 plugins 中没有 kam。")
    return plugin
