"""Writing a tree, file by file."""

import os
from pathlib import Path


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
