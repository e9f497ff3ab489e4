"""`kam overview`: several repositories in one site, whole or not at all."""

from collections.abc import Sequence
from pathlib import Path

from generator.refusal import CannotJudge, reason
from generator.site.build import require_ours
from generator.site.folder import Folder
from generator.site.joined import read
from generator.site.plugin.overview import overview_files
from generator.site.setting import OWN_CONFIG
from generator.site.swap import Workshop

MADE_HERE = ".kam-overview"
"""Marks a folder as an overview, which the next may replace; a company's own site has another mark."""


def build_overview(files: Sequence[Path], target: Path, title: str) -> None:
    """Join the facts of several repositories, and put their overview in the place of the last one.

    Raises CannotJudge, and leaves the last one as it was, where a file is not what it should be or the target
    cannot be written.
    """
    joined = read(files)
    target = target.absolute()
    require_ours(target, MADE_HERE, "--output-dir")
    try:
        with Workshop(target, again=False) as workshop:
            made = [*overview_files(joined, title, OWN_CONFIG), (MADE_HERE, b"")]
            Folder(workshop.folder).write("overview", "", made)
            workshop.swap()
    except OSError as error:
        raise CannotJudge(f"无法写入 {target}：{reason(error)}。") from error
