"""clients/<client>/<year>/<quarter>/visits/<date>.md (annex 2)."""

from dataclasses import dataclass
from datetime import date

from generator.demo import texts_visits as texts
from generator.demo.organization import Seat
from generator.demo.slots import Slots
from generator.demo.story import Story
from generator.model.ratings import Side
from generator.policy.days import Quarter, plus

_DUTIES = ("传达购销信息", "收集客户信息", "观察销售情况", "了解经营现状")


@dataclass(slots=True)
class Visit:
    """A visit: when, why, and who travelled."""

    day: date
    kind: str
    """计划, 特别 or 日常."""
    seats: list[Seat]
    purpose: str
    """What was planned to be spoken of; of a special visit what had happened."""
    number: int | None = None
    plan: Quarter | None = None
    """The plan's quarter, where it is not the visit's."""
    happened: date | None = None


def tell(story: Story, visit: Visit) -> None:
    """Tell one visit, and who was met, what was spoken of and seen; or that it is still to be written up."""
    rng, day = story.rng, visit.day
    after = plus(day, 1)
    longer = rng.random() < 0.1 and story.diary.on(after) == after <= story.order.as_of
    end = after if longer else day
    filed = story.done(plus(end, 1), story.diary.on(plus(end, 7)))
    period = Quarter.of(day)
    story.visits_on[day] += 1
    count = story.visits_on[day]
    story.tally.visits[period] += 1
    story.tally.special[period] += visit.kind == "特别"
    head = _head(visit, end)
    travellers = list(dict.fromkeys(seat.on(day) for seat in visit.seats))
    head.append(f"出差人员: [{', '.join(travellers)}]")
    if filed is None:
        text = "\n".join(["---", *head, "状态: 待填报", "---"]) + "\n"
    else:
        text = _written(story, visit, head, travellers, filed)
    name = f"{day}-{count}" if count > 1 else f"{day}"
    story.put(f"{day.year}/Q{period.number}/visits/{name}.md", text)


def _head(visit: Visit, end: date) -> list[str]:
    lines = [f"拜访日期: {visit.day}"]
    if end != visit.day:
        lines.append(f"结束日期: {end}")
    lines.append(f"类型: {visit.kind}")
    if visit.number:
        lines.append(f"计划序号: {visit.number}")
    if visit.plan:
        lines.append(f"计划季度: {visit.plan}")
    if visit.happened:
        lines += [f"特殊情况: {visit.purpose}", f"发生日期: {visit.happened}"]
    return lines


def _written(story: Story, visit: Visit, head: list[str], travellers: list[str], filed: date) -> str:
    rng = story.rng
    place = int(rng.random() * len(story.goods))
    side, good = story.goods[place]
    slots = Slots(rng).of_day(
        visit.day,
        good,
        story.amount(Quarter.of(visit.day), place),
        story.diary.on(plus(visit.day, rng.randint(8, 24))),
    )
    met = rng.sample(story.people, min(len(story.people), 1 + (rng.random() < 0.4)))
    slots["c"] = met[0][0]
    slots["us"] = visit.seats[-1].holder(visit.day).name
    lines = ["---", *head, "所见客户人员:"]
    lines += [f"  - {{姓名: {name}, 职务: {title}}}" for name, title in met]
    lines += _duties(story)
    lines += [f"填报人: {travellers[-1]}", f"填报日期: {filed}"]
    lines += _todos(story, visit, slots)
    if rng.random() < 0.006:
        fixed = story.diary.happened(story.diary.on(plus(filed, rng.randint(2, 20))))
        if fixed:
            by, what = visit.seats[-1].on(fixed), rng.choice(texts.CORRECTED)
            lines.append(f"更正: [{{日期: {fixed}, 更正人: {by}, 说明: {what}}}]")
    matters, sights = _bodies(story, visit, side)
    said = "".join(sentence.format_map(slots) for sentence in matters)
    seen = "".join(sentence.format_map(slots) for sentence in sights)
    lines += ["---", "", "## 所处理的事宜", "", said, "", "## 客户经营现况", "", seen, ""]
    return "\n".join(lines)


def _duties(story: Story) -> list[str]:
    if story.rng.random() > 0.04:
        return [f"客户服务工作: [{', '.join(_DUTIES)}]"]
    done = ", ".join(one for one in _DUTIES if one != "观察销售情况")
    return [f"客户服务工作: [{done}]", f"未开展原因: {story.rng.choice(texts.NOT_SEEN)}"]


def _todos(story: Story, visit: Visit, slots: Slots) -> list[str]:
    """待办: what was promised, by whom and until when, and whether it was done."""
    rng = story.rng
    count = (rng.random() < 0.42) + (rng.random() < 0.12)
    if not count:
        return []
    lines, seat = ["待办:"], visit.seats[-1]
    for what in story.pick(texts.TODOS, count):
        until = story.diary.on(plus(visit.day, rng.randint(9, 40)))
        done = story.done(plus(visit.day, 2), until)
        owner = seat.on(done or min(until, story.order.as_of))
        finished = f", 完成日期: {done}" if done else ""
        lines.append(f"  - {{内容: {what.format_map(slots)}, 负责人: {owner}, 期限: {until}{finished}}}")
    return lines


def _bodies(story: Story, visit: Visit, side: Side) -> tuple[list[str], list[str]]:
    """The sentences of both parts."""
    rng = story.rng
    sights = texts.SIGHTS[story.client.trade.sight]
    if visit.kind == "特别":
        special = rng.choice(texts.SPECIAL).replace("{event}", visit.purpose)
        return [special], [rng.choice(texts.SPECIAL_SIGHTS), *story.pick(sights)]
    seen = story.pick(sights, rng.choice((2, 2, 3)))
    if visit.kind == "日常":
        return story.pick(texts.CASUAL, 2), seen
    topics = texts.MATTERS[side]
    first = texts.PURPOSES[visit.purpose]
    second = rng.choice([topic for topic in topics if topic != first])
    said = story.pick(topics[first], rng.choice((1, 1, 2))) + story.pick(topics[second])
    return said, seen
