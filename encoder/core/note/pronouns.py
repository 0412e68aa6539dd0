"""What a sentence says of the graft that an earlier one named: "it was cut", "the segment was fixed", "not used"."""

from __future__ import annotations

from encoder.core.note.cues import Cue, Kind
from encoder.core.note.findings import Line
from encoder.core.note.naming import DONOR, Mention, act
from encoder.core.note.phrases import Hit, longest
from encoder.core.note.status import AFFIRMED, Status

_LEADING = 3
_JUST = 2
"""Sentences within which "the bone" is still the graft's."""


def speaks_on(line: Line, topic: Mention) -> bool:
    """Whether a sentence goes on about the graft before it: "It was cut", "Cut to length", "The piece"."""
    words = line.words.words
    start = words.index(":") + 1 if ":" in words[:3] else 0
    words = words[start:]
    lead = 1 if words[:1] and words[0] in line.lists["leads"] else 0
    if set(words[lead : lead + 1]) & line.lists["pronouns"] or words[:1] == ("its",):
        return True
    if words[:1] in (("we",), ("i",)) and set(words[1:8]) & line.lists["objects"]:
        return True
    if words[:1] == ("the",) and set(words[1:4]) & _nouns(line, topic):
        return True
    return any(hit.first == start + lead and hit.what.kind in (Kind.ACT, Kind.PREPARE) for hit in line.hits)


def _nouns(line: Line, topic: Mention) -> frozenset[str]:
    """What may stand for a graft: "the segment"; "the bone" right behind it; "the fibula" for the patient's own."""
    nouns = line.lists["nouns"]
    if line.number - topic.line.number <= _JUST:
        nouns |= {"bone"}
    return nouns if topic.origin == DONOR else nouns | line.lists["own_nouns"]


def pronoun(line: Line, origin: str) -> Mention:
    """The mention in a sentence that goes on about the graft before it."""
    cues = line.statuses.loose()
    status = Status(cues[0].what.status, cues[0].first, cues[0].last) if cues else Status(AFFIRMED)
    mention = Mention(line, origin, -1, -1, None, status)
    for hit in longest(hit for hit in line.hits if hit.what.kind is Kind.FORM):
        if hit.first <= _LEADING and hit.what.bind != "has":
            mention.forms.append((hit.what.value, hit.first, hit.last))
    act(mention, ())
    return mention


def left_out(line: Line, origin: str, cue: Hit[Cue]) -> Mention:
    """The mention in a sentence that only says that the graft before it was left out."""
    return Mention(line, origin, -1, -1, None, Status(cue.what.status, cue.first, cue.last))
