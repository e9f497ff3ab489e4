"""Records of the company, or of one client: each file read once, every fault noted at its place."""

from dataclasses import dataclass, field
from pathlib import Path as FilePath

from generator.findings import Finding, Severity
from generator.model.clients import Archive
from generator.model.periods import Kind
from generator.model.record import Record
from generator.reading.attachments import NOT_FETCHED, AttachmentCheck
from generator.reading.reader import read
from generator.reading.tree import Tree


@dataclass(slots=True)
class Loaded:
    """Some records, read, with the findings of form and what is wrong with the attachments they name."""

    records: list[Record[object]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    attachments: dict[str, list[str]] = field(default_factory=dict)
    """For each client the files below attachments/, as paths inside the client's folder."""
    problems: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """What is wrong (R005, R006 and why) with each attachment that an archive names."""

    @property
    def awaits_files(self) -> bool:
        """Whether files are still to be brought by Git LFS: to Git the same ones as before."""
        return any(message == NOT_FETCHED for _, message in self.problems.values())


def load(root: FilePath, tree: Tree) -> Loaded:
    """Read every record that was found below `root`. Raises OSError where the disk cannot be read."""
    loaded = Loaded(attachments=tree.attachments)
    for stray in tree.strays:
        loaded.findings.append(
            Finding(stray.path, 1, 1, stray.code, stray.message, Severity.ERROR, client=stray.client)
        )
    check = AttachmentCheck(root)
    for place in tree.places:
        record, findings = read(root, place)
        loaded.records.append(record)
        loaded.findings += findings
        _look_at_attachments(check, record, loaded.problems)
    return loaded


def _look_at_attachments(
    check: AttachmentCheck, record: Record[object], problems: dict[tuple[str, str], tuple[str, str]]
) -> None:
    client = record.place.client
    if client is None or record.kind is not Kind.ARCHIVE or not isinstance(record.content, Archive):
        return
    for entry in record.content.attachments or ():
        problem = check.problem(client, entry.file) if entry.file else None
        if entry.file and problem:
            problems[client, entry.file] = problem
