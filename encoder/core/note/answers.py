"""What filled the gap, and in which part of the body: answers that more than one finding decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from encoder.core.note.cues import Kind
from encoder.core.note.facts import CONTRADICTION, RADICAL, SILENT, TUMOR, UNCLEAR, Facts, Made, Missing, Suggestion
from encoder.core.note.findings import LISTS, NAMES, STATED, TOLD, Finding
from encoder.core.note.forms import STRUCTURAL
from encoder.core.note.naming import DONOR, METAL, NOT_TOLD, NOTHING, OWN, UNKNOWN, VASCULAR, Mention
from encoder.core.note.places import DIAGNOSED, NAME, OPERATED, Place
from encoder.core.note.status import AFFIRMED, HISTORY, NEGATED, PLANNED, UNCERTAIN

_REMARKS = frozenset(("plan", "admin"))
"""Sections behind the story in which the graft may still be put off."""
_NEXT = 1
"""A denial so near before the name of a graft is one of all of its kind."""


def material(facts: Facts, name: str) -> Made:
    """What filled the gap: what the story puts in, else that nothing was, else the devices of a repair."""
    findings = [finding for finding in facts.reading.findings if finding.fact == name]
    used = facts.origins_used()
    best = next((value for value in facts.cues.prefer[name] if value in used), "")
    if against := _against(facts, findings, best):
        return Missing(name, CONTRADICTION, (*against, *(f for f in findings if f.value == best)))
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
        if f.status == UNCERTAIN and f.section in TOLD | LISTS and not f.weak and f.value not in {METAL, *denied}
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
    weak = tuple(f for f in facts.said(name, where=TOLD | LISTS, value=METAL) if f.weak and f.sentence in lines)
    if weak and not any(f.value in TUMOR for f in facts.said("main_procedure", where=NAMES)):
        return Suggestion(name, METAL, weak)
    joint = tuple(facts.said("main_procedure", where=NAMES, value="arthroplasty"))
    if joint and not nothing:
        return Suggestion(name, METAL, joint)
    return Suggestion(name, NOTHING, nothing) if nothing else Missing(name, SILENT)


def _against(facts: Facts, findings: Sequence[Finding], best: str) -> tuple[Finding, ...]:
    """What the note says against the filling that its story puts in."""
    if best == METAL:
        return _only_listed(facts) or _only_titled(facts, findings)
    if best in (OWN, VASCULAR) and (found := _cut_in_vain(facts, findings)):
        return found
    if best == DONOR and (
        found := _instead(facts)
        or _no_donor(facts)
        or _listed_as_none(facts)
        or _out_at_the_second(facts)
        or _put_off(facts)
    ):
        return found
    return _dropped(facts, findings) if best in (DONOR, OWN) and not _titled(findings, best) else ()


def _dropped(facts: Facts, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Bone that the title names and of which the story says nothing."""
    told_of = {m.origin for m in facts.reading.mentions if m.line.kind in TOLD} | {METAL, VASCULAR, NOTHING}
    return tuple(f for f in findings if f.section in NAMES and f.value not in told_of and not f.weak)


def _put_off(facts: Facts) -> tuple[Finding, ...]:
    """What the story says against a piece that it put in: that it will be implanted at another operation."""
    later = {
        m.line.number
        for m in facts.reading.mentions
        if m.origin == DONOR
        and m.head is not None
        and m.status.name == PLANNED
        and m.line.kind in TOLD | _REMARKS
        and m.shapes != {"chips"}
        and any(set(m.line.words.words[first:last]) & m.line.lists["put_in"] for _, first, last in m.acts)
    }
    return tuple(f for f in facts.reading.findings if f.fact == "graft_material" and f.sentence in later)


def _out_at_the_second(facts: Facts) -> tuple[Finding, ...]:
    """A piece that leaves again in the story of a second operation, which has none: it may be the one of the first."""
    second = facts.second
    if second is None or DONOR in second.origins_used():
        return ()
    out = (
        m
        for m in second.reading.mentions
        if m.origin in (DONOR, UNKNOWN)
        and m.line.kind in TOLD
        and m.status.name in (NEGATED, PLANNED)
        and m.line.words.words[m.status.first] not in m.line.lists["none"]
    )
    return tuple(_denial(second, m) for m in out if m.shapes != {"chips"})


def _denial(facts: Facts, mention: Mention) -> Finding:
    """The words that take a graft back, as a finding."""
    line = mention.line
    start, end = line.words.starts[mention.status.first], line.words.ends[mention.status.last - 1]
    quote = facts.reading.text[start:end]
    return Finding("graft_material", DONOR, NEGATED, start, end, quote, quote, line.kind, line.number)


def _only_titled(facts: Facts, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """A donor piece that only the title puts in after a tumour: the story has a prosthesis and leaves nothing out."""
    mine = [m for m in facts.reading.mentions if m.origin == DONOR]
    shaped = any(m.shapes & STRUCTURAL and m.line.kind in NAMES and m.status.name == AFFIRMED for m in mine)
    left_out = any(m.line.kind in TOLD and m.status.name == NEGATED for m in mine)
    if not shaped or left_out or not facts.said("main_procedure", value=RADICAL):
        return ()
    return tuple(f for f in findings if f.section in NAMES and f.value == DONOR)


def _cut_in_vain(facts: Facts, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """A donor piece that the story cuts to a form, and then neither puts in nor leaves out."""
    told = [m for m in facts.reading.mentions if m.origin == DONOR and m.line.kind in TOLD]
    cut = any(m.retold == UNCERTAIN and m.shapes and any(name == "cut" for name, _, _ in m.acts) for m in told)
    if not cut or any(m.status.name == NEGATED for m in told):
        return ()
    return tuple(f for f in findings if f.value == DONOR and f.cue == NOT_TOLD)


def _titled(findings: Sequence[Finding], value: str) -> bool:
    return any(f.section in NAMES and f.value == value for f in findings)


def _instead(facts: Facts) -> tuple[Finding, ...]:
    """A spacer or a prosthesis that the story puts in beside a donor piece that is no part of it."""
    shapes = {f.value for f in facts.said("graft_form", where=TOLD | NAMES)}
    if "sleeve" in shapes or not shapes & STRUCTURAL:
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


def _only_listed(facts: Facts) -> tuple[Finding, ...]:
    """Donor bone that the list of implants counts and neither the title nor the story has."""
    mine = [m for m in facts.reading.mentions if m.origin == DONOR and m.head is not None]
    lines = {m.line.number for m in mine if m.line.kind in LISTS and m.stands}
    if any(m.line.kind in TOLD | NAMES for m in mine):
        return ()
    return tuple(f for f in facts.said("graft_material", where=LISTS, value=DONOR) if f.sentence in lines)


def _listed_as_none(facts: Facts) -> tuple[Finding, ...]:
    """What the list of implants says of donor bone: none at all."""
    return tuple(
        f
        for f in facts.reading.findings
        if (f.fact, f.value, f.status, f.section) == ("graft_material", DONOR, NEGATED, "implants")
    )


def _no_donor(facts: Facts) -> tuple[Finding, ...]:
    """What the story of a piece says against any donor bone: "no donor tissue was opened", not "no allograft chips"."""
    if not STRUCTURAL & {f.value for f in facts.said("graft_form")}:
        return ()
    lines = {
        m.line.number
        for m in facts.reading.mentions
        if m.origin == DONOR
        and m.status.name == NEGATED
        and m.head is not None
        and m.line.kind in TOLD
        and not m.shapes
        and 0 <= m.head.first - m.status.last <= _NEXT
        and m.line.words.words[m.status.first] in m.line.lists["none"]
    }
    return tuple(
        f
        for f in facts.reading.findings
        if (f.fact, f.value, f.status) == ("graft_material", DONOR, NEGATED) and f.sentence in lines
    )


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
