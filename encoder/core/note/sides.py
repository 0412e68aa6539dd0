"""The side of the operation: not the side one lies on, not the side a graft is taken from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from encoder.core.note.cues import Cue, Cues, Kind
from encoder.core.note.findings import NAMES, STATED, TOLD, Line
from encoder.core.note.phrases import Hit
from encoder.core.note.places import Place, labels_of
from encoder.core.note.status import AFFIRMED
from encoder.core.note.text import Words

SIDES = {"left": "left", "right": "right", "l": "left", "r": "right", "bilateral": "both", "midline": "midline"}
"""The words for a side, with the answer that each stands for."""
_SHORT, _FULL = frozenset(("l", "r")), frozenset(("left", "right"))
_PADS = 3
"""Words before a side that may name what lies on that limb: "Bovie pad: L thigh"."""
_FIRST_LINES = 4
_LT, _CLOSE, _CLAUSE, _NEAR = 2, 4, 6, 8
_PRESENTING = frozenset(("indications", "history"))


@dataclass(frozen=True, slots=True)
class Sided:
    """One mention of a side that belongs to the operation."""

    side: str
    line: Line
    at: int
    status: str
    weak: bool = False
    """It only stands beside a limb or a disease; it counts where the note says no side better."""


def sides_of(lines: Sequence[Line], places: Sequence[Place]) -> Iterator[Sided]:
    """Every side that belongs to the operation: not the side one lies on, not the side a graft is taken from."""
    operated = {(place.line.number, at) for place in places for at in range(place.first, place.last)}
    before: frozenset[str] = frozenset()
    for line in lines:
        words = line.words.words
        harvest = (before | set(words)) & line.lists["own_harvest"] and not set(words) & line.lists["prepared"]
        for at, word in enumerate(words):
            side = SIDES.get(word)
            if not side:
                continue
            if set(words[max(0, at - _PADS) : at]) & line.lists["pads"]:
                continue
            plain = _counts(line, at, words, operated)
            if plain or _beside(line, at, words):
                status = line.statuses.of(at, at + 1, itself=True)
                taken = bool({*words[max(0, at - _NEAR) : at], *words[at + 1 : at + 3]} & line.lists["own_long_bone"])
                weak = not plain or (line.kind in TOLD and bool(harvest)) or taken
                yield Sided(side, line, at, status.name if status else AFFIRMED, weak)
        before = frozenset(words)


def _is_side(words: Sequence[str], at: int, lists: Mapping[str, frozenset[str]]) -> bool:
    """Whether "left" or "right" is a side of the body: not a verb, not "right angle"."""
    after = words[at + 1 : at + 2]
    return not _verb(words, at, lists["be"]) and not (after and after[0] in lists["not_a_side"])


def past_sides(words: Words, cues: Cues) -> Iterator[Hit[Cue]]:
    """Phrases with a side in the midst of them: "middle third left femur"."""
    line = words.words
    sides = {at for at, word in enumerate(line) if word in _SHORT or (word in _FULL and _is_side(line, at, cues.lists))}
    sides |= {at + 1 for at in sides if at and line[at - 1] == "," and line[at + 1 : at + 2] == (",",)}
    kept = [at for at in range(len(line)) if at not in sides]
    if len(kept) == len(line):
        return
    bare = Words(
        tuple(line[at] for at in kept), tuple(words.starts[at] for at in kept), tuple(words.ends[at] for at in kept)
    )
    for hit in cues.phrases.find(bare):
        first, last = kept[hit.first], kept[hit.last - 1] + 1
        if last - first > hit.last - hit.first:
            yield Hit(hit.what, first, last)


def _counts(line: Line, at: int, words: Sequence[str], operated: set[tuple[int, int]]) -> bool:
    after = words[at + 1 : at + 2]
    near = words[max(0, at - 4) : at + (1 if after == (",",) else 6)]
    if words[at] == "midline" and (line.kind in TOLD or {"incision", "approach", "scar"} & set(after)):
        return False
    worked = bool(set(words[max(0, at - 6) : at + 9]) & line.lists["side_work"])
    # "right arm prepped", but not the arm with the drip in it
    arm = after[:1] == ("arm",) and (worked or line.kind in NAMES | STATED)
    short = words[at] in _SHORT
    on_the = words[max(0, at - 2) : at] == ("on", "the") and words[at - 3 : at - 2] not in (("left",), ("right",))
    no_side = bool(set(after) & line.lists["not_a_side"]) and not short and not on_the
    if no_side and not arm and not (after[0] == "in" and line.kind in NAMES):
        return False
    if line.words.ends[at] - line.words.starts[at] == _LT and set(words[max(0, at - 1) : at]) & line.lists["past_it"]:
        return False  # "8 cm below LT" is the lesser trochanter
    lies = _lies_on(words, at) and line.kind not in NAMES | STATED
    if set(words[at + 1 : at + 4]) & line.lists["position"] or lies:
        return False
    if line.kind == "side" or (line.section.row and labels_of(line, "limbs")):
        return True
    if line.kind in TOLD and line.number <= _FIRST_LINES and _only_place(words, at, line.lists["limbs"]):
        return True
    apart = words[at - 1 : at] in ((",",), ("(",)) and not (after and after[0].isalpha())
    behind = range(at - (_CLAUSE if apart else 3), at) if short or not after or not after[0].isalpha() else ()
    bone = any((line.number, place) in operated for place in (*behind, *range(at + 1, at + 6)))
    limb = any(word in line.lists["limbs"] for word in words[at + 1 : at + 4])
    beside = any(hit.what.kind is Kind.SITE and hit.last == at for hit in line.hits)
    if short:
        opened = line.kind in TOLD and set(words[at + 1 : at + 5]) & line.lists["opened"]
        if line.kind == "admin":
            return bone
        if words[at] == "l" and set(words[max(0, at - 1) : at]) & line.lists["l_shaped"]:
            return False  # an incision, not a side
        return bool(bone or limb or beside or opened) and line.kind in TOLD | NAMES | STATED | {"specimens"}
    if line.kind in NAMES | STATED | {"specimens", "planned_title"}:
        taken = set(words[max(0, at - 3) : at + 4]) & line.lists["taken_from"]
        return not taken and not _verb(words, at, line.lists["be"])
    if line.kind in ("history", "indications", "admin"):  # "Location: L proximal tibia"
        return bone and not _verb(words, at, line.lists["be"])
    if line.kind not in TOLD or _verb(words, at, line.lists["be"]) or set(near) & line.lists["harvest"]:
        return False
    return bone or (limb and worked) or bool(set(words[at + 1 : at + 4]) & line.lists["opened"])


def _beside(line: Line, at: int, words: Sequence[str]) -> bool:
    """Whether a side stands beside a limb, or beside a disease: "right arm free", "of the condyle on the right"."""
    on_the = words[max(0, at - 2) : at] == ("on", "the")
    limbed = bool(set(words[at + 1 : at + 2]) & line.lists["limbs"]) and not _verb(words, at, line.lists["be"])
    sided = words[at] in ("left", "right") and (on_the or limbed or _is_side(words, at, line.lists))
    if line.kind not in TOLD | NAMES | _PRESENTING or not sided:
        return False
    near, close = words[max(0, at - _NEAR) : at + _NEAR], words[max(0, at - _CLOSE) : at + _CLOSE]
    lies = _lies_on(words, at) and line.kind not in NAMES
    if lies or set(close) & line.lists["harvest"] or set(near) & line.lists["not_operated"]:
        return False
    if set(words[at + 1 : at + 4]) & line.lists["position"]:
        return False
    limb = bool(set(words[at + 1 : at + 3]) & line.lists["limbs"])
    ill = any(
        (other.what.kind is Kind.DIAGNOSIS or (other.what.kind is Kind.MARK and other.what.value in ("tumor", "cyst")))
        for other in line.hits
    )
    adjective = words[at + 1 : at + 2] == ("sided",)
    bone = any(hit.what.kind is Kind.SITE and at < hit.first <= at + _CLOSE for hit in line.hits)
    begun = bone and line.kind in TOLD and line.number <= _FIRST_LINES  # "So this is the right humerus."
    return begun or (limb and line.kind in TOLD | NAMES) or (ill and (limb or on_the or adjective or bone))


def _only_place(words: Sequence[str], at: int, limbs: frozenset[str]) -> bool:
    """Whether a line at the begin names a side and a limb and nothing else: "Right elbow."."""
    return at == 0 and len([word for word in words if word.isalpha()]) == 2 and words[1] in limbs


def _lies_on(words: Sequence[str], at: int) -> bool:
    """Whether the patient lies on this side: "lateral on the right side"."""
    return "on" in words[max(0, at - 2) : at] and words[at + 1 : at + 2] == ("side",)


def _verb(words: Sequence[str], at: int, be: frozenset[str]) -> bool:
    """Whether "left" is a verb: "was left in place", "muscle left on the bone"."""
    if words[at] == "right":
        return words[max(0, at - 1) : at] in (("all",), ("quite",), ("just",))
    if words[at] != "left":
        return False
    if any(word.endswith("ed") and word != "sided" for word in words[at + 1 : at + 2]):
        return True  # "the muscle left wrapped round the bone"
    if at > 0 and words[at - 1] == "gap" and not any(word.isalpha() for word in words[at + 1 : at + 2]):
        return True  # "none required, gap left"
    return (at > 0 and words[at - 1] in be) or words[at + 1 : at + 2] in (("the",), ("a",), ("an",), ("them",))
