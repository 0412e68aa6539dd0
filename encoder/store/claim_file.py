"""Worked claims: lines as typed, a date, and what the sources say must be found.

A file holds ``[[claim]]`` tables: id, why, cites, date, lines and dx as they are typed, setting (practitioner, or
hospital), and expect with payable (true, false or "unknown"), find and absent (encoder.core.claim_cases).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.claim import Claim
from encoder.core.claim_cases import ClaimCase
from encoder.core.claim_text import parse_diagnosis, parse_line
from encoder.errors import DataError, UsageError
from encoder.store.toml_table import Table, read_each

_CLAIM = {"id", "why", "cites", "date", "lines", "dx", "setting", "expect"}
_EXPECT = {"payable", "find", "absent"}
_SETTINGS = {"practitioner": PRACTITIONER, "hospital": HOSPITAL}


def read_claims(folder: Path) -> tuple[ClaimCase, ...]:
    """Every worked claim of every file of a folder, in the order of the files.

    Raises:
        DataError: a file or a claim is not as described, or two claims share an id.
    """
    return read_each(folder, "claim", _case)


def _case(table: Table) -> ClaimCase:
    table.only(_CLAIM)
    on = table.get("date", date)
    assert isinstance(on, date)
    setting = table.text("setting", "practitioner")
    if setting not in _SETTINGS:
        raise DataError(f"{table.where}: 'setting' is '{setting}'; practitioner or hospital was expected.")
    try:
        lines = tuple(parse_line(text) for text in table.texts("lines"))
        diagnoses = tuple(parse_diagnosis(text) for text in table.texts("dx"))
    except UsageError as error:
        raise DataError(f"{table.where}: {error}") from error
    expect = table.part("expect")
    expect.only(_EXPECT)
    payable = None if expect.table.get("payable") == "unknown" else bool(expect.get("payable", bool))
    cites = table.texts("cites")
    if not cites:
        raise DataError(f"{table.where} has no 'cites'; every claim names its source.")
    claim = Claim(lines, on, diagnoses, _SETTINGS[setting])
    return ClaimCase(
        table.text("id"), table.text("why"), cites, claim, payable, expect.texts("find"), expect.texts("absent")
    )
