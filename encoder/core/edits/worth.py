"""What a line is worth on its date: the amount of its locality or the national one, where the tables hold it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Protocol

from encoder.core.book import HOSPITAL, Book
from encoder.core.fees import Locality, Values, payment

NATIONAL = "national"
AMOUNTS = {HOSPITAL: "opps_rate_usd"}
"""The figure of a setting; for every other the facility payment of the fee schedule."""

Worth = Callable[[str, date, str, str], Decimal | None]
"""Code, date of service, setting and locality -> US dollars for one unit; None where it is not loaded."""


class FeeBook(Book, Protocol):
    """A book that also holds what payments are worked out from."""

    def localities(self, on: date) -> tuple[Locality, ...]:
        """The payment localities of a date with their indices; none when no edition covers it."""

    def values(self, code: str, modifier: str, on: date) -> Values | None:
        """The relative values of a code on a date."""

    def factor(self, on: date) -> Decimal | None:
        """The conversion factor of a date."""


def national(book: Book) -> Worth:
    """The national amounts of a book; the locality changes nothing."""

    @lru_cache(65_536)
    def worth(code: str, on: date, setting: str, locality: str) -> Decimal | None:
        _ = locality
        figure = book.indicator(code, AMOUNTS.get(setting, "national_facility_payment_usd"), on)
        try:
            return Decimal(figure.value) if figure else None
        except InvalidOperation:
            return None

    return worth


def by_locality(book: FeeBook) -> Worth:
    """The amounts of the fee schedule in the locality of the line, in a facility.

    They are national ones where the line names no locality, where none are loaded for the date, and for hospitals,
    whose wage indices are not loaded; a locality that is not among the loaded ones has no amount.
    """
    whole = national(book)

    @lru_cache(65_536)
    def worth(code: str, on: date, setting: str, locality: str) -> Decimal | None:
        places = book.localities(on) if setting != HOSPITAL and locality not in ("", NATIONAL) else ()
        if not places:
            return whole(code, on, setting, locality)
        place, values, factor = find(places, locality), book.values(code, "", on), book.factor(on)
        if place is None or values is None or factor is None:
            return None
        return payment(values, place, factor, facility=True)

    return worth


def find(places: Iterable[Locality], text: str) -> Locality | None:
    """The locality that is meant: contractor and number as on a claim, state and number, state alone, or name."""
    wanted = _plain(text)
    held = list(places)
    for names in (
        {_plain(place.contractor + place.number): place for place in held},
        {_plain(place.state + place.number): place for place in held},
        {_plain(place.name): place for place in held},
    ):
        if wanted in names:
            return names[wanted]
    of_state = [place for place in held if _plain(place.state) == wanted]
    return of_state[0] if len(of_state) == 1 else None


def _plain(text: str) -> str:
    return re.sub("[^0-9A-Z]", "", text.upper())
