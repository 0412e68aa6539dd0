"""Finding the few rules, outcomes or cases whose condition may hold, without asking every one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from encoder.core.tree.model import Condition, Values

FEW = 3
"""So many are asked one by one: filing them would cost more than it spares."""


class _Conditional(Protocol):
    @property
    def when(self) -> Condition: ...


class Sheet(Protocol):
    """What is asked of the facts of a case."""

    def get(self, name: str) -> Values:
        """The values of a fact, empty when unknown."""

    def meets(self, when: Condition) -> bool:
        """Whether a condition holds."""


Item = TypeVar("Item", bound=_Conditional)


class Near(Generic[Item]):
    """Things with a condition, filed by the value of the fact that most of them speak of, then by the next."""

    def __init__(self, items: Iterable[Item], used: frozenset[str] = frozenset()) -> None:
        """File each item below every value that its condition allows; what is without the fact is filed beside."""
        self._few = list(items)
        self._fact = ""
        self._filed: dict[str, Near[Item]] = {}
        self._beside: Near[Item] | None = None
        terms = [dict(item.when.terms) for item in self._few]
        often = Counter(fact for named in terms for fact in named if fact not in used)
        if len(self._few) <= FEW or not often:
            return
        self._fact = max(often, key=lambda fact: (often[fact], fact))
        by_value: dict[str, list[Item]] = {}
        for item, named in zip(self._few, terms, strict=True):
            for value in named.get(self._fact, ()):
                by_value.setdefault(value, []).append(item)
        self._filed = {value: Near(filed, used | {self._fact}) for value, filed in by_value.items()}
        beside = [item for item, named in zip(self._few, terms, strict=True) if self._fact not in named]
        self._beside = Near(beside, used | {self._fact}) if beside else None
        self._few = []

    def holding(self, facts: Sheet) -> list[Item]:
        """The items whose condition holds, each once, in no particular order."""
        found: list[Item] = []
        self._find(facts, found)
        return found

    def _find(self, facts: Sheet, found: list[Item]) -> None:
        for item in self._few:
            if facts.meets(item.when) and not any(item is other for other in found):
                found.append(item)
        if self._fact:
            for value in facts.get(self._fact):
                filed = self._filed.get(value)
                if filed is not None:
                    filed._find(facts, found)
            if self._beside is not None:
                self._beside._find(facts, found)
