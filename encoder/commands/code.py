"""``encoder code``: what the tables say about one code."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date

from encoder.commands.output import Output
from encoder.commands.shapes import Json, day
from encoder.commands.shipped import Shipped
from encoder.core.book import Book
from encoder.core.codes import Code, RelationRow
from encoder.core.tree.facts import diagnosis as find_diagnosis
from encoder.errors import UsageError


def run(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Tell what is known of a code on the date; 2 when no table names it."""
    book = shipped.book
    written = arguments.code.strip().upper()
    held, diagnosis, procedure = book.code(written), find_diagnosis(book, written), book.procedure(written)
    if held is None and diagnosis is None and procedure is None:
        raise UsageError(f"No table here names the code '{arguments.code}'; check it, or look it up in the code book.")
    if held is not None:
        about = cpt(held, book, on)
    elif diagnosis is not None:
        about = {
            "system": "icd10cm",
            "code": diagnosis.code,
            "title": diagnosis.title,
            "family": diagnosis.family,
            "laterality": diagnosis.laterality,
            "seventh_character": diagnosis.seventh or None,
            "note": diagnosis.note or None,
            "from": day(diagnosis.span.start),
            "until": day(diagnosis.span.end),
            "valid_on_dos": diagnosis.span.covers(on),
            "cites": list(diagnosis.cites),
        }
    else:
        assert procedure is not None
        about = {
            "system": "icd10pcs",
            "code": procedure.code,
            "title": procedure.title,
            "operation": procedure.operation,
            "body_part": procedure.part,
            "side": procedure.side,
            "from": day(procedure.span.start),
            "until": day(procedure.span.end),
            "valid_on_dos": procedure.span.covers(on),
            "cites": list(procedure.cites),
        }
    if arguments.json:
        out.json({"dos": on.isoformat(), **about})
    else:
        for line in in_words(about):
            out.say(line)
    return 0


def cpt(code: Code, book: Book, on: date) -> Json:
    """Everything the tables hold about one CPT code."""
    relations = list(book.relations(code.code))
    return {
        "system": "cpt",
        "code": code.code,
        "title": code.title,
        "plain": code.plain,
        "wording": "ours; the official descriptor is the AMA's and is not shipped",
        "site": code.site,
        "category": code.category,
        "includes_graft": code.includes_graft,
        "from": day(code.span.start),
        "until": day(code.span.end),
        "valid_on_dos": code.span.covers(on),
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


def in_words(about: Json) -> Iterator[str]:
    """The same for a reader in a terminal."""
    yield f"{about['code']}  {about['title']}"
    for key, value in about.items():
        if key in {"code", "title", "pairs", "figures"} or value in (None, [], ""):
            continue
        if isinstance(value, list):
            yield f"{key.replace('_', ' ')}: " + ", ".join(
                dict.fromkeys(_brief(item, str(about["code"])) for item in value)
            )
        else:
            yield f"{key.replace('_', ' ')}: {value}"
    pairs, figures = about.get("pairs"), about.get("figures")
    if isinstance(pairs, list) and pairs:
        yield f"pairs: {len(pairs)} (--json lists them)"
    for figure in figures if isinstance(figures, list) else []:
        yield f"  {figure['field']} {figure['value']} ({figure['edition']})"


def _brief(item: object, code: str) -> str:
    if not isinstance(item, dict):
        return str(item)
    if "primary" in item:
        return str(item["primary"] if item["add_on"] == code else item["add_on"])
    return str(item.get("label", item))
