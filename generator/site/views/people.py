"""人员: who owes what, what each has done, which clients each answers for."""

from collections import Counter

from generator.model.organization import UnitKind
from generator.obligations.kinds import Status
from generator.obligations.obligation import Obligation
from generator.site import addresses
from generator.site.facts import Facts
from generator.site.owed import in_order, is_open
from generator.site.summary import Counts, Doings
from generator.site.values import Card, Cell, Column, Link, Page, Row, Section, Table
from generator.site.views import cells, client_visits, clients, duties
from generator.site.views.doings import doings_of

_COLUMNS = (
    Column("姓名", "name"),
    Column("任职", "wide"),
    Column("客户经理", "num"),
    Column("逾期", "num"),
    Column("即将到期", "num"),
    Column("未到期", "num"),
    Column("本年已完成", "num"),
)


def index(facts: Facts) -> Page:
    """Everybody, by unit on the day; who holds no position then comes last."""
    company = facts.result.world.company
    units = [unit for kind in UnitKind for unit in company.of_kind(kind)]
    shown: set[str] = set()
    sections = []
    for unit in units:
        people = [id_ for id_ in company.people if company.is_in(id_, unit.id, facts.as_of)]
        shown |= set(people)
        if people:
            rows = tuple(_row(facts, id_) for id_ in people)
            table = Table(unit.name, _COLUMNS, rows, sortable=True, hidden_caption=True)
            sections.append(Section(f"{unit.name}（{len(people)} 人）", unit.id, tables=(table,)))
    rest = [id_ for id_ in company.people if id_ not in shown]
    if rest:
        table = Table(
            "当日没有任职",
            _COLUMNS,
            tuple(_row(facts, id_) for id_ in rest),
            sortable=True,
            hidden_caption=True,
        )
        sections.append(Section(f"当日没有任职（{len(rest)} 人）", "none", tables=(table,)))
    return Page(
        addresses.PEOPLE,
        "人员",
        tuple(sections) or (Section("人员", "none", notes=("没有可用的人员记录。",)),),
        notes=("按截止日当天的任职分组；兼任几个单位的，在每个单位下都列出。",),
        filtered=True,
        wide=True,
    )


def _row(facts: Facts, id_: str) -> Row:
    counts = facts.owed.people.get(id_, Counts())
    url = addresses.person(id_)
    return (
        cells.link(facts.person(id_), note=id_),
        cells.text(facts.positions(id_, facts.as_of)),
        cells.number(counts.manages, f"{url}#clients"),
        cells.number(counts.overdue, f"{url}#owed"),
        cells.number(counts.soon, f"{url}#owed"),
        cells.number(counts.open, f"{url}#owed"),
        cells.number(counts.done, f"{url}#done"),
    )


def card(facts: Facts, id_: str) -> Page:
    """Of a person's page what the search looks through."""
    return Page(addresses.person(id_), facts.person(id_).text, (_positions(facts, id_),))


def page(facts: Facts, id_: str) -> Page:
    """A person: positions, what is owed, what was done, clients, visits, papers."""
    mine = facts.owed.of_person(id_)
    doing = doings_of(facts, id_)
    sections = (
        _positions(facts, id_),
        _owed(facts, mine),
        _clients(facts, doing),
        _visits(facts, doing),
        _written(facts, doing),
        _done(facts, mine),
    )
    return Page(
        addresses.person(id_),
        facts.person(id_).text,
        sections,
        crumbs=(Link("人员", addresses.PEOPLE),),
        wide=True,
    )


def _positions(facts: Facts, id_: str) -> Section:
    company = facts.result.world.company
    person = company.people[id_]
    rows: list[Row] = [
        (
            cells.link(facts.unit(post.unit)),
            cells.text(
                post.title.value if post.title else "职务不明",
                note=_printed(facts.position(post), post.unit, facts),
            ),
            cells.day(post.start),
            cells.day(post.end) if post.end else cells.text("至今", sort="9999"),
            cells.badge(
                *(
                    ("present", "在任")
                    if post.held(facts.as_of)
                    else ("past", "已离任" if post.end and post.end < facts.as_of else "未到任")
                )
            ),
        )
        for post in company.all_posts(id_)
    ]
    columns = (
        Column("单位"),
        Column("职务"),
        Column("开始", "day"),
        Column("结束", "day"),
        Column("状态", "keep"),
    )
    return Section(
        "任职",
        "positions",
        facts=(cells.fact("编号", id_), cells.fact("电邮", person.email), cells.fact("电话", person.phone)),
        tables=(Table("任职", columns, tuple(rows), "没有任职记录。", hidden_caption=True),),
    )


def _printed(position: str, unit: str, facts: Facts) -> str:
    title = position.removeprefix(facts.result.world.company.unit_name(unit))
    return title if title not in ("总经理", "副总经理", "总监", "副总监", "业务员", "职员") else ""


def _owed(facts: Facts, mine: list[Obligation]) -> Section:
    still = in_order(one for one in mine if is_open(one))
    counts = Counter(one.status for one in still)
    cards = tuple(
        Card(status.label, str(counts[status]), kind=status.value if counts[status] else "")
        for status in (Status.OVERDUE, Status.DUE_SOON, Status.OPEN)
    )
    if not still:
        return Section("待完成事项", "owed", notes=("目前没有待完成的事项。",))
    return Section(
        "待完成事项",
        "owed",
        cards=cards,
        tables=(duties.table(duties.rows(facts, still), "待完成事项", hidden_caption=True),),
    )


def _done(facts: Facts, mine: list[Obligation]) -> Section:
    year = facts.as_of.year
    done = sorted(
        (one for one in mine if one.done_on and one.done_on.year == year),
        key=lambda one: (one.done_on, one.sort_key),
        reverse=True,
    )
    title = f"{year} 年已完成事项"
    if not done:
        return Section(title, "done", notes=("本年还没有完成的事项。",))
    late = sum(1 for one in done if one.status is Status.LATE)
    note = f"完成 {len(done)} 项，其中逾期完成 {late} 项。"
    table = duties.done_table(facts, done, title, hidden_caption=True)
    return Section(title, "done", notes=(note,), tables=(table,))


def _clients(facts: Facts, doing: Doings) -> Section:
    tables = []
    if doing.manages:
        rows: tuple[Row, ...] = tuple(
            (
                cells.link(facts.client(client)),
                Cell(badge=facts.faces[client].as_listed().badge),
                *clients.pressing(facts, client),
            )
            for client in doing.manages
        )
        columns = (Column("客户"), Column("等级"), Column("逾期", "num"), Column("即将到期", "num"))
        tables.append(Table("任客户经理的客户", columns, rows, sortable=True))
    if doing.teams:
        team_rows: tuple[Row, ...] = tuple(
            (cells.link(facts.client(client)), cells.text(role), cells.text(days))
            for client, role, days in doing.teams
        )
        tables.append(Table("所在团队", (Column("客户"), Column("角色", "keep"), Column("日期")), team_rows))
    notes = () if tables else ("本年没有担任客户经理，也不在客户经理团队中。",)
    return Section("客户和团队", "clients", notes=notes, tables=tuple(tables))


def _visits(facts: Facts, doing: Doings) -> Section:
    visits = sorted(doing.visits, key=lambda one: one[:2], reverse=True)
    title = f"{facts.as_of.year} 年拜访"
    if not visits:
        return Section(title, "visits", notes=("本年还没有拜访记录。",))
    rows = tuple(row for _, _, row in visits)
    table = Table(title, client_visits.VISITS_WITH_CLIENT, rows, sortable=True, hidden_caption=True)
    return Section(f"{title}（{len(visits)} 次）", "visits", tables=(table,))


def _written(facts: Facts, doing: Doings) -> Section:
    papers = sorted(doing.papers, key=lambda one: (one[0], one[2], one[1].text), reverse=True)
    title = f"{facts.as_of.year} 年编写的方案、计划和报告"
    if not papers:
        return Section(title, "papers", notes=("本年还没有编写方案、计划或报告。",))
    rows: tuple[Row, ...] = tuple(
        (cells.text(day or "—"), cells.link(facts.client(client)), cells.link(link))
        for day, link, client in papers
    )
    columns = (Column("日期", "day"), Column("客户"), Column("文件", "wide"))
    return Section(title, "papers", tables=(Table(title, columns, rows, sortable=True, hidden_caption=True),))
