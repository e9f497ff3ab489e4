"""The folder of a site is filled: what is right there is kept, all else written.

Clients have most of the pages. Where many of them are to be written, two processes do it; the one that was
forked gives back what it laid down, and this one alone knows the store and the folder as a whole.
"""

import pickle
from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from generator import workers
from generator.judging.dossier import packed
from generator.judging.ground import digest
from generator.site import csp, search, sitemap
from generator.site.folder import MADE_HERE, Folder, Laid
from generator.site.output import Output
from generator.site.parts import File, Part

_SEARCH, _THEME = "search/", "assets/"
"""The names of the parts with the search's index, and with the theme's files."""


class _Client(NamedTuple):
    """A client whose files lie in the folder, as one process tells the other."""

    id: str
    laid: Laid
    piece: bytes
    """What it adds to the search, packed; empty where there is none."""


def write(output: Output, folder: Folder, theme: Iterable[File] = ()) -> None:
    """Write every page, the theme's files, and the files beside the pages. Raises OSError and ShellError."""
    _Writing(output, folder).write(theme)


class _Writing:
    """A site while it is written."""

    def __init__(self, output: Output, folder: Folder) -> None:
        self._output = output
        self._folder = folder
        self._gathered = output.gathered()
        self._pieces: dict[str, bytes] = {}
        """What clients add to the search, where no store keeps it."""

    def write(self, theme: Iterable[File]) -> None:
        """All of it."""
        output, folder = self._output, self._folder
        general = [part for part in output.parts.general() if output.has_search or part.name != search.NAMES]
        clients = {id_: output.parts.client(id_) for id_ in output.result.world.briefs}
        sources = list(search.sources(output.parts.found_by_text())) if output.has_search else []
        of_sources = [f"{_SEARCH}{name}" for name, _ in sources]
        names = (part.name for part in (*general, *clients.values()))
        folder.lists_pages = bool(output.site_url)
        folder.drop_all_but([*names, _THEME, _SEARCH, sitemap.NAME, *of_sources])
        self._write_theme(theme)
        # First, so that a second process need not share what the lists of all clients have at hand.
        self._write_clients(clients)
        for part in general:
            if not folder.part(part.name, part.key):
                folder.write(part.name, part.key, output.made(part), root=part.root)
        if output.has_search:
            self._write_search(clients, sources)
        if output.site_url:
            folder.write(sitemap.NAME, "", sitemap.files(output.site_url, folder.pages()))
        folder.finish()

    def _key(self, *parts: object) -> str:
        return digest(self._output.base, *parts) if self._output.base else ""

    def _write_theme(self, theme: Iterable[File]) -> None:
        result = self._output.result
        # For who makes the site once more.
        days = f"as_of: {result.as_of}\ntoday: {result.today}\n".encode()
        files = [*theme, (MADE_HERE, days), (csp.NGINX, csp.nginx(self._output.scripts))]
        key = self._key([(name, sha256(data).digest()) for name, data in files])
        if not self._folder.part(_THEME, key):
            self._folder.write(_THEME, key, files)

    def _write_clients(self, parts: Mapping[str, Part]) -> None:
        missing = [id_ for id_, part in parts.items() if not self._folder.part(part.name, part.key)]
        store = self._output.result.judging.store
        if store and missing:
            # The other process sees no more than that.
            store.commit()
        self._output.let_go()
        # Links are looked at by who has seen all pages.
        most = 1 if self._output.check_links else 2
        work = partial(self._lay, parts)
        for made in workers.shared(missing, work, store.apart if store else None, most=most):
            self._take(parts[made.id], made)

    def _lay(self, parts: Mapping[str, Part], id_: str) -> _Client:
        """Put a client's files into the folder."""
        output, part = self._output, parts[id_]
        pieces: list[search.Piece] = []
        files = output.with_texts(part, pieces.append) if output.has_search else output.made(part)
        laid = self._folder.lay(part.name, part.key, files, root=part.root)
        # Whoever makes the next one's pages looks up another.
        output.let_go()
        return _Client(id_, laid, packed(pieces[0]) if pieces else b"")

    def _take(self, part: Part, made: _Client) -> None:
        self._folder.take(part.name, made.laid)
        if made.piece:
            mark = self._output.keep_piece(made.id, part, made.piece)
            self._folder.annotate(part.name, mark)
            if not mark:
                self._pieces[made.id] = made.piece

    def _write_search(self, clients: Mapping[str, Part], sources: Iterable[search.Source]) -> None:
        """The index, of what all clients and the others add to it, in their order."""
        for id_, part in clients.items():
            self._gathered.add(part.name, self._folder.parts[part.name].note, partial(self._piece, id_, part))
        for name, texts in sources:
            self._write_texts(name, texts)
        gathered = self._gathered.key()
        key = self._key(gathered) if gathered else ""
        if not self._folder.part(_SEARCH, key):
            self._folder.write(_SEARCH, key, self._gathered.files())

    def _piece(self, id_: str, part: Part) -> search.Piece:
        if id_ not in self._pieces:
            return self._output.piece(id_, part)
        piece: search.Piece = pickle.loads(self._pieces.pop(id_))
        return piece

    def _write_texts(self, name: str, texts: list[search.Text]) -> None:
        """The texts of a source that is no client."""
        key = self._key(texts)
        piece, own_files = search.of_source(name, texts)
        if not self._folder.part(f"{_SEARCH}{name}", key):
            self._folder.write(f"{_SEARCH}{name}", key, own_files)
        self._gathered.add(name, key, lambda: piece)
