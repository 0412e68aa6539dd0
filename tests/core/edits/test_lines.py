"""The edits of one result of the tree: the claim check over its lines, passed or not, by table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.edits.findings import EditCheck
from encoder.core.edits.lines import check_lines
from encoder.core.tree.rules import Line
from encoder.store.codebook import Codebook
from tests.core.small import Small

NOW = date(2026, 5, 1)
LOADED = """\
ptp_practitioner,Edits,2026,2026-01-01,2026-12-31,The year,list#ptp
ptp_hospital,Edits,2026,2026-01-01,2026-03-31,A quarter,list#ptp
cpt,Codes,2026,2019-01-01,2026-12-31,All years,list#cpt
"""
EDITIONS = """\
mue,Limits,2026,2026-01-01,2026-06-30,Half a year,list#2026
mue_hospital,Limits,2025,2025-01-01,2025-12-31,The whole year,list#2025
"""
LIMITS = """\
20932,mue_practitioner,1,2026,2026-01-01,2026-12-31,list#20932
27646,mue_practitioner,2,2026,2026-01-01,2026-12-31,list#27646
27646,mue_outpatient_hospital,1,2025,2025-01-01,2025-12-31,list#27646
"""
PRIMARY, ADD_ON = Line("27365", "primary"), Line("20932", "add_on")
FIBULA, HINGE, KNEE = Line("27646", "primary"), Line("27445", "other"), Line("27447", "other")
NO_PAIR = "none found between the two"


@pytest.fixture(scope="module")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Codebook]:
    folder: Path = tmp_path_factory.mktemp("edits")
    small = Small(folder)
    small.change("editions.csv", "pfs,Values,2025", LOADED + "pfs,Values,2025")
    small.change("editions.csv", "pfs,Values,2025,", EDITIONS + "pfs,Values,2025,")
    small.change("indicators.csv", "27365,mue_practitioner,1", LIMITS + "27365,mue_practitioner,1")
    with closing(Codebook.open(small.build())) as opened:
        yield opened


def checks(
    book: Codebook, *lines: Line, setting: str = PRACTITIONER, on: date = NOW, diagnosis: str = ""
) -> dict[str, list[EditCheck]]:
    found: dict[str, list[EditCheck]] = {}
    for check in check_lines(lines, book, setting, on, diagnosis):
        found.setdefault(check.name, []).append(check)
    return found


def said(book: Codebook, name: str, *lines: Line, setting: str = PRACTITIONER, on: date = NOW) -> list[tuple[str, str]]:
    return [(check.state, check.say) for check in checks(book, *lines, setting=setting, on=on)[name]]


def test_without_a_line_of_its_codes_nothing_is_looked_up(small_book: Codebook) -> None:
    assert checks(small_book) == {}
    assert checks(small_book, Line("0QRB0KZ", "primary")) == {}


def test_every_result_is_held_against_codes_pairs_units_and_modifiers(small_book: Codebook) -> None:
    assert [*checks(small_book, PRIMARY)] == ["Codes", "Code pairs", "Units", "Modifiers"]
    assert [*checks(small_book, PRIMARY, ADD_ON)] == ["Codes", "Add-on list", "Code pairs", "Units", "Modifiers"]


def test_the_diagnosis_of_the_case_is_held_against_the_lines(small_book: Codebook) -> None:
    (passed,) = checks(small_book, PRIMARY, diagnosis="C40.21")["Diagnosis"]
    assert (passed.state, passed.say) == ("ok", "C40.21")
    (short,) = checks(small_book, PRIMARY, diagnosis="M84.551")["Diagnosis"][:1]
    assert (short.state, "seventh character" in short.say) == ("deny", True)


def test_an_add_on_beside_a_primary_of_its_list_passes_with_the_row(small_book: Codebook) -> None:
    (found,) = checks(small_book, PRIMARY, ADD_ON)["Add-on list"]
    assert found == EditCheck("Add-on list", "27365 may carry 20932", "ok", "aoc:20932>27365", ("list#20932:27365",))


@pytest.mark.parametrize(
    ("lines", "words", "row"),
    [
        ((FIBULA, ADD_ON), "20932 is barred with 27646.", "bar:20932>27646"),
        ((KNEE, ADD_ON), "No line of 2026-05-01 is on the closed list of 20932.", "20932"),
        ((ADD_ON,), "20932 is an add-on and stands without any primary on 2026-05-01.", "20932"),
    ],
    ids=["barred", "not listed", "alone"],
)
def test_an_add_on_without_a_primary_of_its_list_is_denied(
    small_book: Codebook, lines: tuple[Line, ...], words: str, row: str
) -> None:
    (found,) = checks(small_book, *lines)["Add-on list"]
    assert (found.state, found.say, found.row) == ("deny", words, row)


def test_an_add_on_passes_when_one_of_the_other_lines_may_carry_it(small_book: Codebook) -> None:
    lines = (KNEE, ADD_ON, Line("27365", "second_primary"))
    assert said(small_book, "Add-on list", *lines) == [("ok", "27365 may carry 20932")]


def test_several_lines_without_an_add_on_say_so(small_book: Codebook) -> None:
    assert said(small_book, "Add-on list", PRIMARY, KNEE) == [("ok", "no add-on on this claim")]


def test_the_list_is_that_of_the_date(small_book: Codebook) -> None:
    (found,) = said(small_book, "Add-on list", PRIMARY, ADD_ON, on=date(2018, 12, 31))
    assert found == ("deny", "27365 is not on the list of 20932 yet: it begins on 2019-01-01.")


def test_one_line_is_no_pair(small_book: Codebook) -> None:
    assert said(small_book, "Code pairs", PRIMARY) == [("ok", "one line, no pair")]


def test_no_edit_between_the_lines_is_said(small_book: Codebook) -> None:
    assert said(small_book, "Code pairs", PRIMARY, ADD_ON) == [("ok", NO_PAIR)]
    assert said(small_book, "Code pairs", PRIMARY, ADD_ON, KNEE) == [("ok", "none found between the 3 lines")]


def test_a_table_that_does_not_cover_the_date_is_said(small_book: Codebook) -> None:
    tail = f"{NO_PAIR}, which proves nothing"
    assert said(small_book, "Code pairs", PRIMARY, ADD_ON, setting=HOSPITAL) == [("look", tail)]
    covered = said(small_book, "Code pairs", PRIMARY, ADD_ON, setting=HOSPITAL, on=date(2026, 3, 31))
    assert covered == [("ok", NO_PAIR)]


def test_an_edit_of_indicator_0_is_denied_whatever_the_modifier(small_book: Codebook) -> None:
    for modifiers in ((), ("59",)):
        (found,) = checks(small_book, PRIMARY, Line("27646", "other", 1, modifiers))["Code pairs"]
        assert found.state == "deny"
        assert found.say == "27365 is inside 27646; no modifier opens this edit (indicator 0)."
        assert (found.row, found.cites[0]) == ("ptp:practitioner:27646>27365", "list#27646:27365")


def test_an_edit_holds_in_its_setting_alone(small_book: Codebook) -> None:
    assert said(small_book, "Code pairs", PRIMARY, FIBULA, setting=HOSPITAL)[0][0] == "look"


def test_a_modifier_for_another_site_opens_an_edit_of_indicator_1(small_book: Codebook) -> None:
    old = date(2025, 6, 1)  # 27445 is gone from 2026 on
    shut = said(small_book, "Code pairs", PRIMARY, HINGE, on=old)
    assert shut == [("look", "27445 is inside 27365 in the loaded edition, which begins after 2025-06-01.")]
    opened = said(small_book, "Code pairs", PRIMARY, Line("27445", "other", 1, ("59",)), on=old)
    assert opened == [("look", "27445 is inside 27365 (indicator 1); a modifier opens the edit.")]


def test_units_within_the_limit_pass(small_book: Codebook) -> None:
    assert said(small_book, "Units", FIBULA) == [("ok", "27646 1 of 2")]


def test_units_above_the_limit_are_denied_with_their_source(small_book: Codebook) -> None:
    (denied,) = checks(small_book, FIBULA, Line("20932", "add_on", 2))["Units"]
    assert (denied.state, denied.row, denied.cites[0]) == ("deny", "20932", "list#20932")
    assert denied.say == "20932: 2 units on one line; the limit is 1 a line."


def test_the_last_limits_before_the_date_are_shown_as_such(small_book: Codebook) -> None:
    tail = "; the loaded limits end before this date"
    assert said(small_book, "Units", PRIMARY) == [("ok", "27365 1 of 1, MAI 3")]
    assert said(small_book, "Units", PRIMARY, on=date(2026, 7, 1)) == [("look", "27365 1 of 1, MAI 3" + tail)]
    assert said(small_book, "Units", FIBULA, setting=HOSPITAL) == [("look", "27646 1 of 1" + tail)]


def test_a_limit_that_begins_after_the_date_does_not_count(small_book: Codebook) -> None:
    assert said(small_book, "Units", PRIMARY, on=date(2025, 12, 31)) == [("look", "27365 not loaded")]
    assert said(small_book, "Units", KNEE, FIBULA) == [("look", "27447 not loaded; 27646 1 of 2")]


def test_the_modifiers_of_each_line_are_named(small_book: Codebook) -> None:
    left = Line("27365", "primary", 1, ("22", "LT"))
    assert said(small_book, "Modifiers", left, FIBULA) == [("ok", "22, LT on 27365")]
    assert said(small_book, "Modifiers", FIBULA) == [("ok", "none")]
    add_on = Line("20932", "add_on", 1, ("LT",))
    assert said(small_book, "Modifiers", PRIMARY, add_on) == [("ok", "LT, no 51 on 20932")]
