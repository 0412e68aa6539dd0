"""The checks over tables of a few rows: what the shipped tables cannot show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.claim import Claim, ClaimLine
from encoder.core.claim_cases import shown
from encoder.core.claim_text import parse_line
from encoder.core.codes import Span
from encoder.core.edits.check import check
from encoder.core.edits.findings import Checked, Finding
from tests.core.edits.plain_book import (
    NOW,
    PlainBook,
    a_code,
    a_diagnosis,
    a_figure,
    a_pair,
    barred,
    listed,
)

MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))


def run(
    few: PlainBook, *lines: str | ClaimLine, dx: Sequence[str] = (), setting: str = PRACTITIONER, on: date = NOW
) -> Checked:
    made = tuple(parse_line(line) if isinstance(line, str) else line for line in lines)
    return check(Claim(made, on, tuple(dx), setting), few)


def said(checked: Checked, *kinds: str) -> list[str]:
    return [shown(finding) for finding in checked.findings if not kinds or finding.kind in kinds]


def only(checked: Checked, rule: str) -> Finding:
    (found,) = (finding for finding in checked.findings if finding.id == rule)
    return found


def states(checked: Checked) -> dict[str, tuple[str, str]]:
    return {entry.name: (entry.state, entry.say) for entry in checked.checks}


@pytest.fixture
def few(plain: PlainBook) -> PlainBook:
    plain.held_codes = [
        *(a_code(code) for code in ("10000", "10001", "10002")),
        a_code("10010", "addon_other"),
        a_code("20932", "addon_structural_allograft"),
        a_code("20934", "addon_structural_allograft"),
    ]
    plain.held_relations = [listed("20932", "10000"), listed("20934", "10000")]
    return plain


# ---------------------------------------------------------------------------------------------- add-ons


def test_two_practitioners_do_not_share_an_add_on(few: PlainBook) -> None:
    mine, theirs = ClaimLine("20932", practitioner="A"), ClaimLine("10000", practitioner="B")
    found = only(run(few, theirs, mine), "add_on_other_practitioner")
    assert (found.lines, found.severity, found.warning) == ((1, 0), "deny", "W30")
    assert said(run(few, ClaimLine("10000", practitioner="A"), mine), "add_on") == []


@pytest.mark.parametrize("mark", ["*", "CCCCC"])
def test_a_payer_may_decide_about_the_primaries_of_a_partial_list(few: PlainBook, mark: str) -> None:
    few.held_relations = [listed("10010", "10001", list_type="3"), listed("10010", mark, list_type="3")]
    assert said(run(few, "10001", "10010"), "add_on") == []
    found = only(run(few, "10000", "10010"), "add_on_payer_decides")
    assert found.row is not None
    assert (found.row.table, found.row.key, found.row.edition) == ("aoc", f"aoc:10010>{mark}", "2026")


def test_of_an_add_on_without_a_loaded_list_nothing_is_denied_beside_a_primary(few: PlainBook) -> None:
    assert said(run(few, "10000", "10010"), "add_on") == ["deny add_on_not_listed 2"]  # the list is whole
    few.partial = ("aoc",)
    assert said(run(few, "10010"), "add_on") == ["deny add_on_alone 1"]
    assert said(run(few, "10000", "10010"), "add_on") == ["note add_on_list_not_loaded 2"]
    few.held_relations.append(barred("10010", "10001"))
    assert said(run(few, "10000", "10010"), "add_on") == ["note add_on_list_not_loaded 2"]
    assert said(run(few, "10001", "10010"), "add_on") == ["deny add_on_barred 2 1"]
    few.tables_loaded = ("cpt",)
    assert said(run(few, "10000", "10010"), "add_on") == ["note add_on_list_not_loaded 2"]


def test_an_add_on_that_the_book_does_not_name_is_one_by_the_list(few: PlainBook) -> None:
    few.held_relations = [listed("10020", "10000")]
    checked = run(few, "10001", "10020")
    assert said(checked) == ["deny add_on_not_listed 2", "note code_not_loaded 2"]
    assert run(few, "10000", "10020").payable is None


def test_a_primary_comes_onto_the_list_and_leaves_it(few: PlainBook) -> None:
    few.held_relations = [listed("20932", "10000", MARCH)]
    later = only(run(few, "10000", "20932", on=date(2026, 2, 28)), "add_on_list_later")
    assert "2026-03-01" in later.say
    assert said(run(few, "10000", "20932", on=date(2026, 3, 1)), "add_on") == []
    assert said(run(few, "10000", "20932", on=date(2026, 3, 31)), "add_on") == []
    ended = only(run(few, "10001", "10000", "20932", on=date(2026, 4, 1)), "add_on_list_ended")
    assert (ended.lines, "2026-03-31" in ended.say) == ((2, 1), True)


def test_a_bar_counts_where_no_primary_is_listed(few: PlainBook) -> None:
    few.held_relations += [barred("20932", "10001"), barred("20932", "10002", MARCH)]
    assert said(run(few, "10001", "20932"), "add_on") == ["deny add_on_barred 2 1"]
    assert said(run(few, "10002", "20932"), "add_on") == ["deny add_on_not_listed 2"]
    assert said(run(few, "10000", "10001", "20932"), "add_on") == []


def test_room_for_structural_add_ons_is_counted_by_day_and_side(few: PlainBook) -> None:
    assert said(run(few, "10000", "20932", "20934-XS"), "add_on") == ["warn add_on_shares_primary 3 1"]
    assert said(run(few, "10000-50", "20932", "20934-XS"), "add_on") == []
    assert said(run(few, "10000", "20932", "10000@2026-05-02", "20934@2026-05-02"), "add_on") == []


# ---------------------------------------------------------------------------------------------- pairs


def test_an_edit_of_indicator_9_never_applied(few: PlainBook) -> None:
    few.held_pairs = [a_pair("10000", "10001", "9")]
    assert said(run(few, "10000", "10001")) == []


def test_the_last_day_of_an_edit_is_a_day_of_it(few: PlainBook) -> None:
    few.held_pairs = [a_pair("10000", "10001", "1", MARCH)]
    for day, found in ((date(2026, 2, 28), 0), (date(2026, 3, 1), 1), (date(2026, 3, 31), 1), (date(2026, 4, 1), 0)):
        assert len(run(few, "10000", "10001", on=day).findings) == found


@pytest.mark.parametrize(
    ("on", "setting", "rule"),
    [
        (date(2019, 6, 30), PRACTITIONER, "deny pair_wrong_column 2 1"),
        (date(2019, 7, 1), PRACTITIONER, "note pair_opened 2 1"),
        (date(2019, 6, 30), HOSPITAL, "note pair_opened 2 1"),
    ],
)
def test_59_on_column_1_counts_since_the_middle_of_2019(few: PlainBook, on: date, setting: str, rule: str) -> None:
    few.covered = Span(date(2019, 1, 1), None)
    few.held_pairs = [a_pair("10000", "10001", "1", Span(date(2019, 1, 1), None))]
    assert said(run(few, "10000-59", "10001", on=on, setting=setting), "ptp") == [rule]
    opened = run(few, "10000", "10001-59", on=on, setting=setting)
    assert said(opened, "ptp") == ["note pair_opened 2 1"]


def test_a_visit_modifier_opens_an_edit_unless_both_lines_name_one_place(few: PlainBook) -> None:
    few.held_pairs = [a_pair("10000", "10001")]
    assert said(run(few, "10000", "10001-25"), "ptp") == ["note pair_opened 2 1"]
    assert said(run(few, "10000-LT", "10001-25-LT"), "ptp") == ["deny pair_same_side 2 1"]
    assert said(run(few, "10000", "10001-91"), "ptp") == ["note pair_opened 2 1"]
    assert said(run(few, "10000-RT", "10001-LT"), "ptp") == ["note pair_opened 2 1"]


def test_an_edit_without_a_first_day_is_unsure_before_its_edition(few: PlainBook) -> None:
    few.held_pairs = [a_pair("10000", "10001", "0", Span(None, None))]
    few.covered = Span(date(2026, 1, 1), None)
    assert said(run(few, "10000", "10001", on=date(2025, 12, 31)), "ptp") == ["warn pair_uncertain 2 1"]
    assert said(run(few, "10000", "10001", on=date(2026, 1, 1)), "ptp") == ["deny pair_closed 2 1"]
    few.tables_loaded = ("cpt",)
    assert said(run(few, "10000", "10001", on=date(2025, 12, 31)), "ptp") == ["deny pair_closed 2 1"]


def test_a_line_inside_several_others_has_one_finding_with_every_row(few: PlainBook) -> None:
    few.held_pairs = [a_pair("10000", "10002", "0"), a_pair("10001", "10002", "0")]
    found = only(run(few, "10000", "10001", "10002"), "pair_closed")
    assert found.lines == (2, 0, 1)
    assert "inside 10000 and 10001" in found.say
    assert found.row is not None
    assert [row.key for row in (found.row, *found.also)] == [pair.id for pair in few.held_pairs]


# ---------------------------------------------------------------------------------------------- units


def test_a_line_limit_is_judged_line_by_line(few: PlainBook) -> None:
    few.figures = [a_figure("10000", "mue_practitioner", "2"), a_figure("10000", "mue_practitioner_mai", "1")]
    checked = run(few, "10000*3", "10000-76*2")
    assert said(checked, "mue") == ["deny units_line 1"]
    assert only(checked, "units_line").over == 1
    assert said(run(few, "10000*2", "10000-76*2"), "mue") == []


def test_a_limit_without_an_indicator_is_a_line_limit(few: PlainBook) -> None:
    few.figures = [a_figure("10000", "mue_practitioner", "1")]
    assert said(run(few, "10000", "10000-76"), "mue") == []
    assert said(run(few, "10000*2"), "mue") == ["deny units_line 1"]
    assert states(run(few, "10000"))["Units"] == ("ok", "10000 1 of 1")


def test_a_limit_that_is_no_number_limits_nothing(few: PlainBook) -> None:
    few.figures = [a_figure("10000", "mue_practitioner", "confidential")]
    assert said(run(few, "10000*9"), "mue") == []


def test_the_last_limit_before_the_date_stands_in(few: PlainBook) -> None:
    few.figures = [
        a_figure("10000", "mue_practitioner", "1", MARCH),
        a_figure("10000", "mue_practitioner_mai", "3", MARCH),
    ]
    assert said(run(few, "10000*2"), "mue") == []  # the edition of the date has no limit of the code
    few.spans = {"mue": [MARCH]}
    assert said(run(few, "10000*2"), "mue") == ["deny units_appeal 1"]
    assert said(run(few, "10000*2", on=date(2026, 2, 28)), "mue") == []
    tail = "; the loaded limits end before this date"
    assert states(run(few, "10000"))["Units"] == ("look", "10000 1 of 1, MAI 3" + tail)
    assert states(run(few, "10000", on=date(2026, 2, 28)))["Units"] == ("look", "10000 not loaded")


def test_units_beyond_a_days_limit_are_taken_off_from_the_end(few: PlainBook) -> None:
    few.figures = [a_figure("10000", "mue_practitioner", "3"), a_figure("10000", "mue_practitioner_mai", "2")]
    found = only(run(few, "10000*2", "10000-76*2", "10000-77"), "units_day")
    assert found.fix is not None
    assert [(step.do, step.place, step.value) for step in found.fix.steps] == [
        ("set_units", 1, "1"),
        ("drop_line", 2, ""),
    ]
    assert (found.over, found.fix.say) == (2, "keep 3 units")


@pytest.mark.parametrize(
    ("lines", "fix"),
    [
        (("10000-LT", "10000-RT"), "one line with 50"),
        (("10000-LT*2", "10000-RT"), "keep 1 unit"),
        (("10000-LT", "10000-RT", "10000"), "keep 1 unit"),
        (("10000-LT", "10000-LT-76"), "keep 1 unit"),
        (("10001-LT", "10001-RT"), "keep 1 unit"),
    ],
)
def test_two_sides_become_one_line_with_50_where_the_code_takes_it(
    few: PlainBook, lines: tuple[str, ...], fix: str
) -> None:
    for code in ("10000", "10001"):
        few.figures += [a_figure(code, "mue_practitioner", "1"), a_figure(code, "mue_practitioner_mai", "3")]
    few.figures.append(a_figure("10000", "bilateral_ind", "1"))
    found = only(run(few, *lines), "units_appeal")
    assert found.fix is not None
    assert found.fix.say == fix


# ---------------------------------------------------------------------------------------------- modifiers


def test_of_two_editions_the_newer_indicator_counts(few: PlainBook) -> None:
    few.figures = [a_figure("10000", "bilateral_ind", "2", MARCH), a_figure("10000", "bilateral_ind", "1")]
    assert said(run(few, "10000-50", on=date(2026, 3, 5))) == ["deny bilateral_inside 1"]
    assert said(run(few, "10000-50")) == []


def test_an_indicator_of_another_year_is_not_taken(few: PlainBook) -> None:
    few.figures = [a_figure("10000", "team_surgeon_ind", "0", MARCH)]
    assert said(run(few, "10000-66")) == ["note indicator_not_loaded 1"]
    assert said(run(few, "99999-66")) == ["note code_not_loaded 1"]


def test_a_practitioner_of_their_own_makes_xp_fit(few: PlainBook) -> None:
    assert said(run(few, "10000-XP")) == ["note separate_practitioner 1"]
    assert said(run(few, ClaimLine("10000", ("XP",), practitioner="A"))) == []


def test_a_global_modifier_of_every_primary_goes_onto_the_add_on(few: PlainBook) -> None:
    found = only(run(few, "10000-58-LT", "20932-LT"), "global_not_followed")
    assert found.fix is not None
    assert [(step.place, step.value) for step in found.fix.steps] == [(1, "58 LT")]
    few.held_relations.append(listed("20932", "10001"))
    assert said(run(few, "10000-58", "10001", "20932"), "modifier") == []
    assert said(run(few, "10000-58", "20932-79"), "modifier") == []


# ---------------------------------------------------------------------------------------------- codes, dates, order


def test_a_deleted_code_is_replaced_where_its_successor_is_known(few: PlainBook) -> None:
    old = Span(None, date(2025, 12, 31))
    few.held_codes = [a_code("10000", span=old, replaced_by="10001"), a_code("10001"), a_code("10002", span=old)]
    found = only(run(few, "10000"), "code_deleted")
    assert found.fix is not None
    assert found.fix.say == "use 10001"
    assert only(run(few, "10002"), "code_deleted").fix is None


def test_a_status_of_the_hospital_is_not_asked_on_a_practitioners_claim(few: PlainBook) -> None:
    few.figures = [a_figure("10000", "opps_si", "C"), a_figure("10000", "status", "B")]
    assert said(run(few, "10000", setting=HOSPITAL)) == ["deny code_inpatient_only 1"]
    assert said(run(few, "10000")) == ["note code_bundled 1"]


def test_a_code_that_only_a_published_table_names_is_judged_by_it(few: PlainBook) -> None:
    few.figures = [a_figure("30000", "bilateral_ind", "0")]
    checked = run(few, "30000-50")
    assert said(checked) == ["deny bilateral_never 1"]
    assert run(few, "30000").payable is True


def test_a_claim_is_judged_when_every_code_and_day_is_loaded(few: PlainBook) -> None:
    assert (run(few, "10000").payable, run(few, "10000").clean) == (True, True)
    assert run(few, "10000", "99999").payable is None
    assert run(few, "10000", on=date(2027, 1, 1)).payable is None
    assert run(few).payable is None
    assert run(few).checks == ()
    assert run(few, "10000-LT-LT").clean is False


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (("5.0", "7.5"), ["note lower_value_first 2 1"]),
        (("7.5", "5.0"), []),
        (("7.5", "7.50"), []),
        (("5.0", "none"), []),
        (("5.0", ""), []),
    ],
)
def test_the_highest_value_first_is_advice(few: PlainBook, values: tuple[str, str], found: list[str]) -> None:
    pairs = zip(("10000", "10001"), values, strict=True)
    few.figures = [a_figure(code, "facility_total_rvu", value) for code, value in pairs if value]
    assert said(run(few, "10000", "10001"), "code") == found


def test_values_are_compared_within_a_day(few: PlainBook) -> None:
    few.figures = [a_figure(code, "facility_total_rvu", value) for code, value in (("10000", "5"), ("10001", "7"))]
    assert said(run(few, "10000@2026-05-02", "10001@2026-05-03")) == []
    assert said(run(few, "20932", "10001"), "code") == []


def test_a_repeated_line_is_one_of_the_same_modifiers_in_any_order(few: PlainBook) -> None:
    assert said(run(few, "10000-22-LT", "10000-LT-22"), "code") == ["warn line_repeated 2 1"]
    assert said(run(few, "10000-LT", "10000-RT", "10000-LT", "10000-LT"), "code") == [
        "warn line_repeated 3 1",
        "warn line_repeated 4 1",
    ]


# ---------------------------------------------------------------------------------------------- diagnoses


def test_a_diagnosis_is_valid_on_the_day_or_not_at_all(few: PlainBook) -> None:
    few.held_diagnoses = [a_diagnosis("C40.22", span=MARCH)]
    assert said(run(few, "10000", dx=["C40.22"])) == ["deny dx_not_valid A"]
    assert said(run(few, "10000", dx=["C40.22"], on=date(2026, 3, 2))) == []
    assert said(run(few, "10000", dx=["C40.22"], on=date(2027, 3, 2)), "diagnosis") == ["note dx_uncovered A"]


def test_the_other_side_is_offered_where_it_is_the_only_one(few: PlainBook) -> None:
    few.held_codes = [a_code("10000", area="leg")]
    sides = [("M10.1", "right"), ("M10.2", "left"), ("M10.9", "unspecified"), ("M12", "left")]
    few.held_diagnoses = [a_diagnosis(code, "joint", side, "leg") for code, side in sides]
    found = only(run(few, "10000-LT", dx=["M10.1"]), "dx_side")
    assert found.fix is not None
    assert found.fix.say == "use M10.2"
    few.held_diagnoses.append(a_diagnosis("M10.3", "joint", "left", "leg"))
    assert only(run(few, "10000-LT", dx=["M10.1"]), "dx_side").fix is None
    assert said(run(few, "10000-LT", dx=["M10.9"])) == []  # which of the two is meant cannot be told


def test_both_sides_go_with_either(few: PlainBook) -> None:
    few.held_codes = [a_code("10000", area="leg")]
    sides = [("M10.1", "right"), ("M10.2", "left"), ("M10.3", "bilateral")]
    few.held_diagnoses = [a_diagnosis(code, "joint", side, "leg") for code, side in sides]
    assert said(run(few, "10000-LT", dx=["M10.3"])) == []
    few.figures = [a_figure("10000", "bilateral_ind", "1")]
    assert said(run(few, "10000-50", dx=["M10.1"])) == []
    assert said(run(few, "10000-LT", dx=["M10.1", "M10.2"])) == []
    found = only(run(few, "10000", dx=["M10.3"]), "side_not_said")
    assert found.fix is None
    found = only(run(few, "10000-58", dx=["M10.1"]), "side_not_said")
    assert found.fix is not None
    assert found.fix.steps[0].value == "58 RT"


def test_a_short_code_stands_for_the_one_that_x_fills(few: PlainBook) -> None:
    few.held_diagnoses = [
        a_diagnosis("T84.53X", "implant", "right", "leg", "A D S"),
        a_diagnosis("C40.1XX", "tumour"),
    ]
    for written in ("T84.53", "T84.53X", "T84.53A"):
        assert said(run(few, "10000", dx=[written]), "diagnosis") == ["deny dx_incomplete A"]
    assert said(run(few, "10000", dx=["T84.53XA"]), "diagnosis") == []
    assert said(run(few, "10000", dx=["T84.53XB"]), "diagnosis") == ["deny dx_seventh_wrong A"]
    assert said(run(few, "10000", dx=["C40.1"]), "diagnosis") == ["note dx_not_loaded A"]


# ---------------------------------------------------------------------------------------------- what was checked


def test_what_was_checked_is_said_by_table(few: PlainBook) -> None:
    checked = run(few, "10000-LT", "20932", dx=["C40.22"])
    few.held_diagnoses = [a_diagnosis("C40.22")]
    assert states(run(few, "10000-LT", "20932", dx=["C40.22"])) == {
        "Codes": ("ok", "valid on 2026-05-01"),
        "Add-on list": ("ok", "10000 may carry 20932"),
        "Code pairs": ("ok", "none found between the two"),
        "Units": ("look", "10000 not loaded; 20932 not loaded"),
        "Modifiers": ("ok", "LT on 10000; no 51 on 20932"),
        "Diagnosis": ("ok", "C40.22"),
    }
    assert {gap.table for gap in checked.unchecked} == {"mue"}


def test_lines_of_two_days_are_no_pair(few: PlainBook) -> None:
    checked = run(few, "10000@2026-05-01", "10001@2026-05-02", "10002@2026-05-03")
    assert states(checked)["Code pairs"] == ("ok", "one line a day, no pair")
    assert states(checked)["Codes"][1] == "valid on 2026-05-01 and 2026-05-02 and 2026-05-03"
    assert states(run(few, "10000"))["Code pairs"] == ("ok", "one line, no pair")
    assert states(run(few, "10000", "10001", "10002"))["Code pairs"] == ("ok", "none found between the 3 lines")


def test_what_a_table_does_not_cover_is_said_once_a_day(few: PlainBook) -> None:
    lines = ("10000-LT@2027-01-01", "20932@2027-01-01", "10001@2025-01-01")
    checked = run(few, *lines, dx=["C40.22"])
    told = {(gap.table, gap.say.partition(".")[0]) for gap in checked.unchecked}
    assert ("cpt", "CPT 2026 ends 2026-12-31; 2027-01-01 is not covered") in told
    assert ("cpt", "CPT 2026 begins 2026-01-01; 2025-01-01 is not covered") in told
    assert {table for table, _ in told} == {"cpt", "aoc", "ptp_practitioner", "mue", "pfs", "icd10cm"}
    assert [note.state for note in checked.editions] == ["older"] * 6
    few.tables_loaded = ("cpt",)
    missing = run(few, "10000", "10001").unchecked
    assert "No edition of ptp_practitioner is loaded. No pair found is no proof." in {gap.say for gap in missing}
    assert "pfs" not in {gap.table for gap in missing}
    assert [note.edition.table for note in run(few, "10000").editions] == ["cpt"]
    assert only(run(few, "10000", "20932", "20934"), "add_on_shares_primary").row is None
    alone = only(run(few, "20932"), "add_on_alone")
    assert alone.row is not None
    assert alone.row.edition == ""


def test_no_diagnosis_means_no_comparison(few: PlainBook) -> None:
    assert "No diagnosis was given; side, site and behaviour were not compared." in {
        gap.say for gap in run(few, "10000").unchecked
    }


def test_findings_stand_in_the_order_of_the_lines_the_hardest_first(few: PlainBook) -> None:
    few.figures = [a_figure("10000", "team_surgeon_ind", "0"), a_figure("10000", "status", "C")]
    checked = run(few, "10000-66-LT-LT", dx=["X99"])
    assert said(checked) == [
        "note dx_not_loaded A",
        "deny team_never 1",
        "warn modifier_repeated 1",
        "note code_priced_by_payer 1",
    ]
