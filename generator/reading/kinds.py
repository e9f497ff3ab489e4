"""Which class reads which kind of record."""

from pydantic import BaseModel

from generator.model import clients, organization, ratings, work
from generator.model.periods import Kind

CLASSES: dict[Kind, type[BaseModel]] = {
    Kind.POLICY: organization.PolicyVersions,
    Kind.UNITS: organization.Units,
    Kind.PEOPLE: organization.People,
    Kind.STANDARD: ratings.Standard,
    Kind.NOMINATION: ratings.Nomination,
    Kind.DECISION: ratings.Decision,
    Kind.ARCHIVE: clients.Archive,
    Kind.TEAM: work.Team,
    Kind.EVENTS: work.Events,
    Kind.SERVICE_PLAN: work.ServicePlan,
    Kind.SATISFACTION_PLAN: work.SatisfactionPlan,
    Kind.VISIT_PLAN: work.VisitPlan,
    Kind.REPORT: work.QuarterlyReport,
    Kind.VISIT: work.Visit,
    Kind.ANALYSIS: work.Analysis,
    Kind.CALENDAR: organization.Calendar,
}
