"""Two processes give what one gives, whatever becomes of the other."""

import errno
import gc
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import apart, workers
from generator.judging import clients as judging
from generator.pipeline import run
from tests.cases_runner import BASE, BASE_DAY
from tests.forked import failing, hanging, killed, two_processes
from tests.stored import printed
from tests.test_run import crash

COPIES = 9


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """The small company with copies of a client: some name the others as their twins."""
    root = tmp_path / "records"
    shutil.copytree(BASE, root)
    for number in range(COPIES):
        shutil.copytree(root / "clients" / "hengda-steel", root / "clients" / f"copy-{number}")
    return root


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few clients are worth a second process, whatever machine this is."""
    two_processes(monkeypatch)


def where_judged(
    monkeypatch: pytest.MonkeyPatch, becomes: Callable[[], None] | None = None
) -> Callable[[], int]:
    """Let something become of the other process at its first client; how many are judged here."""
    here, real, count = os.getpid(), judging.judge_client, [0]

    def noted(ground, company, id_, loaded, **options):  # type: ignore[no-untyped-def]
        count[0] += 1
        if os.getpid() != here and becomes:
            becomes()
        # So that the other process has its share.
        time.sleep(0.02)
        return real(ground, company, id_, loaded, **options)

    monkeypatch.setattr(judging, "judge_client", noted)
    return lambda: count[0]


@pytest.mark.parametrize("chunk", [1, 2, 3, 50])
@pytest.mark.parametrize("cached", [False, True])
def test_two_give_what_one_gives(
    records: Path, monkeypatch: pytest.MonkeyPatch, small: None, chunk: int, cached: bool
) -> None:
    """With and without the store, and the store then holds all."""
    expected = printed(run(records, BASE_DAY, BASE_DAY, processes=1))
    monkeypatch.setattr(workers, "CHUNK", chunk)
    everybody = len(list((records / "clients").iterdir()))
    with monkeypatch.context() as patched:
        judged_here = where_judged(patched)
        assert printed(run(records, BASE_DAY, BASE_DAY, cached=cached, keep_records=True)) == expected
        # The twins are judged a second time, in two processes as well.
        assert judged_here() < 2 * everybody - 2
    if cached:
        with monkeypatch.context() as patched:
            judged_here = where_judged(patched)
            assert printed(run(records, BASE_DAY, BASE_DAY, cached=True)) == expected
            assert judged_here() == 0


@pytest.mark.parametrize("becomes", [killed, failing, hanging])
def test_without_the_other_all_is_judged_here(
    records: Path, monkeypatch: pytest.MonkeyPatch, small: None, becomes: Callable[[], None]
) -> None:
    """No client is lost, and nothing is waited for in vain."""
    expected = printed(run(records, BASE_DAY, BASE_DAY, processes=1))
    monkeypatch.setattr(workers, "_PATIENCE", 0.5)
    judged_here = where_judged(monkeypatch, becomes)
    began = time.monotonic()
    assert printed(run(records, BASE_DAY, BASE_DAY)) == expected
    assert judged_here() >= COPIES
    assert time.monotonic() - began < 50, "it waited for what hangs"


def test_a_rule_that_crashes_is_a_finding_in_both(
    records: Path, monkeypatch: pytest.MonkeyPatch, small: None
) -> None:
    """X001 for every client, wherever it was judged."""
    crash(monkeypatch, "V104")
    found = run(records, BASE_DAY, BASE_DAY).findings
    crashed = {one.client for one in found if one.code == "X001"}
    assert crashed >= {f"copy-{number}" for number in range(COPIES)}


def test_one_process_where_a_fork_is_not_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    """With threads, or where there is one processor alone."""
    monkeypatch.setattr("generator.apart.os.sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    monkeypatch.setattr("generator.apart.threading.active_count", lambda: 1)
    monkeypatch.setattr("generator.apart.sys.platform", "linux")
    assert apart.processes() == 2
    monkeypatch.setattr("generator.apart.threading.active_count", lambda: 2)
    assert apart.processes() == 1
    monkeypatch.setattr("generator.apart.threading.active_count", lambda: 1)
    monkeypatch.setattr("generator.apart.os.sched_getaffinity", lambda _: {0}, raising=False)
    assert apart.processes() == 1
    monkeypatch.setattr("generator.apart.sys.platform", "win32")
    assert apart.processes() == 1


@pytest.mark.parametrize("becomes", [killed, failing, lambda: None])
def test_work_apart_is_done(monkeypatch: pytest.MonkeyPatch, becomes: Callable[[], None]) -> None:
    """In the fork; here where the fork came to nothing."""
    monkeypatch.setattr(apart, "processes", lambda: 2)
    here = os.getpid()

    def work() -> bytes:
        if os.getpid() != here:
            becomes()
        return str(os.getpid()).encode() + b"x" * 100_000

    made = apart.Apart(work).made()
    assert made.endswith(b"x" * 100_000)
    assert (made.rstrip(b"x") == str(here).encode()) == (becomes in (killed, failing))


def test_work_that_nobody_asks_for_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fork is gone at once; where there is none, nothing is done for nobody."""
    monkeypatch.setattr(apart, "processes", lambda: 2)
    begun = apart.Apart(lambda: bytes(time.sleep(600) or 0))
    child = begun._child
    begun.end()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    apart.Apart(lambda: pytest.fail("done"), fork=False).end()


def test_what_came_before_the_other_died_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives a chunk back and dies: the next chunk cannot be handed over, and nothing is missing."""
    monkeypatch.setattr(workers, "CHUNK", 2)
    ids = [str(number) for number in range(20)]
    helper: workers._Helper[str] = workers._Helper(ids, str)
    try:
        assert helper._pipe.poll(20)
        helper._process.kill()
        helper._process.join()
        came = [*helper.came()]
        assert came
        assert sorted([*came, *helper.missing()]) == sorted(ids)
    finally:
        helper.close()


def test_the_other_is_gone_before_its_work_is_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is only slow: what it would still write must not meet what is written here."""
    two_processes(monkeypatch, chunk=1)
    monkeypatch.setattr(workers, "_PATIENCE", 0.2)
    ids = [str(number) for number in range(4)]
    written = tmp_path / "by the other"

    here = os.getpid()

    def work(id_: str) -> str:
        if os.getpid() != here:
            time.sleep(1)
            written.write_text(id_)
        # What the other had takes longer here than it needs for its first.
        time.sleep(0.5 if id_ in ids[2:] else 0)
        return id_

    assert sorted(workers.shared(ids, work)) == ids
    assert not written.exists()


def test_where_there_can_be_no_other_process(
    records: Path, monkeypatch: pytest.MonkeyPatch, small: None
) -> None:
    """All is done here, and nothing stays frozen."""
    here = where_judged(monkeypatch)
    expected = printed(run(records, BASE_DAY, BASE_DAY, processes=1))
    judged = here()

    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "fork", refused)
    frozen = gc.get_freeze_count()
    assert printed(run(records, BASE_DAY, BASE_DAY)) == expected
    assert here() == 2 * judged
    assert gc.get_freeze_count() == frozen
    opened = len(os.listdir("/proc/self/fd"))
    assert apart.Apart(lambda: b"made").made() == b"made"
    assert len(os.listdir("/proc/self/fd")) == opened
