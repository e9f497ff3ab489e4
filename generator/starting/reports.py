"""Starting the quarter's reports: the team's analysis (3.2c) and that of Key Accounts (4.2)."""

from generator.model.organization import KEY_ACCOUNTS
from generator.model.periods import Kind
from generator.model.ratings import Side
from generator.model.work import Analysis, QuarterlyReport
from generator.obligations.kinds import ObligationKind
from generator.policy.days import Quarter, plus
from generator.standing.clients import Client
from generator.starting.known import CannotStart, Known
from generator.starting.text import New, comment, line, markdown_record

EARLY_DAYS = 15
"""A report may be submitted so many days before the quarter's end (Q103)."""

_HINTS = {
    "客户整体经营情况": ["客户本季的生产、销售、库存、资金"],
    "合作中的问题、原因及对策": ["每个问题写明原因和对策；没有的写“无”"],
    "客户对商品质量和服务的主要建议和意见": ["客户原话的要点；没有的写“无”"],
    "下季度采购(销售)预测": ["品种、数量、价格走势和依据"],
}


def report(known: Known, client: Client, quarter: Quarter, by: str | None = None) -> New:
    """clients/<client>/<year>/<quarter>/report.md."""
    own = known.own(quarter.first, quarter.last, not_before=plus(quarter.last, -EARLY_DAYS))
    sides = {kind.side for kind in client.types(own.day or known.day)}
    front = [
        comment(f"{client.name} {quarter} {Kind.REPORT}"),
        line("方向", [side for side in Side if side in sides], "采购、销售，按客户类型"),
        line("填报人", by or _reporter(known, client, quarter.year)),
        line("提交日期", own.day, own.hint),
        *_trade(client, quarter, sides),
    ]
    parts = [(title, _HINTS.get(title, [])) for title in QuarterlyReport.PARTS]
    path = known.path("clients", client.id, quarter.year, f"Q{quarter.number}", "report.md")
    return New(path, markdown_record(front, parts))


def _reporter(known: Known, client: Client, year: int) -> str | None:
    """The person designated, else the account manager (Q102); None where that one has left."""
    named = known.designated(client, year)
    return next(iter(known.holding(named) if named else known.managers(client, year)), None)


def _trade(client: Client, quarter: Quarter, sides: set[Side]) -> list[str]:
    """Examples of the lines of trade, with what was forecast for the quarter."""
    example = f"{{方向: {next(iter(sorted(sides)), '采购')}, 品种: 热轧卷板, 数量: 31200, 计量单位: 吨}}"
    lines = [comment("以下可选，去掉行首的 # 和一个空格再填："), "# 本季实绩:", f"#   - {example}"]
    before = client.reports.get(quarter.before)
    for one in (before.data.forecast if before else None) or ():
        lines.append(
            comment(f"（上季预测：{one.side or ''} {one.goods or ''} {one.amount or ''} {one.unit or ''}）")
        )
    return [*lines, "# 下季预测:", f"#   - {example}"]


def analysis(known: Known, quarter: Quarter, by: str | None = None) -> New:
    """key-accounts/<year>/<quarter>.md."""
    own = known.own(quarter.first, quarter.last, not_before=quarter.last)
    if by is not None and not known.company.is_in(by, KEY_ACCOUNTS, known.day):
        department = known.company.unit_name(KEY_ACCOUNTS)
        raise CannotStart(f"{known.named(by)}不是{department}的人；请填{department}的经办人。")
    author = by or next(iter(known.company.key_accounts_managers(known.day)), None)
    front = [
        comment(f"{quarter} {Kind.ANALYSIS}"),
        line("提交日期", own.day, own.hint),
        line("编制人", [author] if author else None, "大客户部人员，可以多人"),
        comment("以下可选，去掉行首的 # 和一个空格再填："),
        "# 改进措施:",
        "#   - {序号: 1, 内容: …, 负责人: …, 期限: …}",
    ]
    hints = {"客户服务分析": [_received(known, quarter)], "改进方向": ["哪些要改进，怎样改进"]}
    parts = [(title, hints.get(title, [])) for title in Analysis.PARTS]
    return New(
        known.path("key-accounts", quarter.year, f"Q{quarter.number}.md"), markdown_record(front, parts)
    )


def _received(known: Known, quarter: Quarter) -> str:
    kind = ObligationKind.QUARTERLY_REPORT
    wanted = [one for one in known.result.obligations if one.kind is kind and one.period == str(quarter)]
    done = sum(one.done_on is not None for one in wanted)
    return f"根据各团队的季度报告（应交 {len(wanted)} 份，已交 {done} 份）分析本季的客户服务"
