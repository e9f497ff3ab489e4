"""Records that nobody would write, made from those that somebody wrote: nothing raises or slips through.

python -m tests.fuzz [SECONDS] [SEED]

What fails is made as small as it goes and kept in tests/corpus; every run of the tests tries that again.
"""

import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from generator.model.periods import Kind, Place
from generator.reading.reader import interpret
from generator.reading.tree import walk_client, walk_company
from generator.site import markdown
from tests.cases_runner import BASE, BASE_DAY, lay_out, run_at
from tests.costly import MARKDOWN, YAML
from tests.html_reader import read_html
from tests.test_external import EXTERNAL, check_lines, naughty, yaml_suite

CORPUS = Path(__file__).parent / "corpus"
TOKENS = (
    *"\n\r\t \0\x85\u2028\ufeff\u202e:-?[]{},#&*!|>'\"%@`=~<\\_()^$.0９字𠮷",
    *("---", "...", "- ", ": ", "? ", "<<: ", "&a ", "*a", "!!str ", "|\n", ">-\n", "\r\n", "null"),
    *("## ", "**", "```", "<!--", "-->", "](", "![", "<script>", "javascript:", "&lt;", "|-|", "  \n"),
    *("2026-02-30", "0x1f", "1e9", "yes", "：", "，", "“", "豁免", "更正", "待填写", "状态: 待填报", "../"),
)  # fmt: skip


@cache
def seeds() -> tuple[bytes, ...]:
    """What inputs are made from: the small company's records, and what others and we collected."""
    found = [file.read_bytes() for file in sorted(BASE.rglob("*")) if file.suffix in (".yml", ".md")]
    found += [make(300).encode() for make in (*YAML.values(), *MARKDOWN.values())]
    if EXTERNAL.is_dir():
        found += [text.encode("utf-8", "surrogatepass") for text in (*yaml_suite(), *naughty())]
    return tuple(found)


def changed(chance: random.Random, data: bytes) -> bytes:
    """The same with a few things put in, left out, doubled, swapped or broken."""
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randint(0, len(data))
        end = min(len(data), at + chance.choice((1, 2, 8, 40)))
        match chance.randrange(6):
            case 0:
                data = data[:at] + chance.choice(TOKENS).encode("utf-8", "surrogatepass") + data[at:]
            case 1:
                data = data[:at] + data[end:]
            case 2:
                data = data[:end] + data[at:end] * chance.choice((1, 2, 30)) + data[end:]
            case 3:
                other = chance.choice(seeds())
                start = chance.randint(0, len(other))
                data = data[:at] + other[start : start + chance.choice((4, 40, 400))] + data[at:]
            case 4:
                data = data[:at] + bytes([chance.randrange(256)]) + data[end:]
            case _:
                lines = data.split(b"\n")
                chance.shuffle(lines)
                data = b"\n".join(lines)
    return data[: 1 << 17]


# The targets: each raises where something is wrong with what the program does of an input.


def _places() -> Iterator[Place]:
    for tree in (walk_company(BASE), *(walk_client(BASE, one.name) for one in (BASE / "clients").iterdir())):
        yield from tree.places


@cache
def _place_of() -> dict[Kind, Place]:
    return {place.kind: place for place in _places()}


def reads(data: bytes) -> None:
    """The reader, in the place of a record of each kind: a record that cannot be read has a finding."""
    lines = len(data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for place in _place_of().values():
        record, findings = interpret(place, data)
        assert record.is_readable or findings, f"{place.kind}: not read, and nothing said"
        for finding in findings:
            assert 1 <= finding.line <= lines, finding
            assert finding.column >= 1, finding
            assert finding.message.endswith(("。", "）", "？", "…")), finding
            assert finding.code != "X001", finding


_TAGS = {
    "a", "blockquote", "br", "caption", "code", "div", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"href", "title", "start", "scope", "class", "rel", "tabindex", "role", "aria-label"}


def renders(data: bytes) -> None:
    """The function for Markdown: elements and addresses that are taken, all closed; no control character."""
    html = markdown.render(data.decode("utf-8", "replace"))
    page = read_html("", html)
    assert page.tags <= _TAGS, page.tags - _TAGS
    assert page.attributes <= _ATTRIBUTES, page.attributes - _ATTRIBUTES
    assert page.unclosed == [], page.unclosed
    assert not page.scripts
    assert not set(html) & {chr(code) for code in (*range(9), 11, 12, *range(14, 32), 127)}
    for _, address in page.links:
        assert urlsplit(address).scheme.lower() in ("http", "https", "mailto"), address


@cache
def _company() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kam-fuzz-"))
    return lay_out(folder)


def checks(data: bytes) -> None:
    """The whole check, in the place of one record or another: no rule crashes, findings have their lines."""
    root, places = _company(), sorted(_place_of().values(), key=lambda place: place.path)
    place = places[data[0] % len(places)] if data else places[0]
    file = root.parent / place.path
    before = file.read_bytes()
    try:
        file.write_bytes(data)
        findings = run_at(root, BASE_DAY).findings
    finally:
        file.write_bytes(before)
    assert not [finding for finding in findings if finding.code == "X001"], findings
    check_lines(BASE, [finding for finding in findings if not finding.path.endswith(place.path)])


TARGETS: dict[str, Callable[[bytes], None]] = {"reader": reads, "markdown": renders, "check": checks}


def fails(target: str, data: bytes) -> str:
    """How an input fails, in a word; empty where it does not."""
    try:
        TARGETS[target](data)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {last.name}"
    return ""


def smallest(target: str, data: bytes) -> bytes:
    """A part of an input that fails in the same way, as short as leaving out pieces makes it."""
    how, step = fails(target, data), len(data) // 2
    while step:
        at = 0
        while at < len(data):
            less = data[:at] + data[at + step :]
            if fails(target, less) == how:
                data = less
            else:
                at += step
        step //= 2
    return data


def fuzz(target: str, seconds: float, seed: int) -> list[Path]:
    """Try inputs for so long; the files of those that fail, one for each way to fail."""
    chance, end = random.Random(f"{target} {seed}"), time.monotonic() + seconds
    seen: dict[str, Path] = {}
    tried = 0
    while time.monotonic() < end:
        data = changed(chance, chance.choice(seeds()))
        tried += 1
        if (how := fails(target, data)) and how not in seen:
            small = smallest(target, data)
            file = CORPUS / target / sha256(small).hexdigest()[:12]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(small)
            seen[how] = file
            sys.stdout.write(f"  {how}: {file}\n")
    sys.stdout.write(f"{target}: {tried} inputs, {len(seen)} ways to fail\n")
    return [*seen.values()]


def main(seconds: str = "600", seed: str = "") -> None:
    """Every target for its share of the time."""
    number = int(seed) if seed else time.time_ns()
    sys.stdout.write(f"seed {number}\n")
    found = [file for target in TARGETS for file in fuzz(target, int(seconds) / len(TARGETS), number)]
    sys.exit(bool(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
