"""The theme as MkDocs made it, kept for the next build: with its shells at hand MkDocs has nothing to do.

Half of what a build costs after one record has changed would be the theme's templates, which say the same as
before. They lie in the store, which is believed only where this user of this machine has written it.
"""

import pickle
import platform
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import clean_directory

from generator.judging.dossier import packed
from generator.judging.store import Store
from generator.site.output import Kind
from generator.site.parts import File
from generator.site.shell import Shell
from generator.site.templating import TEMPLATES

_WHAT = "theme"
_LIBRARIES = (
    "mkdocs",
    "mkdocs-material",
    "jinja2",
    "markupsafe",
    "markdown",
    "pymdown-extensions",
    "pygments",
)
"""What renders the shells."""
_FROM_ELSEWHERE = (b"!ENV", b"INHERIT")
"""What a mkdocs.yml may draw on that it does not name."""


class Theme(NamedTuple):
    """What MkDocs gives for the site: the shells, the scripts that may run, and the theme's files."""

    shells: dict[Kind, Shell]
    scripts: set[str]
    files: tuple[File, ...]

    def lay(self, folder: Path) -> None:
        """Write the files as MkDocs does, into a folder that is emptied first. Raises OSError."""
        clean_directory(str(folder))
        for name, data in self.files:
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def key_of(config: MkDocsConfig) -> str:
    """Stands for all that the theme is made of; empty where a company's mkdocs.yml has more than we know of.

    That is another plugin, a hook, another theme, or pages of its own.
    """
    if set(config.plugins) != {"kam"} or config.hooks or config.theme.name != "material":
        return ""
    try:
        text = Path(config.config_file_path).read_bytes()
        if any(word in text for word in _FROM_ELSEWHERE):
            return ""
        hasher = blake2b(repr([*_versions(), config.site_url, TEMPLATES]).encode(), digest_size=16)
        hasher.update(text)
        installed = [Path(mkdocs.__file__).parent, *_material(config)]
        folders = [
            Path(config.docs_dir),
            TEMPLATES / "theme",
            TEMPLATES / "docs",
            *map(Path, config.theme.dirs),
        ]
        for folder in folders:
            if any(folder.is_relative_to(one) for one in installed):
                continue
            for file in _files(folder):
                if file.suffix == ".md":
                    return ""
                hasher.update(f"\0{file}\0".encode("utf-8", "backslashreplace") + file.read_bytes())
    except (OSError, PackageNotFoundError):
        return ""
    return hasher.hexdigest()


def _versions() -> Iterable[str]:
    return (platform.python_version(), *(version(name) for name in _LIBRARIES))


def _material(config: MkDocsConfig) -> Iterator[Path]:
    """Where the theme is installed: the folder that has its name."""
    for folder in map(Path, config.theme.dirs):
        if folder.name == "templates" and folder.parent.name == "material":
            yield folder


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else []


def files_of(folder: Path) -> Iterator[File]:
    """The theme's files where MkDocs, or `Theme.lay`, has written them. Raises OSError."""
    for file in _files(folder):
        yield file.relative_to(folder).as_posix(), file.read_bytes()


def find(store: Store | None, key: str) -> Theme | None:
    """The theme that was kept under a key."""
    data = store.get(_WHAT, "", key) if store and key else None
    if data is None:
        return None
    shells, scripts, files = pickle.loads(data)
    return Theme(shells, scripts, files)


def keep(store: Store | None, key: str, theme: Theme) -> None:
    """Let the next build have it."""
    if store and key:
        store.put(_WHAT, "", key, packed(tuple(theme)))
