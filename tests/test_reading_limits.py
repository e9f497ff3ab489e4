"""What a case file cannot carry: links, pipes, sizes at their limits, bytes of other encodings."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.reading.attachments import MAX_ATTACHMENT
from generator.reading.text import MAX_BODY, MAX_RECORD
from tests.cases_runner import BASE_DAY, Changes, run_at

Company = Callable[[Changes], Path]

EVENTS = "clients/hengda-steel/2026/events.yml"
VISIT = "clients/hengda-steel/2026/Q2/visits/2026-05-28.md"
ARCHIVE = "clients/hengda-steel/archive.yml"
LICENCE = "clients/hengda-steel/attachments/business-licence.pdf"
EVENT = "特殊情况:\n  - {发生日期: 2026-04-20, 情况: %s, 登记人: sun-li}\n"
FRONT = "---\n拜访日期: 2026-05-28\n出差人员: [zhou-ping]\n状态: 待填报\n---\n"


needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
needs_bytes = pytest.mark.skipif(sys.platform != "linux", reason="file names are text on this system")


def found(root: Path) -> list[str]:
    """Every finding as `path:line code`."""
    return [f"{f.path.removeprefix('records/')}:{f.line} {f.code}" for f in run_at(root, BASE_DAY).findings]


def messages(root: Path) -> list[str]:
    """The texts of all findings."""
    return [f.message for f in run_at(root, BASE_DAY).findings]


# Encodings and line ends


def test_gb18030_is_named_with_its_remedy(company: Company) -> None:
    """Old Chinese Windows editors write GB18030: the message says so, and how to convert."""
    root = company({EVENTS: (EVENT % "选矿厂停电停产").encode("gb18030")})
    assert found(root) == [f"{EVENTS}:1 F001"]
    (message,) = messages(root)
    assert "GB18030" in message
    assert "iconv" in message


def test_other_bytes_are_not_called_gb18030(company: Company) -> None:
    """What is neither UTF-8 nor GB18030 is only told to be saved as UTF-8."""
    root = company({EVENTS: (EVENT % "x").encode() + b"# \xff\xff\n"})
    assert found(root) == [f"{EVENTS}:3 F001"]
    assert "GB18030" not in messages(root)[0]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
def test_bad_bytes_stand_where_they_are(company: Company, mark: bytes) -> None:
    """Right behind the end of a line, after a byte-order mark too."""
    root = company({EVENTS: mark + (EVENT % "停电").encode() + b"\xff"})
    (finding,) = run_at(root, BASE_DAY).findings
    assert (finding.line, finding.column) == (3, 1)


@pytest.mark.parametrize("end", [b"\r\n", b"\r"], ids=["CRLF", "CR"])
def test_byte_order_marks_and_line_ends(company: Company, end: bytes) -> None:
    """The whole company written by another editor has no findings either."""
    root = company({})
    for file in (*root.rglob("*.yml"), *root.rglob("*.md")):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", end))
    assert found(root) == []


def test_lines_are_counted_with_crlf(company: Company) -> None:
    """A finding stands on the line that an editor shows."""
    text = (EVENT % "停电").replace("2026-04-20", "2026/04/20").replace("\n", "\r\n")
    assert found(company({EVENTS: text})) == [f"{EVENTS}:2 S003"]


# Sizes


def test_record_of_one_mebibyte(company: Company) -> None:
    """1 MiB is read, one byte more is F008."""
    text = (EVENT % "停电").encode()
    padding = MAX_RECORD - len(text) - len("# \n")
    full = text + b"# " + b"x" * padding + b"\n"
    assert found(company({EVENTS: full})) == []


def test_record_over_one_mebibyte(company: Company) -> None:
    """And it fulfils nothing, without anything else being said of it."""
    assert found(company({EVENTS: b"# " + b"x" * MAX_RECORD})) == [f"{EVENTS}:1 F008"]


@pytest.mark.parametrize(("more", "code"), [(0, "S002"), (1, "F008")])
def test_two_hundred_thousand_nodes(company: Company, more: int, code: str) -> None:
    """Each mapping, list, key and value is one: 1 + 2 + n, then 2 + 1 + 6 for the event."""
    items = ",".join("a" * (200_000 - 12 + more))
    (finding,) = found(company({EVENTS: f"备用: [{items}]\n" + EVENT % "停电"}))
    assert finding.endswith(code)


@pytest.mark.parametrize(("more", "expected"), [(0, []), (1, [f"{VISIT}:1 F008"])])
def test_body_of_two_hundred_kibibytes(company: Company, more: int, expected: list[str]) -> None:
    """The body is what follows the second `---`, in bytes."""
    wide = "字" * ((MAX_BODY + more) // 3)
    body = wide + "x" * (MAX_BODY + more - len(wide.encode()))
    root = company({VISIT: FRONT + body})
    assert found(root) == expected


@pytest.mark.parametrize(("length", "expected"), [(20_000, []), (20_001, [f"{EVENTS}:2 S003"])])
def test_text_of_twenty_thousand_characters(company: Company, length: int, expected: list[str]) -> None:
    """Characters count, not bytes."""
    assert found(company({EVENTS: EVENT % ("字" * length)})) == expected


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 50_000, "- " * 100_000, "? " * 100_000])
def test_bottomless_nesting_is_a_finding(company: Company, text: str) -> None:
    """And neither a crash nor a wait."""
    (finding,) = found(company({EVENTS: text}))
    assert finding.split()[1] in ("F002", "F008")


# Attachments


@pytest.mark.parametrize(("size", "expected"), [(0, []), (1, [f"{ARCHIVE}:25 R006"])])
def test_attachment_of_fifty_mebibytes(company: Company, size: int, expected: list[str]) -> None:
    """50 MiB are taken, one byte more is not."""
    root = company({LICENCE: b"%PDF-1.7"})
    os.truncate(root / LICENCE, MAX_ATTACHMENT + size)
    assert found(root) == expected


def test_attachment_that_is_a_link(company: Company) -> None:
    """Even one to a good file in the same folder."""
    root = company({LICENCE: None, "clients/hengda-steel/attachments/real.pdf": b"%PDF-1.7"})
    (root / LICENCE).symlink_to("real.pdf")
    assert found(root) == [f"{ARCHIVE}:24 A109", f"{ARCHIVE}:25 R006"]


def test_attachment_behind_a_linked_folder(company: Company, tmp_path: Path) -> None:
    """A folder that is a link can lead anywhere."""
    root = company({})
    (root / "clients/hengda-steel/attachments").rename(tmp_path / "elsewhere")
    (root / "clients/hengda-steel/attachments").symlink_to(tmp_path / "elsewhere")
    assert found(root) == [
        f"{ARCHIVE}:25 R006",
        f"{ARCHIVE}:26 R006",
        "clients/hengda-steel/attachments:1 F006",
    ]


@needs_pipes
def test_attachment_that_is_a_pipe(company: Company) -> None:
    """It is not read: that would wait for ever."""
    root = company({LICENCE: None})
    os.mkfifo(root / LICENCE)
    assert found(root) == [f"{ARCHIVE}:25 R005"]


# Odd things in the tree


def test_record_that_is_a_link(company: Company, tmp_path: Path) -> None:
    """A link has no place in the tree, wherever it leads."""
    root = company({EVENTS: None})
    (tmp_path / "events.yml").write_text(EVENT % "停电", encoding="utf-8")
    (root / EVENTS).symlink_to(tmp_path / "events.yml")
    assert found(root) == [f"{EVENTS}:1 F006"]


def test_client_that_is_a_link(company: Company) -> None:
    """Not even to another client."""
    root = company({})
    (root / "clients/hengda").symlink_to("hengda-steel", target_is_directory=True)
    assert found(root) == ["clients/hengda:1 F006"]


def test_clients_that_are_a_link(company: Company, tmp_path: Path) -> None:
    """The folder of all clients is not followed either: nothing of it is read."""
    root = company({})
    (root / "clients").rename(tmp_path / "elsewhere")
    (root / "clients").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    result = run_at(root, BASE_DAY)
    assert "clients:1 F006" in found(root)
    assert [*result.world.briefs] == []


@pytest.mark.parametrize("name", ["README.md", ".notes", "clients/hengda-steel/attachments/README.md"])
def test_link_under_a_name_that_is_passed_over(company: Company, name: str) -> None:
    """A README.md or a dot-file may lie anywhere, a link under such a name may not."""
    root = company({})
    (root / name).symlink_to("/etc/passwd")
    assert len(found(root)) == 1


def test_link_that_leads_nowhere_or_in_a_circle(company: Company) -> None:
    """Both are strays like any other."""
    root = company({})
    (root / "clients/nowhere").symlink_to("gone")
    (root / "clients/circle").symlink_to("circle")
    assert found(root) == ["clients/circle:1 F006", "clients/nowhere:1 F006"]


@needs_pipes
def test_record_that_is_a_pipe(company: Company) -> None:
    """It is not opened."""
    root = company({EVENTS: None})
    os.mkfifo(root / EVENTS)
    assert found(root) == [f"{EVENTS}:1 F006"]


@needs_bytes
def test_name_that_is_no_text(company: Company) -> None:
    """A file name can be any bytes; the finding can be written out."""
    root = company({})
    os.close(os.open(os.fsencode(root) + b"/clients/\xff\xfe.yml", os.O_CREAT | os.O_WRONLY))
    (finding,) = run_at(root, BASE_DAY).findings
    assert finding.code == "F006"
    assert finding.path.encode()
    assert finding.message.encode()


# Messages that a case does not compare


def test_name_for_an_id_is_answered_with_the_id(company: Company) -> None:
    """records.md: the message gives the id of the person so called."""
    text = FRONT.replace("zhou-ping", "周平")
    assert "zhou-ping" in messages(company({VISIT: text}))[0]


@pytest.mark.parametrize(
    ("typed", "right"),
    [("2026/4/20", "2026-04-20"), ("2026年4月20日", "2026-04-20"), ("2026.4.20", "2026-04-20")],
)
def test_message_gives_the_right_form_of_a_date(company: Company, typed: str, right: str) -> None:
    """As records.md promises."""
    text = (EVENT % "停电").replace("2026-04-20", typed)
    assert right in messages(company({EVENTS: text}))[0]


@pytest.mark.parametrize(
    ("typed", "right"), [('"120,000"', "120000"), ("12万", "120000"), ("1.5亿", "150000000")]
)
def test_message_gives_the_right_form_of_a_number(company: Company, typed: str, right: str) -> None:
    """As records.md promises."""
    root = company({})
    report = root / "clients/hengda-steel/2026/Q1/report.md"
    report.write_text(report.read_text(encoding="utf-8").replace("31200", typed), encoding="utf-8")
    assert right in messages(root)[0]


def test_message_names_the_nearest_field(company: Company) -> None:
    """S002, as rules.md promises."""
    root = company({EVENTS: (EVENT % "停电").replace("登记人: sun-li", "登记人: sun-li, 登计人: sun-li")})
    assert "登记人" in messages(root)[0]
