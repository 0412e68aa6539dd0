"""``encoder code``: what the tables say about one code."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date

from encoder.commands import pages
from encoder.commands.output import Output
from encoder.commands.shapes import Json, day
from encoder.commands.shipped import Shipped
from encoder.core.codes import Code, RelationRow
from encoder.core.page.beside import Beside, beside
from encoder.core.page.evidence import Desk
from encoder.core.page.model import CodePage
from encoder.core.page.page import OURS, page
from encoder.core.reference import WholeBook
from encoder.core.reverse import first_answers, trails, written
from encoder.core.standing import standing
from encoder.errors import UsageError


def run(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Tell what is known of a code on the date, and of the code beside it; 2 when no table names one of them."""
    tree = shipped.tree(arguments.tree)
    desk, reach = shipped.desk(tree, on), shipped.reach(tree, on)
    code = written(desk, arguments.code)
    made = page(desk, code, first_answers(desk, reach, code))
    assert made is not None
    found = trails(desk, reach, code)
    pair = _beside(desk, code, arguments.with_code) if arguments.with_code else None
    about = _head(desk, made)
    if arguments.json:
        both = trails(desk, reach, code, pair.pair.second) if pair else ()
        with_ = {"with": pages.together_json(desk, pair, both)} if pair else {}
        leads = {"leads_to_it": pages.trails_json(found)}
        out.json({"dos": on.isoformat(), **about, **pages.page_json(made), **leads, **with_})
        return 0
    for line in in_words(about):
        out.say(line)
    if pair is not None:
        for line in pages.beside_words(pair):
            out.say(line)
    for line in pages.page_words(made):
        out.say(line)
    for line in pages.trail_words(found):
        out.say(line)
    return 0


def _beside(desk: Desk, first: str, second: str) -> Beside:
    """What two CPT codes are to each other.

    Raises:
        UsageError: one of them is no CPT code of the tables.
    """
    held = [desk.book.code(code) for code in (first, written(desk, second))]
    if held[0] is None or held[1] is None:
        raise UsageError(
            f"--with takes two CPT codes, not {first} with {second}; other systems have no code pairs here."
        )
    return beside(desk, held[0], held[1])


def _head(desk: Desk, made: CodePage) -> Json:
    """What stands at the head of each system."""
    held = desk.book.code(made.code)
    if held is not None:
        return {**cpt(held, desk.book, desk.on), "title": made.title, "ours": held.title, "wording": made.wording}
    diagnosis, procedure = desk.diagnosis(made.code), desk.book.procedure(made.code)
    if diagnosis is not None:
        special: Json = {
            "family": diagnosis.family,
            "laterality": diagnosis.laterality,
            "seventh_character": diagnosis.seventh or None,
            "note": diagnosis.note or None,
        }
    elif procedure is not None:
        special = {"operation": procedure.operation, "body_part": procedure.part, "side": procedure.side}
    else:
        special = _beside_fields(desk, made)
    return {
        "system": made.system,
        "code": made.code,
        "title": made.title,
        **special,
        "from": day(made.start),
        "until": day(made.end),
        "valid_on_dos": made.valid,
        "standing": made.standing or None,
        "cites": list(made.cites),
    }


def _beside_fields(desk: Desk, made: CodePage) -> Json:
    """What only a place, a modifier, a code of HCPCS Level II or an entry of the whole tabular list has."""
    place = desk.place(made.code)
    if place is not None:
        return {"plain": place.plain, "setting": place.setting}
    modifier, supply = desk.book.modifier(made.code), desk.book.supply(made.code)
    if modifier is not None:
        rule = desk.lore.modifiers.get(made.code)
        by = rule.by if rule else ""
        return {"when": modifier.use, "not_when": modifier.not_for, "indicator": by or None}
    if supply is not None:
        return {"plain": supply.plain, "kind": supply.kind, "when": supply.use, "not_when": supply.not_for}
    if made.axes:
        return {axis.label.lower().replace(" ", "_"): axis.value for axis in made.axes}
    entry = desk.book.icd_entry(made.code)
    assert entry is not None
    return {"kind": entry.kind, "parent": entry.parent or None, "change": entry.change or None}


def cpt(code: Code, book: WholeBook, on: date) -> Json:
    """Everything the tables hold about one CPT code."""
    relations = list(book.relations(code.code))
    return {
        "system": "cpt",
        "code": code.code,
        "title": code.title,
        "plain": code.plain,
        "wording": OURS,
        "site": code.site,
        "category": code.category,
        "includes_graft": code.includes_graft,
        "from": day(code.span.start),
        "until": day(code.span.end),
        "valid_on_dos": code.span.covers(on),
        "standing": standing("cpt", code.code, book, on) or None,
        "replaced_by": code.replaced_by or None,
        "cites": list(code.cites),
        "may_carry": [
            _relation(r) for r in relations if r.primary == code.code and r.kind == "allowed" and r.span.covers(on)
        ],
        "barred_with": [_relation(r) for r in relations if r.kind == "barred" and r.span.covers(on)],
        "primaries": [
            _relation(r) for r in relations if r.add_on == code.code and r.kind == "allowed" and r.span.covers(on)
        ],
        "ended": [_relation(r) for r in relations if not r.span.covers(on)],
        "pairs": [
            {
                "column1": p.column1,
                "column2": p.column2,
                "indicator": p.indicator,
                "rationale": p.rationale,
                "setting": p.setting,
                "row": p.id,
            }
            for p in book.pairs(code.code)
            if p.span.covers(on)
        ],
        "figures": [
            {
                "field": f.field,
                "value": f.value,
                "edition": f.edition,
                "from": day(f.span.start),
                "until": day(f.span.end),
            }
            for f in book.indicators(code.code)
        ],
        "documentation": [{"fact": d.id, "label": d.label, "say": d.say} for d in book.documentation(code.code)],
    }


def _relation(row: RelationRow) -> Json:
    return {
        "add_on": row.add_on,
        "primary": row.primary,
        "basis": row.basis,
        "row": row.id,
        "from": day(row.span.start),
        "until": day(row.span.end),
    }


_TOLD_BY_PANELS = {"pairs", "figures", "documentation", "cites", "ended"}


def in_words(about: Json) -> Iterator[str]:
    """The head for a reader in a terminal; the panels say the rest."""
    code = str(about["code"])
    yield f"{code}  {about['title']}"
    for key, value in about.items():
        if key in {"code", "title", *_TOLD_BY_PANELS} or value in (None, [], ""):
            continue
        others = (
            [r["primary"] if r["add_on"] == code else r["add_on"] for r in value] if isinstance(value, list) else []
        )
        yield f"{key.replace('_', ' ')}: {', '.join(dict.fromkeys(others)) or value}"
