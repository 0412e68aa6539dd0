"""Values by year, every figure spelled out, and the facility side; what is not loaded is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from encoder.core.page.evidence import Desk
from encoder.core.page.values import facility, figures, year_on, years
from encoder.store.codebook import Codebook
from tests.core.small import NOW
from tests.tiny import Tiny


@pytest.fixture
def tiny_desk(tiny: Tiny, desk: Desk) -> Iterator[Desk]:
    """Tables with two conversion factors within a year, and a figure that only begins later."""
    line = "*,conversion_factor,33.4009,2026,2026-01-01,2026-12-31,list#factor\n"
    factors = (
        "*,conversion_factor,32.7442,2024,2024-01-01,2024-03-08,list#factor\n"
        "*,conversion_factor,33.2875,2024 March,2024-03-09,2024-12-31,list#factor\n"
    )
    own = (
        "27365,facility_total_rvu,60.00,2024,2024-01-01,2024-12-31,list#27365\n"
        "27365,facility_total_rvu,50.00,2026,2026-01-01,2026-12-31,list#27365\n"
        "27365,new_field,7,2027,2027-01-01,2027-12-31,list#27365\n"
        "27365,new_field,8,2028,2028-01-01,2028-12-31,list#27365\n"
    )
    tiny.change("indicators.csv", line, line + factors + own)
    with closing(Codebook.open(tiny.build())) as book:
        yield Desk(book, desk.tree, desk.lore, NOW)


def test_each_edition_is_a_year_with_its_parts(desk: Desk) -> None:
    found = {year.edition: year for year in years(desk, "20932")}
    assert [*found] == ["2019-2024", "2025/October", "2026/July"]
    newest = found["2026/July"]
    assert (newest.work, newest.practice, newest.malpractice, newest.total) == ("12.68", "4.04", "2.70", "19.42")
    assert (newest.dollars, newest.computed, newest.factor) == ("648.65", False, "33.4009")
    assert (found["2019-2024"].total, found["2019-2024"].dollars) == ("", "")


def test_a_payment_that_is_not_published_is_the_total_times_the_factor(desk: Desk) -> None:
    year = year_on(desk.on_date(date(2025, 6, 1)), "20932")
    assert year is not None
    assert (year.dollars, year.computed) == ("729.74", True)  # 22.56 x 32.3465
    assert "pprrvu-2025-october#conversion-factor" in year.cites


def test_two_factors_within_a_year_give_no_payment(tiny_desk: Desk) -> None:
    paid = {year.edition: (year.dollars, year.computed) for year in years(tiny_desk, "27365")}
    assert paid == {"2024": ("", False), "2025": ("", False), "2026": ("1670.05", True)}


def test_a_date_without_values_has_no_year(desk: Desk) -> None:
    assert year_on(desk.on_date(date(2027, 1, 1)), "20932") is None
    assert years(desk, "27713") == ()


def test_figures_of_the_date_come_first_and_others_say_that_they_are_not(desk: Desk) -> None:
    found = {figure.field: figure for figure in figures(desk, "20932")}
    assert (found["work_rvu"].value, found["work_rvu"].covers) == ("12.68", True)
    assert (found["mue_practitioner"].value, found["mue_practitioner"].covers) == ("1", False)
    assert found["global_days"].means.startswith("none of its own")
    early = {figure.field: figure for figure in figures(desk.on_date(date(2024, 8, 1)), "20932")}
    assert (early["work_rvu"].value, early["mue_practitioner"].covers) == ("13.01", True)


def test_of_figures_that_do_not_cover_the_date_the_newest_before_it_is_told(tiny_desk: Desk) -> None:
    shown = {
        on.year: {figure.field: figure.value for figure in figures(tiny_desk.on_date(on), "27365")}
        for on in (date(2023, 1, 1), date(2026, 1, 1), date(2029, 1, 1))
    }
    assert shown[2029] == {"facility_total_rvu": "50.00", "work_rvu": "31.40", "new_field": "8"}
    assert shown[2026] == {"facility_total_rvu": "50.00", "work_rvu": "31.40", "new_field": "8"}
    assert shown[2023]["work_rvu"] == "31.40"


def test_a_figure_without_words_is_told_by_its_name(tiny_desk: Desk) -> None:
    figure = next(figure for figure in figures(tiny_desk, "27365") if figure.field == "new_field")
    assert (figure.label, figure.unit, figure.means, figure.covers) == ("new field", "", "", False)
    assert figure.row.table == "pfs"


@pytest.mark.parametrize(
    ("code", "on", "hospital", "centre"),
    [
        ("20932", NOW, "status N (packaged", "not among the payable codes"),
        ("27365", NOW, "status J1 (comprehensive", "indicator G2 (payable in a surgery centre); rate US$ 1644.87"),
        ("27713", NOW, "not loaded for this code", "not loaded for this code"),
        ("27365", date(2024, 8, 1), "not loaded for 2024-08-01; loaded is", "not loaded for 2024-08-01; loaded is"),
    ],
)
def test_both_facilities_are_told_or_said_not_to_be_loaded(
    desk: Desk, code: str, on: date, hospital: str, centre: str
) -> None:
    first, second = (said.say for said in facility(desk.on_date(on), code))
    assert first.startswith(f"Outpatient hospital: {hospital}")
    assert second.startswith(f"Surgery centre: {centre}")


def test_without_an_edition_of_a_facility_nothing_is_named(tiny_desk: Desk) -> None:
    assert [said.say for said in facility(tiny_desk, "27365")] == [
        "Outpatient hospital: not loaded for 2026-05-01.",
        "Surgery centre: not loaded for 2026-05-01.",
    ]
