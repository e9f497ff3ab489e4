"""The overview of several repositories: the facts that each publishes (`kam facts`), read, joined and shown.

The files are semi-trusted: everything in them is shown as text, and leads nowhere but into the site that each
names.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from generator.exports.facts_shape import VERSION, Client, Obligation, Published, is_site_address
from generator.exports.lines import printable
from generator.refusal import CannotJudge, reason
from generator.site.facts import NOBODY, period_name
from generator.site.values import Badge, Card, Cell, Column, Link, Page, Row, Section, Table
from generator.site.views import cells

MOST_BYTES = 200_000_000
"""How large a file of facts may be: of 10,000 clients it has about 10 MB."""
OVERDUE, SOON, SHARED = "overdue/", "due-soon/", "shared/"
NAVIGATION = {"": "总览", OVERDUE: "逾期", SOON: "即将到期", SHARED: "共同客户"}
_PERIOD = re.compile(r"[0-9]{4}(?:-Q[1-4])?", re.ASCII)
_TIERS = {"战略": "strategic", "重点": "key", "一般": "general"}


@dataclass(frozen=True, slots=True)
class Joined:
    """Several repositories as of their days."""

    parts: tuple[Published, ...]
    """In the order of their names."""

    @property
    def as_of(self) -> date:
        """The latest of their days."""
        return max(part.as_of for part in self.parts)

    @property
    def notice(self) -> str:
        """What every page has to say: days that differ, and what was not judged."""
        told = []
        older = "、".join(f"{p.name}（{p.as_of}）" for p in self.parts if p.as_of < self.as_of)
        if older:
            told.append(f"各单位数据的截止日不同，合计不是同一天的状况；早于 {self.as_of} 的有：{older}。")
        blind = "、".join(part.name for part in self.parts if not part.judged)
        if blind:
            told.append(
                f"组织机构或人员无法读取、没有算出应办事项的单位：{blind}；合计中没有它们的应办事项。"
            )
        return "".join(told)


def read(files: Sequence[Path]) -> Joined:
    """Read the files. Raises CannotJudge with one line about the first that is not what it should be."""
    parts: dict[str, Published] = {}
    for file in files:
        part = _read(file)
        if part.name in parts:
            raise CannotJudge(
                f"{file}：名称“{printable(part.name)}”在几个文件中重复；"
                "请用 kam facts --name 写明不同的名称。"
            )
        parts[part.name] = part
    return Joined(tuple(parts[name] for name in sorted(parts)))


def _read(file: Path) -> Published:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise CannotJudge(f"{file}：文件太大，不是 kam facts 写出的汇总数据。")
        told = json.loads(file.read_bytes())
    except OSError as error:
        raise CannotJudge(f"无法读取 {file}：{reason(error)}。") from error
    except (ValueError, RecursionError) as error:
        raise CannotJudge(f"{file}：不是 JSON；请用 kam facts 重新导出。") from error
    version = told.get("version") if isinstance(told, dict) else None
    if version != VERSION:
        raise CannotJudge(f"{file}：不是第 {VERSION} 版的汇总数据；请用同一版本的 kam facts 重新导出。")
    try:
        return Published.model_validate_json(json.dumps(told))
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise CannotJudge(f"{file}：“{where}”缺少或不对；请用 kam facts 重新导出。") from error


def pages(joined: Joined, title: str) -> list[Page]:
    """All pages; long lists are not yet cut."""
    return [
        _first(joined, title),
        _list(joined, "overdue", OVERDUE, "逾期", "到期日已过而没有完成的事项"),
        _list(joined, "due-soon", SOON, "即将到期", "即将到期、还没有完成的事项"),
        _shared(joined),
    ]


def _at(part: Published, page: str | None) -> str | None:
    """The address of a page in a repository's site; None where none is known."""
    if page is None or part.site is None or not is_site_address(part.site):
        return None
    return part.site.rstrip("/") + "/" + page


def _first(joined: Joined, title: str) -> Page:
    sums = [part.summary.obligations for part in joined.parts]
    overdue, soon = sum(one.overdue for one in sums), sum(one.due_soon for one in sums)
    shared = _by_code(joined)
    cards = (
        Card("单位", str(len(joined.parts))),
        Card("客户", str(sum(len(part.clients) for part in joined.parts))),
        Card("逾期", str(overdue), OVERDUE, "overdue" if overdue else ""),
        Card("即将到期", str(soon), SOON, "due-soon" if soon else ""),
        Card("格式错误和违反制度", str(sum(part.summary.findings.errors for part in joined.parts))),
        Card("几个单位共同的客户", str(len(shared)), SHARED),
    )
    columns = (
        Column("单位", "name"),
        Column("截止日", "day"),
        *(Column(label, "num") for label in ("客户", "逾期", "即将到期", "已完成", "错误", "提示")),
    )
    rows = tuple(_repository(part) for part in joined.parts)
    units = tuple(row for part in joined.parts for row in _units(part))
    of_unit = (Column("单位"), Column("部门"), *(Column(one, "num") for one in ("客户", "逾期", "即将到期")))
    return Page(
        "",
        title,
        (
            Section("现状", "state", cards=cards),
            Section(
                "各单位",
                "parts",
                tables=(Table("各单位", columns, rows, sortable=True, hidden_caption=True),),
            ),
            Section(
                "各部门",
                "units",
                notes=("由几个事业部经营的客户，在每个事业部下都计入。",),
                tables=(Table("各部门", of_unit, units, sortable=True, hidden_caption=True),),
            ),
        ),
        wide=True,
    )


def _repository(part: Published) -> Row:
    owed, found = part.summary.obligations, part.summary.findings
    return (
        cells.link(Link(part.name, _at(part, ""))),
        cells.day(part.as_of),
        cells.number(len(part.clients)),
        _pressing(part, owed.overdue, part.pages.overdue),
        _pressing(part, owed.due_soon, part.pages.due_soon),
        _pressing(part, owed.done + owed.late),
        cells.number(found.errors, _at(part, part.pages.findings)),
        cells.number(found.warnings, _at(part, part.pages.findings)),
    )


def _pressing(part: Published, count: int, page: str | None = None) -> Cell:
    """How many obligations; a dash where nothing was derived."""
    return cells.number(count if part.judged else None, _at(part, page))


def _units(part: Published) -> Iterable[Row]:
    for unit in part.units:
        yield (
            cells.text(part.name),
            cells.link(Link(unit.name, _at(part, unit.page))),
            cells.number(unit.clients, _at(part, unit.page)),
            _pressing(part, unit.overdue, unit.page),
            _pressing(part, unit.due_soon, unit.page),
        )


_LISTED = (
    Column("状态", "keep"),
    Column("单位"),
    Column("客户或部门"),
    Column("应办事项", "wide"),
    Column("期间", "keep"),
    Column("到期日", "day"),
    Column("责任人", "names"),
)


def _list(joined: Joined, status: str, url: str, label: str, meaning: str) -> Page:
    found = [(part, one) for part in joined.parts for one in part.obligations if one.status == status]
    # Days that differ: the longest overdue need not be the one that was due first.
    found.sort(key=lambda pair: (-(pair[1].days_overdue or 0), pair[1].due))
    rows = tuple(_line(part, one) for part, one in found)
    table = Table(f"全部{label}事项", _LISTED, rows, f"没有{label}事项。", sortable=True, hidden_caption=True)
    return Page(
        url,
        label,
        (Section(f"全部{label}事项", "all", tables=(table,)),),
        notes=(f"{meaning}，各单位合计 {len(rows)} 项。",),
        filtered=bool(rows),
        wide=True,
        print_landscape=True,
    )


def _line(part: Published, one: Obligation) -> Row:
    late = f"已逾期 {one.days_overdue} 天" if one.days_overdue is not None else ""
    badge = Badge("overdue", "逾期") if one.status == "overdue" else Badge("due-soon", "即将到期")
    return (
        Cell(badge=badge, note=late, sort=str(one.due)),
        cells.link(Link(part.name, _at(part, ""))),
        cells.link(Link(one.subject, _at(part, one.page))),
        cells.text(one.label),
        cells.text(_period(one.period), sort=one.period),
        cells.day(one.due),
        cells.text("、".join(one.responsible) or NOBODY),
    )


def _period(text: str) -> str:
    return period_name(text) if _PERIOD.fullmatch(text) else text


def _by_code(joined: Joined) -> dict[str, list[tuple[Published, Client]]]:
    """The clients that several repositories know by the same 统一社会信用代码."""
    found: dict[str, list[tuple[Published, Client]]] = {}
    for part in joined.parts:
        for client in part.clients:
            if client.credit_code:
                found.setdefault(client.credit_code, []).append((part, client))
    return {code: known for code, known in sorted(found.items()) if len({p.name for p, _ in known}) > 1}


def _shared(joined: Joined) -> Page:
    columns = (
        Column("信用代码", "keep"),
        Column("单位"),
        Column("客户"),
        Column("等级", "keep"),
        Column("部门", "names"),
        Column("客户经理", "names"),
        Column("逾期", "num"),
        Column("即将到期", "num"),
    )
    shared = _by_code(joined)
    rows = tuple(row for code, known in shared.items() for row in _shared_lines(code, known))
    table = Table("共同客户", columns, rows, "没有几个单位共同的客户。", sortable=True, hidden_caption=True)
    return Page(
        SHARED,
        "共同客户",
        (Section("几个单位共同的客户", "clients", tables=(table,)),),
        notes=(f"按统一社会信用代码核对，共 {len(shared)} 家；每个单位一行。",),
        filtered=bool(rows),
        wide=True,
    )


def _shared_lines(code: str, known: Sequence[tuple[Published, Client]]) -> Iterable[Row]:
    differ = len({(client.tier, client.level) for _, client in known}) > 1
    for part, client in known:
        owed = f"{client.page}#duties"
        yield (
            cells.text(code),
            cells.link(Link(part.name, _at(part, ""))),
            cells.link(Link(client.name, _at(part, client.page))),
            Cell(badge=_rating(part, client), note="各单位等级不同" if differ else ""),
            cells.text("、".join(client.divisions)),
            cells.text("、".join(client.managers) or "未指定"),
            _pressing(part, client.overdue, owed),
            _pressing(part, client.due_soon, owed),
        )


def _rating(part: Published, client: Client) -> Badge:
    if client.ended_on is not None and client.ended_on < part.as_of:
        return Badge("ended", f"已终止（{client.ended_on}）")
    if client.tier is None:
        return Badge("unrated", "未评级")
    return Badge(_TIERS[client.tier], client.tier + (f"（{client.level}级）" if client.level else ""))
