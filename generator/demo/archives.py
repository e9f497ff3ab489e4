"""clients/<client>/archive.yml and its attachments (annex 1)."""

from datetime import date

from generator.demo import papers
from generator.demo.places import TOWNS, abroad, street
from generator.demo.story import Story
from generator.model.clients import ClientType
from generator.model.ratings import Tier
from generator.policy.days import first_of, plus
from generator.standing.credit_code import check_character

GRACE = 30
"""Days that a newly strategic or key client is given (新评级宽限)."""
_NOTES = (
    "补上年经营数量",
    "核对联系人和电话",
    "更换联系人",
    "核对股东和管理层",
    "更新通讯地址",
    "核对附件目录",
    "补营业执照变更页",
    "核对开票资料",
)


def archive(story: Story) -> None:
    """Tell the archive and the papers it names."""
    client = story.client
    code = None if client.abroad else credit_code(client.number, TOWNS[client.number % len(TOWNS)].code)
    reviews = _reviews(story)
    lines = [
        f"客户名称: {client.name}",
        f"客户类型: [{', '.join(kind for kind in ClientType if kind.side in client.sides)}]",
        f"业务单位: [{', '.join(one.id for one in client.divisions)}]",
        *(["集成供应: true"] if client.integrated else []),
        *_manager(story),
        *_where(story, code),
        *_who(story),
        *_trade(story, reviews[-1] if reviews else client.opened),
        *_attachments(story, code),
        f"建档日期: {client.opened}",
        *_went_through(story, reviews),
        *_copies(story, reviews),
        *([f"终止日期: {client.ended}"] if client.ended else []),
    ]
    story.put("archive.yml", "\n".join(lines) + "\n")


def credit_code(number: int, town: str) -> str:
    """A code of its own for each client, with its check character."""
    code = f"91{town}555{number * 7919 % 1_000_000:06}"
    return code + check_character(code)


def _manager(story: Story) -> list[str]:
    """客户经理, where the client is general at some time; a strategic or key one has a team."""
    client = story.client
    tiers = [rating.tier for held in client.ratings.values() for rating in held]
    if tiers and Tier.GENERAL not in tiers:
        return []
    spells = client.seat().spells(max(client.opened, first_of(story.order.first_year)), date.max)
    if len(spells) == 1:
        return [f"客户经理: {spells[0][0]}"]
    lines = ["客户经理:"]
    for person, start, end in spells:
        days = (f", 开始: {start}" if start else "") + (f", 结束: {end}" if end else "")
        lines.append(f"  - {{人员: {person}{days}}}")
    return lines


def _where(story: Story, code: str | None) -> list[str]:
    client, rng = story.client, story.rng
    contact, host = story.people[-1][0], f"{client.id}.example.com"
    if client.abroad:
        address, phone = abroad(rng)
        return [
            "境外: true",
            f"通讯地址: {address}",
            f"联系人: {contact}",
            f'联系人电话: "{phone}"',
            "传真: 无",
            f"电邮: marketing@{host}",
        ]
    town, number = TOWNS[client.number % len(TOWNS)], rng.randint(100, 9898)
    return [
        f"统一社会信用代码: {code}",
        f"通讯地址: {town.name}{street(rng, client.brand)}",
        f'邮政编码: "{town.post}"',
        f"联系人: {contact}",
        f'联系人电话: "{town.dial}-555 {number:04}"',
        *([f'传真: "{town.dial}-555 {number + 1:04}"'] if number % 4 else []),
        f"电邮: {rng.choice(('office', 'sales', 'supply', 'contact'))}@{host}",
    ]


def _who(story: Story) -> list[str]:
    client, rng, people = story.client, story.rng, story.people
    lines = [f"法人代表: {people[0][0]}", "管理层:"]
    lines += [f"  - {{姓名: {name}, 职务: {title}}}" for name, title in people]
    first = rng.randint(510, 880)
    second = rng.randint(60, 960 - first)
    brand = client.name.split("（")[0].removesuffix("公司") if client.abroad else client.brand
    owners = [
        (f"{brand}控股有限公司", first),
        (people[0][0], second),
        ("员工持股平台", 1000 - first - second),
    ]
    lines.append("主要股东:")
    for name, share in owners[: rng.randint(1, 3)]:
        lines.append(f"  - {{名称: {name}, 持股比例: {share // 10}.{share % 10}}}")
    return lines


def _trade(story: Story, gone_through: date) -> list[str]:
    """与我司合作记录: up to the year before the archive was last gone through."""
    client = story.client
    since = client.opened.year
    if client.opened.year < story.order.first_year:
        since -= client.number % 4
    lines = ["与我司合作记录:", f"  开始年份: {since}"]
    years = range(max(since, story.order.first_year - 1), gone_through.year)
    if years:
        lines.append("  年度经营数量:")
    for year in years:
        for place, (side, good) in enumerate(story.goods):
            lines.append(
                f"    - {{年份: {year}, 方向: {side}, 品种: {good.name}, "
                f"数量: {story.amount_of_year(year, place)}, 计量单位: 吨}}"
            )
    return lines


def _attachments(story: Story, code: str | None) -> list[str]:
    """附件: of a strategic or key client the licence and the statements, of a few others the licence."""
    client, rng = story.client, story.rng
    managed = client.ever_managed
    lines: list[str] = []
    if rng.random() > (0.02 * story.care if managed else 0.9):
        lines += _licence(story)
        story.put("attachments/business-licence.pdf", papers.licence(story, code))
    for year in story.order.years:
        span = client.managed(year)
        if span:
            usual = date(year, 6, 30)
            due = usual if span[0] == first_of(year) else max(usual, plus(span[0], GRACE))
            day = story.done(max(date(year, 3, 20), span[0]), story.diary.on(due))
            story.statements[year] = day if day is None or day <= span[1] else None
    told = {year - 1: day for year, day in story.statements.items() if day}
    if told:
        story.put("attachments/statements.csv", papers.statements(story, list(told)))
    for year, day in told.items():
        lines.append(
            f"  - {{类别: 财务报表, 年度: {year}, 文件: attachments/statements.csv, 收集日期: {day}}}"
        )
    return ["附件:", *lines] if lines else []


def _licence(story: Story) -> list[str]:
    client, rng, as_of = story.client, story.rng, story.order.as_of
    cls = "其他" if client.abroad else "营业执照"
    collected = min(plus(client.opened, rng.randint(0, 20)), as_of)
    head = f"  - {{类别: {cls}, 文件: attachments/business-licence.pdf, 收集日期: "
    if rng.random() > 0.12:
        return [f"{head}{collected}}}"]
    until = plus(as_of, rng.randint(-260, 700))
    lines = [f"{head}{collected}, 有效期至: {max(until, plus(collected, 300))}}}"]
    renewed = story.done(max(plus(until, -30), plus(collected, 10)), until) if until < as_of else None
    if renewed and renewed > collected:
        lines.append(f"{head}{renewed}, 有效期至: {plus(until, 3652)}}}")
    return lines


def _reviews(story: Story) -> list[date]:
    """The days on which the archive was gone through: twice a year, of general clients once."""
    client, order, rng = story.client, story.order, story.rng
    last = min(order.as_of, client.ended or date.max)
    begin = date(order.first_year - 1, 1, 8)
    found: list[date] = []
    day = plus(begin, rng.randint(0, 75)) if client.opened < begin else _next(story, client.opened)
    while day <= last:
        worked = story.diary.on(day)
        if worked <= last:
            found.append(worked)
        day = _next(story, day)
    forgotten = len(found) > 1 and client.rating(order.as_of).is_managed and rng.random() < 0.04 * story.care
    return found[:-1] if forgotten else found


def _next(story: Story, day: date) -> date:
    client, rng = story.client, story.rng
    usual = date(day.year + 1, 1, 8)
    if client.rating(day).is_managed:
        soon = plus(day, rng.randint(136, 177))
        return soon if soon < plus(usual, 76) else plus(usual, rng.randint(0, 75))
    rises = [rise for rise in client.rises() if day < rise < plus(usual, 90)]
    if rises:
        return plus(rises[0], rng.randint(4, 20))
    return plus(usual, rng.randint(0, 75))


def _went_through(story: Story, reviews: list[date]) -> list[str]:
    if not reviews:
        return []
    lines = ["更新记录:"]
    for day in reviews:
        note = f", 内容: {story.rng.choice(_NOTES)}" if story.rng.random() < 0.6 else ""
        lines.append(f"  - {{日期: {day}, 更新人: {story.client.seat().on(day)}{note}}}")
    return lines


def _copies(story: Story, reviews: list[date]) -> list[str]:
    """副本移交: of a strategic or key client, after each going-through (3.2b)."""
    client, found = story.client, []
    begin = date(story.order.first_year - 1, 9, 1)
    days = [day for day in reviews if day >= begin and client.rating(day).is_managed]
    days += [rise for rise in client.rises() if rise > client.opened]
    for day in sorted(days):
        copied = story.done(plus(day, 2), story.diary.on(plus(day, 10)))
        if copied and copied <= min(story.order.as_of, client.ended or date.max):
            found.append(copied)
    if not found:
        return []
    return ["副本移交:"] + [f"  - {{日期: {day}, 接收人: {story.clerk(day)}}}" for day in sorted(found)]
