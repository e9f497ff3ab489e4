"""What the program is made of: locked with hashes, under licences a company can use; no network is asked."""

import re
import subprocess
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import pytest

from tests.cases_runner import BASE_DAY, lay_out
from tests.html_reader import HOST, read_site
from tests.site_builder import configure

REPOSITORY = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
USABLE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0", "PSF-2.0", "Unlicense",
}  # fmt: skip
_NAMES = {
    "MIT": "MIT", "BSD": "BSD", "Apache": "Apache", "Mozilla": "MPL", "MPL": "MPL", "PSF": "PSF",
    "ISC": "ISC",
}  # fmt: skip
"""How licences are called where they are not named as SPDX has them, and how the SPDX name begins."""


def locked(name: str) -> dict[str, str]:
    """The libraries of a lock, each with its whole entry."""
    text = (REPOSITORY / name).read_text("utf-8")
    entries = re.split(r"\n(?=[a-zA-Z0-9])", re.sub(r"(?m)^\s*#.*\n", "", text))
    return {entry.partition("==")[0]: entry for entry in entries if "==" in entry}


def listed() -> Mapping[str, str]:
    """The libraries of docs/licences.md with their licences."""
    text = (REPOSITORY / "docs" / "licences.md").read_text("utf-8")
    return dict(re.findall(r"(?m)^\| (\S+) \| (?:run|development) \| (.+?) \|$", text))


@pytest.mark.parametrize("name", LOCKS)
def test_everything_is_locked_with_hashes(name: str) -> None:
    """One version of each, by name alone, and only files whose sums are known."""
    entries = locked(name)
    assert len(entries) > 20
    for library, entry in entries.items():
        assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", library), library
        assert re.match(r"==[0-9][0-9a-z.]*( ;[^\n]*)? \\\n", entry.removeprefix(library)), library
        assert re.findall(r"--hash=sha256:[0-9a-f]{64}", entry), library
        assert "://" not in entry, library


def test_what_is_declared_is_locked() -> None:
    """No dependency of pyproject.toml is installed in any other way."""
    import tomllib

    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    declared = [*project["project"]["dependencies"], *project["dependency-groups"]["build"]]
    names = {re.split(r"[^a-zA-Z0-9_-]", one)[0].lower() for one in declared}
    assert names <= locked(LOCKS[0]).keys()
    dev = {re.split(r"[^a-zA-Z0-9_-]", one)[0].lower() for one in project["dependency-groups"]["dev"]}
    assert names | dev <= locked(LOCKS[1]).keys()


def test_every_licence_is_known_and_usable() -> None:
    """The list names the libraries of the locks, no more and no fewer, and none that a company cannot use."""
    wanted = set().union(*(locked(name) for name in LOCKS))
    assert listed().keys() == wanted
    for library, licence in listed().items():
        assert set(re.split(r" (?:AND|OR) ", licence)) <= USABLE, (library, licence)


@pytest.mark.parametrize("library", listed())
def test_libraries_say_the_same(library: str) -> None:
    """What a library that is installed says of its own licence is what the list says."""
    try:
        about = metadata.metadata(library)
    except metadata.PackageNotFoundError:
        pytest.skip("not installed here")
    licence = listed()[library]
    if expression := about.get("License-Expression"):
        assert expression == licence
        return
    said = [one for one in about.get_all("Classifier") or [] if one.startswith("License ::")]
    said.append((about.get("License") or "").split("\n")[0])
    found = {short for one in said for name, short in _NAMES.items() if name in one}
    assert found <= {part.split("-")[0] for part in re.split(r" (?:AND|OR) ", licence)}, (said, licence)


_OFFLINE = """
import sys
asked = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"}
def refuse(event, arguments):
    if event in asked:
        raise SystemExit(f"the network was asked for: {event} {arguments!r}")
sys.addaudithook(refuse)
"""
_COMMANDS = (
    ("check",), ("due",), ("facts", "--name", "x"), ("build", "--site-dir", "site"),
)  # fmt: skip


def offline(code: str, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run code to which the network is closed."""
    return subprocess.run(
        [sys.executable, "-c", _OFFLINE + code, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin", "HOME": str(folder)},
    )


@pytest.mark.parametrize("command", _COMMANDS, ids=lambda command: command[0])
def test_no_network_at_run_time(command: tuple[str, ...], tmp_path: Path) -> None:
    """The commands need no other machine."""
    lay_out(tmp_path)
    configure(tmp_path)
    code = "from generator.cli import main; sys.exit(main(sys.argv[1:]))"
    days = ("--as-of", str(BASE_DAY), "--today", str(BASE_DAY))
    done = offline(code, tmp_path, *command, "--records", "records", *days)
    assert done.returncode in (0, 1), done.stderr
    assert "the network was asked for" not in done.stderr


def test_the_network_is_closed_there(tmp_path: Path) -> None:
    """A command that asked for another machine would be seen."""
    done = offline("import socket; socket.create_connection(('127.0.0.1', 9))", tmp_path)
    assert "the network was asked for" in done.stderr


def test_the_site_asks_no_other_host(mini_site: Path) -> None:
    """Neither a page nor a style sheet or script of ours names one to load from; links may lead elsewhere."""
    for url, page in read_site(mini_site).items():
        loaded = [target for tag, target, _ in page.leads_to() if tag != "a"]
        assert [target for target in loaded if not target.startswith(HOST)] == [], url
    for file in (*mini_site.rglob("*.css"), *mini_site.rglob("kam-*.js")):
        text = file.read_text("utf-8")
        found = re.findall(r"""(?:url\(|@import |fetch\(|import\()["']?(?:https?:)?//[^"')]*""", text)
        assert found == [], file
