"""What the fee schedule pays for a code in each payment locality of the date; ``core.fees`` does the arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from encoder.core.fees import Locality, payment
from encoder.core.page.evidence import Desk, RowRef, Said, cites_of
from encoder.core.page.model import Paid

TABLE = "gpci"
MISSING = "The factors of the localities (GPCI) are not loaded: the national amount is the only one held."
_SIGNS = re.compile(r"[^a-z]+")


def paid(desk: Desk, code: str) -> tuple[Paid, ...]:
    """The amounts of a code in every locality of the date, by state and name.

    None where localities, values or factor of the date are not loaded, or the code is not paid by relative values.
    """
    values, factor = desk.book.values(code, "", desk.on), desk.book.factor(desk.on)
    if values is None or factor is None:
        return ()
    made = []
    for place in desk.book.localities(desk.on):
        amounts = [payment(values, place, factor, facility=facility) for facility in (True, False)]
        inside, outside = ("" if amount is None else str(amount) for amount in amounts)
        if inside:
            rare = bool(outside) and values.office_rare
            row = RowRef(TABLE, f"{place.contractor}:{place.number}", desk.edition(TABLE))
            cites = desk.edition_cites(TABLE)
            made.append(Paid(place, inside, outside, rare, cites, row))
    return tuple(made)


def note(desk: Desk, places: Sequence[Paid]) -> Said:
    """What is said of localities under the values: how the amounts are worked out, or that nothing is loaded."""
    if not desk.book.localities(desk.on):
        return Said(MISSING)
    cites = cites_of(desk.edition_cites(TABLE), desk.lore.meanings["conversion_factor"].cites)
    loaded = f"{len(desk.book.localities(desk.on))} localities (GPCI {desk.edition(TABLE)}) are loaded"
    if not places:
        return Said(f"{loaded}, but the values of the code are not: no amount is worked out.", (), cites)
    how = "work, practice expense and malpractice, each times the index of the locality, times the factor"
    return Said(f"{loaded}: the amount is {how}.", (), cites)


def name(place: Locality) -> str:
    """A locality as it is called here: its name as published, after its state."""
    return f"{place.state}, {place.name.rstrip('*').strip()}"


def found(places: Iterable[Paid], words: str, state: str = "") -> tuple[Paid, ...]:
    """The localities of a state by its two letters, or else those that have all the words in their names."""
    if state:
        return tuple(entry for entry in places if entry.place.state == state)
    wanted = _words(words)
    return tuple(entry for entry in places if wanted <= _words(entry.place.name))


def _words(text: str) -> set[str]:
    return set(_SIGNS.split(text.lower())) - {""}
