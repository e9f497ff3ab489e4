"""Writing a file whole or not at all."""

import os
import tempfile
from pathlib import Path


def write(file: Path, data: bytes) -> None:
    """Write beside the file, then move into its place. Raises OSError; the old file then stands."""
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
