"""Files and folders of a site on the disk: second names for what stays, and what nobody owns removed."""

import os
import shutil
from collections.abc import Iterator


def entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """What lies in a folder. Raises OSError."""
    with os.scandir(folder) as listing:
        yield from listing


def link(source: str, target: str) -> None:
    """The same file, or all files of a folder that ends in "/", under a second name. Raises OSError."""
    os.makedirs(os.path.dirname(target.rstrip("/")), exist_ok=True)
    if not source.endswith("/"):
        link_file(source, target)
        return
    waiting = [(source, target)]
    while waiting:
        here, there = waiting.pop()
        os.mkdir(there)
        for entry in entries(here):
            inner = os.path.join(there, entry.name)
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, inner))
            else:
                link_file(entry.path, inner)


def link_file(source: str, target: str) -> None:
    """The same file under a second name, or a copy of it. Raises OSError."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (NotImplementedError, PermissionError):
        # The disk knows no second names.
        shutil.copy2(source, target, follow_symlinks=False)


def clear(root: str, folder: str, owned: set[str]) -> bool:
    """Remove what nobody owns below a folder; tell whether anything is left. Raises OSError."""
    left = False
    for entry in list(entries(os.path.join(root, folder))):
        path = f"{folder}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if f"{path}/" in owned or clear(root, f"{path}/", owned):
                left = True
            else:
                os.rmdir(entry.path)
        elif path in owned:
            left = True
        else:
            os.unlink(entry.path)
    return left
