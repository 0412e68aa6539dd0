"""What a line is worth: in its locality where that is loaded, else in the nation, else not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.edits.rules import EditRules
from encoder.core.edits.worth import NATIONAL, by_locality, find
from encoder.core.fees import Locality, Values
from encoder.store.codebook import Codebook
from tests.core.edits.plain_book import NOW, PlainBook, a_figure

ONE = Decimal(1)
PLACES = (
    Locality("10112", "00", "AL", "ALABAMA", ONE, ONE, Decimal("0.5")),
    Locality("01112", "05", "CA", "SAN FRANCISCO", Decimal("1.1"), Decimal("1.3"), ONE),
    Locality("01182", "18", "CA", "LOS ANGELES", ONE, ONE, ONE),
)


@dataclass
class PricedBook(PlainBook):
    """A book whose localities and relative values are those of one year."""

    places: tuple[Locality, ...] = PLACES
    known: dict[str, Values] = field(default_factory=dict)
    dollars: Decimal | None = Decimal(10)

    def localities(self, on: date) -> tuple[Locality, ...]:
        return self.places if on.year == NOW.year else ()

    def values(self, code: str, modifier: str, on: date) -> Values | None:
        return self.known.get(code + modifier)

    def factor(self, on: date) -> Decimal | None:
        return self.dollars


@pytest.fixture
def priced(book: Codebook) -> PricedBook:
    rules: EditRules = book.edit_rules()
    made = PricedBook(rules)
    made.known["10000"] = Values("10000", "", "A", Decimal(4), Decimal(2), Decimal(3), Decimal(1))
    made.figures = [
        a_figure("10000", "national_facility_payment_usd", "70.00"),
        a_figure("10000", "opps_rate_usd", "900.00"),
    ]
    return made


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1011200", "00"),
        ("10112-00", "00"),
        ("al 00", "00"),
        ("AL", "00"),
        ("Alabama", "00"),
        ("CA-18", "18"),
        ("san francisco", "05"),
        ("CA", None),
        ("00", None),
        ("", None),
        ("ÿ", None),
    ],
)
def test_a_locality_is_known_by_contractor_state_or_name(text: str, number: str | None) -> None:
    found = find(PLACES, text)
    assert (found.number if found else None) == number


def test_a_line_is_worth_what_its_locality_pays(priced: PricedBook) -> None:
    worth = by_locality(priced)
    assert worth("10000", NOW, PRACTITIONER, "AL") == Decimal("65.00")  # (4 + 2 + 0.5) x 10
    assert worth("10000", NOW, PRACTITIONER, "01112-05") == Decimal("80.00")  # (4.4 + 2.6 + 1) x 10


def test_national_amounts_stand_where_no_locality_counts(priced: PricedBook) -> None:
    worth = by_locality(priced)
    assert worth("10000", NOW, PRACTITIONER, "") == Decimal("70.00")
    assert worth("10000", NOW, PRACTITIONER, NATIONAL) == Decimal("70.00")
    assert worth("10000", NOW, HOSPITAL, "AL") == Decimal("900.00")
    priced.places = ()
    assert by_locality(priced)("10000", NOW, PRACTITIONER, "AL") == Decimal("70.00")


def test_what_is_not_loaded_has_no_amount(priced: PricedBook) -> None:
    assert by_locality(priced)("10000", NOW, PRACTITIONER, "Atlantis") is None
    assert by_locality(priced)("10001", NOW, PRACTITIONER, "AL") is None
    priced.dollars = None
    assert by_locality(priced)("10000", NOW, PRACTITIONER, "AL") is None
    priced.figures = [a_figure("10000", "national_facility_payment_usd", "none")]
    assert by_locality(priced)("10000", NOW, PRACTITIONER, "") is None
