"""Codes and their dates, lines that stand twice, and the order of the lines."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from encoder.core.codes import ALWAYS
from encoder.core.edits.findings import Finding, Fix, RowRef, Step
from encoder.core.edits.ground import Ground

VALUE = "facility_total_rvu"


def check_codes(ground: Ground) -> Iterator[Finding]:
    """Whether each code is loaded and valid on its day, and what its status says."""
    for place in ground.places:
        yield from _valid(ground, place)
        yield from _status(ground, place)


def judged(ground: Ground, place: int) -> bool:
    """Whether a line can be judged at all: its code is loaded and the code set covers its day."""
    return ground.loaded(place) and ground.covered("cpt", ground.days[place])


def _valid(ground: Ground, place: int) -> Iterator[Finding]:
    held, day, line = ground.codes[place], ground.days[place], ground.lines[place]
    if not ground.loaded(place):
        yield ground.finding("code_not_loaded", (place,))
        return
    row = RowRef("cpt", line.code, "", held.span if held else ALWAYS)
    if not ground.covered("cpt", day):
        yield ground.finding("date_uncovered", (place,), row=row)
    elif held is None:
        return
    elif held.span.start is not None and day < held.span.start:
        yield ground.finding("code_not_yet", (place,), row=row, cites=held.cites, end=held.span.start)
    elif held.span.end is not None and held.span.end < day:
        new = held.replaced_by
        fix = Fix(f"use {new}", (Step("set_code", place, new),)) if new and new != line.code else None
        yield ground.finding("code_deleted", (place,), row=row, cites=held.cites, end=held.span.end, fix=fix)


def _status(ground: Ground, place: int) -> Iterator[Finding]:
    """The first policy for every line that fires, such as a status that is never paid apart."""
    for policy in ground.rules.policies_of.get("", ()):
        trait = ground.has(place, policy.field, policy.value)
        if policy.setting in ("", ground.claim.setting) and trait is not None:
            yield ground.finding(policy.rule, (place,), row=trait.row, cites=policy.cites)
            return


def check_repeats(ground: Ground) -> Iterator[Finding]:
    """Lines with the same code, modifiers and day."""
    seen: dict[object, int] = {}
    for place in ground.places:
        line = ground.lines[place]
        key = (line.code, tuple(sorted(line.modifiers)), ground.days[place], line.practitioner)
        if key in seen:
            row = RowRef("cpt", line.code, "")
            yield ground.finding("line_repeated", (place, seen[key]), row=row, fix=ground.drop(place))
        seen.setdefault(key, place)


def check_order(ground: Ground) -> Iterator[Finding]:
    """An add-on before its primary; the line of the highest value behind another."""
    for place in ground.places:
        if ground.add_on(place):
            primaries = ground.listed(place)
            if primaries and min(primaries) > place:
                fix = _move(ground, place, primaries[0])
                yield ground.finding("add_on_first", (place, primaries[0]), fix=fix)
    for bill in ground.bills:
        yield from _highest(ground, [place for place in bill if not ground.add_on(place)])


def _highest(ground: Ground, places: list[int]) -> Iterator[Finding]:
    """The line of the highest value among those of a day, where another stands before it."""
    values = [(value, place) for place in places if (value := _value(ground, place)) is not None]
    if len(values) < 2 or len(values) < len(places):
        return
    highest, place = max(values, key=lambda item: (item[0], -item[1]))
    if place != places[0]:
        trait = ground.trait(place, VALUE)
        yield ground.finding(
            "lower_value_first",
            (place, places[0]),
            row=trait.row if trait else None,
            fix=Fix(f"put line {place + 1} first", (Step("move_before", place, str(places[0])),)),
            value=highest,
        )


def _value(ground: Ground, place: int) -> Decimal | None:
    trait = ground.trait(place, VALUE)
    try:
        return Decimal(trait.value) if trait else None
    except InvalidOperation:
        return None


def _move(ground: Ground, place: int, after: int) -> Fix:
    code = ground.lines[after].code
    return Fix(f"put line {place + 1} after {code}", (Step("move_after", place, str(after)),))
