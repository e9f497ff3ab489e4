"""The bare loop that a check is held against: read every record, parse it, keep nothing."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml


def record_files(root: Path) -> Iterator[Path]:
    """Every record below a folder."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != "attachments"]
        for name in names:
            if name.endswith((".yml", ".md")) and name != "README.md":
                yield Path(folder, name)


def front_matter(text: bytes) -> bytes:
    """What stands between the first two lines of dashes."""
    if not text.startswith(b"---\n"):
        return b""
    end = text.find(b"\n---", 3)
    return text[4 : end + 1] if end >= 0 else b""


def parse(root: Path) -> int:
    """Read and parse every record; how many there were."""
    count = 0
    for file in record_files(root):
        text = file.read_bytes()
        if file.suffix == ".md":
            text = front_matter(text)
        try:
            yaml.load(text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            sys.stderr.write(f"{file} is not YAML\n")
        count += 1
    return count


if __name__ == "__main__":
    sys.stdout.write(f"{parse(Path(sys.argv[1]))}\n")
