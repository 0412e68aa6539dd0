"""Which mentions of a sentence are denied, past, planned or uncertain, and the words that make them so.

A cue looks after or before itself, to the end of its clause. What stands before "was not used" is the subject of that
verb: the words since the last verb, or where none names a thing, the thing named last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from encoder.core.note.cues import Cue, Kind
from encoder.core.note.phrases import Hit
from encoder.core.note.text import TICKED, UNTICKED, Words

AFFIRMED, NEGATED, HISTORY, PLANNED, UNCERTAIN = "affirmed", "negated", "history", "planned", "uncertain"
_ORDER = {NEGATED: 0, HISTORY: 1, PLANNED: 2, UNCERTAIN: 3}
_NEAR, _WHO = 4, 6


@dataclass(frozen=True, slots=True)
class Status:
    """A status and the words that made it; without words the section or nothing at all did."""

    name: str
    first: int = -1
    last: int = -1


@dataclass(frozen=True, slots=True)
class _Reach:
    """The words that one cue speaks of."""

    name: str
    cue: Hit[Cue]
    first: int
    last: int


class Statuses:
    """The cues of one sentence."""

    def __init__(
        self,
        words: Words,
        hits: Sequence[Hit[Cue]],
        section: str,
        things: Iterable[Hit[Cue]],
        lists: Mapping[str, frozenset[str]],
    ) -> None:
        self._words = words.words
        self._lists = lists
        kept = [hit for hit in hits if hit.what.kind is Kind.KEEP]
        cues = [
            hit
            for hit in hits
            if hit.what.kind is Kind.STATUS
            and (not hit.what.sections or section in hit.what.sections)
            and not any(keep.first <= hit.first and hit.last <= keep.last for keep in kept)
            and not self._number(hit)
        ]
        self._stops = sorted({hit.first for hit in hits if hit.what.kind is Kind.STOP})
        self._things = list(things)
        self._behind = self._boxes_behind()
        self._reaches = [self._reach(cue) for cue in cues]
        self._known: dict[tuple[int, int, bool], Status | None] = {}

    def _boxes_behind(self) -> bool:
        """Whether the boxes of a line stand behind their choices: "femoral [x] tibial [x] patellar [ ]"."""
        boxes = [at for at, word in enumerate(self._words) if word in (UNTICKED, TICKED)]
        if not boxes:
            return False
        label = next((at + 1 for at, word in enumerate(self._words[: boxes[0]]) if word == ":"), 0)
        last = self._words[boxes[-1] + 1 :][:1]
        return boxes[0] > label and (not last or last == ("(",))

    def of(self, first: int, last: int, *, itself: bool = False) -> Status | None:
        """The status of the words between two places; None when no cue speaks of them.

        Args:
            itself: leave out what a relative clause tells of them: "the left humerus, which was nailed last year".
        """
        key = (first, last, itself)
        if key not in self._known:
            self._known[key] = self._of(first, last, itself)
        return self._known[key]

    def _of(self, first: int, last: int, itself: bool) -> Status | None:
        found = [
            reach
            for reach in self._reaches
            if reach.first <= first
            and last <= reach.last
            and not (reach.cue.first <= first and last <= reach.cue.last)
            and not (itself and reach.cue.what.looks == "both" and self._related(last, reach.cue.first))
        ]
        if not found:
            return None
        near = (reach for reach in found if reach.name == NEGATED)
        best = min(near, key=lambda reach: abs(reach.cue.first - first), default=None)
        best = best or min(found, key=lambda reach: _ORDER[reach.name])
        return Status(best.name, best.cue.first, best.cue.last)

    def _related(self, last: int, cue: int) -> bool:
        return any(word in self._lists["relative"] for word in self._words[last:cue])

    def stops(self, first: int, last: int) -> list[int]:
        """Where clauses end between two places."""
        return [stop for stop in self._stops if first <= stop < last]

    def ends(self, between: int, and_: int) -> bool:
        """Whether a clause ends between two places."""
        return any(between <= stop < and_ for stop in self._stops)

    def loose(self) -> list[Hit[Cue]]:
        """Cues that look before themselves and find nothing there: they speak of what the sentence before named."""
        return [
            reach.cue
            for reach in self._reaches
            if reach.cue.what.looks == "before"
            and not any(reach.first <= thing.first and thing.last <= reach.last for thing in self._things)
        ]

    def denied(self, objects: Iterable[str]) -> list[Hit[Cue]]:
        """Cues that deny what the sentence before named: "we abandoned it"."""
        return [
            reach.cue
            for reach in self._reaches
            if (reach.cue.what.looks, reach.name) == ("after", NEGATED)
            and self._words[reach.cue.last : reach.cue.last + 1]
            and self._words[reach.cue.last] in objects
        ]

    def _number(self, hit: Hit[Cue]) -> bool:
        """Whether "no" or "vs" belongs to numbers: "no. 5 suture", "no 2 vicryl", "45 vs 46 mm"."""
        if self._words[hit.first : hit.last] in (("vs",), ("versus",)):
            near = self._words[max(0, hit.first - _NEAR) : hit.last + _NEAR]
            return any(word[:1].isdigit() for word in near) or bool(set(near) & self._lists["measures"])
        after = self._words[hit.last] if hit.last < len(self._words) else ""
        return self._words[hit.first : hit.last] == ("no",) and (after == "." or after[:1].isdigit())

    def _reach(self, cue: Hit[Cue]) -> _Reach:
        name, looks = cue.what.status, cue.what.looks
        if looks == "both":
            first, last = self._brackets(cue)
            return _Reach(name, cue, max(first, self._person(cue), self._later(cue)), last)
        if looks == "after":
            end = next((stop for stop in self._stops if stop >= cue.last), len(self._words))
            if self._words[cue.first] == UNTICKED and self._behind:
                return _Reach(name, cue, self._box_before(cue.first), cue.first)
            if self._words[cue.first] == UNTICKED:  # a box speaks of its own choice, not of the next line of the form
                end = next((at for at in range(cue.last, end) if self._words[at] == ":"), end)
            return _Reach(name, cue, cue.last, end)
        first = self._subject(cue)
        opens, _ = self._brackets(cue)
        if opens and any(opens < thing.first and thing.last <= cue.first for thing in self._things):
            first = max(first, opens)  # "heel cyst (lipoma vs simple cyst)"
        return _Reach(name, cue, first, cue.first)

    def _person(self, cue: Hit[Cue]) -> int:
        """Where a clause about the patient begins in a run-on sentence: "tumor of the radius, he had a curettage"."""
        return next(
            (
                at
                for at in range(cue.first - 1, 0, -1)
                if self._words[at] in ("he", "she", "patient") and self._words[at - 1] in (",", "and", ";")
            ),
            0,
        )

    def _later(self, cue: Hit[Cue]) -> int:
        """Where what went before is told: "nonunion of the humerus, eleven months after nailing elsewhere"."""
        words = self._words
        afters = (at for at in range(cue.first - 1, 0, -1) if words[at] in ("after", "following"))
        before = next((at for at in afters if words[at - 1] in self._lists["times"]), 0)
        treated = (at for at in range(cue.first - 1, 0, -1) if words[at] in self._lists["treated_with"])
        return max(before, next((at for at in treated if words[at - 1] == ","), 0))

    def _brackets(self, cue: Hit[Cue]) -> tuple[int, int]:
        """The words in whose brackets a cue stands, or all of the sentence: "distal radius (plated years ago)"."""
        opens = next((at for at in range(cue.first - 1, -1, -1) if self._words[at] in ("(", ")")), None)
        closes = next((at for at in range(cue.last, len(self._words)) if self._words[at] in ("(", ")")), None)
        if opens is None or self._words[opens] != "(" or (closes is not None and self._words[closes] != ")"):
            return 0, len(self._words)
        return opens, len(self._words) if closes is None else closes

    def _box_before(self, at: int) -> int:
        """Where the choice begins that stands before a box: behind the box or the label before it."""
        ends = (UNTICKED, TICKED, ":", ")")
        return next((place + 1 for place in range(at - 1, -1, -1) if self._words[place] in ends), 0)

    def _subject(self, cue: Hit[Cue]) -> int:
        """Where the subject of a verb begins."""
        start = max((stop for stop in self._stops if stop < cue.first - _NEAR), default=0)
        verb = next((at for at in range(cue.first - 1, start - 1, -1) if self._words[at] in self._lists["verbs"]), None)
        if verb is not None:
            start = next((at for at in range(verb, cue.first) if self._words[at] in self._lists["joins"]), verb)
        who = next((at for at in range(cue.first - 1, max(-1, cue.first - _WHO), -1) if self._words[at] == "who"), None)
        if who is not None:
            return who  # "a boy with a tumor of the femur, who was considered too small": said of the boy
        if any(start <= thing.first and thing.last <= cue.first for thing in self._things):
            return start
        named = [thing for thing in self._things if thing.last <= cue.first]
        if not named:
            return start
        near = max(thing.first for thing in named)
        while (first := min(thing.first for thing in named if thing.last > near)) < near:
            near = first  # "the donor" and "donor femur" name one thing
        return near
