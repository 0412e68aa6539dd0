"""What a page needs to draw itself: plain values, complete, made anew after each change; pages hold no state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from encoder.core.editions import EditionNote
from encoder.core.evidence import Evidence, Quoted
from encoder.core.tree.explain import Result


@dataclass(frozen=True, slots=True)
class Option:
    """One answer as offered. ``key`` is the digit that gives it, empty past the ninth; ``chosen`` was given before."""

    id: str
    say: str
    plain: str
    short: str
    group: str
    picture: str
    key: str
    chosen: bool
    regions: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """The question on the screen.

    ``kind`` is one or many; ``was`` says an earlier answer that is no longer offered; ``undocumented``: the earlier
    answer was that the note does not say; ``assumed`` are the ids of the answer that is assumed until it is confirmed.
    """

    question: str
    label: str
    text: str
    hint: str
    help: str
    kind: str
    options: tuple[Option, ...]
    map: bool
    refines: bool
    usual: str
    was: str
    seventh: bool = False
    undocumented: bool = False
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step of the way so far.

    ``state`` is answered, not_documented, now, assumed (the usual answer stands in), dropped (kept, not on the way),
    confirm (assumed from a code or a question, counts once it is confirmed) or todo (usually still asked).
    ``quotes`` are those that prove the answer.
    """

    question: str
    label: str
    value: str
    state: str
    quotes: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A family of codes that is still possible, or ruled out with the answer that did it."""

    family: str
    title: str
    codes: tuple[str, ...]
    roles: tuple[str, ...]
    possible: bool
    because: str
    question: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class View:
    """A whole case at one moment.

    ``evidence`` are all quotes tied so far, those of other answers among them; ``meant`` is what its assumptions came
    from, such as the code that was written.
    """

    case: str
    on: date
    claim: str
    way: tuple[WayStep, ...]
    ask: Ask | None
    result: Result | None
    possible: tuple[Candidate, ...]
    ruled_out: tuple[Candidate, ...]
    editions: tuple[EditionNote, ...]
    can_undo: bool
    can_go_back: bool
    evidence: Evidence = field(default_factory=dict)
    meant: str = ""
