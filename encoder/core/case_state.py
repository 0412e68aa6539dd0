"""What a case holds at one moment: what undo goes back to, and what is kept of it between two starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from encoder.core.evidence import Evidence
from encoder.core.tree.model import Values

DATE, CLAIM = "date_of_service", "claim"
"""What stands on the way before any question, and the question whose claim it is."""


@dataclass(frozen=True, slots=True)
class CaseState:
    """The answers of a case and all that belongs to them.

    Attributes:
        on: the date of service; ``case`` is the coder's label.
        earlier: answers that were taken back, still marked where they stood.
        assumed: answers to be confirmed; ``meant`` is what they came from.
        focus: the question that was turned back to.
        number: which case of the running program it is; it means nothing beyond that.
    """

    on: date
    case: str = ""
    answers: Mapping[str, Values] = field(default_factory=dict)
    earlier: Mapping[str, Values] = field(default_factory=dict)
    assumed: Mapping[str, Values] = field(default_factory=dict)
    meant: str = ""
    focus: str = ""
    evidence: Evidence = field(default_factory=dict)
    number: int = field(default=0, compare=False)
