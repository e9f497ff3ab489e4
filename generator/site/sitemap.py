"""The list of all pages for machines, where the site has an address of its own.

Without days: that of a build tells nothing of what a page says.
"""

from collections.abc import Iterator, Sequence
from html import escape

MOST = 50_000
"""How many pages one file may list."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NAME = "sitemap.xml"


def files(site_url: str, urls: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The list, and where it is too long for one file the parts of it."""
    if len(urls) <= MOST:
        yield NAME, _listed("urlset", "url", [site_url + url for url in urls])
        return
    names = []
    for at in range(0, len(urls), MOST):
        names.append(f"sitemap-{at // MOST + 1}.xml")
        yield names[-1], _listed("urlset", "url", [site_url + url for url in urls[at : at + MOST]])
    yield NAME, _listed("sitemapindex", "sitemap", [site_url + name for name in names])


def _listed(outer: str, inner: str, addresses: Sequence[str]) -> bytes:
    lines = [f"<{inner}><loc>{escape(address)}</loc></{inner}>" for address in addresses]
    return "\n".join((f"{_HEAD}<{outer} {_SPACE}>", *lines, f"</{outer}>\n")).encode("utf-8", "replace")
