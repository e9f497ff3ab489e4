"""Addresses of files on the forge that holds the records: to open, to edit, to begin."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from generator.site.values import Source

KINDS = ("github", "gitlab", "gitea")


@dataclass(frozen=True, slots=True)
class Forge:
    """Where the records are kept: the kind of forge, the repository's address, its branch."""

    kind: str
    url: str
    branch: str
    folder: str = ""
    """The folder of the repository in which the records folder lies."""

    def open(self, path: str, line: int | None) -> str:
        """The page that shows a file."""
        view = {"github": "blob", "gitlab": "-/blob", "gitea": "src/branch"}[self.kind]
        return self._address(view, path) + (f"#L{line}" if line else "")

    def edit(self, path: str) -> str:
        """The page that edits a file."""
        return self._address({"github": "edit", "gitlab": "-/edit", "gitea": "_edit"}[self.kind], path)

    def new(self, path: str) -> str:
        """The page that begins a file at its place."""
        folder, _, name = path.rpartition("/")
        action = {"github": "new", "gitlab": "-/new", "gitea": "_new"}[self.kind]
        key = "file_name" if self.kind == "gitlab" else "filename"
        return self._address(action, folder) + (f"?{urlencode({key: name})}" if name else "")

    def _address(self, action: str, path: str) -> str:
        whole = f"{self.folder}/{path}" if self.folder else path
        return f"{self.url.rstrip('/')}/{action}/{quote(self.branch)}/{quote(whole)}"


def source(
    forge: Forge | None, path: str, line: int | None = None, *, missing: bool = False, pattern: bool = False
) -> Source:
    """A file's path with its links; `pattern` marks a path whose name is still to be chosen."""
    if forge is None:
        return Source(path, line, missing)
    if pattern:
        return Source(path, line, missing, new_url=forge.new(path.rpartition("/")[0] + "/"))
    if missing:
        return Source(path, line, missing, new_url=forge.new(path))
    return Source(path, line, missing, forge.open(path, line), forge.edit(path))
