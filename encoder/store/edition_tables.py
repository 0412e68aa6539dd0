"""The tables that an imported edition can hold: one kind each, with its columns, its key and the days it answers for.

An edition is a SQLite file of its own with one table of its kind, ``meta`` (key, value) and, for code pairs, the texts
that their rows number. Codes are text; a date is YYYY-MM-DD and both days count; NULL is open. These tables are what an
audit reads as a set, so a column is added here and never renamed.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date

Cell = str | int | None
Record = tuple[int, tuple[Cell, ...]]
"""The line a row stands on, and its cells in the order of the columns of its kind."""

SCHEMA_VERSION = "1"
META = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"
TEXTS = "CREATE TABLE rationale (id INTEGER PRIMARY KEY, say TEXT NOT NULL) STRICT"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table.

    Attributes:
        name: as the bundled editions call the table; ``label`` is what the window calls it.
        period: how long an edition holds: to the end of its quarter, of its year, or of its fiscal year (September).
        columns: name and type in the order of a record; ``key`` picks a row.
        repeats: the published file may give a key twice with other contents, and both rows are kept.
        dated: rows keep their own first and last day, so that an edition also answers for the days before it.
        coded: the column that holds a code of the claim.
    """

    name: str
    label: str
    title: str
    period: str
    table: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    repeats: bool = False
    dated: bool = False
    texts: bool = False
    index: str = ""
    coded: tuple[str, ...] = ("code",)
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(column.split()[0] for column in self.columns))

    @property
    def compares(self) -> bool:
        """Whether a row means the same in the next edition; a list of changes is another list each year."""
        return self.key != ("position",)

    @property
    def whole_key(self) -> tuple[str, ...]:
        """What makes a row one of its kind: the key, and which of several with that key it is."""
        return (*self.key, "nth") if self.repeats else self.key

    @property
    def schema(self) -> tuple[str, ...]:
        """The statements that make the tables, without the index, which is made when the rows are in.

        The columns of the key stand first: SQLite 3.40 checks a table without rowid wrongly where they do not.
        """
        nth = ("nth INTEGER NOT NULL",) if self.repeats else ()
        key = ", ".join(self.whole_key)
        at = len(self.key)
        body = ", ".join((*self.columns[:at], *nth, *self.columns[at:], f"PRIMARY KEY ({key})"))
        made = (META, f"CREATE TABLE {self.table} ({body}) STRICT, WITHOUT ROWID")
        return (*made, TEXTS) if self.texts else made

    def until(self, start: date) -> date:
        """The last day an edition answers for that begins on a day."""
        if self.period == "quarter":
            month = (start.month + 2) // 3 * 3
            return date(start.year, month, calendar.monthrange(start.year, month)[1])
        if self.period == "fiscal":
            return date(start.year + (start.month >= 10), 9, 30)
        return date(start.year, 12, 31)

    def edition(self, start: date) -> str:
        """What an edition is called that begins on a day, for example 2024Q3, FY2026, 2026 July."""
        if self.period == "quarter":
            name, natural = f"{start.year}Q{(start.month + 2) // 3}", start.month % 3 == 1
        elif self.period == "fiscal":
            name, natural = f"FY{self.until(start).year}", start.month == 10
        elif self.period == "release":
            name, natural = f"{start.year} {calendar.month_name[start.month]}", True
        else:
            name, natural = str(start.year), start.month == 1
        return name if natural and start.day == 1 else f"{name} from {start}"


_CODE = ("code TEXT NOT NULL",)
_MUE = (*_CODE, "units INTEGER NOT NULL", "mai TEXT NOT NULL", "mai_text TEXT NOT NULL", "rationale TEXT NOT NULL")
_PAIR = (
    *("column1 TEXT NOT NULL", "column2 TEXT NOT NULL", "from_date TEXT NOT NULL", "until_date TEXT"),
    *("modifier_indicator TEXT NOT NULL", "rationale INTEGER NOT NULL", "before_1996 INTEGER NOT NULL"),
)
_ICD = (
    *_CODE,
    *("position INTEGER NOT NULL", "billable INTEGER NOT NULL", "short_title TEXT NOT NULL", "title TEXT NOT NULL"),
)
_CHANGE = (
    *("position INTEGER NOT NULL", "action TEXT NOT NULL", "code TEXT NOT NULL", "billable INTEGER"),
    *("short_title TEXT NOT NULL", "title TEXT NOT NULL"),
)
VALUES = (
    *("status", "not_used", "work_rvu", "nonfacility_pe_rvu", "nonfacility_na", "facility_pe_rvu", "facility_na"),
    *("mp_rvu", "nonfacility_total_rvu", "facility_total_rvu", "pctc_ind", "global_days", "pre_op", "intra_op"),
    *("post_op", "mult_proc_ind", "bilateral_ind", "assistant_ind", "co_surgeon_ind", "team_surgeon_ind"),
    *("pricing_ind", "endo_base", "conversion_factor", "supervision_ind", "calculation_flag", "imaging_family_ind"),
    *("opps_nonfacility_pe", "opps_facility_pe", "opps_mp"),
)
"""The columns of the fee schedule behind code and modifier."""
HCPCS = (
    *("record", "title", "short_title", "price", "multiple_price", "cim", "mcm", "statute", "lab_certification"),
    *("cross_reference", "coverage", "asc_group", "asc_date", "opps", "opps_pi", "opps_date", "processing_note"),
    *("betos", "type_of_service", "anesthesia_units", "added", "action_effective", "terminated", "action"),
)


def _text(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name} TEXT NOT NULL" for name in names)


def _pairs(name: str, label: str, setting: str) -> Kind:
    return Kind(
        name,
        label,
        f"NCCI procedure-to-procedure edits, {setting}",
        "quarter",
        "pair",
        _PAIR,
        ("column1", "column2", "from_date"),
        repeats=True,
        dated=True,
        texts=True,
        index="column2",
        coded=("column1", "column2"),
    )


def _units(name: str, label: str, setting: str) -> Kind:
    return Kind(name, label, f"NCCI medically unlikely edits, {setting}", "quarter", "unit_limit", _MUE, ("code",))


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "pfs",
            "Values",
            "Physician fee schedule relative value file",
            "release",
            "value",
            (*_CODE, "modifier TEXT NOT NULL", *_text(VALUES)),
            ("code", "modifier"),
        ),
        Kind(
            "gpci",
            "Locality indices",
            "Geographic practice cost indices",
            "year",
            "locality",
            _text(("mac", "locality", "state", "name", "work", "work_without_floor", "pe", "mp")),
            ("mac", "locality"),
            coded=(),
        ),
        Kind(
            "locality",
            "Counties",
            "Counties of the payment localities",
            "year",
            "county",
            _text(("mac", "locality", "area", "state", "counties")),
            ("mac", "locality", "area"),
            coded=(),
        ),
        Kind(
            "anesthesia",
            "Anaesthesia factors",
            "Anesthesia conversion factors",
            "year",
            "anesthesia",
            _text(("mac", "locality", "name", "factor")),
            ("mac", "locality"),
            coded=(),
        ),
        _pairs("ptp_practitioner", "Code pairs", "practitioner"),
        _pairs("ptp_hospital", "Code pairs, hospital", "outpatient hospital"),
        _units("mue", "Unit limits", "practitioner"),
        _units("mue_hospital", "Unit limits, hospital", "outpatient hospital"),
        _units("mue_dme", "Unit limits, supplier", "DME supplier"),
        Kind(
            "aoc",
            "Add-on list",
            "NCCI add-on code edits",
            "quarter",
            "add_on",
            (
                *("add_on TEXT NOT NULL", "primary_code TEXT NOT NULL", "from_date TEXT NOT NULL", "until_date TEXT"),
                *("add_on_until TEXT", "primary_until TEXT", "edit_type TEXT NOT NULL", "note TEXT NOT NULL"),
            ),
            ("add_on", "primary_code", "from_date"),
            dated=True,
            index="primary_code",
            coded=("add_on", "primary_code"),
        ),
        Kind("icd10cm", "ICD-10-CM", "ICD-10-CM code descriptions in tabular order", "fiscal", "icd", _ICD, ("code",)),
        Kind("icd10pcs", "ICD-10-PCS", "ICD-10-PCS order file", "fiscal", "icd", _ICD, ("code",)),
        Kind("icd10cm_changes", "ICD-10-CM changes", "ICD-10-CM addenda", "fiscal", "change", _CHANGE, ("position",)),
        Kind(
            "icd10pcs_changes", "ICD-10-PCS changes", "ICD-10-PCS addenda", "fiscal", "change", _CHANGE, ("position",)
        ),
        Kind(
            "icd10cm_replaced",
            "ICD-10-CM replaced",
            "ICD-10-CM conversion table",
            "fiscal",
            "replaced",
            _text(("code", "effective", "previous")),
            ("code", "effective", "previous"),
        ),
        Kind(
            "hcpcs",
            "HCPCS Level II",
            "HCPCS Level II alphanumeric file",
            "quarter",
            "hcpcs",
            (*_CODE, *_text(HCPCS)),
            ("code",),
        ),
        Kind(
            "opps",
            "Outpatient hospital",
            "OPPS Addendum B",
            "quarter",
            "opps",
            (*_CODE, *_text(("si", "apc", "weight", "rate_usd", "copay_usd", "minimum_copay_usd"))),
            ("code",),
        ),
        Kind(
            "asc",
            "Surgery centre",
            "ASC Addendum AA",
            "quarter",
            "asc",
            (*_CODE, *_text(("pi", "discounted", "weight", "rate_usd"))),
            ("code",),
        ),
        Kind(
            "cpt_licensed",
            "CPT, official text",
            "CPT data files of the AMA, under the user's own licence",
            "year",
            "descriptor",
            (*_CODE, *_text(("long", "medium", "short"))),
            ("code",),
        ),
    )
}

FACTORS = ("conversion_factor", "conversion_factor_apm")
PAYMENT = "national_facility_payment_usd"
FIGURES = {
    "mue": {"units": "mue_practitioner", "mai": "mue_practitioner_mai", "rationale": "mue_rationale"},
    "mue_hospital": {"units": "mue_outpatient_hospital", "mai": "mue_outpatient_hospital_mai"},
    "mue_dme": {"units": "mue_dme", "mai": "mue_dme_mai"},
    "opps": {"si": "opps_si", "apc": "opps_apc", "rate_usd": "opps_rate_usd"},
    "asc": {"pi": "asc_pi", "rate_usd": "asc_rate_usd"},
}
"""The figures of a table, by column, as the code database calls them; those of the fee schedule keep their names."""
TABLES = {field: kind for kind, fields in FIGURES.items() for field in fields.values()} | dict.fromkeys(
    (*VALUES, *FACTORS, PAYMENT), "pfs"
)
"""The table that a figure belongs to."""
