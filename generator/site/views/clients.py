"""客户: the index of all clients, grouped by tier."""

from collections import Counter
from datetime import date

from generator.model.clients import ClientType
from generator.obligations.kinds import Status
from generator.site import addresses
from generator.site.facts import TIERS, Facts, tier
from generator.site.values import Badge, Cell, Column, Link, Page, Row, Section, Table
from generator.site.views import cells
from generator.standing.clients import Client

ENDED = "ended"


def group_of(facts: Facts, client: Client) -> str:
    """The group under which a client is listed: its tier, or that the business has ended."""
    if client.has_ended(facts.as_of):
        return ENDED
    return tier(facts.rating(client.id)).id


def groups(facts: Facts) -> dict[str, list[str]]:
    """All clients by group, in the order of the tiers; groups without a client are left out."""
    found: dict[str, list[str]] = {id_: [] for id_ in (*(group.id for group in TIERS), ENDED)}
    for client, face in facts.faces.items():
        found[face.group].append(client)
    return {id_: clients for id_, clients in found.items() if clients}


def pressing(facts: Facts, client: str) -> tuple[Cell, Cell]:
    """How many of a client's obligations are overdue, and due soon."""
    face = facts.faces[client]
    return _pressing(client, face.count(Status.OVERDUE.value), face.count(Status.DUE_SOON.value))


def _pressing(client: str, overdue: int, soon: int) -> tuple[Cell, Cell]:
    url = f"{addresses.client(client)}#duties"
    return cells.number(overdue, url), cells.number(soon, url)


LABELS = {
    **{group.id: f"{group.label}客户" for group in TIERS},
    "unrated": "未评级客户",
    ENDED: "已终止业务的客户",
}
KINDS = {**{group.id: group.kind for group in TIERS}, ENDED: "ended"}


def page(facts: Facts) -> Page:
    """The index, with a box that filters it."""
    found = groups(facts)
    sections = tuple(_section(facts, id_, clients) for id_, clients in found.items())
    total = len(facts.faces)
    return Page(
        addresses.CLIENTS,
        "客户",
        sections or (Section("客户", "none", notes=("还没有客户档案。",)),),
        notes=(f"共 {total} 家客户，按截止日当天的评级分组。",),
        filtered=bool(total),
        wide=True,
    )


_COLUMNS = (
    Column("客户", "name", 22),
    Column("等级", "keep", 13),
    Column("客户类型", "keep", 12),
    Column("事业部", "names", 15),
    Column("客户经理", "names", 9),
    Column("逾期", "num", 6),
    Column("即将到期", "num", 8),
    Column("检查问题", "num", 8),
    Column("最近拜访", "day", 7),
)


def _section(facts: Facts, id_: str, clients: list[str]) -> Section:
    rows = tuple(facts.faces[client].as_listed().row for client in clients)
    table = Table(LABELS[id_], _COLUMNS, rows, sortable=True, hidden_caption=True)
    return Section(f"{LABELS[id_]}（{len(clients)} 家）", id_, tables=(table,))


def row(facts: Facts, client: Client) -> Row:
    """A client's line."""
    counts = Counter(one.status for one in facts.owed.of(client.id))
    failing = [f for f in facts.client_findings.get(client.id, ()) if not f.waived]
    url = addresses.client(client.id)
    last = client.visits[-1] if client.visits else None
    return (
        cells.link(facts.client(client.id), note=client.id),
        Cell(badge=rating_badge(facts, client)),
        cells.text("、".join(types(client, facts.as_of))),
        cells.links(facts.unit(unit) for unit in facts.divisions(client)),
        manager_cell(facts, client),
        *_pressing(client.id, counts[Status.OVERDUE], counts[Status.DUE_SOON]),
        cells.number(len(failing), f"{url}#findings"),
        cells.day(last.place.day, facts.page_of(last.path)) if last else cells.day(None),
    )


def types(client: Client, day: date) -> list[str]:
    """What the client is to us on a day, suppliers first."""
    found = client.types(day)
    return [type_.value for type_ in ClientType if type_ in found]


def rating_badge(facts: Facts, client: Client) -> Badge:
    """The tier as a badge; that the business has ended where it has."""
    if client.has_ended(facts.as_of):
        return Badge("ended", f"已终止（{client.ended_on}）")
    group = tier(facts.rating(client.id))
    return Badge(group.kind, group.label)


def manager_cell(facts: Facts, client: Client) -> Cell:
    """The account manager, or that there is none."""
    named = facts.result.world.account_managers(client, facts.as_of.year, facts.as_of)
    return cells.links((Link("未指定"),) if not named else facts.people(named))
