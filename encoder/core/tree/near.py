"""Finding the few rules or outcomes whose condition may hold, without asking every one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from encoder.core.tree.facts import FactSheet
from encoder.core.tree.model import Condition


class _Conditional(Protocol):
    @property
    def when(self) -> Condition: ...


Item = TypeVar("Item", bound=_Conditional)


class Near(Generic[Item]):
    """Things with a condition, filed under one of its terms; what has no term is always near."""

    def __init__(self, items: Iterable[Item]) -> None:
        """File each item under the term whose fact tells the items apart best: the one with the most values."""
        items = list(items)
        told: dict[str, set[str]] = {}
        for item in items:
            for fact, values in item.when.terms:
                told.setdefault(fact, set()).update(values)
        self._always: list[Item] = []
        self._filed: dict[str, dict[str, list[Item]]] = {}
        for item in items:
            terms = item.when.terms
            if not terms:
                self._always.append(item)
                continue
            fact, values = max(terms, key=lambda term: len(told[term[0]]))
            for value in values:
                self._filed.setdefault(fact, {}).setdefault(value, []).append(item)

    def holding(self, facts: FactSheet) -> Iterator[Item]:
        """The items whose condition holds, each once, in no particular order."""
        seen: set[int] = set()
        for fact, filed in self._filed.items():
            for value in facts.get(fact):
                for item in filed.get(value, ()):
                    if id(item) not in seen and item.when.holds(facts):
                        seen.add(id(item))
                        yield item
        yield from self._always
