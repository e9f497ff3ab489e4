"""The same records as of the same day and today give the same bytes, wherever and whenever they are read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.site.manifest import NAME
from tests.cases_runner import BASE_DAY, lay_out
from tests.site_builder import configure, contents

REPOSITORY = Path(__file__).parents[1]
DAYS = ("--as-of", str(BASE_DAY), "--today", str(BASE_DAY))
OUTPUTS = (
    ("check", "--format", "json"),
    ("check", "--format", "text"),
    ("due", "--all", "--format", "json"),
    ("due", "--all", "--format", "csv"),
    ("due", "--all", "--by-person"),
    ("facts", "--name", "x"),
)

PLAIN = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
WAYS = {
    "another time zone": ({"TZ": "Pacific/Kiritimati"}, "plain"),
    "another locale": ({"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"}, "plain"),
    "no locale": ({"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "plain"),
    "another hash seed": ({"PYTHONHASHSEED": "4242"}, "plain"),
    "another order of files": ({}, "turned"),
}
PYTHONS = [python for python in os.environ.get("KAM_PYTHONS", "").split(os.pathsep) if python]
"""Other Pythons with the dependencies in place, for who has some."""


def run(
    folder: Path, order: str, environment: dict[str, str], *command: str, python: str = sys.executable
) -> bytes:
    """What a command prints, run in a folder."""
    done = subprocess.run(
        [python, "-m", "tests.determinism_runner", order, *command],
        cwd=folder,
        env={**os.environ, **PLAIN, "PYTHONPATH": str(REPOSITORY), **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout


def everything(
    folder: Path, environment: dict[str, str], order: str = "plain", python: str = sys.executable
) -> dict[str, bytes]:
    """All files of a site and all outputs of the small company, laid out in a folder."""
    folder.mkdir(parents=True)
    lay_out(folder)
    configure(folder)
    records = ("--records", str(folder / "records"), *DAYS)
    run(folder, order, environment, "build", *records, "--site-dir", str(folder / "site"), python=python)
    printed = {
        " ".join(command): run(folder, order, environment, *command, *records, python=python)
        for command in OUTPUTS
    }
    assert all(printed.values())
    return {**contents(folder / "site"), **printed}


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """As this machine makes them."""
    return everything(tmp_path_factory.mktemp("plain") / "here", {})


@pytest.mark.parametrize("way", WAYS)
def test_same_bytes(way: str, wanted: dict[str, bytes], tmp_path: Path) -> None:
    """In another folder, and with one thing more that differs."""
    environment, order = WAYS[way]
    found = everything(tmp_path / "a deeper folder" / "其他 文件夹", environment, order)
    assert NAME in found
    assert [name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)] == []


@pytest.mark.parametrize("python", PYTHONS)
def test_same_bytes_by_other_pythons(python: str, wanted: dict[str, bytes], tmp_path: Path) -> None:
    """KAM_PYTHONS names them, with colons between."""
    found = everything(tmp_path / "there", {}, python=python)
    assert [name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)] == []


def test_the_order_is_turned(tmp_path: Path) -> None:
    """The runner does what it says: whoever does not sort sees another order."""
    (tmp_path / "a").touch()
    (tmp_path / "b").touch()
    code = "import runpy, sys, os; sys.argv = ['x', 'turned', 'rule', 'F001']\n"
    code += "try: runpy.run_module('tests.determinism_runner', run_name='__main__')\n"
    code += "except SystemExit: print(os.listdir('.'), [e.name for e in os.scandir('.')])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "['b', 'a'] ['b', 'a']"
