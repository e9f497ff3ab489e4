"""The site of records that are being written: after a save only what changed is judged again.

A page is made when somebody looks at it.
"""

import tempfile
import threading
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.clock import current_day
from generator.findings import Finding
from generator.judging.dossier import packed
from generator.judging.ground import digest
from generator.model.ids import is_id
from generator.pipeline import CannotJudge, run_again
from generator.reading.contents import contents
from generator.refusal import reason
from generator.site import addresses, search
from generator.site.output import Output
from generator.site.parts import Part
from generator.site.plugin import Job, build
from generator.site.setting import find_setting
from generator.site.templating import TEMPLATES

MOST_CLIENTS = 50
"""Where more clients have changed at once, all is looked at again."""


class Source(NamedTuple):
    """A client in the index of the search."""

    key: str
    """Of its pages."""
    mark: str
    """Stands for what it adds to the index."""
    files: tuple[str, ...]
    """With its texts."""


class Pages:
    """The files of a site, each made when somebody asks for it."""

    def __init__(self, output: Output, before: "Pages | None" = None) -> None:
        self.output = output
        self._sources: dict[str, Source] = dict(before._sources) if before else {}
        self._index: dict[str, bytes] = {}

    def file(self, path: str) -> bytes | None:
        """A file by its name from the site's root; None where there is none."""
        if path.startswith("search/") and path != search.NAMES:
            return self._searched(path)
        made = (self.output.file(part, path) for part in self._may_have(path))
        return next((data for data in made if data is not None), None)

    def _may_have(self, path: str) -> Iterator[Part]:
        parts = self.output.parts
        id_ = path.removeprefix(addresses.CLIENTS).partition("/")[0]
        if path.startswith(addresses.CLIENTS) and id_ in self.output.result.world.briefs:
            yield parts.client(id_)
            return
        yield from (part for part in parts.general() if part.has(path))

    def _searched(self, path: str) -> bytes | None:
        """A file of the index, which is made as a whole, or one with texts of a client."""
        if not self._index:
            self._index = dict(self._indexed())
        if path in self._index:
            return self._index[path]
        for id_, source in self._sources.items():
            if path in source.files and id_ in self.output.result.world.briefs:
                return dict(self.output.texts(self.output.parts.client(id_))[1]).get(path)
        return None

    def _indexed(self) -> Iterator[tuple[str, bytes]]:
        output, gathered = self.output, self.output.gathered()
        for id_ in output.result.world.briefs:
            part = output.parts.client(id_)
            gathered.add(part.name, self._source(id_, part).mark, partial(output.piece, id_, part))
        for name, texts in search.sources(output.parts.found_by_text()):
            piece, files = search.of_source(name, texts)
            gathered.add(name, "", partial(_same, piece))
            yield from files
        yield from gathered.files()

    def _source(self, id_: str, part: Part) -> Source:
        known = self._sources.get(id_)
        if known is None or not part.key or known.key != part.key:
            piece = self.output.piece(id_, part)
            known = self._sources[id_] = Source(part.key, digest(packed(piece)), piece.files())
        return known


class LiveSite:
    """The site as it is now, and how often it has changed."""

    def __init__(self, records: Path | None, as_of: date | None, today: date | None) -> None:
        self._records = records
        self._days = as_of, today
        self._theme = tempfile.TemporaryDirectory(prefix="kam-serve-")
        self._changed = threading.Condition()
        self._busy = threading.Lock()
        self._pages: Pages | None = None
        self._follows_clock = False
        self._waiting: set[Path] = set()
        """What was saved and could not be brought in yet."""
        self.version = 0
        self.problem = ""
        """Why the site could not be brought up to date, in a line; empty where it could."""

    @property
    def theme(self) -> Path:
        """Where the theme's files lie."""
        return Path(self._theme.name)

    def _job(self) -> Job:
        return find_setting(self._records).job(*self._days, self.theme)

    def start(self) -> None:
        """Read and judge everything. Raises CannotJudge where that cannot be done."""
        job = self._job()
        follows_clock = job.follows_clock
        made: list[Output] = []

        def keep(output: Output, theme: Path) -> Path:
            made.append(output)
            return theme

        with self._busy:
            build(job, keep)
            self._take(made[0])
        self._follows_clock = follows_clock
        self._tell("")

    def _take(self, output: Output) -> None:
        self._pages = Pages(output, self._pages)
        _let_go_of_store(output)

    def watched(self) -> list[Path]:
        """What a change of changes the site."""
        job = self._job()
        folders = [job.records or Path("records"), TEMPLATES, job.config_file]
        return [folder for folder in folders if folder.exists()]

    def update(self, changed: Iterable[Path]) -> list[Finding]:
        """Bring the site up to date after files have changed; give the findings in these.

        Raises CannotJudge where that cannot be done: the last site stays, and they are with the next ones.
        """
        paths = self._waiting | set(changed)
        self._waiting = paths
        try:
            clients = self._clients(paths)
            if clients is None:
                self.start()
            else:
                self._renew(clients)
        except CannotJudge as error:
            self._tell(str(error))
            raise
        except OSError as error:
            problem = f"无法读写 {error.filename or self.root}：{reason(error)}。"
            self._tell(problem)
            raise CannotJudge(problem) from error
        self._waiting = set()
        return self._findings(paths)

    def missed(self) -> set[Path]:
        """What has changed since it was last looked at: the folders of clients, or that of all."""
        if self._pages is None or (known := self._pages.output.result.judging.contents) is None:
            return set()
        try:
            now = contents(self.root)
        except OSError:
            return {self.root}
        if now.company != known.company:
            return {self.root}
        clients = known.clients.keys() | now.clients.keys()
        changed = {id_ for id_ in clients if known.clients.get(id_) != now.clients.get(id_)}
        return {self.root / "clients" / id_ for id_ in changed}

    def _renew(self, clients: set[str]) -> None:
        with self._busy:
            if self._pages is None:
                raise CannotJudge("网站还没有生成。")
            last = self._pages.output
            result = run_again(last.result, clients)
            self._take(last.renewed(result))
        self._tell("")

    def _clients(self, paths: Iterable[Path]) -> set[str] | None:
        """The clients whose files have changed; None where something else has, or a day has passed."""
        if self._pages is None:
            return None
        result = self._pages.output.result
        folder = result.judging.ground.root / "clients"
        found = set()
        for path in paths:
            if not path.is_relative_to(folder) or path == folder:
                return None
            id_, *below = path.relative_to(folder).parts
            if not is_id(id_) or not (below or _is_folder_or_gone(path)):
                return None
            found.add(id_)
        passed = self._follows_clock and result.today != current_day()
        return None if passed or len(found) > MOST_CLIENTS else found

    def _findings(self, paths: Iterable[Path]) -> list[Finding]:
        if self._pages is None:
            return []
        result = self._pages.output.result
        root = result.judging.ground.root
        changed = [path for path in paths if path.is_relative_to(root)]
        names = {path.relative_to(root.parent).as_posix() for path in changed}
        # Where a client's folder was moved, nobody names its files.
        below = tuple(
            f"{root.name}/clients/{path.name}/" for path in changed if path.parent == root / "clients"
        )
        found = (one for one in result.findings if one.path in names or one.path.startswith(below))
        return [finding for finding in found if not finding.waived]

    @property
    def root(self) -> Path:
        """The records folder."""
        return self._pages.output.result.judging.ground.root if self._pages else Path("records")

    def file(self, path: str) -> bytes | None:
        """A page or file beside the pages, by its name from the site's root; None where there is none."""
        with self._busy:
            if self._pages is None:
                return None
            found = self._pages.file(path)
            _let_go_of_store(self._pages.output)
            return found

    def _tell(self, problem: str) -> None:
        with self._changed:
            self.problem = problem
            self.version += 1
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> bool:
        """Wait until there is a later version than the one seen; tell whether there is."""
        with self._changed:
            return self._changed.wait_for(lambda: self.version != seen, seconds)

    def close(self) -> None:
        """Remove what was written."""
        self._theme.cleanup()


def _let_go_of_store(output: Output) -> None:
    """Commit what was kept: else no other command could keep anything until the next save."""
    if store := output.result.judging.store:
        store.commit()


def _same(piece: search.Piece) -> search.Piece:
    return piece


def _is_folder_or_gone(path: Path) -> bool:
    return not path.is_symlink() and (path.is_dir() or not path.exists())
