"""The questions that refine a result: side, diagnosis, other work, surgeons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from encoder.core.note.answers import material
from encoder.core.note.facts import CONTRADICTION, RADICAL, SILENT, UNCLEAR, Carried, Facts, Made, Missing, Suggestion
from encoder.core.note.findings import NAMES, STATED, TOLD, Finding
from encoder.core.note.naming import DONOR, METAL, OWN, VASCULAR
from encoder.core.note.places import DIAGNOSED, NAME, OPERATED
from encoder.core.note.procedure import main_procedure
from encoder.core.note.reading import Reading
from encoder.core.note.shape import form, worked
from encoder.core.note.sides import SIDES
from encoder.core.note.status import AFFIRMED, NEGATED

_HEADED = re.compile(r"[a-z]+")
_PAST_OR_LATER = frozenset(("history", "plan", "indications", "planned_title"))


def side(facts: Facts, name: str) -> Made:
    """The side: one, or a contradiction that stops the case."""
    said = [finding for finding in facts.said(name) if not finding.weak] or facts.said(name) or _ill_side(facts)
    said = said or list(_headed_side(facts, name))
    today = [finding for finding in said if finding.section not in _PAST_OR_LATER]
    sides: Carried = {}
    for finding in today or said:
        sides.setdefault(finding.value, []).append(finding)
    other = [f for f in facts.said(name, where=TOLD) if f.value not in sides]
    own = {OWN, VASCULAR} & facts.origins_used()  # then the other limb is where the bone was taken
    if len(sides) == 1 and not own and other and not any(f.section in TOLD for f in said):
        sides[other[0].value] = other  # the story speaks of the other side alone
    if len(sides) == 1:
        value, carried = next(iter(sides.items()))
        return Suggestion(name, value, tuple(carried))
    return Missing(name, CONTRADICTION if sides else SILENT, tuple(f for held in sides.values() for f in held))


def _ill_side(facts: Facts) -> list[Finding]:
    """The side of the disease, where only its history names one, or a sentence that tells of other things too.

    The disease may be suspected, or long known: the side that it is on is neither.
    """
    ill = {f.sentence for f in facts.reading.findings if f.fact == "diagnosis"}
    kinds = STATED | NAMES | {"indications", "history"}
    sides = (f for f in facts.reading.findings if f.fact == "side")
    told = (f for f in sides if f.sentence in ill or (f.section in kinds and f.status != NEGATED))
    return [replace(f, status=AFFIRMED, cue="") for f in told]


def _headed_side(facts: Facts, name: str) -> Iterator[Finding]:
    """The side of a letterhead, where nothing else says one: "OPERATIVE REPORT - LEFT DISTAL FEMUR"."""
    reading, limbs = facts.reading, facts.cues.lists["limbs"]
    for section in reading.sections:
        words = list(_HEADED.finditer(section.title.lower()))
        for word, after in pairwise(words):
            value = SIDES.get(word[0]) if after[0] in limbs else word[0]
            if value in ("left", "right") and after[0] not in facts.cues.lists["position"] | {"lateral"}:
                start = reading.text.index(section.title, section.start) + word.start()
                end = start + len(word[0])
                yield Finding(name, value, AFFIRMED, start, end, reading.text[start:end], "", section.kind, 0)


def diagnosis(facts: Facts, name: str) -> Made:
    """The diagnosis after the operation, else the one in the title, before it, or in the story."""
    for kinds in (frozenset(("diagnosis",)), NAMES, frozenset(("preoperative",)), TOLD):
        found: Carried = {}
        for finding in facts.said(name, where=kinds):
            found.setdefault(_family(facts, finding), []).append(finding)
        if len(found) > 1:
            return Missing(name, UNCLEAR, tuple(f for held in found.values() for f in held))
        for value, carried in found.items():
            return Suggestion(name, value, tuple(carried))
    return Missing(name, SILENT)


def _family(facts: Facts, finding: Finding) -> str:
    """A primary malignant tumour belongs to the limbs or to the trunk."""
    return malignant(facts.reading) if finding.value == "malignant" else finding.value


def malignant(reading: Reading) -> str:
    """The family of a primary malignant tumour at the place of the operation."""
    axial = any(p.site.axial and p.role in (NAME, OPERATED, DIAGNOSED) for p in reading.places)
    return "malignant_primary_axial" if axial else "malignant_primary_limb"


def surgeons(facts: Facts, name: str) -> Made:
    """Co-surgeons, where the one who writes also placed the graft; anything else is not for the note to say."""
    shared, mine = facts.said(name, value="co_surgeons"), facts.said(name, value="i_grafted")
    if shared and mine:
        return Suggestion(name, "co_grafted", tuple(shared + mine))
    return Missing(name, UNCLEAR if shared else SILENT, tuple(shared))


def other_work(facts: Facts, name: str) -> Made:
    """What else was done: as the note names it, and the grafts and joints that stand beside the main ones."""
    found: Carried = {}
    for finding in facts.said(name):
        found.setdefault(finding.value, []).append(finding)
    used, given = facts.origins_used(), facts.answered("graft_material")
    if RADICAL in facts.answered("main_procedure") and "sleeve" not in facts.answered("graft_form"):
        joints = facts.said("prosthesis_joint", where=TOLD) or facts.said("prosthesis_joint")
        if joints and _joint_put_in(facts, {f.sentence for f in joints if f.told}):
            found["joint_replacement"] = joints
    if VASCULAR in used and VASCULAR not in given:
        found["vascularized_bone"] = facts.said("graft_material", value=VASCULAR)
    if DONOR in given:
        chips = facts.said("graft_form", where=TOLD, value="chips")
        if chips and "chips" not in facts.answered("graft_form"):
            found["chips_beside"] = chips
        for size in ("large", "small"):
            own = facts.said("own_bone_harvest", value=f"separate_{size}")
            if own and "own_bone" in used:
                found[f"own_bone_{size}"] = own
    if facts.second is not None:
        found["second_site"] = facts.second.said("main_procedure", where=NAMES, value=RADICAL)
    if not found:
        return Missing(name, SILENT)
    return Suggestion(name, "+".join(found), tuple(f for carried in found.values() for f in carried))


def second(facts: Facts, name: str) -> Made:
    """What the second of two operations answers: its bone and side, and the form of its piece, if it has one."""
    there = facts.second
    if there is None:
        return facts.plain(name)
    asks = [main_procedure(there, "main_procedure")]
    if name == "second_form":
        asks.append(material(there, "graft_material"))
    for made in asks:
        if isinstance(made, Missing):
            return Missing(name, made.because, made.findings)
        there.given[made.question] = made
    if RADICAL not in there.answered("main_procedure"):
        return Missing(name, UNCLEAR)
    if name == "second_form" and DONOR not in there.answered("graft_material"):
        return Suggestion(name, "none", there.given["graft_material"].findings)
    asked = name.removeprefix("second_")
    made = {"side": side, "form": form, "placed": worked}.get(asked, Facts.plain)(
        there, {"form": "graft_form", "placed": "graft_placed"}.get(asked, asked)
    )
    return replace(made, question=name)


def _joint_put_in(facts: Facts, told: set[int]) -> bool:
    """Whether a joint of metal is named, or a part of one put in where the story names the joint."""
    metal = [m for m in facts.reading.mentions if m.origin == METAL and m.head is not None and m.stands]
    return any(m.head.what.joint or (m.placed and m.line.number in told) for m in metal if m.head is not None)
