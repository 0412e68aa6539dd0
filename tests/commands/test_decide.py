"""``decide``: exit codes, the object of ``--json`` as documented, the text for a reader, and answers from a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest

from encoder import paths
from encoder.commands.shipped import Shipped
from encoder.core.cases import Case
from encoder.store.case_file import read_cases
from tests.commands.calls import LISTED, TODAY, Called, answered, call
from tests.commands.fits import CITE, CODE, DAY, WARNING, Maybe, OneOf, misfits

pytestmark = pytest.mark.usefixtures("unmeasured")

TRAIL = {"question": str, "answer": str, "evidence": [{"start": int, "end": int, "quote": str}]}
LINE = {
    "code": CODE,
    "role": OneOf(("primary", "add_on", "other")),
    "units": int,
    "modifiers": [str],
    "title": str,
}
SHAPE = {
    "tree": {"id": str, "edition": str, "sha256": str},
    "dos": DAY,
    "status": OneOf(("decided", "query", "stopped", "incomplete")),
    "outcome": {"id": str, "say": str, "review": Maybe(str)},
    "lines": [LINE],
    "trail": [TRAIL],
    "next": Maybe({"question": str, "ask": str, "answers": [{"id": str, "say": str}]}),
    "candidates": [{"code": CODE, "role": str}],
    "why": [{"rule": str, "say": str, "cites": [CITE], "from": Maybe(DAY), "until": Maybe(DAY)}],
    "why_not": [
        {
            "code": CODE,
            "say": str,
            "because": OneOf(({"question": str, "answer": str}, {"rule": str})),
            "cites": [CITE],
        }
    ],
    "warnings": [{"id": WARNING, "severity": OneOf(("stop", "warn", "note")), "say": str, "cites": [CITE]}],
    "checklist": [{"fact": str, "say": str, "evidence": Maybe({"start": int, "end": int, "quote": str})}],
    "queries": [{"fact": str, "text": str}],
    "editions": [{"table": str, "edition": str, "from": DAY, "until": Maybe(DAY), "covers_dos": bool}],
}
"""``decide --json`` as commands.md documents it."""

GOLDEN = [case for case in read_cases(paths.cases()) if case.id.startswith("golden_")]


def decide(shipped: Shipped, answers: Mapping[str, str], *words: str) -> Called:
    return call(shipped, "decide", *answered(answers), *words)


def decided(shipped: Shipped, answers: Mapping[str, str], *words: str) -> dict[str, object]:
    return decide(shipped, answers, "--json", *words).object


# ---------------------------------------------------------------------------------------------- the object


@pytest.mark.parametrize("case", GOLDEN, ids=[case.id for case in GOLDEN])
def test_every_documented_field_is_there_with_its_type(shipped: Shipped, case: Case) -> None:
    called = decide(shipped, case.answers, "--dos", case.on.isoformat(), "--json")
    value = called.object
    assert [*misfits(value, SHAPE)] == []
    assert (value["status"], value["dos"]) == (case.expect.status, case.on.isoformat())
    assert called.code == (1 if case.expect.status in {"query", "stopped"} else 0)
    assert called.err == ""


def test_a_question_that_is_still_open_is_offered_with_its_answers(shipped: Shipped) -> None:
    value = decided(shipped, {"claim": "surgeon"})
    assert [*misfits(value, SHAPE)] == []
    asked = cast(dict[str, object], value["next"])
    answers = cast(list[dict[str, str]], asked["answers"])
    assert (value["status"], asked["question"]) == ("incomplete", "graft_material")
    assert [answer["id"] for answer in answers][-1] == "not_documented"
    assert (value["lines"], value["why"], value["why_not"], value["warnings"]) == ([], [], [], [])
    candidates = {item["code"]: item["role"] for item in cast(list[dict[str, str]], value["candidates"])}
    assert (candidates["20932"], candidates["27365"]) == ("add_on", "primary")


def test_without_an_answer_the_first_question_is_next(shipped: Shipped) -> None:
    value = decided(shipped, {})
    assert cast(dict[str, object], value["next"])["question"] == "claim"
    assert (value["trail"], value["status"]) == ([], "incomplete")


def test_a_decided_case_has_lines_reasons_and_facts_to_show(shipped: Shipped) -> None:
    value = decided(shipped, {**LISTED, "side": "left"})
    lines = cast(list[dict[str, object]], value["lines"])
    assert [(line["code"], line["role"], line["units"], line["modifiers"]) for line in lines] == [
        ("27365", "primary", 1, ["LT"]),
        ("20932", "add_on", 1, []),
    ]
    why = {item["rule"] for item in cast(list[dict[str, str]], value["why"])}
    assert {"aoc:20932>27365", "tumor_resection.distal_femur", "rule:side_left"} <= why
    assert all(value[part] for part in ("checklist", "editions", "why_not"))
    assert value["queries"] == []
    trail = [(step["question"], step["answer"]) for step in cast(list[dict[str, str]], value["trail"])]
    assert trail == [*LISTED.items(), ("side", "left")]


def test_a_stopped_case_carries_the_query_and_no_line(shipped: Shipped) -> None:
    value = decided(shipped, {**LISTED, "graft_form": "not_documented"})
    (query,) = cast(list[dict[str, str]], value["queries"])
    assert (value["status"], value["lines"]) == ("query", [])
    assert query["fact"] == "the form of the donor material"
    assert "27365" not in query["text"]
    assert cast(list[dict[str, str]], value["trail"])[-1]["answer"] == "not_documented"


def test_a_refusal_names_the_row_that_bars_the_add_on(shipped: Shipped) -> None:
    value = decided(shipped, {**LISTED, "bone": "fibula"})
    against = {item["code"]: item for item in cast(list[dict[str, object]], value["why_not"])}
    assert against["20932"]["because"] == {"rule": "bar:20932>27646"}
    assert against["20933"]["because"] == {"question": "graft_form", "answer": "osteoarticular"}


def test_several_answers_are_joined_by_a_plus(shipped: Shipped) -> None:
    value = decided(shipped, {**LISTED, "other_work": "hardware_other_site+biopsy_inside"})
    trail = cast(list[dict[str, str]], value["trail"])
    assert trail[-1]["answer"] == "biopsy_inside+hardware_other_site"


def test_what_is_set_aside_is_said_beside_the_object(shipped: Shipped) -> None:
    called = decide(shipped, {**LISTED, "graft_form": "chips"}, "--json")
    assert called.err == "Set aside, not on the way: graft_placed=yes.\n"
    assert [*misfits(called.object, SHAPE)] == []


# ---------------------------------------------------------------------------------------------- the date


def test_the_date_of_service_may_stand_before_and_after_the_command(shipped: Shipped) -> None:
    after = call(shipped, "decide", "--dos", "2018-12-31", "--json")
    before = call(shipped, "--dos", "2018-12-31", "decide", "--json")
    assert after == before
    assert (after.object["dos"], after.object["status"], after.code) == ("2018-12-31", "stopped", 1)


def test_of_two_dates_the_one_after_the_command_counts(shipped: Shipped) -> None:
    called = call(shipped, "--dos", "2018-12-31", "decide", "--dos", "2026-05-01", "--json")
    assert called.object["dos"] == "2026-05-01"


def test_without_a_date_today_is_taken(shipped: Shipped) -> None:
    assert decided(shipped, {})["dos"] == TODAY.isoformat()


# ---------------------------------------------------------------------------------------------- for a reader


def test_a_decided_case_is_told_in_words(shipped: Shipped) -> None:
    called = decide(shipped, {**LISTED, "side": "left"})
    lines = called.out.splitlines()
    assert (called.code, called.err) == (0, "")
    assert lines[0] == "Date of service 2026-05-01"
    assert "  Bone: Distal femur or knee" in lines
    assert "Decided: this primary may carry the add-on" in lines
    assert any(line.startswith("  27365-LT  ") for line in lines)
    assert any(line.startswith("Why: ") and "[aoc:20932>27365; " in line for line in lines)
    assert any(line.startswith("Not 20933: ") for line in lines)
    assert any(line.startswith("W09 note: ") for line in lines)
    assert lines[-1].startswith("Taken as usual, not asked yet: diagnosis")


def test_a_question_is_told_with_the_answers_it_takes(shipped: Shipped) -> None:
    lines = decide(shipped, {"claim": "surgeon"}).out.splitlines()
    assert lines[2] == "Next: What filled or replaced the bone or joint?  (graft_material)"
    assert "  donor_bone: Donor bone (allograft), with or without cartilage" in lines
    assert lines[-1] == "  not_documented: The note does not say"


def test_a_stop_is_told_with_its_query_and_exits_with_1(shipped: Shipped) -> None:
    called = decide(shipped, {"claim": "surgeon", "graft_material": "not_documented"})
    assert called.code == 1
    assert "Stop: ask the surgeon. One fact is missing\n" in called.out
    assert "To: [surgeon]\n" in called.out


def test_a_second_look_is_told(shipped: Shipped) -> None:
    called = decide(shipped, {**LISTED, "bone": "carpal"})
    assert called.code == 0
    assert "\nReview: " in called.out


# ---------------------------------------------------------------------------------------------- answers from a file


def file(folder: Path, text: str) -> str:
    (folder / "answers.toml").write_text(text, encoding="utf-8")
    return str(folder / "answers.toml")


@pytest.mark.parametrize("head", ["", "[answers]\n"])
def test_answers_come_from_a_file_too(shipped: Shipped, tmp_path: Path, head: str) -> None:
    text = head + "".join(f'{question} = "{answer}"\n' for question, answer in LISTED.items())
    text += 'other_work = ["biopsy_inside", "hardware_other_site"]\n'
    from_file = call(shipped, "decide", "--answers", file(tmp_path, text), "--json")
    assert from_file == decide(shipped, {**LISTED, "other_work": "biopsy_inside+hardware_other_site"}, "--json")


def test_an_answer_of_the_call_counts_over_that_of_the_file(shipped: Shipped, tmp_path: Path) -> None:
    text = "".join(f'{question} = "{answer}"\n' for question, answer in LISTED.items())
    called = call(shipped, "decide", "--answers", file(tmp_path, text), "-a", "bone=fibula", "--json")
    assert cast(list[dict[str, str]], called.object["lines"])[0]["code"] == "27646"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("claim = ", 'is not valid TOML: Invalid value (at end of document); write one QUESTION = "ANSWER" a line.'),
        ("claim = 7", "the answer to 'claim' is 7; a text or a list of texts was expected."),
        ("claim = [7]", "the answer to 'claim' is [7]; a text or a list of texts was expected."),
        ("answers = 7", "'answers' is 7; a table of QUESTION = \"ANSWER\" was expected."),
        (
            'clam = "surgeon"',
            "The tree 'structural_allograft' has no question 'clam'; did you mean 'claim'.",
        ),
        ('claim = "surgeons"', "Question 'claim' has no answer 'surgeons'; did you mean 'surgeon'."),
        (
            'claim = ["surgeon", "inpatient"]',
            "Question 'claim' takes one answer, not 2 (surgeon+inpatient); give the one that applies.",
        ),
    ],
)
def test_a_bad_file_of_answers_is_refused_by_its_name(
    shipped: Shipped, tmp_path: Path, text: str, sentence: str
) -> None:
    name = file(tmp_path, text)
    called = call(shipped, "decide", "--json", "--answers", name)
    assert (called.code, called.out) == (3, "")
    assert called.err.removeprefix(name).lstrip(": ") == sentence + "\n"
    assert called.err.startswith(name)


@pytest.mark.parametrize("data", [b"claim = '\xff'", b"a = " + b"[" * 5000], ids=["no text", "too deep"])
def test_a_file_of_answers_that_is_no_toml_is_refused(shipped: Shipped, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "answers.toml").write_bytes(data)
    called = call(shipped, "decide", "--answers", str(tmp_path / "answers.toml"))
    assert (called.code, called.out) == (3, "")
    assert "answers.toml is not valid TOML: " in called.err


@pytest.mark.parametrize(("name", "why"), [("none.toml", "No such file or directory"), (".", "Is a directory")])
def test_a_file_of_answers_that_cannot_be_read_is_refused(
    shipped: Shipped, tmp_path: Path, name: str, why: str
) -> None:
    called = call(shipped, "decide", "--answers", str(tmp_path / name))
    assert (called.code, called.out) == (3, "")
    assert called.err == f"{tmp_path / name} cannot be read ({why}); name a TOML file with answers.\n"


# ---------------------------------------------------------------------------------------------- a wrong call


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["-a", "claim"], "Answer 'claim' is not QUESTION=ANSWER; write for example -a graft_form=osteoarticular."),
        (
            ["-a", "=surgeon"],
            "Answer '=surgeon' is not QUESTION=ANSWER; write for example -a graft_form=osteoarticular.",
        ),
        (["-a", "claim="], "Answer 'claim=' is not QUESTION=ANSWER; write for example -a graft_form=osteoarticular."),
        (
            ["-a", "claim=x"],
            "Question 'claim' has no answer 'x'; it is one of: surgeon, outpatient, inpatient, not_doc",
        ),
        (["-a", "clam=x"], "The tree 'structural_allograft' has no question 'clam'; did you mean 'claim'."),
        (
            ["--tree", "spine"],
            "Cannot choose a tree: there is no tree 'spine'; name one with --tree: structural_allograft.",
        ),
    ],
)
def test_a_wrong_call_is_refused_in_one_sentence(shipped: Shipped, words: list[str], sentence: str) -> None:
    called = call(shipped, "decide", "--json", *words)
    assert (called.code, called.out) == (2, "")
    assert called.err.startswith(sentence)
    assert called.err.count("\n") == 1


def test_the_tree_may_be_named(shipped: Shipped) -> None:
    assert call(shipped, "decide", "--json", "--tree", "structural_allograft") == call(shipped, "decide", "--json")


def test_that_the_code_pairs_end_before_the_date_is_said_once(shipped: Shipped) -> None:
    words = call(shipped, "decide", *answered(LISTED)).out
    assert len([line for line in words.splitlines() if "code pairs" in line.lower()]) == 1
