"""The MkDocs plugin: a thin adapter between its hooks and the pages."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from generator.clock import current_day
from generator.pipeline import CannotJudge, run
from generator.site import forge, pages
from generator.site.folder import Folder
from generator.site.output import DEPTHS, Output
from generator.site.plugin.theme import Themed
from generator.site.published import published
from generator.site.shell import ShellError
from generator.site.writing import write as write_site

Write = Callable[[Output, FilePath], FilePath]
"""Writes a site, the theme's files of which lie in a folder; gives the folder where it lies."""

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
    search = c.Type(bool, default=True)
    publish = c.Optional(c.Type(list))
    forge = c.SubConfig(ForgeConfig)


def _beside_the_theme(output: Output, folder: FilePath) -> FilePath:
    """As `mkdocs build` wants it: into MkDocs' own folder."""
    write_site(output, Folder(folder, shared=True))
    return folder


class KamPlugin(Themed, BasePlugin[KamConfig]):
    """Makes the pages of the records and pours them into the theme."""

    output: Output | None = None
    """The site; made with the records, before MkDocs begins or when it asks for the pages."""
    write: Write = staticmethod(_beside_the_theme)
    """Writes the pages, once MkDocs has made the theme's files."""
    cached: bool = True
    """Whether the store of facts is used."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put the theme's parts in place; a company's mkdocs.yml need not name them."""
        self.dress(config, search=self.config.search)
        if config.nav is None:
            config.nav = [{title: f"{url}index.md"} for url, title in pages.IN_NAVIGATION.items()]
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Announce the pages of the navigation and the shells."""
        self.output = self.output or self.make_output(config)
        self.announce(files, config, pages.IN_NAVIGATION, DEPTHS)
        return files

    def make_output(self, config: MkDocsConfig) -> Output:
        """Read and judge the records. Raises PluginError with one line where that cannot be done."""
        today = _day(self.config.today) or current_day()
        self._folder = (FilePath(config.config_file_path or ".").parent / self.config.records).resolve()
        try:
            as_of = _day(self.config.as_of) or today
            shown = published(self.config.publish)
            result = run(self._folder, as_of, today, cached=self.cached, keep_records=True)
        except CannotJudge as error:
            raise PluginError(str(error)) from error
        return Output(
            result,
            self._forge(config),
            check_links=bool(config.strict),
            published=shown,
            site_url=config.site_url or "",
            shells=self.shells,
            scripts=self.scripts,
            has_search=self.config.search,
        )

    def _forge(self, config: MkDocsConfig) -> forge.Forge | None:
        given = self.config.forge
        if not given.kind and not given.url:
            return None
        if not given.kind or not given.url:
            raise PluginError("mkdocs.yml 中的 forge 要同时写明 kind 和 url。")
        repository = FilePath(config.config_file_path or ".").resolve().parent
        within = self._folder.parent.is_relative_to(repository)
        inside = self._folder.parent.relative_to(repository).as_posix() if within else "."
        return forge.Forge(given.kind, given.url, given.branch, "" if inside == "." else inside)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the pages and the files; in strict mode look at every link."""
        output, self.output = self.output, None
        assert output is not None
        try:
            folder = self.write(output, FilePath(config.site_dir))
        except ShellError as error:
            raise PluginError(str(error)) from error
        for broken in output.broken(lambda name: (folder / name).is_file()):
            log.warning(broken)

    def on_serve(self, server: Any, **_: Any) -> Any:
        """Watch the records too."""
        server.watch(str(self._folder))
        return server


def _day(given: object) -> date | None:
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise PluginError(f"mkdocs.yml 中的“{given}”不是日期；请写成如 2026-06-30。") from None
