"""What a note gives to the rest of the program: its findings, the evidence of each answer, the quotes of a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from encoder.core.note.details import malignant
from encoder.core.note.facts import CONTRADICTION, OUTRANKS, Missing
from encoder.core.note.findings import TOLD, Finding
from encoder.core.note.naming import METAL
from encoder.core.note.reading import Reading
from encoder.core.note.suggest import Walked
from encoder.core.query import Quote, draft
from encoder.core.tree.model import Query, Tree
from encoder.core.tree.walk import Step

Evidence = Mapping[str, Sequence[Finding]]
"""Findings by the question they answer, and by the fact of the documentation checklist that they tick."""
_NO_BONE = frozenset(("arthroplasty", "implant_removal", "graft_only", "curettage", "bone_repair"))
_NO_BONE_OTHER = frozenset(("amputation", "fusion", "joint_resection"))
_NO_TUMOR = frozenset(("arthroplasty", "implant_removal", "graft_only", "bone_repair", "other_surgery"))
_ASIDE = frozenset(("arthroplasty_operation", "soft_tissue_kind", "other_kind", "resection_joint"))
"""Facts of other operations, which a resection or the removal of an implant contains."""
_INSIDE = frozenset(("fracture_bone",))
"""Facts that only help to work others out."""
_CHECKLIST = {
    "templated": ("templated", ""),
    "cut": ("cut", ""),
    "placed": ("placed", ""),
    "fixed": ("fixed", ""),
    "margin": ("main_procedure", "radical_resection"),
    "soft_tissue": ("other_work", "soft_tissue"),
    "vessels": ("other_work", "vessels_nerves"),
}
"""What ticks a fact of the documentation checklist: a fact and value told in the note."""
_MOST_QUOTES = 6


@dataclass(frozen=True, slots=True)
class Told:
    """A note in the end: every finding in the order of the text, and the suggestions by their places in that list."""

    findings: tuple[Finding, ...]
    suggestions: tuple[tuple[str, str, tuple[int, ...]], ...]


def told(reading: Reading, walked: Walked) -> Told:
    """The findings that are shown, and which of them carry each suggestion."""
    chosen = {s.question: set(s.answer.split("+")) for s in walked.suggestions}
    kept = {_named(f, reading) for f in (*reading.findings, *walked.added) if _shown(f, chosen)}
    carried = {_named(f, reading) for s in walked.suggestions for f in s.findings}
    told_now = {(f.fact, f.value, f.start, f.end) for f in carried}  # the side of what is long known is one of today
    kept = {f for f in kept if (f.fact, f.value, f.start, f.end) not in told_now}
    findings = tuple(sorted(kept | carried, key=lambda f: (f.start, f.end, f.fact, f.value, f.status)))
    place = {finding: number for number, finding in enumerate(findings)}
    made = tuple(
        (s.question, s.answer, tuple(sorted({place[_named(f, reading)] for f in s.findings})))
        for s in walked.suggestions
    )
    return Told(findings, made)


def _named(finding: Finding, reading: Reading) -> Finding:
    """A finding with the value that the tree has for it."""
    return replace(finding, value=malignant(reading)) if finding.value == "malignant" else finding


def _shown(finding: Finding, chosen: Mapping[str, set[str]]) -> bool:
    main = chosen.get("main_procedure", set())
    answer = chosen.get(finding.fact)
    if finding.fact in _INSIDE:
        return False
    if finding.weak and answer is not None and finding.value not in answer:
        return False
    if (
        finding.fact == "main_procedure"
        and finding.value == "tumor_margin_unclear"
        and main
        and finding.value not in main
    ):
        return False
    if finding.fact == "main_procedure" and finding.value not in main and _inside(finding, main):
        return False
    if finding.fact in _ASIDE and main & {"radical_resection", "implant_removal"}:
        return False
    if finding.fact == "graft_material" and finding.value == METAL and "sleeve" in chosen.get("graft_form", ()):
        return False
    if finding.fact == "graft_form" and finding.value == "osteoarticular" and "plug" in chosen.get("graft_form", ()):
        return False
    if finding.fact == "bone" and any(finding.value in OUTRANKS.get(value, ()) for value in chosen.get("bone", ())):
        return False
    if finding.fact == "graft_material" and finding.weak and answer is None:
        return False
    if finding.value == "lesion_fixation":
        return "curettage" in main
    if finding.fact == "bone":
        return not main & _NO_BONE and not chosen.get("other_kind", set()) & _NO_BONE_OTHER
    return True


def _inside(finding: Finding, main: set[str]) -> bool:
    """Whether a procedure is part of the main one: a joint put in after a resection, a membrane scraped off."""
    if "radical_resection" in main:
        return finding.value == "arthroplasty"
    return bool(main & _NO_TUMOR) and finding.section in TOLD and finding.value in ("curettage", "radical_resection")


def evidence_of(reading: Reading, walked: Walked, steps: Iterable[Step]) -> Evidence:
    """For each answer of a way the affirmed findings that carry it, and the same for the checklist's facts."""
    found: dict[str, list[Finding]] = {}
    carried = {(s.question, s.answer): s.findings for s in walked.suggestions}
    shown = told(reading, walked).findings
    for step in steps:
        near = carried.get((step.question, step.text))
        if near is None:
            near = tuple(
                f for f in shown if f.fact == step.question and f.value in step.answers and f.status == "affirmed"
            )
        if near:
            found[step.question] = list(near)
    for name, (fact, value) in _CHECKLIST.items():
        there = [f for f in shown if f.fact == fact and f.told and value in (f.value, "")]
        if there:
            found.setdefault(name, there)
    return found


# ---------------------------------------------------------------------------------------------- the query


def quotes_of(reading: Reading, missing: Missing, document: str = "operative note") -> tuple[Quote, ...]:
    """The sentences that raise the question, each with its place; those that point the other way too."""
    numbers = {f.sentence for f in missing.findings}
    numbers |= {
        f.sentence for f in reading.findings if f.fact == missing.question and f.section not in ("history", "admin")
    }
    lines = [line for line in reading.lines if line.number in numbers][:_MOST_QUOTES]
    made = []
    for line in lines:
        text = " ".join(reading.text[line.start : line.end].split())
        row = reading.text.count("\n", 0, line.start) + 1
        title = " ".join(line.section.title.split()).lower()
        made.append(Quote(text, ", ".join(part for part in (document, title, f"line {row}") if part)))
    return tuple(made)


def options_of(missing: Missing) -> tuple[str, ...]:
    """The choices that a contradiction leaves, in the note's own words; none where the note is only silent or vague."""
    if missing.because != CONTRADICTION:
        return ()
    said: dict[str, str] = {}
    for finding in missing.findings:
        said.setdefault(finding.value, " ".join(finding.quote.split()).lower())
    return tuple(said.values()) if len(set(said.values())) == len(said) > 1 else ()


def query_for(reading: Reading, missing: Missing, tree: Tree, on: date, case: str = "") -> tuple[Query, str]:
    """The query about a missing fact and its draft, quotes and choices put in."""
    query = tree.queries[tree.questions[missing.question].query]
    answers = {answer.id: answer for answer in tree.questions[missing.question].answers}
    raised = next(
        (answers[f.value].query for f in missing.findings if f.value in answers and answers[f.value].query), ""
    )
    query = tree.queries.get(raised, query)
    return query, draft(query, case, on, quotes_of(reading, missing), options_of(missing))
