"""Two operations in one note: two tumours resected at two bones, each with a reconstruction of its own.

The title names both; the story tells one after the other. Each is read by itself, so that the form of one piece says
nothing of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from encoder.core.note.cues import Cues, Kind
from encoder.core.note.findings import NAMES, STATED, TOLD, Line
from encoder.core.note.places import DIAGNOSED, NAME, Place

_CHANGES = frozenset(("second_part",))
_RESECTED = ("main_procedure", "radical_resection")


@dataclass(frozen=True, slots=True)
class Parts:
    """The numbers of the sentences that tell of the first and of the second operation, and the title of the second."""

    first: frozenset[int]
    second: frozenset[int]
    title: Line


def parts_of(lines: Sequence[Line], places: Sequence[Place], cues: Cues) -> Parts | None:
    """The two operations of a note; None where it tells of one, or where the two cannot be told apart."""
    named = _named(lines, places) or _diagnosed(lines, places)
    if len(named) != 2:
        return None
    (one, _), (two, title) = named
    told = [line for line in lines if line.kind in TOLD]
    marks = [(_bones(line, cues, one), _bones(line, cues, two)) for line in told]
    worth = {cut: _worth(marks, cut) for cut in range(1, len(told))}
    best = max(worth.values(), default=0)
    cut = _border(told, [cut for cut, value in worth.items() if value == best])
    if best <= 0 or not any(a for a, _ in marks[:cut]) or not any(b for _, b in marks[cut:]):
        return None
    names = [line for line in lines if line.kind in NAMES]
    later = {line.number for line in names if line.number >= title.number}
    first = {line.number for line in names} - later | {line.number for line in told[:cut]}
    return Parts(frozenset(first), frozenset(later | {line.number for line in told[cut:]}), title)


def _named(lines: Sequence[Line], places: Sequence[Place]) -> list[tuple[frozenset[str], Line]]:
    """The bones that the title resects, each with its sentence; the same bone said twice counts once."""
    found: list[tuple[frozenset[str], Line]] = []
    titled = [place for place in places if place.role == NAME and place.site.answers.get("bone")]
    for line in (line for line in lines if line.kind in NAMES and _wide(line)):
        bones = frozenset(part for p in titled if p.line is line for part in (p.site.id, p.site.within) if part)
        if bones and not any(bones & known for known, _ in found):
            found.append((bones, line))
    return found


def _diagnosed(lines: Sequence[Line], places: Sequence[Place]) -> list[tuple[frozenset[str], Line]]:
    """The two bones of the diagnosis, where the title resects two things and names a limb for each."""
    titles = [line for line in lines if line.kind in NAMES and _wide(line)]
    bones: list[frozenset[str]] = []
    for place in places:
        own = frozenset((place.site.id, place.site.within)) - {""}
        told = place.role == DIAGNOSED and place.line.kind in STATED and place.site.answers.get("bone")
        if told and not any(own & known for known in bones):
            bones.append(own)
    return list(zip(bones, titles, strict=True)) if len(titles) == len(bones) else []


def _wide(line: Line) -> bool:
    return any((hit.what.fact, hit.what.value) == _RESECTED for hit in line.hits if hit.what.kind is Kind.TERM)


def _border(told: Sequence[Line], cuts: Sequence[int]) -> int:
    """Of cuts that are equally good the one where the story changes over: "Site 2", new drapes, or behind a closure."""
    for cut in cuts:
        if _CHANGES & told[cut].marks:
            return cut
    return next((cut for cut in cuts if "closing" in told[cut - 1].marks), cuts[-1] if cuts else 0)


def _bones(line: Line, cues: Cues, bones: frozenset[str]) -> int:
    """How often a sentence names one of these bones, its own or the donor's."""
    return sum(1 for site in _sites(line, cues) if site & bones)


def _sites(line: Line, cues: Cues) -> Iterator[frozenset[str]]:
    texts = [hit.what.value for hit in line.hits if hit.what.kind is Kind.SITE]
    for name in texts:
        site = cues.sites[name]
        yield frozenset((site.id, site.within)) - {""}


def _worth(marks: Sequence[tuple[int, int]], cut: int) -> int:
    """How well a cut parts the two bones: what stands where it belongs, less what does not."""
    before = sum(one - two for one, two in marks[:cut])
    return before + sum(two - one for one, two in marks[cut:])
