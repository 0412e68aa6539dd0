"""``encoder note``: read operative notes and walk the tree with what they suggest, and with nothing else."""

from __future__ import annotations

import hashlib
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from encoder.commands import shapes
from encoder.commands.output import Output
from encoder.commands.shipped import Shipped
from encoder.core.beside.case_note import Document
from encoder.core.note.evidence import Told, evidence_of, query_for, told
from encoder.core.note.facts import CONTRADICTION, UNCLEAR, Missing
from encoder.core.note.findings import Finding
from encoder.core.note.reading import Reading, read
from encoder.core.note.suggest import ASSUMED, Walked, walk_note
from encoder.core.tree.explain import QueryDraft, Result, answer_text, explain
from encoder.core.tree.model import Tree
from encoder.core.tree.walk import Step
from encoder.store.cue_file import read_cues
from encoder.store.documents import document_of, joined, read_document

_PAGES_TOLD = 20
_SAYS = {CONTRADICTION: "the note says it in ways that do not agree", UNCLEAR: "what the note says is not enough"}


def run(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Read one or several documents of a case; 1 when the walk stopped because a fact is missing."""
    documents = [_document(name, out) for name in arguments.file]
    text, places = joined(documents)
    cues, tree, book = read_cues(shipped.resources / "cues"), shipped.tree(arguments.tree), shipped.book
    reading = read(text, cues)
    walked = walk_note(reading, cues, tree, book, on)
    shown = told(reading, walked)
    reach = shipped.reach(tree, on)
    result = asked(reading, walked, explain(walked.position, book, reach), tree)
    if arguments.json:
        evidence = evidence_of(reading, walked, walked.position.trail)
        outcome = dict(shapes.decided(walked.position, result, book, reach.along(walked.position.steps)[-1], evidence))
        outcome["missing"] = [_missing(m, tree) for m in walked.missing]
        outcome["taken_without_the_note"] = [
            {"question": q, "answer": a, "say": "No note carries this; it is taken as usual."}
            for q, a in ASSUMED.items()
        ]
        out.json(
            {
                "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
                "documents": [{"name": p.name, "start": p.start, "end": p.end} for p in places],
                "sections": [
                    {"title": s.title, "start": s.start, "end": s.end, "kind": s.kind} for s in reading.sections
                ],
                "findings": [_finding(f) for f in shown.findings],
                "suggestions": [{"question": q, "answer": a, "findings": list(f)} for q, a, f in shown.suggestions],
                "outcome": outcome,
            }
        )
    else:
        for line in in_words(reading, shown, walked, result, tree):
            out.say(line)
    return 0 if walked.position.status == "decided" else 1


def _document(name: str, out: Output) -> Document:
    if name == "-":
        return document_of("standard input", sys.stdin.buffer.read())

    def progress(done: int, pages: int) -> None:
        if pages > _PAGES_TOLD and done % _PAGES_TOLD == 0:
            out.note(f"{Path(name).name}: {done} of {pages} pages.")

    return read_document(Path(name), progress)


def asked(reading: Reading, walked: Walked, result: Result, tree: Tree) -> Result:
    """The result with the query about the first missing fact, its quotes put in."""
    stop = walked.position.stopped_at or (walked.position.pending.id if walked.position.pending else "")
    missing = next((m for m in walked.missing if m.question == stop), None)
    if missing is None:
        return result
    query, text = query_for(reading, missing, tree, walked.position.on)
    return replace(result, queries=(QueryDraft(query.fact, query.topic, query.why, text, stop),))


def _finding(finding: Finding) -> shapes.Json:
    return {
        "fact": finding.fact,
        "value": finding.value,
        "status": finding.status,
        "start": finding.start,
        "end": finding.end,
        "quote": finding.quote,
        "cue": finding.cue,
        "section": finding.section,
    }


def _missing(missing: Missing, tree: Tree) -> shapes.Json:
    question = tree.questions[missing.question]
    query = tree.queries[question.query]
    return {
        "question": missing.question,
        "ask": question.ask,
        "fact": query.fact,
        "because": missing.because,
        "evidence": [shapes.quote(f) for f in missing.findings],
    }


def in_words(reading: Reading, shown: Told, walked: Walked, result: Result, tree: Tree) -> Iterator[str]:
    """The same for a reader in a terminal."""
    yield f"{len(reading.sections)} sections, {len(shown.findings)} findings"
    for finding in shown.findings:
        quote = " ".join(finding.quote.split())
        cue = f" ({finding.cue})" if finding.cue else ""
        yield f"  {finding.fact} = {finding.value}: {finding.status}{cue}: “{quote}”"
    for question, answer, numbers in shown.suggestions:
        asked_of = tree.questions[question]
        words = answer_text(asked_of, Step(question, tuple(answer.split("+"))))
        first = " ".join(shown.findings[numbers[0]].quote.split()) if numbers else ""
        yield f"{asked_of.label}: {words}" + (f"  “{first}”" if first else "")
    for question, answer in ASSUMED.items():
        yield f"{tree.questions[question].label}: {answer}, taken as usual: no note carries it"
    for missing in walked.missing:
        query = tree.queries[tree.questions[missing.question].query]
        yield f"Missing: {query.fact} ({_SAYS.get(missing.because, 'the note is silent')})."
    if result.verdict:
        yield result.verdict
    for line in result.lines if walked.position.status == "decided" else ():
        yield f"  {line.text}"
    for query_draft in result.queries:
        yield query_draft.text
