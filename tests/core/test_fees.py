"""Payments worked out by hand from published values, indices and conversion factors."""

from __future__ import annotations

from decimal import Decimal

import pytest

from encoder.core.fees import NATIONAL, Locality, Values, limiting_charge, payment

FACTOR = Decimal("32.3465")
ALASKA = Locality("02102", "01", "AK", "ALASKA", Decimal("1.500"), Decimal("1.081"), Decimal("0.592"))
GRAFT = Values("20932", "", "A", Decimal("13.01"), Decimal("6.89"), Decimal("6.89"), Decimal("2.66"), office_rare=True)


def test_without_a_locality_the_total_is_paid_at_the_conversion_factor() -> None:
    assert payment(GRAFT, NATIONAL, FACTOR, facility=True) == Decimal("729.74")  # 22.56 x 32.3465 = 729.73704


def test_each_part_is_weighed_with_its_own_index() -> None:
    # 13.01 x 1.5 + 6.89 x 1.081 + 2.66 x 0.592 = 19.515 + 7.44809 + 1.57472 = 28.53781; x 32.3465 = 923.098
    assert payment(GRAFT, ALASKA, FACTOR, facility=True) == Decimal("923.10")


def test_outside_a_facility_the_other_expense_counts() -> None:
    view = Values("72170", "26", "A", Decimal("0.17"), Decimal("0.07"), Decimal("0.80"), Decimal("0.01"))
    assert payment(view, NATIONAL, FACTOR, facility=True) == Decimal("8.09")
    assert payment(view, NATIONAL, FACTOR, facility=False) == Decimal("31.70")
    unknown = Values("72170", "26", "A", Decimal("0.17"), Decimal("0.07"), None, Decimal("0.01"))
    assert payment(unknown, NATIONAL, FACTOR, facility=False) is None


@pytest.mark.parametrize("status", list("ART"))
def test_active_restricted_and_injection_codes_are_paid(status: str) -> None:
    values = Values("99999", "", status, Decimal(1), Decimal(1), Decimal(1), Decimal(1))
    assert payment(values, NATIONAL, Decimal("33.4009"), facility=True) == Decimal("100.20")


@pytest.mark.parametrize("status", list("BCEIJMNPX"))
def test_other_codes_are_not_paid_by_relative_values(status: str) -> None:
    values = Values("99999", "", status, Decimal(1), Decimal(1), Decimal(1), Decimal(1))
    assert payment(values, NATIONAL, FACTOR, facility=True) is None


def test_half_a_cent_is_rounded_up_and_only_at_the_end() -> None:
    values = Values("99999", "", "A", Decimal("0.005"), Decimal(0), Decimal(0), Decimal(0))
    assert payment(values, NATIONAL, Decimal(1), facility=True) == Decimal("0.01")


def test_the_limiting_charge_is_109_and_a_quarter_percent() -> None:
    assert limiting_charge(Decimal("729.74")) == Decimal("797.24")
