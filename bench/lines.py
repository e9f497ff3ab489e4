"""The table: each line with what is to be reached, what it needs, and how its figure is found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench import limits, live, search
from bench.baselines import page_count
from bench.content import Workplace, megabytes
from bench.measure import Series, ratio

AT_SCALE = 10_000
"""The number of clients that several lines are meant for."""
_SET_RECORDS, _SET_SECONDS = 17_000, 1.5
"""What the parse loop took on the machine on which the limits in seconds were set."""


@dataclass(slots=True)
class Bench:
    """Where lines are measured, and what was run in turn for them."""

    place: Workplace
    series: Mapping[str, Series]
    runs: int

    @property
    def big(self) -> bool:
        """Whether the lines for 10,000 clients hold."""
        return self.place.size >= AT_SCALE


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, and whether it reaches what is to be reached; None where it cannot be told here."""

    value: str
    reach: str
    reached: bool | None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table."""

    key: str
    name: str
    needs: tuple[str, ...]
    figure: Callable[[Bench], Figure]


def _less(ours: str, theirs: str, at_1000: float, at_10000: float | None = None) -> Callable[[Bench], Figure]:
    """How many times less CPU ours takes."""

    def figure(bench: Bench) -> Figure:
        wanted = at_10000 if at_10000 and bench.big else at_1000
        one, other = bench.series[ours], bench.series[theirs]
        times = ratio(other.cpu, one.cpu)
        how = _cpu(ours, one, theirs, other)
        return Figure(f"{times:.1f}× less", f"≥ {wanted:g}× less", times >= wanted, how)

    return figure


def _at_most(ours: str, theirs: str, most: float, of: str = "cpu") -> Callable[[Bench], Figure]:
    """How much of theirs ours takes: of CPU, or of wall time."""

    def figure(bench: Bench) -> Figure:
        one, other = bench.series[ours], bench.series[theirs]
        part = ratio(getattr(one, of), getattr(other, of))
        how = _cpu(ours, one, theirs, other) if of == "cpu" else _wall(ours, one, theirs, other)
        return Figure(f"{part:.2f}", f"≤ {most:.1f}", part <= most, how)

    return figure


def _cpu(ours: str, one: Series, theirs: str, other: Series) -> str:
    return f"CPU {_runs(ours, one, one.cpu)} : {_runs(theirs, other, other.cpu)}"


def _wall(ours: str, one: Series, theirs: str, other: Series) -> str:
    return f"wall {_runs(ours, one, one.wall)} : {_runs(theirs, other, other.wall)}"


def _runs(name: str, series: Series, seconds: float) -> str:
    return f"{seconds:.2f} s ({name}, {_count(series.count)})"


def _count(runs: int) -> str:
    return "1 run" if runs == 1 else f"{runs} runs"


def _hugo_memory(bench: Bench) -> Figure:
    ours, theirs = bench.series[PLAIN], bench.series["hugo"]
    part, pages = ratio(ours.memory, theirs.memory), page_count(bench.place)
    how = f"{ours.memory:.0f} MB : {theirs.memory:.0f} MB with {pages:,} pages"
    reached = part <= 0.25 if pages >= 3000 else None
    return Figure(f"{part:.2f}", "≤ 0.25 at 3,000 pages and more", reached, how)


def _growth(ours: str, other_size: str) -> Callable[[Bench], Figure]:
    """How much more CPU a client takes where there are ten times as many."""

    def figure(bench: Bench) -> Figure:
        place = bench.place
        sizes = {place.cold.clients: bench.series[ours], place.other.clients: bench.series[other_size]}
        small, large = min(sizes), max(sizes)
        each = {size: series.cpu / size * 1000 for size, series in sizes.items()}
        how = f"CPU for a client {each[large]:.2f} ms at {large:,} : {each[small]:.2f} ms at {small:,}"
        part = ratio(each[large], each[small])
        return Figure(
            f"{part:.2f}", "≤ 1.2", part <= 1.2, f"{how}, from nothing, {_count(sizes[large].count)}"
        )

    return figure


def _rebuild(bench: Bench) -> Figure:
    one, full = bench.series["rebuild"], bench.series["build from nothing"]
    part, most = 100 * ratio(one.cpu, full.cpu), 3 if bench.big else 5
    how = f"{_cpu('rebuild', one, 'build from nothing', full)}; wall {one.wall:.2f} s : {full.wall:.2f} s"
    return Figure(f"{part:.1f} %", f"≤ {most} %", part <= most, how)


def _limit(series: str, of: str, most: float, unit: str) -> Callable[[Bench], Figure]:
    """A figure that is to stay below a limit at 10,000 clients."""

    def figure(bench: Bench) -> Figure:
        runs = bench.series[series]
        value = float(getattr(runs, of))
        shown = f"{value:.2f} s" if unit == "s" else f"{value:.0f} MB"
        how = f"CPU {runs.cpu:.2f} s, wall {runs.wall:.2f} s, {runs.memory:.0f} MB, {_count(runs.count)}"
        how += _pace(bench) if unit == "s" else ""
        return Figure(shown, f"≤ {most:g} {unit}{at_scale(bench)}", below(bench, value, most), how)

    return figure


def _pace(bench: Bench) -> str:
    """How fast this machine is beside the one on which limits in seconds were set."""
    loop = bench.series.get(PARSE)
    if loop is None or not loop.runs:
        return ""
    files, _ = megabytes(bench.place.cold.records)
    here = loop.cpu * _SET_RECORDS / files
    return f"; parsing {_SET_RECORDS:,} records takes {here:.1f} s here, {_SET_SECONDS} s where this was set"


def at_scale(bench: Bench) -> str:
    """Says that a limit is meant for more clients than there are."""
    return "" if bench.big else " at 10,000 clients"


def below(bench: Bench, value: float, most: float) -> bool | None:
    """Whether a limit is kept; below it with fewer clients than it is meant for proves nothing."""
    return None if value <= most and not bench.big else value <= most


def _serve(bench: Bench) -> Figure:
    (seconds, idle), most = live.serve(bench.place, bench.runs), 1.5 if bench.big else 1.0
    middle = seconds[len(seconds) // 2]
    how = f"{len(seconds)} saves, {seconds[0]:.2f} to {seconds[-1]:.2f} s; idle {idle:.1%} of a processor"
    return Figure(f"{middle:.2f} s", f"≤ {most} s", middle <= most, how)


def _identical(bench: Bench) -> Figure:
    _ = bench.series["rebuild"].cpu  # where it was not measured, this says why
    differing, count = live.compare(bench.place)
    how = f"{count:,} files" + (f"; differing: {'、'.join(differing[:3])}" if differing else "")
    value = f"{len(differing)} files differ" if differing else "identical"
    return Figure(value, "byte-identical", not differing, how)


def _search_time(in_texts: bool) -> Callable[[Bench], Figure]:
    """How long the first result takes."""

    def figure(bench: Bench) -> Figure:
        found = search.search(bench.place, bench.runs, in_texts)
        how = f"“{found.typed}” in Chromium, nothing fetched before, {_count(found.count)}"
        reach = f"≤ 0.3 s{at_scale(bench)}"
        return Figure(f"{found.seconds * 1000:.0f} ms", reach, below(bench, found.seconds, 0.3), how)

    return figure


def _search_bytes(in_texts: bool) -> Callable[[Bench], Figure]:
    """How much is fetched until then."""

    def figure(bench: Bench) -> Figure:
        found = search.search(bench.place, bench.runs, in_texts)
        how = f"{found.files} files; {found.packed / 1000:,.0f} kB where the server compresses"
        reach, size = f"≤ 1.5 MB{at_scale(bench)}", found.size / 1e6
        return Figure(f"{size:.2f} MB", reach, below(bench, size, 1.5), how)

    return figure


def _dearest(kind: str, of: str, most: float, unit: str) -> Callable[[Bench], Figure]:
    """What the dearest text at its limit costs; the size of the company does not matter."""

    def figure(_: Bench) -> Figure:
        found = limits.dearest(kind)
        value = float(getattr(found, of))
        shown = f"{value:.2f} s" if unit == "s" else f"{value:.0f} MB"
        how = f"of {found.count} texts; most CPU: {found.name}; with the start of the interpreter"
        return Figure(shown, f"≤ {most:g} {unit}", value <= most, how)

    return figure


def _largest_page(bench: Bench) -> Figure:
    sizes = {file: file.stat().st_size / 1000 for file in bench.place.site.rglob("*.html")}
    ranked = sorted(sizes, key=lambda file: sizes[file], reverse=True)
    shown = [f"/{file.parent.relative_to(bench.place.site)}/ {sizes[file]:,.0f}" for file in ranked[:4]]
    how, most = f"the largest of all pages, in kB: {', '.join(shown)}", sizes[ranked[0]]
    return Figure(f"{most:,.0f} kB", f"≤ 500 kB{at_scale(bench)}", below(bench, most, 500), how)


FACTS, NOTHING, OTHER = "build from facts", "build from nothing", "build at the other size"
PLAIN = "build without search"
COLD, COLD_OTHER, PARSE = "check from nothing", "check at the other size", "parse loop"
FILLING = "check that fills the store"

LINES = (
    Line("mkdocs-facts", "full site against MkDocs, from loaded facts", (FACTS, "mkdocs"),
         _less(FACTS, "mkdocs", 10, 15)),
    Line("mkdocs-nothing", "full site against MkDocs, from nothing", (PLAIN, "mkdocs"),
         _less(PLAIN, "mkdocs", 4)),
    Line("hugo-facts", "full site against Hugo, from loaded facts", (FACTS, "hugo"),
         _at_most(FACTS, "hugo", 1.0)),
    Line("hugo-nothing", "full site against Hugo, from nothing", (PLAIN, "hugo"),
         _at_most(PLAIN, "hugo", 2.0)),
    Line("hugo-memory", "memory of the full build against Hugo's", (PLAIN, "hugo"), _hugo_memory),
    Line("pages", "build from loaded facts against the loop that renders facts in memory and writes",
         (FACTS, "render loop", "making loop"), _at_most(FACTS, "making loop", 1.3)),
    Line("pages-values", "build from loaded facts against the loop that renders ready page values and writes",
         (FACTS, "render loop"), _at_most(FACTS, "render loop", 1.3)),
    Line("growth-site", "CPU for a client with ten times as many, full site", (NOTHING, OTHER),
         _growth(NOTHING, OTHER)),
    Line("growth-check", "CPU for a client with ten times as many, check", (COLD, COLD_OTHER),
         _growth(COLD, COLD_OTHER)),
    Line("rebuild", "rebuild after one record changed, against the full build", ("rebuild", NOTHING),
         _rebuild),
    Line("identical", "the rebuilt site against a full build of the same records", ("rebuild",), _identical),
    Line("serve", "kam serve: from saving to the page seen", (), _serve),
    Line("check-cpu", "kam check from nothing against the loop that only parses, CPU", (COLD, PARSE),
         _at_most(COLD, PARSE, 1.6)),
    Line("check-wall", "kam check from nothing against the loop that only parses, wall time", (COLD, PARSE),
         _at_most(COLD, PARSE, 1.0, "wall")),
    Line("filling-cpu", "kam check from nothing that fills the store, against the same loop, CPU",
         (FILLING, PARSE), _at_most(FILLING, PARSE, 1.6)),
    Line("filling-wall", "kam check from nothing that fills the store, against the same loop, wall time",
         (FILLING, PARSE), _at_most(FILLING, PARSE, 1.0, "wall")),
    Line("changed-time", "kam check after one record changed, wall time", ("check changed",),
         _limit("check changed", "wall", 1.5, "s")),
    Line("changed-memory", "kam check after one record changed, memory", ("check changed",),
         _limit("check changed", "memory", 250, "MB")),
    Line("memory", "peak memory of a full build", (NOTHING,), _limit(NOTHING, "memory", 600, "MB")),
    Line("name-time", "search for a name: from entering the box to the first result", (),
         _search_time(False)),
    Line("name-bytes", "search for a name: bytes fetched for it", (), _search_bytes(False)),
    Line("text-time", "search for a text: from entering the box to the first result", (),
         _search_time(True)),
    Line("text-bytes", "search for a text: bytes fetched for it", (), _search_bytes(True)),
    Line("list", "the largest list page", (), _largest_page),
    Line("record-time", "the dearest record of 1 MiB: CPU", (), _dearest("record", "seconds", 2, "s")),
    Line("record-memory", "the dearest record of 1 MiB: memory", (), _dearest("record", "memory", 300, "MB")),
    Line("body-time", "the dearest body of 200 KiB: CPU", (), _dearest("body", "seconds", 2, "s")),
    Line("body-memory", "the dearest body of 200 KiB: memory", (), _dearest("body", "memory", 300, "MB")),
)  # fmt: skip
"""Every line of what is to be reached."""
