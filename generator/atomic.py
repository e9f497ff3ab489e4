"""Writing a file, or a folder of files, whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path


class Taken(Exception):
    """A folder that was to be made anew holds something; the text is one line in Chinese."""


def write(file: Path, data: bytes) -> None:
    """Write beside the file, then move into its place. Raises OSError; the old file then stands.

    What is no file (a terminal, a pipe) is written into; where a link lies, what it leads to is meant.
    """
    if file.exists() and not file.is_file():
        with open(file, "wb") as stream:
            stream.write(data)
        return
    if file.is_symlink():
        file = file.resolve()
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise


def create(file: Path, data: bytes) -> None:
    """Write a new file whole or not at all, whoever else writes there at the same moment.

    Raises FileExistsError where there is one already, and OSError.
    """
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(name, 0o666 & ~_umask())
        _put(name, file, data)
    finally:
        os.unlink(name)


def _put(name: str, file: Path, data: bytes) -> None:
    """Give a file its second name; on a file system that has none, write it anew."""
    try:
        os.link(name, file)
    except FileExistsError:
        raise
    except OSError:
        with open(file, "xb") as stream:
            stream.write(data)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def new_folder(folder: Path, besides: Container[str] = ()) -> Iterator[Path]:
    """A folder to write into, which takes the given place at the end; a failure leaves nothing.

    Raises Taken where there is something already, but for the names in `besides`; and OSError.
    """
    _refuse_taken(folder, besides)
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


def _refuse_taken(folder: Path, besides: Container[str]) -> None:
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise Taken(f"{folder} 不是文件夹；请另选一个。")
    if any(entry.name not in besides for entry in folder.iterdir()):
        raise Taken(f"{folder} 不是空的，不会覆盖；请另选一个空文件夹。")
