"""A result explains itself: why these lines, why not the others, what must be in the note, what stays open."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from encoder.core.codes import Cites, Edition, Span
from encoder.core.editions import editions_on
from encoder.core.tree.explain import Result, answer_text, explain, setting_of
from encoder.core.tree.model import NOT_DOCUMENTED, Case, Condition, Derived, Effect, Family, Rule
from encoder.core.tree.walk import Step
from encoder.store.codebook import Codebook
from tests.core.bench import CHIPS, LISTED, REFUSED, Bench
from tests.core.small import NOW, Small

VESSELS = {**LISTED, "work": "vessels", "donor": "crest"}
KNEE = {"claim": "surgeon", "form": "joint", "bone": "knee"}
SILENT = {**LISTED, "form": NOT_DOCUMENTED}


def reasons(result: Result) -> dict[str, str]:
    return {why.rule: why.say for why in result.why}


def against(result: Result) -> dict[str, str]:
    """For each code that is not on the claim, the sentence that says why."""
    return {item.code: item.say for item in result.why_not}


def because(result: Result) -> dict[str, str]:
    return {item.code: item.rule or f"{item.question}={item.answer}" for item in result.why_not}


# ---------------------------------------------------------------------------------------------- the verdict


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (LISTED, ("decided", "listed", "O-20932", "Decided: the primary may carry the add-on", "It is on the list.")),
        (REFUSED, ("decided", "refused", "O-NL", "Review required: the primary alone", "It is not on the list.")),
        (
            VESSELS,
            (
                *("decided", "listed", "O-BARRED"),
                *("Decided: the primary alone, another graft bars the add-on", "It is on the list."),
            ),
        ),
        (
            {"claim": "surgeon", "form": "none"},
            ("stopped", "outside", "O-OUT", "No line", "It is outside the tables."),
        ),
        (
            SILENT,
            (
                *("query", "query_form", "O-QUERY", "Stop: ask the surgeon. One fact is missing"),
                "The code goes by the form.",
            ),
        ),
        ({"claim": "surgeon"}, ("incomplete", "", "", "", "")),
        (
            {**LISTED, "work": "vessels"},
            ("incomplete", "listed", "O-20932", "Decided: the primary may carry the add-on", "It is on the list."),
        ),
    ],
    ids=["listed", "refused", "taken off", "stopped", "a query", "under way", "a detail to answer"],
)
def test_the_verdict_says_where_the_case_stands(bench: Bench, given: dict[str, str], said: tuple[str, ...]) -> None:
    result = bench.explained(given)
    assert (result.status, result.outcome, result.ref, result.verdict, result.say) == said


def test_a_second_look_is_asked_for_with_what_the_sources_leave_open(bench: Bench) -> None:
    result = bench.explained(REFUSED)
    assert result.review == ("Look again.", "Look again")
    assert result.open is bench.tree.outcomes["refused"].open


def test_a_rule_may_leave_something_open_too(bench: Bench) -> None:
    given = {**LISTED, "work": "second_site", "second_bone": "femur"}
    left = bench.explained(given).open
    assert left is not None
    assert left.ask == "Is it one site?"
    assert bench.explained(LISTED).open is None
    assert bench.explained(SILENT).open is None


def test_a_stop_that_needs_a_second_look_says_so(bench: Bench) -> None:
    outside = replace(bench.tree.outcomes["outside"], review="Is it outside?")
    some = Bench(replace(bench.tree, outcomes={**bench.tree.outcomes, "outside": outside}), bench.book)
    result = some.explained({"claim": "surgeon", "form": "none"})
    assert (result.verdict, result.review) == ("Review required: No line", ("Is it outside?",))


def test_details_that_nobody_answered_are_named_as_assumed(bench: Bench) -> None:
    assert [question.id for question in bench.explained(LISTED).assumed] == ["side", "work", "diagnosis"]
    assert bench.explained(SILENT).assumed == ()


def test_warnings_come_by_severity(bench: Bench) -> None:
    given = {**REFUSED, "work": "second_site", "second_bone": "fibula", "side": "left", "diagnosis": "malignant"}
    result = bench.explained({**given, "diagnosis_code": "C40.21"})
    assert [(w.id, w.severity) for w in result.warnings] == [("W03", "stop"), ("W04", "stop"), ("W02", "note")]
    assert result.warnings[0].cites == ("list#W03",)


# ---------------------------------------------------------------------------------------------- why


def test_every_line_has_the_rows_that_put_it_there_with_their_hashes_and_dates(bench: Bench) -> None:
    result = bench.explained(LISTED)
    assert list(reasons(result)) == ["by_bone.femur", "by_form.joint", "aoc:20932>27365", "outcome:listed"]
    row, _, relation, outcome = result.why
    assert (row.code, row.start, row.end, row.cites) == ("27365", date(2019, 1, 1), None, ("manual#femur",))
    assert all(len(why.hash) == 16 for why in (row, relation))
    assert relation.say == "20932 is paid only with a primary of its closed list. 27365 is on it."
    assert (outcome.start, outcome.end, outcome.hash) == (bench.tree.span.start, bench.tree.span.end, "")


def test_a_bar_is_a_reason_where_the_add_on_would_fit(bench: Bench) -> None:
    assert reasons(bench.explained(REFUSED))["bar:20932>27646"] == "20932 is barred with 27646. Named in the note."
    assert list(reasons(bench.explained(KNEE))) == ["by_bone.knee_after", "outcome:refused"]
    barred = reasons(bench.explained(KNEE, date(2019, 9, 30)))
    assert barred["bar:20932>27445"] == "20932 is barred with 27445. Withdrawn."


def test_rules_that_fired_are_reasons_with_their_own_dates(bench: Bench) -> None:
    result = bench.explained({**CHIPS, "bone": "knee"}, date(2020, 6, 1))
    fired = {why.rule: (why.start, why.end) for why in result.why if why.rule.startswith("rule:")}
    end = bench.tree.span.end
    assert fired == {"rule:withdrawn": (date(2019, 10, 1), end)}


def test_that_no_edition_covers_the_date_is_a_warning_and_no_reason(bench: Bench) -> None:
    loading = Condition((("loaded", frozenset(("no",))),))
    warns = Rule("loading", "The table is not there.", loading, (Effect("warn", value="W03"),), ("list#a",))
    drops = replace(warns, id="dropping", effects=(*warns.effects, Effect("drop", "add_on")))
    derived = {**bench.tree.derived, "loaded": Derived("loaded", "Loaded", (Case("covered", ("nothing",)),))}
    for rule, told in ((warns, []), (drops, ["rule:dropping"])):
        other = Bench(replace(bench.tree, rules=(rule,), derived=derived), bench.book)
        result = other.explained(LISTED)
        assert [why.rule for why in result.why if why.rule.startswith("rule:")] == told
        assert "W03" in {warning.id for warning in result.warnings}


def test_a_second_add_on_is_held_against_its_own_primary(bench: Bench) -> None:
    position = bench.at(LISTED)
    rule = bench.tree.rules[0]
    lines = (("second_primary", "27365"), ("second_add_on", "20932"))
    effects = tuple(
        replace(bench.tree.rules[4].effects[0], line=replace(bench.tree.outcomes["listed"].lines[0], role=r, code=c))
        for r, c in lines
    )
    some = bench.with_rules(replace(rule, when=replace(rule.when, terms=()), effects=effects))
    result = explain(replace(position, tree=some.tree), bench.book, bench.reach())
    assert [line.role for line in result.lines] == ["primary", "add_on", "second_primary", "second_add_on"]
    assert [why.rule for why in result.why].count("aoc:20932>27365") == 2


def test_a_row_without_words_says_that_the_table_gives_the_code(bench: Bench, small: Small) -> None:
    small.change("lookups/by_bone.csv", "The femur", "")
    with closing(Codebook.open(small.build())) as book:
        result = explain(Bench(bench.tree, book).at(LISTED), book, bench.reach())
    assert reasons(result)["by_bone.femur"] == "The table gives 27365 for these answers."


def test_a_query_is_a_reason_by_itself(bench: Bench) -> None:
    assert reasons(bench.explained(SILENT)) == {"query:form": "The code goes by the form."}


# ---------------------------------------------------------------------------------------------- why not


def test_each_near_code_that_is_not_on_the_claim_is_ruled_out_by_name(bench: Bench) -> None:
    assert against(bench.explained(LISTED)) == {
        "20955": "Other work: not asked yet, taken as nothing. 20955 is for own bone moved with its vessels",
        "20956": "Other work: not asked yet, taken as nothing. 20956 is for own bone moved with its vessels",
        "27445": "No way leads to it here: it is for a new knee; valid 2019-01-01 to 2025-12-31",
        "27447": "Bone: femur. 27447 is for a new knee",
    }
    assert because(bench.explained(LISTED)) == {
        "20955": "work=none",
        "20956": "work=none",
        "27445": "family:knees",
        "27447": "bone=femur",
    }


def test_the_fitting_add_on_is_ruled_out_by_the_row_or_the_closed_list(bench: Bench) -> None:
    barred, unlisted = bench.explained(REFUSED), bench.explained(KNEE)
    assert against(barred)["20932"] == "Barred with 27646. Named in the note"
    assert because(barred)["20932"] == "bar:20932>27646"
    assert against(unlisted)["20932"] == "27447 is not on its closed list of primaries"
    assert because(unlisted)["20932"] == "outcome:refused"


def test_a_fitting_add_on_that_the_end_does_not_take_is_ruled_out_by_the_way(bench: Bench) -> None:
    """The list allows it, and the end is another: as where the graft came on another day."""
    listed = bench.tree.outcomes["listed"]
    alone = {**bench.tree.outcomes, "listed": replace(listed, lines=listed.lines[:1])}
    some = Bench(replace(bench.tree, outcomes=alone), bench.book)
    assert against(some.explained(LISTED))["20932"] == (
        "No way leads to it here: it is for a donor segment with a joint surface"
    )


def test_an_add_on_that_other_work_took_off_is_ruled_out_by_that_rule(bench: Bench) -> None:
    result = bench.explained(VESSELS)
    assert (against(result)["20932"], because(result)["20932"]) == (
        "The add-on is barred beside it.",
        "rule:vessels_bar",
    )
    assert because(result)["20955"] == "work=vessels"


def test_an_answered_detail_rules_out_what_it_did_not_bring(bench: Bench) -> None:
    result = bench.explained({**LISTED, "work": "hardware+second_site", "second_bone": "knee"})
    assert against(result)["20955"] == (
        "Other work: hardware elsewhere, A second site. 20955 is for own bone moved with its vessels"
    )


def test_a_detail_of_which_nothing_is_assumed_says_so(bench: Bench) -> None:
    side = next(rule for rule in bench.tree.rules if rule.id == "left")
    put = replace(side, effects=(replace(side.effects[0], how="replace", value="27447"),))
    some = bench.with_rules(put)
    assert against(some.explained(LISTED))["27447"] == "Side: not asked yet, nothing assumed. 27447 is for a new knee"


def test_what_is_not_documented_is_named_as_the_reason(bench: Bench) -> None:
    result = bench.explained(SILENT)
    assert against(result)["20932"] == "Form: not documented. 20932 is for a donor segment with a joint surface"
    assert because(result)["20932"] == "form=not_documented"


def test_before_any_answer_the_band_of_the_date_is_the_reason(bench: Bench) -> None:
    result = bench.explained(LISTED, date(2018, 12, 31))
    assert {*against(result).values()} == {"Too early"}
    assert {*because(result).values()} == {"outcome:before"}


def test_a_code_that_neither_a_way_nor_a_detail_brings_is_ruled_out_by_the_last_answer(bench: Bench) -> None:
    """A stop over a detail: the add-on could still be reached, and no detail would bring it."""
    result = bench.explained({**LISTED, "side": NOT_DOCUMENTED})
    assert because(result)["20932"] == "placed=yes"


def test_families_that_are_not_near_are_left_out(bench: Bench) -> None:
    far = tuple(replace(family, near=False) for family in bench.tree.families)
    some = Bench(replace(bench.tree, families=far), bench.book)
    assert some.explained(LISTED).why_not == ()


def test_a_code_whose_dates_cover_the_day_but_that_no_way_gives_is_said_without_dates(bench: Bench) -> None:
    family = Family("old", "old", "old work", ("27646", "99999"), True, ("list#old",), "here")
    ends = {name: outcome for name, outcome in bench.tree.outcomes.items() if name not in {"refused", "chips"}}
    some = Bench(replace(bench.tree, families=(family,), outcomes=ends, rules=()), bench.book)
    assert against(some.explained(LISTED)) == dict.fromkeys(family.codes, "No way leads to it here: it is for old work")


# ---------------------------------------------------------------------------------------------- answers in words


@pytest.mark.parametrize(
    ("question", "answers", "words"),
    [
        ("form", ("none",), "None"),
        ("work", ("hardware", "vessels"), "Hardware elsewhere, Own bone with vessels"),
        ("form", (NOT_DOCUMENTED,), "Not documented"),
        ("diagnosis_code", ("C40.21",), "C40.21"),
    ],
)
def test_an_answer_is_said_in_its_short_words(
    bench: Bench, question: str, answers: tuple[str, ...], words: str
) -> None:
    assert answer_text(bench.tree.questions[question], Step(question, answers)) == words


# ---------------------------------------------------------------------------------------------- note, values, query


def test_the_note_must_show_the_facts_of_each_line_once(bench: Bench) -> None:
    items = bench.explained({**REFUSED, "side": "left"}).checklist
    assert [(item.fact, item.question, item.answer) for item in items] == [
        ("resection.margin", "", ""),
        ("27646.side", "side", "Left"),
    ]
    assert items[0].cites == ("manual#resection",)


def test_the_figures_of_a_line_are_those_of_the_date(bench: Bench, facts: Codebook) -> None:
    position = bench.at(LISTED)
    values = explain(position, facts, bench.reach()).values
    assert [value.code for value in values] == ["27365", "20932"]
    assert all(value.work and value.total and value.dollars and value.edition for value in values)
    assert all(not value.edition for value in bench.explained(LISTED).values)


def test_a_stop_drafts_the_query_with_the_label_of_the_case_and_the_question_it_reopens(bench: Bench) -> None:
    (query,) = bench.explained(SILENT, case="17").queries
    assert (query.fact, query.topic, query.question) == ("the form", "Form", "form")
    assert "About: Form; case 17; date of service 2026-05-01" in query.text
    assert "Please describe the form." in query.text
    assert bench.explained(LISTED).queries == ()


def test_the_claim_chooses_the_table_of_edits(bench: Bench) -> None:
    assert setting_of(bench.at(LISTED)) == "practitioner"
    assert setting_of(bench.at({**LISTED, "claim": "outpatient"})) == "outpatient_hospital"


# ---------------------------------------------------------------------------------------------- editions


class Library(Codebook):
    """A book that has nothing but editions."""

    def __init__(self, *spans: tuple[str, Span]) -> None:
        cites: Cites = ()
        self._listed = [Edition(t, t.upper(), str(n), span, "", cites) for n, (t, span) in enumerate(spans)]

    def editions(self) -> list[Edition]:
        return self._listed


def year(first: int, last: int | None = None) -> Span:
    return Span(date(first, 1, 1), date(last or first, 12, 31))


@pytest.mark.parametrize(
    ("spans", "chosen"),
    [
        ([year(2024), year(2026), year(2025)], (1, "covers")),
        ([year(2026), year(2026, 2027)], (0, "covers")),
        ([year(2023), year(2025), year(2024)], (1, "older")),
        ([year(2028), year(2027), year(2029)], (1, "newer")),
        ([year(2027), year(2024)], (1, "older")),
        ([year(2024), year(2027)], (0, "older")),
        ([Span(), year(2025)], (0, "covers")),
        ([Span(None, date(2025, 12, 31)), year(2024)], (0, "older")),
        ([Span(date(2027, 1, 1)), year(2028)], (0, "newer")),
    ],
)
def test_of_a_table_the_edition_of_the_date_is_shown_else_the_nearest_and_said_so(
    spans: list[Span], chosen: tuple[int, str]
) -> None:
    (note,) = editions_on(Library(*(("pfs", span) for span in spans)), NOW)
    assert (int(note.edition.edition), note.state) == chosen


def test_each_table_has_its_edition(bench: Bench) -> None:
    notes = editions_on(Library(("pfs", year(2026)), ("aoc", year(2025)), ("pfs", year(2025))), NOW)
    assert [(note.edition.table, note.state) for note in notes] == [("pfs", "covers"), ("aoc", "older")]
