"""The edits of one result: each is looked up, and says what it was held against and by which row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.edits.lines import OPENING, EditCheck, check_lines
from encoder.core.tree.rules import Line
from encoder.store.codebook import Codebook
from tests.core.small import NOW, Small

LOADED = """\
ptp_practitioner,Edits,2026,2026-01-01,2026-12-31,The year,list#ptp
ptp_hospital,Edits,2026,2026-01-01,2026-03-31,A quarter,list#ptp
"""
LIMITS = """\
20932,mue_practitioner,1,2026,2026-01-01,2026-12-31,list#20932
27646,mue_practitioner,2,2026,2026-01-01,2026-12-31,list#27646
27646,mue_outpatient_hospital,1,2025,2025-01-01,2025-12-31,list#27646
"""
PRIMARY, ADD_ON = Line("27365", "primary"), Line("20932", "add_on")
FIBULA, HINGE, KNEE = Line("27646", "primary"), Line("27445", "other"), Line("27447", "other")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Codebook]:
    folder: Path = tmp_path_factory.mktemp("edits")
    small = Small(folder)
    small.change("editions.csv", "pfs,Values,2025", LOADED + "pfs,Values,2025")
    small.change("indicators.csv", "27365,mue_practitioner,1", LIMITS + "27365,mue_practitioner,1")
    with closing(Codebook.open(small.build())) as opened:
        yield opened


def checks(book: Codebook, *lines: Line, setting: str = PRACTITIONER, on: date = NOW) -> dict[str, list[EditCheck]]:
    found: dict[str, list[EditCheck]] = {}
    for check in check_lines(lines, book, setting, on):
        found.setdefault(check.name, []).append(check)
    return found


def said(book: Codebook, name: str, *lines: Line, setting: str = PRACTITIONER, on: date = NOW) -> list[tuple[str, str]]:
    return [(check.state, check.say) for check in checks(book, *lines, setting=setting, on=on)[name]]


def test_without_a_line_of_its_codes_nothing_is_looked_up(book: Codebook) -> None:
    assert checks(book) == {}
    assert checks(book, Line("0QRB0KZ", "primary")) == {}


def test_every_result_is_held_against_pairs_units_and_modifiers(book: Codebook) -> None:
    assert [*checks(book, PRIMARY)] == ["Code pairs", "Units", "Modifiers"]
    assert [*checks(book, PRIMARY, ADD_ON)] == ["Add-on list", "Code pairs", "Units", "Modifiers"]


# ---------------------------------------------------------------------------------------------- the add-on list


def test_an_add_on_beside_a_primary_of_its_list_passes_with_the_row(book: Codebook) -> None:
    (found,) = checks(book, PRIMARY, ADD_ON)["Add-on list"]
    assert found == EditCheck("Add-on list", "27365 may carry 20932", "ok", "aoc:20932>27365", ("list#20932:27365",))


@pytest.mark.parametrize("primary", [FIBULA, KNEE], ids=["barred", "not listed"])
def test_an_add_on_without_a_primary_of_its_list_is_denied(book: Codebook, primary: Line) -> None:
    assert said(book, "Add-on list", primary, ADD_ON) == [("deny", "no primary here may carry 20932")]
    assert said(book, "Add-on list", ADD_ON) == [("deny", "no primary here may carry 20932")]


def test_an_add_on_passes_when_one_of_the_other_lines_may_carry_it(book: Codebook) -> None:
    second = Line("20932", "second_add_on")
    lines = (FIBULA, ADD_ON, Line("27365", "second_primary"), second)
    assert said(book, "Add-on list", *lines) == [("ok", "27365 may carry 20932")] * 2


def test_several_lines_without_an_add_on_say_so(book: Codebook) -> None:
    assert said(book, "Add-on list", PRIMARY, KNEE) == [("ok", "no add-on on this claim")]


def test_the_list_is_that_of_the_date(book: Codebook) -> None:
    before = date(2018, 12, 31)
    assert said(book, "Add-on list", PRIMARY, ADD_ON, on=before) == [("deny", "no primary here may carry 20932")]


# ---------------------------------------------------------------------------------------------- code pairs


def test_one_line_is_no_pair(book: Codebook) -> None:
    assert said(book, "Code pairs", PRIMARY) == [("ok", "one line, no pair")]


def test_no_edit_between_the_lines_is_said(book: Codebook) -> None:
    assert said(book, "Code pairs", PRIMARY, ADD_ON) == [("ok", "none found between the two")]
    assert said(book, "Code pairs", PRIMARY, ADD_ON, KNEE) == [("ok", "none found between the 3 lines")]


def test_a_table_that_does_not_cover_the_date_is_said(book: Codebook) -> None:
    tail = "none found between the two; the table ends before or begins after this date"
    assert said(book, "Code pairs", PRIMARY, ADD_ON, setting=HOSPITAL) == [("look", tail)]
    covered = said(book, "Code pairs", PRIMARY, ADD_ON, setting=HOSPITAL, on=date(2026, 3, 31))
    assert covered == [("ok", "none found between the two")]


def test_an_edit_of_indicator_0_is_denied_whatever_the_modifier(book: Codebook) -> None:
    for modifiers in ((), ("XS",)):
        (found,) = checks(book, PRIMARY, Line("27646", "other", 1, modifiers))["Code pairs"]
        assert (found.state, found.say) == ("deny", "27646 over 27365, indicator 0, not opened")
        assert (found.row, found.cites) == ("ptp:practitioner:27646>27365", ("list#27646:27365",))


def test_an_edit_holds_in_its_setting_alone(book: Codebook) -> None:
    assert said(book, "Code pairs", PRIMARY, FIBULA, setting=HOSPITAL)[0][0] == "look"


@pytest.mark.parametrize("modifier", sorted(OPENING))
def test_a_modifier_for_another_site_opens_an_edit_of_indicator_1(book: Codebook, modifier: str) -> None:
    opened = [("look", "27365 over 27445, indicator 1, opened by a modifier for another site")]
    with_modifier = Line("27445", "other", 1, (modifier,))
    assert said(book, "Code pairs", PRIMARY, with_modifier) == opened
    assert said(book, "Code pairs", with_modifier, PRIMARY) == opened


@pytest.mark.parametrize("modifier", ["22", "51", "76", "77"])
def test_another_modifier_does_not_open_it(book: Codebook, modifier: str) -> None:
    found = said(book, "Code pairs", PRIMARY, Line("27445", "other", 1, (modifier,)))
    assert found == [("deny", "27365 over 27445, indicator 1, not opened")]


# ---------------------------------------------------------------------------------------------- units


def test_units_within_the_limit_pass(book: Codebook) -> None:
    assert said(book, "Units", FIBULA) == [("ok", "27646 1 of 2")]
    assert said(book, "Units", FIBULA, FIBULA) == [("ok", "27646 2 of 2")]


def test_units_above_the_limit_are_denied_with_their_source(book: Codebook) -> None:
    two = [Line("20932", "add_on", 1, (side,)) for side in ("RT", "LT")]
    denied, others = checks(book, FIBULA, *two)["Units"]
    assert (denied.state, denied.say, denied.cites) == ("deny", "20932 2 of 1", ("list#20932",))
    assert (others.state, others.say) == ("ok", "27646 1 of 2")
    assert said(book, "Units", *two) == [("deny", "20932 2 of 1")]


def test_the_last_limits_before_the_date_are_shown_as_such(book: Codebook) -> None:
    tail = "; the loaded limits end before this date"
    assert said(book, "Units", PRIMARY) == [("ok", "27365 1 of 1, MAI 3")]
    assert said(book, "Units", PRIMARY, on=date(2026, 7, 1)) == [("look", "27365 1 of 1, MAI 3" + tail)]
    assert said(book, "Units", FIBULA, setting=HOSPITAL) == [("look", "27646 1 of 1" + tail)]


def test_a_limit_that_begins_after_the_date_does_not_count(book: Codebook) -> None:
    assert said(book, "Units", PRIMARY, on=date(2025, 12, 31)) == [("look", "27365 not loaded")]
    assert said(book, "Units", KNEE, FIBULA) == [("look", "27447 not loaded; 27646 1 of 2")]


# ---------------------------------------------------------------------------------------------- modifiers


def test_the_modifiers_of_each_line_are_named(book: Codebook) -> None:
    left, bare = Line("27365", "primary", 1, ("22", "LT")), Line("27646", "primary")
    assert said(book, "Modifiers", left, bare) == [("ok", "22, LT on 27365")]
    assert said(book, "Modifiers", bare) == [("ok", "none")]


def test_an_add_on_takes_no_51_where_its_indicator_says_so(book: Codebook) -> None:
    add_on = Line("20932", "add_on", 1, ("LT",))
    assert said(book, "Modifiers", PRIMARY, add_on) == [("ok", "LT, no 51 on 20932")]
    assert said(book, "Modifiers", PRIMARY, add_on, on=date(2025, 1, 1)) == [("ok", "LT on 20932")]
    assert said(book, "Modifiers", Line("27646", "add_on")) == [("ok", "none")]
