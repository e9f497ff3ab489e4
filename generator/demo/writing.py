"""Writing a tree: into a folder beside its place, moved there when all of it is written."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.pipeline import CannotJudge


class CannotMake(CannotJudge):
    """The tree cannot be made (exit 2); the text is one line in Chinese."""


def refuse_full(folder: Path) -> None:
    """Raise CannotMake where there is something already."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise CannotMake(f"{folder} 不是文件夹；请另选一个。")
    if any(folder.iterdir()):
        raise CannotMake(f"{folder} 不是空的，不会覆盖；请另选一个空文件夹。")


@contextmanager
def fresh_folder(folder: Path) -> Iterator[Path]:
    """A folder to write into, which takes the given place at the end; a failure leaves nothing."""
    refuse_full(folder)
    target = folder.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield fresh
        os.chmod(fresh, 0o755)
        if not target.exists():
            os.rename(fresh, target)
            return
        for entry in sorted(fresh.iterdir()):
            os.rename(entry, target / entry.name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


class Writer:
    """Writes files below a folder and counts the records among them."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._folders: set[str] = set()
        self.records = 0

    def put(self, path: str, data: str | bytes) -> None:
        """Write one file; text is a record, bytes are an attachment."""
        file = f"{self._root}/{path}"
        self._make(file[: file.rindex("/")])
        with open(file, "wb", buffering=0) as stream:
            stream.write(data.encode() if isinstance(data, str) else data)
        self.records += isinstance(data, str)

    def forget(self) -> None:
        """Let go of the folders made so far: they will not be written to again."""
        self._folders.clear()

    def _make(self, folder: str) -> None:
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
