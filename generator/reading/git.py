"""What Git knows of the records: an earlier state of them, and the files that changed since."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path


class GitError(Exception):
    """Git cannot answer; the text is one line in Chinese that says what to do."""


_OF_A_HOOK = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE")


def environment() -> dict[str, str]:
    """What Git runs in: in plain words, without locks, and in the repository of the folder it is run in.

    In a hook of Git's some variables say which repository is meant; here it is the one of the records.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    return {**inherited, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}


def _git(folder: Path, *arguments: str, data: bytes | None = None) -> bytes:
    command = ["git", "-c", "core.quotepath=off", "-c", "safe.directory=*", *arguments]
    variables = {**environment(), "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(
            command, cwd=folder, input=data, capture_output=True, check=False, env=variables
        )
    except FileNotFoundError:
        raise GitError("没有找到 git 命令；请先安装 git。") from None
    if done.returncode:
        detail = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(f"git {arguments[0]} 失败：{detail[-1] if detail else done.returncode}")
    return done.stdout


class Repository:
    """The repository that a records folder lies in. Raises GitError where there is none."""

    def __init__(self, records: Path) -> None:
        try:
            top = _git(records, "rev-parse", "--show-toplevel").decode().rstrip("\n")
        except GitError as error:
            if "没有找到" in str(error):
                raise
            raise GitError(f"{records} 不在 Git 仓库中，不能用 --since；请在仓库内运行。") from None
        self.top = Path(top)
        self.prefix = records.resolve().relative_to(self.top.resolve()).as_posix()

    @property
    def is_shallow(self) -> bool:
        """Whether the clone lacks the older history."""
        return _git(self.top, "rev-parse", "--is-shallow-repository").strip() == b"true"

    def base(self, revision: str) -> str:
        """The commit from which the change since `revision` is reckoned: where both histories parted."""
        if revision.startswith("-"):
            raise GitError(f"“{revision}”不是版本名。")
        try:
            commit = _git(self.top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        except GitError:
            remedy = "git fetch --unshallow" if self.is_shallow else f"git fetch origin {revision}"
            raise GitError(f"仓库里没有版本 {revision}；请先执行 {remedy}，并核对版本名。") from None
        name = commit.decode().strip()
        try:
            return _git(self.top, "merge-base", name, "HEAD").decode().strip()
        except GitError:
            return name

    def touched(self, commit: str) -> set[str]:
        """The files below the records that differ from a commit, as paths from the records folder's name."""
        where = ("--", self.prefix)
        changed = _git(self.top, "diff", "--name-only", "--no-renames", "-z", commit, *where)
        new = _git(self.top, "ls-files", "--others", "--exclude-standard", "-z", "--full-name", *where)
        names = [os.fsdecode(name) for name in (changed + new).split(b"\0") if name]
        return {self._from_records(name) for name in names}

    def _from_records(self, name: str) -> str:
        parent = self.prefix.rpartition("/")[0]
        return name.removeprefix(f"{parent}/") if parent else name

    def write_state(self, commit: str, target: Path) -> Path | None:
        """Write the records of a commit below `target`: their folder, or None where there was none."""
        entries = list(self._entries(commit))
        if not entries:
            return None
        blobs = self._blobs([blob for _, blob, _ in entries])
        for mode, blob, name in entries:
            file = target / self._from_records(name)
            file.parent.mkdir(parents=True, exist_ok=True)
            if mode == "120000":
                file.symlink_to(os.fsdecode(blobs[blob]))
            else:
                file.write_bytes(blobs[blob])
        return target / Path(self.prefix).name

    def _entries(self, commit: str) -> Iterator[tuple[str, str, str]]:
        listing = _git(self.top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", self.prefix)
        for line in listing.split(b"\0"):
            if line:
                meta, _, name = line.partition(b"\t")
                mode, kind, blob = meta.decode().split()
                if kind == "blob":
                    yield mode, blob, os.fsdecode(name)

    def _blobs(self, names: list[str]) -> dict[str, bytes]:
        wanted = "\n".join(dict.fromkeys(names)) + "\n"
        data = _git(self.top, "cat-file", "--batch", data=wanted.encode())
        found: dict[str, bytes] = {}
        at = 0
        while at < len(data):
            end = data.index(b"\n", at)
            name, kind, *size = data[at:end].decode().split()
            if kind == "missing":
                raise GitError("仓库里缺少旧版本的内容；请先执行 git fetch --unshallow。")
            found[name] = data[end + 1 : end + 1 + int(size[0])]
            at = end + 2 + int(size[0])
        return found
