"""Small files in the published layouts, written here: the shape of the real ones, none of their rows or texts."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from encoder.formats.layout import Layout, Tally
from encoder.formats.recognise import Whole, recognise
from encoder.formats.sources import Source, find
from encoder.store.edition_tables import Cell

Row = Sequence[object]
CRLF = "\r\n"


def text(lines: Iterable[str], end: str = CRLF) -> bytes:
    return "".join(line + end for line in lines).encode()


def table(rows: Iterable[Row], end: str = CRLF) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows(rows)
    return out.getvalue().encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def gz(data: bytes) -> bytes:
    return gzip.compress(data)


_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(
    rows: Iterable[Row],
    *,
    inline: bool = False,
    prefix: str = "",
    names: bool = True,
    target: str = "worksheets/sheet1.xml",
) -> bytes:
    """A workbook with one sheet: texts shared or inline, a prefix on every element, cells with or without names.

    Numbers are written as numbers, so that 100 for 00100 has lost its noughts as in a spreadsheet.
    """
    p = f"{prefix}:" if prefix else ""
    space = f'xmlns{":" + prefix if prefix else ""}="{_MAIN}"'
    shared: dict[str, int] = {}
    made = []
    for number, row in enumerate(rows, 1):
        cells = []
        for place, value in enumerate(row):
            if value in ("", None):
                if not names:
                    cells.append(f"<{p}c/>")
                continue
            name = f' r="{_letters(place)}{number}"' if names else ""
            if isinstance(value, (int, float)):
                cells.append(f"<{p}c{name}><{p}v>{value}</{p}v></{p}c>")
            elif inline:
                cells.append(f'<{p}c{name} t="inlineStr"><{p}is><{p}t>{escape(str(value))}</{p}t></{p}is></{p}c>')
            else:
                at = shared.setdefault(str(value), len(shared))
                cells.append(f'<{p}c{name} t="s"><{p}v>{at}</{p}v></{p}c>')
        made.append(f"<{p}row{f' r={chr(34)}{number}{chr(34)}' if names else ''}>{''.join(cells)}</{p}row>")
    strings = "".join(
        f"<{p}si><{p}r><{p}t>{escape(say[:1])}</{p}t></{p}r><{p}r><{p}t>{escape(say[1:])}</{p}t></{p}r>"
        f"<{p}rPh><{p}t>read aloud</{p}t></{p}rPh></{p}si>"
        for say in shared
    )
    return zipped(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "xl/workbook.xml": (
                f'<{p}workbook {space} xmlns:r="{_RELATED}"><{p}sheets><{p}sheet name="S" sheetId="1" r:id="rId7"/>'
                f"</{p}sheets></{p}workbook>"
            ).encode(),
            "xl/_rels/workbook.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="rId7" Type="{_RELATED}/worksheet" Target="{target}"/>'
                f'<Relationship Id="rId8" Type="{_RELATED}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
                "</Relationships>"
            ).encode(),
            "xl/worksheets/sheet1.xml": (
                f"<{p}worksheet {space}><{p}sheetData>{''.join(made)}</{p}sheetData></{p}worksheet>"
            ).encode(),
            "xl/sharedStrings.xml": f"<{p}sst {space}>{strings}</{p}sst>".encode(),
        }
    )


def _letters(place: int) -> str:
    return ("" if place < 26 else chr(64 + place // 26)) + chr(65 + place % 26)


# --- physician fee schedule -------------------------------------------------------------------------------------------

FEE_CAPTIONS = (  # the captions of 31 columns, stacked over five rows as in the published file
    ("", "", "", "", "HCPCS"),
    ("", "", "", "", "MOD"),
    ("", "", "", "", "DESCRIPTION"),
    ("", "", "", "STATUS", "CODE"),
    ("", "NOT USED", "FOR", "MEDICARE ", "PAYMENT"),
    ("", "", "", "WORK", "RVU"),
    ("", "", "", "NON-FAC", "PE RVU"),
    ("", "", "NON-FAC", "NA", "INDICATOR"),
    ("", "", "", "FACILITY", "PE RVU"),
    ("", "", "FACILITY ", "NA", "INDICATOR"),
    ("", "", "", "MP", "RVU"),
    ("", "", "", "NON-FACILITY", "TOTAL"),
    ("", "", "", "FACILITY", "TOTAL"),
    ("", "", "", "PCTC", "IND"),
    ("", "", "", "GLOB", "DAYS"),
    ("", "", "", "PRE", "OP"),
    ("", "", "", "INTRA", "OP"),
    ("", "", "", "POST", "OP"),
    ("", "", "", "MULT", "PROC"),
    ("", "", "", "BILAT", "SURG"),
    ("", "", "", "ASST", "SURG"),
    ("", "", "", "CO-", "SURG"),
    ("", "", "", "TEAM", "SURG"),
    ("", "", "", "ENDO", "BASE"),
    ("", "", "", "CONV", "FACTOR"),
    ("", "PHYSICIAN", "SUPERVISION OF", "DIAGNOSTIC", "PROCEDURES"),
    ("", "", "", "CALCULATION", "FLAG"),
    ("", "DIAGNOSTIC", "IMAGING", "FAMILY", "INDICATOR"),
    ("NON-FACILITY", "PE USED", "FOR OPPS", "PAYMENT", "AMOUNT"),
    ("FACILITY", "PE USED", "FOR OPPS", "PAYMENT", "AMOUNT"),
    ("", "MP USED", "FOR OPPS", "PAYMENT", "AMOUNT"),
)
PRICING = ("", "", "", "PRIC", "IND")
FEE_ROWS = (
    # code, mod, status, not used, work, nf pe, nf na, f pe, f na, mp, nf total, f total, pctc, days, pre, intra, post,
    # mult, bilat, asst, co, team, pric, endo, cf, supervision, flag, family, opps x 3
    (
        "20932",
        "",
        "A",
        "",
        "13.01",
        "6.89",
        "NA",
        "6.89",
        "",
        "2.66",
        "22.56",
        "22.56",
        "0",
        "ZZZ",
        "0.00",
        "0.00",
        "0.00",
        "0",
        "0",
        "2",
        "1",
        "0",
        "9",
        "",
        "32.3465",
        "09",
        "0",
        "99",
        "0.00",
        "0.00",
        "0.00",
    ),
    (
        "27365",
        "",
        "A",
        "",
        "32.21",
        "21.06",
        "NA",
        "21.06",
        "",
        "6.42",
        "59.69",
        "59.69",
        "0",
        "090",
        "0.10",
        "0.69",
        "0.21",
        "2",
        "1",
        "2",
        "1",
        "0",
        "9",
        "",
        "32.3465",
        "09",
        "0",
        "99",
        "0.00",
        "0.00",
        "0.00",
    ),
    (
        "72170",
        "26",
        "R",
        "+",
        "0.17",
        "0.07",
        "",
        "0.07",
        "",
        "0.01",
        "0.25",
        "0.25",
        "1",
        "XXX",
        "0.00",
        "0.00",
        "0.00",
        "0",
        "3",
        "0",
        "0",
        "0",
        "9",
        "72100",
        "32.3465",
        "09",
        "0",
        "88",
        "0.07",
        "0.07",
        "0.01",
    ),
)


def fee_rows(factor: str = "32.3465") -> list[tuple[str, ...]]:
    return [(*row[:24], factor, *row[25:]) for row in FEE_ROWS]


def fees_csv(
    rows: Iterable[Sequence[str]] = FEE_ROWS,
    *,
    title: str = "2025 {} October Release",
    wide: bool = False,
    end: str = CRLF,
) -> bytes:
    """PPRRVU as csv, 31 columns to 2025, 32 (``wide``) from 2026; ``{}`` in the title is the name of the schedule."""
    captions = [*FEE_CAPTIONS[:23], PRICING, *FEE_CAPTIONS[23:]] if wide else list(FEE_CAPTIONS)
    blank = [""] * (len(captions) - 3)
    head = [
        ["", "", title.format("National Physician Fee Schedule Relative Value File"), *blank],
        ["", "", "Numbers alone are in this file; a notice stands here.", *blank],
        ["", "", " ", *blank],
        ["", "", "RELEASED 09/11/2025", *blank],
        *([caption[level] for caption in captions] for level in range(5)),
    ]
    body = [[*row[:2], "A TEXT, WITH A COMMA", *row[2:22], *row[22 : 23 if wide else 22], *row[23:]] for row in rows]
    return table([*head, *body], end)


def fees_fixed(rows: Iterable[Sequence[str]] = FEE_ROWS, end: str = CRLF) -> bytes:
    """PPRRVU as text of 171 characters a record, under lines that begin HDR."""
    lines = ["HDR NUMBERS ALONE ARE IN THIS FILE               ", "HDR                                               "]
    for row in rows:
        short = [figure[1:] if figure.startswith("0.") and len(figure) == 4 else figure for figure in row]
        record = [" "] * 171
        for cell, first, last, right in (
            *((row[0], 1, 5, False), (row[1], 6, 7, False), ("SOME TEXT", 8, 57, False), (row[2], 58, 58, False)),
            *((row[3], 59, 59, False), (row[4], 60, 65, True), (row[5], 67, 72, True), (row[6], 73, 74, False)),
            *((row[7], 76, 81, True), (row[8], 82, 83, False), (row[9], 85, 89, True), (row[10], 91, 96, True)),
            *((row[11], 97, 102, True), (row[12], 103, 103, False), (row[13], 104, 106, False)),
            *((short[14], 107, 109, True), (short[15], 110, 112, True), (short[16], 113, 115, True)),
            *((row[17], 116, 116, False), (row[18], 117, 117, False), (row[19], 118, 118, False)),
            *((row[20], 119, 119, False), (row[21], 120, 120, False), (row[23], 128, 132, False)),
            *((row[24], 133, 140, True), (row[25], 142, 143, False), (row[26], 144, 144, False)),
            *(
                (row[27], 146, 147, False),
                (row[28], 152, 157, True),
                (row[29], 159, 164, True),
                (row[30], 166, 171, True),
            ),
        ):
            width = last - first + 1
            record[first - 1 : last] = cell.rjust(width) if right else cell.ljust(width)
        lines.append("".join(record))
    return text(lines, end)


# --- localities -------------------------------------------------------------------------------------------------------

LOCALITIES = (
    ("10112", "AL", "00", "ALABAMA", "1", "0.869", "0.575"),
    ("02102", "AK", "01", "ALASKA*", "1.5", "1.081", "0.592"),
    ("01212", "HI", "01", "HAWAII, GUAM", "1", "1.149", "0.561"),
)


def gpci_csv(*, two_works: bool = False, year: int = 2025) -> bytes:
    work = [f"{year} PW GPCI (without 1.0 Floor)"] if two_works else []
    blank = [""] * (7 + two_works)
    return table(
        [
            [f"ADDENDUM E. FINAL CY {year} GEOGRAPHIC PRACTICE COST INDICES (GPCIs)", *blank[1:]],
            blank,
            [
                "Medicare Administrative Contractor (MAC)",
                "State",
                "Locality Number",
                "Locality Name",
                *work,
                f"{year} PW GPCI (with 1.0 Floor)***",
                f"{year} PE GPCI",
                f"{year} MP GPCI",
            ],
            *([*row[:4], *(["0.98"] if two_works else []), *row[4:]] for row in LOCALITIES),
            ["MAC Assignments as of November 22, 2023", *blank[1:]],
            blank,
            ["*A note that holds, of all things, a comma.", *blank[1:]],
        ]
    )


def gpci_fixed(year: int = 2025) -> bytes:
    rows = [
        f"{mac:<16}{state:<8}{number:<5}{name:<92}{float(work):<12.3f}{float(pe):<12.3f}{float(mp):.3f}"
        for mac, state, number, name, work, pe, mp in LOCALITIES
    ]
    return text(
        [
            f"ADDENDUM E. FINAL CY {year} GEOGRAPHIC PRACTICE COST INDICES (GPCIs)",
            "",
            f"Medicare Admi State  Locality   Locality Name    {year} PW GPCI{year} PE GPCI{year} MP GPCI",
            *rows,
            "MAC Assignments as of November 22, 2023",
        ]
    )


COUNTIES = (
    ("10112", "00", "ALABAMA", "STATEWIDE", "ALL COUNTIES"),
    ("01182", "18", "CALIFORNIA", "LOS ANGELES (LOS ANGELES CNTY)", "LOS ANGELES/ORANGE"),
    ("01112", "05", "", "SAN FRANCISCO (ALAMEDA CNTY)", "SAN FRANCISCO/ALAMEDA"),
    ("05202", "00", "KANSAS", "STATEWIDE*", "ALL COUNTIES"),
)


def counties_csv() -> bytes:
    rows: list[Row] = [
        ["COUNTIES INCLUDED IN 2025 LOCALITIES. (ALPHABETICALLY BY STATE)", "", "", "", ""],
        [""] * 5,
        ["Medicare Adminstrative Contractor", "Locality Number", "State ", "Fee Schedule Area ", "Counties"],
    ]
    for mac, locality, state, area, counties in COUNTIES:
        rows += [[""] * 5] if state else []
        rows.append([str(int(mac)), str(int(locality)), f"{state} " if state else "", f"{area} ", f"{counties} "])
    return table([*rows, [""] * 5, ["*  Payment locality is serviced by two carriers.", "", "", "", ""]])


def counties_fixed() -> bytes:
    lines = [
        "COUNTIES INCLUDED IN 2025 LOCALITIES. (ALPHABETICALLY BY STATE)",
        "",
        "Medicare AdmiLocality    State",
        "",
    ]
    for mac, locality, state, area, counties in COUNTIES:
        lines += [f"    {mac:<12}{locality:<6}{state:<23}{area:<98}{counties}"]
        lines += [""] if state != "CALIFORNIA" else []
    return text([*lines, "", "*  Payment locality is serviced by two carriers."])


def anesthesia_csv() -> bytes:
    rows = [("10112 ", "00 ", "ALABAMA", "19.31 "), ("02102 ", "01 ", "ALASKA*", "27.86 ")]
    return table([("Contractor", "Locality", "Locality Name", "National Anes CF of 20.3178"), *rows, ("", "", "", "")])


def anesthesia_fixed() -> bytes:
    lines = [
        f"{mac:<12}{number:<6}{name:<53}{cents}"
        for mac, number, name, cents in (("10112", "00", "ALABAMA", "1931"), ("02102", "01", "ALASKA", "2786"))
    ]
    return text(lines) + b"\x1a"


# --- NCCI -------------------------------------------------------------------------------------------------------------

PTP_HEAD = (
    ("A notice: numbers only.", "", "", "", "", "", ""),
    ("Column1/Column2 Edits", "", "", "", "", "", ""),
    ("Column 1", "Column 2", "*=in existence", "Effective", "Deletion", "Modifier", "PTP Edit Rationale"),
    ("", "", "prior to 1996", "Date", "Date", "0=not allowed", ""),
    ("", "", "", "", "*=no data", "1=allowed", ""),
    ("", "", "", "", "", "9=not applicable", ""),
)
PTP = (
    ("20932", "11010", "", "20190101", "*", "1", "More extensive procedure"),
    ("20932", "20930", "", "20190101", "20211231", "0", "Mutually exclusive procedures"),
    ("20932", "20930", "", "20220101", "*", "0", "Mutually exclusive procedures"),
    ("27365", "20240", "*", "19960101", "*", "1", "Standards of medical/surgical practice"),
    ("27365", "27364", "", "20190101", "20190101", "9", "Mutually exclusive procedures"),
    ("27365", "27364", "", "20190101", "20190101", "9", "More extensive procedure"),
)
PTP_NAME = "medicare-ncci-2026q3-practitioner-ptp-edits-ccipra-v322r0-f{}"


def ptp_text(rows: Iterable[Sequence[str]] = PTP, end: str = CRLF) -> bytes:
    return text(["\t".join(row) for row in (*PTP_HEAD, *rows)], end)


def ptp_parts(split: Mapping[int, Sequence[Sequence[str]]] | None = None, name: str = PTP_NAME) -> dict[str, bytes]:
    """The four zipped parts of an edition, by file name; the names of the texts change case as the real ones do."""
    parts = split or {
        1: [("0001A", "0591T", "", "20220101", "20231231", "1", "CPT Manual or CMS manual coding instruction")],
        2: PTP[:3],
        3: PTP[3:],
        4: [("61592", "0213T", "", "20100701", "*", "0", "Misuse of Column Two code with Column One code")],
    }
    inner = "ccipra-" + name.partition("ccipra-")[2]
    return {
        f"{name.format(part)}.zip": zipped({f"{inner.format(part)}.{'TXT' if part < 3 else 'txt'}": ptp_text(rows)})
        for part, rows in parts.items()
    }


NOTICE = "Numbers only are in this file.\n\nCPT® is a mark of its owner.\n\nA last line, with a comma."
MUE = (
    ("20932", "1", "2 Date of Service Edit: Policy", "Code Descriptor / CPT Instruction"),
    ("27365", "1", "2 Date of Service Edit: Policy", "Anatomic Consideration"),
    ("20999", "0", "1 Line Edit", "Clinical: Data"),
    ("72170", "3", "3 Date of Service Edit: Clinical", "Clinical: Data"),
)


def mue_csv(rows: Iterable[Row] = MUE, setting: str = "Practitioner Services", encoding: str = "utf-8") -> bytes:
    header = ("HCPCS/\nCPT Code", f"{setting} MUE Values", "MUE Adjudication Indicator", "MUE Rationale")
    return table([(NOTICE, "", "", ""), header, *rows]).decode().encode(encoding)


MUE_NAME = "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"
AOC_HEAD = (
    "AOC_Edit_Type",
    "Add-On_Code",
    "AOC_DelDT",
    "Primary_Code",
    "Primary_Code_DelDT",
    "AOC_Edit_EffDT",
    "AOC_Edit_DelDT",
    "Special_Instruction_Notes",
)
LONG_NOTE = "A note that goes on for far more than fifty-eight characters, as some of the published do"
AOC = (
    ("1", "20932", "", "27365", "", "2019001", "", ""),
    ("1", "20932", "", "27646", "2020366", "2019001", "", ""),
    ("1", "20933", "2025365", "27365", "", "2019001", "", LONG_NOTE),
    ("2", "20985", "", "CCCCC", "", "2013091", "", "Contractor Defined Primary Codes"),
    ("3", "20700", "", "11010", "", "2020001", "2022365", ""),
    ("3", "20700", "", "11010", "", "2023001", "", ""),
    ("3", "20700", "", "CCCCC", "", "2023001", "", ""),
)


def aoc_xlsx(rows: Iterable[Row] = AOC, head: Row = AOC_HEAD) -> bytes:
    return workbook([("A notice in one merged cell.",), head, *rows])


def aoc_fixed(rows: Iterable[Sequence[str]] = AOC, end: str = CRLF) -> bytes:
    return text(
        [
            f"{kind}{code:<5}{gone:<7}{primary:<5}{out:<7}{start:<7}{stop:<7}{note[:58]:<58}"
            for kind, code, gone, primary, out, start, stop, note in rows
        ],
        end,
    )


# --- ICD-10 -----------------------------------------------------------------------------------------------------------

ICD_CM = (
    ("A00", "0", "A disease", "A disease"),
    ("A000", "1", "A disease of the first kind", "A disease of the first kind, in many more words than that"),
    ("C4021", "1", "A tumour of the right leg", "A tumour of the long bones of the right leg"),
    ("QA00101", "1", "A code whose second letter is a letter", "A code whose second character is a letter"),
    ("S42211A", "1", "A break, first visit", "A break of the upper humerus, first visit"),
)
ICD_PCS = (
    ("0QR", "0", "Bones, Replacement", "Lower Bones, Replacement"),
    ("0QRB0KZ", "1", "Replace R Low Femur, Open", "Replacement of Right Lower Femur, Open Approach"),
)


def order_file(rows: Iterable[Sequence[str]] = ICD_CM, end: str = CRLF) -> bytes:
    return text(
        [
            f"{number:05d} {code:<7} {flag} {short:<60} {title}"
            for number, (code, flag, short, title) in enumerate(rows, 1)
        ],
        end,
    )


def codes_file(rows: Iterable[Sequence[str]] = ICD_CM, end: str = CRLF) -> bytes:
    return text([f"{code:<7} {title}" for code, flag, _, title in rows if flag == "1"], end)


def addenda(system: str = "cm", *, order: bool = True, additions: int = 1) -> bytes:
    """What a year changes, and its count."""
    codes = ("B880", "B8801", "L02212") if system == "cm" else ("0QRB0KZ", "00H033J", "6A4")
    flag = "1 " if order and system == "cm" else ""

    def line(action: str, code: str, title: str) -> str:
        titles = f"{title[:50]:<60} {title}" if order else title
        return f"{action + ':':<13}{flag}{code:<7} {titles}"

    return text(
        [
            line("Delete", codes[0], "An old one"),
            line("Add", codes[1], "A new one"),
            line("Revise from", codes[2], "Said so"),
            line("Revise to", codes[2], "Said better"),
            "",
            "Codes",
            f"  74260 codes in icd10{system}_order_2025.txt",
            f"  74719 codes in icd10{system}_order_2026.txt",
            f"    {additions:>4} additions",
            "       1 deletions",
            "       1 revisions",
            "of which",
            "       1 revisions to both long and short titles",
        ]
    )


def conversion_xlsx() -> bytes:
    return workbook(
        [
            ("A notice: this FY 2026 (October 1, 2025 Update) table is made here.",),
            ("Current code assignment", "Effective", "Previous Code(s) Assignment"),
            ("A04.71", 2017, "A04.7"),
            ("W453XXA", "October 1, 2018", "W45.8XXA"),
            ("", "", ""),
        ]
    )


# --- HCPCS, OPPS, ASC, CPT --------------------------------------------------------------------------------------------

HCPCS_HEAD = (
    *("HCPC", "SEQNUM", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION", "PRICE1", "PRICE2", "PRICE3", "PRICE4"),
    *("MULT_PI", "CIM1", "CIM2", "CIM3", "MCM1", "MCM2", "MCM3", "STATUTE", *(f"LABCERT{n}" for n in range(1, 9))),
    *(
        *(f"XREF{n}" for n in range(1, 6)),
        "COV",
        "ASC_GRP",
        "ASC_DT",
        "OPPS",
        "OPPS_PI",
        "OPPS_DT",
        "PROCNOTE",
        "BETOS",
    ),
    *(*(f"TOS{n}" for n in range(1, 6)), "ANEST_BU", "ADD DT", "ACT EFF DT", "TERM DT", "ACTION CD"),
)


def hcpcs_row(code: str, record: str, title: str, **cells: str) -> list[str]:
    row = dict.fromkeys(HCPCS_HEAD, "")
    row.update({"HCPC": code, "SEQNUM": "0010", "RECID": record, "LONG DESCRIPTION": title, **cells})
    return list(row.values())


def hcpcs_csv() -> bytes:
    return table(
        [
            HCPCS_HEAD,
            hcpcs_row(
                "   JG",
                "7",
                "A modifier, ended",
                **{"ADD DT": "20180101", "ACT EFF DT": "20250101"},
                **{"TERM DT": "20241231"},
            ),
            hcpcs_row(
                "A0080",
                "3",
                "A ride",
                PRICE1="00",
                PRICE2="51",
                COV="I",
                TOS1="D",
                XREF1="A0090",
                **{"ADD DT": "19820101"},
            ),
        ]
    )


def hcpcs_fixed(end: str = CRLF) -> bytes:
    """Fixed width: a disclaimer, a modifier and a code, both going on in a second record."""

    def record(code: str, number: str, kind: str, title: str, **places: tuple[int, str]) -> str:
        line = [" "] * 320
        for first, cell in ((1, f"{code:<5}"), (6, number), (11, kind), (12, title), *places.values()):
            line[first - 1 : first - 1 + len(cell)] = cell
        return "".join(line)

    dates = {"added": (269, "19820101"), "effective": (277, "20030101"), "action": (293, "N")}
    lines = [
        "***Disclaimers",
        "",
        "*To be in this list promises nothing.",
        record(
            "A0080",
            "00100",
            "3",
            "A ride in a car that belongs to somebody who",
            cover=(230, "I"),
            price=(120, "0051"),
            tos=(261, "D"),
            short=(92, "A ride"),
            **dates,
        ),
        record("A0080", "00200", "4", "wants nothing for it"),
        record("   AS", "00100", "7", "A helper", cover=(230, "C"), **dates),
        record("   AS", "00200", "8", "in the theatre"),
    ]
    return text(lines, end)


OPPS_HEAD = (
    "HCPCS Code",
    "Short Descriptor",
    "SI",
    "APC",
    "Relative Weight",
    "Payment Rate",
    "National Unadjusted Copayment",
    "Minimum Unadjusted Copayment",
    "* Indicates a Change",
)


def opps_csv() -> bytes:
    return table(
        [
            ("Addendum B.-Final OPPS Payment by HCPCS Code for CY 2026", *[""] * 8),
            ("July 2026", *[""] * 8),
            ("Numbers only", *[""] * 8),
            OPPS_HEAD,
            ("20932", "a text", "N", "", "", "", "", "", ""),
            ("27365", "a text", "J1", "5115", "138.2103", "$12,866.82 ", "", "$2,573.37 ", "*"),
            ("Note: a closing word", *[""] * 8),
        ]
    )


def asc_csv() -> bytes:
    head = (
        "HCPCS Code",
        "Short Descriptor",
        "Subject to Multiple Procedure Discounting",
        "July 2026 Payment Indicator",
    )
    return table(
        [
            ("Addendum AA -- Final ASC Covered Surgical Procedures for July 2026", *[""] * 5),
            (*head, "July 2026 Payment Weight", "July 2026 Payment Rate"),
            ("27446", "a text", "N", "J8", "161.2103", "$9,050.51"),
            ("27447", "a text", "Y", "G2", "", ""),
        ]
    )


CPT_NOTICE = ("CPT made-up texts for a test", "Whose notice names the American Medical Association", "2026 of it", "")
_LONG = "a made-up long text that is far longer than the fifty characters of a medium one"
CPT = {
    "27365": (f"Taking out of the thigh bone, {_LONG}", "TAKE OUT OF THIGH BONE MADE UP", "Take out thigh bone"),
    "20932": (f"Laying in of a donor joint end, {_LONG}", "LAY IN DONOR JOINT END MADE UP", "Lay in joint end"),
}


def cpt_file(which: str) -> bytes:
    """One of the AMA's files: LONGULT, LONGUT, LONGULF, MEDU, SHORTU."""
    lines = []
    for code, (long, medium, short) in CPT.items():
        if which == "LONGULT":
            lines.append(f"{code}\t{long}")
        elif which == "LONGUT":
            lines.append(f"{code}\t{long.upper()}")
        elif which == "LONGULF":
            words = long.split()
            lines += [f"{code}{n:02d} {' '.join(part):<72}" for n, part in enumerate((words[:9], words[9:]), 1)]
        elif which == "MEDU":
            lines.append(f"{code} {medium:<48}")
        else:
            lines.append(f"{code} {short:<28}")
    return text([*CPT_NOTICE, *lines])


# --- reading ----------------------------------------------------------------------------------------------------------


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def read(path: Path) -> tuple[Layout, list[tuple[Cell, ...]], Tally]:
    """The layout, the rows and what was refused of the one table in a file."""
    (source,) = find([path])
    return read_source(source)


def read_source(source: Source) -> tuple[Layout, list[tuple[Cell, ...]], Tally]:
    layout = recognise(source)
    tally = Tally(source.where)
    with Whole(source) as content:
        rows = [row for _, row in layout.read(content, tally)]
    return layout, rows, tally
