"""The live site, from saving to seeing; and whether a rebuilt site is the same as one built whole."""

import filecmp
import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.content import DAYS, Workplace, kam
from bench.measure import Failed, environment, say
from bench.series import NO_CACHE, rebuild

_PATIENCE = 1800.0
"""Seconds after which a page that does not come is given up."""


_AT_REST = 10.0
"""Seconds for which a server that nobody asks anything is looked at."""


def serve(place: Workplace, saves: int) -> tuple[list[float], float]:
    """Save a record again and again, and wait until its page shows it.

    Gives the seconds, in order, and what the server takes of a processor while nothing happens.
    """
    repository, seconds = place.live, []
    visit = place.visit
    with _serving(place, visit.url) as (port, process):
        for number in range(1, saves + 1):
            wanted = place.change()
            began = time.monotonic()
            _await(port, visit.url, wanted)
            seconds.append(time.monotonic() - began)
            say(f"  {number}/{saves} kam serve in {repository.folder.name}: {seconds[-1]:.2f} s")
            time.sleep(1)
        time.sleep(_AT_REST)
        before = _cpu(process)
        time.sleep(_AT_REST)
        idle = (_cpu(process) - before) / _AT_REST
    return sorted(seconds), idle


def _cpu(process: "subprocess.Popen[bytes]") -> float:
    """User and system time that a process has used, in seconds."""
    fields = Path(f"/proc/{process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _serving(place: Workplace, url: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    log = place.folder / "serve.log"
    address = ("--addr", f"127.0.0.1:{port}")
    command: list[str | Path] = [kam(), "serve", "--records", place.live.records, *DAYS, *address]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=place.live.folder, env=environment(), stdout=stream, stderr=stream
        )
        try:
            _await(port, url, "</html>", process)
            # What it does after its first build, it shall have done.
            time.sleep(_AT_REST)
            yield port, process
        finally:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            if process.poll() is None:
                process.kill()
                process.wait()


def _await(port: int, url: str, wanted: str, process: "subprocess.Popen[bytes] | None" = None) -> None:
    """Ask for a page until it holds what is wanted."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if wanted in _get(port, url):
            return
        if process and process.poll() is not None:
            raise Failed(f"kam serve ended with {process.returncode}")
        time.sleep(0.01)
    raise Failed(f"kam serve did not show /{url} within {_PATIENCE:.0f} s")


def _get(port: int, url: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", f"/{url}")
        answer = connection.getresponse()
        return answer.read().decode("utf-8", "replace") if answer.status == 200 else ""
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def _files(folder: Path) -> set[Path]:
    return {file.relative_to(folder) for file in folder.rglob("*") if file.is_file()}


def compare(place: Workplace) -> tuple[list[str], int]:
    """The files in which the rebuilt site differs from one built whole, and how many it has."""
    rebuild(place)
    rebuilt = place.live.folder / "site"
    whole = place.output("whole")
    place.live.build(whole, *place.options("build", NO_CACHE))
    sites = [_files(rebuilt), _files(whole)]
    differing = sites[0] ^ sites[1]
    differing |= {
        file for file in sites[0] & sites[1] if not filecmp.cmp(rebuilt / file, whole / file, shallow=False)
    }
    shutil.rmtree(whole)
    return sorted(map(str, differing)), len(sites[1])
