"""A code page and what leads to a code, as JSON and in words for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from encoder.commands.shapes import Json, day, edition
from encoder.core.page import localities
from encoder.core.page.beside import Beside
from encoder.core.page.evidence import Desk, RowRef, Said
from encoder.core.page.model import CodePage, Edit, Linked, ModifierVerdict
from encoder.core.reverse import Need, Trail

FEW = 3
HELD = {"inside": "Inside", "apart": "Apart", "never": "Never with it"}


def row(ref: RowRef) -> Json:
    """One row by name."""
    return {
        "table": ref.table,
        "key": ref.key,
        "edition": ref.edition,
        "from": day(ref.start),
        "until": day(ref.end),
    }


def _rows(refs: Sequence[RowRef]) -> list[Json]:
    return [row(ref) for ref in refs]


def _said(said: Said) -> Json:
    return {"say": said.say, "rows": _rows(said.rows), "cites": list(said.cites)}


def page_json(page: CodePage) -> Json:
    """The panels of a code page, beside the fields that stand at the head of ``code --json``."""
    return {
        "picture": page.picture or None,
        "chips": list(page.chips),
        "notes": [
            *(_said(note) for note in page.notes),
            *(_said(Said(f"{n.label} ({n.code}): {n.text}", (n.row,), n.cites)) for n in page.tabular),
        ],
        "tabular_notes": [{"code": n.code, "kind": n.kind, "text": n.text} for n in page.tabular],
        "seventh_characters": [{"character": s.letter, "means": s.means} for s in page.sevenths],
        "above": _linked(page.above),
        "below": _linked(page.below),
        "characters": [
            {"place": a.place, "character": a.character, "label": a.label, "value": a.value, "plain": a.plain or None}
            for a in page.axes
        ],
        "included": _held(page, "inside"),
        "apart": _held(page, "apart"),
        "never": _held(page, "never"),
        "guidelines": [_said(guideline) for guideline in page.guidelines],
        "checklist": [
            {"fact": c.id, "label": c.label, "say": c.say, "question": c.question or None, "cites": list(c.cites)}
            for c in page.checks
        ],
        "modifiers": [_modifier(verdict) for verdict in page.modifiers],
        "diagnoses": [
            {
                "family": group.family,
                "title": group.title,
                "fits": group.fits,
                "codes": list(group.codes),
                "warnings": [
                    {"id": w.id, "severity": w.severity, "say": w.say, "cites": list(w.cites)} for w in group.warnings
                ],
            }
            for group in page.diagnoses
        ],
        "edits": [_edit(edit) for edit in page.edits],
        "add_ons": [
            {
                "code": a.code,
                "title": a.title,
                "state": a.state,
                "list_type": a.list_type or None,
                "basis": a.basis or None,
                "row": row(a.row) if a.row else None,
                "withdrawn": row(a.withdrawn) if a.withdrawn else None,
                "cites": list(a.cites),
            }
            for a in page.add_ons
        ],
        "values": [
            {
                "edition": y.edition,
                "from": day(y.start),
                "until": day(y.end),
                "work": y.work or None,
                "practice_expense": y.practice or None,
                "malpractice": y.malpractice or None,
                "total": y.total or None,
                "conversion_factor": y.factor or None,
                "national_payment": y.dollars or None,
                "computed": y.computed,
                "cites": list(y.cites),
            }
            for y in page.years
        ],
        "localities": [
            {
                "state": p.place.state,
                "name": p.place.name,
                "facility_payment": p.facility,
                "office_payment": p.office or None,
                "row": row(p.row),
                "cites": list(p.cites),
            }
            for p in page.paid
        ],
        "value_notes": [_said(note) for note in page.value_notes],
        "indicators": [
            {
                "field": f.field,
                "label": f.label,
                "value": f.value,
                "means": f.means or None,
                "covers_dos": f.covers,
                "row": row(f.row),
                "cites": list(f.cites),
            }
            for f in page.figures
        ],
        "facility": [_said(said) for said in page.facility],
        "history": [
            {"on": day(e.on), "say": e.say, "row": row(e.row) if e.row else None, "cites": list(e.cites)}
            for e in page.history
        ],
        "often_confused": [
            {
                "id": m.id,
                "claim": m.claim or None,
                "said": m.said,
                "said_by": m.said_by,
                "tables_say": m.says,
                "codes": list(m.codes),
                "cites": list(m.cites),
            }
            for m in page.mistaken
        ],
        "siblings": list(page.siblings),
        "panels": [
            {
                "id": p.id,
                "title": p.title,
                "count": p.count,
                "empty": None if p.count else p.empty or "Nothing is held.",
                "editions": [edition(note) for note in p.editions],
                "cites": list(p.cites),
            }
            for p in page.panels
        ],
    }


def _linked(entries: Sequence[Linked]) -> list[Json]:
    return [{"code": entry.code, "title": entry.title, "kind": entry.kind} for entry in entries]


def _held(page: CodePage, state: str) -> list[Json]:
    return [
        {"fact": h.id, "say": h.say, "codes": list(h.codes), "row": row(h.row), "cites": list(h.cites)}
        for h in page.held
        if h.state == state
    ]


def _modifier(verdict: ModifierVerdict) -> Json:
    return {
        "modifier": verdict.modifier,
        "title": verdict.title,
        "verdict": verdict.verdict,
        "why": verdict.why,
        "against": verdict.against or None,
        "when": verdict.when,
        "not_when": verdict.not_when,
        "field": verdict.field or None,
        "value": verdict.value or None,
        "rows": _rows(verdict.rows),
        "cites": list(verdict.cites),
    }


def _edit(edit: Edit) -> Json:
    return {
        "other": edit.other,
        "title": edit.title,
        "gives_way": "other" if edit.first else "this",
        "setting": edit.setting,
        "indicator": edit.indicator,
        "means": edit.means,
        "rationale": edit.rationale,
        "row": row(edit.row),
        "cites": list(edit.cites),
    }


def trails_json(trails: Sequence[Trail]) -> list[Json]:
    """The groups of ways that lead to a code, and the answers to start the tree with."""
    return [
        {
            "ways": trail.ways,
            "needs": [_need(need) for need in trail.needs],
            "details": [_need(need) for need in trail.details],
            "assume": [{"question": question, "answer": answer} for question, answer in trail.assumed.items()],
        }
        for trail in trails
    ]


def _need(need: Need) -> Json:
    return {
        "question": need.question,
        "ask": need.ask,
        "answers": [{"id": a, "say": s} for a, s in zip(need.answers, need.say, strict=True)],
        "any": need.every,
    }


def together_json(desk: Desk, found: Beside, both: Sequence[Trail]) -> Json:
    """What two codes are to each other, in words and rows, and which ways end in both."""
    pair = found.pair
    return {
        "codes": [pair.first, pair.second],
        "add_on": pair.add_on or None,
        "state": found.state,
        "say": found.head.say,
        "lines": [_said(line) for line in found.lines],
        "basis": pair.basis or None,
        "row": row(desk.relation_row(pair.row)) if pair.row else None,
        "withdrawn": row(desk.relation_row(pair.withdrawn)) if pair.withdrawn else None,
        "pairs": [_edit(edit) for edit in pair.edits],
        "pairs_known": pair.pairs_known,
        "leads_to_both": trails_json(both),
    }


# ---------------------------------------------------------------------------------------------- in words


def page_words(page: CodePage) -> Iterator[str]:
    """The panels for a reader in a terminal, each with its editions."""
    heads = {panel.id: panel for panel in page.panels}
    bodies: dict[str, list[str]] = {
        "overview": [note.say for note in page.notes],
        "tabular": [f"{n.label} ({n.code}): {n.text}" for n in page.tabular],
        "sevenths": [f"{s.letter}: {s.means}" for s in page.sevenths],
        "above": [f"{entry.code}  {entry.title}" for entry in page.above],
        "below": [f"{entry.code}  {entry.title}" for entry in page.below],
        "axes": [f"{a.character}  {a.label}: {a.value}{f' ({a.plain})' if a.plain else ''}" for a in page.axes],
        "held": [f"{HELD[h.state]}: {h.say}{_codes(h.codes)}" for h in page.held],
        "guidelines": [guideline.say for guideline in page.guidelines],
        "documentation": [f"[ ] {c.label}: {c.say}" for c in page.checks],
        "modifiers": [
            f"{m.modifier} {m.verdict.replace('_', ' ')}: {m.why}{f' ({m.against})' if m.against else ''}"
            for m in page.modifiers
        ],
        "diagnoses": [
            f"{'Fits' if g.fits else 'Warns'}: {g.title}: {_some(g.codes)}"
            + "".join(f" [{w.id} {w.say}]" for w in g.warnings)
            for g in page.diagnoses
        ],
        "edits": list(_edit_words(page.edits)),
        "add_ons": [f"{a.code} {a.state.replace('_', ' ')}: {a.title}{_ended(a.withdrawn)}" for a in page.add_ons],
        "values": [
            f"{y.edition}: work {y.work or 'not loaded'}, practice expense {y.practice or 'not loaded'}, malpractice "
            f"{y.malpractice or 'not loaded'}, total {y.total or 'not loaded'}, national "
            f"{f'US$ {y.dollars}' if y.dollars else 'payment not loaded'}"
            f"{' (total times factor)' if y.computed else ''}"
            for y in page.years
        ]
        + [
            f"{f.label}: {f.value}{f' ({f.means})' if f.means else ''}{'' if f.covers else f', {f.row.edition} only'}"
            for f in page.figures
        ]
        + [*_localities(page), *(note.say for note in page.value_notes)],
        "facility": [said.say for said in page.facility],
        "history": [f"{e.on or 'Undated'}: {e.say}" for e in page.history],
        "mistaken": [f"Said: {m.said} ({m.said_by}) The tables: {m.says}" for m in page.mistaken],
    }
    for name, panel in heads.items():
        yield ""
        editions = "; ".join(f"{n.edition.label} {n.edition.edition}, {n.state}" for n in panel.editions)
        yield f"{panel.title}{f' ({editions})' if editions else ''}"
        for line in bodies[name] or [panel.empty or "Nothing is held."]:
            yield f"  {line}"
        if panel.cites:
            yield f"  Sources: {_some(panel.cites, 6)}"


def _localities(page: CodePage) -> Iterator[str]:
    """The range of the amounts over the localities; the JSON has each of them."""
    if page.paid:
        found = sorted(page.paid, key=lambda paid: Decimal(paid.facility))
        ends = (f"US$ {paid.facility} ({localities.name(paid.place)})" for paid in (found[0], found[-1]))
        yield f"By locality, facility: {' to '.join(ends)}"


def _edit_words(edits: Sequence[Edit]) -> Iterator[str]:
    """Code pairs in a few lines: those that read the same are put together."""
    found: dict[tuple[bool, str, str, str], list[str]] = {}
    for edit in edits:
        found.setdefault((edit.first, edit.indicator, edit.rationale, edit.setting), []).append(edit.other)
    for (first, indicator, rationale, setting), others in found.items():
        who = "Over" if first else "Gives way to"
        yield f"{who} {', '.join(others)}: indicator {indicator}, {rationale}, {setting.replace('_', ' ')}"


def trail_words(trails: Sequence[Trail]) -> Iterator[str]:
    """Which answers lead to a code."""
    yield ""
    yield "Which answers lead to it"
    for trail in trails:
        parts = [*(n for n in trail.needs if not n.every), *trail.details]
        yield "  " + "; ".join(f"{need.label}: {' or '.join(need.say)}" for need in parts)
    if not trails:
        yield "  No way of the tree leads to it on this date."


def beside_words(found: Beside) -> Iterator[str]:
    """What two codes are to each other, in a few lines, each with its rows."""
    yield ""
    yield f"{found.pair.first} with {found.pair.second}: {found.state.replace('_', ' ')}"
    for said in (found.head, *found.lines):
        rows = f" [{', '.join(ref.key for ref in said.rows[:FEW])}]" if said.rows else ""
        yield f"  {said.say}{rows}"


def _codes(codes: Sequence[str]) -> str:
    return f" ({', '.join(codes)})" if codes else ""


def _some(items: Sequence[str], most: int = 12) -> str:
    return ", ".join(items[:most]) + (f" and {len(items) - most} more" if len(items) > most else "")


def _ended(ref: RowRef | None) -> str:
    return f" (a bar ended on {ref.end})" if ref else ""
