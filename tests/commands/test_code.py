"""``code``: everything the tables say about one code on the date, as an object and in words."""

from __future__ import annotations

from typing import cast

import pytest

from encoder.commands.shipped import Shipped
from tests.commands.calls import call
from tests.commands.fits import CITE, CODE, DAY, Maybe, OneOf, misfits

RELATION = {"add_on": CODE, "primary": CODE, "basis": str, "row": str, "from": Maybe(DAY), "until": Maybe(DAY)}
CPT = {
    "dos": DAY,
    "system": OneOf(("cpt",)),
    "code": CODE,
    "title": str,
    "plain": str,
    "wording": str,
    "site": str,
    "category": str,
    "includes_graft": str,
    "from": Maybe(DAY),
    "until": Maybe(DAY),
    "valid_on_dos": bool,
    "replaced_by": Maybe(CODE),
    "cites": [CITE],
    "may_carry": [RELATION],
    "barred_with": [RELATION],
    "primaries": [RELATION],
    "ended": [RELATION],
    "pairs": [
        {
            "column1": CODE,
            "column2": CODE,
            "indicator": OneOf(("0", "1", "9")),
            "rationale": str,
            "setting": OneOf(("practitioner", "outpatient_hospital")),
            "row": str,
        }
    ],
    "figures": [{"field": str, "value": str, "edition": str, "from": Maybe(DAY), "until": Maybe(DAY)}],
    "documentation": [{"fact": str, "label": str, "say": str}],
}
DIAGNOSIS = {
    "dos": DAY,
    "system": OneOf(("icd10cm",)),
    "code": str,
    "title": str,
    "family": str,
    "laterality": str,
    "seventh_character": Maybe(str),
    "note": Maybe(str),
    "from": Maybe(DAY),
    "until": Maybe(DAY),
    "valid_on_dos": bool,
    "cites": [CITE],
}
PROCEDURE = {
    "dos": DAY,
    "system": OneOf(("icd10pcs",)),
    "code": CODE,
    "title": str,
    "operation": str,
    "body_part": str,
    "side": str,
    "from": Maybe(DAY),
    "until": Maybe(DAY),
    "valid_on_dos": bool,
    "cites": [CITE],
}


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        *(("20932", CPT), ("27365", CPT), ("27445", CPT), ("20955", CPT), ("20680", CPT)),
        *(("C40.21", DIAGNOSIS), ("M84.551A", DIAGNOSIS), ("0QRB0KZ", PROCEDURE)),
    ],
)
def test_each_kind_of_code_has_its_fields(shipped: Shipped, code: str, shape: dict[str, object]) -> None:
    called = call(shipped, "code", code, "--json")
    assert (called.code, called.err) == (0, "")
    assert [*misfits(called.object, shape)] == []


def test_an_add_on_has_its_ten_primaries_and_its_bars(shipped: Shipped) -> None:
    about = call(shipped, "code", "20932", "--json").object
    primaries = {row["primary"] for row in cast(list[dict[str, str]], about["primaries"])}
    assert primaries == {"23210", "23220", "24150", "25170", "27075", "27076", "27077", "27365", "27645", "27704"}
    barred = {row["primary"] for row in cast(list[dict[str, str]], about["barred_with"])}
    assert {"23200", "24152", "27078", "27090", "27091", "27448", "27646", "27647", "27648"} <= barred
    assert about["may_carry"] == []


def test_a_primary_says_what_it_may_carry(shipped: Shipped) -> None:
    about = call(shipped, "code", "27365", "--json").object
    carried = {row["add_on"] for row in cast(list[dict[str, str]], about["may_carry"])}
    assert carried >= {"20932", "20933", "20934"}
    assert about["primaries"] == []


def test_what_is_said_of_a_code_goes_by_the_date(shipped: Shipped) -> None:
    valid, ended = {}, {}
    for on in ("2025-12-31", "2026-01-01"):
        about = call(shipped, "code", "27445", "--dos", on, "--json").object
        valid[on], ended[on] = about["valid_on_dos"], about["dos"]
    assert valid == {"2025-12-31": True, "2026-01-01": False}
    assert ended == {on: on for on in valid}
    about = call(shipped, "--dos", "2019-09-30", "code", "27134", "--json").object
    on_the_last_day = {row["add_on"] for row in cast(list[dict[str, str]], about["barred_with"])}
    about = call(shipped, "--dos", "2019-10-01", "code", "27134", "--json").object
    afterwards = {row["add_on"] for row in cast(list[dict[str, str]], about["barred_with"])}
    assert (on_the_last_day & {"20933", "20934"}, afterwards & {"20933", "20934"}) == ({"20933", "20934"}, {"20933"})
    assert "20934" in {row["add_on"] for row in cast(list[dict[str, str]], about["ended"])}


def test_a_code_is_told_in_words(shipped: Shipped) -> None:
    called = call(shipped, "code", "20932")
    lines = called.out.splitlines()
    assert called.code == 0
    assert lines[0].startswith("20932  Osteoarticular allograft")
    primaries = "23210, 23220, 24150, 25170, 27075, 27076, 27077, 27365, 27645, 27704"
    assert f"primaries: {primaries}" in lines
    barred = next(line for line in lines if line.startswith("barred with: ")).removeprefix("barred with: ").split(", ")
    assert len(barred) == len({*barred})
    for head in ("The note must show", "Code pairs (", "Values (", "Often confused", "Which answers lead to it"):
        assert any(line.startswith(head) for line in lines), head
    assert any(line.startswith("  [ ] Listed primary: ") for line in lines)
    assert any(line.startswith("  Work: 12.68") for line in lines)


def test_a_diagnosis_is_told_without_empty_fields(shipped: Shipped) -> None:
    out = call(shipped, "code", "C40.21").out
    assert out.startswith("C40.21  ")
    assert "seventh character" not in out
    assert "pairs" not in out
    assert "seventh character: " in call(shipped, "code", "M84.551").out


@pytest.mark.parametrize("written", ["c40.21", " C40.21 ", "0qrb0kz", "20932 "])
def test_a_code_may_be_written_small_and_with_blanks(shipped: Shipped, written: str) -> None:
    assert call(shipped, "code", written).out == call(shipped, "code", written.strip().upper()).out


@pytest.mark.parametrize("code", ["99999", "Z99.9", "osteoarticular", "", "00100"])
def test_a_code_that_no_table_names_is_a_wrong_call(shipped: Shipped, code: str) -> None:
    called = call(shipped, "code", "--json", code)
    sentence = f"No table here names the code '{code}'; check it, or look it up in the code book.\n"
    assert (called.code, called.out, called.err) == (2, "", sentence)
