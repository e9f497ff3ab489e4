"""ratings/<year>/: the standard, the divisions' nominations and the decisions (1.2, 1.3)."""

from collections.abc import Iterator
from datetime import date
from random import Random

from generator.demo import texts_reports as texts
from generator.demo.clients import Client, Rating
from generator.demo.company import Company, Division
from generator.demo.diary import Diary
from generator.demo.order import Order
from generator.demo.plans import markdown
from generator.demo.story import rounded
from generator.model.ratings import Tier
from generator.policy.days import first_of, plus

_MOST_IN_DECISION = 4000
"""Clients that one decision names: a record may not be larger than 1 MiB (F008)."""
_REASONS = (
    "长期供应主流品种，履约稳定",
    "用量稳步增加，回款守约",
    "区域主力客户，竞争对手在争取",
    "新线投产，用量有增长空间",
    "自有铁路专用线，保供能力强",
    "终端直供，价格执行较好",
    "品种互补，可带动其他事业部",
)


class Ratings:
    """Everything about the ratings of one year, as far as it is written by the as-of day."""

    def __init__(
        self, order: Order, diary: Diary, company: Company, clients: list[Client], year: int
    ) -> None:
        self.order, self.diary, self.company, self.year = order, diary, company, year
        self.rng = order.random("ratings", year)
        self.clients = [one for one in clients if year in one.ratings and one.opened < date(year, 11, 1)]

    def records(self) -> Iterator[tuple[str, str]]:
        """Paths below records/ with their texts."""
        standard = self.diary.some(self.rng, date(self.year - 1, 12, 1), date(self.year - 1, 12, 4))
        if standard <= self.order.as_of:
            yield f"ratings/{self.year}/standard.md", self._standard(standard)
        yield from self._nominations()
        yield from self._decisions()

    def _standard(self, first: date) -> str:
        carried = [f"沿用: {self.year - 1}"] if self.year > self.order.first_year and self.year % 2 else []
        front = [*self._signatures(first, plus(first, 4)), *carried]
        return markdown(front, {"评级标准": texts.STANDARD})

    def _signatures(self, first: date, last: date) -> list[str]:
        """会签 of all units of 1.3, on the days from the first to the last that have come."""
        heads = [(one.id, one.head) for one in self.company.departments]
        heads += [(one.id, one.directors[0]) for one in self.company.groups]
        lines = ["会签:"]
        for place, (unit, seat) in enumerate(heads):
            day = min(self.diary.some(self.rng, first, last), last) if place else first
            day = min(day, self.order.as_of)
            lines.append(f"  - {{单位: {unit}, 人员: {seat.on(day)}, 日期: {day}}}")
        return lines

    def _nominations(self) -> Iterator[tuple[str, str]]:
        by_division: dict[str, list[Client]] = {}
        for client in self.clients:
            by_division.setdefault(client.division.id, []).append(client)
        for division in self.company.divisions:
            rng = self.order.random("nomination", self.year, division.id)
            day = self._submitted(rng)
            if day:
                text = self._nomination(rng, division, day, by_division.get(division.id, []))
                yield f"ratings/{self.year}/nominations/{division.id}.yml", text

    def _submitted(self, rng: Random) -> date | None:
        """By 30 November; a few are late, but none once the ratings are decided."""
        due = self.diary.on(date(self.year - 1, 11, 30))
        day = self.diary.some(rng, date(self.year - 1, 11, 5), due)
        if rng.random() < 0.06:
            day = self.diary.on(plus(due, rng.randint(1, 5)))
        return self.diary.happened(day)

    def _nomination(self, rng: Random, division: Division, day: date, clients: list[Client]) -> str:
        lines = [f"提交日期: {day}", f"提交人: {division.head.on(day)}"]
        entries = [line for client in clients for line in self._nominee(rng, client, day)]
        if not entries:
            return "\n".join([*lines, "说明: 本年无提名", "客户名单: []"]) + "\n"
        return "\n".join([*lines, "客户名单:", *entries]) + "\n"

    def _nominee(self, rng: Random, client: Client, day: date) -> list[str]:
        """A client that the year rates strategic or key: proposed in autumn, or added in the middle."""
        ratings = client.ratings[self.year]
        managed = [one for one in ratings if one.is_managed]
        proposed = managed[0] if managed else self._declined(client)
        if proposed is None:
            return []
        added = None
        if proposed.start > first_of(self.year):
            added = self.diary.before(plus(proposed.start, -rng.randint(6, 20)))
            if proposed.start > self.order.as_of:
                return []
        side = client.side
        lines = [f"  - 客户: {client.id}", f"    方向: {side}"]
        grounds = rng.random()
        if grounds < 0.9:
            tonnes = rounded(rng.randint(*_volumes(proposed.tier)))
            lines.append(f"    年成交量: {{数量: {tonnes}, 计量单位: 吨}}")
        if grounds > 0.8:
            lines.append("    计划重点开发: true")
        lines.append(f"    建议等级: {proposed.tier}")
        if rng.random() < 0.5:
            lines.append(f"    理由: {rng.choice(_REASONS)}")
        if added:
            lines.append(f"    补充日期: {added}")
        return lines

    def _declined(self, client: Client) -> Rating | None:
        """A few general clients are proposed and not taken; the decision then names them general."""
        if client.number % 61 == 7 and client.ratings[self.year][0].start <= self.order.as_of:
            return Rating(first_of(self.year), Tier.KEY)
        return None

    def _decisions(self) -> Iterator[tuple[str, str]]:
        named = [
            (client, client.ratings[self.year][0])
            for client in self.clients
            if client.ratings[self.year][0].is_managed or self._declined(client)
        ]
        named.sort(key=lambda pair: (list(Tier).index(pair[1].tier), pair[0].number))
        batches = [named[at : at + _MOST_IN_DECISION] for at in range(0, len(named), _MOST_IN_DECISION)]
        day = self.diary.before(date(self.year - 1, 12, 14))
        for place, batch in enumerate(reversed(batches)):
            others = place == 0
            if day <= self.order.as_of:
                yield self._decision(day, batch, others=others)
            day = self.diary.before(plus(day, -1))
        for day in sorted({one.start for client in self.clients for one in client.ratings[self.year][1:]}):
            changed = [(c, c.ratings[self.year][1]) for c in self.clients if len(c.ratings[self.year]) > 1]
            if day <= self.order.as_of:
                yield self._decision(day, [pair for pair in changed if pair[1].start == day], others=False)

    def _decision(self, day: date, rated: list[tuple[Client, Rating]], *, others: bool) -> tuple[str, str]:
        lines = self._signatures(self.diary.before(plus(day, -3)), day)
        lines.append("评级:")
        for client, rating in rated:
            level = f", 层级: {rating.level}" if rating.level else ""
            lines.append(f"  - {{客户: {client.id}, 等级: {rating.tier}{level}}}")
        if others:
            lines.append("其余客户: 一般")
        return f"ratings/{self.year}/decisions/{day}.yml", "\n".join(lines) + "\n"


def _volumes(tier: Tier) -> tuple[int, int]:
    return (150_000, 600_000) if tier is Tier.STRATEGIC else (14_000, 110_000)
