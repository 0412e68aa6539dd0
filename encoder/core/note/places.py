"""Where the operation was: bones and joints, told apart from the bones that the approach passes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from encoder.core.note.cues import Cue, Kind, Site
from encoder.core.note.findings import NAMES, STATED, TOLD, Line, fits
from encoder.core.note.naming import DONOR, OWN, VASCULAR, Mention
from encoder.core.note.phrases import Hit, longest
from encoder.core.note.status import AFFIRMED

_PARTS = ("shaft", "distal", "proximal")
"""Parts of a long bone that a row of a form may hold alone, as the ids of sites have them; their words are lists."""
_WORDS = re.compile(r"[a-z]+")
NAME, OPERATED, DIAGNOSED, OTHER, GRAFT = "name", "operated", "diagnosed", "other", "graft"
_NEAR, _FAR = 8, 16
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
    bones = [place for place in rows.values() if place.site.kind == "part" and not labels_of(place.line, "part_labels")]
    parts = {
        (part, line.number): (line, at)
        for line in lines
        if line.section.row and labels_of(line, "part_labels") and line.number not in rows
        for at, word in enumerate(line.words.words)
        for part in _PARTS
        if word in line.lists[f"part_{part}"] and line.statuses.of(at, at + 1) is None
    }
    if len({place.site.id for place in bones}) != 1 or len({part for part, _ in parts}) != 1:
        return
    bone = bones[0].site.id
    (part, _), (line, at) = next(iter(parts.items()))
    for name in (f"{bone}_{part}", f"{part}_{bone}"):
        if name in sites:
            yield Place(sites[name], line, at, at + 1, NAME, AFFIRMED)


def labels_of(line: Line, listed: str) -> bool:
    """Whether the label of a row of a form has one of the listed words."""
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
        before = line.words.words[max(0, hit.first - 3) : hit.first]
        if set(before[-2:]) & {"from", "donor"} and not set(before) & line.lists["arising"]:
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
    labelled = line.section.row and labels_of(line, "site_labels")
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
