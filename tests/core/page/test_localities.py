"""Payment by locality: worked out from an imported GPCI file, or said to be unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from encoder.core.page.evidence import Desk
from encoder.core.page.localities import MISSING, found, name, note, paid
from encoder.core.page.model import CodePage
from encoder.core.page.page import page
from tests.core.small import NOW
from tests.formats import made
from tests.store.shelves import Shelves

LATER = date(2027, 3, 1)


@pytest.fixture
def shelves(database: Path, tmp_path: Path) -> Iterator[Shelves]:
    made_ = Shelves(database, tmp_path)
    yield made_
    made_.library.close()


@pytest.fixture
def local(shelves: Shelves, desk: Desk) -> Desk:
    """The shipped tables with a GPCI file of the year."""
    shelves.file("GPCI2026.csv", made.gpci_csv(year=2026))
    return Desk(shelves.library, desk.tree, desk.lore, NOW)


def code_page(desk: Desk, code: str) -> CodePage:
    shown = page(desk, code, {})
    assert shown is not None
    return shown


def test_without_a_file_no_amount_is_given_and_that_is_said(desk: Desk) -> None:
    shown = code_page(desk, "27365")
    assert shown.paid == ()
    assert [said.say for said in shown.value_notes] == [MISSING]


def test_each_locality_pays_the_sum_of_its_parts_times_the_factor(local: Desk) -> None:
    """(31.40 x 1 + 16.89 x 0.869 + 6.71 x 0.575) x 33.4009, and with the indices of the two others."""
    shown = code_page(local, "27365")
    amounts = {entry.place.state: entry.facility for entry in shown.paid}
    parts = {
        "AL": Decimal("31.40") + Decimal("16.89") * Decimal("0.869") + Decimal("6.71") * Decimal("0.575"),
        "AK": Decimal("31.40") * Decimal("1.5")
        + Decimal("16.89") * Decimal("1.081")
        + Decimal("6.71") * Decimal("0.592"),
        "HI": Decimal("31.40") + Decimal("16.89") * Decimal("1.149") + Decimal("6.71") * Decimal("0.561"),
    }
    assert amounts == {state: str(round(total * Decimal("33.4009"), 2)) for state, total in parts.items()}
    assert {entry.office for entry in shown.paid} == {""}  # the bundled values lack the expense outside a facility
    assert [name(entry.place) for entry in shown.paid] == ["AK, ALASKA", "AL, ALABAMA", "HI, HAWAII, GUAM"]
    assert shown.paid[0].row.table == "gpci"
    (said,) = shown.value_notes
    assert said.say.startswith("3 localities (GPCI 2026) are loaded: the amount is work, practice expense and")
    assert "gpci-2026#file" in said.cites


def test_imported_values_tell_the_amount_outside_a_facility(shelves: Shelves, desk: Desk) -> None:
    shelves.bring(shelves.put("PPRRVU2025_Oct.csv", made.fees_csv()), shelves.put("GPCI2025.csv", made.gpci_csv()))
    there = Desk(shelves.library, desk.tree, desk.lore, date(2025, 11, 1))
    entry = paid(there, "27365")[0]
    assert (bool(entry.office), entry.rare) == (True, True)


def test_a_code_without_values_or_without_payment_has_no_amounts(local: Desk) -> None:
    assert paid(local, "99999") == ()
    assert paid(local.on_date(LATER), "27365") == ()
    unpaid = next(
        code.code
        for code in local.book.codes()
        if (v := local.book.values(code.code, "", NOW)) and v.status not in "ART"
    )
    assert paid(local, unpaid) == ()
    assert note(local, ()).say.endswith("but the values of the code are not: no amount is worked out.")


def test_localities_are_found_by_state_or_by_the_words_of_their_names(local: Desk) -> None:
    places = paid(local, "27365")
    assert [entry.place.state for entry in found(places, "alabama", "AL")] == ["AL"]
    assert [entry.place.state for entry in found(places, "Guam")] == ["HI"]
    assert found(places, "Guam Alaska") == ()


def test_the_other_systems_have_no_localities(local: Desk) -> None:
    assert code_page(local, "C40.22").paid == ()
