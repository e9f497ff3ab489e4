"""`kam rule`: what a rule or an obligation wants, why, an example that breaks it, how to mend it."""

import click

from generator.commands import common
from generator.exports.source import width
from generator.findings import Severity
from generator.obligations.kinds import ObligationKind
from generator.pipeline import CannotJudge
from generator.policy.clauses import BY_ID
from generator.rules.catalogue import BY_CODE, RULES
from generator.rules.coverage import covered_by
from generator.rules.pages import kind_page, rule_page
from generator.rules.rule import Rule

_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告"}


@click.command(short_help="说明一条规则或一种应办事项；不写编号则列出全部。")
@click.argument("name", required=False, metavar="[编号]")
@click.option("--clauses", is_flag=True, help="逐条列出制度条款由哪些规则和应办事项落实。")
def rule(name: str | None, clauses: bool) -> int:
    """说明一条规则（如 V104）或一种应办事项（如 quarterly-report）：要什么，为什么，错在哪，怎么改。"""
    if clauses:
        common.put(_clauses(), None)
    elif name is None:
        common.put(_list(), None)
    else:
        common.put(_one(name), None)
    return 0


def _list() -> str:
    rules = [f"{one.code}  {_SEVERITIES[one.severity]}  {one.clause or '-':<5} {one.title}" for one in RULES]
    longest = max(len(kind.value) for kind in ObligationKind)
    kinds = [
        f"{kind.value:<{longest}}  {kind.about.clause:<5} {kind.label}：{kind.about.wants}"
        for kind in ObligationKind
    ]
    return "\n".join(["检查规则", *rules, "", "应办事项", *kinds, "", "详细说明：kam rule 编号", ""])


def _clauses() -> str:
    lines = []
    for one in covered_by():
        by = [rule.code for rule in one.rules] + [kind.label for kind in one.kinds]
        by += [f"{code}（按表填写）" for code in one.by_form]
        if one.clause.people:
            by.append(f"由人检查：{one.clause.people}")
        lines.append(
            f"{one.clause.name}（{one.clause.force.label}）{one.clause.text}\n    落实：{'、'.join(by)}"
        )
    return "\n".join(lines) + "\n"


def _one(name: str) -> str:
    found = BY_CODE.get(name.upper())
    if found is not None:
        return _head(found) + "\n" + rule_page(found.code)
    for kind in ObligationKind:
        if name in (kind.value, kind.label):
            clause = BY_ID[kind.about.clause]
            title = f"{kind.value} {kind.label}"
            head = f"{title}\n{'=' * width(title)}\n{kind.about.wants}。\n依据：{clause.name} {clause.text}\n"
            return head + "\n" + kind_page(kind.value)
    raise CannotJudge(f"没有规则或应办事项“{name}”；用 kam rule 可列出全部。")


def _head(found: Rule) -> str:
    title = f"{found.code} {found.title}"
    clause = BY_ID.get(found.clause or "")
    waivable = "可以申请豁免" if found.is_waivable else "不能豁免"
    lines = [title, "=" * width(title), f"级别：{_SEVERITIES[found.severity]}；{waivable}。"]
    lines.append(f"依据：{clause.name} {clause.text}" if clause else "依据：记录的格式要求。")
    return "\n".join(lines) + "\n"
