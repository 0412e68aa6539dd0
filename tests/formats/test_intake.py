"""Files become editions, whole and dated, or nothing happens and one sentence says why."""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from encoder.errors import InputError, UsageError
from encoder.formats import cpt
from encoder.formats.cpt import columns
from encoder.formats.intake import bring
from encoder.formats.plan import UnsaidError, Wish, plan
from encoder.formats.recognise import UNKNOWN
from encoder.formats.sources import Limits
from encoder.formats.text import RefusedError
from encoder.store.edition_changes import Counts, Report
from encoder.store.edition_writer import CancelledError, Watcher
from encoder.store.library import Library
from tests.formats import made
from tests.formats.made import put
from tests.store.shelves import JULY, Shelves


def bundle() -> bytes:
    """A value bundle as it is published: four tables in two layouts each, and its layout as PDF."""
    return made.zipped(
        {
            "PPRRVU2025_Oct.csv": made.fees_csv(),
            "PPRRVU2025_Oct.txt": made.fees_fixed(),
            "GPCI2025.csv": made.gpci_csv(),
            "GPCI2025.txt": made.gpci_fixed(),
            "25LOCCO.csv": made.counties_csv(),
            "25LOCCO.txt": made.counties_fixed(),
            "ANES2025.csv": made.anesthesia_csv(),
            "ANES2025.txt": made.anesthesia_fixed(),
            "RVU25D.pdf": b"%PDF-1.7",
        }
    )


def test_a_bundle_becomes_an_edition_for_each_table_in_it(shelves: Shelves) -> None:
    path = shelves.put("rvu25d.zip", bundle())
    planned = plan([path])
    reports = bring(planned, shelves.library)
    assert [(r.id, r.start, r.until, r.read, r.kept, r.refused) for r in reports] == [
        ("pfs-2025-october", date(2025, 10, 1), date(2025, 12, 31), 3, 3, 0),
        ("gpci-2025", date(2025, 1, 1), date(2025, 12, 31), 3, 3, 0),
        ("locality-2025", date(2025, 1, 1), date(2025, 12, 31), 4, 4, 0),
        ("anesthesia-2025", date(2025, 1, 1), date(2025, 12, 31), 2, 2, 0),
    ]
    assert planned.passed[0] == ("rvu25d.zip > RVU25D.pdf", "a PDF, which no table is read from")
    assert planned.passed[1] == (
        "rvu25d.zip > PPRRVU2025_Oct.txt",
        "holds the same as PPRRVU2025_Oct.csv, which is read",
    )
    assert shelves.names == ["anesthesia-2025.db", "gpci-2025.db", "locality-2025.db", "pfs-2025-october.db"]
    held = shelves.library.shelf.find("pfs-2025-october")
    assert held.files == ("rvu25d.zip",)
    assert held.meta["fact:released"] == "2025-09-11"


def test_four_parts_are_one_edition_and_two_rows_of_one_key_are_both_kept(shelves: Shelves) -> None:
    report = shelves.pairs()
    assert (report.id, report.edition, report.read, report.kept) == ("ptp_practitioner-2026q3", "2026Q3", 8, 8)
    assert report.reaches_back_to == date(1996, 1, 1)
    assert len(report.files) == 4


def test_a_row_that_stands_there_twice_is_kept_once(shelves: Shelves) -> None:
    twice = [made.PTP[4], made.PTP[5], made.PTP[4], made.PTP[5], made.PTP[3], made.PTP[3]]
    report = shelves.pairs(
        made.ptp_parts(
            {
                1: twice[:0] or [made.PTP[0]],
                2: twice,
                3: [("30000", *made.PTP[0][1:])],
                4: [("40000", *made.PTP[0][1:])],
            }
        )
    )
    assert (report.read, report.kept, report.repeated) == (9, 6, 3)


def test_parts_may_lie_in_one_zip_and_as_workbooks_beside(shelves: Shelves) -> None:
    parts = made.ptp_parts()
    inner = dict(parts.items())
    inner["ccipra-v322r0-f2.xlsx"] = made.workbook([*made.PTP_HEAD, *made.PTP[:3]])
    path = shelves.put("all.zip", made.zipped(inner))
    planned = plan([path])
    (report,) = bring(planned, shelves.library)
    assert report.kept == 8
    assert planned.passed == (
        ("all.zip > ccipra-v322r0-f2.xlsx", "holds the same as ccipra-v322r0-f2.TXT, which is read"),
    )


@pytest.mark.parametrize(
    ("drop", "said"),
    [
        (
            [2],
            "Of the 4 parts of NCCI procedure-to-procedure edits, practitioner, 2026Q3 part 2 is missing; give all 4",
        ),
        ([1, 2, 4], "2026Q3 parts 1, 2 and 4 are missing; give all 4 together, an edition is imported whole."),
    ],
)
def test_missing_parts_are_named(shelves: Shelves, drop: list[int], said: str) -> None:
    parts = {name: data for name, data in made.ptp_parts().items() if not any(f"-f{part}." in name for part in drop)}
    with pytest.raises(InputError, match=re.escape(said)):
        shelves.pairs(parts)
    assert shelves.names == []


def test_parts_of_two_editions_are_a_mixture(shelves: Shelves) -> None:
    new = list(made.ptp_parts().items())[:3]
    old = list(made.ptp_parts(name="ccipra-v321r0-f{}").items())[3:]
    old = [("ccipra-v321r0-f4.txt", made.ptp_text(made.PTP[:1]))]
    with pytest.raises(
        InputError, match=r"^These parts are of different editions \(2026Q2: ccipra-v321r0-f4\.txt; 2026Q3: "
    ):
        shelves.pairs(dict([*new, *old]))


def test_two_whole_editions_at_once_are_two_editions(shelves: Shelves) -> None:
    old = {
        f"ccipra-v321r0-f{part}.txt": data
        for part, data in enumerate(
            (
                made.ptp_text([row])
                for row in (made.PTP[0], made.PTP[3], ("30000", *made.PTP[0][1:]), ("40000", *made.PTP[0][1:]))
            ),
            1,
        )
    }
    reports = shelves.bring(*(shelves.put(name, data) for name, data in {**made.ptp_parts(), **old}.items()))
    assert sorted(report.edition for report in reports) == ["2026Q2", "2026Q3"]


def test_parts_that_share_codes_are_not_of_one_edition(shelves: Shelves) -> None:
    parts = made.ptp_parts({1: made.PTP[:1], 2: made.PTP[1:2], 3: made.PTP[3:4], 4: [("40000", *made.PTP[0][1:])]})
    with pytest.raises(InputError, match=r"^ccipra-v322r0-f1\.TXT and ccipra-v322r0-f2\.TXT both hold edits of 20932"):
        shelves.pairs(parts)


def test_a_part_that_is_not_in_order_is_compared_by_its_codes(shelves: Shelves) -> None:
    parts = made.ptp_parts()
    parts |= made.ptp_parts({2: [made.PTP[0], ("20100", *made.PTP[0][1:]), made.PTP[1]]})
    assert shelves.pairs(parts).kept == 8
    parts |= made.ptp_parts({4: [("61592", *made.PTP[0][1:]), ("20500", *made.PTP[0][1:])]})
    with pytest.raises(InputError, match=r"both hold edits of 2"):
        shelves.pairs(parts)


def test_parts_without_numbers_are_taken_when_all_are_there(shelves: Shelves) -> None:
    rows = [made.PTP[0], made.PTP[3], ("30000", *made.PTP[0][1:]), ("40000", *made.PTP[0][1:])]
    paths = [shelves.put(f"edits {letter}.txt", made.ptp_text([row])) for letter, row in zip("abcd", rows, strict=True)]
    wish = Wish(JULY, "practitioner")
    with pytest.raises(InputError, match=r"^edits a\.txt does not say which of the 4 parts of NCCI"):
        shelves.bring(*paths[:3], wish=wish)
    (report,) = shelves.bring(*paths, wish=wish)
    assert (report.kept, report.edition) == (4, "2026Q3")


def test_a_setting_that_nothing_says_is_asked_for(shelves: Shelves) -> None:
    path = shelves.put("edits.txt", made.ptp_text())
    with pytest.raises(
        UnsaidError, match=r"^edits\.txt does not say its setting; name it with --setting practitioner"
    ) as told:
        plan([path], Wish(JULY))
    assert (told.value.asks, told.value.where) == ("setting", "edits.txt")
    (planned,) = plan([shelves.put("limits.csv", made.mue_csv(setting="Somebody's"))], Wish(JULY, "dme")).editions
    assert planned.kind.name == "mue_dme"


def test_a_first_day_that_nothing_says_is_asked_for(shelves: Shelves) -> None:
    path = shelves.put("limits.csv", made.mue_csv())
    with pytest.raises(
        UnsaidError, match=r"^limits\.csv does not say from when it holds; name the first day, for example --f"
    ) as told:
        plan([path])
    assert (told.value.asks, told.value.where) == ("start", "limits.csv")
    (planned,) = plan([path], Wish(JULY)).editions
    assert (planned.edition, planned.until) == ("2026Q3", date(2026, 9, 30))


def test_a_first_day_may_come_from_a_file_beside(shelves: Shelves) -> None:
    paths = [shelves.put("values.txt", made.fees_fixed()), shelves.put("PPRRVU2025_Oct.csv", made.fees_csv())]
    (planned,) = plan(paths).editions
    assert planned.start == date(2025, 10, 1)


def test_a_first_day_may_only_narrow_what_the_file_says(shelves: Shelves) -> None:
    path = shelves.put("GPCI2026.csv", made.gpci_csv(year=2026))
    (planned,) = plan([path], Wish(JULY)).editions
    assert (planned.edition, planned.start, planned.until) == ("2026 from 2026-07-01", JULY, date(2026, 12, 31))
    with pytest.raises(
        InputError, match=r"holds from 2026-01-01 to 2026-12-31, and --from says 2027-01-01; leave --from out"
    ):
        plan([path], Wish(date(2027, 1, 1)))


def test_what_is_no_table_is_refused_when_it_is_given_alone(shelves: Shelves) -> None:
    page = shelves.put("PPRRVU2026_Jul.csv", b"<html>")
    with pytest.raises(
        InputError, match=r"^PPRRVU2026_Jul\.csv: a web page under the name of a table; get the file itself"
    ):
        plan([page])
    with pytest.raises(
        InputError, match=r"^x\.zip holds no table that is read here \(a\.pdf: a PDF, which no table is"
    ):
        plan([shelves.put("x.zip", made.zipped({"a.pdf": b"%PDF", "b.csv": b"<html>"}))])
    with pytest.raises(InputError, match=r"^These archives are empty"):
        plan([shelves.put("y.zip", made.zipped({}))])
    broken = shelves.put("z.csv", b"one\ntwo\0")
    with pytest.raises(InputError, match=r"^z\.csv, line 2: a zero byte, so this is no text\.$"):
        plan([broken])


def test_a_folder_stands_for_the_tables_in_it(shelves: Shelves) -> None:
    shelves.put("readme.txt", b"nothing of use")
    with pytest.raises(InputError, match=r"^None of the 1 files in the folder is a table that is read here"):
        plan([shelves.drop])
    inner = shelves.drop / "2026 Q3"
    inner.mkdir()
    with pytest.raises(InputError, match=r"^The folder .*2026 Q3 holds no file"):
        plan([inner])
    for name, data in made.ptp_parts().items():
        put(inner, name, data)
    found = plan([shelves.drop])
    assert [one.kind.name for one in found.editions] == ["ptp_practitioner"]
    assert found.passed == (("readme.txt", UNKNOWN),)
    with pytest.raises(InputError, match=r"and what is in it are 5 files; give the folder of one publication"):
        plan([shelves.drop], limits=Limits(members=4))


def test_two_different_files_of_one_table_are_refused(shelves: Shelves) -> None:
    one = shelves.put("PPRRVU2025_Oct.csv", made.fees_csv())
    other = shelves.put("copy.csv", made.fees_csv(made.FEE_ROWS[:2]))
    with pytest.raises(
        InputError, match=r"are both Physician fee schedule relative value file, and they differ; give the"
    ):
        plan([one, other])
    assert len(plan([one, shelves.put("same.csv", made.fees_csv())]).editions) == 1


def test_rows_that_contradict_each_other_are_refused(shelves: Shelves) -> None:
    rows = [*made.MUE, ("20932", "2", "2 Date of Service Edit: Policy", "x")]
    with pytest.raises(
        InputError, match=r"^MCR_MUE\S+, line 12: 20932 stands a second time with other contents; two ed"
    ):
        shelves.file(made.MUE_NAME, made.mue_csv(rows))
    assert shelves.names == []


def test_refused_rows_are_counted_told_and_kept_in_mind(shelves: Shelves) -> None:
    rows = [*made.MUE, ("2", "1", "2 x", "y"), made.MUE[0]]
    report = shelves.file(made.MUE_NAME, made.mue_csv(rows))
    assert (report.read, report.kept, report.repeated, report.refused) == (6, 4, 1, 1)
    assert report.told == ((made.MUE_NAME, 12, "'2' is no code of five characters"),)
    (edition,) = [edition for edition in shelves.library.editions() if edition.table == "mue"]
    assert "1 rows could not be read and are missing." in edition.note


def test_a_file_with_too_many_refused_rows_or_none_is_no_edition(shelves: Shelves) -> None:
    rows = [("2", "1", "2 x", "y")] * 30 + list(made.MUE)
    with pytest.raises(InputError, match=r"^MCR_MUE\S+: 30 of 34 rows cannot be read \(line 8: '2' is no code of five"):
        shelves.file(made.MUE_NAME, made.mue_csv(rows))
    with pytest.raises(InputError, match=r"^MCR_MUE\S+ holds no row, so there is nothing to import"):
        shelves.file(made.MUE_NAME, made.mue_csv([]))
    with pytest.raises(InputError, match=r"^x\.csv, line 3: the quotation marks do not match"):
        shelves.file("x.csv", b'HCPCS Code,SI,APC,Payment Rate\n20932,N,,\n"20933,N,,\n', JULY)


def test_a_text_that_is_cut_in_a_row_is_refused(shelves: Shelves) -> None:
    whole = made.aoc_fixed()
    with pytest.raises(
        InputError, match=r"^AOC_V2026Q2-F-MCR\.txt ends in the middle of line 7, so it is cut; get it again"
    ):
        shelves.file("AOC_V2026Q2-F-MCR.txt", whole[:-80])
    report = shelves.file("AOC_V2026Q2-F-MCR.txt", whole[:-2])
    assert report.notes == (
        "The last line of AOC_V2026Q2-F-MCR.txt has no end; if the file is cut, that row is not whole.",
        "Notes are cut at 58 characters in this layout; the workbook holds them whole.",
    )
    parts = made.ptp_parts()
    name = list(parts)[3]
    parts[name] = made.zipped({"ccipra-v322r0-f4.txt": made.ptp_text([("61592", *made.PTP[0][1:])] * 3)[:-12]})
    with pytest.raises(InputError, match=r"f4\.txt: the text ends in the middle of its last row, so it is cut\.$"):
        shelves.pairs(parts)


def test_an_edition_that_shrank_by_half_looks_cut(shelves: Shelves) -> None:
    shelves.file("MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", made.mue_csv())
    path = shelves.put(made.MUE_NAME, made.mue_csv(made.MUE[:1]))
    with pytest.raises(
        UnsaidError, match=r"holds 1 rows, and mue-2026q2 before it 4; it looks cut: check it, and import it"
    ) as told:
        shelves.bring(path)
    assert (told.value.asks, told.value.where) == ("smaller", made.MUE_NAME)
    (report,) = shelves.bring(path, wish=Wish(smaller=True))
    assert report.counts == Counts(0, 3, 0)


def test_both_files_of_a_release_with_two_conversion_factors_are_one_edition(shelves: Shelves) -> None:
    title = "2026 {} July Release"
    both = {
        "PPRRVU2026_Jul_nonQPP.csv": made.fees_csv(made.fee_rows("33.4009"), title=title, wide=True),
        "PPRRVU2026_Jul_QPP.csv": made.fees_csv(made.fee_rows("33.5675"), title=title, wide=True),
    }
    shelves.file("rvu26c.zip", made.zipped(both))
    figures = {
        name: shelves.library.indicator("*", name, JULY) for name in ("conversion_factor", "conversion_factor_apm")
    }
    assert {name: figure and figure.value for name, figure in figures.items()} == {
        "conversion_factor": "33.4009",
        "conversion_factor_apm": "33.5675",
    }
    shelves.library.shelf.remove("pfs-2026-july")
    shelves.file("PPRRVU2026_Jul_QPP.csv", both["PPRRVU2026_Jul_QPP.csv"])
    assert shelves.library.indicator("*", "conversion_factor", JULY) is None
    assert shelves.library.factor(JULY) is None


def test_an_order_file_is_held_against_the_codes_file_beside_it(shelves: Shelves) -> None:
    files = {
        "icd10cm_order_2026.txt": made.order_file(),
        "icd10cm_codes_2026.txt": made.codes_file(),
        "icd10cm_order_addenda_2026.txt": made.addenda(),
        "icd10cm_codes_addenda_2026.txt": made.addenda(order=False),
    }
    reports = shelves.bring(shelves.put("cms_2026_dx.zip", made.zipped(files)))
    assert [(report.id, report.kept) for report in reports] == [("icd10cm-fy2026", 5), ("icd10cm_changes-fy2026", 4)]
    files["icd10cm_codes_2026.txt"] = made.codes_file(made.ICD_CM[:-1])
    with pytest.raises(
        InputError, match=r"codes_2026\.txt does not list the billable codes of the order file; two editions"
    ):
        shelves.bring(shelves.put("other.zip", made.zipped(files)))
    (report,) = shelves.bring(shelves.put("icd10pcs_codes_2026.txt", made.codes_file(made.ICD_PCS)))
    assert (report.id, report.kept) == ("icd10pcs-fy2026", 1)
    (report,) = shelves.bring(shelves.put("icd10pcs_order_2026.txt", made.order_file(made.ICD_PCS)))
    assert (report.replaces, report.counts) == (True, Counts(1, 0, 1))


def test_both_addenda_of_surgery_centres_are_one_edition(shelves: Shelves) -> None:
    beside = made.asc_csv().replace(
        b"Addendum AA -- Final ASC Covered Surgical Procedures", b"Addendum BB -- Final Others"
    )
    beside = beside.replace(b"27446", b"J1885").replace(b"27447", b"A9500")
    path = shelves.put("asc.zip", made.zipped({"AA.csv": made.asc_csv(), "BB.csv": beside, "AA.xlsx": asc_workbook()}))
    planned = plan([path])
    (report,) = bring(planned, shelves.library)
    assert (report.id, report.kept, len(report.files)) == ("asc-2026q3", 4, 2)
    assert planned.passed == (("asc.zip > AA.xlsx", "holds the same as AA.csv, which is read"),)


def asc_workbook() -> bytes:
    return made.workbook(list(csv.reader(made.asc_csv().decode().splitlines())))


def test_a_csv_is_preferred_to_a_workbook_of_the_same_values(shelves: Shelves) -> None:
    rows = list(csv.reader(made.fees_csv().decode().splitlines()))
    numbers = [
        [float(cell) if cell.replace(".", "", 1).isdecimal() and "." in cell else cell for cell in row] for row in rows
    ]
    files = {"PPRRVU2025_Oct.xlsx": made.workbook(numbers), "PPRRVU2025_Oct.csv": made.fees_csv()}
    planned = plan([shelves.put("rvu25d.zip", made.zipped(files))])
    assert [file.source.name for file in planned.editions[0].files] == ["PPRRVU2025_Oct.csv"]
    (report,) = shelves.bring(shelves.put("PPRRVU2025_Oct.xlsx", files["PPRRVU2025_Oct.xlsx"]))
    assert report.kept == 3


def test_licensed_texts_are_merged_by_their_code(shelves: Shelves) -> None:
    names = ("LONGULT", "LONGUT", "LONGULF", "MEDU", "SHORTU")
    path = shelves.put("cpt.zip", made.zipped({f"{name}.txt": made.cpt_file(name) for name in names}))
    with pytest.raises(InputError, match="does not say from when it holds"):
        plan([path])
    (report,) = shelves.bring(path, wish=Wish(date(2026, 1, 1)))
    assert (report.id, report.kept) == ("cpt_licensed-2026", 2)
    held = shelves.library.licensed("27365", JULY)
    assert held is not None
    assert (held.long, held.medium, held.short, held.text) == (*made.CPT["27365"], made.CPT["27365"][0])
    assert shelves.library.licensed("20999", JULY) is None
    assert shelves.library.official("27365", JULY) == held.text
    assert shelves.library.official("20999", JULY) is None
    assert shelves.library.licensed("27365", date(2025, 7, 1)) is None


def test_a_licensed_text_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(RefusedError, match="27365 stands twice with different long texts"):
        list(cpt.merged({"long": [(1, ("27365", "one")), (2, ("27365", "other"))]}))


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("code=A,long=C", [("CPT Code", "", "Text"), ("27365", "x", "One"), ("100", "x", "Two")]),
        (
            "code=CPT Code, long=Text",
            [("A title",), ("CPT Code", "", "Text"), ("27365", "x", "One"), ("100", "x", "Two")],
        ),
        ("code=AA,long=AB", [(*[""] * 26, code, say) for code, say in (("27365", "One"), ("100", "Two"))]),
    ],
)
def test_columns_of_another_layout_are_named(shelves: Shelves, words: str, rows: list[tuple[str, ...]]) -> None:
    wish = Wish(date(2026, 1, 1), columns=columns(words))
    for name, data in (("x.csv", made.table(rows)), ("x.xlsx", made.workbook(rows))):
        (report,) = shelves.bring(shelves.put(name, data), wish=wish)
        assert (report.kept, report.refused) == (2, 0)
        texts = [shelves.library.licensed(code, JULY) for code in ("27365", "00100")]
        assert [text and text.text for text in texts] == ["One", "Two"]


def test_columns_that_are_not_in_the_table_are_said(shelves: Shelves) -> None:
    path = shelves.put("x.csv", made.table([("Code", "Text"), ("27365", "One"), ("none", "x"), ("", "")]))
    for words, said in (("code=Kode,long=Text", "Kode"), ("code=D,long=A", "D")):
        with pytest.raises(InputError, match=rf"^x\.csv: no row has a code in the column '{said}'\.$"):
            shelves.bring(path, wish=Wish(JULY, columns=columns(words)))
    (report,) = shelves.bring(path, wish=Wish(JULY, columns=columns("code=A,short=B")))
    assert (report.kept, report.told) == (1, (("x.csv", 3, "'none' is no code of five characters"),))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("long=B", "does not name columns"),
        ("code=A,code=B", "does not name columns"),
        ("code=A,text=B", "does not name columns"),
        ("code=A,long=", "does not name columns"),
        ("code=A", "names no text; add one or more of"),
    ],
)
def test_columns_that_are_named_wrongly_are_said(words: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        columns(words)


def test_a_dry_run_reports_the_same_and_changes_nothing(shelves: Shelves) -> None:
    shelves.file("MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", made.mue_csv())
    before = {name: (shelves.folder / name).read_bytes() for name in shelves.names}
    path = shelves.put(made.MUE_NAME, made.mue_csv([("20932", "2", *made.MUE[0][2:]), *made.MUE[1:]]))
    dry = shelves.bring(path, dry=True)
    assert {name: (shelves.folder / name).read_bytes() for name in shelves.names} == before
    assert dry == shelves.bring(path)
    assert dry[0].counts == Counts(0, 0, 1)
    assert [(c.about, c.before, c.after) for c in dry[0].changes] == [("20932 mue practitioner", "1", "2")]


@pytest.mark.parametrize("agreed", [True, False])
def test_what_was_read_is_shown_before_it_counts_and_may_be_left(shelves: Shelves, agreed: bool) -> None:
    shown: list[str] = []

    def agree(reports: Sequence[Report]) -> bool:
        shown.extend(report.id for report in reports)
        assert [name for name in shelves.names if name[0] != "."] == []
        return agreed

    with contextlib.nullcontext() if agreed else pytest.raises(CancelledError):
        shelves.bring(shelves.put(made.MUE_NAME, made.mue_csv()), watcher=Watcher(agreed=agree))
    assert shown == ["mue-2026q3"]
    assert shelves.names == (["mue-2026q3.db"] if agreed else [])


def brought(shelves: Shelves, paths: list[Path], after: int) -> bool:
    """Whether an import ends that is cancelled when it has asked so many times whether to go on."""
    asked = count()
    try:
        shelves.bring(*paths, watcher=Watcher(cancelled=lambda: next(asked) >= after))
    except CancelledError:
        return False
    return True


def test_progress_is_told_and_cancelling_leaves_everything_as_it_was(shelves: Shelves) -> None:
    seen: list[tuple[str, int, int]] = []
    path = shelves.put(made.MUE_NAME, made.mue_csv())
    shelves.bring(path, watcher=Watcher(lambda *one: seen.append(one)))
    size = path.stat().st_size
    assert ("reading NCCI medically unlikely edits, practitioner 2026Q3", size, size) in seen
    assert ("verifying", 0, 0) in seen
    before = {name: (shelves.folder / name).read_bytes() for name in shelves.names}
    other, stops = shelves.put("GPCI2025.csv", made.gpci_csv()), 0
    while not brought(shelves, [path, other], after=stops):  # at the first question, then at the second, and so on
        assert {name: (shelves.folder / name).read_bytes() for name in shelves.names} == before
        stops += 1
    assert stops > 5
    assert str(CancelledError()) == "Cancelled; the editions are as they were."


def test_without_a_folder_nothing_is_imported(shelves: Shelves) -> None:
    library = Library.open(shelves.database)
    with pytest.raises(UsageError, match="No folder is set for imported editions"):
        bring(plan([shelves.put(made.MUE_NAME, made.mue_csv())]), library)
    library.close()
