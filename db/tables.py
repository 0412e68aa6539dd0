"""From the lines of the source files to the rows of the database, every row checked.

The checks of a cell are in reading.py; here is what each table says and what it may refer to.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from db import edit_tables, reference
from db.reading import Line, Span, apart, meet, read, read_lookup, read_register, unique
from db.rows import LONGEST_LABEL, LONGEST_TITLE, Tables, Value, dates
from encoder.errors import DataError

COLUMNS = {
    "codes": (
        *("code", "title", "plain", "site", "area", "category", "includes_graft"),
        *("from", "until", "replaced_by", "cites"),
    ),
    "relations": (
        *("row", "add_on", "primary", "kind", "type", "basis", "modifier_indicator", "from", "until", "cites"),
    ),
    "pairs": ("column1", "column2", "modifier_indicator", "rationale", "setting", "edition", "from", "until", "cites"),
    "indicators": ("code", "field", "value", "edition", "from", "until", "cites"),
    "diagnoses": ("code", "title", "family", "laterality", "area", "seventh", "note", "from", "until", "cites"),
    "procedures": ("code", "title", "operation", "part", "side", "device", "approach", "from", "until", "cites"),
    "editions": ("table", "label", "edition", "from", "until", "note", "cites"),
    "documentation": ("id", "code", "label", "say", "question", "cites"),
    **reference.COLUMNS,
}
LOOKUP_TAIL = ("code", "say", "warn", "review", "from", "until", "cites")
GRAFTS = (
    "none",
    "autograft_included",
    "autograft_if_performed",
    "allograft_included",
    "allograft_if_performed",
    "graft_is_the_service",
    "not_defined",
)
AREAS = ("", "head", "trunk", "upper_limb", "pelvis_hip", "lower_limb")
SETTINGS = {
    "practitioner": ("practitioner",),
    "outpatient_hospital": ("outpatient_hospital",),
    "both": ("practitioner", "outpatient_hospital"),
}
ANY = "*"  # a row that is about no single code

_CPT = re.compile(r"\d{4}[0-9A-Z]")
_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")
_SEVENTH = re.compile(r"([A-Z]( [A-Z])*)?")
_WARN = re.compile(r"(W\d{2}( W\d{2})*)?")


def collect(sources: Path, register: Path) -> Tables:
    """Every table of the database, checked, as rows in the order of the source files."""
    for path in sorted(sources.glob("*.csv")):
        if path.stem not in COLUMNS:
            raise DataError(f"{path.name}: no such table of facts is known; remove the file, or put it into lookups.")
    known = read_register(register)
    lines = {name: read(sources / f"{name}.csv", f"{name}.csv", columns) for name, columns in COLUMNS.items()}
    spans = {line["code"]: line.span() for name in ("codes", "procedures") for line in lines[name]}
    codes = {line["code"] for line in lines["codes"]}
    categories = {line["category"] for line in lines["codes"]}
    tables: Tables = {
        "source": list(_sources(known)),
        "edition": list(reference.editions(lines["editions"], known)),
        "code": list(_codes(lines["codes"], codes, known)),
        "relation": list(_relations(lines["relations"], codes, known)),
        "pair": list(_pairs(lines["pairs"], codes, known)),
        "indicator": list(_indicators(lines["indicators"], codes, known)),
        "diagnosis": list(_diagnoses(lines["diagnoses"], known)),
        "procedure": list(_procedures(lines["procedures"], known)),
        "documentation": list(_documentation(lines["documentation"], codes, categories, known)),
        "book_edition": list(reference.editions(lines["book_editions"], known)),
        "modifier": list(reference.modifiers(lines["modifiers"], known)),
        "place": list(reference.places(lines["places"], known)),
        "supply": list(reference.supplies(lines["supplies"], known)),
        "procedure_value": list(reference.procedure_values(lines["procedure_values"], known)),
        "procedure_table": list(
            reference.procedure_tables(lines["procedure_tables"], lines["procedure_values"], known)
        ),
        "icd_change": list(reference.diagnosis_changes(lines["diagnosis_changes"], known)),
        "lookup_table": [],
        "lookup_row": [],
    }
    for path in sorted((sources / "lookups").glob("*.csv")):
        facts, rows = read_lookup(path, f"lookups/{path.name}", LOOKUP_TAIL)
        tables["lookup_table"].append({"name": path.stem, "columns": json.dumps(facts)})
        tables["lookup_row"] += _lookup(path.stem, facts, rows, spans, known)
    names = {
        "areas": AREAS,
        "families": {line["family"] for line in lines["diagnoses"]},
        "categories": categories,
        "fields": {line["field"] for line in lines["indicators"]},
    }
    tables.update(edit_tables.collect(sources / "edits", names, known))
    return tables


def _sources(known: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, Value]]:
    for position, (name, entry) in enumerate(known.items()):
        yield {
            "id": name,
            "position": position,
            "title": entry["title"],
            "edition": entry["edition"],
            **dates((entry["from"], entry["until"])),
            "place": entry["where"],
            "confidence": entry["confidence"],
            "note": entry["note"],
        }


def _codes(lines: Sequence[Line], codes: Collection[str], known: Collection[str]) -> Iterator[dict[str, Value]]:
    unique(lines, "code")
    unique(lines, "title")
    for line in lines:
        if line["replaced_by"]:
            _code(line, "replaced_by", codes)
        yield {
            "code": line.shaped("code", _CPT, "a CPT code of five characters"),
            "title": line.text("title", LONGEST_TITLE),
            "plain": line.text("plain"),
            "site": line.text("site"),
            "area": line.one_of("area", AREAS),
            "category": line.name("category"),
            "includes_graft": line.one_of("includes_graft", GRAFTS),
            **dates(line.span()),
            "replaced_by": line["replaced_by"] or None,
            "cites": line.cites(known),
        }


def _relations(lines: Sequence[Line], codes: Collection[str], known: Collection[str]) -> Iterator[dict[str, Value]]:
    unique(lines, "row")
    apart(((line, (line["add_on"], line["primary"]), line.span()) for line in lines), "pair of codes")
    for line in lines:
        kind = line.one_of("kind", ("allowed", "barred", "contractor_defined"))
        if (kind == "contractor_defined") != (line["primary"] == ANY):
            raise line.refuse("primary", f"'{ANY}' where kind is contractor_defined, and nowhere else")
        if (kind == "barred") != (line["type"] == ""):
            raise line.refuse("type", "the type of the list, and nothing where kind is barred")
        row: dict[str, Value] = {
            "row_id": line.text("row"),
            "add_on": _code(line, "add_on", codes),
            "primary_code": ANY if line["primary"] == ANY else _code(line, "primary", codes),
            "kind": kind,
            "list_type": line.one_of("type", ("", "1", "2", "3")),
            "basis": line.text("basis"),
            "modifier_indicator": line.one_of("modifier_indicator", ("", "0", "1", "9")),
            **dates(line.span()),
            "cites": line.cites(known),
        }
        yield {**row, "hash": _hash(row)}


def _pairs(lines: Sequence[Line], codes: Collection[str], known: Collection[str]) -> Iterator[dict[str, Value]]:
    seen: dict[tuple[str, frozenset[str]], int] = {}
    for line in lines:
        one, two = _code(line, "column1", codes), _code(line, "column2", codes)
        for setting in SETTINGS[line.one_of("setting", SETTINGS)]:
            key = setting, frozenset((one, two))
            if key in seen:
                raise line.refuse("column2", f"one edit between two codes in a setting, and line {seen[key]} has it")
            seen[key] = line.number
            yield {
                "row_id": f"ptp:{setting}:{one}>{two}",
                "column1": one,
                "column2": two,
                "setting": setting,
                "modifier_indicator": line.one_of("modifier_indicator", ("0", "1", "9")),
                "rationale": line.text("rationale"),
                "edition": line.text("edition"),
                **dates(line.span()),
                "cites": line.cites(known),
            }


def _indicators(lines: Sequence[Line], codes: Collection[str], known: Collection[str]) -> Iterator[dict[str, Value]]:
    apart(((line, (line["code"], line["field"]), line.span()) for line in lines), "code and field")
    for line in lines:
        start, end = line.span()
        for column, day in (("from", start), ("until", end)):
            if not day:
                raise line.refuse(column, "a date: a figure holds for the days of its edition")
        yield {
            "code": ANY if line["code"] == ANY else _code(line, "code", codes),
            "field": line.name("field"),
            "edition": line.text("edition"),
            "value": line.text("value"),
            **dates((start, end)),
            "cites": line.cites(known),
        }


def _diagnoses(lines: Sequence[Line], known: Collection[str]) -> Iterator[dict[str, Value]]:
    unique(lines, "code")
    for line in lines:
        yield {
            "code": line.shaped("code", reference.CM, "an ICD-10-CM code with its point"),
            "title": line.text("title"),
            "family": line.name("family"),
            "laterality": line.one_of("laterality", ("right", "left", "bilateral", "unspecified", "none", "varies")),
            "area": line.one_of("area", AREAS),
            "seventh": line.shaped("seventh", _SEVENTH, "seventh characters parted by a space, or nothing"),
            "note": line.text("note"),
            **dates(line.span()),
            "cites": line.cites(known),
        }


def _procedures(lines: Sequence[Line], known: Collection[str]) -> Iterator[dict[str, Value]]:
    unique(lines, "code")
    for line in lines:
        yield {
            "code": line.shaped("code", _PCS, "an ICD-10-PCS code of seven characters"),
            "title": line.text("title"),
            "operation": line.text("operation"),
            "part": line.text("part"),
            "side": line.one_of("side", ("right", "left", "bilateral", "none")),
            "device": line.text("device"),
            "approach": line.text("approach"),
            **dates(line.span()),
            "cites": line.cites(known),
        }


def _documentation(
    lines: Sequence[Line], codes: set[str], categories: set[str], known: Collection[str]
) -> Iterator[dict[str, Value]]:
    unique(lines, "id")
    subjects = codes | {f"category:{name}" for name in categories}
    for position, line in enumerate(lines):
        yield {
            "id": line.text("id"),
            "position": position,
            "code": line.one_of("code", subjects, "a code of codes.csv, or category: with a category of it"),
            "label": line.text("label", LONGEST_LABEL),
            "say": line.text("say"),
            "question": line.name("question") if line["question"] else "",
            "cites": line.cites(known),
        }


def _lookup(
    table: str, facts: tuple[str, ...], lines: Sequence[Line], spans: Mapping[str, Span], known: Collection[str]
) -> Iterator[dict[str, Value]]:
    """The rows of a lookup table; the days of a row are cut to the days of the code it gives."""
    unique(lines, "row")
    days: list[Span] = []
    for line in lines:
        span: Span | None = line.span()
        if line["code"]:
            _code(line, "code", spans, "codes.csv or procedures.csv")
            span = meet(line.span(), spans[line["code"]])
            if span is None:
                raise line.refuse("code", "a code that is valid on a day of the row")
        days.append(span or ("", ""))
    keys = [tuple(line[fact] for fact in facts) for line in lines]
    apart(zip(lines, keys, days, strict=True), "key")
    for line, key, span in zip(lines, keys, days, strict=True):
        if not line["row"].startswith(f"{table}.") or line["row"] == f"{table}.":
            raise line.refuse("row", f"an id that begins with {table}.")
        row: dict[str, Value] = {
            "row_id": line["row"],
            "table_name": table,
            "key": json.dumps(key, ensure_ascii=False),
            "code": line["code"],
            "say": line["say"],
            "warn": line.shaped("warn", _WARN, "warnings such as W03, parted by a space, or nothing"),
            "review": line["review"],
            **dates(span),
            "cites": line.cites(known),
        }
        yield {**row, "hash": _hash(row)}


def _code(line: Line, column: str, codes: Collection[str], where: str = "codes.csv") -> str:
    return line.one_of(column, codes, f"a code of {where}")


def _hash(row: Mapping[str, Value]) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a row's values, in column order, as JSON."""
    text = json.dumps(list(row.values()), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
