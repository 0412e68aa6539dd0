"""A donor piece that a title names and the story bears out, without saying its form again.

The story must speak of a graft and, behind that and before it closes, fix, seat or sew it. Nothing may take it back: no
graft left out or only planned, no metal joint, no other surgeon, no operation that is put off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from encoder.core.note.cues import Cue, Kind
from encoder.core.note.findings import NAMES, TOLD, Line
from encoder.core.note.grafts import used_of
from encoder.core.note.naming import DONOR, METAL, OWN, UNKNOWN, VASCULAR, Mention
from encoder.core.note.phrases import Hit
from encoder.core.note.pronouns import READY, beside
from encoder.core.note.status import AFFIRMED, Status

_SLIGHT = frozenset(("chips", "soft_tissue"))
_PUT_IN = frozenset(("placed", "fixed"))
_BESIDE = 10
"""Words around a verb within which another thing may stand that it is said of."""
_PASSAGE = 14
"""Sentences from the piece to what holds it."""
_BARRED = frozenset(("closing", "took_out", "talk"))


def confirmed(mentions: Sequence[Mention], lines: Sequence[Line]) -> list[Mention]:
    """The mentions of a note, with those that confirm the piece of its title put among them.

    Returns:
        the mentions in the order of the text; the very same ones where there is nothing to confirm.
    """
    metal = any(m.origin == METAL and m.line.kind in NAMES for m in mentions)
    titled = [m for m in mentions if m.line.kind in NAMES and _donor(m) and (m.shapes or (metal and m.forms))]
    mine = [m for m in mentions if m.origin == DONOR and not m.weak]
    if not titled or used_of(mine) or _taken_back(mentions, shaped=any(m.shapes for m in titled)):
        return list(mentions)
    both = any(m.origin in (OWN, VASCULAR) and m.line.kind in NAMES for m in mentions)
    which = {DONOR} if both else {DONOR, UNKNOWN}  # where own bone is named too, "the graft" may be either
    speaking = {m.line.number for m in mentions if m.origin in which and m.head is not None and not _is_slight(m)}
    told = (line for line in lines if line.kind in TOLD)
    first = next((line.number for line in told if line.number in speaking or READY in line.marks), None)
    if first is None:
        return list(mentions)
    mentioned = {m.line.number for m in mentions}
    made: list[Mention] = []
    for line in lines:
        if line.kind not in TOLD or not first <= line.number <= first + _PASSAGE:
            continue
        if "closing" in line.marks:
            break
        held = _held(line)
        if held is not None:
            acts = [(held.what.value, held.first, held.last)]
            made.append(Mention(line, DONOR, -1, -1, None, Status(AFFIRMED), acts=acts, placed=True))
        elif line.number not in mentioned:
            made += beside(line, DONOR)
    if not any(m.placed for m in made):
        return list(mentions)
    return sorted([*mentions, *made], key=lambda m: m.line.number)


def _donor(mention: Mention) -> bool:
    return mention.origin == DONOR and mention.status.name == AFFIRMED


def _taken_back(mentions: Sequence[Mention], *, shaped: bool) -> bool:
    """Whether the story leaves a graft out, speaks of a later one, or puts in metal where a piece of bone should be.

    Args:
        shaped: the title names a form; a bulk piece under a metal joint has none.
    """
    return any(
        (m.origin in (DONOR, UNKNOWN) and m.status.name != AFFIRMED and not _is_slight(m))
        or (shaped and m.origin == METAL and m.placed and not m.weak)
        for m in mentions
        if m.line.kind in TOLD
    )


def _is_slight(mention: Mention) -> bool:
    return bool(mention.shapes) and mention.shapes <= _SLIGHT


def _held(line: Line) -> Hit[Cue] | None:
    """What seats, fixes or sews the piece of the sentences before; None where it is said of another thing."""
    if _BARRED & line.marks:
        return None
    words, elsewhere = line.words.words, line.lists["elsewhere"]
    return next(
        (hit for hit in _puts_in(line) if not set(words[max(0, hit.first - _BESIDE) : hit.last + _BESIDE]) & elsewhere),
        None,
    )


def _puts_in(line: Line) -> Iterator[Hit[Cue]]:
    ready = [hit for hit in line.hits if hit.what.kind is Kind.PREPARE]
    for hit in line.hits:
        acts = hit.what.kind is Kind.ACT and hit.what.value in _PUT_IN
        if (
            acts
            and line.statuses.of(hit.first, hit.last) is None
            and not any(prepared.first <= hit.first < prepared.last for prepared in ready)
        ):
            yield hit
