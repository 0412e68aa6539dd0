"""Claims at random, near the edges: codes with edits between them, days at the ends of tables, modifiers at odds."""

from __future__ import annotations

import random
from datetime import date

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.claim import Claim, ClaimLine

CODES = (
    *("27365", "27645", "20932", "20933", "20934", "27091", "27704", "20680", "69990", "27448", "27075", "27076"),
    *("20701", "20705", "20985", "20930", "22558", "27445", "27458", "27301", "26075", "20704", "27447", "20902"),
    *("20955", "23220", "99999", "27357", "20900", "28175", "28108", "27702", "20936", "27599"),
)
MODIFIERS = ("LT", "RT", "50", "51", "59", "XS", "22", "62", "66", "80", "58", "T5", "T6", "76", "25", "91", "FA", "ZZ")
DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        *("2018-05-01", "2019-06-30", "2019-07-01", "2019-09-30", "2021-01-01", "2022-12-31", "2024-06-30"),
        *("2024-08-01", "2025-12-31", "2026-01-01", "2026-05-01", "2026-05-02", "2026-11-01", "2027-03-01"),
    )
)
DIAGNOSES = (
    *("C40.21", "C40.22", "C40.20", "C40.01", "C41.4", "D48.0", "D16.21", "D49.2", "M85.421", "S83.31XA", "M17.11"),
    *("T84.53XA", "T84.53", "M84.551A", "M84.551Z", "Z96.651", "M90.551", "M86.8X1", "S72.0", "X99.9", "M89.751"),
    *("E11.9", "N18.3", "W10.9", "W10.9XXA", "W10.9XXQ", "T52.8X1A", "Z99.999", "S42.2XXA", "D71", "C40.22X"),
)


def random_claim(chance: random.Random) -> Claim:
    """One claim of at most five lines and three diagnoses."""
    lines = tuple(
        ClaimLine(
            chance.choice(CODES),
            tuple(chance.choices(MODIFIERS, k=chance.choice((0, 0, 1, 1, 2, 3)))),
            chance.choice((1, 1, 1, 2, 5)),
            chance.choice((None, None, None, chance.choice(DAYS))),
            tuple(sorted(chance.sample(range(3), chance.randint(1, 2)))) if chance.random() < 0.3 else (),
            chance.choice(("", "", "A")),
        )
        for _ in range(chance.randint(1, 5))
    )
    setting = chance.choice((PRACTITIONER, HOSPITAL))
    return Claim(lines, chance.choice(DAYS), tuple(chance.choices(DIAGNOSES, k=chance.randint(0, 3))), setting)
