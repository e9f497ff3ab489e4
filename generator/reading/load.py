"""All records of a folder: each file read once, every fault noted at its place, nothing raised."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from generator.findings import Finding, Severity
from generator.model.clients import Archive
from generator.model.record import Record
from generator.reading.attachments import AttachmentCheck
from generator.reading.reader import read
from generator.reading.tree import Tree, walk

Progress = Callable[[int, int], None]
"""Told how many of how many records are read."""


@dataclass(slots=True)
class Loaded:
    """A records folder, read: its records by path, and the findings of form."""

    tree: Tree
    records: list[Record[object]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    attachments: AttachmentCheck = field(default_factory=lambda: AttachmentCheck(FilePath()))

    def bad_attachments(self) -> dict[tuple[str, str], tuple[str, str]]:
        """What is wrong (R005, R006 and why) with each attachment that an archive names."""
        found = {}
        for record in self.records:
            if isinstance(record.content, Archive) and record.place.client:
                for entry in record.content.attachments or ():
                    problem = self.attachments.problem(record.place.client, entry.file or ".txt")
                    if entry.file and problem:
                        found[record.place.client, entry.file] = problem
        return found


def load(root: FilePath, progress: Progress | None = None) -> Loaded:
    """Read every record below `root`. Raises OSError where the disk cannot be read."""
    tree = walk(root)
    loaded = Loaded(tree, attachments=AttachmentCheck(root))
    for stray in tree.strays:
        loaded.findings.append(
            Finding(stray.path, 1, 1, stray.code, stray.message, Severity.ERROR, client=stray.client)
        )
    for number, place in enumerate(tree.places, start=1):
        record, findings = read(root, place)
        loaded.records.append(record)
        loaded.findings += findings
        if progress:
            progress(number, len(tree.places))
    return loaded
