"""What each plugin of ours does with the theme: MkDocs renders one page of each kind, with markers in it."""

from collections.abc import Iterable
from typing import Any

from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from generator.site import csp
from generator.site.output import Kind
from generator.site.shell import URL, Shell, ShellError, marker
from generator.site.templating import TEMPLATES

_STYLES = ("assets/kam.css",)
_SCRIPTS = ("assets/kam-tables.js",)
_SEARCH_SCRIPT = "assets/kam-search.js"


def _shell_uri(depth: int, wide: bool) -> str:
    return f"kam-shell-{'wide' if wide else 'text'}/" + "x/" * (depth - 1) + "index.md"


class Themed:
    """The hooks that put the theme in place and keep its shells."""

    def __init__(self) -> None:
        super().__init__()
        self.shells: dict[Kind, Shell] = {}
        """The theme around pages."""
        self.scripts: set[str] = set()
        """What lets the theme's inline scripts run."""
        self._kinds: dict[str, Kind] = {}

    def dress(self, config: MkDocsConfig, *, search: bool) -> None:
        """Put the theme's parts in place, so that a company's mkdocs.yml need not name them.

        Every page is a folder's index: the addresses that the pages give count on it.
        """
        config.use_directory_urls = True
        config.extra["kam_search"] = search
        theme = str(TEMPLATES / "theme")
        if theme not in config.theme.dirs:
            config.theme.dirs.insert(0, theme)
        config.extra_css += [name for name in _STYLES if name not in config.extra_css]
        named = {str(script) for script in config.extra_javascript}
        for name in (*_SCRIPTS, *([_SEARCH_SCRIPT] if search else [])):
            if name not in named:
                script = c.ExtraScriptValue(name)
                script.defer = True
                config.extra_javascript.append(script)

    def announce(
        self, files: Files, config: MkDocsConfig, navigation: Iterable[str], depths: Iterable[int]
    ) -> None:
        """Let MkDocs know of the pages of the navigation and of a shell for every other depth."""
        self.shells.clear()
        self.scripts.clear()
        self._kinds = {f"{url}index.md": url for url in navigation}
        for uri in self._kinds:
            files.append(File.generated(config, uri, content=""))
        for asset in sorted((TEMPLATES / "docs" / "assets").iterdir()):
            if files.get_file_from_path(f"assets/{asset.name}") is None:
                files.append(File.generated(config, f"assets/{asset.name}", abs_src_path=str(asset)))
        for depth in depths:
            for wide in (False, True):
                uri = _shell_uri(depth, wide)
                self._kinds[uri] = depth, wide
                files.append(File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV))

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
        """Put markers where the theme shows the title, and hide the side bars of wide pages."""
        kind = self._kinds.get(page.file.src_uri)
        if kind is not None:
            wide = isinstance(kind, str) or kind[1]
            page.meta = {"title": marker("title"), "hide": ["navigation", "toc"] if wide else ["navigation"]}
            page.canonical_url = config.site_url + marker(URL) if config.site_url else None
        return markdown

    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        """The marker in place of the content."""
        return marker("content") if page.file.src_uri in self._kinds else html

    def on_post_template(self, output: str, *, template_name: str, **_: Any) -> str:
        """Leave the sitemap out, which would list shells: the pages' own is written beside them."""
        if template_name == "sitemap.xml":
            return ""
        return self._guarded(output) if template_name.endswith(".html") else output

    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str:
        """Keep the shells, and write none of them."""
        kind = self._kinds.get(page.file.src_uri)
        output = self._guarded(output)
        if kind is None:
            return output
        try:
            self.shells[kind] = Shell(output)
        except ShellError as error:
            raise PluginError(str(error)) from error
        return ""

    def _guarded(self, html: str) -> str:
        """A page of the theme with its policy; its scripts are noted."""
        try:
            own = csp.hashes(html)
            self.scripts.update(own)
            return csp.guarded(html, own)
        except ShellError as error:
            raise PluginError(str(error)) from error
