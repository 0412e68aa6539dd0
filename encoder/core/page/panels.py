"""The heads of the parts of a page: what each rests on, how much it holds, and why it is empty where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from encoder.core.codes import Cites
from encoder.core.page import edits
from encoder.core.page.evidence import Desk, cites_of
from encoder.core.page.model import CodePage, Panel

_TABLE = {
    "cpt": "cpt",
    "icd10cm": "icd10cm",
    "icd10pcs": "icd10pcs",
    "modifier": "modifiers",
    "hcpcs": "hcpcs",
    "pos": "places",
}
_NO_FACT = "No fact of our own is held; the code pairs say what is inside."
_NO_CHECKLIST = "No checklist is held for this kind of code."
_NO_DIAGNOSIS = "No diagnosis of the scope is tied to this kind of code."
_NO_VALUES = "No values are loaded for this code."


class _Cited(Protocol):
    @property
    def cites(self) -> Cites: ...


def with_panels(desk: Desk, made: CodePage) -> CodePage:
    """The page with the heads of its parts, in reading order."""
    own = cites_of(*(entry.cites for entry in made.notes), made.cites)
    overview = Panel("overview", "What it is", len(made.notes), desk.notes(_TABLE[made.system]), own)
    own_parts = {"cpt": _of_cpt, "icd10cm": _of_icd10cm, "icd10pcs": _of_icd10pcs}.get(made.system)
    heads = [overview, *(own_parts(desk, made) if own_parts else ())]
    if made.mistaken:
        heads.append(_panel(desk, "mistaken", "Often confused", made.mistaken))
    return replace(made, panels=tuple(heads), cites=cites_of(own, *(head.cites for head in heads)))


def _of_cpt(desk: Desk, made: CodePage) -> list[Panel]:
    diagnoses = Panel(
        "diagnoses",
        "Diagnoses",
        len(made.diagnoses),
        desk.notes("icd10cm"),
        desk.lore.fits.cites,
        _NO_DIAGNOSIS,
    )
    pairs = ("ptp_practitioner", "ptp_hospital")
    return [
        _panel(desk, "held", "Included and not included", made.held, empty=_NO_FACT),
        _panel(desk, "guidelines", "Guidelines", made.guidelines, "aoc"),
        _panel(desk, "documentation", "The note must show", made.checks, empty=_NO_CHECKLIST),
        _panel(desk, "modifiers", "Modifiers", made.modifiers, "pfs"),
        diagnoses,
        _panel(desk, "edits", "Code pairs", made.edits, *pairs, empty=_no_pairs(desk, made.code)),
        _panel(desk, "add_ons", "Add-on list", made.add_ons, "aoc"),
        _panel(desk, "values", "Values", made.years, "pfs", "mue", "mue_hospital", empty=_NO_VALUES),
        _panel(desk, "facility", "Facility", made.facility, "opps", "asc"),
        _panel(desk, "history", "History", made.history, "cpt"),
    ]


def _of_icd10cm(desk: Desk, made: CodePage) -> list[Panel]:
    parts: tuple[tuple[str, str, Sequence[_Cited]], ...] = (
        ("tabular", "Notes of the list", made.tabular),
        ("sevenths", "Seventh character", made.sevenths),
        ("above", "Where it stands", made.above),
        ("below", "Below it", made.below),
    )
    return [_panel(desk, name, title, entries, "icd10cm_list") for name, title, entries in parts if entries]


def _of_icd10pcs(desk: Desk, made: CodePage) -> list[Panel]:
    parts: tuple[tuple[str, str, Sequence[_Cited]], ...] = (
        ("axes", "Character by character", made.axes),
        ("below", "The same on another side", made.below),
    )
    return [_panel(desk, name, title, entries, "icd10pcs_tables") for name, title, entries in parts if entries]


def _panel(desk: Desk, name: str, title: str, entries: Sequence[_Cited], *tables: str, empty: str = "") -> Panel:
    cites = cites_of(*(entry.cites for entry in entries))
    return Panel(name, title, len(entries), desk.notes(*tables), cites, empty)


def _no_pairs(desk: Desk, code: str) -> str:
    if edits.extracted(desk, code):
        return "No code pair names it. No edit found is no proof that none exists."
    return "The code pairs of this code are not loaded."
