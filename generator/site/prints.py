"""What a part of a site comes to on the disk, so that it is seen where somebody changed it there.

Its files are known by their names, so none is looked for: a file or folder that somebody put among them, or
took away, changes the time of the folder that holds it. That is two looks at each page, where listing its
folder would be seven.
"""

import os
from collections.abc import Collection, Iterable


def told(sizes: Collection[int], newest: int, turned: int) -> str:
    """In words: how many files and bytes, when the last was written, when a folder last got or lost any."""
    return f"{len(sizes)} {sum(sizes)} {newest} {turned}"


def print_of(site: str, root: str, names: Iterable[str]) -> str:
    """Of the files of a part below a site's folder, `root` being its own folder, where it has one."""
    names, sizes, newest = dict.fromkeys(names), [], 0
    try:
        for name in names:
            status = os.lstat(f"{site}/{name}")
            sizes.append(status.st_size)
            newest = max(newest, status.st_mtime_ns)
        return told(sizes, newest, turned(site, root, names))
    except OSError:
        return "?"


def turned(site: str, root: str, names: Iterable[str]) -> int:
    """When one of a part's folders last got or lost a file or a folder, in nanoseconds. Raises OSError."""
    above = root.rstrip("/").rpartition("/")[0]
    folders = {above}
    for name in names:
        folder = name.rpartition("/")[0] if root and name.startswith(root) else above
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    folders.discard(above)
    return max((os.lstat(f"{site}/{folder}").st_mtime_ns for folder in folders), default=0)
