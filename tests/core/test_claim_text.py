"""A claim line as typed: every form that is welcome, and one sentence for every other."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.core.claim import Claim, ClaimLine, letter
from encoder.core.claim_text import parse_diagnosis, parse_entries, parse_line
from encoder.errors import UsageError

MAY = date(2026, 5, 1)
TAIL = "; write it like 27365-LT, 20932 or 20934-XS*1@2026-05-01."


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("20932", ClaimLine("20932")),
        ("27365-LT", ClaimLine("27365", ("LT",))),
        ("  27365 - lt  ", ClaimLine("27365", ("LT",))),
        ("27365 lt", ClaimLine("27365", ("LT",))),
        ("27365–LT", ClaimLine("27365", ("LT",))),
        ("20934-XS*1@2026-05-01", ClaimLine("20934", ("XS",), 1, MAY)),
        ("20934@2026-05-01*2", ClaimLine("20934", (), 2, MAY)),
        ("20932 × 2", ClaimLine("20932", (), 2)),
        ("27365-62-LT*2", ClaimLine("27365", ("62", "LT"), 2)),
        ("27365-LT:AB", ClaimLine("27365", ("LT",), pointers=(0, 1))),
        ("27365:c, a", ClaimLine("27365", pointers=(2, 0))),
        ("0221T", ClaimLine("0221T")),
        ("c1713", ClaimLine("C1713")),
    ],
)
def test_a_line_is_read_as_it_is_typed(typed: str, line: ClaimLine) -> None:
    assert parse_line(typed) == line
    assert parse_line(line.text) == line


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "it has no code"),
        ("   ", "it has no code"),
        ("2736", "'2736' is no code of five characters"),
        ("27365LT", "'27365LT' is no code of five characters"),
        ("osteotomy", "'OSTEOTOMY' is no code of five characters"),
        ("27365-L", "'L' is no modifier of two characters"),
        ("27365-LEFT", "'LEFT' is no modifier of two characters"),
        ("27365*0", "after * '0' is no number of units from 1 to 99999"),
        ("27365*1.5", "after * '1.5' is no number of units from 1 to 99999"),
        ("27365*100000", "after * '100000' is no number of units from 1 to 99999"),
        ("27365*", "after * '' is no number of units from 1 to 99999"),
        ("27365@2026-5-1", "after @ '2026-5-1' is no date such as 2026-05-01"),
        ("27365@2026-02-30", "after @ '2026-02-30' is no date such as 2026-05-01"),
        ("27365@2026-W18-5", "after @ '2026-W18-5' is no date such as 2026-05-01"),
        ("27365:M", "after : 'M' is not one or more letters from A to L, each once"),
        ("27365:AA", "after : 'AA' is not one or more letters from A to L, each once"),
        ("27365:", "after : '' is not one or more letters from A to L, each once"),
        ("27365*1*2", "'*' stands twice"),
        ("\uff12\uff17\uff13\uff16\uff15", "a claim line is short and holds plain letters and digits"),
        ("27365-ß", "a claim line is short and holds plain letters and digits"),
    ],
)
def test_what_is_no_line_is_refused_in_one_sentence(typed: str, why: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_line(typed)
    assert str(refused.value) == f"Line '{typed.strip()}' cannot be read: {why}{TAIL}"


def test_a_long_text_is_refused_and_not_shown_whole() -> None:
    with pytest.raises(UsageError) as refused:
        parse_line("27365" + " " * 200 + "x")
    assert len(str(refused.value)) < 200
    with pytest.raises(UsageError, match="'27365 x'"):
        parse_line("27365\nx")


@given(st.one_of(st.text(), st.text(alphabet="27365209LTXS5-*@: .C4", max_size=30)))
def test_any_text_is_a_line_or_a_sentence(text: str) -> None:
    line, sentence = read(text)
    assert line is None or parse_line(line.text) == line
    assert "\n" not in sentence


def read(text: str) -> tuple[ClaimLine | None, str]:
    try:
        return parse_line(text), ""
    except UsageError as error:
        return None, str(error)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("C40.22", "C40.22"), (" c4022 ", "C40.22"), ("D48.0", "D48.0"), ("I10", "I10"), ("m84.551a", "M84.551A")],
)
def test_a_diagnosis_gets_its_point(typed: str, code: str) -> None:
    assert parse_diagnosis(typed) == code


@pytest.mark.parametrize("typed", ["", "40.22", "C4", "C40.22222", "C40,22", "hip"])
def test_what_is_no_diagnosis_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match=r"^Diagnosis '.*' is no ICD-10-CM code; write it like C40\.22\.$"):
        parse_diagnosis(typed)


def test_pasted_text_holds_lines_and_diagnoses() -> None:
    lines, diagnoses = parse_entries("27365-LT, 20932*1; C40.22\r\n\n 20934 ,\n")
    assert [line.text for line in lines] == ["27365-LT", "20932", "20934"]
    assert diagnoses == ("C40.22",)
    assert parse_entries("") == ((), ())


def test_a_claim_gives_its_date_and_diagnoses_to_lines_without_their_own() -> None:
    claim = Claim(
        (ClaimLine("27365", pointers=(1, 5)), ClaimLine("20932", on=date(2026, 5, 3))), MAY, ("C40.22", "I10")
    )
    assert [claim.day(0), claim.day(1)] == [MAY, date(2026, 5, 3)]
    assert [claim.pointed(0), claim.pointed(1)] == [(1,), (0, 1)]
    assert [letter(0), letter(11)] == ["A", "L"]
