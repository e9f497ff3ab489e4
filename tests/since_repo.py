"""The small company in a repository of its own, changed and checked since a version."""

import os
import subprocess
from pathlib import Path

from generator.cli import main
from tests.cases_runner import BASE, BASE_DAY, lay_out

WHO = ("NAME", "EMAIL")

VISIT = "clients/hengda-steel/2026/Q2/visits/2026-05-12.md"
TEAM = "clients/hengda-steel/2026/team.yml"
PEOPLE = "organization/people.yml"
DAYS = ("--as-of", str(BASE_DAY), "--today", str(BASE_DAY))
DUTIES = "[传达购销信息, 收集客户信息, 观察销售情况, 了解经营现状]"


def edited(path: str, old: str, new: str) -> str:
    """A file of the small company with one text replaced."""
    text = (BASE / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new)


LACKS_DUTIES = {VISIT: edited(VISIT, DUTIES, "[传达购销信息]")}
"""Raises V104, an error, in the visit of 2026-05-12."""


class Repo:
    """A real repository with the small company; its folder has a space and Chinese in its name."""

    def __init__(self, folder: Path) -> None:
        self.top = folder / "公司 记录"
        self.top.mkdir(parents=True)
        self.root = lay_out(self.top)
        self.git("init", "-q", "-b", "main")
        self.commit()

    def git(self, *arguments: str) -> str:
        """Runs git here, whatever the machine is set to."""
        quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        who = {f"GIT_{role}_{what}": "kam@example.com" for role in ("AUTHOR", "COMMITTER") for what in WHO}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.top,
            env={**os.environ, **quiet, **who},
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        return done.stdout.strip()

    def write(self, changes: dict[str, str | None]) -> None:
        """Changes files below records/; None deletes."""
        for path, text in changes.items():
            file = self.root / path
            if text is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def commit(self, changes: dict[str, str | None] | None = None) -> None:
        """Commits all that there is."""
        self.write(changes or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "改动")

    def check(self, *arguments: str, since: str = "HEAD", days: tuple[str, ...] = DAYS) -> int:
        """The exit code of `kam check --since`."""
        return main(["check", "--records", str(self.root), *days, "--since", since, *arguments])
