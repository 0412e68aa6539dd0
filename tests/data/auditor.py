"""A claims auditor who knows nothing of the program: the raw source tables, and what they say against claim lines.

Everything is read here with ``csv`` and ``tomllib`` alone; nothing of the tree's own code takes part.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TypedDict, cast

from encoder import paths
from tests.commands.calls import Line

SOURCES = Path(__file__).parents[2] / "db" / "sources"
TREE = paths.resources() / "tree"
STRUCTURAL = frozenset(("20932", "20933", "20934"))
HOSPITAL = "outpatient_hospital"
OPENS = {"59", "XE", "XS", "XP", "XU", "LT", "RT", "58", "78", "79"}


class Effect(TypedDict, total=False):
    line: dict[str, str]
    replace: str
    drop: str
    value: str


class Rule(TypedDict, total=False):
    id: str
    say: str
    when: dict[str, str | list[str]]
    effect: list[Effect]


class Answer(TypedDict, total=False):
    id: str
    only: dict[str, str | list[str]]


# ---------------------------------------------------------------------------------------------- tables


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """A source table; lookups by ``lookups/<table>``."""
    with (SOURCES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def lookups() -> list[str]:
    return [f"lookups/{file.stem}" for file in sorted((SOURCES / "lookups").glob("*.csv"))]


def in_force(row: Mapping[str, str], on: date) -> bool:
    return (row["from"] or "0000") <= on.isoformat() <= (row["until"] or "9999")


@cache
def relations(kind: str, on: date) -> frozenset[tuple[str, str]]:
    """Add-on and primary of every row of a kind in force."""
    held = (row for row in rows("relations") if row["kind"] == kind and in_force(row, on))
    return frozenset((row["add_on"], row["primary"]) for row in held)


@cache
def valid(on: date) -> frozenset[str]:
    return frozenset(row["code"] for name in ("codes", "procedures") for row in rows(name) if in_force(row, on))


@cache
def edits() -> dict[frozenset[str], list[dict[str, str]]]:
    found: dict[frozenset[str], list[dict[str, str]]] = {}
    for row in rows("pairs"):
        found.setdefault(frozenset((row["column1"], row["column2"])), []).append(row)
    return found


def boundaries() -> list[date]:
    """Every day on which something changes, from the day before the first to the day after the last."""
    days = {date(2018, 12, 31), date(2027, 1, 1)}
    for row in (row for name in ("relations", "codes", "editions", *lookups()) for row in rows(name)):
        days |= {date.fromisoformat(row["from"])} if row["from"] else set()
        days |= {date.fromisoformat(row["until"]) + timedelta(days=1)} if row["until"] else set()
    return sorted(day for day in days if date(2018, 12, 31) <= day <= date(2027, 1, 1))


@cache
def given_by_row() -> dict[str, str]:
    """The code that each lookup row, or the primary that each allowed relation, puts on a claim, by the row's id."""
    found = {row["row"]: row["primary"] for row in rows("relations") if row["kind"] == "allowed"}
    for name in lookups():
        found |= {row["row"]: row["code"] for row in rows(name)}
    return found


# ---------------------------------------------------------------------------------------------- the files of the tree


@cache
def toml(part: str) -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads((TREE / f"structural_allograft{part}.toml").read_text(encoding="utf-8"))


@cache
def rules() -> dict[str, Rule]:
    return {rule["id"]: rule for rule in cast(list[Rule], toml(".rules")["rule"])}


@cache
def details() -> dict[str, list[Answer]]:
    """Every refining question with its answers."""
    found = {}
    for name, question in toml(".details")["question"].items():
        original = toml("")["question"][str(question["copy_answers"])] if "copy_answers" in question else question
        found[name] = cast(list[Answer], original.get("answer", []))
    return found


def codes_of_fact(name: str) -> frozenset[str]:
    """The codes that a worked-out fact can have: those of its lookup tables."""
    cases = cast(list[dict[str, object]], toml(".facts")["fact"].get(name, {}).get("case", []))
    tables = [f"lookups/{cast(list[str], case['args'])[0]}" for case in cases if case["how"] == "lookup"]
    return frozenset(row["code"] for table in tables for row in rows(table))


def adds(rule: Rule) -> frozenset[str]:
    """The codes that a rule can put on a claim."""
    found: set[str] = set()
    for effect in rule.get("effect", []):
        line = effect.get("line", {})
        name = line.get("code_of", "") or (effect["value"] if "replace" in effect else "")
        found |= {line.get("code", ""), name} | codes_of_fact(name)
    return frozenset(found)


def removes(rule: Rule, lines: Iterable[Line]) -> frozenset[str]:
    """The codes that a rule takes off a claim."""
    roles = {effect.get("drop", effect.get("replace")) for effect in rule.get("effect", [])}
    return codes(line for line in lines if line["role"] in roles)


# ---------------------------------------------------------------------------------------------- judging lines


def codes(lines: Iterable[Line]) -> frozenset[str]:
    return frozenset(line["code"] for line in lines)


def of_role(role: str, lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line["role"] == role]


def sites(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the first and of the second site, by their order: another primary begins the second site."""
    first: list[Line] = []
    second: list[Line] = []
    for line in lines:
        again = line["role"] == "primary" and (line["code"] != lines[0]["code"] or bool(of_role("add_on", first)))
        other = line["role"] == "other"
        (second if (again or second) and not other else first).append(line)
    return first, second


def complaints(lines: Sequence[Line], on: date) -> Iterator[str]:
    """What the tables say against the lines of a claim."""
    allowed, barred = relations("allowed", on), relations("barred", on)
    for line in lines:
        if line["code"] not in valid(on):
            yield f"{line['code']} is not valid on {on}"
    for site in sites(lines):
        add_ons, primaries = of_role("add_on", site), codes(of_role("primary", site))
        for line in add_ons:
            if not any((line["code"], primary) in allowed for primary in primaries):
                yield f"{line['code']} has no primary of its list among {sorted(primaries)}"
            for other in primaries | codes(of_role("other", site)):
                if (line["code"], other) in barred:
                    yield f"{line['code']} is barred with {other}"
        structural = [line for line in add_ons if line["code"] in STRUCTURAL]
        if len(codes(structural)) > 1:
            yield f"{sorted(codes(structural))} at one site"
        if len(structural) > 1 and {"LT", "RT"} - {modifier for line in structural for modifier in line["modifiers"]}:
            yield "one structural add-on twice, and not for two limbs"


def pairs_between(lines: Sequence[Line], setting: str) -> Iterator[tuple[str, bool]]:
    """Each code pair that stands between two lines, and whether a modifier opens it."""
    for one, other in combinations(lines, 2):
        for row in edits().get(frozenset((one["code"], other["code"])), ()):
            if row["setting"] in {"both", setting}:
                opened = row["modifier_indicator"] == "1" and OPENS & {*one["modifiers"], *other["modifiers"]}
                yield f"{row['column1']}>{row['column2']}", bool(opened)
