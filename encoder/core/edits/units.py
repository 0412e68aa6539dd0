"""Unit limits (MUE): by line or added up over the day, as the adjudication indicator says; 0 is not payable.

A published table is not complete: no value does not mean no limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from encoder.core.codes import Indicator
from encoder.core.edits.findings import Finding, Fix, RowRef, Step
from encoder.core.edits.ground import Ground

BY_DAY = {"2": "units_day", "3": "units_appeal"}


def limit_of(ground: Ground, place: int, part: str = "") -> Indicator | None:
    """The limit of a line's code on its day, or the ``part`` of it, by the edition that stands for the day.

    Where none covers it, that is the last one before it; where one covers it without the code, there is no limit.
    """
    day = ground.stands(ground.limits_table, ground.days[place])
    return ground.book.indicator(ground.lines[place].code, f"{ground.limit_field}{part}", day) if day else None


def bills(ground: Ground) -> Iterator[list[int]]:
    """The lines of one code, practitioner and day, together."""
    found: dict[object, list[int]] = {}
    for place in ground.places:
        line = ground.lines[place]
        found.setdefault((line.code, line.practitioner, ground.days[place]), []).append(place)
    yield from found.values()


def check_units(ground: Ground) -> Iterator[Finding]:
    """The units of every code against its limit in the setting of the claim."""
    for places in bills(ground):
        code = ground.lines[places[0]].code
        held = limit_of(ground, places[0])
        if held is None or not held.value.isdecimal():
            continue
        limit = int(held.value)
        mai = limit_of(ground, places[0], "_mai")
        row = RowRef("mue", code, held.edition, held.span)
        by_day = BY_DAY.get(mai.value if mai else "")
        units = [ground.lines[place].units for place in places]
        if limit == 0:
            for place in places:
                yield ground.finding("units_zero", (place,), row=row, cites=held.cites, fix=ground.drop(place))
        elif by_day is None:
            for place, number in zip(places, units, strict=True):
                if number > limit:
                    fix = _set(place, limit)
                    found = ground.finding(
                        "units_line", (place,), row=row, cites=held.cites, fix=fix, units=number, limit=limit
                    )
                    yield replace(found, over=number - limit)
        elif sum(units) > limit:
            fix = _both_sides(ground, places) or _fewer(places, units, limit)
            total = sum(units)
            found = ground.finding(by_day, places, row=row, cites=held.cites, fix=fix, units=total, limit=limit)
            yield replace(found, over=total - limit)


def _set(place: int, units: int) -> Fix:
    return Fix(f"set {units} unit{'s' if units > 1 else ''}", (Step("set_units", place, str(units)),))


def _both_sides(ground: Ground, places: Sequence[int]) -> Fix | None:
    """One line with 50, where the two lines are the two sides of a code that takes it."""
    if {ground.side(place) for place in places} != {"left", "right"} or len(places) != 2:
        return None
    first, second = places
    if not ground.has(first, "bilateral_ind", "1") or any(ground.lines[place].units != 1 for place in places):
        return None
    kept = [m for m in ground.lines[first].modifiers if m not in ("LT", "RT")]
    steps = Step("set_modifiers", first, " ".join(ground.rules.ordered(["50", *kept]))), Step("drop_line", second)
    return Fix("one line with 50", steps)


def _fewer(places: Sequence[int], units: Sequence[int], limit: int) -> Fix:
    """As many units as the limit allows, from the first line on; lines without any are removed."""
    if len(places) == 1:
        return _set(places[0], limit)
    steps: list[Step] = []
    left = limit
    for place, number in zip(places, units, strict=True):
        kept = min(number, left)
        left -= kept
        if kept == 0:
            steps.append(Step("drop_line", place))
        elif kept < number:
            steps.append(Step("set_units", place, str(kept)))
    return Fix(f"keep {limit} unit{'s' if limit > 1 else ''}", tuple(steps))
