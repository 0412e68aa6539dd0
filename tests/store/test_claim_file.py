"""Files of worked claims: read strictly, each mistake named with its place; and what it means that a claim holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from encoder.core.book import HOSPITAL
from encoder.core.claim_cases import ClaimCase, differences, replay
from encoder.errors import DataError
from encoder.store.claim_file import read_claims
from encoder.store.codebook import Codebook

CLAIM = """\
[[claim]]
id = "one"
why = "Because."
cites = ["list#1"]
date = 2026-05-01
lines = ["27365-lt", "20932"]
dx = ["c4022"]
expect = { payable = true, find = ["note x 1"], absent = ["y"] }
"""


def read(folder: Path, text: str) -> tuple[ClaimCase, ...]:
    (folder / "some.toml").write_text(text)
    return read_claims(folder)


def test_a_claim_is_read_as_it_is_typed(tmp_path: Path) -> None:
    (case,) = read(tmp_path, CLAIM)
    assert (case.id, case.why, case.cites, case.payable, case.find, case.absent) == (
        *("one", "Because.", ("list#1",), True),
        *(("note x 1",), ("y",)),
    )
    assert [line.text for line in case.claim.lines] == ["27365-LT", "20932"]
    assert (case.claim.on, case.claim.diagnoses) == (date(2026, 5, 1), ("C40.22",))
    unknown = CLAIM.replace("payable = true", 'payable = "unknown"').replace("dx =", 'setting = "hospital"\ndx =')
    (case,) = read(tmp_path, unknown)
    assert (case.payable, case.claim.setting) == (None, HOSPITAL)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[[claim]]", "[[claim", "some.toml cannot be read as TOML: "),
        ("[[claim]]", "[[claims]]", "some.toml: unknown key 'claims'; one of claim was expected."),
        ('why = "Because."', "why = 1", "some.toml: claim one: 'why' is 1; a text was expected."),
        ('why = "Because."', "", "some.toml: claim one: 'why' is missing; a text was expected."),
        ("date = 2026-05-01", 'date = "2026"', "some.toml: claim one: 'date' is '2026'; a date was expected."),
        ('["list#1"]', "[]", "some.toml: claim one has no 'cites'; every claim names its source."),
        ('["list#1"]', "[1]", "some.toml: claim one: 'cites' is [1]; a list of texts was expected."),
        ("lines = [", 'colour = "red"\nlines = [', "some.toml: claim one: unknown key 'colour'; one of "),
        ("dx = [", 'setting = "home"\ndx = [', "some.toml: claim one: 'setting' is 'home'; practitioner or hospital"),
        ('"20932"]', '"2093"]', "some.toml: claim one: Line '2093' cannot be read: "),
        ('["c4022"]', '["hip"]', "some.toml: claim one: Diagnosis 'hip' is no ICD-10-CM code; "),
        ("payable = true", "payable = 1", "some.toml: claim one, expect: 'payable' is 1; true or false was expected."),
        ("absent =", "missing =", "some.toml: claim one, expect: unknown key 'missing'; one of "),
        ("expect = {", "expect = 1 #", "some.toml: claim one: 'expect' is 1; a table was expected."),
        ("[[claim]]", "claim = [1]\n[x]", "some.toml: unknown key 'x'; one of claim was expected."),
        (CLAIM, "claim = [1]", "some.toml: 'claim' is [1]; a list of tables was expected."),
        (CLAIM, CLAIM + CLAIM, "some.toml: claim 'one' stands a second time; ids are unique."),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    with pytest.raises(DataError) as refused:
        read(tmp_path, CLAIM.replace(old, new, 1))
    assert str(refused.value).startswith(sentence)


def test_a_folder_without_claims_is_an_incomplete_installation(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nothing to replay; the installation is not complete\.$"):
        read_claims(tmp_path)


def test_a_claim_that_does_not_hold_says_how(tmp_path: Path, book: Codebook) -> None:
    (case,) = read(tmp_path, CLAIM.replace('"20932"]', '"20932-51"]').replace("c4022", "c4021"))
    wrong = replace(case, find=("note x 1", "warn dx_side 1 A"), absent=("dx_side",))
    assert list(differences(wrong, replay(wrong, book))) == [
        "claim one: payable is False, True was expected",
        "claim one: 'note x 1' was not found",
        "claim one: 'warn dx_side 1 A' must not be found",
        "claim one: 'deny multiple_on_add_on 2' was found and not expected (51 on 20932: an add-on is never reduced as "
        "a second procedure.)",
    ]
