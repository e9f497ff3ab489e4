"""Q, K: the quarterly reports (3.2c) and Key Accounts' analyses (4.2)."""

from collections.abc import Iterator

from generator.model.record import items
from generator.policy.days import last_of, plus
from generator.rules.plans import not_of_key_accounts, team_people
from generator.rules.rule import AnyRecord, Context, Hit
from generator.standing.clients import designated, managers, record_quarter

CHANGE_DAYS = 30
"""A side of trade that a client has had for less is not yet wanted in a report (Q101)."""
EARLY_DAYS = 15
"""A report may be submitted so many days before the quarter's end (Q103)."""


def q101(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """方向 and the sides that the client has."""
    client, own = context.client_of(record), record.own_date
    sides = [side for side in record.data.sides or () if side]
    if client and client.form and own:
        now = {kind.side for kind in client.types(own)}
        before = {kind.side for kind in client.types(plus(own, -CHANGE_DAYS))}
        for side in sorted((now & before) - set(sides)):
            message = f"按客户类型，“方向”里应有{side}；请补上，并把{side}的情况写进报告。"
            yield Hit(("方向",), message, whole=True)
        for at, side in items(record.data.sides):
            if side and side not in now:
                yield Hit(("方向", at), f"按客户类型，这个客户没有{side}业务；请删除，或更新档案的客户类型。")
    for key, lines in (("本季实绩", record.data.traded), ("下季预测", record.data.forecast)):
        for at, line in items(lines):
            if line.side and line.side not in sides:
                message = f"{key}里有{line.side}，“方向”里却没有；请改成一致。"
                yield Hit((key, at, "方向"), message, also=(("方向",),))


def q102(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """填报人 is not the person designated on the day, else the account manager."""
    client, own, year = context.client_of(record), record.own_date, record.place.year or 0
    team = client.teams.get(year) if client else None
    if client is None or team is None or own is None or team_people(context, record) is None:
        return
    day = min(own, last_of(year))
    named = [person for _, person in designated(team, day)]
    wanted = named or [entry.person for entry in managers(team) if entry.on(day)]
    if wanted and record.data.reported_by and record.data.reported_by not in wanted:
        company = context.world.company
        names = "、".join(f"{company.person_name(person)}（{person}）" for person in wanted)
        role = "指定负责人" if named else "客户经理"
        message = f"季度报告应由{role}{names}填报；请改填报人，或先在 team.yml 的“指定负责人”中写明。"
        yield Hit(("填报人",), message)


def q103(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Submitted earlier than 15 days before the quarter's end."""
    quarter, submitted = record_quarter(record), record.data.submitted_on
    if submitted and submitted < plus(quarter.last, -EARLY_DAYS):
        message = (
            f"提交日期 {submitted} 离 {quarter} 结束（{quarter.last}）还有 {EARLY_DAYS} 天以上，"
            "本季情况还不完整；请核对日期或所在季度。"
        )
        yield Hit(("提交日期",), message)


def k101(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """An analysis by nobody of Key Accounts."""
    for at, person in items(record.data.authors):
        if message := not_of_key_accounts(context, person, record.own_date):
            yield Hit(("编制人", at), message)


def k102(context: Context, record: AnyRecord) -> Iterator[Hit]:
    """Submitted before the quarter's last day."""
    quarter, submitted = record_quarter(record), record.data.submitted_on
    if submitted and submitted < quarter.last:
        message = f"提交日期 {submitted} 早于 {quarter} 的最后一天 {quarter.last}；请核对日期或所在季度。"
        yield Hit(("提交日期",), message)
