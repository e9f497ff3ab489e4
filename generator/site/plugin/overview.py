"""The overview of several repositories, built with MkDocs like any site."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from generator.site import csp
from generator.site.cutting import cut
from generator.site.joined import NAVIGATION, Joined, pages
from generator.site.markup import escaped
from generator.site.output import Kind
from generator.site.parts import File
from generator.site.plugin.building import run_mkdocs
from generator.site.plugin.theme import Themed
from generator.site.templating import Templates

DEPTHS = (1, 2)
"""Of the later pages of lists that are cut."""


class _NoOptions(Config):
    """It has none."""


class OverviewPlugin(Themed, BasePlugin[_NoOptions]):
    """Announces the pages of an overview, and keeps the theme around them."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put the theme's parts in place."""
        self.dress(config, search=False)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """The pages of the navigation, and the shells of the others."""
        self.announce(files, config, NAVIGATION, DEPTHS)
        return files


def overview_files(joined: Joined, title: str, config_file: Path) -> Iterator[File]:
    """All files of an overview, in the theme of a mkdocs.yml. Raises CannotJudge where MkDocs fails."""
    with tempfile.TemporaryDirectory() as theme:
        plugin = OverviewPlugin()
        config = load_config(
            config_file=str(config_file),
            site_dir=theme,
            site_name=title,
            plugins=[],
            nav=[{label: f"{url}index.md"} for url, label in NAVIGATION.items()],
        )
        config.plugins["kam-overview"] = plugin
        run_mkdocs(config)
        for file in sorted(Path(theme).rglob("*")):
            if file.is_file():
                yield file.relative_to(theme).as_posix(), file.read_bytes()
    yield csp.NGINX, csp.nginx(plugin.scripts)
    templates = Templates(joined.as_of, joined.notice)
    for page in pages(joined, title):
        for one in cut(page):
            kind: Kind = one.url if one.url in NAVIGATION else (one.url.count("/"), one.wide)
            parts = {"title": escaped(one.title), "toc": "", "content": templates.page(one), "url": one.url}
            yield f"{one.url}index.html", plugin.shells[kind].pour(parts)
