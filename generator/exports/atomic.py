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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
