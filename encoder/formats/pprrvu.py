"""PPRRVU, the relative values of the physician fee schedule: csv and workbook, and the fixed-width text.

The csv has titles, then captions over several rows, then a row that begins HCPCS, MOD. Captions are joined downwards
and columns found by them: 31 columns to 2025, 32 from 2026 (PRIC IND). ``NA`` is a value: rarely or never done in that
setting. The descriptor column is the AMA's and is not read. Source: record layout of RVU25D; headers of RVU25D and of
the July 2026 file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from encoder.formats.layout import (
    CODE,
    MONTHS,
    Content,
    Head,
    Layout,
    Tally,
    figure,
    is_number,
    mostly,
    no_code,
    squeezed,
)
from encoder.formats.text import RefusedError
from encoder.store.edition_tables import VALUES, Record

_TITLE = re.compile(
    r"(20\d\d) National Physician Fee Schedule Relative Value File +(January|April|July|October) Release", re.IGNORECASE
)
_RELEASED = re.compile(r"RELEASED +(\d\d)/(\d\d)/(20\d\d)", re.IGNORECASE)
_NAME = r"PPRRVU(20)?(\d\d)_?(JAN|APR|JUL|OCT)"
_BUNDLE = r"RVU(\d\d)([ABCD])"
_FIXED = re.compile(r"[0-9A-Z]{5}(  |[0-9A-Z]{2}).{50}[A-Z]. *\d*\.\d\d ")

CAPTIONS = {
    "status": "STATUSCODE",
    "not_used": "NOTUSEDFORMEDICAREPAYMENT",
    "work_rvu": "WORKRVU",
    "nonfacility_pe_rvu": "NONFACPERVU",
    "nonfacility_na": "NONFACNAINDICATOR",
    "facility_pe_rvu": "FACILITYPERVU",
    "facility_na": "FACILITYNAINDICATOR",
    "mp_rvu": "MPRVU",
    "nonfacility_total_rvu": "NONFACILITYTOTAL",
    "facility_total_rvu": "FACILITYTOTAL",
    "pctc_ind": "PCTCIND",
    "global_days": "GLOBDAYS",
    "pre_op": "PREOP",
    "intra_op": "INTRAOP",
    "post_op": "POSTOP",
    "mult_proc_ind": "MULTPROC",
    "bilateral_ind": "BILATSURG",
    "assistant_ind": "ASSTSURG",
    "co_surgeon_ind": "COSURG",
    "team_surgeon_ind": "TEAMSURG",
    "pricing_ind": "PRICIND",
    "endo_base": "ENDOBASE",
    "conversion_factor": "CONVFACTOR",
    "supervision_ind": "PHYSICIANSUPERVISIONOFDIAGNOSTICPROCEDURES",
    "calculation_flag": "CALCULATIONFLAG",
    "imaging_family_ind": "DIAGNOSTICIMAGINGFAMILYINDICATOR",
    "opps_nonfacility_pe": "NONFACILITYPEUSEDFOROPPSPAYMENTAMOUNT",
    "opps_facility_pe": "FACILITYPEUSEDFOROPPSPAYMENTAMOUNT",
    "opps_mp": "MPUSEDFOROPPSPAYMENTAMOUNT",
}
PLACES = {  # 1-based, both ends; RVU25D.pdf, checked on 20932. The place of PRIC IND in 2026 was not seen.
    "status": (58, 58),
    "not_used": (59, 59),
    "work_rvu": (60, 65),
    "nonfacility_pe_rvu": (67, 72),
    "nonfacility_na": (73, 74),
    "facility_pe_rvu": (76, 81),
    "facility_na": (82, 83),
    "mp_rvu": (85, 89),
    "nonfacility_total_rvu": (91, 96),
    "facility_total_rvu": (97, 102),
    "pctc_ind": (103, 103),
    "global_days": (104, 106),
    "pre_op": (107, 109),
    "intra_op": (110, 112),
    "post_op": (113, 115),
    "mult_proc_ind": (116, 116),
    "bilateral_ind": (117, 117),
    "assistant_ind": (118, 118),
    "co_surgeon_ind": (119, 119),
    "team_surgeon_ind": (120, 120),
    "endo_base": (128, 132),
    "conversion_factor": (133, 140),
    "supervision_ind": (142, 143),
    "calculation_flag": (144, 144),
    "imaging_family_ind": (146, 147),
    "opps_nonfacility_pe": (152, 157),
    "opps_facility_pe": (159, 164),
    "opps_mp": (166, 171),
}
WIDTH = 171
_FIGURES = {name for name in VALUES if name.endswith(("_rvu", "_op")) or name.startswith("opps_")} | {
    "conversion_factor"
}
_NA = ("", "NA")


def recognise(head: Head) -> Layout | None:
    """The fee schedule by its captions, or by the shape of its records under HDR lines."""
    if any(_is_header(row) for row in head.rows):
        return Layout("pfs", head.form, read_csv, _start(head), rank=2 * head.workbook, version=_version(head))
    data = [line for line in head.lines if line and not line.startswith("HDR")]
    if mostly(sum(1 for line in data if _FIXED.match(line)), len(data)):
        return Layout("pfs", "fixed width", read_fixed, _start(head), rank=1, version=_version(head))
    return None


def _is_header(cells: Sequence[str]) -> bool:
    return [cell.strip().upper() for cell in cells[:2]] == ["HCPCS", "MOD"] and len(cells) > 20


def _start(head: Head) -> date | None:
    """The first day of the release: from the title, else from a name (PPRRVU2025_Oct, rvu25d)."""
    for row in head.rows[:10]:
        for cell in row:
            if title := _TITLE.search(cell):
                return date(int(title[1]), MONTHS[title[2][:3].upper()], 1)
    if name := head.named(_NAME):
        return date(2000 + int(name[2]), MONTHS[name[3]], 1)
    if name := head.named(_BUNDLE):
        return date(2000 + int(name[1]), " ABCD".index(name[2]) * 3 - 2, 1)
    return None


def _version(head: Head) -> str:
    """Which of the two files of a release since 2026: qpp for participants in advanced payment models, else nonqpp."""
    name = head.named(r"NON_?QPP|QPP")
    return "" if name is None else name[0].replace("_", "").lower()


def read_csv(content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of the csv or the workbook.

    Raises:
        RefusedError: no header, or a column of it is missing.
    """
    rows = content.rows()
    captions: list[str] = []
    places: dict[str, int] = {}
    for line, cells in rows:
        _note_release(cells, tally)
        if any(cell.strip() for at, cell in enumerate(cells) if at != 2):  # titles stand in the third column alone
            captions += [""] * (len(cells) - len(captions))
            captions = [
                f"{above} {cell}" for above, cell in zip(captions, [*cells, *[""] * len(captions)], strict=False)
            ]
        if _is_header(cells):
            found = {squeezed(caption): at for at, caption in enumerate(captions)}
            places = {name: found[caption] for name, caption in CAPTIONS.items() if caption in found}
            missing = [name for name in VALUES if name not in places and name != "pricing_ind"]
            if missing:
                raise RefusedError(
                    f"the header has no column {CAPTIONS[missing[0]]}, so the columns cannot be told apart", line
                )
            break
    else:
        raise RefusedError("no row begins HCPCS, MOD, so this is no PPRRVU file")
    order = [places.get(name) for name in VALUES]
    for line, cells in rows:
        if not any(cells):
            continue
        made = ["" if at is None or at >= len(cells) else cells[at] for at in (0, 1, *order)]
        yield from _row(line, made[0], made[1], made[2:], tally)


def read_fixed(content: Content, tally: Tally) -> Iterator[Record]:
    """Records of the fixed-width text, 171 characters each (the printed layout says 200)."""
    order = [PLACES.get(name) for name in VALUES]
    for line, text in enumerate(content.lines(), 1):
        if text.startswith("HDR") or not text.strip():
            continue
        if len(text) < WIDTH:
            tally.refuse(line, f"the record has {len(text)} characters instead of {WIDTH}")
            continue
        cells = ["" if place is None else text[place[0] - 1 : place[1]] for place in order]
        yield from _row(line, text[:5], text[5:7], cells, tally)


def _note_release(cells: Sequence[str], tally: Tally) -> None:
    for cell in cells:
        if released := _RELEASED.search(cell):
            tally.facts["released"] = f"{released[3]}-{released[1]}-{released[2]}"


def _row(line: int, code: str, modifier: str, cells: list[str], tally: Tally) -> Iterator[Record]:
    code, modifier = code.strip(), modifier.strip()
    made = [figure(cell.strip()) for cell in cells]
    wrong = next(
        (name for name, cell in zip(VALUES, made, strict=True) if name in _FIGURES and not is_number(cell)), ""
    )
    if not CODE.fullmatch(code):
        tally.refuse(line, no_code(code))
    elif len(modifier) not in (0, 2):
        tally.refuse(line, f"'{modifier[:20]}' is no modifier")
    elif len(made[0]) != 1 or not made[0].isalpha():
        tally.refuse(line, f"'{made[0][:20]}' is no status code")
    elif made[4] not in _NA or made[6] not in _NA:
        tally.refuse(line, "an NA indicator is neither empty nor NA")
    elif wrong:
        tally.refuse(line, f"{CAPTIONS[wrong]} is '{made[VALUES.index(wrong)][:20]}', which is no figure")
    else:
        _note_factor(line, made[VALUES.index("conversion_factor")], tally)
        yield line, (code, modifier, *made)


def _note_factor(line: int, factor: str, tally: Tally) -> None:
    """A release has one conversion factor; a second one means that two were put together."""
    if factor.strip("0.") and tally.facts.setdefault("conversion_factor", factor) != factor:
        known = tally.facts["conversion_factor"]
        raise RefusedError(
            f"the conversion factor is {factor}, and above it is {known}: two releases in one file", line
        )
