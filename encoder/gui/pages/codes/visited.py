"""The codes that were looked at, for the way back and forward."""

from __future__ import annotations

from dataclasses import dataclass, field

_MOST = 200


@dataclass
class Visited:
    """Codes in the order in which they were looked at, and the place of the one that is shown."""

    _codes: list[str] = field(default_factory=list)
    _at: int = -1

    def now(self) -> str:
        """The code that is shown; empty before the first."""
        return self._codes[self._at] if self._codes else ""

    def add(self, code: str) -> None:
        """Another code is shown; what lay before it in the forward direction is forgotten."""
        if code != self.now():
            self._codes = [*self._codes[max(self._at + 2 - _MOST, 0) : self._at + 1], code]
            self._at = len(self._codes) - 1

    def step(self, by: int) -> bool:
        """Go back or forward; False where there is nothing."""
        there = 0 <= self._at + by < len(self._codes)
        self._at += by if there else 0
        return there

    def around(self) -> tuple[str, str]:
        """The codes to go back and forward to; empty for none."""
        return "".join(self._codes[: max(self._at, 0)][-1:]), "".join(self._codes[self._at + 1 :][:1])
