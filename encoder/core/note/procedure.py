"""The main procedure: what the title names and what the story bears out.

Whether a tumour came out whole or in pieces only the story says; a title alone proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from encoder.core.note.cues import Kind
from encoder.core.note.facts import (
    CONTRADICTION,
    CURETTAGE,
    GRAFT_ONLY,
    MARGIN,
    RADICAL,
    SILENT,
    TUMOR,
    UNCLEAR,
    Facts,
    Made,
    Missing,
    Suggestion,
    of,
)
from encoder.core.note.findings import NAMES, STATED, TOLD, Finding, Line
from encoder.core.note.headings import TITLE
from encoder.core.note.naming import DONOR, METAL, OWN
from encoder.core.note.places import NAME, OPERATED
from encoder.core.note.status import AFFIRMED, NEGATED

_WHOLE = ("margin", "sawn", "tumor")
"""Marks that together tell a wide resection which no word names: margins, saw cuts, a tumour."""
_AROUND = frozenset(("margin", "wide", "untouched", "tract_along", "cut_clear"))
"""Marks that speak of what was left around a tumour, also where the note does not name it."""
_NO_TUMOR = frozenset(("lesion_removed", "other_cause"))
"""Marks of an outgrowth that is cut off at its base, and of bone that goes for another cause."""
_PARTS_OUT = ("both_out", "cup_out", "stem_out", "femur_out", "tibia_out", "humerus_out", "glenoid_out")
_JOINT_SHAPES = frozenset(("osteoarticular", "plug", "soft_tissue"))


def main_procedure(facts: Facts, name: str) -> Made:
    """The main procedure: a title says which of many, the story says whether a tumour came out whole or in pieces."""
    made = _procedure(facts, name)
    wide = isinstance(made, Suggestion) and made.answer == RADICAL
    tumor = _of_tumor(facts) or (facts.reading.marks.keys() & _AROUND and "other_cause" not in facts.reading.marks)
    if wide and not tumor:
        return Missing(name, UNCLEAR, made.findings)  # bone that came out whole, for another cause than a tumour
    return made


def _procedure(facts: Facts, name: str) -> Made:
    found = facts.said(name)
    named = {finding.value for finding in found if finding.section in NAMES}
    told = {finding.value for finding in found if finding.section in TOLD or finding.value == GRAFT_ONLY}
    repairs, others = facts.said("repair_kind", where=NAMES), facts.said("other_kind", where=NAMES)
    if not named & TUMOR:
        repairs = repairs or facts.said("repair_kind", where=STATED)
    amputated = tuple(finding for finding in others if finding.value == "amputation")
    if amputated:
        return Suggestion(name, "other_surgery", amputated)
    alone = facts.said("biopsy", where=(TITLE,)) and not named and not repairs and not others
    if alone or (facts.said("biopsy", where=NAMES) and not (named | told) & TUMOR):
        return Missing(name, SILENT)
    fixed = facts.said("other_work", where=NAMES, value="internal_fixation")
    if fixed and CURETTAGE in told and not named and not repairs and not others:
        return Missing(name, UNCLEAR, tuple(fixed))
    devices = named - TUMOR - {GRAFT_ONLY}
    out = RADICAL in told and "resected" in facts.reading.marks and facts.said("diagnosis", value="malignant")
    if devices == {"arthroplasty"} and out and not repairs and not others:
        return of(name, RADICAL, found)  # "resection of the proximal femur; composite with bipolar hemiarthroplasty"
    if named & TUMOR or (told & TUMOR and not devices and not repairs and not others and GRAFT_ONLY not in named):
        return _tumor(facts, name, found, named, told)
    if devices:
        return _device(facts, name, found, devices)
    if repairs or others:
        return Suggestion(name, "bone_repair" if repairs else "other_surgery", tuple(repairs or others))
    broken = facts.said("diagnosis", where=STATED, value="acute_trauma")
    if fixed and broken and not named and not told & TUMOR:
        return Suggestion(name, "bone_repair", (*fixed, *broken))  # "elevation and plating" of a fracture
    if made := _untitled(facts, named, told):
        return made
    if "implant_removal" in told and GRAFT_ONLY not in named and facts.values("implant_joint"):
        return of(name, "implant_removal", found)
    marks = facts.reading.marks
    whole = [marks[name] for name in _WHOLE if name in marks]
    if "margin" not in marks:
        whole += [marks[name] for name in ("cut_clear", "one_piece") if name in marks][:1]
    if len(whole) < len(_WHOLE) and "sawn" in marks and CURETTAGE not in told:
        whole += facts.said("diagnosis", value="malignant")[:1]
    lifted = _tumor_out(facts) or {"one_piece", "margin"} <= marks.keys()
    if len(whole) >= len(_WHOLE) and GRAFT_ONLY not in named | told and lifted:
        return Suggestion(name, RADICAL, tuple(whole))
    if CURETTAGE not in told and GRAFT_ONLY not in named | told and (said := _told_whole(facts)):
        return Suggestion(name, RADICAL, said)
    shapes = [f for f in facts.said("graft_form") if f.value in _JOINT_SHAPES]
    if GRAFT_ONLY in named | told:
        return of(name, GRAFT_ONLY, found)
    return (
        Suggestion(name, GRAFT_ONLY, tuple(shapes))
        if shapes and DONOR in facts.origins_used()
        else Missing(name, SILENT)
    )


def _untitled(facts: Facts, named: set[str], told: set[str]) -> Suggestion | None:
    """What only the story tells: a joint fused, put in or renewed, a break held, a nonunion or an osteotomy."""
    name = "main_procedure"
    tumor = told & TUMOR or "tumor" in facts.reading.marks or facts.said("diagnosis", value="malignant")
    kinds = {kind: [f for held in facts.values(kind).values() for f in held] for kind in ("repair_kind", "other_kind")}
    if kinds["other_kind"]:
        return Suggestion(name, "other_surgery", tuple(kinds["other_kind"]))
    if not named and not tumor and (made := _joint_or_break(facts, name)):
        return made
    ill = tumor or any("pathologic" in line.marks for line in facts.reading.lines) or GRAFT_ONLY in named | told
    repairs = [f for f in kinds["repair_kind"] if f.section not in TOLD or not ill]
    return Suggestion(name, "bone_repair", tuple(repairs)) if repairs else None


def _joint_or_break(facts: Facts, name: str) -> Suggestion | None:
    """An implant of a joint that the story puts in, parts that come out and in, or a fresh break that is held."""
    out = [facts.reading.marks[mark] for mark in _PARTS_OUT if mark in facts.reading.marks]
    if out and (METAL in facts.origins_used() or _component_in(facts)):
        return Suggestion(name, "arthroplasty", tuple(out))
    broken = facts.said("diagnosis", where=TOLD | NAMES, value="acute_trauma")
    held = any("fixation_device" in line.marks for line in facts.reading.lines if line.kind in TOLD)
    if broken and held:
        return Suggestion(name, "bone_repair", tuple(broken))
    joint = [facts.reading.marks[mark] for mark in ("joint_in",) if mark in facts.reading.marks and not broken]
    return Suggestion(name, "arthroplasty", tuple(joint)) if joint else None


def _component_in(facts: Facts) -> bool:
    """Whether the story puts in a part of a joint implant: a cup, a stem, a liner."""
    return any(
        m.origin == METAL
        and m.placed
        and m.status.name == AFFIRMED
        and m.line.kind in TOLD
        and bool(set(m.line.words.words[m.first : m.last]) & m.line.lists["components"])
        for m in facts.reading.mentions
    )


def _device(facts: Facts, name: str, found: Sequence[Finding], devices: set[str]) -> Suggestion:
    """A joint implant put in or taken out; half a joint put in for a fresh fracture treats the fracture."""
    broken = [*facts.said("repair_kind", value="fracture"), *facts.said("diagnosis", value="acute_trauma")]
    if "arthroplasty" in devices and broken and facts.said("arthroplasty_operation", value="hemi"):
        return Suggestion(name, "bone_repair", tuple(broken))
    both = {"implant_removal", "arthroplasty"} <= devices
    ankle = both and "ankle" in facts.values("implant_joint")
    value = "implant_removal" if ankle or devices == {"implant_removal"} else "arthroplasty"
    return of(name, value, found)


def _tumor(facts: Facts, name: str, found: Sequence[Finding], named: set[str], told: set[str]) -> Made:
    """Wide resection, curettage or unclear: what is told decides, what is named alone does not."""
    carried = {value: tuple(f for f in found if f.value == value) for value in TUMOR}
    both = carried[RADICAL] + carried[CURETTAGE]
    marks, malignant = facts.reading.marks.keys(), bool(facts.said("diagnosis", value="malignant"))
    if "later_stage" in marks and RADICAL not in named:
        if DONOR in facts.origins_used() and CURETTAGE not in named | told:
            return Suggestion(name, GRAFT_ONLY, (facts.reading.marks["later_stage"],))
        return Missing(name, CONTRADICTION, both)
    if RADICAL in told and not (CURETTAGE in named and "margin" not in marks):
        scraped = CURETTAGE in told and not _put_back(facts)
        if CURETTAGE in named or (scraped and not (RADICAL in named and "sawn" in marks)):
            return Missing(name, CONTRADICTION, both)
        whole = (
            _round_it(facts)
            or _bone_out(facts)
            or _bone_itself(facts)
            or ("one_piece" in marks and malignant and _host_sawn(facts))
        )
        if RADICAL not in named and not marks & _AROUND and not whole:
            return Missing(name, UNCLEAR, carried[RADICAL] + carried[MARGIN])  # whole, but with what around it?
        return Suggestion(name, RADICAL, carried[RADICAL])
    if RADICAL in named and CURETTAGE not in named:
        if CURETTAGE in told and _not_done(facts):
            return Suggestion(name, CURETTAGE, carried[CURETTAGE])
        if (CURETTAGE in told or "with_curettes" in marks) and not _put_back(facts):
            return Missing(name, CONTRADICTION, both)
        if "sawn" in marks and malignant:
            return Suggestion(name, RADICAL, carried[RADICAL])
        if marks & {"margin", "one_piece"} or _bone_out(facts) or _tumor_out(facts) or _sent(facts):
            return Suggestion(name, RADICAL, carried[RADICAL])
        return Missing(name, UNCLEAR, carried[RADICAL] + carried[MARGIN])
    if CURETTAGE in named | told:
        return Suggestion(name, CURETTAGE, carried[CURETTAGE])
    if malignant and marks & {"sawn", "margin"} and (_tumor_out(facts) or _sent(facts)):
        return Suggestion(name, RADICAL, carried[MARGIN])  # a length or wall of bone with the tumor, between saw cuts
    if _round_it(facts):
        return Suggestion(name, RADICAL, carried[MARGIN])
    return Suggestion(name, MARGIN, carried[MARGIN])


def _round_it(facts: Facts) -> bool:
    """Whether the story keeps away from the tumour all along and takes out, or saws through, a bone of the patient."""
    marks = facts.reading.marks
    return "untouched" in marks and (_host_sawn(facts) or ("one_piece" in marks and _tumor_out(facts)))


def _told_whole(facts: Facts) -> tuple[Finding, ...]:
    """What tells together, in sentences apart, of a tumour that came out whole with what was left around it."""
    marks = facts.reading.marks
    if _round_it(facts):
        return (marks["untouched"],)
    around, whole = marks.keys() & (_AROUND - {"wide"}), marks.keys() & {"one_piece", "untouched"}
    tumor = "tumor" in marks or facts.said("diagnosis", value="malignant")
    if tumor and around and whole and marks.keys() & {"took_out", "sawn"} and not marks.keys() & _NO_TUMOR:
        return tuple(marks[name] for name in sorted(around | whole))
    return _bone_itself(facts) if "sawn" in marks else ()


def _of_tumor(facts: Facts) -> bool:
    """Whether the note speaks anywhere of a tumour that it does not deny."""
    return any(
        line.statuses.of(hit.first, hit.last) is None
        for line in facts.reading.lines
        for hit in line.hits
        if hit.what.kind is Kind.MARK and hit.what.value == "tumor"
    )


def _put_back(facts: Facts) -> bool:
    """Whether the resected bone itself was put back: what was scraped then is the specimen, off the patient."""
    return OWN in facts.origins_used() and bool(facts.said("own_bone_harvest", value="same_incision"))


def _host_sawn(facts: Facts) -> bool:
    """Whether the story saws a bone of the patient, not only the piece of the donor."""
    mine = {m.line.number for m in facts.reading.mentions if m.origin == DONOR and m.head is not None}
    lines = (line for line in facts.reading.lines if line.kind in TOLD and "sawn" in line.marks)
    return any(line.number not in mine for line in lines)


def _not_done(facts: Facts) -> bool:
    """Whether the story says that the resection of the title was not done."""
    return any(
        f.fact == "main_procedure" and f.value == RADICAL and f.status == NEGATED and f.section in TOLD
        for f in facts.reading.findings
    )


def _bone_itself(facts: Facts) -> tuple[Finding, ...]:
    """The bone that the title takes out, for a malignant tumour or with a margin: not the tumour out of it."""
    malignant = bool(facts.said("diagnosis", value="malignant"))
    return tuple(
        facts.at(place, "main_procedure", RADICAL)
        for place in facts.reading.places
        if place.role == NAME
        and place.site.kind in ("bone", "part")
        and "resected" in place.line.marks
        and ((malignant and "tumor" not in place.line.marks) or "margin" in place.line.marks)
    )


def _bone_out(facts: Facts) -> bool:
    """Whether the story takes a bone itself out, not a lesion out of it."""
    return any(
        place.role == OPERATED and place.line.kind in TOLD and "took_out" in place.line.marks
        for place in facts.reading.places
    )


def _tumor_out(facts: Facts) -> bool:
    """Whether the story takes out a wall or a length of bone, a bone by name, or, between saw cuts, the tumour."""
    told = [line for line in facts.reading.lines if line.kind in TOLD]
    sawn = any("sawn" in line.marks for line in told)
    return any(
        "took_out" in line.marks
        and not line.marks & {"not_the_bone", "in_pieces"}
        and ("bone_part" in line.marks or (sawn and "tumor" in line.marks) or _sited(line))
        for line in told
    )


def _sited(line: Line) -> bool:
    return any(hit.what.kind is Kind.SITE for hit in line.hits)


def _sent(facts: Facts) -> bool:
    """Whether the specimens name a bone or a length of it, and no scrapings."""
    return any(
        not line.marks & {"margin_curettings", "not_the_bone", "in_pieces"}
        and ("bone_part" in line.marks or _sited(line))
        for line in facts.reading.lines
        if line.kind == "specimens"
    )
