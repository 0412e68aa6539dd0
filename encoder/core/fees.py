"""What the physician fee schedule pays: relative values times locality indices times the conversion factor.

Payment = [(work x work index) + (practice expense x its index) + (malpractice x its index)] x conversion factor.
Source: record layout of RVU25D; Medicare Claims Processing Manual, chapter 12, section 20.1. Amounts are exact
decimals, rounded once, at the end, to the cent. Reductions for several procedures, for assistants or for both sides are
not part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PAYABLE = frozenset("ART")
"""Status codes whose relative values are paid: active, restricted, injections paid when alone."""
LIMITING_CHARGE = Decimal("1.0925")
"""What a physician who does not accept assignment may charge at most, as a multiple of the amount."""
_CENT = Decimal("0.01")
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Values:
    """The relative values of one code, with or without a modifier, in one release.

    Attributes:
        office_pe: practice expense outside a facility; None where it is not known.
        office_rare: the code is rarely or never done outside a facility (NA), and its practice expense there is that
            of the facility.
    """

    code: str
    modifier: str
    status: str
    work: Decimal
    facility_pe: Decimal
    office_pe: Decimal | None
    mp: Decimal
    office_rare: bool = False


@dataclass(frozen=True, slots=True)
class Locality:
    """One payment locality and its indices. The contractor has five digits, the number two, both as text."""

    contractor: str
    number: str
    state: str
    name: str
    work: Decimal
    pe: Decimal
    mp: Decimal


NATIONAL = Locality("", "", "", "national, without locality", _ONE, _ONE, _ONE)


def payment(values: Values, locality: Locality, factor: Decimal, *, facility: bool) -> Decimal | None:
    """The amount in dollars; None where the status is not paid by relative values, or the expense is not known."""
    expense = values.facility_pe if facility else values.office_pe
    if values.status not in PAYABLE or expense is None:
        return None
    total = values.work * locality.work + expense * locality.pe + values.mp * locality.mp
    return (total * factor).quantize(_CENT, ROUND_HALF_UP)


def limiting_charge(amount: Decimal) -> Decimal:
    """The highest charge without assignment for an amount of the fee schedule."""
    return (amount * LIMITING_CHARGE).quantize(_CENT, ROUND_HALF_UP)
