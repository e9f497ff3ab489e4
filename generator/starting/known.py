"""What is known when a record is started: clients, people, who writes, which period is wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model.ids import is_id
from generator.obligations.kinds import ObligationKind
from generator.obligations.obligation import Obligation
from generator.pipeline import CannotJudge, Result
from generator.policy.days import last_of, plus
from generator.standing.clients import Client, designated, on_team_in
from generator.standing.company import Company
from generator.standing.world import World

MOST_NAMED = 12
"""How many people a hint names at most."""


class CannotStart(CannotJudge):
    """A record cannot be started (exit 2); the text is one line in Chinese."""


@dataclass(frozen=True, slots=True)
class Own:
    """A record's own date: today where that is right, else left to be filled in, with why."""

    day: date | None
    hint: str = ""


class Known:
    """The records as of today, asked for what a new record needs."""

    def __init__(self, result: Result, *, contacts: bool = True) -> None:
        """`contacts` tells whether people of a client may be named."""
        if not result.judged:
            raise CannotStart("组织机构或人员无法读取，不能新建记录；请先运行 kam check，改好其中的问题。")
        self.result = result
        self.contacts = contacts
        self.world: World = result.world
        self.company: Company = result.world.company
        self.day = result.today

    def path(self, *parts: object) -> str:
        """A path of the tree, beginning with the records folder's name."""
        return "/".join(map(str, (self.world.root, *parts)))

    def client(self, typed: str) -> Client:
        """A client by its id or name."""
        clients = self.world.clients
        found = [one for one in clients.values() if typed in (one.id, one.name)]
        if len(found) > 1:
            raise CannotStart(f"有多个客户叫“{typed}”；请用编号：{'、'.join(one.id for one in found)}。")
        if not found:
            raise CannotStart(f"没有客户“{typed}”；请核对编号或名称，新客户先用 kam new client 建档。")
        if found[0].archive is None:
            raise CannotStart(f"客户 {found[0].id} 没有可读取的 archive.yml；请先建好或改好客户档案。")
        return found[0]

    def person(self, typed: str, day: date | None = None) -> str:
        """A person by id or name, who must hold a position on the day."""
        found = [id_ for id_, one in self.company.people.items() if typed in (id_, one.name)]
        if len(found) > 1:
            raise CannotStart(f"有多个人叫“{typed}”；请用编号：{'、'.join(found)}。")
        if not found:
            raise CannotStart(f"没有人员“{typed}”；请核对编号或姓名（organization/people.yml）。")
        on = day or self.day
        if not self.company.holds_any(found[0], on):
            raise CannotStart(f"{self.named(found[0])}在 {on} 没有任职；请核对人员或日期。")
        return found[0]

    def division(self, typed: str, day: date) -> str:
        """A division by id or name, which must exist on the day."""
        units = self.company.units.values()
        found = [one.id for one in units if typed in (one.id, one.name)]
        fit = [id_ for id_ in found if self.world.is_division(id_, day)]
        if len(fit) == 1:
            return fit[0]
        raise CannotStart(f"“{typed}”在 {day} 不是一个事业部；请核对编号或名称（organization/units.yml）。")

    def named(self, person: str) -> str:
        """A person's name with the id."""
        return f"{self.company.person_name(person)}（{person}）"

    def all_named(self, people: Iterable[str]) -> str:
        """Several people, as many as a hint can hold."""
        names = [self.named(person) for person in people]
        return "、".join(names[:MOST_NAMED]) + (" 等" if len(names) > MOST_NAMED else "")

    def holding(self, people: Iterable[str]) -> list[str]:
        """Those of some people who hold a position today, each once."""
        return [person for person in dict.fromkeys(people) if self.company.holds_any(person, self.day)]

    def on_team(self, client: Client, year: int) -> set[str] | None:
        """Everybody on the team at any time of a year; None where there is no team.yml."""
        team = client.teams.get(year)
        return on_team_in(team, year) if team else None

    def designated(self, client: Client, year: int) -> list[str]:
        """Who is 指定负责人 of a client today (after the year: on its last day)."""
        team = client.teams.get(year)
        return [one for _, one in designated(team, min(self.day, last_of(year)))] if team else []

    def managers(self, client: Client, year: int) -> list[str]:
        """The account managers who hold a position today."""
        return self.holding(self.world.account_managers(client, year, min(self.day, last_of(year))))

    def writer(self, client: Client, year: int) -> str | None:
        """Who writes for a team: the designated person, else the account manager; None: not known."""
        on_team = self.on_team(client, year)
        chosen = [p for p in self.designated(client, year) if on_team is None or p in on_team]
        return next(iter([*self.holding(chosen), *self.managers(client, year)]), None)

    def wanted(
        self, kind: ObligationKind, *, client: Client | None = None, unit: str | None = None
    ) -> Obligation | None:
        """The first obligation of a kind that is not done."""
        for one in self.result.owed_to(client.id if client else None):
            if one.kind is kind and one.unit == unit and one.done_on is None:
                return one
        return None

    def own(self, first: date, last: date, *, not_before: date | None = None, ahead: int = 120) -> Own:
        """Today as the own date of a record of a period, where it may be (D102, Q103, Y102, K102)."""
        earliest = max(plus(first, -ahead), not_before or date.min)
        if self.day < earliest:
            return Own(None, f"{earliest} 起才可填写")
        if self.day > plus(last, 400):
            return Own(None, "填实际日期")
        return Own(self.day)


def checked_id(typed: str, what: str) -> str:
    """A new id; raises CannotStart where it has not the form of one."""
    if is_id(typed):
        return typed
    raise CannotStart(f"“{typed}”不能作{what}编号；只用小写字母、数字和连字符，如 hengda-steel，最长 63 位。")


def only(values: Sequence[str]) -> str | None:
    """The one value there is, or None where there are none or several."""
    return values[0] if len(values) == 1 else None
