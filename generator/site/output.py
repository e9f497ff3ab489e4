"""The site of a Result: its parts poured into the theme's shells, and written to a folder."""

import pickle
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import unquote

from generator.judging.dossier import packed
from generator.judging.ground import digest
from generator.pipeline import Result
from generator.site import pages, search
from generator.site.cutting import cut
from generator.site.facts import Facts
from generator.site.forge import Forge
from generator.site.gallery import Gallery
from generator.site.markup import escaped
from generator.site.parts import File, Part, Parts
from generator.site.published import Published
from generator.site.shell import Shell, ShellError
from generator.site.templating import Templates
from generator.site.values import Page

DEPTHS = range(1, 8)
"""How deep leaf pages lie: deepest the later pages of a long visit (cutting.py)."""
Kind = tuple[int, bool] | str
"""Which shell a page needs: by its depth and whether it takes the whole width; in the navigation its own."""

_LINK = re.compile(r'<a href="(?:\./|(?:\.\./)+)([^"#]*)(?:#([^"]*))?"')
"""An address of the site; no record can bring one in, whose "<" is always escaped."""
_ID = re.compile(r' id="([^"]+)"')
_PIECE = "search"
"""The store's name for what a client adds to the search."""


@dataclass
class Output:
    """The site of a Result while it is written."""

    result: Result
    forge: Forge | None
    check_links: bool = False
    published: Published = Published()  # noqa: RUF009 (it is never written to)
    """What the site shows at all."""
    site_url: str = ""
    """The address of the site, where it has one of its own."""
    has_search: bool = True
    """Whether the site can be searched."""
    shells: dict[Kind, Shell] = field(default_factory=dict)
    """The theme around pages."""
    scripts: set[str] = field(default_factory=set)
    """What lets the theme's inline scripts run (site/csp.py)."""
    before: "Output | None" = None
    """That of an earlier Result, of which is taken over what has not changed."""
    _links: dict[tuple[str, str], str] = field(default_factory=dict)
    _ids: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the templates, and look every client in the face."""
        self._templates = Templates(self.result.as_of, pages.notice(self.result), self.result.judging.store)
        shown = replace(self.result, findings=self.published.shown(self.result.findings))
        facts = Facts(shown, self.forge, self.published)
        self._gallery: Gallery = Gallery(facts, self.before._gallery if self.before else None)
        self._facts = facts
        self.before = None

    def renewed(self, result: Result) -> "Output":
        """That of a later Result, in the same theme."""
        return replace(self, result=result, before=self, _links={}, _ids={})

    @cached_property
    def parts(self) -> Parts:
        """All that the site is made of."""
        return Parts(self._facts, self._gallery, self.base)

    @cached_property
    def base(self) -> str:
        """Stands for the theme, the templates, the days and the company's own records."""
        now, store = self.result.judging.contents, self.result.judging.store
        if now is None or store is None or self.check_links:
            return ""
        shells = sorted((str(kind), shell.key) for kind, shell in self.shells.items())
        days = self.result.as_of, self.result.today
        options = self.forge, self.has_search, sorted(self.published.words)
        return digest(self._templates.key, shells, days, options, now.company)

    def let_go(self) -> None:
        """Forget what is at hand of single clients."""
        self._facts.owed.let_go()
        self._gallery.let_go()

    def made(self, part: Part) -> Iterator[File]:
        """The pages and files of a part."""
        for page in part.pages():
            for one in cut(page):
                yield self.page(one)
        yield from part.files()

    def page(self, page: Page) -> File:
        """A page as a file."""
        kind: Kind = page.url if page.url in pages.IN_NAVIGATION else (page.url.count("/"), page.wide)
        return f"{page.url}index.html", self.pour(self.shells[kind], page)

    def file(self, part: Part, path: str) -> bytes | None:
        """One file of a part, and no other is made; None where it has none of that name."""
        for page in part.pages():
            for one in cut(page):
                if f"{one.url}index.html" == path:
                    return self.page(one)[1]
        return next((data for name, data in part.files() if name == path), None)

    def pour(self, shell: Shell, page: Page) -> bytes:
        """A page in its shell."""
        if page.url in pages.IN_NAVIGATION and not page.wide:
            raise ShellError(f"导航中的页面要用全宽：{page.url}")
        content = self._templates.page(page)
        toc = "" if page.wide else self._templates.toc(page.sections)
        if self.check_links:
            self._note_links(page.url, content)
        parts = {"title": escaped(page.title), "toc": toc, "content": content, "url": escaped(page.url)}
        return shell.pour(parts)

    def with_texts(self, part: Part, note: Callable[[search.Piece], None]) -> Iterator[File]:
        """A client's pages, and the files with their texts; their piece of the search is told last."""
        texts = []
        for page in part.pages():
            for one in cut(page):
                yield self.page(one)
            if text := search.text_of(page):
                texts.append(text)
        yield from part.files()
        piece, own_files = search.of_source(part.name.rstrip("/"), texts)
        yield from own_files
        note(piece)

    def gathered(self) -> search.Gathered:
        """An empty index of the search."""
        return search.Gathered(self._pack)

    def keep_piece(self, id_: str, part: Part, piece: bytes) -> str:
        """Keep what a client adds to the search, packed; gives its mark, empty where it is not kept."""
        store = self.result.judging.store
        if store is None or not store.is_writable or not part.key:
            return ""
        store.put(_PIECE, id_, part.key, piece)
        return digest(piece)

    def piece(self, id_: str, part: Part) -> search.Piece:
        """What a client adds to the search, from the store or its pages."""
        store = self.result.judging.store
        data = store.get(_PIECE, id_, part.key) if store else None
        if data is not None:
            stored: search.Piece = pickle.loads(data)
            return stored
        piece = self.texts(part)[0]
        self.keep_piece(id_, part, packed(piece))
        return piece

    def texts(self, part: Part) -> tuple[search.Piece, list[File]]:
        """What a client adds to the search, and the files with its texts."""
        texts = [text for page in part.pages() if (text := search.text_of(page))]
        return search.of_source(part.name.rstrip("/"), texts)

    def _pack(self, name: str, key: str, make: Callable[[], search.Pack]) -> search.Pack:
        """A pack of the search, from the store where its pieces are the same."""
        store = self.result.judging.store
        data = store.get("pack", name, key) if store else None
        if data is not None:
            stored: search.Pack = pickle.loads(data)
            return stored
        made = make()
        if store:
            store.put("pack", name, key, packed(made))
        return made

    def _note_links(self, url: str, content: str) -> None:
        self._ids[url] = set(_ID.findall(content))
        for target, anchor in _LINK.findall(content):
            self._links.setdefault((target, anchor), url)

    def broken(self, files: Callable[[str], bool]) -> Iterable[str]:
        """Links that lead nowhere, in words; `files` tells whether a file is there."""
        for (target, anchor), url in sorted(self._links.items()):
            if target not in self._ids:
                if not files(unquote(target)):
                    yield f"页面 /{url} 链接到不存在的 /{target}"
            elif anchor and anchor not in self._ids[target]:
                yield f"页面 /{url} 链接到 /{target}，那里没有 #{anchor}"
