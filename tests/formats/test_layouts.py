"""Each published layout is recognised by what it is and read row for row, with every quirk that it is known for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from encoder.formats import gpci, hcpcs, mue, pprrvu, ptp
from encoder.formats.layout import Read, Tally
from encoder.formats.recognise import Whole
from encoder.formats.sources import find
from encoder.formats.text import RefusedError
from encoder.store.edition_tables import HCPCS, KINDS, VALUES, Cell
from tests.formats import made
from tests.formats.made import put, read

CR, LF, CRLF = "\r", "\n", "\r\n"
LAYOUTS: dict[str, tuple[str, Callable[[], bytes], str, date | None]] = {
    "PPRRVU2025_Oct.csv": ("pfs", made.fees_csv, "csv", date(2025, 10, 1)),
    "PPRRVU2025_Oct.txt": ("pfs", made.fees_fixed, "fixed width", date(2025, 10, 1)),
    "GPCI2025.csv": ("gpci", made.gpci_csv, "csv", date(2025, 1, 1)),
    "GPCI2025.txt": ("gpci", made.gpci_fixed, "fixed width", date(2025, 1, 1)),
    "25LOCCO.csv": ("locality", made.counties_csv, "csv", date(2025, 1, 1)),
    "25LOCCO.txt": ("locality", made.counties_fixed, "fixed width", date(2025, 1, 1)),
    "ANES2025.csv": ("anesthesia", made.anesthesia_csv, "csv", date(2025, 1, 1)),
    "ANES2025.txt": ("anesthesia", made.anesthesia_fixed, "fixed width", date(2025, 1, 1)),
    "ccipra-v322r0-f1.TXT": ("ptp_practitioner", made.ptp_text, "tab-separated", date(2026, 7, 1)),
    "ccioph-v323r0-f4.txt": ("ptp_hospital", made.ptp_text, "tab-separated", date(2026, 10, 1)),
    made.MUE_NAME: ("mue", made.mue_csv, "csv", date(2026, 7, 1)),
    "AOC_V2026Q2-MCR.xlsx": ("aoc", made.aoc_xlsx, "xlsx", date(2026, 4, 1)),
    "AOC_V2026Q2-F-MCR.txt": ("aoc", made.aoc_fixed, "fixed width", date(2026, 4, 1)),
    "icd10cm_order_2026.txt": ("icd10cm", made.order_file, "order file", date(2025, 10, 1)),
    "icd10cm-codes-2026.txt": ("icd10cm", made.codes_file, "codes file", date(2025, 10, 1)),
    "icd10pcs_order_2026.txt": ("icd10pcs", lambda: made.order_file(made.ICD_PCS), "order file", date(2025, 10, 1)),
    "icd10cm_order_addenda_2026.txt": ("icd10cm_changes", made.addenda, "order addenda", date(2025, 10, 1)),
    "order_addenda_2026.txt": ("icd10pcs_changes", lambda: made.addenda("pcs"), "order addenda", date(2025, 10, 1)),
    "conversion.xlsx": ("icd10cm_replaced", made.conversion_xlsx, "xlsx", date(2025, 10, 1)),
    "HCPC2026_OCT_ANWEB.csv": ("hcpcs", made.hcpcs_csv, "csv", date(2026, 10, 1)),
    "HCPC2019_CONTR_ANWEB.txt": ("hcpcs", made.hcpcs_fixed, "fixed width", date(2019, 1, 1)),
    "Addendum B.csv": ("opps", made.opps_csv, "csv", date(2026, 7, 1)),
    "asc_addenda.csv": ("asc", made.asc_csv, "csv", date(2026, 7, 1)),
    "LONGULT.txt": ("cpt_licensed", lambda: made.cpt_file("LONGULT"), "tab-separated", None),
    "LONGULF.txt": ("cpt_licensed", lambda: made.cpt_file("LONGULF"), "fixed width", None),
    "MEDU.txt": ("cpt_licensed", lambda: made.cpt_file("MEDU"), "fixed width", None),
    "SHORTU.txt": ("cpt_licensed", lambda: made.cpt_file("SHORTU"), "fixed width", None),
}


def rows_of(folder: Path, name: str, data: bytes) -> list[tuple[Cell, ...]]:
    _, rows, tally = read(put(folder, name, data))
    assert tally.told == []
    return rows


def by_column(kind: str, row: tuple[Cell, ...]) -> dict[str, Cell]:
    return dict(zip(KINDS[kind].names, row, strict=True))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_recognised_and_none_of_its_rows_is_refused(tmp_path: Path, name: str) -> None:
    kind, make, form, start = LAYOUTS[name]
    layout, rows, tally = read(put(tmp_path, name, make()))
    assert (layout.kind, layout.form, layout.start) == (kind, form, start)
    assert rows
    assert tally.told == []
    if kind != "cpt_licensed":
        assert {len(row) for row in rows} == {len(KINDS[kind].columns)}


@pytest.mark.parametrize("name", [name for name, layout in LAYOUTS.items() if layout[0] not in ("anesthesia",)])
def test_a_layout_is_recognised_by_its_content_under_any_name(tmp_path: Path, name: str) -> None:
    kind, make, form, _ = LAYOUTS[name]
    layout, rows, _ = read(put(tmp_path, "download.dat", make()))
    assert (layout.kind or layout.asks[0].partition("_")[0], layout.form) == (
        kind if layout.kind else kind.partition("_")[0],
        form,
    )
    assert rows


@pytest.mark.parametrize("end", [CR, LF, CRLF], ids=["CR", "LF", "CRLF"])
def test_any_line_end_gives_the_same_rows(tmp_path: Path, end: str) -> None:
    def fees(end: str) -> bytes:
        return made.fees_csv(end=end)

    makers: list[Callable[[str], bytes]] = [
        fees,
        lambda end: made.fees_fixed(end=end),
        lambda end: made.ptp_text(end=end),
        lambda end: made.aoc_fixed(end=end),
        lambda end: made.order_file(end=end),
        lambda end: made.hcpcs_fixed(end=end),
    ]
    for number, make in enumerate(makers):
        assert rows_of(tmp_path, f"{number}.dat", make(end)) == rows_of(tmp_path, "plain.dat", make(LF))


def test_the_fee_schedule_is_the_same_in_both_layouts_and_never_has_the_descriptor(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "PPRRVU2025_Oct.csv", made.fees_csv())
    assert rows == rows_of(tmp_path, "PPRRVU2025_Oct.txt", made.fees_fixed())
    first, _, third = (by_column("pfs", row) for row in rows)
    assert (first["code"], first["work_rvu"], first["global_days"], first["pricing_ind"]) == (
        "20932",
        "13.01",
        "ZZZ",
        "",
    )
    assert (first["nonfacility_na"], first["facility_na"]) == ("NA", "")  # NA is a value, not a gap
    assert (third["modifier"], third["not_used"], third["endo_base"], third["imaging_family_ind"]) == (
        "26",
        "+",
        "72100",
        "88",
    )
    assert third["opps_mp"] == "0.01"
    assert not any("TEXT" in str(cell) for row in rows for cell in row)


def test_the_fee_schedule_of_2026_has_one_more_column(tmp_path: Path) -> None:
    path = put(tmp_path, "x.csv", made.fees_csv(made.fee_rows("33.4009"), title="2026 {} July Release", wide=True))
    layout, rows, tally = read(path)
    first = by_column("pfs", rows[0])
    assert (layout.start, first["pricing_ind"], first["conversion_factor"]) == (date(2026, 7, 1), "9", "33.4009")
    assert tally.facts == {"released": "2025-09-11", "conversion_factor": "33.4009"}
    assert [by_column("pfs", row)["endo_base"] for row in rows] == ["", "", "72100"]


@pytest.mark.parametrize(
    ("name", "start", "version"),
    [
        ("PPRRVU25_JAN.txt", date(2025, 1, 1), ""),
        ("PPRRVU2026_Jul_nonQPP.txt", date(2026, 7, 1), "nonqpp"),
        ("PPRRVU2026_Jul_QPP.txt", date(2026, 7, 1), "qpp"),
        ("rvu25b.txt", date(2025, 4, 1), ""),
        ("values.txt", None, ""),
    ],
)
def test_a_fee_schedule_without_a_title_has_its_date_from_its_name(
    tmp_path: Path, name: str, start: date | None, version: str
) -> None:
    layout, _, _ = read(put(tmp_path, name, made.fees_fixed()))
    assert (layout.start, layout.version) == (start, version)


def test_columns_are_found_by_their_captions_and_not_by_their_place(tmp_path: Path) -> None:
    lines = made.fees_csv().decode().splitlines()
    swapped = []
    for line in lines:
        cells = line.replace('"A TEXT, WITH A COMMA"', "TEXT").split(",")
        cells[5], cells[10] = cells[10], cells[5]
        swapped.append(",".join(cells))
    rows = rows_of(tmp_path, "x.csv", made.text(swapped))
    assert [by_column("pfs", row)["work_rvu"] for row in rows] == ["13.01", "32.21", "0.17"]
    without = [line.replace("GLOB", "", 1) for line in lines]
    with pytest.raises(RefusedError, match="the header has no column GLOBDAYS"):
        read(put(tmp_path, "y.csv", made.text(without)))


def test_two_conversion_factors_are_two_releases(tmp_path: Path) -> None:
    both = [*made.fee_rows("33.4009")[:1], *made.fee_rows("33.5675")[1:]]
    with pytest.raises(RefusedError, match=r"line 11: the conversion factor is 33\.5675, and above it is 33\.4009"):
        read(put(tmp_path, "x.csv", made.fees_csv(both)))


def spoiled(row: tuple[str, ...], place: int, value: str) -> tuple[str, ...]:
    return (*row[:place], value, *row[place + 1 :])


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        (0, "2093", "'2093' is no code of five characters"),
        (1, "LTRT", "'LTRT' is no modifier"),
        (2, "AX", "'AX' is no status code"),
        (4, "x", "WORKRVU is 'x', which is no figure"),
        (6, "no", "an NA indicator is neither empty nor NA"),
    ],
)
def test_a_row_of_the_fee_schedule_that_is_wrong_is_refused_by_its_line(
    tmp_path: Path, place: int, value: str, reason: str
) -> None:
    wrong = spoiled(made.FEE_ROWS[1], place, value)
    _, rows, tally = read(put(tmp_path, "x.csv", made.fees_csv([made.FEE_ROWS[0], wrong])))
    assert len(rows) == 1
    assert tally.told == [("x.csv", 11, reason)]


def test_a_record_of_the_fee_schedule_that_is_too_short_is_refused(tmp_path: Path) -> None:
    data = made.fees_fixed().replace(b"0.07   0.07   0.01", b"0.07")
    _, rows, tally = read(put(tmp_path, "x.txt", data))
    assert (len(rows), tally.told[0][2]) == (2, "the record has 157 characters instead of 171")


def test_locality_indices_keep_their_noughts_their_commas_and_lose_their_stars(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "GPCI2025.csv", made.gpci_csv())
    assert rows[1] == ("02102", "01", "AK", "ALASKA", "1.5", "", "1.081", "0.592")
    assert rows[2][3] == "HAWAII, GUAM"
    fixed = rows_of(tmp_path, "GPCI2025.txt", made.gpci_fixed())
    assert [row[:4] for row in fixed] == [row[:4] for row in rows]
    assert fixed[1][4:] == ("1.500", "", "1.081", "0.592")


def test_of_two_work_indices_the_one_with_the_floor_is_paid(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "GPCI2026.csv", made.gpci_csv(two_works=True, year=2026))
    assert rows[1][4:6] == ("1.5", "0.98")


def test_locality_indices_that_are_wrong_are_refused(tmp_path: Path) -> None:
    data = made.gpci_csv().replace(b"10112", b"1011X").replace(b"1.081", b"often")
    _, rows, tally = read(put(tmp_path, "x.csv", data))
    assert [row[0] for row in rows] == ["01212"]
    assert [(line, reason) for _, line, reason in tally.told] == [
        (4, "'1011X' and '00' are no contractor and locality"),
        (5, "an index is no figure"),
    ]
    with pytest.raises(RefusedError, match="line 5: the row does not have one index each"):
        read(put(tmp_path, "x.txt", made.gpci_fixed().replace(b"1.500       1.081", b"1.500      ")))


def test_counties_get_their_noughts_back_and_the_state_of_their_block(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "25LOCCO.csv", made.counties_csv())
    assert rows[:3] == [
        ("10112", "00", "STATEWIDE", "ALABAMA", "ALL COUNTIES"),
        ("01182", "18", "LOS ANGELES (LOS ANGELES CNTY)", "CALIFORNIA", "LOS ANGELES/ORANGE"),
        ("01112", "05", "SAN FRANCISCO (ALAMEDA CNTY)", "CALIFORNIA", "SAN FRANCISCO/ALAMEDA"),
    ]
    assert rows == rows_of(tmp_path, "25LOCCO.txt", made.counties_fixed())
    nameless = made.counties_fixed().replace(b"CALIFORNIA", b"          ")  # as published for 2025
    assert [row[3] for row in rows_of(tmp_path, "x.txt", nameless)] == ["ALABAMA", "", "", "KANSAS"]
    _, _, tally = read(put(tmp_path, "y.csv", made.counties_csv().replace(b"1182", b"118X2")))
    assert tally.told[0][2] == "'118X2' and '18' are no contractor and locality"


def test_anesthesia_factors_are_dollars_in_both_layouts(tmp_path: Path) -> None:
    path = put(tmp_path, "ANES2025.csv", made.anesthesia_csv())
    _, rows, tally = read(path)
    assert rows == [("10112", "00", "ALABAMA", "19.31"), ("02102", "01", "ALASKA", "27.86")]
    assert tally.facts == {"anesthesia_factor": "20.3178"}
    assert rows_of(tmp_path, "ANES2025.txt", made.anesthesia_fixed()) == rows
    data = made.anesthesia_csv().replace(b"19.31", b"dear").replace(b"02102", b"zero")
    _, rows, tally = read(put(tmp_path, "ANES2025.csv", data))
    assert (rows, [reason for _, _, reason in tally.told]) == (
        [],
        ["'dear' is no conversion factor", "'zero' and '01' are no contractor and locality"],
    )


def test_code_pairs_keep_their_days_their_repeats_and_their_open_end(tmp_path: Path) -> None:
    _, rows, tally = read(put(tmp_path, "ccipra-v322r0-f2.TXT", made.ptp_text()))
    assert rows[:4] == [
        ("20932", "11010", "2019-01-01", None, "1", 0, 0),
        ("20932", "20930", "2019-01-01", "2021-12-31", "0", 1, 0),
        ("20932", "20930", "2022-01-01", None, "0", 1, 0),
        ("27365", "20240", "1996-01-01", None, "1", 2, 1),
    ]
    assert list(tally.texts) == [made.PTP[0][6], made.PTP[1][6], made.PTP[3][6]]
    book = made.workbook([*made.PTP_HEAD, *made.PTP])
    assert rows_of(tmp_path, "ccipra-v322r0-f2.xlsx", book) == rows
    numbers = [[int(cell) if cell.isdecimal() else cell for cell in row] for row in made.PTP]
    anes = [[100, 10022, "", 20190101, "*", 1, "More extensive procedure"]]
    book = made.workbook([*made.PTP_HEAD, *anes, *numbers])
    rows = rows_of(tmp_path, "numbers.xlsx", book)
    assert rows[0][:3] == ("00100", "10022", "2019-01-01")  # a spreadsheet took the noughts


def test_parts_settings_and_versions_of_code_pairs_are_in_the_names(tmp_path: Path) -> None:
    for name, kind, start, part, version in (
        (
            "medicare-ncci-2024q3-practitioner-ptp-edits-ccipra-v302r0-f4.txt",
            "ptp_practitioner",
            date(2024, 7, 1),
            4,
            "",
        ),
        ("ccioph-v310r2-f1.txt", "ptp_hospital", date(2025, 1, 1), 1, "r2"),
        ("practitioner edits.txt", "ptp_practitioner", None, 0, ""),
    ):
        layout, _, _ = read(put(tmp_path, name, made.ptp_text()))
        assert (layout.kind, layout.start, layout.part, layout.version) == (kind, start, part, version)
    layout, _, _ = read(put(tmp_path, "edits.txt", made.ptp_text()))
    assert (layout.kind, layout.asks) == ("", ("ptp_practitioner", "ptp_hospital"))


def test_code_pairs_are_recognised_without_their_captions(tmp_path: Path) -> None:
    layout, rows, _ = read(put(tmp_path, "x.txt", made.text("\t".join(row) for row in made.PTP)))
    assert (layout.form, len(rows)) == ("tab-separated", 6)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("2093", "11010", "", "20190101", "*", "1", "x"), "'2093' is no code of five characters"),
        (("20932", "1101x", "", "20190101", "*", "1", "x"), "'1101x' is no code of five characters"),
        (("20932", "11010", "", "20190230", "*", "1", "x"), "'20190230' is no day such as 20180701"),
        (("20932", "11010", "", "*", "*", "1", "x"), "'*' is no day such as 20180701"),
        (("20932", "11010", "", "20190101", "2019", "1", "x"), "'2019' is no day such as 20180701"),
        (("20932", "11010", "", "20190101", "*", "2", "x"), "'2' is no modifier indicator; 0, 1 or 9 was expected"),
        (("20932", "11010", "", "20190101", "*", "1"), "the row has 6 cells instead of 7"),
    ],
)
def test_a_code_pair_that_is_wrong_is_refused_by_its_line(tmp_path: Path, row: tuple[str, ...], reason: str) -> None:
    _, rows, tally = read(
        put(tmp_path, "ccipra-v322r0-f1.TXT", made.ptp_text([made.PTP[0], row, ("",) * 7, made.PTP[1]]))
    )
    assert len(rows) == 2
    assert [(line, said) for _, line, said in tally.told] == [(8, reason)]


def test_unit_limits_are_read_under_their_notice_and_their_broken_header(tmp_path: Path) -> None:
    expected = [
        ("20932", 1, "2", "Date of Service Edit: Policy", "Code Descriptor / CPT Instruction"),
        ("27365", 1, "2", "Date of Service Edit: Policy", "Anatomic Consideration"),
        ("20999", 0, "1", "Line Edit", "Clinical: Data"),
        ("72170", 3, "3", "Date of Service Edit: Clinical", "Clinical: Data"),
    ]
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        assert rows_of(tmp_path, made.MUE_NAME, made.mue_csv(encoding=encoding)) == expected
    header = ("HCPCS/\nCPT Code", "Practitioner Services MUE Values", "MUE Adjudication Indicator", "MUE Rationale")
    numbers = [(int(code), int(units), *rest) for code, units, *rest in made.MUE]
    assert rows_of(tmp_path, "x.xlsx", made.workbook([(made.NOTICE,), header, *numbers])) == expected


@pytest.mark.parametrize(
    ("setting", "kind"),
    [
        ("Practitioner Services", "mue"),
        ("Outpatient Hospital Services", "mue_hospital"),
        ("DME Supplier Services", "mue_dme"),
        ("Somebody's", ""),
    ],
)
def test_the_setting_of_unit_limits_is_in_their_header(tmp_path: Path, setting: str, kind: str) -> None:
    layout, _, _ = read(put(tmp_path, "limits.csv", made.mue_csv(setting=setting)))
    assert (layout.kind, bool(layout.asks), layout.start) == (kind, not kind, None)


def test_unit_limits_that_are_wrong_are_refused(tmp_path: Path) -> None:
    wrong = [("2093", "1", "2 x", "r"), ("20932", "one", "2 x", "r"), ("20932", "1", "x", "r"), *made.MUE]
    _, rows, tally = read(put(tmp_path, made.MUE_NAME, made.mue_csv(wrong)))
    assert len(rows) == 4
    assert [reason for _, _, reason in tally.told] == [
        "'2093' is no code of five characters",
        "'one' is no number of units",
        "'x' is no adjudication indicator; it begins with 1, 2 or 3",
    ]


def test_add_on_edits_are_the_same_in_both_layouts_but_for_cut_notes(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "AOC_V2026Q2-MCR.xlsx", made.aoc_xlsx())
    assert rows[:3] == [
        ("20932", "27365", "2019-01-01", None, None, None, "1", ""),
        ("20932", "27646", "2019-01-01", None, None, "2020-12-31", "1", ""),
        ("20933", "27365", "2019-01-01", None, "2025-12-31", None, "1", made.LONG_NOTE),
    ]
    assert rows[3][1] == rows[6][1] == "*"
    assert [row[6] for row in rows] == ["1", "1", "1", "2", "3", "3", "3"]
    _, fixed, tally = read(put(tmp_path, "AOC_V2026Q2-F-MCR.txt", made.aoc_fixed()))
    assert [row[:-1] for row in fixed] == [row[:-1] for row in rows]
    assert fixed[2][-1] == made.LONG_NOTE[:58]
    assert tally.facts == {"notes": "cut at 58 characters"}
    assert tally.told == []


def test_add_on_edits_are_found_under_other_spellings_of_their_header(tmp_path: Path) -> None:
    days = ("AOC_EDIT_EFF_DT_JULIAN", "AOC_EDIT_DEL_DT_JULIAN", "NOTES")
    head = ("EDIT_TYPE", "ADDON_CODE", "AOC_DEL_DT_JULIAN", "PRIMARY_CODE", "PRIMARY_CODE_DEL_DT_JULIAN", *days)
    assert rows_of(tmp_path, "x.xlsx", made.aoc_xlsx(head=head)) == rows_of(tmp_path, "y.xlsx", made.aoc_xlsx())


def test_add_on_edits_that_are_wrong_are_refused(tmp_path: Path) -> None:
    wrong = [
        ("4", "20932", "", "27365", "", "2019001", "", ""),
        ("1", "2093", "", "27x", "", "2019001", "", ""),
        ("1", "20932", "", "27365", "", "2019366", "", ""),
        ("1", "20932", "", "27365", "", "soon", "", ""),
    ]
    _, rows, tally = read(put(tmp_path, "x.xlsx", made.aoc_xlsx([*wrong, *made.AOC])))
    assert len(rows) == 7
    assert [reason for _, _, reason in tally.told] == [
        "'4' is no edit type; 1, 2 or 3 was expected",
        "'2093' is no code of five characters",
        "'2019366' is no day such as 2019001",
        "'soon' is no day such as 2019001",
    ]
    _, rows, tally = read(put(tmp_path, "x.txt", made.aoc_fixed() + b"1 nothing of the kind\r\n\r\n"))
    assert (len(rows), len(tally.told)) == (7, 1)


def test_diagnosis_codes_have_their_point_and_say_whether_a_claim_may_carry_them(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "icd10cm_order_2026.txt", made.order_file())
    assert rows[0] == ("A00", 1, 0, "A disease", "A disease")
    assert rows[1] == ("A00.0", 2, 1, "A disease of the first kind", made.ICD_CM[1][3])
    assert [row[0] for row in rows] == ["A00", "A00.0", "C40.21", "QA0.0101", "S42.211A"]
    codes = rows_of(tmp_path, "icd10cm_codes_2026.txt", made.codes_file())
    assert [(row[0], row[2], row[3], row[4]) for row in codes] == [(row[0], 1, "", row[4]) for row in rows if row[2]]
    assert [row[0] for row in rows_of(tmp_path, "x.txt", made.order_file(made.ICD_PCS))] == ["0QR", "0QRB0KZ"]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("icd10cm-order-2025.txt", date(2024, 10, 1)),
        ("order.txt", None),
        ("icd10cm_order_2026_april.txt", date(2026, 4, 1)),
        ("FY26 order.txt", date(2025, 10, 1)),
    ],
)
def test_the_year_of_an_order_file_is_in_its_name(tmp_path: Path, name: str, start: date | None) -> None:
    assert read(put(tmp_path, name, made.order_file()))[0].start == start


def test_records_of_an_order_file_that_are_wrong_are_refused(tmp_path: Path) -> None:
    wrong = b"00006 1A2     1 " + b"x" * 60 + b" y\r\nsomething\r\n\r\n"
    _, rows, tally = read(put(tmp_path, "x.txt", made.order_file(made.ICD_CM * 2) + wrong))
    assert (len(rows), [reason for _, _, reason in tally.told]) == (
        10,
        [
            "'1A2' is no code of this system",
            "the record does not hold an order number, a code, a billable flag and two titles",
        ],
    )
    codes = made.codes_file(made.ICD_CM * 2)
    _, rows, tally = read(put(tmp_path, "codes.txt", codes + b"1A2     x\r\nnothing\r\n\r\n"))
    assert [reason for _, _, reason in tally.told] == [
        "'1A2' is no code of this system",
        "the record does not hold a code and its title",
    ]


def test_addenda_say_what_a_year_changes(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "icd10cm_order_addenda_2026.txt", made.addenda())
    assert rows[0] == (1, "delete", "B88.0", 1, "An old one", "An old one")
    assert [row[1] for row in rows] == ["delete", "add", "from", "to"]
    assert rows[3][4:] == ("Said better", "Said better")
    codes = rows_of(tmp_path, "icd10cm_codes_addenda_2026.txt", made.addenda(order=False))
    assert codes[1] == (2, "add", "B88.01", None, "", "A new one")
    pcs = rows_of(tmp_path, "order_addenda_2026.txt", made.addenda("pcs"))
    assert [row[2] for row in pcs] == ["0QRB0KZ", "00H033J", "6A4", "6A4"]


def test_addenda_that_count_otherwise_are_cut_or_mixed(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="it counts 2, 1, 1 additions, deletions and revisions, and lists 1, 1, 1"):
        read(put(tmp_path, "x.txt", made.addenda(additions=2)))


def test_a_line_of_addenda_that_is_wrong_is_refused(tmp_path: Path) -> None:
    data = made.addenda().replace(b"Add:         1 B8801   A new", b"Add:         1 B88,1   A new")
    _, rows, tally = read(put(tmp_path, "x.txt", data))
    assert (len(rows), tally.told[0][2]) == (3, "the record does not hold a code and its titles")


def test_the_conversion_table_gives_years_as_they_stand(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "x.xlsx", made.conversion_xlsx())
    assert rows == [("A04.71", "2017", "A04.7"), ("W45.3XXA", "October 1, 2018", "W45.8XXA")]
    head = ("Current code assignment", "Effective", "Previous Code(s) Assignment")
    _, rows, tally = read(put(tmp_path, "y.csv", made.table([head, ("4", "2017", "A"), ("A04.7", "", "A")])))
    assert (rows, [reason for _, _, reason in tally.told]) == (
        [],
        ["'4' is no ICD-10-CM code", "'A04.7' has no year or no previous code"],
    )


def test_level_two_codes_and_modifiers_are_the_same_in_both_layouts(tmp_path: Path) -> None:
    modifier, code = (by_column("hcpcs", row) for row in rows_of(tmp_path, "x.csv", made.hcpcs_csv()))
    assert (modifier["code"], modifier["record"], modifier["terminated"], modifier["action_effective"]) == (
        "JG",
        "modifier",
        "2024-12-31",  # before the last change, and kept so
        "2025-01-01",
    )
    assert (code["code"], code["record"], code["price"], code["coverage"]) == ("A0080", "code", "00 51", "I")
    fixed, other = (by_column("hcpcs", row) for row in rows_of(tmp_path, "x.txt", made.hcpcs_fixed()))
    assert fixed["title"] == "A ride in a car that belongs to somebody who wants nothing for it"
    assert (fixed["price"], fixed["coverage"], fixed["type_of_service"]) == ("00 51", "I", "D")
    assert (fixed["added"], fixed["action_effective"], fixed["action"]) == ("1982-01-01", "2003-01-01", "N")
    assert (other["code"], other["title"]) == ("AS", "A helper in the theatre")
    assert tuple(code)[1:] == HCPCS


def test_level_two_records_that_are_wrong_are_refused(tmp_path: Path) -> None:
    rows = [
        made.HCPCS_HEAD,
        made.hcpcs_row("A0080", "5", "x"),
        made.hcpcs_row("A00", "3", "x"),
        made.hcpcs_row("A01", "7", "x"),
        made.hcpcs_row("A0080", "3", "x", **{"ADD DT": "19820230"}),
    ]
    _, kept, tally = read(put(tmp_path, "x.csv", made.table(rows)))
    assert (kept, [reason for _, _, reason in tally.told]) == (
        [],
        [
            "'5' is no record id of a code or a modifier",
            "'A00' is no code of five characters",
            "'A01' is no modifier of two characters",
            "'19820230' is no day such as 20251001",
        ],
    )
    lines = made.hcpcs_fixed().decode().splitlines()
    lost = [lines[3], lines[6], "no record at all", lines[5][:200], lines[5]]
    _, kept, tally = read(put(tmp_path, "x.txt", made.text([*lost, *lines[3:]])))
    assert [reason for _, _, reason in tally.told] == [
        "'AS' goes on without having begun",
        "the record has no sequence number and record id",
        "the record has 200 characters instead of 292",
    ]
    missing = [name for name in made.HCPCS_HEAD if name != "BETOS"]
    with pytest.raises(RefusedError, match="the header has no column BETOS"):
        read(put(tmp_path, "y.csv", made.table([missing])))


def test_outpatient_rates_lose_dollar_signs_and_commas(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "Addendum B.csv", made.opps_csv()) == [
        ("20932", "N", "", "", "", "", ""),
        ("27365", "J1", "5115", "138.2103", "12866.82", "", "2573.37"),
    ]
    assert rows_of(tmp_path, "asc.csv", made.asc_csv()) == [
        ("27446", "J8", "N", "161.2103", "9050.51"),
        ("27447", "G2", "Y", "", ""),
    ]
    assert rows_of(
        tmp_path,
        "x.csv",
        made.table([("HCPCS Code", "SI", "APC", "Payment Rate"), ("0071T", "J1", "5414", "3,307.24")]),
    )


def test_the_quarter_of_an_addendum_may_stand_in_its_name(tmp_path: Path) -> None:
    data = made.table([("HCPCS Code", "SI", "APC", "Payment Rate"), ("0071T", "J1", "5414", "1")])
    assert read(put(tmp_path, "2026_February_Web_Addendum_B.12.29.25.csv", data))[0].start is None
    assert read(put(tmp_path, "February 2026 Web Addendum B.csv", data))[0].start == date(2026, 1, 1)


def test_rows_of_an_addendum_that_are_wrong_are_refused(tmp_path: Path) -> None:
    rows = [
        made.OPPS_HEAD,
        ("2", "", "N", *[""] * 6),
        ("20932", "", "?", *[""] * 6),
        ("20932", "", "N", "", "heavy", *[""] * 4),
    ]
    _, kept, tally = read(put(tmp_path, "x.csv", made.table(rows)))
    assert (kept, [reason for _, _, reason in tally.told]) == (
        [],
        ["'2' is no code of five characters", "'?' is no status indicator", "'heavy' is no figure"],
    )


def test_licensed_texts_are_told_apart_by_their_length(tmp_path: Path) -> None:
    for name, which, rank in (
        ("LONGULT", "long", 0),
        ("LONGUT", "long", 2),
        ("LONGULF", "long", 1),
        ("MEDU", "medium", 0),
        ("SHORTU", "short", 0),
    ):
        layout, rows, _ = read(put(tmp_path, f"{name}.txt", made.cpt_file(name)))
        assert (layout.version, layout.rank) == (which, rank)
        wanted = made.CPT["27365"][("long", "medium", "short").index(which)]
        assert rows[0] == ("27365", wanted.upper() if name == "LONGUT" else wanted)


def test_licensed_texts_that_are_wrong_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="a text has more than 28 characters among short ones"):
        read(
            put(
                tmp_path,
                "x.txt",
                made.cpt_file("SHORTU") + b"27365 short\r\n" * 6000 + b"27365 " + b"long " * 9 + b"\r\n",
            )
        )
    _, _, tally = read(put(tmp_path, "x.txt", made.cpt_file("SHORTU") + b"27365 short\r\n" * 6000 + b"?\r\n\r\n"))
    assert tally.told[0][2] == "the record does not hold a code and a text"
    pieces = made.cpt_file("LONGULF").decode().splitlines()
    many = [*pieces, *pieces[4:6] * 1000]
    with pytest.raises(RefusedError, match="record 3 of 27365 does not follow record 2"):
        read(put(tmp_path, "x.txt", made.text([*many, "2736503 then", "2736501 first", "2736503 third"])))
    _, _rows, tally = read(put(tmp_path, "x.txt", made.text([*many, "", "no record"])))
    assert tally.told[0][2] == "the record does not hold a code, a sequence number and a text"


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        (pprrvu.read_csv, "no row begins HCPCS, MOD, so this is no PPRRVU file"),
        (gpci.read_table, "no row names the columns contractor, state, locality number"),
        (hcpcs.read_table, "no row names the columns HCPC, SEQNUM and RECID"),
        (ptp.read_text, "no row begins with a code, so no edit is in it"),
        (mue.read, "no row names the columns code, units, adjudication indicator, rationale"),
    ],
)
def test_a_reader_that_is_given_another_table_refuses_it(tmp_path: Path, reader: Read, said: str) -> None:
    (source,) = find([put(tmp_path, "x.csv", b"one,two\n\nthree,four\n")])
    with Whole(source) as content, pytest.raises(RefusedError, match=said):
        list(reader(content, Tally()))


def test_empty_rows_are_passed_over(tmp_path: Path) -> None:
    for make in (made.fees_csv, made.hcpcs_csv):
        assert rows_of(tmp_path, "x.csv", make() + b"\r\n") == rows_of(tmp_path, "y.csv", make())
    assert rows_of(tmp_path, "ANES2025.txt", made.anesthesia_fixed().rstrip(b"\x1a") + b"\r\n") != []
    spoiled = made.anesthesia_fixed().rstrip(b"\x1a") * 2 + b"a note\r\n"
    _, _, tally = read(put(tmp_path, "ANES2025.txt", spoiled))
    assert tally.told[0][2] == "the record does not hold a contractor, a locality, a name and a factor"


def test_addenda_of_another_system_are_refused_by_their_line(tmp_path: Path) -> None:
    data = made.addenda("pcs").replace(b"00H033J ", b"00H033O ")
    _, rows, tally = read(put(tmp_path, "x.txt", data))
    assert (len(rows), tally.told) == (3, [("x.txt", 2, "'00H033O' is no code of this system")])


def test_more_refused_rows_than_are_told_are_still_counted() -> None:
    tally = Tally("x")
    for line in range(1000):
        tally.refuse(line, "no")
    assert (tally.refused, len(tally.told), tally.last) == (1000, 200, 999)


def test_the_columns_of_a_kind_begin_with_its_key() -> None:
    for kind in KINDS.values():
        assert kind.names[: len(kind.key)] == kind.key
        assert len(kind.label) <= 22
    assert KINDS["pfs"].names[2:] == VALUES
