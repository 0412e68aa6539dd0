"""The tables of the claim check, ``db/sources/edits``: every cell checked, and what it may refer to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from string import Formatter

from db.reading import Line, read, unique
from db.rows import Value
from encoder.core.edits.rules import FIELDS, KINDS, OPENS, SEVERITIES

COLUMNS = {
    "rules": ("rule", "kind", "severity", "warning", "audit", "say", "rationale", "cites"),
    "modifiers": ("modifier", "say", "opens", "side", "region", "setting", "rank", "cites"),
    "clashes": ("one", "other", "cites"),
    "policies": ("policy", "rule", "modifier", "field", "value", "setting", "cites"),
    "diagnoses": (
        *("row", "rule", "families", "pattern", "field", "value", "first", "absent", "from", "until", "cites"),
    ),
    "companions": ("row", "rule", "field", "value", "beside_field", "beside_value", "cites"),
    "sites": ("row", "diagnosis_area", "code_area", "families", "category", "cites"),
}
TRAITS = ("known", "add_on", "primary_of", "code", "category")
"""Traits that are no figure of the table indicators."""
CLAIMS = ("", "practitioner", "outpatient_hospital")

_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_WARNING = re.compile(r"(W\d{2})?")
_RANK = re.compile(r"\d{1,2}")

Row = dict[str, Value]


def collect(folder: Path, names: Mapping[str, Collection[str]], known: Collection[str]) -> dict[str, list[Row]]:
    """Every table of the claim check as rows.

    Args:
        names: what a cell may refer to: areas, families of diagnoses, categories of codes, fields of figures.
        known: the sources that may be cited.
    """
    lines = {name: read(folder / f"{name}.csv", f"edits/{name}.csv", columns) for name, columns in COLUMNS.items()}
    rules = {line["rule"] for line in lines["rules"]}
    modifiers = {line["modifier"] for line in lines["modifiers"]}
    fields = {*TRAITS, *names["fields"]}
    return {
        "edit_rule": list(_rules(lines["rules"], known)),
        "edit_modifier": list(_modifiers(lines["modifiers"], names["areas"], known)),
        "edit_clash": list(_clashes(lines["clashes"], modifiers, known)),
        "edit_policy": list(_policies(lines["policies"], rules, modifiers, fields, known)),
        "edit_diagnosis": list(_diagnoses(lines["diagnoses"], rules, fields, names["families"], known)),
        "edit_companion": list(_companions(lines["companions"], rules, fields, known)),
        "edit_site": list(_sites(lines["sites"], names, known)),
    }


def _rules(lines: Sequence[Line], known: Collection[str]) -> Iterator[Row]:
    unique(lines, "rule")
    for line in lines:
        yield {
            "id": line.name("rule"),
            "kind": line.one_of("kind", KINDS),
            "severity": line.one_of("severity", SEVERITIES),
            "warning": line.shaped("warning", _WARNING, "a warning such as W03, or nothing"),
            "audited": line.one_of("audit", ("yes", "no")),
            "say": _words(line),
            "rationale": line.text("rationale"),
            "cites": line.cites(known),
        }


def _words(line: Line) -> str:
    """The sentence of a rule; in braces stand only names that a finding fills in."""
    expected = "a sentence, with no other names in braces than " + ", ".join(FIELDS)
    try:
        parts = list(Formatter().parse(line.text("say")))
    except ValueError as error:
        raise line.refuse("say", expected) from error
    if any(name is not None and (name not in FIELDS or form or how) for _, name, form, how in parts):
        raise line.refuse("say", expected)
    return line["say"]


def _modifiers(lines: Sequence[Line], areas: Collection[str], known: Collection[str]) -> Iterator[Row]:
    unique(lines, "modifier")
    for line in lines:
        yield {
            "modifier": line.shaped("modifier", _MODIFIER, "a modifier of two characters"),
            "say": line.text("say"),
            "opens": line.one_of("opens", OPENS),
            "side": line.one_of("side", ("", "left", "right")),
            "region": line.one_of("region", areas),
            "setting": line.one_of("setting", CLAIMS),
            "place": int(line.shaped("rank", _RANK, "a whole number of at most two digits")),
            "cites": line.cites(known),
        }


def _clashes(lines: Sequence[Line], modifiers: Collection[str], known: Collection[str]) -> Iterator[Row]:
    seen: dict[frozenset[str], int] = {}
    for line in lines:
        one, other = (line.one_of(name, modifiers, "a modifier of modifiers.csv") for name in ("one", "other"))
        if one == other:
            raise line.refuse("other", "another modifier than the first")
        number = seen.setdefault(frozenset((one, other)), line.number)
        if number != line.number:
            raise line.refuse("other", f"a pair that no other line has; line {number} has it")
        yield {"one": one, "other": other, "cites": line.cites(known)}


def _policies(
    lines: Sequence[Line],
    rules: Collection[str],
    modifiers: Collection[str],
    fields: Collection[str],
    known: Collection[str],
) -> Iterator[Row]:
    unique(lines, "policy")
    for position, line in enumerate(lines):
        yield {
            "position": position,
            "id": line.text("policy"),
            "rule": _rule(line, rules),
            "modifier": line.one_of("modifier", {"", *modifiers}, "a modifier of modifiers.csv, or nothing"),
            "field": line.one_of("field", fields, _FIELD),
            "value": line.text("value"),
            "setting": line.one_of("setting", CLAIMS),
            "cites": line.cites(known),
        }


def _diagnoses(
    lines: Sequence[Line],
    rules: Collection[str],
    fields: Collection[str],
    families: Collection[str],
    known: Collection[str],
) -> Iterator[Row]:
    unique(lines, "row")
    for position, line in enumerate(lines):
        start, end = line.span()
        if bool(line["field"]) != bool(line["value"]):
            raise line.refuse("value", "a value where a field is named, and nowhere else")
        yield {
            "position": position,
            "id": line.text("row"),
            "rule": _rule(line, rules),
            "families": _families(line, "families", families),
            "pattern": line.text("pattern"),
            "field": line.one_of("field", {"", *fields}, f"{_FIELD}, or nothing"),
            "value": line["value"],
            "first": line.one_of("first", ("", "yes")),
            "absent": _families(line, "absent", families),
            "from_date": start or None,
            "until_date": end or None,
            "cites": line.cites(known),
        }


def _companions(
    lines: Sequence[Line], rules: Collection[str], fields: Collection[str], known: Collection[str]
) -> Iterator[Row]:
    unique(lines, "row")
    for line in lines:
        yield {
            "id": line.text("row"),
            "rule": _rule(line, rules),
            "field": line.one_of("field", fields, _FIELD),
            "value": line.text("value"),
            "beside_field": line.one_of("beside_field", fields, _FIELD),
            "beside_value": line.text("beside_value"),
            "cites": line.cites(known),
        }


def _sites(lines: Sequence[Line], names: Mapping[str, Collection[str]], known: Collection[str]) -> Iterator[Row]:
    unique(lines, "row")
    for line in lines:
        yield {
            "id": line.text("row"),
            "diagnosis_area": line.one_of("diagnosis_area", names["areas"]),
            "code_area": line.one_of("code_area", names["areas"]),
            "families": _families(line, "families", names["families"]),
            "category": line.one_of("category", {"", *names["categories"]}, "a category of codes.csv, or nothing"),
            "cites": line.cites(known),
        }


_FIELD = f"a field of indicators.csv, or one of {', '.join(TRAITS)}"


def _rule(line: Line, rules: Collection[str]) -> str:
    return line.one_of("rule", rules, "a rule of rules.csv")


def _families(line: Line, column: str, families: Collection[str]) -> str:
    for family in line[column].split():
        if family not in families:
            raise line.refuse(column, f"families of diagnoses.csv, and '{family}' is none")
    return line[column]
