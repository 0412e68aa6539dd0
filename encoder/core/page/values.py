"""Values of a code by year, every figure spelled out, and the facility side; what is not loaded is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from encoder.core.codes import Indicator
from encoder.core.page.evidence import Desk, Said, cites_of
from encoder.core.page.model import Figure, Year

PARTS = ("work_rvu", "facility_pe_rvu", "mp_rvu", "facility_total_rvu", "national_facility_payment_usd")
FACTORS = ("conversion_factor_non_apm", "conversion_factor")
EVERY = "*"
DOLLARS = "US$"
_CENT = Decimal("0.01")
_FACILITY = (
    ("opps", "Outpatient hospital", ("opps_si", "opps_apc", "opps_rate_usd")),
    ("asc", "Surgery centre", ("asc_pi", "asc_rate_usd")),
)


def years(desk: Desk, code: str) -> tuple[Year, ...]:
    """The relative values and the national payment of each loaded edition, oldest first."""
    figures = [figure for figure in desk.book.indicators(code) if figure.field in PARTS]
    spans = sorted({(figure.span.start or date.min, figure.span.end or date.max) for figure in figures})
    return tuple(_year(desk, [f for f in figures if (f.span.start or date.min) == start], start) for start, _ in spans)


def _year(desk: Desk, figures: Sequence[Indicator], start: date) -> Year:
    held = {figure.field: figure for figure in figures}
    factor = next((f for f in (desk.book.indicator(EVERY, name, start) for name in FACTORS) if f is not None), None)
    work, practice, malpractice, total, dollars = (held[name].value if name in held else "" for name in PARTS)
    newest = figures[0]
    if newest.span.end is not None and factor is not None and not factor.span.covers(newest.span.end):
        factor = None  # more than one factor in the time of these values
    computed = bool(total and factor and not dollars)
    if computed and factor is not None:
        dollars = str((Decimal(total) * Decimal(factor.value)).quantize(_CENT, ROUND_HALF_UP))
    return Year(
        newest.edition,
        newest.span.start,
        newest.span.end,
        work,
        practice,
        malpractice,
        total,
        dollars,
        computed,
        factor.value if factor else "",
        cites_of(*(figure.cites for figure in figures), factor.cites if factor else ()),
        tuple(desk.figure_row(figure) for figure in figures),
    )


def year_on(desk: Desk, code: str) -> Year | None:
    """The values of the edition that covers the date."""
    return next(
        (y for y in years(desk, code) if (y.start or date.min) <= desk.on <= (y.end or date.max)),
        None,
    )


def figures(desk: Desk, code: str) -> tuple[Figure, ...]:
    """Every figure that the date's editions hold; where none covers the date, the newest before it, marked so."""
    chosen: dict[str, Indicator] = {}
    for figure in desk.book.indicators(code):
        held = chosen.get(figure.field)
        if held is None or (not held.span.covers(desk.on) and _nearer(figure, held, desk.on)):
            chosen[figure.field] = figure
    order = {name: place for place, name in enumerate(desk.lore.meanings)}
    return tuple(
        figure_of(desk, chosen[name]) for name in sorted(chosen, key=lambda name: (order.get(name, len(order)), name))
    )


def _nearer(figure: Indicator, held: Indicator, on: date) -> bool:
    if figure.span.covers(on):
        return True
    begun, held_begun = (f.span.start is None or f.span.start <= on for f in (figure, held))
    return begun and not held_begun


def figure_of(desk: Desk, figure: Indicator) -> Figure:
    """One figure, spelled out."""
    meaning = desk.lore.meanings.get(figure.field)
    label = meaning.label if meaning else figure.field.replace("_", " ")
    return Figure(
        figure.field,
        label,
        figure.value,
        meaning.unit if meaning else "",
        meaning.of(figure.value) if meaning else "",
        figure.span.covers(desk.on),
        cites_of(figure.cites, meaning.cites if meaning else ()),
        desk.figure_row(figure),
    )


def facility(desk: Desk, code: str) -> tuple[Said, ...]:
    """What hospital outpatient and surgery centre say of the code on the date, one sentence each."""
    return tuple(_setting(desk, code, *setting) for setting in _FACILITY)


def _setting(desk: Desk, code: str, table: str, name: str, fields: Sequence[str]) -> Said:
    held = [f for f in (desk.book.indicator(code, field, desk.on) for field in fields) if f is not None]
    rows = tuple(desk.figure_row(figure) for figure in held)
    cites = cites_of(*(figure.cites for figure in held))
    if held:
        return Said(f"{name}: {'; '.join(_worded(desk, figure) for figure in held)}.", rows, cites)
    if not desk.covers(table):
        note = desk.editions.get(table)
        loaded = f"; loaded is {note.edition.edition}" if note else ""
        return Said(f"{name}: not loaded for {desk.on}{loaded}.")
    if table == "asc" and desk.book.indicator(code, "opps_si", desk.on) is not None:
        note_cites = desk.edition_cites(table)
        return Said(f"{name}: not among the payable codes of {desk.edition(table)}.", (), note_cites)
    return Said(f"{name}: not loaded for this code.")


def _worded(desk: Desk, figure: Indicator) -> str:
    """A figure within a sentence: "status N (packaged: no payment of its own)"."""
    meaning = desk.lore.meanings[figure.field]
    means = meaning.of(figure.value)
    value = f"{meaning.unit} {figure.value}" if meaning.unit == DOLLARS else figure.value
    return f"{meaning.short} {value}" + (f" ({means})" if means else "")
