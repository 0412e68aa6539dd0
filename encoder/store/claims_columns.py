"""Which column of a file of claims holds what, told from its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from encoder.errors import InputError
from encoder.store.claims_cells import word

NAMES = {
    "claim": "claim claimid claimnumber claimno claimcontrolnumber icn dcn",
    "line": "line lineid lineno linenumber claimline claimlineno",
    "code": "code cpt hcpcs cptcode hcpcscode cpthcpcs procedure procedurecode proc proccode servicecode",
    "modifiers": "modifier modifiers mod mods modifiercode modifiercodes",
    "units": "units unit quantity qty uos unitsofservice serviceunits",
    "date": "date dos dateofservice servicedate fromdate servicefromdate dosfrom",
    "diagnoses": "dx dxs diagnosis diagnoses diagnosiscode diagnosiscodes icd icd10 icd10cm dxcode dxcodes diag",
    "pointers": "pointer pointers dxpointer dxpointers diagnosispointer diagnosispointers",
    "setting": "setting claimtype formtype",
    "practitioner": "practitioner provider providerid npi renderingnpi renderingprovider renderingprovidernpi",
    "locality": "locality payerlocality pricinglocality",
}
"""What a column is called, in lower case and without punctuation; a number at its end counts several of a kind."""
NEEDED, SEVERAL = ("claim", "code", "date"), ("modifiers", "diagnoses")

_KIND = {name: kind for kind, words in NAMES.items() for name in words.split()}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each kind of cell stands in a row; one that the file does not have stands behind the last."""

    claim: int
    line: int
    code: int
    units: int
    date: int
    pointers: int
    setting: int
    practitioner: int
    locality: int
    modifiers: tuple[int, ...]
    diagnoses: tuple[int, ...]


def columns(names: Sequence[str], file: str) -> Columns:
    """The columns of a header.

    Raises:
        InputError: one that an audit needs is missing, or two are the same.
    """
    found: dict[str, tuple[int, ...]] = {}
    for at, name in enumerate(names):
        kind = kind_of(name)
        if kind in found and kind not in SEVERAL:
            both = f"'{names[found[kind][0]]}' and '{name}'"
            raise InputError(f"{file}: the columns {both} both name the {kind}; keep one of them.")
        if kind:
            found[kind] = (*found.get(kind, ()), at)
    for kind in NEEDED:
        if kind not in found:
            known = ", ".join(NAMES[kind].split()[:4])
            raise InputError(f"{file}: no column for the {kind} was found in the header; name it {known} or the like.")
    one = {kind: found.get(kind, (len(names),))[0] for kind in NAMES}
    return Columns(
        one["claim"],
        one["line"],
        one["code"],
        one["units"],
        one["date"],
        one["pointers"],
        one["setting"],
        one["practitioner"],
        one["locality"],
        found.get("modifiers", ()),
        found.get("diagnoses", ()),
    )


def kind_of(name: str) -> str:
    """The kind of a column by its name; empty for one that an audit does not need."""
    whole = word(name)
    for short in (whole, whole.rstrip("0123456789"), whole[:-1]):
        if short in _KIND and (short == whole or _KIND[short] in SEVERAL):
            return _KIND[short]
    return ""
