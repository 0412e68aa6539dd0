"""Procedure-to-procedure edits: column 2 is inside column 1 unless a modifier shows another site or encounter.

Indicator 0: no modifier opens the edit; 1: one may; 9: the edit never applied. Column 1 and 2 are those of the table of
the setting, which may turn a pair round. That no pair is found proves nothing: most add-ons have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

from encoder.core.book import PRACTITIONER
from encoder.core.codes import Pair
from encoder.core.edits.findings import Finding, RowRef, listing
from encoder.core.edits.ground import Ground

EITHER_COLUMN = date(2019, 7, 1)
"""From this day on 59 and the X modifiers count on either line of a practitioner claim (CMS CR 11168)."""

Places = tuple[int, int]


def check_pairs(ground: Ground, barred: set[Places]) -> Iterator[Finding]:
    """Every two lines of one practitioner and day; those that an add-on edit already bars are left out.

    A line that several others say the same of has one finding, which names them all.
    """
    hits: dict[tuple[str, int], list[tuple[int, Pair]]] = {}
    for first, second in (two for bill in ground.bills for two in combinations(bill, 2)):
        if {(first, second), (second, first)} & barred:
            continue
        codes = ground.lines[first].code, ground.lines[second].code
        day = ground.days[first]
        pair = ground.book.pair(*codes, ground.claim.setting, day) if codes[0] != codes[1] else None
        if pair is None:
            yield from _companions(ground, first, second)
        elif pair.indicator != "9":
            outer, inner = (first, second) if pair.column1 == codes[0] else (second, first)
            hits.setdefault((_rule(ground, pair, outer, inner), inner), []).append((outer, pair))
    for (rule, inner), found in hits.items():
        yield _finding(ground, rule, inner, found)


def _rule(ground: Ground, pair: Pair, outer: int, inner: int) -> str:
    """The rule that a pair in force comes to, by its indicator, its dates and the modifiers of the two lines."""
    rule = "pair_closed" if pair.indicator == "0" else opening(ground, outer, inner)
    if ground.rules.rules[rule].severity != "deny":
        return rule
    note = ground.note(ground.pairs_table, ground.days[inner])
    if pair.span.start is None and note is not None and note.state == "newer":
        return "pair_uncertain"
    both = ground.structural(outer) and ground.structural(inner)
    return "pair_structural" if both and pair.indicator == "1" else rule


def _finding(ground: Ground, rule: str, inner: int, found: list[tuple[int, Pair]]) -> Finding:
    day = ground.days[inner]
    rows = list(dict.fromkeys(ground.row(RowRef("ptp", p.id, p.edition, p.span), day) for _, p in found))
    codes = list(dict.fromkeys(ground.lines[outer].code for outer, _ in found))
    made = ground.finding(
        rule,
        (inner, *(outer for outer, _ in found)),
        row=rows[0],
        cites=tuple(dict.fromkeys(cite for _, pair in found for cite in pair.cites)),
        fix=ground.drop(inner) if ground.rules.rules[rule].severity == "deny" else None,
        other=listing(codes),
    )
    return replace(made, also=tuple(rows[1:]))


def opening(ground: Ground, outer: int, inner: int) -> str:
    """Which rule the modifiers of two lines come to under an edit of indicator 1.

    ``outer`` is the line of column 1. Modifiers of a separate service or a global period open it on either line (but
    see EITHER_COLUMN); those of a visit or a repeated test do so unless both lines name the same place; anatomic ones
    do so when they name two places.
    """
    held = {place: {m: ground.rules.opens(m) for m in ground.lines[place].modifiers} for place in (outer, inner)}
    early = ground.claim.setting == PRACTITIONER and ground.days[inner] < EITHER_COLUMN
    ways = {*held[inner].values(), *(way for way in held[outer].values() if not (early and way == "distinct"))}
    places = [{m for m, way in held[place].items() if way == "site"} for place in (outer, inner)]
    same = places[0] & places[1]
    if ways & {"distinct", "global"} or (ways & {"visit", "laboratory"} and not same):
        return "pair_opened"
    if same:
        return "pair_same_side"
    if places[0] and places[1] and not _within(ground, places[0], places[1]):
        return "pair_opened"
    if places[0] or places[1]:
        return "pair_one_place"
    if "distinct" in held[outer].values():
        return "pair_wrong_column"
    return "pair_wrong_modifier" if held[outer] or held[inner] else "pair_not_opened"


def _within(ground: Ground, one: set[str], other: set[str]) -> bool:
    """Whether a whole side on one line holds a place of that side on the other: RT and a right toe are not two."""
    side = ground.rules.side
    return any(
        {side(m) for m in whole & {"LT", "RT"}} & {side(m) for m in part}
        for whole, part in ((one, other), (other, one))
    )


def _companions(ground: Ground, first: int, second: int) -> Iterator[Finding]:
    """What is inside another operation by the manual, without a pair of the table."""
    if apart(ground, first, second):
        return
    for rule in ground.rules.companions:
        for place, other in ((first, second), (second, first)):
            if ground.has(place, rule.field, rule.value) is None or ground.has(other, rule.field, rule.value):
                continue
            if ground.has(other, rule.beside_field, rule.beside_value):
                fix = ground.drop(place) if ground.rules.rules[rule.rule].severity == "warn" else None
                yield ground.finding(rule.rule, (place, other), cites=rule.cites, fix=fix)
                return


def apart(ground: Ground, first: int, second: int) -> bool:
    """Whether modifiers set two lines apart: one says distinct, or they name two sides."""
    ways = {ground.rules.opens(m) for place in (first, second) for m in ground.lines[place].modifiers}
    return "distinct" in ways or {ground.side(first), ground.side(second)} == {"left", "right"}
