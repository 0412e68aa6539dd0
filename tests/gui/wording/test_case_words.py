"""The case under way in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from encoder.gui.wording import case as words
from tests.gui.made import ask, candidate, edition, ended, gone, option, queried, step, stopped, view

PICTURES = frozenset({"osteoarticular", "chips"})


def test_an_answer_keeps_its_words_and_the_last_row_is_that_the_note_does_not_say() -> None:
    rows, chosen = words.options(ask(), PICTURES)
    assert [row.id for row in rows] == ["joint", "part", "ring", "not_documented"]
    assert (rows[0].text, rows[0].second, rows[0].short) == ("Joint", "plain words for joint", "Joint")
    assert (rows[-1].text, rows[-1].not_documented) == (words.UNSAID, True)
    assert chosen == []


@pytest.mark.parametrize(("pictured", "shown"), [(3, True), (1, True), (0, False)])
def test_pictures_are_shown_when_one_in_three_answers_has_one(pictured: int, shown: bool) -> None:
    offered = [option(f"a{at}", picture="chips" if at < pictured else "unknown") for at in range(3)]
    rows, _ = words.options(ask(*offered), PICTURES)
    assert bool(rows[-1].picture) is shown
    assert [bool(row.picture) for row in rows[:3]] == [at < pictured for at in range(3)]


def test_what_is_taken_until_asked_is_tagged_unless_an_answer_was_given() -> None:
    rows, _ = words.options(ask(option("one"), option("two"), usual="one"), PICTURES)
    assert [[tag.text for tag in row.tags] for row in rows] == [["taken until asked"], [], []]
    rows, chosen = words.options(ask(option("one"), option("two", chosen=True), usual="one"), PICTURES)
    assert not any(row.tags for row in rows)
    assert chosen == ["two"]


def test_what_is_assumed_is_tagged_at_its_question_and_is_said_with_where_it_comes_from() -> None:
    asked = ask(option("one"), option("two"), usual="one", assumed=("two",))
    rows, chosen = words.options(asked, PICTURES)
    assert [[tag.text for tag in row.tags] for row in rows] == [["taken until asked"], ["assumed, to confirm"], []]
    assert chosen == []
    assert words.assumed(asked, "20932") == "Assumed from `20932`: **Two**. It counts once you confirm it."
    assert words.assumed(asked, "") == "Assumed: **Two**. It counts once you confirm it."
    assert words.assumed(ask(), "20932") == ""


def test_an_assumption_may_be_that_the_note_does_not_say_or_a_written_code() -> None:
    rows, _ = words.options(ask(assumed=("not_documented",)), PICTURES)
    assert [tag.text for tag in rows[-1].tags] == ["assumed, to confirm"]
    assert words.assumed(ask(assumed=("not_documented",)), "").startswith(f"Assumed: **{words.UNSAID}**.")
    code = ask(option("M84.551", "M84.551  Fracture in a tumour"), seventh=True, assumed=("M84.551A",))
    assert [tag.text for tag in words.options(code, PICTURES)[0][0].tags] == ["assumed, to confirm"]
    assert words.assumed(code, "").startswith("Assumed: **M84.551A**.")


def test_steps_to_confirm_stand_under_their_heading() -> None:
    steps = (step("form", "Being asked", "now"), step("bone", "Femur", "confirm"), step("side", "", "todo"))
    shown = words.way(view(way=steps, meant="27365"))
    assert [(one.state, one.label) for one in shown] == [
        ("now", "Form"),
        ("heading", "To confirm, assumed from `27365`"),
        ("confirm", "Bone"),
        ("heading", "Usually still asked"),
        ("todo", "Side"),
    ]


def test_a_code_of_a_table_is_marked_and_says_what_it_still_lacks() -> None:
    code = option("M84.551", "M84.551  Fracture in a tumour", plain="A D G")
    row, _ = words.options(ask(code, seventh=True), PICTURES)[0]
    assert row.text == "`M84.551`  Fracture in a tumour"
    assert row.second == "Seventh character due: A, D, G"
    assert row.short == ""
    plain, _ = words.options(ask(code), PICTURES)[0]
    assert plain.second == "A D G"


def test_an_answer_that_does_not_fit_any_more_is_said_dropped() -> None:
    assert words.dropped(ask()) == ""
    assert words.dropped(ask(was="Full ring")).startswith("was: Full ring, dropped.")


def test_a_diagnosis_with_its_seventh_character_is_not_dropped_but_written() -> None:
    kept = ask(option("M84.551"), seventh=True, was="M84.551A")
    assert words.dropped(kept) == ""
    assert words.written(kept) == "M84.551A"
    assert words.written(ask(option("C40.22", chosen=True), seventh=True)) == "C40.22"
    assert words.written(ask(option("C40.22", chosen=True))) == ""


def test_headings_part_the_way_once_each() -> None:
    steps = (
        step("form", "Joint surface"),
        step("side", "not asked yet", "assumed"),
        step("effort", "As usual", "assumed"),
        step("bone", "", "todo"),
    )
    shown = words.way(view(way=steps))
    assert [(one.label, one.state) for one in shown] == [
        ("Form", "answered"),
        ("Taken as usual until asked", "heading"),
        ("Side", "unasked"),
        ("Effort", "assumed"),
        ("Usually still asked", "heading"),
        ("Bone", "todo"),
    ]


def test_the_step_that_stopped_the_case_is_marked() -> None:
    assert [one.state for one in words.way(queried())] == ["answered", "answered", "stopped"]


@pytest.mark.parametrize(("ref", "state", "note"), [("O-PRE2019", "answered", "kept"), ("O-OUTSIDE", "dropped", "")])
def test_answers_of_a_date_without_an_edition_are_kept_not_dropped(ref: str, state: str, note: str) -> None:
    shown = view(ask=None, result=stopped(ref=ref), way=(step("claim", "Surgeon", "dropped"),))
    assert [(one.state, one.note) for one in words.way(shown)] == [(state, note)]


def test_date_and_claim_do_not_count_as_answers() -> None:
    assert words.answered(view()) == 0
    assert words.answered(ended()) == 2
    assert words.answered(queried()) == 1


def test_add_ons_have_a_plus_and_large_families_name_one_code() -> None:
    shown = words.possible(
        view(
            possible=(
                candidate("joint", "20932"),
                candidate("own", "20900", "20902", roles=("primary", "primary")),
                candidate("vessels", "20955", "20956", "20957", roles=("primary",) * 3),
                candidate("rest", "1", "2", roles=()),
            )
        )
    )
    assert [(fact.label, fact.text) for fact in shown] == [
        ("+ 20932", "title of joint"),
        ("20900, 20902", "title of own"),
        ("20955 …", "title of vessels, 3 codes"),
        ("others", "title of rest, 2"),
    ]


def test_what_left_says_which_answer_did_it_and_what_left_just_now() -> None:
    first, second = words.ruled_out(view(ruled_out=(gone("ring", "20934", fresh=True), gone("spine", "20930"))))
    assert (first.cite, first.end, first.opens, first.id) == ("Form: joint surface", "just now", True, "form")
    assert second.end == ""


@pytest.mark.parametrize(
    ("claim", "tables"),
    [
        ("surgeon", ["CPT, our wording 2026", "Add-on list 2026", "Code pairs 2024 Q3", "ICD-10-CM 2026"]),
        (
            "outpatient",
            ["CPT, our wording 2026", "Add-on list 2026", "Outpatient prospective payment 2026", "ICD-10-CM 2026"],
        ),
        ("inpatient", ["ICD-10-CM 2026"]),
        ("", ["CPT, our wording 2026", "ICD-10-CM 2026"]),
    ],
)
def test_only_the_editions_of_the_claim_are_shown(claim: str, tables: list[str]) -> None:
    assert [mark.text for mark in words.editions(view(claim=claim))] == tables


def test_every_edition_is_told_with_its_dates() -> None:
    text = words.editions_text(view())
    assert text.startswith("# Editions on 2026-05-01")
    assert "**Code pairs**, 2024Q3: **ends before the date** (2019-01-01 to 2024-09-30). A note." in text
    later = replace(edition("cpt", "CPT"), state="newer")
    assert "**begins after the date**" in words.editions_text(view(editions=(later,)))


def test_a_date_without_an_edition_takes_the_place_of_the_marks() -> None:
    assert words.no_edition(view()) == ""
    assert words.no_edition(ended()) == ""
    shown = view(ask=None, result=stopped(ref="O-NOEDITION", verdict="No edition covers this date"))
    assert words.no_edition(shown) == "2026-05-01: no edition covers this date"


def test_readers_hear_the_question_or_the_verdict_with_its_lines() -> None:
    assert words.spoken(view()) == "What form was the donor material?"
    assert words.spoken(ended()) == "Decided: this primary may carry the add-on. 27365-LT, 20932"
    assert words.spoken(view(ask=None)) == ""
