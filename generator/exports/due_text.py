"""`kam due` as a person reads it: a table, overdue first, by person on demand."""

from collections.abc import Callable, Iterable, Sequence

from generator.exports.check_text import Style, plain
from generator.exports.due_table import HEADINGS, NOBODY, cells
from generator.exports.lines import printable
from generator.exports.source import width
from generator.obligations.kinds import Status
from generator.obligations.obligation import Obligation
from generator.pipeline import Result

_ORDER = (Status.OVERDUE, Status.DUE_SOON, Status.OPEN, Status.WAIVED, Status.LATE, Status.DONE)
_COLOURS = {Status.OVERDUE: "red", Status.DUE_SOON: "yellow"}


def render(
    result: Result, obligations: Sequence[Obligation], style: Style = plain, *, by_person: bool = False
) -> str:
    """The tables, then how many obligations stand how."""
    counts = result.counts()
    sums = "、".join(f"{status.label} {counts[status]}" for status in _ORDER)
    parts = []
    if not obligations:
        parts.append("没有符合条件的应办事项。\n")
    elif by_person:
        for name, chosen in _by_person(result, obligations):
            parts.append(
                f"{style(printable(name), 'bold')}（{len(chosen)} 项）\n{_table(result, chosen, style)}"
            )
    else:
        parts.append(_table(result, obligations, style))
    if not result.judged:
        parts.append("组织机构或人员名册无法读取，应办事项没有判断；请先运行 kam check。\n")
    parts.append(f"截至 {result.as_of}，全部应办事项：{sums}。\n")
    return "\n".join(parts)


def _by_person(result: Result, obligations: Sequence[Obligation]) -> Iterable[tuple[str, list[Obligation]]]:
    found: dict[str, list[Obligation]] = {}
    for one in obligations:
        for person in one.responsible or ("",):
            found.setdefault(person, []).append(one)
    for person in sorted(found, key=lambda id_: (id_ == "", id_)):
        name = f"{result.world.company.person_name(person)} {person}" if person else NOBODY
        yield name, found[person]


def _table(result: Result, obligations: Sequence[Obligation], style: Style) -> str:
    ordered = sorted(obligations, key=lambda one: _ORDER.index(one.status))
    rows = [tuple(printable(cell) for cell in cells(result, one)) for one in ordered]
    used = [at for at, _ in enumerate(HEADINGS) if any(row[at] for row in rows)]
    widths = {at: max(width(HEADINGS[at]), *(width(row[at]) for row in rows)) for at in used}
    lines = [_line(HEADINGS, used, widths, lambda text: style(text, "bold"))]
    for one, row in zip(ordered, rows, strict=True):
        lines.append(_line(row, used, widths, _painter(style, _COLOURS.get(one.status))))
    return "\n".join(lines) + "\n"


def _painter(style: Style, colour: str | None) -> Callable[[str], str]:
    return (lambda text: style(text, colour)) if colour else str


def _line(
    row: Sequence[str], used: Sequence[int], widths: dict[int, int], first: Callable[[str], str]
) -> str:
    padded = [row[at] + " " * (widths[at] - width(row[at])) for at in used]
    return "  ".join([first(padded[0]), *padded[1:]]).rstrip()
