"""The parameters of the policy, by the day they take effect: records/policy.yml over the defaults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date

from generator.model.organization import Level, ParameterVersion
from generator.policy.watched import DaysAsked

MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Values:
    """One set of parameters; the defaults are the company's own (rules.md, "Parameters").

    Days are counted in calendar days; a month and a day name a yearly deadline.
    """

    nomination: MonthDay = (11, 30)
    rating: MonthDay = (12, 15)
    appointment: MonthDay = (12, 31)
    service_plan: MonthDay = (1, 31)
    satisfaction_plan: MonthDay = (12, 31)
    statements: MonthDay = (6, 30)
    filing_days: int = 10
    countersign_days: int = 30
    copy_days: int = 10
    review_cycle: int = 180
    documents_days: int = 30
    visit_plan_day: int = 10
    planned_visit_grace: int = 7
    visit_report_days: int = 7
    special_visit_days: int = 3
    report_days: int = 10
    analysis_days: int = 30
    new_rating_grace: int = 30
    leader_visits_min: int = 1
    leader_visits_target: int = 2
    assigned_min: int = 2
    assigned_max: int = 3
    soon_days: int = 30
    shift: bool = False
    levels: Mapping[str, Level] = field(default_factory=dict)


_NAMES = tuple(entry.name for entry in fields(Values))


def label(name: str) -> str:
    """The Chinese key of a parameter."""
    return ParameterVersion.model_fields[name].alias or name


DEFAULTS = Values()
"""What holds before any version of policy.yml."""


class Parameters:
    """All versions of the parameters, and which of them holds on a day.

    While `asked` is set, the days for which somebody asks are noted in it.
    """

    def __init__(self, versions: Sequence[ParameterVersion] = ()) -> None:
        dated = [(version.from_day, version) for version in versions if version.from_day is not None]
        dated.sort(key=lambda pair: pair[0])
        self.asked: DaysAsked | None = None
        self._versions: list[tuple[date, Values]] = []
        self.in_use_from: date | None = None
        """启用日期: what fell due before it is not listed; the last one given counts."""
        current = Values()
        for day, version in dated:
            current = _over(current, version)
            self._versions.append((day, current))
            self.in_use_from = version.in_use_from or self.in_use_from

    def on(self, day: date) -> Values:
        """The values in force on a day."""
        if self.asked is not None:
            self.asked.note(day)
        return self._on(day)

    def _on(self, day: date) -> Values:
        found = DEFAULTS
        for start, values in self._versions:
            if start > day:
                break
            found = values
        return found

    def known(self, first: date, last: date) -> str:
        """All that can be asked for the days of a span, as a text: the same text, the same answers."""
        later = [version for version in self._versions if first < version[0] <= last]
        return repr((self._on(first), later))

    @property
    def versions(self) -> Sequence[tuple[date, Values]]:
        """The versions in the order of their days."""
        return tuple(self._versions)


def _over(current: Values, version: ParameterVersion) -> Values:
    typed = {name: getattr(version, name) for name in _NAMES if getattr(version, name) is not None}
    if "levels" in typed:
        typed["levels"] = {code: level for code, level in typed["levels"].items() if level is not None}
    return replace(current, **typed)
