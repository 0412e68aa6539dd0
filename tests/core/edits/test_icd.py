"""Diagnoses held against the whole list: what exists, what is a heading, which seventh character is due, and when."""

from __future__ import annotations

from datetime import date

import pytest

from encoder.core.claim import Claim, ClaimLine
from encoder.core.codes import ALWAYS, ICD_LIST, Diagnosis, Edition, Span
from encoder.core.edits.check import check
from encoder.core.edits.icd import read
from encoder.core.reference import IcdEntry
from tests.core.edits.plain_book import CITES, NOW, YEAR, PlainBook, a_code, a_diagnosis

SEVENTH = (("A", "first"), ("D", "later"))
LATER = date(2026, 6, 1)


def an_entry(
    code: str,
    kind: str = "code",
    *,
    sevenths: bool = False,
    change: str = "",
    span: Span = YEAR,
    on: date | None = None,
) -> IcdEntry:
    return IcdEntry(code, f"Disease {code}", kind, "", SEVENTH if sevenths else (), span, change, on, cites=CITES)


@pytest.fixture
def listed(plain: PlainBook) -> PlainBook:
    plain.held_codes = [a_code("10000")]
    plain.lists = [Edition(ICD_LIST, "List", "2026", YEAR, "", CITES)]
    plain.entries = [
        an_entry("A00", "heading"),
        an_entry("A00.1"),
        an_entry("S10.1", sevenths=True),
        an_entry("S10.1XXA"),
        an_entry("A00.2", "heading", change="heading", on=LATER),
        an_entry("A00.3", change="deleted", span=Span(YEAR.start, date(2026, 5, 31))),
    ]
    return plain


def rules(book: PlainBook, *dx: str, on: date = NOW) -> list[str]:
    claim = Claim((ClaimLine("10000", ("ZZ",)),), on, dx)
    return [found.id for found in check(claim, book).findings if found.diagnoses]


@pytest.mark.parametrize(
    ("written", "said"),
    {
        "A00.1": [],
        "A00": ["dx_heading"],
        "A00.1X": ["dx_unknown"],
        "A00.19": ["dx_unknown"],
        "S10.1": ["dx_incomplete"],
        "S10.1XX": ["dx_incomplete"],
        "S10.1A": ["dx_incomplete"],
        "S10.1XXA": [],
        "S10.1XXQ": ["dx_seventh_wrong"],
        "B00.1XXA": ["dx_unknown"],
    }.items(),
)
def test_the_form_is_judged_by_the_list(listed: PlainBook, written: str, said: list[str]) -> None:
    assert rules(listed, written) == said


def test_changes_of_the_list_count_from_their_day(listed: PlainBook) -> None:
    for code in ("A00.2", "A00.3"):
        assert rules(listed, code, on=date(2026, 5, 31)) == []
        assert rules(listed, code, on=LATER) == ["dx_not_valid"]
    listed.held_diagnoses = [a_diagnosis("A00.2", "tumour", "left", "leg", span=ALWAYS)]
    assert rules(listed, "A00.2", on=LATER) == ["dx_not_valid"]
    assert read(listed, "A00.2").family == "tumour"


def test_a_row_of_the_decision_reaches_as_far_back_as_it_says(listed: PlainBook) -> None:
    listed.held_diagnoses = [a_diagnosis("A00.1", span=Span(date(2023, 10, 1), None))]
    known = read(listed, "A00.1")
    assert (known.table, known.key, known.span.start) == ("icd10cm", "A00.1", date(2023, 10, 1))
    assert read(listed, "S10.1XXA").ref.table == ICD_LIST


def test_what_a_partial_list_lacks_is_not_denied(listed: PlainBook) -> None:
    assert rules(listed, "A00.19") == ["dx_unknown"]
    for span, complete in ((YEAR, False), (Span(None, date(2026, 4, 30)), True)):
        listed.lists = [Edition(ICD_LIST, "List", "2026", span, "", CITES, complete)]
        assert rules(listed, "A00.19") == ["dx_not_loaded"]
    listed.lists = [Edition("others", "Others", "2026", YEAR, "", CITES)]
    assert rules(listed, "A00.19") == ["dx_not_loaded"]


def test_a_day_that_the_list_does_not_cover_is_said(listed: PlainBook) -> None:
    assert rules(listed, "A00.1", on=date(2025, 12, 31)) == ["dx_uncovered"]
    checked = check(Claim((ClaimLine("10000", ()),), NOW, ("A00.1",)), listed)
    assert {note.edition.table for note in checked.editions} >= {ICD_LIST}
    assert "icd10cm" not in {note.edition.table for note in checked.editions}


def test_a_heading_of_the_decision_without_the_list_answers_for_what_is_below(plain: PlainBook) -> None:
    class Headed(PlainBook):
        def diagnosis(self, code: str) -> Diagnosis | None:
            return next((one for one in self.held_diagnoses if code.startswith(one.code)), None)

    book = Headed(plain.rules, held_diagnoses=[a_diagnosis("S10", "trauma", "varies", "leg", "A D")])
    assert {written: read(book, written).fault for written in ("S10", "S10.1", "S10.1XXA", "S10.1XXQ")} == {
        "S10": "dx_heading",
        "S10.1": "dx_incomplete",
        "S10.1XXA": "",
        "S10.1XXQ": "dx_seventh_wrong",
    }
