"""Attachments: whether a named file is there, inside the client's folder, and what it says it is."""

import os
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from pathlib import PurePosixPath

MAX_ATTACHMENT = 50 * 1024 * 1024
"""Bytes that one attachment may have (R006)."""

_HEAD = 4096
"""Bytes at the beginning of a file that tell its kind."""

_SIGNATURES: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
    ".xlsx": (b"PK\x03\x04",),
    ".docx": (b"PK\x03\x04",),
    ".csv": (),
    ".txt": (),
}
_POINTER = b"version https://git-lfs.github.com/spec/"
"""How the text begins that stands for a file which Git LFS has not brought yet."""
NOT_FETCHED = "附件由 Git LFS 保管，内容还没有取回；请执行 git lfs pull。"
_TAKEN = "PDF、PNG、JPEG、WebP、XLSX、DOCX、CSV、TXT"


@dataclass(slots=True)
class AttachmentCheck:
    """Looks at the files that archives name; each answer is a code with its message, or None."""

    root: FilePath
    _answers: dict[tuple[str, str], tuple[str, str] | None] = field(default_factory=dict)

    def problem(self, client: str, name: str) -> tuple[str, str] | None:
        """What is wrong with the attachment `name` of a client: R005 or R006 and why."""
        key = client, name
        if key not in self._answers:
            self._answers[key] = self._look(self.root / "clients" / client, name)
        return self._answers[key]

    def read(self, client: str, name: str) -> bytes | None:
        """The attachment `name` of a client; None where anything is wrong with it."""
        if self.problem(client, name) is not None:
            return None
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            with open(os.open(self.root / "clients" / client / name, flags), "rb") as stream:
                data = stream.read(MAX_ATTACHMENT + 1)
        except OSError:
            return None
        is_taken = len(data) <= MAX_ATTACHMENT and _is_what_it_says(PurePosixPath(name).suffix.lower(), data)
        return data if is_taken else None

    def _look(self, folder: FilePath, name: str) -> tuple[str, str] | None:
        path = PurePosixPath(name)
        leaves = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name
        if leaves or not path.parts:
            return "R006", "附件必须在本客户的文件夹内；请把文件放进 attachments，写成 attachments/文件名。"
        if path.suffix.lower() not in _SIGNATURES:
            what = f"“{path.suffix}”" if path.suffix else "没有扩展名"
            return "R006", f"不收{what}的附件；请另存为以下格式之一：{_TAKEN}。"
        try:
            return self._look_inside(folder, path)
        except (OSError, ValueError):
            return "R005", f"找不到附件“{name}”；请把文件放到这个位置，或改正文件名（区分大小写）。"

    def _look_inside(self, folder: FilePath, path: PurePosixPath) -> tuple[str, str] | None:
        step = folder
        for part in path.parts:
            step = step / part
            if step.is_symlink():
                return "R006", "附件不能是符号链接；请放入文件本身。"
        if not step.is_file():
            return "R005", f"找不到附件“{path}”；请把文件放到这个位置，或改正文件名（区分大小写）。"
        with open(step, "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            head = stream.read(_HEAD)
        if size > MAX_ATTACHMENT:
            return "R006", f"附件有 {size // 1024 // 1024} MiB，超过 50 MiB；请压缩或拆分。"
        if head.startswith(_POINTER) and not _is_what_it_says(path.suffix.lower(), head):
            return "R006", NOT_FETCHED
        if not _is_what_it_says(path.suffix.lower(), head):
            return "R006", f"文件内容不是 {path.suffix[1:].upper()} 格式；请重新导出，不要只改扩展名。"
        return None


def _is_what_it_says(suffix: str, head: bytes) -> bool:
    if suffix in (".csv", ".txt"):
        return b"\0" not in head[:_HEAD]
    if suffix == ".webp":
        return head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return head.startswith(_SIGNATURES[suffix])
