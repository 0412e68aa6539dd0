"""``code``: the panels of a page, what leads to a code, and a second code on the same claim."""

from __future__ import annotations

from typing import cast

import pytest

from encoder.commands.shipped import Shipped
from tests.commands.calls import Called, answered, call
from tests.commands.fits import CITE, CODE, DAY, WARNING, Maybe, OneOf, misfits

pytestmark = pytest.mark.usefixtures("unmeasured")

ROW = {"table": str, "key": str, "edition": str, "from": Maybe(DAY), "until": Maybe(DAY)}
SAID = {"say": str, "rows": [ROW], "cites": [CITE]}
HELD = {"fact": str, "say": str, "codes": [CODE], "row": ROW, "cites": [CITE]}
NEED = {"question": str, "ask": str, "answers": [{"id": str, "say": str}], "any": bool}
TRAIL = {"ways": int, "needs": [NEED], "details": [NEED], "assume": [{"question": str, "answer": str}]}
EDIT = {
    "other": CODE,
    "title": str,
    "gives_way": OneOf(("other", "this")),
    "setting": OneOf(("practitioner", "outpatient_hospital")),
    "indicator": OneOf(("0", "1", "9")),
    "means": str,
    "rationale": str,
    "row": ROW,
    "cites": [CITE],
}
PAGE = {
    "picture": Maybe(str),
    "chips": [str],
    "notes": [SAID],
    "included": [HELD],
    "apart": [HELD],
    "never": [HELD],
    "guidelines": [SAID],
    "checklist": [{"fact": str, "label": str, "say": str, "question": Maybe(str), "cites": [CITE]}],
    "modifiers": [
        {
            "modifier": str,
            "title": str,
            "verdict": OneOf(("allowed", "refused", "conditional", "not_loaded")),
            "why": str,
            "against": Maybe(str),
            "when": str,
            "not_when": str,
            "field": Maybe(str),
            "value": Maybe(str),
            "rows": [ROW],
            "cites": [CITE],
        }
    ],
    "diagnoses": [
        {
            "family": str,
            "title": str,
            "fits": bool,
            "codes": [str],
            "warnings": [{"id": WARNING, "severity": str, "say": str, "cites": [CITE]}],
        }
    ],
    "edits": [EDIT],
    "add_ons": [
        {
            "code": CODE,
            "title": str,
            "state": OneOf(("allowed", "barred", "not_listed", "payer", "partial")),
            "list_type": Maybe(str),
            "basis": Maybe(str),
            "row": Maybe(ROW),
            "withdrawn": Maybe(ROW),
            "cites": [CITE],
        }
    ],
    "values": [
        {
            "edition": str,
            "from": Maybe(DAY),
            "until": Maybe(DAY),
            "work": Maybe(str),
            "practice_expense": Maybe(str),
            "malpractice": Maybe(str),
            "total": Maybe(str),
            "conversion_factor": Maybe(str),
            "national_payment": Maybe(str),
            "computed": bool,
            "cites": [CITE],
        }
    ],
    "value_notes": [SAID],
    "indicators": [
        {
            "field": str,
            "label": str,
            "value": str,
            "means": Maybe(str),
            "covers_dos": bool,
            "row": ROW,
            "cites": [CITE],
        }
    ],
    "facility": [SAID],
    "history": [{"on": Maybe(DAY), "say": str, "row": Maybe(ROW), "cites": [CITE]}],
    "often_confused": [
        {
            "id": str,
            "claim": Maybe(int),
            "said": str,
            "said_by": str,
            "tables_say": str,
            "codes": [str],
            "cites": [CITE],
        }
    ],
    "siblings": [str],
    "panels": [
        {
            "id": str,
            "title": str,
            "count": int,
            "empty": Maybe(str),
            "editions": [
                {"table": str, "edition": str, "from": Maybe(DAY), "until": Maybe(DAY), "covers_dos": bool},
            ],
            "cites": [CITE],
        }
    ],
    "leads_to_it": [TRAIL],
}
TOGETHER = {
    "codes": [CODE],
    "add_on": Maybe(CODE),
    "state": str,
    "say": str,
    "lines": [SAID],
    "basis": Maybe(str),
    "row": Maybe(ROW),
    "withdrawn": Maybe(ROW),
    "pairs": [EDIT],
    "pairs_known": bool,
    "leads_to_both": [TRAIL],
}


def with_code(shipped: Shipped, first: str, second: str, *words: str) -> Called:
    return call(shipped, "code", first, "--with", second, *words)


@pytest.mark.parametrize("code", ["20932", "27365", "27713", "27445", "C40.21", "S42.2", "0QRB0KZ", "62", "LT"])
def test_each_page_has_its_fields(shipped: Shipped, code: str) -> None:
    called = call(shipped, "code", code, "--json")
    assert (called.code, called.err) == (0, "")
    assert [*misfits(called.object, PAGE)] == []


def test_a_modifier_is_a_code_too(shipped: Shipped) -> None:
    about = call(shipped, "code", "lt", "--json").object
    assert (about["system"], about["code"], about["title"]) == ("modifier", "LT", "Left side")
    assert call(shipped, "code", "LT").out.startswith("LT  Left side\n")


def test_the_answers_that_lead_to_a_code_decide_it(shipped: Shipped) -> None:
    """The assumptions of the first trail and the first answer to each other need are a whole way to the code."""
    (trail, *_) = cast(
        list[dict[str, list[dict[str, object]]]], call(shipped, "code", "20932", "--json").object["leads_to_it"]
    )
    assumed = {cast(str, entry["question"]): cast(str, entry["answer"]) for entry in trail["assume"]}
    for need in trail["needs"]:
        first = cast(list[dict[str, str]], need["answers"])[0]
        assumed.setdefault(cast(str, need["question"]), first["id"])
    decided = call(shipped, "decide", *answered(assumed), "--json").object
    assert "20932" in {line["code"] for line in cast(list[dict[str, str]], decided["lines"])}


@pytest.mark.parametrize(
    ("first", "second", "state", "row"),
    [
        ("27365", "20932", "allowed", "aoc:20932>27365"),
        ("20932", "27365", "allowed", "aoc:20932>27365"),
        ("27447", "20932", "not_listed", None),
        ("27646", "20932", "barred", "bar:20932>27646"),
        ("27365", "27447", "no_edit_found", None),
    ],
)
def test_a_second_code_has_its_state_and_its_row(
    shipped: Shipped, first: str, second: str, state: str, row: str | None
) -> None:
    called = with_code(shipped, first, second, "--json")
    assert [*misfits(called.object, PAGE | {"with": TOGETHER})] == []
    beside = cast(dict[str, object], called.object["with"])
    assert (beside["codes"], beside["state"]) == ([first, second], state)
    held = cast(dict[str, str] | None, beside["row"])
    assert (held["key"] if held else None) == row


def test_a_withdrawn_bar_is_shown_with_its_days(shipped: Shipped) -> None:
    beside = cast(dict[str, object], with_code(shipped, "27134", "20934", "--json").object["with"])
    withdrawn = cast(dict[str, str], beside["withdrawn"])
    assert (beside["state"], withdrawn["key"], withdrawn["until"]) == ("not_listed", "bar:20934>27134", "2019-09-30")
    then = with_code(shipped, "27134", "20934", "--json", "--dos", "2019-09-30").object["with"]
    assert cast(dict[str, object], then)["state"] == "barred"


def test_only_two_codes_that_can_stand_together_have_ways_to_both(shipped: Shipped) -> None:
    both = cast(dict[str, list[object]], with_code(shipped, "27365", "20932", "--json").object["with"])
    neither = cast(dict[str, list[object]], with_code(shipped, "27646", "20932", "--json").object["with"])
    assert len(both["leads_to_both"]) == 1
    assert neither["leads_to_both"] == []


def test_a_page_is_told_in_words_with_its_editions_and_sources(shipped: Shipped) -> None:
    called = with_code(shipped, "27447", "20932")
    lines = called.out.splitlines()
    assert called.code == 0
    assert "27447 with 20932: not listed" in lines
    assert any(line.startswith("Add-on list (Add-on list 2026Q2, covers)") for line in lines)
    assert any(line.startswith("  Sources: ") for line in lines)
    assert "The note must show" in lines
    assert any(line.startswith("  20934 not listed: ") for line in lines)
    assert any(line.startswith("  The factors of the localities (GPCI) are not loaded") for line in lines)
    assert any(line.startswith("Which answers lead to it") for line in lines)


def test_what_no_way_leads_to_is_said(shipped: Shipped) -> None:
    assert call(shipped, "code", "22614").out.endswith("  No way of the tree leads to it on this date.\n")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("27365", "99999", "No table here names the code '99999'; check it, or look it up in the code book.\n"),
        (
            "27365",
            "C40.21",
            "--with takes two CPT codes, not 27365 with C40.21; other systems have no code pairs here.\n",
        ),
        ("62", "27365", "--with takes two CPT codes, not 62 with 27365; other systems have no code pairs here.\n"),
    ],
)
def test_a_second_code_that_makes_no_pair_is_a_wrong_call(shipped: Shipped, first: str, second: str, said: str) -> None:
    called = with_code(shipped, first, second, "--json")
    assert (called.code, called.out, called.err) == (2, "", said)
