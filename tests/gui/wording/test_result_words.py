"""A result in words, its copy for whoever asks, and citations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from encoder.core.edits.findings import EditCheck
from encoder.core.tree.explain import Notice, Result, WhyNot
from encoder.core.tree.model import Answer
from encoder.core.tree.rules import Line
from encoder.gui.widgets.facts import Fact
from encoder.gui.wording import copied
from encoder.gui.wording import result as words
from encoder.gui.wording.sources import Sources, dates, lower_first, many, mark_codes, row_name, upper_first
from encoder.store.codebook import Codebook
from tests.gui.made import ended, refining, result, stopped, view

CITE = "cms-aoc-2026q2#20932>27365"


@pytest.fixture(scope="module")
def sources(book: Codebook) -> Sources:
    return Sources(book)


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        (result(), "decided"),
        (result(review=("Look again.",)), "review"),
        (stopped(), "ended"),
        (stopped(ref="O-CONTRA"), "ask"),
        (stopped(status="query"), "ask"),
        (stopped(review=("Look again.",)), "review"),
    ],
)
def test_the_band_looks_as_the_result_is(made: Result, verdict: str) -> None:
    assert words.verdict(made) == verdict


def test_modifiers_and_roles_are_said_in_words(sources: Sources) -> None:
    made = result(
        lines=(
            Line("27365", "primary", 1, ("62", "LT")),
            Line("20932", "second_add_on", 2, ("XS", "99")),
            Line("27130", "other"),
            Line("0QRC0KZ", "primary"),
        )
    )
    assert [line.second for line in words.lines(made, sources)] == [
        "Primary · 1 unit · two surgeons · left side",
        "Add-on of the second site · 2 units · another site · modifier 99",
        "Beside the primary · 1 unit",
        "Procedure · 1 unit",
    ]


def test_a_reason_shows_document_dates_and_row_and_keeps_the_rest_for_its_evidence(sources: Sources) -> None:
    first, claim = words.why(result(), sources)
    assert first.cite == "Medicare add-on code list, 2026 Q2 · since 2019-01-01 · row tumor_resection.distal_femur"
    assert "20932>27365 (two or more sources)" in first.hint
    assert (claim.label, claim.cite.split(" · ")[-1]) == ("Claim", "end joint_on_femur")
    assert first.opens


def test_rules_beyond_the_decision_stand_apart(sources: Sources) -> None:
    [rule] = words.applied(result(), sources)
    assert (rule.label, rule.cite.split(" · ")[-1]) == ("Claim", "rule pairs_older")


def test_codes_of_one_family_with_one_reason_share_a_row(sources: Sources) -> None:
    apart = WhyNot("20932", "joint", "20932 is barred here", "", "", "bar:20932>27646", (CITE,))
    said = words.why_not(result(why_not=(*result().why_not, apart)), sources)
    assert [(fact.label, fact.text, fact.more) for fact in said] == [
        ("20930, 20931", "Where: limb", "These are for the spine"),
        ("20934", "Form: joint surface", ""),
        ("20932", "`20932` is barred here", ""),
    ]
    silent = replace(apart, say=result().verdict)
    assert len(words.why_not(result(why_not=(silent,)), sources)) == 0


def test_warnings_stand_with_a_word_for_their_weight(sources: Sources) -> None:
    notices = tuple(
        Notice(f"W0{at}", severity, "Look.", ()) for at, severity in enumerate(("stop", "warn", "note", "note"))
    )
    made = result(warnings=notices)
    assert [fact.text for fact in words.warnings(made, sources)] == [
        "**W00 · deny.** Look.",
        "**W01 · look.** Look.",
        "**W02 · note.** Look.",
        "**W03 · note.** Look.",
    ]
    assert words.warnings_count(made) == "1 to deny, 1 to look at, 2 notes"
    assert not words.warnings(made, sources)[0].opens


def test_a_fact_of_the_note_is_ticked_by_its_answer_only(sources: Sources) -> None:
    facts = words.documentation(result(), sources)
    assert [(fact.icon, fact.text) for fact in facts] == [
        ("tick", "Radical resection"),
        ("note", "Number of the tissue bank"),
    ]
    assert words.documentation_count(result()) == "1 of 2 answered"
    assert facts[0].hint.startswith("Out in one piece\n")
    unsaid = replace(result().checklist[0], answer="Not documented")
    assert words.documentation(result(checklist=(unsaid,)), sources)[0].icon == "note"


def test_edits_are_counted_by_how_they_came_out() -> None:
    checks = tuple(EditCheck(state, "", state) for state in ("ok", "ok", "look", "deny"))
    assert words.edits_count(result(edits=checks)) == "2 passed, 1 to look at, 1 denied"


def test_values_without_an_edition_are_said() -> None:
    none = tuple(replace(value, work="", edition="") for value in result().values)
    assert words.values(result(values=none)).note == "No values of this date are loaded."
    figures = words.values(result())
    assert figures.rows[0] == ("27365", "31.40", "55.00", "1,837.05")


def test_what_was_not_asked_says_what_is_taken() -> None:
    usual = replace(refining("effort", "usual"), answers=(Answer("usual", "As usual", "", "As usual"),))
    facts = words.assumed(result(assumed=(usual, refining("side"))))
    assert [(fact.text, fact.action) for fact in facts] == [("taken: as usual", "ask"), ("nothing taken", "ask")]


def test_evidence_is_an_article() -> None:
    title, text = words.evidence_text(Fact("why", "27365", "The femur.", hint="A list (sure)\nrow femur"))
    assert title == "Evidence: 27365"
    said = words.evidence_text(Fact("ring", "20934", "Form: joint surface", hint="A list", more="`20934` is a ring"))[1]
    assert said == "# 20934\n\nForm: joint surface. `20934` is a ring\n\n## Evidence\n\n- A list"
    assert text == "# 27365\n\nThe femur.\n\n## Evidence\n\n- A list (sure)\n- row femur"


# -- the copy ---------------------------------------------------------------------------------------------------------


def copy_of(made: Result) -> list[str]:
    return copied.claim_text(ended(), made).split("\n")


def test_the_lines_come_first_then_the_reason() -> None:
    lines = copy_of(result())
    assert lines[:4] == [
        "27365-LT",
        "20932",
        "",
        "Decided: this primary may carry the add-on. The joint surface decides.",
    ]
    assert "27365: The femur came out in one piece. [tumor_resection.distal_femur; cms-aoc-2026q2#20932>27365]" in lines
    assert lines[-2] == (
        "Case 12-044, date of service 2026-05-01. Not covered by the loaded editions: "
        "Code pairs 2024Q3 (2019-01-01 to 2024-09-30)."
    )
    assert copied.said(result()) == "Copied 27365-LT, 20932 and the reason."


def test_a_review_cannot_be_pasted_unseen() -> None:
    made = result(review=("The CPT note was not seen.",))
    assert copy_of(made)[0] == "REVIEW BEFORE BILLING: The CPT note was not seen."
    assert copied.said(made) == 'Copied 27365-LT, 20932 and the reason, marked "review".'


def test_what_was_taken_as_usual_is_in_the_copy() -> None:
    assert "Not asked, taken as usual: Side: nothing." in copy_of(result(assumed=(refining("side"),)))


def test_an_end_without_lines_copies_its_reason() -> None:
    made = stopped(why=())
    text = copied.claim_text(view(case="", editions=(), ask=None, result=made), made)
    assert text == "No line: outside the tables. The joint surface decides.\n\nDate of service 2026-05-01.\n"
    assert copied.said(made) == "Copied the reason."


# -- sources and small words ------------------------------------------------------------------------------------------


def test_codes_have_titles_whichever_table_holds_them(sources: Sources) -> None:
    assert "Osteoarticular" in sources.title("20932")
    assert "Lower Femur" in sources.title("0QRC0KZ")
    assert "left lower limb" in sources.title("C40.22")
    assert sources.title("99999") == ""
    assert sources.plain("20932") != ""
    assert sources.plain("C40.22") == ""


def test_citations_in_words(sources: Sources) -> None:
    assert sources.cite((CITE, "unknown#x")) == "Medicare add-on code list, 2026 Q2: 20932>27365 · unknown#x"
    assert sources.document((CITE,)) == "Medicare add-on code list, 2026 Q2"
    assert sources.document(()) == ""
    assert sources.source("cms-aoc-2026q2") is not None
    assert sources.source("unknown") is None


def test_small_words() -> None:
    assert mark_codes("20932 with 27365-LT, C40.22 and 0QRC0KZ") == "`20932` with `27365`-LT, `C40.22` and `0QRC0KZ`"
    assert mark_codes("in 2026, 1.20932 or `20932`") == "in 2026, 1.20932 or `20932`"
    assert [dates(date(2019, 1, 1), end) for end in (None, date(2026, 12, 31))] == [
        "since 2019-01-01",
        "2019-01-01 to 2026-12-31",
    ]
    assert (dates(None, date(2026, 12, 31)), dates(None, None)) == ("until 2026-12-31", "")
    assert [row_name(row) for row in ("aoc:20932>27365", "rule:side", "by_bone.femur", "")] == [
        "add-on row 20932>27365",
        "rule side",
        "row by_bone.femur",
        "",
    ]
    assert (lower_first("Surgeon"), lower_first("CPT 2026"), upper_first("the form")) == (
        "surgeon",
        "CPT 2026",
        "The form",
    )
    assert (many(1, "answer"), many(2, "answer")) == ("1 answer", "2 answers")
