"""The rows of the code book beside the decision: modifiers, places, supplies, hospital tables, changes of diagnoses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from db.reading import Line, apart, unique
from db.rows import LONGEST_LABEL, LONGEST_TITLE, Value, dates

COLUMNS = {
    "book_editions": ("table", "label", "edition", "from", "until", "complete", "note", "cites"),
    "modifiers": ("code", "title", "kind", "opens_pair", "use", "not_for", "from", "until", "cites"),
    "places": ("code", "title", "plain", "setting", "from", "until", "cites"),
    "supplies": ("code", "title", "plain", "kind", "use", "not_for", "from", "until", "cites"),
    "procedure_tables": ("table", "parts", "approaches", "devices", "qualifiers", "from", "until", "cites"),
    "procedure_values": ("system", "operation", "axis", "value", "label", "side", "plain", "cites"),
    "diagnosis_changes": ("code", "change", "on", "before", "after", "title", "cites"),
}
MODIFIER_KINDS = (
    *("work", "visit", "component", "side", "care", "global", "distinct", "surgeon", "assistant"),
    *("facility", "repeat", "digit", "other"),
)
SUPPLY_KINDS = ("filler", "fixation", "implant", "tissue", "stimulator", "supply", "procedure", "other")
AXES = ("operation", "part", "approach", "device", "qualifier")

CM = re.compile(r"[A-Z][0-9A][0-9A-Z](\.[0-9A-Z]{1,4})?")
_CHARACTER = "[0-9A-HJ-NP-Z]"
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_PLACE = re.compile(r"\d{2}")
_SUPPLY = re.compile(r"[A-V]\d{4}")
_TABLE = re.compile(rf"{_CHARACTER}{{3}}")
_SYSTEM = re.compile(rf"{_CHARACTER}{{2}}|\*")
_OPERATION = re.compile(rf"{_CHARACTER}|\*")
_ONE = re.compile(_CHARACTER)
_MANY = re.compile(rf"{_CHARACTER}+")
_CODES = re.compile(rf"({CM.pattern}( {CM.pattern})*)?")


def editions(lines: Sequence[Line], known: Collection[str]) -> Iterator[dict[str, Value]]:
    """``editions`` or ``book_editions``: no two editions of a table share a day.

    Of ``book_editions`` each says whether it is complete: what it does not name did not exist on its dates.
    """
    apart(((line, (line["table"],), line.span()) for line in lines), "table")
    for position, line in enumerate(lines):
        yield {
            "position": position,
            "table_name": line.name("table"),
            "label": line.text("label", LONGEST_LABEL),
            "edition": line.text("edition"),
            **dates(line.span()),
            **({"complete": int(line.one_of("complete", ("no", "yes")) == "yes")} if "complete" in line.cells else {}),
            "note": line.text("note"),
            "cites": line.cites(known),
        }


def modifiers(lines: Sequence[Line], known: Collection[str]) -> Iterator[dict[str, Value]]:
    """``modifiers``: two characters, in our own words."""
    unique(lines, "code")
    for line in lines:
        yield {
            "code": line.shaped("code", _MODIFIER, "a modifier of two characters"),
            "title": line.text("title", LONGEST_TITLE),
            "kind": line.one_of("kind", MODIFIER_KINDS),
            "opens_pair": int(line.one_of("opens_pair", ("no", "yes")) == "yes"),
            "use": line.text("use"),
            "not_for": line.text("not_for"),
            **dates(line.span()),
            "cites": line.cites(known),
        }


def places(lines: Sequence[Line], known: Collection[str]) -> Iterator[dict[str, Value]]:
    """``places``: places of service, two digits."""
    unique(lines, "code")
    for line in lines:
        yield {
            "code": line.shaped("code", _PLACE, "a place of service of two digits"),
            "title": line.text("title", LONGEST_TITLE),
            "plain": line.text("plain"),
            "setting": line.one_of("setting", ("facility", "nonfacility", "not_settled")),
            **dates(line.span()),
            "cites": line.cites(known),
        }


def supplies(lines: Sequence[Line], known: Collection[str]) -> Iterator[dict[str, Value]]:
    """``supplies``: HCPCS Level II codes in our own words."""
    unique(lines, "code")
    for line in lines:
        yield {
            "code": line.shaped("code", _SUPPLY, "a HCPCS code: a letter and four digits"),
            "title": line.text("title", LONGEST_TITLE),
            "plain": line.text("plain"),
            "kind": line.one_of("kind", SUPPLY_KINDS),
            "use": line.text("use"),
            "not_for": line.text("not_for"),
            **dates(line.span()),
            "cites": line.cites(known),
        }


def procedure_values(lines: Sequence[Line], known: Collection[str]) -> Iterator[dict[str, Value]]:
    """``procedure_values``: what a character of the ICD-10-PCS tables means."""
    seen: dict[tuple[str, ...], int] = {}
    for line in lines:
        key = tuple(line[column] for column in ("system", "operation", "axis", "value"))
        if key in seen:
            raise line.refuse("value", f"a character that no other line gives a meaning there; line {seen[key]} does")
        seen[key] = line.number
        yield {
            "system": line.shaped("system", _SYSTEM, "section and body system, two characters, or *"),
            "operation": line.shaped("operation", _OPERATION, "a root operation of one character, or *"),
            "axis": line.one_of("axis", AXES),
            "value": line.shaped("value", _ONE, "one character"),
            "label": line.text("label"),
            "side": line.one_of("side", ("right", "left", "bilateral", "none")),
            "plain": line["plain"],
            "cites": line.cites(known),
        }


def procedure_tables(
    lines: Sequence[Line], values: Sequence[Line], known: Collection[str]
) -> Iterator[dict[str, Value]]:
    """``procedure_tables``: the rows of the tables; every character must have a meaning, and no code two rows."""
    meanings = {tuple(line[column] for column in ("system", "operation", "axis", "value")) for line in values}
    seen: dict[str, int] = {}
    for position, line in enumerate(lines):
        table = line.shaped("table", _TABLE, "a table of three characters")
        columns = ("parts", "approaches", "devices", "qualifiers")
        for column, axis in zip(columns, AXES[1:], strict=True):
            for character in line.shaped(column, _MANY, "one or more characters"):
                keys = {(s, o, axis, character) for s in (table[:2], "*") for o in (table[2], "*")}
                if not keys & meanings:
                    raise line.refuse(column, f"characters of procedure_values.csv, and '{character}' has no meaning")
        if ("*", table[2], "operation", table[2]) not in meanings:
            raise line.refuse("table", "a root operation of procedure_values.csv")
        for code in _codes_of(line):
            if seen.setdefault(code, line.number) != line.number:
                raise line.refuse("parts", f"codes that no other row holds; line {seen[code]} holds {table}{code[3:]}")
        yield {
            "position": position,
            "table_name": table,
            **{column: line[column] for column in columns},
            **dates(line.span()),
            "cites": line.cites(known),
        }


def diagnosis_changes(lines: Sequence[Line], known: Collection[str]) -> Iterator[dict[str, Value]]:
    """``diagnosis_changes``: codes that are new, deleted, or headings since an edition."""
    unique(lines, "code")
    for line in lines:
        yield {
            "code": line.shaped("code", CM, "an ICD-10-CM code with its point"),
            "change": line.one_of("change", ("new", "deleted", "heading")),
            "changed_on": line.day("on"),
            "before": line.shaped("before", _CODES, "codes parted by a space, or nothing"),
            "after": line.shaped("after", _CODES, "codes parted by a space, or nothing"),
            "title": line["title"],
            "cites": line.cites(known),
        }


def _codes_of(line: Line) -> Iterator[str]:
    for part in line["parts"]:
        for approach in line["approaches"]:
            for device in line["devices"]:
                for qualifier in line["qualifiers"]:
                    yield line["table"] + part + approach + device + qualifier
