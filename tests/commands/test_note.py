"""``encoder note`` and ``decide --note``: the contract of their JSON, their words and their exit codes."""

from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path

import pytest

from encoder import paths
from encoder.commands.shipped import Shipped
from tests.commands.calls import call
from tests.notes.labels import FOLDER

WIDE = FOLDER / "tuned" / "distal_femur_classic.txt"
CONFLICT = FOLDER / "tuned" / "form_conflict_caps.txt"
SILENT = FOLDER / "tuned" / "below_knee_amputation.txt"


@pytest.fixture(scope="module")
def shipped(database: Path) -> Shipped:
    return Shipped(database, paths.resources(), paths.cases())


def test_the_object_of_note(shipped: Shipped) -> None:
    called = call(shipped, "note", str(WIDE), "--json")
    said = called.object
    text = WIDE.read_text(encoding="utf-8")
    assert called.code == 0
    assert said["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    sections, findings, suggestions = said["sections"], said["findings"], said["suggestions"]
    assert isinstance(sections, list)
    assert isinstance(findings, list)
    assert isinstance(suggestions, list)
    assert sections[0]["title"] == "PREOPERATIVE DIAGNOSIS"
    for finding in findings:
        assert text[finding["start"] : finding["end"]] == finding["quote"]
        assert {"fact", "value", "status", "cue"} <= set(finding)
    answers = {one["question"]: one["answer"] for one in suggestions}
    assert answers["graft_form"] == "osteoarticular"
    assert all(one["findings"] for one in suggestions)
    outcome = said["outcome"]
    assert isinstance(outcome, dict)
    assert [line["code"] for line in outcome["lines"]] == ["27365", "20932"]
    evidence = {step["question"]: step["evidence"] for step in outcome["trail"]}
    assert evidence["graft_form"][0]["quote"].endswith("osteoarticular")
    assert evidence["claim"] == []
    assert outcome["taken_without_the_note"][0]["question"] == "claim"
    ticked = {item["fact"]: item["evidence"] for item in outcome["checklist"]}
    assert ticked["20932.templated"]["quote"] == "templated"
    assert ticked["20932.tissue_bank"] is None
    assert ticked["resection.approach"] is None


def test_a_contradiction_stops_with_a_query_that_quotes_both_sides(shipped: Shipped) -> None:
    called = call(shipped, "note", str(CONFLICT), "--json")
    outcome = called.object["outcome"]
    assert isinstance(outcome, dict)
    assert called.code == 1
    assert outcome["status"] == "query"
    assert outcome["missing"][0]["question"] == "graft_form"
    assert outcome["missing"][0]["because"] == "contradiction"
    assert outcome["queries"][0]["reopens"] == "graft_form"
    text = outcome["queries"][0]["text"]
    assert (
        '"WIDE RESECTION LEFT DISTAL TIBIA OSTEOSARCOMA, HEMICORTICAL ALLOGRAFT." [operative note, procedure, line 1]'
        in text
    )
    assert "[ ] hemicortical\n[ ] osteoarticular\n" in text


def test_where_the_note_is_silent_the_next_question_is_named(shipped: Shipped, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(
        "PROCEDURE: Curettage of enchondroma, right proximal humerus.\nThe lesion was curetted.", encoding="utf-8"
    )
    outcome = call(shipped, "note", str(file), "--json").object["outcome"]
    assert isinstance(outcome, dict)
    assert outcome["status"] == "incomplete"
    assert outcome["next"]["question"] == "graft_material"
    assert outcome["missing"][0]["because"] == "silent"


def test_in_words(shipped: Shipped) -> None:
    said = call(shipped, "note", str(WIDE)).out
    assert "graft_form = osteoarticular: affirmed" in said
    assert "Claim: surgeon, taken as usual: no note carries it" in said
    assert "27365-RT" in said
    stopped = call(shipped, "note", str(CONFLICT))
    assert stopped.code == 1
    assert "Missing: the form of the donor material (the note says it in ways that do not agree)." in stopped.out


def test_in_words_where_the_note_is_silent(shipped: Shipped, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("PROCEDURE: Left knee operation.\n", encoding="utf-8")
    called = call(shipped, "note", str(note))
    assert called.code == 1
    assert "the note is silent" in called.out


def test_several_documents_and_standard_input(shipped: Shipped, monkeypatch: pytest.MonkeyPatch) -> None:
    class Typed:
        buffer = io.BytesIO(b"PROCEDURE: Left knee arthroscopy.")

    monkeypatch.setattr(sys, "stdin", Typed())
    said = call(shipped, "note", "-", str(SILENT), "--json").object
    documents = said["documents"]
    assert isinstance(documents, list)
    assert [one["name"] for one in documents] == ["standard input", SILENT.name]


def test_a_file_that_cannot_be_read(shipped: Shipped, tmp_path: Path) -> None:
    called = call(shipped, "note", str(tmp_path / "gone.txt"))
    assert called.code == 3
    assert "gone.txt cannot be read" in called.err


def test_a_long_pdf_tells_how_far_it_is(shipped: Shipped, tmp_path: Path) -> None:
    from tests.store.test_documents import pdf

    file = tmp_path / "long.pdf"
    file.write_bytes(pdf(*["PROCEDURE: Left knee."] * 41))
    called = call(shipped, "note", str(file), "--json")
    assert called.err.splitlines() == ["long.pdf: 20 of 41 pages.", "long.pdf: 40 of 41 pages."]


def test_decide_puts_the_quotes_of_a_note_beside_the_answers(shipped: Shipped) -> None:
    words = (
        "-a",
        "claim=surgeon",
        "-a",
        "graft_material=donor_bone",
        "-a",
        "region=limb",
        "-a",
        "main_procedure=curettage",
    )
    outcome = call(shipped, "decide", *words, "--note", str(WIDE), "--json").object
    trail = outcome["trail"]
    assert isinstance(trail, list)
    evidence = {step["question"]: [one["quote"] for one in step["evidence"]] for step in trail}
    assert "distal femoral osteoarticular allograft" in evidence["graft_material"]
    assert evidence["main_procedure"] == []
    plain = call(shipped, "decide", *words, "--json").object["trail"]
    assert isinstance(plain, list)
    assert all(step["evidence"] == [] for step in plain)
