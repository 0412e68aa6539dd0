"""The questions of the common way, whose answers more than one finding decides: material, region, procedure, form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from encoder.core.note.cues import Kind
from encoder.core.note.facts import (
    CONTRADICTION,
    CURETTAGE,
    GRAFT_ONLY,
    MARGIN,
    RADICAL,
    SILENT,
    UNCLEAR,
    Facts,
    Missing,
    Suggestion,
)
from encoder.core.note.findings import NAMES, STATED, TOLD, Finding, Line
from encoder.core.note.forms import METAL_JOINT
from encoder.core.note.geometry import AGAINST, hints_in, is_plain
from encoder.core.note.naming import DONOR, METAL, NOT_TOLD, NOTHING, OWN, UNKNOWN, Mention, named_forms
from encoder.core.note.places import DIAGNOSED, NAME, OPERATED, Place
from encoder.core.note.sections import TITLE
from encoder.core.note.status import AFFIRMED, HISTORY, NEGATED, UNCERTAIN

Made = Suggestion | Missing
_ROUND = frozenset(("plug", "osteoarticular", "complete"))
"""What is said of plugs: cylinders with cartilage."""
_TUMOR = frozenset((RADICAL, CURETTAGE, MARGIN))
_WHOLE = ("margin", "sawn", "tumor")
"""Marks that together tell a wide resection which no word names: margins, saw cuts, a tumour."""
_LISTS = NAMES | {"implants"}
_STRUCTURAL = frozenset(("osteoarticular", "hemicortical", "complete"))
_SOFT = frozenset(("soft_tissue", "plug", "chips"))
"""What a title of a tendon or meniscus may name: its bone plugs and chips are no forms of a bone graft."""
_PARTS_OUT = ("both_out", "cup_out", "stem_out", "femur_out", "tibia_out", "humerus_out", "glenoid_out")
_AGAIN = 2
"""Sentences by which a form must be said more often than another is hinted at."""
_JOINT_SHAPES = frozenset(("osteoarticular", "plug", "soft_tissue"))


def material(facts: Facts, name: str) -> Made:
    """What filled the gap: what the story puts in, else that nothing was, else the devices of a repair."""
    findings = [finding for finding in facts.reading.findings if finding.fact == name]
    used = facts.origins_used()
    best = next((value for value in facts.cues.prefer[name] if value in used), "")
    told_of = {m.origin for m in facts.reading.mentions if m.line.kind in TOLD}
    dropped = tuple(
        f for f in findings if f.value in (DONOR, OWN) and f.section in NAMES and f.value not in told_of and not f.weak
    )
    if best == DONOR and (other := _instead(facts)):
        return Missing(name, CONTRADICTION, (*other, *(f for f in findings if f.value == best)))
    if best in (DONOR, OWN) and dropped and best not in {f.value for f in findings if f.section in NAMES}:
        return Missing(name, CONTRADICTION, (*dropped, *(f for f in findings if f.value == best)))
    if best:
        return Suggestion(name, best, tuple(f for f in findings if f.value == best and f.status == AFFIRMED))
    old = any(m.origin == DONOR and m.status.name == HISTORY for m in facts.reading.mentions)
    vague = any(
        m.origin == UNKNOWN and m.status.name == AFFIRMED and m.line.kind in TOLD | NAMES and (m.placed or not old)
        for m in facts.reading.mentions
    )
    denied = {
        m.origin
        for m in facts.reading.mentions
        if m.status.name == NEGATED and m.head is not None and m.line.kind in NAMES
    }
    doubtful = tuple(
        f
        for f in findings
        if f.status == UNCERTAIN and f.section in TOLD | _LISTS and not f.weak and f.value not in {METAL, *denied}
    )
    nothing = tuple(facts.said(name, value=NOTHING) or facts.said("other_kind", where=NAMES, value="amputation"))
    promised = any(f.cue == NOT_TOLD for f in doubtful)
    if vague or promised or (doubtful and not nothing):
        return Missing(name, UNCLEAR, doubtful)
    lines = {
        m.line.number
        for m in facts.reading.mentions
        if m.origin == METAL and (m.placed or not m.line.marks & {"took_out", "implant_out_title"})
    }
    weak = tuple(f for f in facts.said(name, where=TOLD | _LISTS, value=METAL) if f.weak and f.sentence in lines)
    if weak and not any(f.value in _TUMOR for f in facts.said("main_procedure", where=NAMES)):
        return Suggestion(name, METAL, weak)
    joint = tuple(facts.said("main_procedure", where=NAMES, value="arthroplasty"))
    if joint and not nothing:
        return Suggestion(name, METAL, joint)
    return Suggestion(name, NOTHING, nothing) if nothing else Missing(name, SILENT)


def _instead(facts: Facts) -> tuple[Finding, ...]:
    """A spacer or a prosthesis that the story puts in beside a donor piece that is no part of it."""
    shapes = {f.value for f in facts.said("graft_form", where=TOLD | NAMES)}
    if "sleeve" in shapes or not shapes & _STRUCTURAL:
        return ()
    lines = {
        m.line.number
        for m in facts.reading.mentions
        if m.origin == METAL
        and m.placed
        and not m.weak
        and m.status.name == AFFIRMED
        and m.line.kind in TOLD
        and _stands_in(m)
    }
    lines -= {m.line.number for m in facts.reading.mentions if m.origin == DONOR and m.head is not None}
    return tuple(f for f in facts.said("graft_material", where=TOLD, value=METAL) if f.sentence in lines and not f.weak)


def _stands_in(mention: Mention) -> bool:
    """Whether a filling may stand where a donor piece should: a prosthesis, a spacer, cement in the gap itself."""
    words, lists = mention.line.words.words, mention.line.lists
    name = set(words[mention.first : mention.last])
    return bool(name & lists["stand_ins"] or (name & lists["cements"] and set(words) & lists["gaps"]))


def region(facts: Facts, name: str) -> Made:
    """Limb, spine or chest wall: where the title says, else where the story and the diagnosis say."""
    places = [place for place in facts.reading.places if place.status == AFFIRMED]
    for roles in ((NAME,), (OPERATED, DIAGNOSED)):
        near = [place for place in places if place.role in roles]
        regions = {place.site.region for place in near}
        if "spine" in regions and not any(p.site.kind == "bone" and p.site.region == "limb" for p in near):
            regions = {"spine"}
        if "craniofacial" in regions and facts.said("cranio_procedure"):
            regions = {"craniofacial"}
        if len(regions) > 1:
            return Missing(name, CONTRADICTION, tuple(facts.at(p, name, p.site.region) for p in near))
        if regions:
            return _in_region(facts, name, regions.pop(), near)
    near = [place for place in facts.reading.places if place.status != NEGATED] or list(_named(facts))
    regions = {place.site.region for place in near}
    return _in_region(facts, name, regions.pop(), near) if len(regions) == 1 else facts.plain(name)


def _named(facts: Facts) -> Iterator[Place]:
    """Every bone, joint and limb that titles, diagnoses and the story name, whatever is said of it."""
    for line in facts.reading.lines:
        if line.kind in TOLD | STATED | NAMES:
            for hit in line.hits:
                if hit.what.kind is Kind.SITE:
                    yield Place(facts.cues.sites[hit.what.value], line, hit.first, hit.last, "", AFFIRMED)


def _in_region(facts: Facts, name: str, value: str, places: Iterable[Place]) -> Suggestion:
    carried = [facts.at(place, name, value) for place in places if place.site.region == value]
    return Suggestion(name, value, tuple(carried[:3]))


# ---------------------------------------------------------------------------------------------- main procedure


def main_procedure(facts: Facts, name: str) -> Made:
    """The main procedure: a title says which of many, the story says whether a tumour came out whole or in pieces."""
    found = facts.said(name)
    named = {finding.value for finding in found if finding.section in NAMES}
    told = {finding.value for finding in found if finding.section in TOLD or finding.value == GRAFT_ONLY}
    repairs, others = facts.said("repair_kind", where=NAMES), facts.said("other_kind", where=NAMES)
    if not named & _TUMOR:
        repairs = repairs or facts.said("repair_kind", where=STATED)
    amputated = tuple(finding for finding in others if finding.value == "amputation")
    if amputated:
        return Suggestion(name, "other_surgery", amputated)
    alone = facts.said("biopsy", where=(TITLE,)) and not named and not repairs and not others
    if alone or (facts.said("biopsy", where=NAMES) and not (named | told) & _TUMOR):
        return Missing(name, SILENT)
    fixed = facts.said("other_work", where=NAMES, value="internal_fixation")
    if fixed and CURETTAGE in told and not named and not repairs and not others:
        return Missing(name, UNCLEAR, tuple(fixed))
    devices = named - _TUMOR - {GRAFT_ONLY}
    if named & _TUMOR or (told & _TUMOR and not devices and not repairs and not others and GRAFT_ONLY not in named):
        return _tumor(facts, name, found, named, told)
    if devices:
        return _device(facts, name, found, devices)
    for kind, value, carried in (("repair_kind", "bone_repair", repairs), ("other_kind", "other_surgery", others)):
        stated = carried or [finding for held in facts.values(kind).values() for finding in held]
        if stated:
            return Suggestion(name, value, tuple(stated))
    if not named and (made := _untitled(facts, told)):
        return made
    if "implant_removal" in told and GRAFT_ONLY not in named and facts.values("implant_joint"):
        return _of(name, "implant_removal", found)
    marks = facts.reading.marks
    whole = [marks[name] for name in _WHOLE if name in marks]
    if "margin" not in marks and "one_piece" in marks:
        whole.append(marks["one_piece"])
    if len(whole) < len(_WHOLE) and "sawn" in marks and CURETTAGE not in told:
        whole += facts.said("diagnosis", value="malignant")[:1]
    if len(whole) >= len(_WHOLE) and GRAFT_ONLY not in named | told and _tumor_out(facts):
        return Suggestion(name, RADICAL, tuple(whole))
    if _bone_itself(facts) and "sawn" in marks and CURETTAGE not in told and GRAFT_ONLY not in named | told:
        return Suggestion(name, RADICAL, _bone_itself(facts))
    shapes = [f for f in facts.said("graft_form") if f.value in _JOINT_SHAPES]
    if GRAFT_ONLY in named | told:
        return _of(name, GRAFT_ONLY, found)
    return (
        Suggestion(name, GRAFT_ONLY, tuple(shapes))
        if shapes and DONOR in facts.origins_used()
        else Missing(name, SILENT)
    )


def _untitled(facts: Facts, told: set[str]) -> Suggestion | None:
    """A revision of a joint or a fresh fracture, told without a title: parts out and in, or broken and held."""
    name = "main_procedure"
    if told & _TUMOR or "tumor" in facts.reading.marks:
        return None
    out = [facts.reading.marks[mark] for mark in _PARTS_OUT if mark in facts.reading.marks]
    if out and METAL in facts.origins_used():
        return Suggestion(name, "arthroplasty", tuple(out))
    broken = facts.said("diagnosis", where=TOLD | NAMES, value="acute_trauma")
    held = any("fixation_device" in line.marks for line in facts.reading.lines if line.kind in TOLD)
    return Suggestion(name, "bone_repair", tuple(broken)) if broken and held else None


def _of(name: str, value: str, found: Iterable[Finding]) -> Suggestion:
    return Suggestion(name, value, tuple(finding for finding in found if finding.value == value))


def _device(facts: Facts, name: str, found: Sequence[Finding], devices: set[str]) -> Suggestion:
    """A joint implant put in or taken out; half a joint put in for a fresh fracture treats the fracture."""
    broken = [*facts.said("repair_kind", value="fracture"), *facts.said("diagnosis", value="acute_trauma")]
    if "arthroplasty" in devices and broken and facts.said("arthroplasty_operation", value="hemi"):
        return Suggestion(name, "bone_repair", tuple(broken))
    both = {"implant_removal", "arthroplasty"} <= devices
    ankle = both and "ankle" in facts.values("implant_joint")
    value = "implant_removal" if ankle or devices == {"implant_removal"} else "arthroplasty"
    return _of(name, value, found)


def _tumor(facts: Facts, name: str, found: Sequence[Finding], named: set[str], told: set[str]) -> Made:
    """Wide resection, curettage or unclear: what is told decides, what is named alone does not."""
    carried = {value: tuple(f for f in found if f.value == value) for value in _TUMOR}
    both = carried[RADICAL] + carried[CURETTAGE]
    marks = facts.reading.marks.keys()
    if "later_stage" in marks and RADICAL not in named:
        if DONOR in facts.origins_used() and CURETTAGE not in named | told:
            return Suggestion(name, GRAFT_ONLY, (facts.reading.marks["later_stage"],))
        return Missing(name, CONTRADICTION, both)
    if RADICAL in told and not (CURETTAGE in named and "margin" not in marks):
        scraped = CURETTAGE in told and not _put_back(facts)
        if CURETTAGE in named or (scraped and not (RADICAL in named and "sawn" in marks)):
            return Missing(name, CONTRADICTION, both)
        if RADICAL not in named and not marks & {"margin", "wide"} and not (_bone_out(facts) or _bone_itself(facts)):
            return Missing(name, UNCLEAR, carried[RADICAL] + carried[MARGIN])  # whole, but with what around it?
        return Suggestion(name, RADICAL, carried[RADICAL])
    if RADICAL in named and CURETTAGE not in named:
        if CURETTAGE in told and _not_done(facts):
            return Suggestion(name, CURETTAGE, carried[CURETTAGE])
        if (CURETTAGE in told or "with_curettes" in marks) and not _put_back(facts):
            return Missing(name, CONTRADICTION, both)
        if "sawn" in marks and facts.said("diagnosis", value="malignant"):
            return Suggestion(name, RADICAL, carried[RADICAL])
        if marks & {"margin", "one_piece"} or _bone_out(facts) or _tumor_out(facts) or _sent(facts):
            return Suggestion(name, RADICAL, carried[RADICAL])
        return Missing(name, UNCLEAR, carried[RADICAL] + carried[MARGIN])
    if CURETTAGE in named | told:
        return Suggestion(name, CURETTAGE, carried[CURETTAGE])
    if facts.said("diagnosis", value="malignant") and marks & {"sawn", "margin"} and _tumor_out(facts):
        return Suggestion(name, RADICAL, carried[MARGIN])  # a length or wall of bone with the tumor, between saw cuts
    return Suggestion(name, MARGIN, carried[MARGIN])


def _put_back(facts: Facts) -> bool:
    """Whether the resected bone itself was put back: what was scraped then is the specimen, off the patient."""
    return OWN in facts.origins_used() and bool(facts.said("own_bone_harvest", value="same_incision"))


def _not_done(facts: Facts) -> bool:
    """Whether the story says that the resection of the title was not done."""
    return any(
        f.fact == "main_procedure" and f.value == RADICAL and f.status == NEGATED and f.section in TOLD
        for f in facts.reading.findings
    )


def _bone_itself(facts: Facts) -> tuple[Finding, ...]:
    """The bone that the title takes out, for a malignant tumour: not the tumour out of it."""
    if not facts.said("diagnosis", value="malignant"):
        return ()
    return tuple(
        facts.at(place, "main_procedure", RADICAL)
        for place in facts.reading.places
        if place.role == NAME and place.site.kind in ("bone", "part") and "resected" in place.line.marks
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


# ---------------------------------------------------------------------------------------------- the donor piece


def form(facts: Facts, name: str) -> Made:
    """The form of the piece that was put in; one that only a title or a list names needs a graft told without one."""
    findings = facts.said(name)
    told = {finding.value for finding in findings if finding.section in TOLD}
    listed = {f.value for f in findings if f.section in _LISTS | {"planned_title"}} - {"chips"}
    if not _stem(facts):
        told.discard("sleeve")  # "the composite" of two grafts
    solid = told - {"chips", "soft_tissue"}
    bare = any(
        m.origin == DONOR and m.status.name == AFFIRMED and not m.retold and m.line.kind in TOLD and not m.shapes
        for m in facts.reading.mentions
    )
    if not solid and listed and bare:
        solid = listed
    if "donor_segment" in facts.answered("ankle_after") and (joint := facts.reading.marks.get("ankle_surface")):
        return Suggestion(name, "osteoarticular", (*facts.said(name, value="osteoarticular"), joint))
    titled = {f.value for f in findings if f.section in NAMES}
    soft = "soft_tissue" in told | titled and (solid <= {"plug"} or ("soft_tissue" in titled and titled <= _SOFT))
    if soft:
        solid, listed = {"soft_tissue"}, set()
    if solid | listed <= _ROUND and solid and _cored(facts):
        return Suggestion(name, "plug", (*findings[:1], facts.reading.marks["cored"]))
    if not solid:
        return _no_form(facts, name, findings, told, listed=listed, bare=bare)
    every = (solid | listed) - ({"soft_tissue"} if solid != {"soft_tissue"} else set())
    value = _one_form(facts, every, solid) or _outweighs(facts, every)
    against = any(f.cue == AGAINST and f.value == value for f in facts.reading.findings)
    if (
        value is None
        or (against and not _plain_and_titled(facts, value))
        or (value in _STRUCTURAL and _metal_joint(facts))
    ):
        return Missing(name, CONTRADICTION, tuple(f for f in findings if f.value in every))
    return _of(name, value, findings)


def _stem(facts: Facts) -> bool:
    """Whether any part of a prosthesis is named that a sleeve of bone could sit around."""
    return _metal_joint(facts) or any(
        m.origin == METAL
        and m.head is not None
        and m.status.name == AFFIRMED
        and bool(set(m.line.words.words[m.first : m.head.last]) & m.line.lists["prostheses"])
        for m in facts.reading.mentions
    )


def _metal_joint(facts: Facts) -> bool:
    """Whether a joint of metal is put in where the donor piece sits: then it is a composite, or not plain which."""
    out = {"took_out", "implant_out_title"} if "implant_removal" in facts.answered("main_procedure") else set()
    return any(
        hit.what.value == METAL_JOINT and line.statuses.of(hit.first, hit.last) is None
        for line in facts.reading.lines
        if line.kind in TOLD | NAMES and not line.marks & out
        for hit in hints_in(line)
    )


def _no_form(
    facts: Facts, name: str, findings: Sequence[Finding], told: set[str], *, listed: set[str], bare: bool
) -> Made:
    if listed:
        return Missing(name, CONTRADICTION if told else UNCLEAR, tuple(findings))
    if "chips" in told and not bare:
        return _of(name, "chips", findings)
    unclear = tuple(f for f in facts.reading.findings if f.fact == name and f.status == UNCERTAIN)
    return Missing(name, UNCLEAR, unclear or tuple(facts.said("graft_material", value=DONOR)))


def _one_form(facts: Facts, every: set[str], told: set[str]) -> str | None:
    """The one form of several that are named; None where they do not go together."""
    if len(every) == 1:
        return next(iter(every))
    if "sleeve" in every and _metal_joint(facts):
        return "sleeve"
    if "sleeve" in told and not every & {"osteoarticular", "hemicortical", "complete"}:
        return "sleeve"
    if every == {"strut", "hemicortical"}:
        return "hemicortical"
    if every == {"complete", "hemicortical"} and any(every <= named_forms(m) for m in facts.reading.mentions):
        return "hemicortical"  # "hemicortical intercalary allograft": part of the circumference between two cuts
    if every == {"strut", "complete"} and any(every <= mention.shapes for mention in facts.reading.mentions):
        return "complete"
    focal = any("cartilage_lesion" in line.marks for line in facts.reading.lines)
    return "plug" if "plug" in every and every <= _ROUND and focal else None


def _cored(facts: Facts) -> bool:
    """Whether the story bores a core for a spot of cartilage, so that the condyle it names is where it came from."""
    marks = facts.reading.marks
    return "cored" in marks and any("cartilage_lesion" in line.marks for line in facts.reading.lines)


def _outweighs(facts: Facts, every: set[str]) -> str | None:
    """The form that the note says plainly and again, where another one is only hinted at by single words."""
    said, hinted = _told_forms(facts)
    plain = {form for form in every if said[form]}
    if len(plain) != 1:
        return None
    (value,) = plain
    other = max((hinted[form] for form in every - plain), default=0)
    total = said[value] + hinted[value]
    return value if total >= other + _AGAIN or (total > other and said[value] >= _AGAIN) else None


def _plain_and_titled(facts: Facts, value: str) -> bool:
    """Whether title and story both say a form in plain words, so that a hint against it is one of another thing."""
    sections = {f.section for f in facts.said("graft_form", value=value)}
    said, _ = _told_forms(facts)
    return bool(sections & NAMES) and bool(sections & TOLD) and said[value] >= _AGAIN


def _told_forms(facts: Facts) -> tuple[Counter[str], Counter[str]]:
    """In how many sentences each form is said in plain words, and in how many others it is only hinted at."""
    plain: set[tuple[str, int]] = set()
    every: set[tuple[str, int]] = set()
    for mention in facts.reading.mentions:
        if mention.origin != DONOR or mention.status.name != AFFIRMED or mention.retold:
            continue
        for form in mention.forms:
            every.add((form[0], mention.line.number))
            if is_plain(mention, form):
                plain.add((form[0], mention.line.number))
    return Counter(form for form, _ in plain), Counter(form for form, _ in every - plain)


def worked(facts: Facts, name: str) -> Made:
    """Templated or measured, cut and placed: all three must be told of the donor piece."""
    carried: list[Finding] = []
    for fact in ("templated", "cut", "placed"):
        there = facts.said(fact, where=TOLD) or (facts.said("fixed", where=TOLD) if fact == "placed" else [])
        if not there:
            denied = [f for f in facts.reading.findings if (f.fact, f.status) == (fact, NEGATED) and f.section in TOLD]
            return Missing(name, CONTRADICTION if denied else UNCLEAR, (*carried, *denied))
        carried += there[:2]
    return Suggestion(name, "yes", tuple(carried))
