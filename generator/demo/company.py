"""The company: its business groups, divisions and departments, as large as its clients are many."""

from dataclasses import dataclass
from math import ceil

from generator.demo.lines import FAMILIES, LINES, Line
from generator.demo.order import Order
from generator.demo.organization import Person, Seat, Staffing

CLIENTS_OF_DIVISION = 100
CLIENTS_OF_SEAT = 11
"""How many clients one of the sales staff has."""
LEAST_DIVISIONS = 4
SPLIT_FROM = 30
"""From so many divisions on each family of goods has two business groups, north and south."""

_REGIONS = (
    ("huabei", "华北"),
    ("huadong", "华东"),
    ("dongbei", "东北"),
    ("huanan", "华南"),
    ("huazhong", "华中"),
    ("xinan", "西南"),
    ("jiaodong", "胶东"),
    ("minyue", "闽粤"),
    ("xibei", "西北"),
    ("yanjiang", "沿江"),
)
"""Every second one belongs to the south."""
_ORDINALS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Division:
    """A division: what it deals in, who runs it, and who sells."""

    id: str
    name: str
    line: Line
    region: int
    group: "Group"
    clients: int
    head: Seat
    sales: tuple[Seat, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A business group with its directors."""

    id: str
    name: str
    directors: tuple[Seat, ...]
    divisions: list[Division]


@dataclass(frozen=True, slots=True)
class Department:
    """A functional department: its head and its staff."""

    id: str
    name: str
    head: Seat
    staff: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody and everything that clients are handled by."""

    leaders: tuple[Seat, ...]
    groups: tuple[Group, ...]
    divisions: tuple[Division, ...]
    key_accounts: Department
    planning: Department
    risk_control: Department
    people: tuple[Person, ...]

    @property
    def departments(self) -> tuple[Department, ...]:
        """The three departments."""
        return self.key_accounts, self.planning, self.risk_control


def build(order: Order) -> Company:
    """The company for so many clients."""
    staffing = Staffing(order)
    leaders = [staffing.seat("company", "总经理", change=0)]
    leaders += [
        staffing.seat("company", "副总经理", change=0.05) for _ in range(_between(order.clients, 1200, 2, 9))
    ]
    sizes = _sizes(order)
    groups: dict[str, Group] = {}
    divisions: list[Division] = []
    for number, size in enumerate(sizes):
        line = LINES[number % len(LINES)]
        region = number // len(LINES) % len(_REGIONS)
        group = _group(staffing, groups, line, region, len(sizes))
        division = _division(staffing, number, len(sizes), group, size)
        group.divisions.append(division)
        divisions.append(division)
    return Company(
        tuple(leaders),
        tuple(groups.values()),
        tuple(divisions),
        _department(staffing, "key-accounts", "大客户部", _between(order.clients, 600, 2, 24)),
        _department(staffing, "planning", "企划部", 1),
        _department(staffing, "risk-control", "风控部", 1),
        tuple(staffing.people),
    )


def _between(clients: int, for_each: int, least: int, most: int) -> int:
    return min(least + clients // for_each, most)


def _sizes(order: Order) -> list[int]:
    """How many clients each division has: some more, some fewer than the mean."""
    count = max(LEAST_DIVISIONS, round(order.clients / CLIENTS_OF_DIVISION))
    rng = order.random("divisions")
    weights = [rng.randint(75, 125) for _ in range(count)]
    ends = [sum(weights[: at + 1]) * order.clients // sum(weights) for at in range(count)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _group(staffing: Staffing, groups: dict[str, Group], line: Line, region: int, count: int) -> Group:
    id_, name = line.family, FAMILIES[line.family]
    if count >= SPLIT_FROM:
        south = region % 2
        id_, name = f"{id_}-{('north', 'south')[south]}", f"{'北南'[south]}方{name}"
    if id_ not in groups:
        directors = [staffing.seat(id_, "总监", change=0.03)]
        directors += [staffing.seat(id_, "副总监", change=0.05) for _ in range(min(1 + count // 12, 5))]
        groups[id_] = Group(id_, f"{name}业务本部", tuple(directors), [])
    return groups[id_]


def _division(staffing: Staffing, number: int, count: int, group: Group, size: int) -> Division:
    line = LINES[number % len(LINES)]
    region, again = number // len(LINES) % len(_REGIONS), number // (len(LINES) * len(_REGIONS))
    id_, name = line.id, line.name
    if count > len(LINES):
        id_, name = f"{_REGIONS[region][0]}-{id_}", _REGIONS[region][1] + name
    if again:
        id_, name = f"{id_}-{again + 1}", f"{name}第{_ORDINALS[again]}"
    head = staffing.seat(id_, "总经理", change=0.05, heir="副总经理" if size >= 20 else None)
    seats = max(3, ceil(size / CLIENTS_OF_SEAT))
    sales = tuple(staffing.seat(id_, "业务员", change=0.07) for _ in range(seats))
    return Division(id_, f"{name}事业部", line, region, group, size, head, sales)


def _department(staffing: Staffing, id_: str, name: str, staff: int) -> Department:
    head = staffing.seat(id_, "总经理", change=0)
    return Department(id_, name, head, tuple(staffing.seat(id_, "职员", change=0.06) for _ in range(staff)))


def units_text(company: Company) -> str:
    """organization/units.yml."""
    lines = ["公司: {编号: company, 名称: 恒岳钢铁贸易股份有限公司}", "业务本部:"]
    for group in company.groups:
        lines += [f"  - 编号: {group.id}", f"    名称: {group.name}", "    事业部:"]
        lines += [f"      - {{编号: {one.id}, 名称: {one.name}}}" for one in group.divisions]
    lines.append("职能部门:")
    lines += [f"  - {{编号: {one.id}, 名称: {one.name}}}" for one in company.departments]
    return "\n".join(lines) + "\n"


def people_text(company: Company) -> str:
    """organization/people.yml."""
    lines: list[str] = []
    for number, person in enumerate(company.people, 101):
        lines += [
            f"- 编号: {person.id}",
            f"  姓名: {person.name}",
            f"  电邮: {person.id.replace('-', '.')}@example.com",
            f'  电话: "010-555{number // 10000} {number % 10000:04}"',
            "  任职:",
        ]
        for unit, title, start, end in person.positions:
            until = f", 结束: {end}" if end else ""
            lines.append(f"    - {{单位: {unit}, 职务: {title}, 开始: {start}{until}}}")
    return "\n".join(lines) + "\n"


def policy_text(order: Order) -> str:
    """policy.yml: in use from the autumn in which the first year was prepared."""
    start = f"{order.first_year - 1}-10-01"
    return f"- {{生效日期: {start}, 启用日期: {start}, 节假日顺延: true}}\n"
