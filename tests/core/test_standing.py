"""How a code stands on a date of service."""

from __future__ import annotations

from datetime import date

import pytest

from encoder.core.standing import standing
from encoder.store.codebook import Codebook
from tests.tiny import Tiny

DAY = "2026-05-01"
UNKNOWN = "No loaded edition covers {}, so it is not known whether the code is in force"


@pytest.mark.parametrize(
    ("system", "code", "on", "said"),
    [
        ("cpt", "27365", DAY, ""),
        ("cpt", "27445", DAY, "Not in force on 2026-05-01: it ended on 2025-12-31; no code is named in its place."),
        ("cpt", "27458", "2025-05-01", "Not in force on 2025-05-01: it begins on 2026-01-01."),
        ("cpt", "23221", DAY, "Not in force on 2026-05-01: it ended on 2018-12-31; 23220 took its place."),
        ("cpt", "00000", DAY, ""),
        ("icd10cm", "C40.22", DAY, ""),
        ("icd10cm", "C40", DAY, "A heading: a claim needs a code below it."),
        ("icd10cm", "C40-C41", DAY, "A heading: a claim needs a code below it."),
        ("icd10cm", "D71", DAY, "A heading since 2025-10-01: a claim needs a code below it."),
        ("icd10cm", "M84.551", DAY, "Needs a seventh character: A, D, G, K, P, S."),
        ("icd10cm", "S30.1XXA", DAY, "Not in force on 2026-05-01: it ended on 2025-09-30; S30.11XA or S30.12XA or "
                                     "S30.13XA took its place."),
        ("icd10cm", "Z00.00000", DAY, ""),
        ("icd10pcs", "0QRB0KZ", DAY, ""),
        ("icd10pcs", "0QRB0KZ", "2026-10-01", f"{UNKNOWN.format('2026-10-01')}: ICD-10-PCS FY2024 to FY2026, "
                                              "2023-10-01 to 2026-09-30."),
        ("icd10pcs", "0QHB04Z", "2025-05-01", f"{UNKNOWN.format('2025-05-01')}: ICD-10-PCS tables FY2026, 2025-10-01 "
                                              "to 2026-09-30."),
        ("icd10pcs", "0000000", DAY, ""),
        ("modifier", "LT", DAY, ""),
        ("pos", "10", "2021-05-01", "Not in force on 2021-05-01: it begins on 2022-01-01."),
        ("modifier", "LT", "2027-01-01", f"{UNKNOWN.format('2027-01-01')}: Modifiers 2026, 2019-01-01 to 2026-12-31."),
        ("pos", "24", "2027-01-01", f"{UNKNOWN.format('2027-01-01')}: Places of service 2024, 2019-01-01 to "
                                    "2026-12-31."),
        ("cpt", "27365", "2027-01-01", f"{UNKNOWN.format('2027-01-01')}: CPT, our wording 2019 to 2026, 2019-01-01 to "
                                       "2026-12-31."),
        ("cpt", "27365", "2018-01-01", f"{UNKNOWN.format('2018-01-01')}: CPT, our wording 2019 to 2026, 2019-01-01 to "
                                       "2026-12-31."),
        ("cpt", "27445", "2027-01-01", "Not in force on 2027-01-01: it ended on 2025-12-31; no code is named in its "
                                       "place."),
        ("icd10cm", "C40.22", "2027-10-01", f"{UNKNOWN.format('2027-10-01')}: ICD-10-CM, whole FY2027, changes only, "
                                            "2026-10-01 to 2027-09-30."),
        ("icd10cm", "C40.22", "2024-05-01", f"{UNKNOWN.format('2024-05-01')}: ICD-10-CM, whole FY2025, through "
                                            "FY2026, 2024-10-01 to 2025-09-30."),
        ("hcpcs", "C1713", DAY, f"{UNKNOWN.format(DAY)}: HCPCS Level II October 2025, 2025-10-01 to 2025-12-31."),
        ("hcpcs", "C1713", "2025-11-01", ""),
        ("hcpcs", "C1741", "2025-05-01", "Not in force on 2025-05-01: it begins on 2025-10-01."),
        ("hcpcs", "A0000", DAY, ""),
        ("tree", "graft_form", DAY, ""),
    ],
)  # fmt: skip
def test_a_code_says_when_it_cannot_be_used(book: Codebook, system: str, code: str, on: str, said: str) -> None:
    assert standing(system, code, book, date.fromisoformat(on)) == said


def test_where_no_edition_of_a_table_is_loaded_the_days_of_the_row_decide(tiny: Tiny) -> None:
    book = Codebook.open(tiny.build())
    assert standing("cpt", "27365", book, date(2040, 1, 1)) == ""
    assert standing("cpt", "27445", book, date(2026, 1, 1)).startswith("Not in force on 2026-01-01: it ended")
    assert standing("hcpcs", "C1713", book, date(2026, 7, 1)).startswith("Not in force on 2026-07-01: it ended")
    book.close()
