"""Positions and results as JSON: the contract that scripts rely on. Fields may be added, never renamed or removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from encoder.core.add_on import is_add_on
from encoder.core.beside.ticks import name_of, settles
from encoder.core.book import Book
from encoder.core.editions import EditionNote, editions_on
from encoder.core.note.evidence import Evidence
from encoder.core.note.findings import Finding
from encoder.core.reference import WholeBook
from encoder.core.tree.explain import ChecklistItem, Result, WhyNot
from encoder.core.tree.model import Tree
from encoder.core.tree.rules import Line
from encoder.core.tree.walk import Position, Step
from encoder.core.viewing import options_of

Json = Mapping[str, object]


_NO_EVIDENCE: Evidence = {}


def decided(
    position: Position, result: Result, book: WholeBook, reachable: Iterable[str], evidence: Evidence = _NO_EVIDENCE
) -> Json:
    """The object of ``decide --json``; ``evidence`` are the findings of a note that carry its answers."""
    tree = position.tree
    asked = position.pending or (position.later[0] if position.later and result.status == "decided" else None)
    return {
        "tree": tree_head(tree),
        "dos": position.on.isoformat(),
        "status": result.status,
        "outcome": {
            "id": result.outcome,
            "ref": result.ref,
            "say": result.say,
            "verdict": result.verdict,
            "review": " ".join(result.review) or None,
        },
        "lines": lines(result.lines, book, position.on),
        "trail": [step(s, evidence.get(s.question, ())) for s in position.trail],
        "next": None
        if asked is None
        else {
            "question": asked.id,
            "ask": asked.ask,
            "answers": [{"id": o.id, "say": o.say} for o in options_of(asked, position, book)]
            + [{"id": "not_documented", "say": "The note does not say"}],
            "refines": asked.refines,
            "required": position.pending is not None,
        },
        "candidates": candidates(reachable, book),
        "why": [
            {
                "rule": w.rule,
                "say": w.say,
                "cites": list(w.cites),
                "from": day(w.start),
                "until": day(w.end),
                "code": w.code or None,
                "hash": w.hash or None,
            }
            for w in result.why
        ],
        "why_not": [why_not(w) for w in result.why_not],
        "warnings": [
            {"id": w.id, "severity": w.severity, "say": w.say, "cites": list(w.cites)} for w in result.warnings
        ],
        "checklist": [
            {
                "fact": c.fact,
                "label": c.label,
                "say": c.say,
                "answer": c.answer or None,
                "evidence": ticked(c, evidence),
                "cites": list(c.cites),
            }
            for c in result.checklist
        ],
        "queries": [{"fact": q.fact, "topic": q.topic, "text": q.text, "reopens": q.question} for q in result.queries],
        "editions": [edition(note) for note in editions_on(book, position.on)],
        "edits": [
            {"name": e.name, "say": e.say, "state": e.state, "row": e.row or None, "cites": list(e.cites)}
            for e in result.edits
        ],
        "open": None
        if result.open is None
        else {"ask": result.open.ask, "sides": [{"head": h, "say": s, "cite": c} for h, s, c in result.open.sides]},
        "assumed": [{"question": q.id, "answer": q.usual} for q in result.assumed],
        "set_aside": [step(s) for s in position.aside],
        "hospital_code": result.hospital_code or None,
    }


def tree_head(tree: Tree) -> Json:
    """Which tree, which edition, which bytes."""
    return {"id": tree.id, "edition": tree.edition, "sha256": tree.sha256}


def lines(made: Sequence[Line], book: WholeBook, on: date) -> list[Json]:
    """Claim lines in order."""
    return [
        {
            "code": line.code,
            "role": line.plain_role,
            "units": line.units,
            "modifiers": list(line.modifiers),
            "title": title_of(line.code, book, on),
            "official": book.official(line.code, on) is not None,
        }
        for line in made
    ]


def title_of(code: str, book: WholeBook, on: date) -> str:
    """The licensed text of a CPT code or our wording, or the title of an ICD-10-PCS code."""
    official = book.official(code, on)
    if official:
        return official
    held, procedure = book.code(code), book.procedure(code)
    return held.title if held else procedure.title if procedure else ""


def step(s: Step, carried: Sequence[Finding] = ()) -> Json:
    """One answer of the trail; several answers are joined by a plus."""
    return {"question": s.question, "answer": s.text, "evidence": [quote(finding) for finding in carried]}


def quote(finding: Finding) -> Json:
    """Where the note carries something."""
    return {"start": finding.start, "end": finding.end, "quote": finding.quote}


def ticked(item: ChecklistItem, evidence: Evidence) -> Json | None:
    """The quote that ticks a fact of the checklist: of the fact itself, else of the question that settles it."""
    carried = evidence.get(name_of(item)) or (evidence.get(item.question) if settles(item) else None) or ()
    return quote(carried[0]) if carried else None


def why_not(w: WhyNot) -> Json:
    """One code that is not on the claim, with the answer or the row that ruled it out."""
    because = {"rule": w.rule} if w.rule else {"question": w.question, "answer": w.answer}
    return {"code": w.code, "say": w.say, "because": because, "cites": list(w.cites), "family": w.family}


def candidates(codes: Iterable[str], book: Book) -> list[Json]:
    """Codes that the answers so far can still end in."""
    return [{"code": code, "role": "add_on" if is_add_on(book, code) else "primary"} for code in sorted(codes)]


def edition(note: EditionNote) -> Json:
    """One table's edition and whether it covers the date."""
    held = note.edition
    return {
        "table": held.table,
        "label": held.label,
        "edition": held.edition,
        "from": day(held.span.start),
        "until": day(held.span.end),
        "covers_dos": note.state == "covers",
        "state": note.state,
        "note": held.note,
    }


def day(value: date | None) -> str | None:
    """A date as text; None stays None."""
    return value.isoformat() if value else None
