"""A claim changes as it is typed, and its pointers go on meaning the same diagnoses."""

from __future__ import annotations

from datetime import date

from encoder.core.claim import Claim, ClaimLine
from encoder.core.claim_edit import added, with_diagnosis, with_line, without_diagnosis, without_line

ON = date(2026, 5, 1)
CLAIM = Claim((ClaimLine("27365", pointers=(1,)), ClaimLine("20932")), ON, ("C40.22", "Z96.641"))


def texts(claim: Claim) -> list[str]:
    return [line.text for line in claim.lines]


def test_what_is_added_comes_last_and_a_diagnosis_stands_once() -> None:
    made = added(CLAIM, [ClaimLine("20680", pointers=(0, 1)), ClaimLine("20999")], ["Z96.641", "M84.551A"])
    assert made.diagnoses == ("C40.22", "Z96.641", "M84.551A")
    assert texts(made) == ["27365:B", "20932", "20680:BC", "20999"]


def test_pointers_of_lines_without_diagnoses_of_their_own_are_to_those_of_the_claim() -> None:
    assert texts(added(CLAIM, [ClaimLine("20680", pointers=(1,))], [])) == ["27365:B", "20932", "20680:B"]
    assert texts(added(CLAIM, [ClaimLine("20680", pointers=(4,))], ["C40.22"])) == ["27365:B", "20932", "20680"]


def test_a_line_is_set_and_taken_off() -> None:
    assert texts(with_line(CLAIM, 1, ClaimLine("20934"))) == ["27365:B", "20934"]
    assert texts(without_line(CLAIM, 0)) == ["20932"]


def test_a_diagnosis_is_set_and_taken_off_and_pointers_follow() -> None:
    assert with_diagnosis(CLAIM, 0, "C40.21").diagnoses == ("C40.21", "Z96.641")
    first = without_diagnosis(CLAIM, 0)
    assert (first.diagnoses, texts(first)) == (("Z96.641",), ["27365:A", "20932"])
    assert texts(without_diagnosis(CLAIM, 1)) == ["27365", "20932"]
