"""What the site shows at all: who may see the site may not see everything that is filed (policy.md, 3.2b).

One setting, `publish` in mkdocs.yml, names it. What it does not name is on no page, in no file of the site
and not in the search; that it is filed, and since when, is still said.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from generator.findings import Finding
from generator.model.clients import DocumentClass
from generator.pipeline import CannotJudge

CONTACTS = "联系方式"
"""Whom we know at a client, and how they are reached: archives and visits name them."""
BODIES = "报告正文"
"""What is written in visit reports, quarterly reports, plans and analyses, beyond their forms."""
STATEMENTS = DocumentClass.STATEMENTS.value

NOT_SHOWN = "已归档，不在网站公开"
"""What stands in place of what is held back."""

WORDS = (CONTACTS, BODIES, *(one.value for one in DocumentClass))
"""All that can be named: two parts of pages, and the kinds of attachments."""
_USUAL = frozenset(WORDS) - {STATEMENTS}

_TYPED = re.compile(r"“.*”", re.DOTALL)
"""What a message quotes, from the first sign to the last: a text may hold such signs itself."""
_WITH_CONTACTS = re.compile(r"/archive\.yml|/visits/[^/]+")
_WITH_BODY = re.compile(r"\.md")


class Published(NamedTuple):
    """What is shown, in the words of the setting."""

    words: frozenset[str] = _USUAL

    @property
    def contacts(self) -> bool:
        """Whether contacts are shown."""
        return CONTACTS in self.words

    @property
    def bodies(self) -> bool:
        """Whether the texts of reports and plans are shown."""
        return BODIES in self.words

    def paper(self, kind: DocumentClass | None) -> bool:
        """Whether an attachment of a kind is part of the site; one without a kind never is."""
        return kind is not None and kind.value in self.words

    def shown(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings as they may be shown: a message quotes what was typed, also where that is held back."""
        return tuple(
            finding.with_message(_TYPED.sub("“……”", finding.message)) if self._hides(finding) else finding
            for finding in findings
        )

    def _hides(self, finding: Finding) -> bool:
        held = ((_WITH_CONTACTS, self.contacts), (_WITH_BODY, self.bodies))
        return any(not shown and where.search(finding.path) for where, shown in held)


def published(given: Iterable[object] | None) -> Published:
    """What the setting says; None where it is not there. Raises CannotJudge for a word it does not know."""
    if given is None:
        return Published()
    words = [str(one) for one in given]
    if unknown := [word for word in words if word not in WORDS]:
        raise CannotJudge(
            f"mkdocs.yml 的 publish 中没有“{'、'.join(unknown)}”这一项；可写的有：{'、'.join(WORDS)}。"
        )
    return Published(frozenset(words))
