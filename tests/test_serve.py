"""The live site is the site that would be built, before and after every save; and errors do not end it."""

import http.client
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from generator.judging import clients as judging
from generator.pipeline import CannotJudge
from generator.site import serve
from generator.site.build import build_site
from generator.site.folder import MADE_HERE
from generator.site.live import LiveSite
from tests.cases_runner import BASE_DAY
from tests.live_site import PAGE, VISIT, edit, in_repository
from tests.site_builder import contents
from tests.stored import EDITS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small company, in a repository."""
    return in_repository(tmp_path, BASE_DAY)


@contextmanager
def running(folder: Path) -> Iterator[LiveSite]:
    """The live site of a folder."""
    with closing(LiveSite(folder / "records", BASE_DAY, BASE_DAY)) as site:
        site.start()
        yield site


def built(folder: Path) -> dict[str, bytes]:
    """All files of the site as it is built whole, but for the theme's."""
    build_site(folder / "records", BASE_DAY, BASE_DAY, folder / "site", cached=False)
    found = contents(folder / "site")
    return {name: data for name, data in found.items() if name != MADE_HERE and not is_theme(name)}


def is_theme(name: str) -> bool:
    """Whether MkDocs itself wrote a file."""
    return name.startswith("assets/") or ("/" not in name and name != "index.html")


def laid_out(folder: Path) -> dict[Path, object]:
    """All records, folders and whatever else lies there."""
    found = (folder / "records").rglob("*")
    return {path: path.read_bytes() if path.is_file() else path.lstat().st_mode for path in found}


def test_every_file_is_the_one_that_is_built(folder: Path) -> None:
    """Pages, CSV files, the list of names and the index of the search."""
    with running(folder) as site:
        wanted = built(folder)
        assert {name: site.file(name) for name in wanted} == wanted
        for name in ("clients/nobody/index.html", "clients/", "nothing.html", "search/texts/00.json", "../x"):
            assert site.file(name) is None, name


@pytest.mark.parametrize("seed", range(3))
def test_after_random_saves_it_is_the_site_that_is_built(folder: Path, seed: int) -> None:
    """Add, change, delete, rename; people, units and parameters, too."""
    chance = random.Random(seed)
    with running(folder) as site:
        assert site.file("search/texts.json")
        for step in range(4):
            before = laid_out(folder)
            shutil.rmtree(folder / "last", ignore_errors=True)
            shutil.copytree(folder / "records", folder / "last")
            chance.choice(EDITS)(chance, folder / "records")
            after = laid_out(folder)
            saved = [path for path in before | after if before.get(path) != after.get(path)]
            try:
                site.update(saved)
            except CannotJudge:
                # Nothing can be judged after such an edit: it is taken back.
                assert site.problem
                shutil.rmtree(folder / "records")
                shutil.copytree(folder / "last", folder / "records")
                site.update([folder / "records"])
            wanted = built(folder)
            assert {name: site.file(name) for name in wanted} == wanted, (step, saved)


def test_a_save_judges_its_client_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are taken over as they are."""
    judged: list[str] = []
    real = judging.judge_client

    def noted(ground, company, id_, loaded, **options):  # type: ignore[no-untyped-def]
        judged.append(id_)
        return real(ground, company, id_, loaded, **options)

    with running(folder) as site:
        monkeypatch.setattr(judging, "judge_client", noted)
        site.update(edit("\n又及：样品已寄出。\n", folder / "records" / VISIT))
        assert judged == ["hengda-steel"]
        assert "样品已寄出" in (site.file(PAGE) or b"").decode()


def test_findings_of_the_saved_files_are_told(folder: Path) -> None:
    """On the terminal and on the page; those of other files are not."""
    path = folder / "records" / VISIT
    with running(folder) as site:
        path.write_text(path.read_text("utf-8").replace("出差人员:", "出差人：", 1), "utf-8")
        found = site.update([path])
        assert {one.path for one in found} == {f"records/{VISIT}"}
        assert found[0].message in (site.file("clients/hengda-steel/index.html") or b"").decode()
        assert site.update(edit("\n", folder / "records/clients/huadong-auto/archive.yml")) == []


@contextmanager
def answering(site: LiveSite) -> Iterator[http.client.HTTPConnection]:
    """The server, and somebody who asks it."""
    with serve._bound(site, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with closing(http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=20)) as asking:
            yield asking
        server.shutdown()


def ask(asking: http.client.HTTPConnection, path: str) -> tuple[int, str]:
    """What the server says."""
    asking.request("GET", path)
    answer = asking.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


def test_the_server_answers(folder: Path) -> None:
    """Pages with the script, other files as they are, addresses without their stroke, and wrong ones."""
    with running(folder) as site, answering(site) as asking:
        status, page = ask(asking, "/" + PAGE.removesuffix("index.html"))
        assert status == 200
        script = '<script src="/.kam-live.js" data-version="1"></script>'
        assert page.count(script) == 1
        assert page.replace(script, "").encode() == site.file(PAGE)
        csv = site.file("overdue/overdue.csv") or b""
        assert ask(asking, "/overdue/overdue.csv") == (200, csv.decode())
        assert ask(asking, "/assets/kam.css")[0] == 200
        assert ask(asking, "/clients/hengda-steel")[0] == 301
        assert "EventSource" in ask(asking, "/.kam-live.js")[1]
        for wrong in ("/clients/nobody/", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/people"):
            status, page = ask(asking, wrong)
            assert status == (301 if wrong == "/people" else 404), wrong
            assert "passwd" not in page


def test_whoever_waits_is_told_of_the_next_save(folder: Path) -> None:
    """A page that was made before a save, and asks after it, is told at once."""
    with running(folder) as site, answering(site) as asking:
        site.update(edit("\n又及。\n", folder / "records" / VISIT))
        assert site.version == 2
        status, told = ask(asking, "/.kam-live?seen=1")
        assert (status, told) == (200, "data: changed\n\n")


def test_a_problem_stands_on_every_page(folder: Path) -> None:
    """In words, as a text and never as markup."""
    with running(folder) as site, answering(site) as asking:
        site.problem = "缺少 <b>people.yml</b>"
        assert "缺少 &lt;b&gt;people.yml&lt;/b&gt;" in ask(asking, "/overdue/")[1]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_stopped_leaves_nothing_behind(folder: Path, end: signal.Signals) -> None:
    """By Ctrl+C, or as a service is stopped."""
    (folder / "temporary").mkdir()
    environment = os.environ | {"TMPDIR": str(folder / "temporary")}
    command = [sys.executable, "-m", "generator.cli", "serve", "--records", str(folder / "records")]
    with subprocess.Popen(
        [*command, "--addr", "127.0.0.1:0"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        # Whoever runs the tests in the background may have turned Ctrl+C off.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            assert process.stderr is not None
            assert "网站在" in process.stderr.readline()
            assert list((folder / "temporary").iterdir())
            process.send_signal(end)
            assert process.wait(30) == 0, process.stderr.read()
        finally:
            process.kill()
    assert not list((folder / "temporary").iterdir())
