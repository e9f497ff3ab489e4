"""What is measured on: repositories with records, and the changes that are made to a record."""

import re
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from bench.measure import ROOT, Failed, NotMeasured, Usage, environment, run, say

DAY = "2026-11-20"
DAYS = ("--as-of", DAY, "--today", DAY)
STORE = ".kam-cache"
_EARLY_ENOUGH = f"{DAY[:4]}-09"
"""A visit before this month has long been filed."""

_FILED = re.compile(r"^填报日期: (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def kam() -> Path:
    """The command that belongs to this Python."""
    beside = Path(sysconfig.get_path("scripts")) / "kam"
    found = str(beside) if beside.is_file() else shutil.which("kam")
    if found is None:
        raise Failed("the command kam is not installed beside this Python")
    return Path(found)


def call(*command: str | Path, folder: Path = ROOT) -> str:
    """Run what is not measured; its standard output."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"{' '.join(map(str, command))}: {(done.stderr or done.stdout).strip()[-500:]}")
    return done.stdout


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _filed(file: Path) -> bool:
    return _FILED.search(file.read_text("utf-8")) is not None


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit's record, which is changed now and then, and its page."""

    file: Path
    text: str
    url: str

    @property
    def client_url(self) -> str:
        """The client's page."""
        return "/".join(self.url.split("/")[:2]) + "/"

    def text_inside(self) -> str:
        """A few characters of what was written at the visit."""
        body = self.text.rpartition("---")[2]
        words = re.findall(r"[\u4e00-\u9fff]{6,}", body)
        return max(words, key=len)[1:5] if words else "拜访"

    def change(self, number: int) -> str:
        """Another text and another day of filing; gives the new text, to look for on the page."""
        added = f"第{number}次补充：下一批货的规格已与采购确认。"
        text = _FILED.sub(lambda found: f"填报日期: {_later(found[1], number % 2)}", self.text, count=1)
        self.file.write_text(f"{text.rstrip()}\n\n{added}\n", "utf-8")
        return added


@dataclass(frozen=True, slots=True)
class Repository:
    """A Git repository with a folder of records."""

    folder: Path

    @property
    def records(self) -> Path:
        """The folder of the records."""
        return self.folder / "records"

    @property
    def clients(self) -> int:
        """How many clients have a folder."""
        return sum(one.is_dir() for one in (self.records / "clients").iterdir())

    @property
    def has_store(self) -> bool:
        """Whether facts are kept beside the records."""
        return (self.folder / STORE).exists()

    def forget(self) -> None:
        """Throw the store of facts away."""
        shutil.rmtree(self.folder / STORE, ignore_errors=True)

    def build(self, site: Path, *options: str) -> Usage:
        """`kam build`, measured."""
        words: list[str | Path] = [kam(), "build", "--records", self.records, *DAYS]
        return run([*words, "--site-dir", site, *options], self.folder)

    def check(self, *options: str) -> Usage:
        """`kam check`, measured; findings are no failure."""
        return run([kam(), "check", "--records", self.records, *DAYS, *options], self.folder, fine=(0, 1))

    def visit(self) -> Visit:
        """A visit of this year in the middle of all."""
        visits = sorted(self.records.glob(f"clients/*/{DAY[:4]}/Q*/visits/*.md"))
        visits = [file for file in visits if file.stem[:10] < _EARLY_ENOUGH and _filed(file)]
        if not visits:
            raise NotMeasured(f"there is no visit of {DAY[:4]} that could be changed")
        file = visits[len(visits) // 2]
        url = file.relative_to(self.records).with_suffix("").as_posix() + "/"
        return Visit(file, file.read_text("utf-8"), url)


@dataclass(slots=True)
class Workplace:
    """The folder of a run of the bench, with what is made in it once and used by several lines."""

    folder: Path
    size: int
    given: Path | None = None
    growth: bool = False
    sizes: dict[str, float] = field(default_factory=dict)
    """What the lines tell of sizes: megabytes, pages."""
    kept: dict[str, object] = field(default_factory=dict)
    """What was found out once, for several lines."""
    _changes: int = field(default_factory=lambda: int(time.time()))
    """Other numbers in each run: a kept folder must not meet its own last change again."""
    _made: dict[str, Repository] = field(default_factory=dict)
    _help: dict[str, str] = field(default_factory=dict)

    def options(self, command: str, *wanted: str) -> list[str]:
        """Those of the wanted options that a command of kam has."""
        if command not in self._help:
            self._help[command] = call(kam(), command, "--help")
        return [name for name in wanted if re.search(rf"{re.escape(name)}\b", self._help[command])]

    @property
    def cold(self) -> Repository:
        """The records for what is done from nothing."""
        return self._repository("cold", lambda folder: self._fresh(folder, self.size, self.given))

    @property
    def warm(self) -> Repository:
        """A clone whose store of facts stays filled, and whose site has no search."""
        return self._without_search("warm")

    @property
    def plain(self) -> Repository:
        """A clone whose site has no search: the baselines have none either."""
        return self._without_search("plain")

    @property
    def live(self) -> Repository:
        """A clone in which a record is changed now and then."""
        return self._repository("live", self._clone)

    @property
    def other_size(self) -> int:
        """The number of clients that growth is measured against."""
        return self.size * 10 if self.growth else max(1, self.size // 10)

    @property
    def other(self) -> Repository:
        """Records of the other size."""
        if self.given:
            raise NotMeasured("the records given with --records have but one size")
        name = f"other-{self.other_size}"
        return self._repository(name, lambda folder: self._fresh(folder, self.other_size, None))

    def output(self, name: str) -> Path:
        """A folder to build into, which is not there yet."""
        folder = self.folder / "out" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(exist_ok=True)
        return folder

    @property
    def site(self) -> Path:
        """The site as built from nothing, for whoever needs one."""
        folder = self.folder / "out" / "nothing"
        if "site" not in self.kept:
            say("building the site")
            self.cold.build(self.output("nothing"))
            self.kept["site"] = True
        return folder

    @property
    def visit(self) -> Visit:
        """The record that is changed; as it was at first."""
        if "visit" not in self.kept:
            self.kept["visit"] = self.live.visit()
        visit = self.kept["visit"]
        assert isinstance(visit, Visit)
        return visit

    def change(self) -> str:
        """Change the record once more; what to look for on its page."""
        self._changes += 1
        return self.visit.change(self._changes)

    def _repository(self, name: str, make: Callable[[Path], None]) -> Repository:
        if name not in self._made:
            folder = self.folder / name
            if not (folder / ".git").exists():
                shutil.rmtree(folder, ignore_errors=True)
                make(folder)
            # Of a kept folder the records are used again, and nothing that an earlier program made of them.
            call("git", "checkout", "--quiet", ".", folder=folder)
            shutil.rmtree(folder / "site", ignore_errors=True)
            self._made[name] = Repository(folder)
            self._made[name].forget()
        return self._made[name]

    def _fresh(self, folder: Path, clients: int, given: Path | None) -> None:
        if given:
            say(f"copying {given}")
            shutil.copytree(given, folder / "records")
        else:
            say(f"making the records of {clients} clients")
            span = ("--years", "2025-2026", "--seed", "1")
            call(kam(), "demo", "--clients", str(clients), *span, "--out", folder)
        (folder / ".gitignore").write_text(f"/{STORE}/\n/site/\n", "utf-8")
        self._git(folder, "init", "--quiet")
        self._git(folder, "add", "--all")
        self._git(folder, "commit", "--quiet", "--message", "records")

    def _clone(self, folder: Path) -> None:
        call("git", "clone", "--quiet", "--local", self.cold.folder, folder)

    def _without_search(self, name: str) -> Repository:
        """A clone with its own mkdocs.yml, written anew: a kept folder may have that of another program."""
        repository = self._repository(name, self._clone)
        config: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
        config["docs_dir"] = str(ROOT / config["docs_dir"])
        config["plugins"] = [{"kam": {"records": "records", "search": False}}]
        (repository.folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
        return repository

    def _git(self, folder: Path, *words: str) -> None:
        who: Sequence[str] = (
            "-c",
            "user.name=bench",
            "-c",
            "user.email=bench@example.invalid",
            "-c",
            "gc.auto=0",
        )
        call("git", *who, *words, folder=folder)


def megabytes(folder: Path, pattern: str = "*") -> tuple[int, float]:
    """How many files of a kind lie below a folder, and their size."""
    sizes = [file.stat().st_size for file in folder.rglob(pattern) if file.is_file()]
    return len(sizes), sum(sizes) / 1e6
