"""What a new edition changes is told for the codes in scope first, and counted against the edition before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from encoder.store.edition_changes import Change, Counts, changes_of
from encoder.store.edition_writer import Watcher
from tests.formats import made
from tests.store.shelves import Shelves, later


def test_against_the_bundled_tables_only_what_they_hold_can_change(shelves: Shelves) -> None:
    report = shelves.pairs()
    assert report.before == ""
    assert report.counts is None
    assert report.changes == (
        Change("27365 over 27445", "indicator 1", "nothing"),
        Change("27646 over 27365", "indicator 0", "nothing"),
    )


def test_code_pairs_are_compared_in_scope_and_counted(shelves: Shelves) -> None:
    inside = [("27365", "20932", "", "20190101", "*", "1", "x")]
    shelves.pairs(made.ptp_parts() | made.ptp_parts({3: [*inside, *made.PTP[3:]]}))
    name = "medicare-ncci-2026q4-practitioner-ptp-edits-ccipra-v323r0-f{}"
    split = {
        1: [("0001A", "0591T", "", "20220101", "20231231", "1", "said otherwise")],
        2: made.PTP[:2],
        3: [("27365", "20932", "", "20190101", "*", "0", "x"), *later(made.PTP[3:], **{"27365_20240": "20260930"})],
        4: [("61592", "0213T", "", "20100701", "*", "0", "y"), ("61593", "0213T", "", "20100701", "*", "0", "y")],
    }
    report = shelves.pairs(made.ptp_parts(split, name))
    assert (report.before, report.kept_before) == ("ptp_practitioner-2026q3", 9)
    assert report.counts == Counts(new=1, gone=1, changed=2)
    assert report.changes == (Change("27365 over 20932", "indicator 1", "indicator 0"),)


def test_an_add_on_list_is_compared_by_its_rows_in_force(shelves: Shelves) -> None:
    shelves.file("AOC_V2026Q2-MCR.xlsx", made.aoc_xlsx())
    rows = [row for row in made.AOC if row[3] != "27646"] + [("1", "20932", "", "27445", "", "2026182", "", "")]
    report = shelves.file("AOC_V2026Q3-MCR.xlsx", made.aoc_xlsx(rows))
    assert report.changes == (Change("20932 with 27445", "nothing", "allowed"),)
    assert report.counts == Counts(1, 1, 0)


def test_a_code_that_an_edition_no_longer_lists_is_gone_though_an_older_edition_lists_it(shelves: Shelves) -> None:
    shelves.file("a.csv", made.fees_csv(made.fee_rows("33.4009"), title="2026 {} January Release", wide=True))
    rows = [row for row in made.fee_rows("33.4009") if row[0] != "27365"]
    report = shelves.file("b.csv", made.fees_csv(rows, title="2027 {} January Release", wide=True))
    assert Change("27365 work rvu", "32.21", "nothing") in report.changes
    assert {change.after for change in report.changes if change.about.startswith("27365")} == {"nothing"}


def test_values_are_compared_with_the_last_ones_before(shelves: Shelves) -> None:
    report = shelves.file("a.csv", made.fees_csv(made.fee_rows("33.4009"), title="2026 {} January Release", wide=True))
    assert report.changes == (Change("27365 work rvu", "31.40", "32.21"),)
    rows = [(*row[:4], "30.00", *row[5:]) for row in made.fee_rows("33.5000")]
    report = shelves.file("b.csv", made.fees_csv(rows, title="2027 {} January Release", wide=True))
    assert report.changes == (
        Change("20932 work rvu", "13.01", "30.00"),
        Change("27365 work rvu", "32.21", "30.00"),
        Change("all codes conversion factor", "33.4009", "33.5000"),
    )
    assert report.counts == Counts(0, 0, 3)


def test_diagnoses_and_procedures_are_valid_or_not(shelves: Shelves) -> None:
    report = shelves.file("icd10cm_order_2027.txt", made.order_file())
    assert report.changes == (Change("M84.551 Break through a tumour of the right femur", "valid", "not valid"),)
    report = shelves.file("icd10pcs_order_2027.txt", made.order_file(made.ICD_PCS))
    assert report.changes == (Change("0QRB0KZ Replacement of Right Lower Femur", "not valid", "valid"),)


def test_what_an_edition_changed_can_be_told_again_while_it_is_here_and_while_it_is_hidden(shelves: Shelves) -> None:
    shelves.file("MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", made.mue_csv())
    rows = [("20932", "2", *made.MUE[0][2:]), *made.MUE[1:]]
    report = shelves.file(made.MUE_NAME, made.mue_csv(rows))
    shelf = shelves.library.shelf
    again = changes_of(shelves.library, shelf.find("mue-2026q3"), Watcher())
    assert again == replace(report, replaces=False)
    assert again.changes == (Change("20932 mue practitioner", "1", "2"),)
    shelves.library.again()
    shelf.hide("mue-2026q3")
    assert changes_of(shelves.library, shelf.find("mue-2026q3"), Watcher()) == again
    assert changes_of(shelves.library, shelf.find("mue-2026q2"), Watcher()).before == ""


def test_a_list_of_changes_is_not_compared_with_another(shelves: Shelves) -> None:
    shelves.file("icd10cm_order_addenda_2026.txt", made.addenda())
    report = shelves.file("icd10cm_order_addenda_2027.txt", made.addenda().replace(b"_2026", b"_2027"))
    assert (report.id, report.before, report.counts) == ("icd10cm_changes-fy2027", "", None)


def test_the_edition_before_is_not_a_hidden_or_a_later_one(shelves: Shelves) -> None:
    for quarter in ("04-01-2026", "07-01-2026", "10-01-2026"):
        shelves.file(f"MCR_MUE_PractitionerServices_Eff_{quarter}.csv", made.mue_csv())
    shelves.library.shelf.hide("mue-2026q2")
    shelves.library.shelf.hide("mue-2026q3")
    report = shelves.file("MCR_MUE_PractitionerServices_Eff_08-01-2026.csv", made.mue_csv())
    assert (report.start, report.before) == (date(2026, 8, 1), "")
