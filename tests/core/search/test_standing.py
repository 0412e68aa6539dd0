"""How a hit stands on a date of service."""

from __future__ import annotations

from datetime import date

import pytest

from encoder.core.search.found import Hit
from encoder.core.search.standing import standing
from encoder.store.codebook import Codebook

DAY = "2026-05-01"


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
        ("icd10pcs", "0QRB0KZ", "2026-10-01", "Not in force on 2026-10-01: it ended on 2026-09-30; no code is named in "
                                              "its place."),
        ("icd10pcs", "0QHB04Z", "2025-05-01", "Not in force on 2025-05-01: it begins on 2025-10-01."),
        ("icd10pcs", "0000000", DAY, ""),
        ("modifier", "LT", DAY, ""),
        ("pos", "10", "2021-05-01", "Not in force on 2021-05-01: it begins on 2022-01-01."),
        ("hcpcs", "C1741", "2025-05-01", "Not in force on 2025-05-01: it begins on 2025-10-01."),
        ("hcpcs", "A0000", DAY, ""),
        ("tree", "graft_form", DAY, ""),
    ],
)  # fmt: skip
def test_a_hit_says_when_it_cannot_be_used(book: Codebook, system: str, code: str, on: str, said: str) -> None:
    hit = Hit(system, code, "", 1.0, (), (), True)
    assert standing(hit, book, date.fromisoformat(on)) == said
