"""Runs the catalogue over the records: what is wrong, where, how gravely, and what is waived."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from generator.findings import Finding, Severity
from generator.model.ids import is_id
from generator.model.organization import Level
from generator.model.periods import Kind
from generator.obligations.obligation import Obligation
from generator.rules.catalogue import BY_CODE, FORM, JUDGED, WAIVABLE, WAIVERS
from generator.rules.policy_file import unknown_levels
from generator.rules.references import called, people
from generator.rules.rule import AnyRecord, Attachments, Check, Context, Hit, Rule
from generator.rules.waivers import counts
from generator.standing.world import World

__all__ = ["Attachments", "Verdict", "judge"]


Active = tuple[Rule, Check, Severity]
"""A rule that is run, with its function and the severity that 规则级别 gives."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings, sorted, and how many rules were run."""

    findings: tuple[Finding, ...]
    rules_run: int


class Choice(NamedTuple):
    """The rules about a kind of record, and those of them that apply where not all do."""

    all: list[Active]
    unreadable: list[Active]
    """They judge the file's name and place, whatever can be read of it."""
    closed: list[Active]
    """Of a period for which no policy rules are raised."""
    later: list[Active]
    """Of a record dated after the as-of day."""

    @classmethod
    def of(cls, rules: list[Active]) -> "Choice":
        """Of the rules about a kind."""
        return cls(
            rules,
            [one for one in rules if one[0].code in ("F007", "R001", "R003")],
            [one for one in rules if not one[0].is_policy],
            [one for one in rules if not one[0].is_policy or one[0].later_too],
        )


def judge(
    world: World,
    obligations: list[Obligation],
    read: Iterable[Finding],
    attachments: Attachments,
    *,
    all_years: bool = False,
    judged: bool = True,
) -> Verdict:
    """Judge the records as of the day. `read` are the findings of the reading itself.

    Without units and people (`judged` False) only the findings of form are given.
    """
    context = Context(world, obligations, attachments, all_years)
    findings = _named(context, list(read)) if judged else list(read)
    levels = world.parameters.on(world.as_of).levels
    form, *batches = _active(frozenset(levels.items()), judged)
    for record in world.records:
        findings += _run(context, _chosen(context, form[record.kind], record), record, spoils=True)
        findings += unknown_levels(record, WAIVABLE)
    with_waivers = [record for record in world.records if getattr(record.content, "waivers", None)]
    for by_kind, records in zip(batches, (world.records, with_waivers), strict=False):
        for record in records:
            if found := _run(context, _chosen(context, by_kind[record.kind], record), record):
                context.hits.setdefault(record.path, set()).update(one.code for one in found)
                findings += found
    return Verdict(tuple(sorted(_waived(context, findings))), sum(map(len, _batches(judged))))


def _batches(judged: bool) -> tuple[tuple[Rule, ...], ...]:
    """The rules that are run one after the other: of form first, those about waivers last."""
    if judged:
        return FORM, JUDGED, WAIVERS
    return (tuple(rule for rule in FORM if rule.code[0] in "FS" and rule.code != "S004"),)


@lru_cache(maxsize=4)
def _active(levels: frozenset[tuple[str, Level]], judged: bool) -> list[dict[Kind, Choice]]:
    """Of each batch the rules that look at each kind of record, with the severity that 规则级别 gives."""
    batches, given = [], dict(levels)
    for rules in _batches(judged):
        found: dict[Kind, list[Active]] = {kind: [] for kind in Kind}
        for rule in rules:
            severity = _severity(given, rule)
            if rule.check is not None and severity is not None:
                for kind in rule.kinds:
                    found[kind].append((rule, rule.check, severity))
        batches.append({kind: Choice.of(active) for kind, active in found.items()})
    return batches


def _run(context: Context, rules: list[Active], record: AnyRecord, *, spoils: bool = False) -> list[Finding]:
    found: list[Finding] = []
    for rule, check, severity in rules:
        try:
            hits = list(check(context, record))
        except Exception as error:  # a rule that crashes must never make the run look green
            found.append(_crashed(rule, record, error))
            continue
        if hits:
            found += _found(context, (rule, severity), record, hits, spoils)
    return found


def _found(
    context: Context, raised: tuple[Rule, Severity], record: AnyRecord, hits: Iterable[Hit], spoils: bool
) -> Iterator[Finding]:
    rule, severity = raised
    for hit in hits:
        silenced = any(context.is_spoiled(record, path) for path in (hit.path, *hit.also) if path)
        if silenced and not hit.anywhere:
            continue
        yield _finding(rule, record, hit, severity)
        if spoils and hit.path:
            context.spoiled.setdefault(record.path, set()).add(hit.path)


def _chosen(context: Context, choice: Choice, record: AnyRecord) -> list[Active]:
    """Those of the rules about a kind that apply to a record of it."""
    if not record.is_readable:
        return choice.unreadable
    if not context.is_open(record):
        return choice.closed
    return choice.later if record.later(context.as_of) else choice.all


def _severity(levels: Mapping[str, Level], rule: Rule) -> Severity | None:
    """The rule's own severity, or what 规则级别 of the as-of day makes of it; None where it is off."""
    level = levels.get(rule.code) if rule.is_waivable else None
    if level is None:
        return rule.severity
    return {Level.ERROR: Severity.ERROR, Level.WARNING: Severity.WARNING, Level.OFF: None}[level]


def _finding(rule: Rule, record: AnyRecord, hit: Hit, severity: Severity) -> Finding:
    mark = (1, 1)
    if not hit.anywhere:
        mark = record.at_key(*hit.path) if hit.whole else record.at(*hit.path)
    own = severity is rule.severity
    return Finding(
        record.path,
        *mark,
        rule.code,
        hit.message,
        (hit.severity or severity) if own else severity,
        rule.clause,
        record.place.client or hit.client,
    )


def _crashed(rule: Rule, record: AnyRecord, error: Exception) -> Finding:
    message = (
        f"规则 {rule.code} 检查这个文件时出错（{type(error).__name__}: {error}）；"
        "结果不完整，请把这个文件交给系统维护人员。"
    )
    return Finding(record.path, 1, 1, "X001", message, Severity.ERROR, client=record.place.client)


def _waived(context: Context, findings: list[Finding]) -> Iterator[Finding]:
    """The findings, those taken out that a waiver in their file covers until its last day."""
    covered: dict[str, set[str]] = {}
    for record in context.world.records:
        for waiver in getattr(record.content, "waivers", None) or ():
            past = waiver.until is not None and waiver.until < context.as_of
            if waiver.rule in WAIVABLE and not past and counts(context, record, waiver, WAIVABLE):
                covered.setdefault(record.path, set()).add(waiver.rule)
    for finding in findings:
        yield finding.as_waived() if finding.code in covered.get(finding.path, ()) else finding


def _named(context: Context, findings: list[Finding]) -> list[Finding]:
    """Where a name was typed for an id, the message gives the id of the person so called (records.md)."""
    better: dict[tuple[str, int, int], str] = {}
    for record in context.world.records:
        if not record.spoiled or not record.is_readable:
            continue
        for ref in people(context, record):
            if ref.id and not is_id(ref.id) and (ids := called(context, ref.id)):
                message = f"这里要填人员编号，不填姓名；{ref.id}的编号是 {'、'.join(ids)}。"
                better[(record.path, *record.at(*ref.path))] = message
    return [_with(finding, better.get((finding.path, finding.line, finding.column))) for finding in findings]


def _with(finding: Finding, message: str | None) -> Finding:
    if message is None or finding.code != "S003":
        return finding
    return Finding(
        finding.path,
        finding.line,
        finding.column,
        finding.code,
        message,
        finding.severity,
        client=finding.client,
    )


def title(code: str) -> str:
    """What a code finds, in a few words."""
    rule = BY_CODE.get(code)
    return rule.title if rule else code
