"""The only place that knows Jinja: pages from the templates of site_templates/pages."""

import re
from datetime import date
from hashlib import blake2b
from pathlib import Path as FilePath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.site.values import Html, Page

TEMPLATES = FilePath(__file__).resolve().parents[2] / "site_templates"
ROOT = "\x01"
"""Stands for the way from a page to the site's root until the page is poured into its shell."""

_HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>')
_TAG = re.compile(r"<[^>]*>")


def _without_root(value: object) -> object:
    """A value of a record, in which ROOT would be taken for the way to the site's root."""
    plain = isinstance(value, str) and not hasattr(value, "__html__")
    return str(value).replace(ROOT, "") if plain else value


class Templates:
    """The templates, read once; every value but Html is escaped."""

    def __init__(self, as_of: date, notice: str) -> None:
        loader = FileSystemLoader(TEMPLATES / "pages")
        self._env = Environment(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_without_root,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.globals.update(root=Html(ROOT), as_of=as_of.isoformat(), notice=notice)
        texts = [file.read_bytes() for file in sorted((TEMPLATES / "pages").iterdir())]
        self.key = blake2b(b"\0".join((*texts, notice.encode())), digest_size=16).hexdigest()
        """Stands for the templates and for what stands on every page."""
        self._page = self._env.get_template("page.html")
        self._toc = self._env.get_template("toc.html")

    def page(self, page: Page) -> str:
        """The content of a page, without the theme around it."""
        return self._page.render(page=page)

    def toc(self, content: str) -> str:
        """A table of contents of the level-2 headings of a page."""
        return self._toc.render(
            items=[(id_, Html(_TAG.sub("", title))) for id_, title in _HEADING.findall(content)]
        )
