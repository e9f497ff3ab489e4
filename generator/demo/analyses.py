"""key-accounts/<year>/<quarter>.md: the analysis of the service given to clients (4.2)."""

from generator.demo import texts_reports as texts
from generator.demo.company import Company
from generator.demo.diary import Diary
from generator.demo.order import Order
from generator.demo.plans import markdown
from generator.demo.story import Tally
from generator.policy.days import Quarter, plus

_NAMES = "一二三四"


def analysis(order: Order, diary: Diary, company: Company, tally: Tally, quarter: Quarter) -> str | None:
    """The text of a quarter's analysis; None where it is not written by the as-of day."""
    rng = order.random("analysis", quarter)
    due = diary.on(plus(quarter.last, 30))
    last = quarter == order.quarters[-1]
    day = diary.happened(diary.some(rng, plus(quarter.last, 20), due)) if not last else None
    if day is None:
        return None
    staff = [seat.on(day) for seat in company.key_accounts.staff[:2]]
    lines = [f"提交日期: {day}", f"编制人: [{', '.join(staff)}]", "改进措施:"]
    for place, what in enumerate(rng.sample(texts.IMPROVEMENTS, 2)):
        until = diary.on(plus(day, rng.randint(25, 80)))
        done = diary.done(rng, plus(day, 10), until)
        owner = company.key_accounts.staff[place % len(company.key_accounts.staff)].on(
            done or min(until, order.as_of)
        )
        finished = f", 完成日期: {done}" if done else ""
        lines.append(f"  - {{序号: {place + 1}, 内容: {what}, 负责人: {owner}, 期限: {until}{finished}}}")
    counted = (
        f"{_NAMES[quarter.number - 1]}季度各团队走访 {tally.visits[quarter]} 次，"
        f"其中特别走访 {tally.special[quarter]} 次；"
        f"收到季度分析报告 {tally.reports[quarter]} 份，其中迟交 {tally.late_reports[quarter]} 份。"
    )
    parts = {
        "客户服务分析": counted + "".join(rng.sample(texts.ANALYSES, 2)),
        "改进方向": rng.choice(texts.DIRECTIONS),
    }
    return markdown(lines, parts)
