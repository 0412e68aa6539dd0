"""``ask``: the object of ``--json`` as documented, exit codes, and the answer in words with its rows and sources."""

from __future__ import annotations

from typing import cast

import pytest

from encoder.commands.shipped import Shipped
from tests.commands.calls import Called, call
from tests.commands.fits import CITE, DAY, Maybe, OneOf, misfits

pytestmark = pytest.mark.usefixtures("unmeasured")

SHAPE = {
    "question": str,
    "kind": str,
    "answered": bool,
    "state": Maybe(str),
    "say": str,
    "lines": [str],
    "codes": [str],
    "rows": [{"table": str, "key": str, "edition": str, "from": Maybe(DAY), "until": Maybe(DAY)}],
    "cites": [CITE],
    "missing": [{"question": str, "ask": str, "answers": [{"id": str, "say": str, "codes": [[str]]}]}],
    "near": [{"kind": OneOf(("code", "question", "ask")), "id": str, "title": str}],
    "read_as": [str],
    "dos": DAY,
}


def ask(shipped: Shipped, *words: str) -> Called:
    return call(shipped, "ask", *words)


@pytest.mark.parametrize(
    "question",
    [
        "can 20932 go with 27365",
        "allograft after wide resection of distal femur",
        "curettage of femoral cyst with allograft",
        "which modifier for both sides",
        "anterior cruciate ligament allograft",
        "what is the meaning of life",
        "",
    ],
)
def test_every_answer_has_its_fields(shipped: Shipped, question: str) -> None:
    called = ask(shipped, question, "--json")
    about = called.object
    assert [*misfits(about, SHAPE)] == []
    assert called.err == ""
    assert called.code == (0 if about["answered"] else 1)
    assert (about["question"], about["dos"]) == (question, "2026-05-01")


def test_the_words_of_a_question_may_stand_apart(shipped: Shipped) -> None:
    apart = ask(shipped, "can", "20932", "go", "with", "27447?", "--json").object
    assert apart == ask(shipped, "can 20932 go with 27447?", "--json").object


def test_a_date_is_given_by_the_call_or_by_the_question(shipped: Shipped) -> None:
    then = ask(shipped, "can 20934 go with 27134", "--dos", "2019-09-30", "--json").object
    named = ask(shipped, "can 20934 go with 27134 on 2019-09-30", "--json").object
    now = ask(shipped, "can 20934 go with 27134", "--json").object
    assert (then["state"], named["state"], now["state"]) == ("barred", "barred", "not_listed")
    assert (then["dos"], named["dos"]) == ("2019-09-30", "2019-09-30")


def test_a_year_alone_is_said_to_be_taken_at_its_middle(shipped: Shipped) -> None:
    about = ask(shipped, "was 27445 valid in 2024", "--json").object
    assert about["read_as"] == ["2024 is taken as 2024-07-01; write a full date for another day"]
    assert (about["dos"], about["answered"]) == ("2024-07-01", True)


def test_what_is_missing_is_asked_for_with_what_each_answer_gives(shipped: Shipped) -> None:
    about = ask(shipped, "allograft after wide resection of distal femur", "--json").object
    (missing,) = cast(list[dict[str, object]], about["missing"])
    assert missing["question"] == "graft_form"
    given = {entry["id"]: entry["codes"] for entry in cast(list[dict[str, object]], missing["answers"])}
    assert given["osteoarticular"] == [["27365", "20932"]]
    assert given["hemicortical"] == [["27365", "20933"]]
    assert given["complete"] == [["27365", "20934"]]
    assert given["chips"] == [["27365"]]


def test_an_answer_is_told_in_words_with_rows_and_sources(shipped: Shipped) -> None:
    called = ask(shipped, "can 20932 go with 27365?")
    lines = called.out.splitlines()
    assert (called.code, lines[0]) == (0, "Yes. 20932 may go with 27365: 27365 is on its closed list of primaries.")
    assert any(line.startswith("Rows: aoc aoc:20932>27365") for line in lines)
    assert any(line.startswith("Sources: ") for line in lines)
    assert "Nearest:" not in lines


def test_what_cannot_be_answered_is_said_with_the_nearest_places(shipped: Shipped) -> None:
    called = ask(shipped, "can 20932 be flambéed with 27447")
    lines = called.out.splitlines()
    assert called.code == 1
    assert lines[0] == "I cannot answer that: I do not know the word 'flambéed', and it might change the answer."
    assert lines[lines.index("Nearest:") + 1] == "  can 20932 go with 27447"
    assert any(line.startswith("  27447: ") for line in lines)


def test_a_corrected_word_is_said(shipped: Shipped) -> None:
    assert ask(shipped, "what is an osteoarticlar allograft").out.startswith(
        "('osteoarticlar' is read as 'osteoarticular')\n"
    )
