"""S004 on 规则级别: a code that does not exist or cannot be switched."""

from collections.abc import Iterator

from generator.findings import Finding, Severity
from generator.model.periods import Kind
from generator.model.record import items
from generator.rules.rule import AnyRecord


def unknown_levels(record: AnyRecord, waivable: frozenset[str]) -> Iterator[Finding]:
    """The keys of 规则级别 that are no code of the policy."""
    if record.kind is not Kind.POLICY or not record.is_readable:
        return
    for at, version in items(record.data.root):
        for code in version.levels or {}:
            if code not in waivable:
                mark = record.at_key(at, "规则级别", code)
                message = f"规则级别只能写制度规则的编号（如 T120），没有“{code}”；请核对编号。"
                yield Finding(record.path, *mark, "S004", message, Severity.ERROR)
