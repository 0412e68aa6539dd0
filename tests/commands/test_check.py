"""``encoder check``: the contract of its JSON, its words, its exit codes, and bad calls in one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from encoder import paths
from encoder.commands import line
from encoder.commands.check import SETTINGS
from encoder.commands.shipped import Shipped
from tests.commands.calls import Called, call
from tests.formats import made
from tests.store.shelves import Shelves

CONTRACT = {"lines", "findings", "payable", "editions"}
OF_FINDING = {"id", "kind", "severity", "lines", "say", "fix", "row", "cites"}


@pytest.fixture(scope="module")
def shipped(database: Path) -> Shipped:
    return Shipped(database, paths.resources(), paths.cases())


def check(shipped: Shipped, *words: str) -> Called:
    return call(shipped, "check", *words)


def found(called: Called) -> list[dict[str, object]]:
    return cast(list[dict[str, object]], called.object["findings"])


def test_the_line_offers_every_setting() -> None:
    assert tuple(SETTINGS) == line.SETTINGS


def test_a_clean_claim_says_what_was_checked_against_which_editions(shipped: Shipped) -> None:
    called = check(shipped, "27365-LT", "20932", "--dx", "c40.22")
    assert (called.code, called.err) == (0, "")
    words = called.out
    assert "1  27365-LT        " in words
    assert "A  C40.22          Malignant neoplasm of long bones of left lower limb" in words
    assert "No denial in the loaded tables." in words
    assert "Add-on list: 27365 may carry 20932" in words
    assert "Not sure: Code pairs 2024Q3 ends 2024-09-30; 2026-05-01 is not covered. No pair found is no proof." in words
    assert "Against: CPT, our wording 2019 to 2026, Add-on list 2026Q2, Code pairs 2024Q3, Unit limits 2024Q3" in words


def test_a_claim_with_findings_says_each_with_its_row_and_fix(shipped: Shipped) -> None:
    called = check(shipped, "27365-LT", "20932-51*2", "20934", "--dx", "C40.21")
    assert called.code == 1
    words = called.out
    assert "Not payable as typed: 3 findings deny, 1 needs a look." in words
    assert (
        "deny  line 2: 51 on 20932: an add-on is never reduced as a second procedure. [W01; aoc 20932 2026Q2]" in words
    )
    assert "      fix: take 51 off line 2" in words
    assert "deny  lines 3, 2: 20934 beside 20932: one structural piece at one site. [W04; ptp " in words
    assert "      fix if the note says so: use C40.22" in words
    assert "After the fixes: 27365-LT, 20932, C40.21" in words


def test_the_json_holds_the_contract(shipped: Shipped) -> None:
    called = check(shipped, "27365-LT", "20932-51", "69990", "--dx", "C40.21", "--json")
    assert called.code == 1
    said = called.object
    assert said.keys() >= CONTRACT
    assert said["payable"] is False
    for finding in found(called):
        assert finding.keys() >= OF_FINDING
        row = cast(dict[str, object], finding["row"])
        assert row.keys() >= {"table", "key", "edition"}
        assert finding["cites"]
    one = next(finding for finding in found(called) if finding["id"] == "pair_closed")
    assert (one["lines"], one["fix"], one["kind"]) == ([2, 0, 1], "remove line 3", "ptp")
    assert cast(dict[str, object], one["row"])["key"] == "ptp:practitioner:27365>69990"
    lines = cast(list[dict[str, object]], said["lines"])
    assert [(line["code"], line["role"], line["modifiers"], line["units"]) for line in lines] == [
        ("27365", "primary", ["LT"], 1),
        ("20932", "add_on", ["51"], 1),
        ("69990", "add_on", [], 1),
    ]
    after = cast(dict[str, object], said["after_fixes"])
    assert (after["payable"], after["diagnoses"]) == (True, ["C40.21"])
    assert {entry["fix"]: entry["needs_note"] for entry in found(called) if entry["fix"]} == {
        "take 51 off line 2": False,
        "remove line 3": False,
        "use C40.22": True,
    }
    assert cast(dict[str, object], said["values"])["total"] is None


def test_what_could_not_be_judged_is_null_and_said(shipped: Shipped) -> None:
    called = check(shipped, "99999", "--json")
    assert (called.code, called.object["payable"]) == (1, None)
    words = check(shipped, "99999", "27365").out
    assert "99999           not loaded" in words
    assert "Not judged: a code or a date is not loaded." in words


def test_a_diagnosis_is_held_against_the_whole_list(shipped: Shipped) -> None:
    called = check(shipped, "27365-LT", "--dx", "Z99.999", "--dx", "E11.9", "--dx", "W10.9").out
    assert "A  Z99.999         not loaded" in called
    assert "deny  A: Z99.999 is no code of ICD-10-CM on 2026-05-01. [W20]" in called
    assert "B  E11.9           Type 2 diabetes mellitus without complications" in called
    assert "deny  C: W10.9 is not complete: its seventh character is missing. [W19; icd10cm_list W10.9 " in called
    assert "ICD-10-CM, whole FY2026, April 2026" in called.splitlines()[-1]


def test_values_are_those_of_the_setting(shipped: Shipped) -> None:
    surgeon = check(shipped, "27365", "20932", "--json").object["values"]
    hospital = check(shipped, "27365", "20932", "--setting", "hospital", "--json").object["values"]
    assert surgeon == {"locality": "national", "lines": ["1837.05", "648.65"], "total": "2485.70"}
    assert hospital == {"locality": "national", "lines": ["3342.87", None], "total": None}


def test_a_locality_without_values_is_said(shipped: Shipped) -> None:
    called = check(shipped, "27365", "--locality", "0111205")
    assert called.err == "Values by locality are not loaded; '0111205' gets the national ones.\n"


@pytest.fixture(scope="module")
def placed(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """The shipped tables and the localities of 2025."""
    shelves = Shelves(database, tmp_path_factory.mktemp("placed"))
    shelves.bring(shelves.put("GPCI2025.csv", made.gpci_csv()))
    shelves.library.close()
    return Shipped(database, paths.resources(), paths.cases(), shelves.folder)


def test_values_are_those_of_the_locality(placed: Shipped) -> None:
    called = check(placed, "27365", "27365-50*2", "--dos", "2025-06-01", "--locality", "al", "--json")
    assert called.err == ""
    # (32.21 + 23.19 x 0.869 + 6.62 x 0.575) x 32.3465
    assert called.object["values"] == {"locality": "AL 00", "lines": ["1816.86", "3633.72"], "total": "5450.58"}


def test_a_locality_that_is_not_among_the_loaded_ones_is_said_with_an_example(placed: Shipped) -> None:
    called = check(placed, "27365", "--dos", "2025-06-01", "--locality", "Atlantis")
    assert (called.code, called.err) == (
        2,
        "'Atlantis' is no locality of 2025-06-01; write state and number, such as AK 01, or contractor and number, "
        "0210201.\n",
    )


def test_a_hospital_gets_national_values_and_is_told(placed: Shipped) -> None:
    words = ("27365", "--dos", "2025-06-01", "--setting", "hospital", "--locality", "AL")
    assert check(placed, *words).err == "Hospital values by locality are not loaded; 'AL' gets the national ones.\n"
    held = check(placed, *words, "--json").object["values"]
    assert isinstance(held, dict)
    assert held["locality"] == "national"


def test_the_date_of_service_is_that_of_the_call_or_of_the_line(shipped: Shipped) -> None:
    assert check(shipped, "27445", "--dos", "2025-12-31").code == 0
    assert check(shipped, "27445", "--dos", "2026-01-01").code == 1
    assert check(shipped, "27445@2025-12-31", "--dos", "2026-01-01").code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("27365-L",), "Line '27365-L' cannot be read: 'L' is no modifier of two characters; write it like "),
        (("27365", "--dx", "hip"), "Diagnosis 'hip' is no ICD-10-CM code; write it like C40.22."),
        ((), "The following arguments are required: LINE; see encoder check --help."),
        (("27365", "--setting", "home"), "Argument --setting: invalid choice: 'home'"),
    ],
)
def test_a_wrong_call_is_one_sentence(shipped: Shipped, words: tuple[str, ...], sentence: str) -> None:
    called = check(shipped, *words)
    assert (called.code, called.out) == (2, "")
    assert called.err.startswith(sentence)
    assert called.err.count("\n") == 1


def test_a_claim_whose_every_line_goes_says_so(shipped: Shipped) -> None:
    assert "After the fixes: no line is left" in check(shipped, "20932").out
