"""clients/<client>/<year>/<quarter>/report.md (3.2c)."""

from generator.demo import texts_reports as texts
from generator.demo.plans import markdown
from generator.demo.slots import Slots
from generator.demo.story import Story, rounded, shown
from generator.demo.teams import Team
from generator.policy.days import Quarter, plus

_NAMES = "一二三四"


def report(story: Story, team: Team, quarter: Quarter) -> None:
    """Tell the report on a quarter, where one was due and written."""
    if quarter.last > team.last or quarter.last < team.ready:
        return
    due = story.diary.on(plus(quarter.last, 10))
    day = story.done(plus(quarter.last, 1), due)
    if day is None:
        return
    story.tally.reports[quarter] += 1
    story.tally.late_reports[quarter] += day > due
    rng = story.rng
    ahead = Quarter.of(plus(quarter.last, 1))
    now = [story.amount(quarter, place) for place in range(len(story.goods))]
    soon = [
        rounded(story.amount(ahead, place) * rng.randint(94, 106) // 100) for place in range(len(story.goods))
    ]
    front = [
        f"方向: [{', '.join(story.client.sides)}]",
        f"填报人: {team.by(day)}",
        f"提交日期: {day}",
        "本季实绩:",
        *_traded(story, now),
        "下季预测:",
        *_traded(story, soon),
    ]
    slots = Slots(rng)
    slots.update(g=story.goods[0][1].name)
    overall = _listed(story, now, f"{_NAMES[quarter.number - 1]}季度实际") + _said(
        story.pick(texts.OVERALL, 2), slots
    )
    outlook = _listed(story, soon, f"{_NAMES[ahead.number - 1]}季度预计") + _said(
        story.pick(texts.OUTLOOKS, 2), slots
    )
    parts = {
        "客户整体经营情况": overall,
        "合作中的问题、原因及对策": _said(story.pick(texts.PROBLEMS, rng.choice((1, 1, 2))), slots),
        "客户对商品质量和服务的主要建议和意见": _said(story.pick(texts.WISHES, rng.choice((1, 2))), slots),
        "下季度采购(销售)预测": outlook,
    }
    story.put(f"{quarter.year}/Q{quarter.number}/report.md", markdown(front, parts))


def _traded(story: Story, amounts: list[int]) -> list[str]:
    return [
        f"  - {{方向: {side}, 品种: {good.name}, 数量: {tonnes}, 计量单位: 吨}}"
        for (side, good), tonnes in zip(story.goods, amounts, strict=True)
    ]


def _listed(story: Story, amounts: list[int], begin: str) -> str:
    found = [
        f"{side}{good.name} {shown(tonnes)}"
        for (side, good), tonnes in zip(story.goods, amounts, strict=True)
    ]
    return f"{begin}{'、'.join(found)}。"


def _said(sentences: list[str], slots: Slots) -> str:
    return "".join(sentence.format_map(slots) for sentence in sentences)
