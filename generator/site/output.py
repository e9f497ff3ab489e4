"""Pages poured into the theme's shells, and what lies beside them, written to the site's folder."""

import pickle
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path as FilePath

from generator.judging.ground import digest
from generator.pipeline import Result
from generator.site import addresses, pages, search
from generator.site.cutting import cut
from generator.site.facts import Facts
from generator.site.forge import Forge
from generator.site.kept import MADE_HERE, Kept
from generator.site.shell import Shell
from generator.site.templating import Templates, escaped
from generator.site.values import Page
from generator.site.views.summaries import summarise

DEPTHS = range(1, 7)
"""How deep leaf pages lie: a visit's is the deepest."""

_LINK = re.compile(r'<a href="(?:\./|(?:\.\./)+)([^"#]*)(?:#([^"]*))?"')
"""An address of the site; no record can bring one in, whose "<" is always escaped."""
_ID = re.compile(r' id="([^"]+)"')


def depth(url: str) -> int:
    """How many folders lie between a page and the site's root."""
    return url.count("/")


@dataclass
class Output:
    """The site of a Result while it is written."""

    result: Result
    forge: Forge | None
    check_links: bool = False
    shells: dict[tuple[int, bool], Shell] = field(default_factory=dict)
    """The theme around leaf pages, by depth and whether they take the whole width."""
    _leaves: list[Page] = field(default_factory=list)
    _links: dict[tuple[str, str], str] = field(default_factory=dict)
    _ids: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the templates, and make the pages of the navigation, which MkDocs asks for first."""
        self._templates = Templates(self.result.as_of, pages.notice(self.result))
        self._facts = Facts(self.result, self.forge)
        self._summarise()
        self.navigation: dict[str, Page] = {}
        for page in chain.from_iterable(map(cut, pages.general(self._facts))):
            if page.url in pages.IN_NAVIGATION:
                self.navigation[page.url] = page
            else:
                self._leaves.append(page)

    def _summarise(self) -> None:
        """Every client in summary, from the store where nothing has changed that it shows."""
        judging = self.result.judging
        for id_ in self.result.world.briefs:
            key = self._key(id_)
            data = judging.store.get("summary", id_, key) if judging.store and key else None
            if data is not None:
                self._facts.summaries[id_] = pickle.loads(data)
                continue
            summary = summarise(self._facts, self.result.world.clients[id_])
            if judging.store and key:
                judging.store.put("summary", id_, key, pickle.dumps(summary, protocol=5))

    def _key(self, client: str) -> str:
        """Stands for all that a client's pages show; empty where it cannot be told."""
        key = self.result.judging.page_key(client)
        findings = self._facts.client_findings.get(client)
        return digest(key, findings, self.forge) if key else ""

    def pour(self, shell: Shell, page: Page) -> str:
        """A page in its shell."""
        content = self._templates.page(page)
        toc = "" if page.wide else self._templates.toc(page.sections)
        if self.check_links:
            self._note_links(page.url, content)
        return shell.pour({"title": escaped(page.title), "toc": toc, "content": content})

    def write_leaves(self, folder: FilePath, before: FilePath | None = None, place: str = "") -> None:
        """Write every page outside the navigation, and the files beside the pages.

        Pages of clients that have not changed are taken over from the site `before`; `place` tells which
        of several sites of the same records it is.
        """
        store = self.result.judging.store
        kept = Kept(folder, None if self.check_links else before, store, place)
        for page in self._leaves:
            self._write_page(folder, page)
        pieces = search.Gathered()
        for id_ in self.result.world.briefs:
            self._write_client(kept, pieces, id_)
        for name, texts in search.sources(self._written(folder, pages.of_people(self._facts))):
            self._write_texts(folder, pieces, name, texts)
        for name, texts in search.sources(pages.found_by_text(self._facts)):
            self._write_texts(folder, pieces, name, texts)
        for name, data in chain(pages.files(self._facts), pieces.files()):
            _write(folder / name, data)
        _write(folder / MADE_HERE, b"")
        if store:
            store.commit()

    def _write_client(self, kept: Kept, pieces: search.Gathered, id_: str) -> None:
        key, store = self._key(id_), self.result.judging.store
        page_key = digest(key, self._shells_key) if key else ""
        name = f"{addresses.CLIENTS}{id_}"
        data = store.get("search", id_, key) if store and key else None
        piece: search.Piece | None = pickle.loads(data) if data is not None else None
        if piece and kept.take(id_, page_key) and all(kept.take_file(file) for file in piece.files()):
            pieces.add(name, piece)
            return
        client = self.result.world.clients[id_]
        piece = search.Piece(name, ())
        for source, texts in search.sources(self._written(kept.folder, pages.of_client(self._facts, client))):
            piece = self._write_texts(kept.folder, pieces, source, texts)
        if store and key:
            store.put("search", id_, key, pickle.dumps(piece, protocol=5))
        kept.note(id_, page_key)

    def _written(self, folder: FilePath, some: Iterable[Page]) -> Iterator[Page]:
        """Pages, each written before it is handed on."""
        for page in some:
            self._write_page(folder, page)
            yield page

    def _write_texts(
        self, folder: FilePath, pieces: search.Gathered, name: str, texts: list[search.Text]
    ) -> search.Piece:
        piece, own_files = search.of_source(name, texts)
        for file, data in own_files:
            _write(folder / file, data)
        pieces.add(name, piece)
        return piece

    @cached_property
    def _shells_key(self) -> str:
        """Stands for the theme and the templates."""
        return digest(self._templates.key, sorted((at, shell.key) for at, shell in self.shells.items()))

    def _write_page(self, folder: FilePath, page: Page) -> None:
        html = self.pour(self.shells[depth(page.url), page.wide], page)
        _write(folder / page.url / "index.html", html.encode("utf-8", "replace"))

    def _note_links(self, url: str, content: str) -> None:
        self._ids[url] = set(_ID.findall(content))
        for target, anchor in _LINK.findall(content):
            self._links.setdefault((target, anchor), url)

    def broken(self, files: Callable[[str], bool]) -> Iterable[str]:
        """Links that lead nowhere, in words; `files` tells whether a file is there."""
        for (target, anchor), url in sorted(self._links.items()):
            if target not in self._ids:
                if not files(target):
                    yield f"页面 /{url} 链接到不存在的 /{target}"
            elif anchor and anchor not in self._ids[target]:
                yield f"页面 /{url} 链接到 /{target}，那里没有 #{anchor}"


def _write(file: FilePath, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
