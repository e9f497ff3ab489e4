"""What the archive owes: papers, their renewal, copies to Key Accounts, going through it (3.2a, 3.2b)."""

from collections.abc import Callable, Iterator
from datetime import date

from generator.model.clients import Archive, Attachment, DocumentClass
from generator.obligations.asked import Period, ask, graced
from generator.obligations.begun import begun_years
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Draft
from generator.policy.days import day_of, first_of, plus
from generator.policy.parameters import Values
from generator.standing.clients import Client
from generator.standing.credit_code import is_credit_code
from generator.standing.world import World


def papers(world: World, client: Client) -> list[tuple[int, Attachment, date]]:
    """The attachments of the archive that are there, with their places and 收集日期.

    One collected after the as-of day, whose day cannot be read, or with an R005 or R006 finding
    is not there.
    """
    found = []
    for at, attachment in enumerate((client.form.attachments if client.form else None) or ()):
        collected = world.happened(attachment.collected_on)
        if collected is not None and attachment.file and attachment.file not in client.missing_files:
            found.append((at, attachment, collected))
    return found


def required_documents(archive: Archive) -> list[tuple[DocumentClass, ...]]:
    """What the archive needs: for each paper the classes of which any one will do."""
    if archive.abroad:
        return [(DocumentClass.LICENCE, DocumentClass.OTHER)]
    needed: list[tuple[DocumentClass, ...]] = [(DocumentClass.LICENCE,)]
    if archive.credit_code is None or not is_credit_code(archive.credit_code):
        needed += [(DocumentClass.ORGANIZATION_CODE,), (DocumentClass.TAX_REGISTRATION,)]
    return needed


def documents(world: World, client: Client) -> Iterator[Draft]:
    """The required papers, once, after the archive was begun or the client became a T client."""
    record, form = client.archive, client.form
    if record is None or form is None or form.opened_on is None:
        return
    values = world.parameters.on(form.opened_on)
    base = plus(form.opened_on, values.documents_days)
    due = _archive_due(world, client, base, lambda day: max(base, plus(day, values.new_rating_grace)))
    if due is None:
        return
    earliest = [
        min((day for _, paper, day in papers(world, client) if paper.cls in classes), default=None)
        for classes in required_documents(form)
    ]
    done = None if None in earliest else max(day for day in earliest if day)
    yield _draft(world, client, ObligationKind.ARCHIVE_DOCUMENTS, form.opened_on, due, done, values)


def _archive_due(world: World, client: Client, base: date, due_after: Callable[[date], date]) -> date | None:
    """The due day of an archive kind, with *the T day* in; None where the client is not asked."""

    def managed(due: date) -> bool:
        return world.ratings.is_managed(client.id, min(due, world.as_of))

    due, _ = graced(world.ratings.became_managed(client.id), base, due_after, managed)
    return due if managed(due) else None


def _draft(
    world: World,
    client: Client,
    kind: ObligationKind,
    period: date,
    due: date,
    done: date | None,
    values: Values | None,
    number: int | None = None,
) -> Draft:
    """Who answers is of the as-of day's year, once done of the done day's: the day's own, either way."""
    return Draft(
        kind,
        period.isoformat(),
        period.year,
        due,
        done,
        lambda day: world.responsible_managers(client, day.year, day),
        client.archive.path if client.archive else None,
        values,
        client,
        number=number,
    )


def renewals(world: World, client: Client) -> Iterator[Draft]:
    """A paper that expires is renewed by then, of every client."""
    if client.archive is None:
        return
    there = papers(world, client)
    for at, paper, collected in there:
        if paper.valid_until is None:
            continue
        later = [day for _, other, day in there if other.cls == paper.cls and day > collected]
        yield _draft(
            world,
            client,
            ObligationKind.DOCUMENT_RENEWAL,
            paper.valid_until,
            paper.valid_until,
            min(later, default=None),
            None,
            number=at + 1,
        )


def copies(world: World, client: Client) -> Iterator[Draft]:
    """A copy goes to Key Accounts after the archive was gone through."""
    form, gone = client.form, client.gone_through(world.as_of)
    if form is None or gone is None:
        return
    values = world.parameters.on(gone)
    due = _archive_due(
        world, client, plus(gone, values.copy_days), lambda day: plus(max(gone, day), values.copy_days)
    )
    if due is None:
        return
    handed = [day for copy in form.copies or () if (day := world.happened(copy.on))]
    latest = max(handed, default=None)
    done = latest if latest and latest >= plus(gone, -values.review_cycle) else None
    yield _draft(world, client, ObligationKind.ARCHIVE_COPY, gone, due, done, values)


def reviews(world: World, client: Client) -> Iterator[Draft]:
    """The archive is gone through again within the cycle; doing so moves the obligation."""
    gone = client.gone_through(world.as_of)
    if gone is None:
        return
    values = world.parameters.on(gone)
    cycle = values.review_cycle
    due = _archive_due(world, client, plus(gone, cycle), lambda day: plus(max(gone, day), cycle))
    if due is not None:
        yield _draft(world, client, ObligationKind.ARCHIVE_REVIEW, gone, due, None, values)


def statements(world: World, client: Client) -> Iterator[Draft]:
    """The financial statements of the year before."""
    if client.archive is None:
        return
    for year in begun_years(world):
        values = world.parameters.on(first_of(year))
        base = day_of(year, *values.statements)
        asked = ask(world, client, Period.year(year), year, base, values.new_rating_grace)
        if asked is None:
            continue
        collected = [
            day
            for _, paper, day in papers(world, client)
            if paper.cls is DocumentClass.STATEMENTS and paper.year == year - 1
        ]
        yield Draft(
            ObligationKind.FINANCIAL_STATEMENTS,
            str(year),
            year,
            asked.due,
            min(collected, default=None),
            lambda day, y=year: world.responsible_managers(client, y, day),  # type: ignore[misc]
            client.archive.path,
            values,
            client,
        )
