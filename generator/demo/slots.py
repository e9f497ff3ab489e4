"""The figures and names that a sentence is filled with: a client's own, and of its day."""

from datetime import date
from random import Random

from generator.demo.lines import Good, price
from generator.demo.story import rounded, shown
from generator.policy.days import plus

_RANGES = {"n": (2, 9), "k": (12, 48), "pc": (2, 9), "hi": (81, 98), "share": (35, 68), "cost": (310, 420)}
_WORDS = {
    "ud": ("多", "少"),
    "look": ("偏稳", "偏弱", "平稳", "略涨", "震荡"),
    "coke": ("24", "25", "26", "27"),
}
_REST = {"r": ("n", 10), "rest": ("share", 100)}
"""What is left of another figure that stands in the same sentence."""


class Slots(dict[str, str]):
    """Known values; any other figure is drawn anew each time it is asked for."""

    def __init__(self, rng: Random) -> None:
        super().__init__()
        self._rng = rng
        self._last: dict[str, int] = {}

    def __missing__(self, key: str) -> str:
        if key in _RANGES:
            low, high = _RANGES[key]
            self._last[key] = low + int(self._rng.random() * (high - low + 1))
            return str(self._last[key])
        if key in _REST:
            of, whole = _REST[key]
            return str(whole - self._last.get(of, 0))
        words = _WORDS[key]
        return words[int(self._rng.random() * len(words))]

    def of_day(self, day: date, good: Good, quarterly: int, ahead: date) -> "Slots":
        """Fill in what belongs to a day: the price and its move, the month and its tonnes."""
        monthly = quarterly // 3 + 10
        now = price(good, day)
        change = now - price(good, plus(day, -30))
        step = f"涨{change}元" if change > 0 else f"跌{-change}元" if change else "持平"
        self.update(
            g=good.name,
            pr=str(now),
            mv=f"较上月{step}",
            q=shown(rounded(monthly)),
            got=shown(rounded(monthly * day.day // 32)),
            m=str(day.month),
            nm=str(day.month % 12 + 1),
            d=f"{ahead.month}月{ahead.day}日",
        )
        return self
