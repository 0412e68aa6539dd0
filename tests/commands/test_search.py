"""``encoder search``: the JSON that scripts rely on, and what a reader in a terminal sees."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from encoder.commands.shipped import Shipped
from tests.commands.calls import Called, call


def results(called: Called) -> list[dict[str, Any]]:
    found = called.object["results"]
    assert isinstance(found, list)
    return found


def test_the_object_has_the_fields_of_the_contract(shipped: Shipped) -> None:
    called = call(shipped, "search", "stuctural allograft spine", "--json")
    assert (called.code, called.err) == (0, "")
    assert (called.object["query"], called.object["corrected"]) == (
        "stuctural allograft spine",
        "structural allograft spine",
    )
    first = results(called)[0]
    assert (first["system"], first["code"], first["missing"], first["standing"]) == ("cpt", "20931", [], None)
    assert first["title"] == "Spine graft: donor bone in one structural piece (add-on)"
    assert 0 < first["score"] <= 1
    assert first["matched"] == ["structural (stuctural)", "allograft", "spine"]
    assert first["in_scope"] is True
    assert called.object["words"][0] == {"typed": "stuctural", "read": "structural", "how": "spelling"}  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("osteoarticular allograft", "20932"),
        ("rad resect distal femur", "27365"),
        ("osteosarcoma left femur", "C40.22"),
        ("giant cell tumor bone", "D48.0"),
        ("ankle implant removal", "27704"),
        ("OATS knee open", "27415"),
        ("stuctural allograft spine", "20931"),
    ],
)
def test_the_first_hit(shipped: Shipped, text: str, code: str) -> None:
    assert results(call(shipped, "search", *text.split(), "--json"))[0]["code"] == code


def test_the_search_can_be_narrowed_and_cut(shipped: Shipped) -> None:
    narrowed = results(call(shipped, "search", "left", "femur", "--system", "icd10pcs", "--limit", "3", "--json"))
    assert [hit["system"] for hit in narrowed] == ["icd10pcs"] * 3
    both = results(call(shipped, "search", "24", "--system", "pos", "--system", "modifier", "--json"))
    assert {(hit["system"], hit["code"]) for hit in both[:2]} == {("pos", "24"), ("modifier", "24")}
    assert len(results(call(shipped, "search", "femur", "--json"))) == 20


def test_a_correction_can_be_refused(shipped: Shipped) -> None:
    refused = call(shipped, "search", "stuctural", "--as-typed", "--json")
    assert (refused.object["corrected"], results(refused)) == (None, [])
    assert "structural" in refused.object["near"]  # type: ignore[operator]
    assert refused.object["said"] == "No title has 'stuctural'. Nothing was found."


def test_a_reader_sees_code_title_reason_and_standing(shipped: Shipped) -> None:
    called = call(shipped, "search", "hingd", "knee", "--limit", "1", "--dos", "2026-05-01")
    assert called.out.splitlines() == [
        "Read as: hinged knee (--as-typed searches for what was typed)",
        "27445     cpt      Hinged knee arthroplasty  [hinged (hingd), knee]  "
        "Not in force on 2026-05-01: it ended on 2025-12-31; no code is named in its place.",
    ]
    earlier = call(shipped, "search", "27445", today=date(2025, 5, 1))
    assert earlier.out.splitlines()[0] == "27445     cpt      Hinged knee arthroplasty  [code]"


def test_nothing_found_is_said_with_what_is_near(shipped: Shipped) -> None:
    called = call(shipped, "search", "qwertzuiopasdf")
    assert called.code == 0
    said, near = called.out.splitlines()
    assert said == "No title has 'qwertzuiopasdf'. Nothing was found."
    assert near.startswith("Near it: ")
    lacking = call(shipped, "search", "osteoarticular", "kneecap", "graft", "xyzzyx", "--limit", "1")
    assert "; not: " in lacking.out


def test_a_wrong_call_is_one_sentence(shipped: Shipped) -> None:
    for words in (["search"], ["search", "femur", "--system", "icd11"], ["search", "femur", "--limit", "0"]):
        called = call(shipped, *words)
        assert (called.code, called.out) == (2, "")
        assert called.err.endswith("see encoder search --help.\n")


def test_a_place_in_the_tree_is_named_as_decide_takes_it(shipped: Shipped) -> None:
    places = results(call(shipped, "search", "what form was the donor material", "--system", "tree", "--json"))
    assert places[0]["code"] == "graft_form"
    answers = results(call(shipped, "search", "hemicortical part of circumference", "--system", "tree", "--json"))
    assert any(place["code"].startswith("graft_form=") for place in answers)
    assert call(shipped, "decide", "-a", "claim=surgeon", "--json").code == 0
