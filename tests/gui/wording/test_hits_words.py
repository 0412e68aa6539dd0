"""Hits as rows: why each is here, what was found in its title, and when a text is a question."""

from __future__ import annotations

from datetime import date

import pytest

from encoder.core.search.found import Found, Hit, ReadWord
from encoder.gui.actions import Action, matching
from encoder.gui.searching import Sought, Wish
from encoder.gui.wording import hits, palette

ON = date(2026, 5, 1)


def hit(
    system: str, code: str, title: str, *matched: str, missing: tuple[str, ...] = (), official: bool = False
) -> Hit:
    return Hit(system, code, title, 0.9, matched, missing, True, official)


def sought(*found: Hit, corrected: str | None = None, words: tuple[ReadWord, ...] = ()) -> Sought:
    return Sought(Wish("as typed", ON), Found("as typed", corrected, found, words), ("",) * len(found))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("can 20932 go with 27447", True),
        ("Which primaries go with 20932", True),
        ("20932 with 27447?", True),
        ("27365", False),
        ("what", False),
        ("island graft", False),
        ("mayo clinic", False),
    ],
)
def test_a_question_is_told_from_a_term(text: str, asks: bool) -> None:
    assert hits.is_question(text) is asks


def test_the_words_that_were_found_are_marked_in_the_title() -> None:
    found = hit("cpt", "20932", "Joint allograft, distal femur", "allograft (alograft)", "femoral (femur)", "distal")
    assert hits.marked(found) == "Joint **allograft**, **distal** **femur**"
    assert hits.why(found) == "allograft (alograft), femoral (femur), distal"


def test_signs_of_a_title_are_no_marks() -> None:
    assert hits.marked(hit("cpt", "1", "a `b` **c** ~~d~~", "code")) == "a 'b' * *c* * ~ ~d~ ~"


def test_what_a_hit_lacks_is_said() -> None:
    assert hits.why(hit("cpt", "1", "x", "femur", missing=("plate", "left"))) == "femur; without plate, left"


def test_code_sets_stand_together_in_the_order_of_their_best_hit() -> None:
    found = sought(
        hit("icd10cm", "C40.22", "one", "code"),
        hit("cpt", "27365", "two", "code", official=True),
        hit("icd10cm", "C40.21", "three", "code"),
        hit("tree", "graft_form=plug", "four", "plug"),
        hit("pos", "21", "five", "code"),
    )
    rows = list(hits.groups(found, lambda system: "2026" if system == "icd10cm" else "", lambda _place: "Form"))
    assert [(row.kind, row.lead or row.text) for row in rows] == [
        *(("heading", "ICD-10-CM, 2026"), ("code", "C40.22"), ("code", "C40.21")),
        *(("heading", "CPT, licensed texts"), ("code", "27365")),
        *(("heading", "In the questions"), ("place", "Form")),
        *(("heading", "Places of service"), ("code", "21")),
    ]
    assert rows[-1].id == "pos:21"
    assert rows[4].end == "licensed text · this code"


def test_corrections_are_counted() -> None:
    read = (ReadWord("alograft", "allograft", "spelling"), ReadWord("femur", "femur", "typed"))
    assert hits.said(sought(corrected="allograft femur", words=read).found) == (
        "Searched for **allograft femur**. One word was corrected."
    )


def test_commands_stand_first_where_nothing_else_is_found_and_last_beside_hits() -> None:
    action = Action("As typed", (), lambda: None)
    none = palette.found(sought(), lambda _s: "", lambda _p: "", [action])
    assert [row.kind for row in none] == ["heading", "command", "heading", "ask"]
    some = palette.found(sought(hit("cpt", "1", "x", "code")), lambda _s: "", lambda _p: "", [action])
    assert [row.kind for row in some] == ["heading", "code", "heading", "command", "heading", "ask"]


def test_commands_are_found_by_beginnings_of_their_words() -> None:
    actions = [Action("Start a new case", (), lambda: None, "begin"), Action("Dark colours", (), lambda: None)]
    assert [action.name for action in matching(actions, "new ca")] == ["Start a new case"]
    assert [action.name for action in matching(actions, "beg")] == ["Start a new case"]
    assert matching(actions, "ark") == []
    assert matching(actions, "") == actions
