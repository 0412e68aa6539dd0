"""The form of the donor piece, and whether it was measured, cut and put in.

A form that is said plainly and again outweighs a stray hint at another one; two that are plainly said are a
contradiction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from encoder.core.note.cues import Kind
from encoder.core.note.facts import CONTRADICTION, GRAFT_ONLY, UNCLEAR, Facts, Made, Missing, Suggestion, of
from encoder.core.note.findings import LISTS, NAMES, TOLD, Finding, Line
from encoder.core.note.forms import METAL_JOINT, STRUCTURAL
from encoder.core.note.geometry import AGAINST, hints_in, is_plain, only_hinted
from encoder.core.note.naming import DONOR, METAL, Mention, named_forms
from encoder.core.note.phrases import longest
from encoder.core.note.status import AFFIRMED, NEGATED, UNCERTAIN

_ROUND = frozenset(("plug", "osteoarticular", "complete"))
"""What is said of plugs: cylinders with cartilage."""
_SOFT = frozenset(("soft_tissue", "plug", "chips"))
"""What a title of a tendon or meniscus may name: its bone plugs and chips are no forms of a bone graft."""
_HOST_KEPT = {"osteoarticular": "joint_kept", "complete": "wall_kept"}
"""What the patient kept, and the form of a piece that then cannot have taken its place."""
_BREATH = 1
"""Words between two words for a form that belong together."""
_AGAIN = 2
"""Sentences by which a form must be said more often than another is hinted at."""


def form(facts: Facts, name: str) -> Made:
    """The form of the piece that was put in; one that only a title or a list names needs a graft told without one."""
    findings = facts.said(name)
    told = {finding.value for finding in findings if finding.section in TOLD}
    listed = {f.value for f in findings if f.section in LISTS | {"planned_title"}} - {"chips"}
    if not _stem(facts):
        told.discard("sleeve")  # "the composite" of two grafts
    solid = told - {"chips", "soft_tissue"}
    bare = any(m.origin == DONOR and m.stands and m.line.kind in TOLD and not m.shapes for m in facts.reading.mentions)
    if not solid and listed and bare:
        solid = listed
    if "donor_segment" in facts.answered("ankle_after") and (joint := facts.reading.marks.get("ankle_surface")):
        return Suggestion(name, "osteoarticular", (*facts.said(name, value="osteoarticular"), joint))
    titled = {f.value for f in findings if f.section in NAMES}
    tendon = bool(facts.said("soft_tissue_kind", where=NAMES)) and not titled & STRUCTURAL
    blocks = "soft_tissue" in told and not titled & STRUCTURAL and _only_a_tendon(facts)
    soft = ("soft_tissue" in told | titled or tendon) and (
        solid <= {"plug"} or blocks or ("soft_tissue" in titled and titled <= _SOFT)
    )
    if soft:
        solid, listed = {"soft_tissue"}, set()
    if solid | listed <= _ROUND and solid and _cored(facts):
        return Suggestion(name, "plug", (*findings[:1], facts.reading.marks["cored"]))
    if not solid:
        return _no_form(facts, name, findings, told, listed=listed, bare=bare)
    every = (solid | listed) - ({"soft_tissue"} if solid != {"soft_tissue"} else set())
    value = _one_form(facts, every, solid) or _outweighs(facts, every)
    kept = facts.reading.marks.get(_HOST_KEPT.get(value or "", ""))
    if kept:
        return Missing(name, CONTRADICTION, (kept, *(f for f in findings if f.value == value)))
    against = any(f.cue == AGAINST and f.value == value for f in facts.reading.findings)
    mine = [m for m in facts.reading.mentions if m.origin == DONOR and m.stands]
    if value is not None and only_hinted(mine, value):
        return Missing(name, UNCLEAR, tuple(f for f in findings if f.value == value))
    if (
        value is None
        or (against and not _plain_and_titled(facts, value))
        or (value in STRUCTURAL and (_metal_joint(facts) or _row_says(facts, value)))
        or (value == "osteoarticular" and facts.reading.marks.get("cartilage_lesion"))
    ):
        return Missing(name, CONTRADICTION, tuple(f for f in findings if f.value in every))
    return of(name, value, findings)


def _only_a_tendon(facts: Facts) -> bool:
    """Whether a ligament is replaced and nothing else: the bone blocks of its graft are no form of a bone graft."""
    return GRAFT_ONLY in facts.answered("main_procedure") and bool(facts.said("soft_tissue_kind"))


def _row_says(facts: Facts, value: str) -> list[Line]:
    """Rows of a form about the piece that say another structural form in plain words, and not this one."""
    mine = {mention.line.number for mention in facts.reading.mentions if mention.origin == DONOR}
    rows = [line for line in facts.reading.lines if line.section.row and line.kind in TOLD and line.number in mine]
    return [line for line in rows if (said := _plain_in(line)) and value not in said and said & STRUCTURAL]


def _plain_in(line: Line) -> set[str]:
    """The forms that a row affirms in plain words: not by how it was shaped ("traced", "to the pattern")."""
    hits = longest(hit for hit in line.hits if hit.what.kind is Kind.FORM and not hit.what.weak)
    return {
        hit.what.value
        for hit in hits
        if (hit.what.bind == "phrase" or (hit.what.bind == "sentence" and hit.what.value == "complete"))
        and line.statuses.of(hit.first, hit.last) is None
    }


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
        if line.kind in TOLD | NAMES and not line.marks & out and not set(line.words.words) & line.lists["supposed"]
        for hit in hints_in(line)
    )


def _no_form(
    facts: Facts, name: str, findings: Sequence[Finding], told: set[str], *, listed: set[str], bare: bool
) -> Made:
    if listed:
        return Missing(name, CONTRADICTION if told else UNCLEAR, tuple(findings))
    if "chips" in told and not bare:
        return of(name, "chips", findings)
    unclear = tuple(f for f in facts.reading.findings if f.fact == name and f.status == UNCERTAIN)
    return Missing(name, UNCLEAR, unclear or tuple(facts.said("graft_material", value=DONOR)))


def _one_form(facts: Facts, every: set[str], told: set[str]) -> str | None:
    """The one form of several that are named; None where they do not go together."""
    if len(every) == 1:
        return next(iter(every))
    alone = "sleeve" in told and not every & {"osteoarticular", "hemicortical", "complete"}
    if alone or ("sleeve" in every and _metal_joint(facts)):
        return "sleeve"
    if every == {"strut", "hemicortical"}:
        return "hemicortical"
    if every == {"complete", "hemicortical"} and any(
        every <= named_forms(m) or _in_one_breath(m) for m in facts.reading.mentions
    ):
        return "hemicortical"  # "hemicortical intercalary allograft": part of the circumference between two cuts
    if every == {"strut", "complete"} and any(every <= mention.shapes for mention in facts.reading.mentions):
        return "complete"
    focal = any("cartilage_lesion" in line.marks for line in facts.reading.lines)
    return "plug" if "plug" in every and every <= _ROUND and focal else None


def _in_one_breath(mention: Mention) -> bool:
    """Whether both words stand side by side: "hemicortical, intercalary"."""
    part = [form for form in mention.forms if form[0] == "hemicortical"]
    whole = [form for form in mention.forms if form[0] == "complete"]
    return any(0 <= max(a[1], b[1]) - min(a[2], b[2]) <= _BREATH for a in part for b in whole)


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
    lines = {f.sentence for f in facts.said("graft_form", where=TOLD, value=value)}
    return bool(sections & NAMES) and len(lines) >= _AGAIN


def _told_forms(facts: Facts) -> tuple[Counter[str], Counter[str]]:
    """In how many sentences each form is said in plain words, and in how many others it is only hinted at."""
    plain: set[tuple[str, int]] = set()
    every: set[tuple[str, int]] = set()
    for mention in facts.reading.mentions:
        if mention.origin != DONOR or not mention.stands:
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
