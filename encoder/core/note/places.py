"""Where the operation was: bones, joints and the side, told apart from the bones that the approach passes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from encoder.core.note.cues import Cue, Cues, Kind, Site
from encoder.core.note.findings import NAMES, STATED, TOLD, Line, fits
from encoder.core.note.naming import DONOR, OWN, VASCULAR, Mention
from encoder.core.note.phrases import Hit, longest
from encoder.core.note.status import AFFIRMED
from encoder.core.note.text import Words

_PART_OF = {"diaphysis": "shaft", "shaft": "shaft", "midshaft": "shaft", "distal": "distal", "proximal": "proximal"}
"""A part of a long bone that a row of a form may hold alone."""
_WORDS = re.compile(r"[a-z]+")
NAME, OPERATED, DIAGNOSED, OTHER, GRAFT = "name", "operated", "diagnosed", "other", "graft"
_SIDES = {"left": "left", "right": "right", "l": "left", "r": "right", "bilateral": "both", "midline": "midline"}
_SHORT, _FULL = frozenset(("l", "r")), frozenset(("left", "right"))
_NEAR, _FAR = 8, 16
_FIRST_LINES = 4
_LT, _CLOSE = 2, 4
_PRESENTING = frozenset(("indications", "history"))
_OPENED = frozenset(("approach", "incision"))
_HARVEST = frozenset(("fibula", "harvest", "harvested"))
"""Words of a sentence that takes the patient's own bone, or of the one before it: its side may be another one."""
_PREPARED = frozenset(("prepped", "prepared", "draped", "scrubbed", "marked"))
_OPERATIONS = frozenset(("main_procedure", "repair_kind", "other_kind", "cranio_procedure", "biopsy"))


@dataclass(frozen=True, slots=True)
class Place:
    """One mention of a bone or joint, and in what role it stands."""

    site: Site
    line: Line
    first: int
    last: int
    role: str
    status: str


@dataclass(frozen=True, slots=True)
class Sided:
    """One mention of a side that belongs to the operation."""

    side: str
    line: Line
    at: int
    status: str
    weak: bool = False
    """It only stands beside a limb or a disease; it counts where the note says no side better."""


def places_of(lines: Sequence[Line], mentions: Sequence[Mention], sites: Mapping[str, Site]) -> list[Place]:
    """Every bone and joint that the note names as a place of the operation or of the disease."""
    named: dict[int, list[tuple[int, int]]] = {}
    for mention in mentions:
        if mention.head is not None and mention.origin in (DONOR, OWN, VASCULAR, "unknown"):
            named.setdefault(mention.line.number, []).append((mention.first, mention.head.last))
    found = [place for line in lines for place in _in_line(line, named.get(line.number, []), sites)]
    return [*found, *_in_two_rows(lines, found, sites)]


def _in_two_rows(lines: Sequence[Line], found: Sequence[Place], sites: Mapping[str, Site]) -> Iterator[Place]:
    """The part of a bone that a form asks for in a row of its own: "Bone: humerus", "Segment: diaphysis"."""
    rows = {place.line.number: place for place in found if place.role == NAME and place.line.section.row}
    bones = [place for place in rows.values() if place.site.kind == "part" and not _labels(place.line, "part_labels")]
    parts = {
        (part, line.number): (line, at)
        for line in lines
        if line.section.row and _labels(line, "part_labels") and line.number not in rows
        for at, word in enumerate(line.words.words)
        if (part := _PART_OF.get(word)) and line.statuses.of(at, at + 1) is None
    }
    if len({place.site.id for place in bones}) != 1 or len({part for part, _ in parts}) != 1:
        return
    bone = bones[0].site.id
    (part, _), (line, at) = next(iter(parts.items()))
    for name in (f"{bone}_{part}", f"{part}_{bone}"):
        if name in sites:
            yield Place(sites[name], line, at, at + 1, NAME, AFFIRMED)


def _labels(line: Line, listed: str) -> bool:
    return bool(set(_WORDS.findall(line.section.title.lower())) & line.lists[listed])


def _in_line(line: Line, grafts: Sequence[tuple[int, int]], sites: Mapping[str, Site]) -> Iterator[Place]:
    masks = [hit for hit in line.hits if hit.what.kind is Kind.SITE_MASK]
    for hit in longest(hit for hit in line.hits if hit.what.kind is Kind.SITE):
        if any(
            mask.first < hit.last and hit.first < mask.last and mask.last - mask.first >= hit.last - hit.first
            for mask in masks
        ):
            continue
        if _spared(line, hit):
            continue
        site = sites[hit.what.value]
        if any(first <= hit.first and hit.last <= last + 2 for first, last in grafts) and not _apart(line, hit, grafts):
            yield Place(site, line, hit.first, hit.last, GRAFT, AFFIRMED)
            continue
        if set(line.words.words[max(0, hit.first - 2) : hit.first]) & {"from", "donor"}:
            continue
        role = _role(line, hit)
        if role == NAME and any(last <= hit.first for _, last in grafts) and not _operation_before(line, hit):
            continue  # what stands beside the name of a graft is its own place
        if role:
            status = line.statuses.of(hit.first, hit.last, itself=True)
            yield Place(site, line, hit.first, hit.last, role, status.name if status is not None else AFFIRMED)


def _apart(line: Line, hit: Hit[Cue], grafts: Sequence[tuple[int, int]]) -> bool:
    """Whether a bone stands behind the name of the graft as its place: "allograft, right tibia"."""
    between = [line.words.words[last : hit.first] for first, last in grafts if last <= hit.first]
    return any(set(words) & {",", "of", "left", "right", "l", "r"} for words in between)


def _operation_before(line: Line, hit: Hit[Cue]) -> bool:
    return any(other.first <= hit.first and _operation(other, line) for other in line.hits)


def _operation(hit: Hit[Cue], line: Line) -> bool:
    cue = hit.what
    return cue.kind is Kind.TERM and cue.fact in _OPERATIONS and fits(cue, line.kind, line.marks)


def _role(line: Line, hit: Hit[Cue]) -> str:
    labelled = line.section.row and _labels(line, "site_labels")
    if line.kind in NAMES or line.kind == "side" or labelled:
        return NAME
    if line.kind in STATED:
        return DIAGNOSED
    if line.kind in TOLD:
        return OPERATED if _operated(line, hit) else DIAGNOSED if _diseased(line, hit) else ""
    if line.kind == "specimens":
        return OTHER
    if line.kind in ("indications", "history") and _diseased(line, hit):
        return OTHER
    return ""


def _spared(line: Line, hit: Hit[Cue]) -> bool:
    """Whether a bone is named as one that stays: "acetabulum preserved", "sparing the dome", "above the acetabulum"."""
    before = line.words.words[max(0, hit.first - 3) : hit.first]
    if any(word in line.lists["sparing"] for word in before) or before[-1:] == ("supra",):
        return True
    behind = line.words.words[hit.last : hit.last + 4]
    ends = next((at for at, word in enumerate(behind) if word in (",", ";", ".", ")", "with", "and")), len(behind))
    return bool(set(behind[:ends]) & line.lists["spared"])


def _operated(line: Line, hit: Hit[Cue]) -> bool:
    """Whether the sentence takes out, curettes or rebuilds this very bone."""
    if set(line.words.words[max(0, hit.first - 3) : hit.first]) & line.lists["past_it"]:
        return False
    return any(_takes(other, line, hit) for other in line.hits)


def _takes(other: Hit[Cue], line: Line, hit: Hit[Cue]) -> bool:
    """Whether a verb or the name of an operation is said of this bone."""
    if _operation(other, line):
        return not line.statuses.ends(min(other.last, hit.last), max(other.first, hit.first))
    out = other.what.kind is Kind.MARK and other.what.value == "took_out" and bool(line.marks & {"one_piece", "margin"})
    return out and 0 <= other.first - hit.last <= _NEAR and not line.statuses.ends(hit.last, other.first)


def _diseased(line: Line, hit: Hit[Cue]) -> bool:
    """Whether a disease, or plainly a tumour, is said to be in this bone."""
    return any(
        (other.what.kind is Kind.DIAGNOSIS and abs(other.first - hit.first) <= _FAR)
        or (other.what.kind is Kind.MARK and other.what.value == "tumor" and abs(other.first - hit.first) <= _NEAR)
        or (other.what.kind is Kind.MARK and other.what.value == "cyst" and abs(other.first - hit.first) <= _NEAR)
        for other in line.hits
    )


def sides_of(lines: Sequence[Line], places: Sequence[Place]) -> Iterator[Sided]:
    """Every side that belongs to the operation: not the side one lies on, not the side a graft is taken from."""
    operated = {(place.line.number, at) for place in places for at in range(place.first, place.last)}
    before: frozenset[str] = frozenset()
    for line in lines:
        words = line.words.words
        harvest = (before | set(words)) & _HARVEST and not set(words) & _PREPARED
        for at, word in enumerate(words):
            side = _SIDES.get(word)
            if not side:
                continue
            plain = _counts(line, at, words, operated)
            if plain or _beside(line, at, words):
                status = line.statuses.of(at, at + 1, itself=True)
                fibula = "fibula" in words[at + 1 : at + 3] or "fibula" in words[max(0, at - _NEAR) : at]
                weak = not plain or (line.kind in TOLD and bool(harvest)) or fibula
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
    near = words[max(0, at - 4) : at + 6]
    if words[at] == "midline" and (line.kind in TOLD or {"incision", "approach", "scar"} & set(after)):
        return False
    worked = bool(set(words[max(0, at - 6) : at + 9]) & line.lists["side_work"])
    arm = after[:1] == ("arm",) and (
        worked or line.kind in NAMES | STATED
    )  # "right arm prepped", but not the arm with the drip in it
    short = words[at] in _SHORT
    no_side = bool(set(after) & line.lists["not_a_side"]) and not short
    if no_side and not arm and not (after[0] == "in" and line.kind in NAMES):
        return False
    if line.words.ends[at] - line.words.starts[at] == _LT and set(words[max(0, at - 1) : at]) & line.lists["past_it"]:
        return False  # "8 cm below LT" is the lesser trochanter
    lies = _lies_on(words, at) and line.kind not in NAMES | STATED
    if set(words[at + 1 : at + 4]) & line.lists["position"] or lies:
        return False
    if line.kind == "side" or (line.section.row and _labels(line, "limbs")):
        return True
    if line.kind in TOLD and line.number <= _FIRST_LINES and _only_place(words, at, line.lists["limbs"]):
        return True
    behind = range(at - 3, at) if short or not after or not after[0].isalpha() else ()
    bone = any((line.number, place) in operated for place in (*behind, *range(at + 1, at + 6)))
    limb = any(word in line.lists["limbs"] for word in words[at + 1 : at + 4])
    beside = any(hit.what.kind is Kind.SITE and hit.last == at for hit in line.hits)
    if short:
        opened = line.kind in TOLD and set(words[at + 1 : at + 5]) & _OPENED
        return bool(bone or limb or beside or opened) and line.kind in TOLD | NAMES | STATED | {"specimens"}
    if line.kind in NAMES | STATED | {"specimens"}:
        taken = set(words[max(0, at - 3) : at + 4]) & line.lists["taken_from"]
        return not taken and not _verb(words, at, line.lists["be"])
    if line.kind in ("history", "indications"):
        return bone and not _verb(words, at, line.lists["be"])
    if line.kind not in TOLD or _verb(words, at, line.lists["be"]) or set(near) & line.lists["harvest"]:
        return False
    return bone or (limb and worked) or bool(set(words[at + 1 : at + 4]) & _OPENED)


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
    sided = words[at + 1 : at + 2] == ("sided",)
    bone = any(hit.what.kind is Kind.SITE and at < hit.first <= at + _CLOSE for hit in line.hits)
    return (limb and line.kind in TOLD | NAMES) or (ill and (limb or on_the or sided or bone))


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
    return (at > 0 and words[at - 1] in be) or words[at + 1 : at + 2] in (("the",), ("a",), ("an",), ("them",))
