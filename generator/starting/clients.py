"""Starting what is kept of a client: its archive (annex 1) and its special events."""

from dataclasses import dataclass

from generator.model.clients import ClientType
from generator.model.periods import Kind
from generator.policy.days import first_of, last_of
from generator.standing.clients import Client
from generator.starting.known import CannotStart, Known, checked_id
from generator.starting.text import Entry, New, comment, items, line, yaml_record


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What is asked about a new client."""

    id: str
    name: str | None = None
    types: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    manager: str | None = None


def archive(known: Known, facts: ClientFacts) -> New:
    """clients/<client>/archive.yml."""
    checked_id(facts.id, "客户")
    _new_client(known, facts)
    types = tuple(dict.fromkeys(facts.types))
    divisions = list(dict.fromkeys(known.division(one, known.day) for one in facts.divisions))
    lines = [
        comment(f"{Kind.ARCHIVE}。每项冒号后空一格再填；确实没有的写“无”；不用的可选项可删去。"),
        line("客户名称", facts.name),
        line("客户类型", types, f"{'、'.join(ClientType)}，可兼有，如 [{ClientType.SUPPLIER}]"),
        line("业务单位", divisions, f"与客户有业务的事业部：{_divisions(known)}"),
        *_manager(known, facts, divisions),
        comment("境外: true  （境外客户才写）"),
        line("统一社会信用代码", hint="可选，18 位"),
        line("通讯地址"),
        line("邮政编码", hint='可选，加引号，如 "063000"'),
        line("联系人", hint="可选"),
        line("联系人电话"),
        line("传真", hint="可选"),
        line("电邮"),
        line("法人代表"),
        *items("管理层", [[Entry("姓名"), Entry("职务", hint="可选")]], "每人一项；整项可写 无"),
        *items("主要股东", [[Entry("名称"), Entry("持股比例", hint="可选，百分数，如 62.5")]], "整项可写 无"),
        *_trade(known),
        *_papers(facts.id),
        line("建档日期", known.day),
    ]
    return New(known.path("clients", facts.id, "archive.yml"), yaml_record(lines))


def _new_client(known: Known, facts: ClientFacts) -> None:
    if facts.id in known.world.clients:
        raise CannotStart(f"客户编号 {facts.id} 已经有了，不会覆盖；请直接修改，或另取编号。")
    same = [one.id for one in known.world.clients.values() if facts.name and one.name == facts.name]
    if same:
        raise CannotStart(f"已有客户叫“{facts.name}”：{same[0]}；请核对是不是同一个客户。")


def _divisions(known: Known) -> str:
    units = known.company.units.values()
    found = [one for one in units if known.world.is_division(one.id, known.day)]
    return "、".join(f"{one.id} {one.name}" for one in found)


def _manager(known: Known, facts: ClientFacts, divisions: list[str]) -> list[str]:
    if facts.manager is None:
        return items("客户经理", [[Entry("人员", hint="经办的业务员；有 team.yml 以后可删去这一项")]])
    person = known.person(facts.manager)
    if divisions and not any(known.company.is_in(person, unit, known.day) for unit in divisions):
        raise CannotStart(f"{known.named(person)}在客户的业务单位没有任职；请由经办的业务员任客户经理。")
    return [line("客户经理", person)]


def _trade(known: Known) -> list[str]:
    return [
        comment("以下有了再写，去掉行首的 # 和一个空格："),
        comment("与我司合作记录:"),
        "#   开始年份: 2009",
        "#   年度经营数量:",
        f"#     - {{年份: {known.day.year - 1}, 方向: 采购, 品种: 热轧卷板, 数量: 118500, 计量单位: 吨}}",
    ]


def _papers(client: str) -> list[str]:
    return [
        comment("附件:"),
        f"#   - {{类别: 营业执照, 文件: attachments/business-licence.pdf, 收集日期: …, 有效期至: …}}"
        f"  # 文件放在 clients/{client}/attachments",
    ]


def events(known: Known, client: Client, year: int, by: str | None = None) -> New:
    """clients/<client>/<year>/events.yml: one event, of today."""
    path = known.path("clients", client.id, year, "events.yml")
    if path in client.records:
        entry = f"- {{发生日期: {known.day}, 情况: …, 登记人: …}}"
        raise CannotStart(f"{path} 已存在，不会覆盖；请在其中加一行 {entry}。")
    happened = known.day if first_of(year) <= known.day <= last_of(year) else None
    entry_lines = [
        Entry("发生日期", happened, "3 天内应作特别拜访"),
        Entry("情况", hint="如 高炉事故停产"),
        Entry("登记人", by or known.writer(client, year)),
    ]
    head = comment(f"{client.name} {year} 年{Kind.EVENTS}。得知当天登记，每件一项。")
    return New(path, yaml_record([head, *items("特殊情况", [entry_lines])]))
