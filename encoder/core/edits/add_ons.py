"""Add-on edits: each add-on needs a primary of its list, by the same practitioner on the same day.

Type 1 is a closed list, type 2 leaves the primaries to the payer, type 3 is a partial list. There are three states,
never two: allowed, barred, not listed. Of an add-on whose list is not loaded none of them is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from encoder.core.codes import RelationRow, Span
from encoder.core.edits.findings import Finding, RowRef
from encoder.core.edits.ground import Ground
from encoder.core.edits.traits import CONTRACTOR


def check_add_ons(ground: Ground) -> Iterator[Finding]:
    """Every add-on line against its list."""
    for place in ground.places:
        if not ground.add_on(place):
            continue
        if ground.listed(place):
            yield from _withdrawn(ground, place)
            yield from _side(ground, place)
        else:
            yield from _refused(ground, place)


def _refused(ground: Ground, place: int) -> Iterator[Finding]:
    """Why no line carries the add-on: the nearest reason, and the row that gives it."""
    code, day = ground.lines[place].code, ground.days[place]
    rows = [(days, row) for days, row in ground.book.relation_days(code) if row.add_on == code]
    others = [other for other in ground.together(place) if not ground.add_on(other)]
    apart = [other for other in ground.same_day(place) if other not in ground.together(place)]
    later = [other for other in ground.places if ground.days[other] != day]
    whole = RowRef("aoc", code, "")
    fix = ground.drop(place)

    def first(kind: str, places: Iterable[int]) -> tuple[int, RelationRow] | None:
        """The first of the lines that a row of the kind names on the day of the add-on."""
        held = {row.primary: row for days, row in rows if row.kind == kind and days.covers(day)}
        return next(((at, held[c]) for at in places if (c := ground.lines[at].code) in held), None)

    open_rows = [row for days, row in rows if days.covers(day) and row.list_type in ("2", "3")]
    if found := first("allowed", apart):
        other, row = found
        yield ground.finding("add_on_other_practitioner", (place, other), row=_ref(row), cites=row.cites)
    elif found := first("allowed", later):
        other, row = found
        end = ground.days[other]
        yield ground.finding("add_on_other_day", (place, other), row=_ref(row), cites=row.cites, end=end)
    elif open_rows and others:
        payer = next((row for row in open_rows if row.primary in CONTRACTOR), None)
        rule = "add_on_payer_decides" if payer else "add_on_partial_list"
        yield ground.finding(rule, (place,), row=_ref(payer) if payer else whole)
    elif found := first("barred", others):
        other, row = found
        yield ground.finding("add_on_barred", (place, other), row=_ref(row), cites=row.cites, fix=fix)
    elif dated := _dated(ground, place, rows, others):
        yield dated
    elif others and not _whole(ground, place) and all(row.kind == "barred" for _, row in rows):
        yield ground.finding("add_on_list_not_loaded", (place,), row=whole)
    else:
        yield ground.finding("add_on_not_listed" if others else "add_on_alone", (place,), row=whole, fix=fix)


def _whole(ground: Ground, place: int) -> bool:
    """Whether the list of the day is all of it, so that an add-on without rows has no primary at all."""
    note = ground.note("aoc", ground.days[place])
    return note is not None and note.edition.complete


def _dated(
    ground: Ground, place: int, rows: Sequence[tuple[Span, RelationRow]], others: Sequence[int]
) -> Finding | None:
    """A line that was on the list before the day, or comes onto it after."""
    day, fix = ground.days[place], ground.drop(place)
    for other in others:
        for span, row in rows:
            if row.primary != ground.lines[other].code or row.kind != "allowed":
                continue
            if span.end is not None and span.end < day:
                rule, end = "add_on_list_ended", span.end
            else:  # it does not cover the day, so it begins after it
                assert span.start is not None
                rule, end = "add_on_list_later", span.start
            return ground.finding(rule, (place, other), row=_ref(row), cites=row.cites, end=end, fix=fix)
    return None


def _ref(row: RelationRow) -> RowRef:
    return RowRef("aoc", row.id, "", row.span)


def _withdrawn(ground: Ground, place: int) -> Iterator[Finding]:
    """A line that once was barred with an add-on that is paid here."""
    for other in ground.together(place):
        relation = ground.book.relation(ground.lines[place].code, ground.lines[other].code, ground.days[place])
        row = relation.withdrawn
        if row is not None:
            yield ground.finding("add_on_withdrawn_edit", (place, other), row=_ref(row), end=row.span.end)


def _side(ground: Ground, place: int) -> Iterator[Finding]:
    """An add-on on another side than every listed primary that names one."""
    side = ground.side(place)
    sides = {other: named for other in ground.listed(place) if (named := ground.side(other))}
    if side in ("left", "right") and sides and not {side, "both"} & set(sides.values()):
        yield ground.finding("add_on_other_side", (place, min(sides)), value=side)


def check_shared(ground: Ground, denied: set[int]) -> Iterator[Finding]:
    """More structural add-ons on a day than listed primaries that could each carry one.

    ``denied`` are the add-ons that a code pair already takes off.
    """
    for bill in ground.bills:
        add_ons = [p for p in bill if p not in denied and ground.structural(p) and ground.listed(p)]
        primaries = {other for place in add_ons for other in ground.listed(place)}
        room = sum(2 if ground.side(other) == "both" else 1 for other in primaries)
        for place in add_ons[room:]:
            yield ground.finding("add_on_shares_primary", (place, *sorted(primaries)), fix=ground.drop(place))
