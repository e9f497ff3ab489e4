"""The shape of what `kam facts` publishes of a repository and `kam overview` joins (docs/facts.md).

One definition for writing and reading; facts.schema.json says the same to others, which a test holds.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

VERSION = 1

_PAGE = r"^(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*(?:#[A-Za-z0-9_.-]+)?$"
_CREDIT_CODE = r"^[0-9A-HJ-NP-RTUWXY]{18}$"
_ABSOLUTE = re.compile(r"https?://[^/?#@:]+(?::[0-9]{1,5})?(?:/[^?#]*)?")
_RELATIVE = re.compile(r"(?!//)[^:?#]+")
_NEVER = frozenset("\\<>\"'`")

Count = Annotated[int, Field(ge=0, le=10**9)]
Text = Annotated[str, StringConstraints(max_length=20_000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
PageAddress = Annotated[str, StringConstraints(pattern=_PAGE, max_length=1_000)]
"""Where a page lies in the repository's site, from the site's root."""
CreditCode = Annotated[str, StringConstraints(pattern=_CREDIT_CODE)]


class _Part(BaseModel):
    """What is not known is passed by: a later program of the same version may say more."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", populate_by_name=True)


class Findings(_Part):
    """How many findings there are; waived ones count as neither error nor warning."""

    errors: Count
    warnings: Count
    waived: Count


class Statuses(_Part):
    """How many obligations stand how."""

    overdue: Count
    due_soon: Count = Field(alias="due-soon")
    open: Count
    done: Count
    late: Count
    waived: Count


class Summary(_Part):
    """The sums: those of `kam check` and `kam due --format json`."""

    findings: Findings
    obligations: Statuses


class Pages(_Part):
    """Where the site's own lists lie."""

    findings: PageAddress
    overdue: PageAddress
    due_soon: PageAddress = Field(alias="due-soon")


class Unit(_Part):
    """A business group or division with what belongs to it and to what is below it."""

    id: Text
    name: Text
    kind: Literal["group", "division"]
    group: Text | None
    """The group above a division."""
    clients: Count
    overdue: Count
    due_soon: Count = Field(alias="due-soon")
    page: PageAddress | None


class Client(_Part):
    """A client as this repository knows it."""

    id: Text
    name: Text
    credit_code: CreditCode | None
    """None where it is not known or cannot be right."""
    tier: Literal["战略", "重点", "一般"] | None
    level: Literal["公司", "业务本部"] | None
    ended_on: date | None
    divisions: tuple[Text, ...]
    """Names."""
    managers: tuple[Text, ...]
    """Names."""
    overdue: Count
    due_soon: Count = Field(alias="due-soon")
    page: PageAddress


class Obligation(_Part):
    """Something that is overdue or due soon."""

    status: Literal["overdue", "due-soon"]
    kind: Text
    label: Text
    """What staff call the kind."""
    client: Text | None
    unit: Text | None
    subject: Text
    """The name of the client or unit that it is about."""
    period: Text
    number: Count | None
    due: date
    days_overdue: Count | None
    responsible: tuple[Text, ...]
    """Names."""
    page: PageAddress | None


class Published(_Part):
    """All that a repository publishes of itself as of a day."""

    version: Literal[1]
    name: Name
    site: Text | None
    """The address of the repository's site, as given: see `is_site_address`."""
    as_of: date
    today: date
    judged: bool
    """False where units or people cannot be read: nothing was derived then, and the sums say nothing."""
    summary: Summary
    pages: Pages
    units: tuple[Unit, ...]
    clients: tuple[Client, ...]
    obligations: tuple[Obligation, ...]


def is_page_address(text: str) -> bool:
    """Whether a text can be the address of a page from its site's root."""
    return re.fullmatch(_PAGE, text) is not None


def is_site_address(text: str) -> bool:
    """Whether a text can be the address of a site: http(s), or relative to where the overview lies."""
    if not text.isprintable() or " " in text or _NEVER & set(text):
        return False
    return bool(_ABSOLUTE.fullmatch(text) or _RELATIVE.fullmatch(text))
