"""Addresses of files on the forge that holds the records: to open, to edit, to begin."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from generator.site.values import Source

MOST_TEXT = 6000
"""Characters of a text, as an address writes them, that a link may carry; servers take about 8,000."""

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

    @property
    def takes_text(self) -> bool:
        """Whether the address of a new file can carry its text: GitHub's alone is documented to."""
        return self.kind == "github"

    def new(self, path: str, text: str = "") -> str:
        """The page that begins a file at its place, with its text where the address can carry it."""
        folder, _, name = path.rpartition("/")
        action = {"github": "new", "gitlab": "-/new", "gitea": "_new"}[self.kind]
        key = "file_name" if self.kind == "gitlab" else "filename"
        given = {key: name} if name else {}
        if self.takes_text and name and len(quote(text)) <= MOST_TEXT:
            given |= {"value": text} if text else {}
        return self._address(action, folder) + (f"?{urlencode(given, quote_via=quote)}" if given else "")

    def _address(self, action: str, path: str) -> str:
        whole = f"{self.folder}/{path}" if self.folder else path
        return f"{self.url.rstrip('/')}/{action}/{quote(self.branch)}/{quote(whole)}"


def source(
    forge: Forge | None,
    path: str,
    line: int | None = None,
    *,
    missing: bool = False,
    pattern: bool = False,
    draft: str = "",
) -> Source:
    """A file's path with its links; `pattern` marks a path whose name is still to be chosen.

    `draft` is the ready text of a file that is missing.
    """
    if forge is None:
        return Source(path, line, missing)
    if pattern:
        return Source(path, line, missing, new_url=forge.new(path.rpartition("/")[0] + "/"))
    if missing:
        return Source(path, line, missing, new_url=forge.new(path, draft))
    return Source(path, line, missing, forge.open(path, line), forge.edit(path))
