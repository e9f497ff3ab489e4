"""A site tells the sums of its files, can be held against its records, and is whole whoever builds it."""

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from generator.cli import main
from generator.pipeline import CannotJudge
from generator.site.build import build_site
from generator.site.manifest import NAME, line
from tests.cases_runner import BASE_DAY, lay_out
from tests.site_builder import configure, contents

REPOSITORY = Path(__file__).parents[1]
VISIT = "clients/hengda-steel/2026/Q2/visits/2026-05-28.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small company with its site."""
    lay_out(tmp_path)
    configure(tmp_path)
    build_site(tmp_path / "records", None, None, tmp_path / "site")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sums(site: Path) -> dict[str, str]:
    """What the list says."""
    lines = (site / NAME).read_text("utf-8").splitlines()
    return {name: digest for digest, _, name in (one.partition("  ") for one in lines)}


def test_sums_of_all_files(folder: Path) -> None:
    """Every file but the list itself, after a first build and after one that takes most of it over."""
    for text in ("", "\n再补一句。\n"):
        with (folder / "records" / VISIT).open("a", encoding="utf-8") as file:
            file.write(text)
        build_site(folder / "records", None, None, folder / "site")
        found = contents(folder / "site")
        wanted = {name: sha256(data).hexdigest() for name, data in found.items() if name != NAME}
        assert sums(folder / "site") == wanted


def test_list_is_read_by_the_usual_tool(folder: Path) -> None:
    """`sha256sum --check` needs no program of ours."""
    done = subprocess.run(["sha256sum", "--check", "--quiet", NAME], cwd=folder / "site", check=False)
    assert done.returncode == 0
    assert line("a\nb\\c", b"").startswith(b"\\e3b0c442")
    assert line("a\nb\\c", b"").endswith(b"  a\\nb\\\\c\n")


def _remove(site: Path) -> None:
    (site / "404.html").unlink()


def _add(site: Path) -> None:
    (site / "clients" / "x.html").write_text("x", "utf-8")


def _change(site: Path) -> None:
    with (site / "index.html").open("a", encoding="utf-8") as file:
        file.write(" ")


def _link(site: Path) -> None:
    (site / "index.html").rename(site.parent / "elsewhere.html")
    (site / "index.html").symlink_to(site.parent / "elsewhere.html")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_remove, "缺少：404.html"),
        (_add, "多余：clients/x.html"),
        (_change, "不同：index.html"),
        (_link, "不同：index.html"),
    ],
)
def test_verify(
    change: Callable[[Path], None], told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says which files are not what the records make, and writes nothing."""
    assert main(["build", "--verify"]) == 0
    assert capsys.readouterr().out == "网站与记录相符，一字节不差。\n"
    change(folder / "site")
    before = contents(folder / "site")
    assert main(["build", "--verify"]) == 1
    assert capsys.readouterr().out == f"{told}\n网站与记录不符：1 个文件。\n"
    assert contents(folder / "site") == before


def test_verify_takes_the_days_of_the_site(folder: Path) -> None:
    """A site of some day is held against the records as of that day, whenever somebody asks."""
    assert main(["build", "--as-of", "2026-03-31", "--today", "2026-04-01"]) == 0
    assert main(["build", "--verify"]) == 0
    assert main(["build", "--verify", "--as-of", str(BASE_DAY)]) == 1


def test_verify_needs_a_site(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says that there is none."""
    assert main(["build", "--verify", "--site-dir", "records"]) == 2
    assert "不是 kam build 生成的网站" in capsys.readouterr().err


def test_built_several_times_at_once(folder: Path) -> None:
    """All end well, readers have a whole site at every moment, and nothing is left in the way of the next."""
    whole = contents(folder / "site")
    command = [sys.executable, "-m", "generator.cli", "build", "--fresh-pages"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    running = [subprocess.Popen(command, cwd=folder, env=environment) for _ in range(3)]
    while any(process.poll() is None for process in running):
        assert (folder / "site" / "index.html").read_bytes() == whole["index.html"]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert contents(folder / "site") == whole
    build_site(folder / "records", None, None, folder / "site")
    assert contents(folder / "site") == whole


def test_where_nothing_can_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that is only read the site stays, and a line says why."""
    whole = contents(folder / "site")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    real = tempfile.mkdtemp
    monkeypatch.setattr("generator.site.swap.tempfile.mkdtemp", refuse)
    monkeypatch.setattr("generator.site.build.tempfile.TemporaryDirectory", _Elsewhere(real, folder))
    with pytest.raises(CannotJudge, match="无法写入"):
        build_site(folder / "records", None, None, folder / "site", fresh_pages=True)
    assert contents(folder / "site") == whole


class _Elsewhere:
    """Temporary folders that can be written all the same, for the theme."""

    def __init__(self, make: Callable[..., str], beside: Path) -> None:
        self._make, self._beside = make, beside

    def __call__(self) -> "_Elsewhere":
        return self

    def __enter__(self) -> str:
        return self._make(prefix="theme-", dir=self._beside)

    def __exit__(self, *_: object) -> None:
        return None
