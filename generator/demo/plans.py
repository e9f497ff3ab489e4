"""What a team draws up for a year: the service plan, and at its end the satisfaction plan."""

from datetime import date

from generator.demo import texts_plans as texts
from generator.demo.slots import Slots
from generator.demo.story import Story, shown
from generator.demo.teams import Team
from generator.policy.days import first_of, last_of, plus

LEAST_YEAR = 90
"""Days of the year that must be left for a plan to be asked for."""


def service_plan(story: Story, team: Team) -> bool:
    """Tell the service plan; whether there is one, or none is asked for."""
    year = team.year
    if (last_of(year) - team.first).days < LEAST_YEAR:
        return True
    due = story.diary.on(max(date(year, 1, 31), team.ready) if team.is_new else date(year, 1, 31))
    drawn = story.done(max(plus(first_of(year), 3), plus(team.first, 5)), due)
    if drawn is None or drawn > team.last:
        return due > story.order.as_of
    authors = list(dict.fromkeys([team.writer.on(drawn), story.client.seat(1).on(drawn)]))
    known = {seat.on(drawn) for seat in (team.manager, *team.members)}
    front = [
        f"编制日期: {drawn}",
        f"编制人: [{', '.join(one for one in authors if one in known)}]",
        *_measures(story, team, drawn),
        *_taken_in(story, team, drawn),
    ]
    slots = _slots(story, year)
    side = story.goods[0][0]
    offer = story.pick(texts.SERVICE[side][1:], 3)
    parts = {
        "服务方案": _said([texts.SERVICE[side][0], *offer], slots),
        "维护计划": _said(story.pick(texts.CARE, 3), slots),
    }
    story.put(f"{year}/service-plan.md", markdown(front, parts))
    return True


def _measures(story: Story, team: Team, drawn: date) -> list[str]:
    """重点工作, spread over the year."""
    rng, diary, as_of = story.rng, story.diary, story.order.as_of
    count = rng.choice((3, 3, 4, 4, 5))
    span = (date(team.year, 12, 20) - drawn).days - 20
    slots, lines = _slots(story, team.year), ["重点工作:"]
    for place, what in enumerate(story.pick(texts.MEASURES, count)):
        until = diary.on(plus(drawn, 20 + span * place // count + rng.randrange(max(1, span // count))))
        seat = team.writer if place % 3 else story.client.division.head
        done = story.done(max(plus(until, -25), plus(drawn, 1)), until) if until <= team.last else None
        owner = seat.on(done or min(until, as_of))
        line = f"  - {{序号: {place + 1}, 内容: {what.format_map(slots)}, 负责人: {owner}, 期限: {until}"
        if done:
            line += f", 完成日期: {done}"
        elif until > team.last and not story.client.ended and plus(team.last, 9) <= as_of:
            line += f", 取消: {{日期: {diary.on(plus(team.last, 5))}, 原因: 评级调整为一般客户}}"
        elif rng.random() < 0.1 and diary.before(plus(until, -8)) <= as_of:
            line += f", 取消: {{日期: {diary.before(plus(until, -8))}, 原因: 客户计划调整，双方商定取消}}"
        lines.append(line + "}")
    return lines


def _taken_in(story: Story, team: Team, drawn: date) -> list[str]:
    """Filed with Key Accounts, which signs where the supply is integrated (3.1, 4.3)."""
    lines, diary = [], story.diary
    if not team.with_key_accounts:
        filed = story.done(plus(drawn, 1), diary.on(plus(drawn, 10)))
        if filed:
            lines.append(f"备案: {{日期: {filed}, 接收人: {story.clerk(filed)}}}")
    if story.client.integrated:
        signed = story.done(plus(drawn, 3), diary.on(plus(drawn, 30)))
        if signed:
            by = story.company.key_accounts.head.on(signed)
            lines.append(f"大客户部会签: {{日期: {signed}, 人员: {by}}}")
    return lines


def satisfaction_plan(story: Story, team: Team) -> None:
    """Tell the satisfaction plan, at the year's end."""
    year = team.year
    late_start = (last_of(year) - team.first).days < LEAST_YEAR
    if team.last < last_of(year) or late_start:
        return
    drawn = story.done(date(year, 12, 8), story.diary.on(last_of(year)))
    if drawn is None:
        return
    slots = _slots(story, year)
    parts = {
        "服务方案执行成果": _said(story.pick(texts.RESULTS, 3), slots),
        "待完善之处": _said(story.pick(texts.GAPS, 2), slots),
        "客户分析与评价": _said(story.pick(texts.VERDICTS, 2), slots),
        "提升措施": _said(story.pick(texts.STEPS, 1), slots),
    }
    front = [f"提交日期: {drawn}", f"编制人: [{team.by(drawn)}]"]
    story.put(f"{year}/satisfaction-plan.md", markdown(front, parts))


def _slots(story: Story, year: int) -> Slots:
    slots = Slots(story.rng)
    slots.update(g=story.goods[0][1].name, v=shown(story.amount_of_year(year, 0)), y=str(year))
    return slots


def _said(sentences: list[str], slots: Slots) -> str:
    return "".join(sentence.format_map(slots) for sentence in sentences)


def markdown(front: list[str], parts: dict[str, str]) -> str:
    """A record of front matter and parts."""
    body = "".join(f"\n## {title}\n\n{text}\n" for title, text in parts.items())
    return "---\n" + "\n".join(front) + "\n---\n" + body
