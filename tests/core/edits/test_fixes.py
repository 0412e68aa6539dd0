"""Fixes: what each step does to a claim, and that mending comes to an end."""

from __future__ import annotations

from datetime import date

import pytest

from encoder.core.claim import Claim
from encoder.core.claim_text import parse_line
from encoder.core.codes import Span
from encoder.core.edits.check import check
from encoder.core.edits.findings import Fix, Step
from encoder.core.edits.fixes import DOES, apply, mend
from tests.core.edits.plain_book import NOW, PlainBook, a_code, a_diagnosis, a_figure, a_pair, listed


def claim(*lines: str, dx: tuple[str, ...] = ()) -> Claim:
    return Claim(tuple(parse_line(line) for line in lines), NOW, dx)


def texts(made: Claim) -> list[str]:
    return [*(line.text for line in made.lines), *made.diagnoses]


WHOLE = claim("10000-LT*2", "10001", "10002-RT", dx=("C40.21", "I10"))


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        ([Step("drop_line", 1)], ["10000-LT*2", "10002-RT", "C40.21", "I10"]),
        ([Step("set_units", 0, "1")], ["10000-LT", "10001", "10002-RT", "C40.21", "I10"]),
        ([Step("set_modifiers", 2, "50 59")], ["10000-LT*2", "10001", "10002-50-59", "C40.21", "I10"]),
        ([Step("set_modifiers", 0)], ["10000*2", "10001", "10002-RT", "C40.21", "I10"]),
        ([Step("set_code", 1, "10009")], ["10000-LT*2", "10009", "10002-RT", "C40.21", "I10"]),
        ([Step("set_diagnosis", 0, "C40.22")], ["10000-LT*2", "10001", "10002-RT", "C40.22", "I10"]),
        ([Step("move_before", 2, "0")], ["10002-RT", "10000-LT*2", "10001", "C40.21", "I10"]),
        ([Step("move_after", 0, "1")], ["10001", "10000-LT*2", "10002-RT", "C40.21", "I10"]),
        ([Step("drop_line", 0), Step("set_units", 2, "3")], ["10001", "10002-RT*3", "C40.21", "I10"]),
        ([], ["10000-LT*2", "10001", "10002-RT", "C40.21", "I10"]),
    ],
)
def test_a_step_names_the_place_before_the_fix(steps: list[Step], left: list[str]) -> None:
    assert texts(apply(WHOLE, Fix("", tuple(steps)))) == left
    assert {step.do for step in steps} <= set(DOES)


def test_mending_applies_fix_after_fix(plain: PlainBook) -> None:
    plain.held_codes = [a_code("10000"), a_code("20932", "addon_structural_allograft")]
    plain.held_relations = [listed("20932", "10000")]
    plain.figures = [a_figure("20932", "mue_practitioner", "1"), a_figure("20932", "mue_practitioner_mai", "3")]
    mended, fixes = mend(claim("10000", "20932-51*2"), plain)
    assert texts(mended) == ["10000", "20932"]
    assert [fix.say for fix in fixes] == ["set 1 unit", "take 51 off line 2"]
    assert mend(mended, plain) == (mended, ())


def test_a_finding_without_a_fix_is_left(plain: PlainBook) -> None:
    plain.held_codes = [a_code("10000"), a_code("10001")]
    plain.held_pairs = [a_pair("10000", "10001")]
    mended, fixes = mend(claim("10000-ZZ", "10001"), plain)
    assert (texts(mended), [fix.say for fix in fixes]) == (["10000-ZZ"], ["remove line 2"])


def test_what_the_note_decides_is_offered_and_never_applied_unasked(plain: PlainBook) -> None:
    plain.held_codes = [a_code("10000", area="leg")]
    sides = {"C40.20": "unspecified", "C40.21": "right", "C40.22": "left"}
    plain.held_diagnoses = [a_diagnosis(code, "tumour", side, "leg") for code, side in sides.items()]
    offered = {
        ("10000-LT", "C40.21"): "use C40.22",
        ("10000-LT", "C40.20"): "use C40.22",
        ("10000", "C40.21"): "put RT on line 1",
    }
    for (line, code), say in offered.items():
        typed = claim(line, dx=(code,))
        (fix,) = (found.fix for found in check(typed, plain).findings if found.fix)
        assert (fix.say, fix.needs_note) == (say, True)
        assert mend(typed, plain) == (typed, ())
        assert apply(typed, fix) != typed
    both = claim("10000-LT-LT", dx=("C40.21",))
    mended, fixes = mend(both, plain)
    assert (texts(mended), [fix.say for fix in fixes]) == (["10000-LT", "C40.21"], ["keep LT once"])


def test_codes_that_replace_each_other_do_not_go_on_for_ever(plain: PlainBook) -> None:
    old = Span(None, date(2025, 12, 31))
    plain.held_codes = [a_code("10000", span=old, replaced_by="10001"), a_code("10001", span=old, replaced_by="10000")]
    mended, fixes = mend(claim("10000"), plain)
    assert (texts(mended), len(fixes)) == (["10000"], 2)


def test_a_code_that_replaces_itself_is_no_fix(plain: PlainBook) -> None:
    plain.held_codes = [a_code("10000", span=Span(None, date(2025, 12, 31)), replaced_by="10000")]
    assert mend(claim("10000"), plain) == (claim("10000"), ())
