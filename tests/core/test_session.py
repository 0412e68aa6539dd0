"""A case under way: what each intention does, what is kept, and what the page is told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from encoder.core.case_state import DATE, CaseState
from encoder.core.session import Session
from encoder.core.tree.model import NOT_DOCUMENTED
from encoder.core.view import Ask, View, WayStep
from encoder.core.viewing import KEYS, options_of
from encoder.errors import UsageError
from encoder.store.codebook import Codebook
from tests.core.bench import CHIPS, LISTED, Bench
from tests.core.small import NOW, Small


@pytest.fixture
def session(bench: Bench) -> Session:
    return bench.session()


def answer(session: Session, given: dict[str, str]) -> None:
    for question, text in given.items():
        session.answer(question, text)


def asked(session: Session) -> Ask:
    ask = session.view().ask
    assert ask is not None
    return ask


def steps(session: Session) -> dict[str, tuple[str, str]]:
    return {step.question: (step.value, step.state) for step in session.view().way}


def chosen(session: Session) -> list[str]:
    return [option.id for option in asked(session).options if option.chosen]


# ---------------------------------------------------------------------------------------------- answering


def test_a_case_begins_with_the_first_question_and_what_is_usually_still_asked(session: Session) -> None:
    view = session.view()
    assert (asked(session).question, view.claim, view.case, view.result) == ("claim", "", "", None)
    assert (view.can_undo, view.can_go_back) == (False, False)
    assert view.way == (
        WayStep(DATE, "Date of service", "2026-05-01", "answered"),
        WayStep("claim", "Claim", "Being asked", "now"),
        WayStep("form", "Form", "", "todo"),
        WayStep("bone", "Bone", "", "todo"),
    )


def test_each_answer_brings_the_next_question_and_the_last_the_result(session: Session) -> None:
    seen = []
    for question, text in LISTED.items():
        seen.append(asked(session).question)
        session.answer(question, text)
    view = session.view()
    assert seen == list(LISTED)
    assert (view.ask, view.claim) == (None, "surgeon")
    assert view.result is not None
    assert (view.result.status, view.result.ref) == ("decided", "O-20932")
    assert steps(session) == {
        DATE: ("2026-05-01", "answered"),
        "claim": ("Surgeon", "answered"),
        "form": ("With a joint surface", "answered"),
        "bone": ("Femur", "answered"),
        "placed": ("Yes", "answered"),
        "side": ("not asked yet", "assumed"),
        "work": ("Nothing", "assumed"),
        "diagnosis": ("not asked yet", "assumed"),
    }


def test_listeners_are_told_once_for_each_change_with_the_view_that_stands(session: Session) -> None:
    told: list[View] = []
    session.listen(told.append)
    session.answer("claim", "surgeon")
    session.set_date(date(2025, 6, 1))
    session.set_date(date(2025, 6, 1))
    session.undo()
    assert len(told) == 3
    assert told[-1] == session.view()


def test_other_tables_keep_every_answer_and_tell_what_follows_from_it_now(bench: Bench, small: Small) -> None:
    small.change("relations.csv", "20932,27365,allowed,1,", "20932,27365,barred,,")
    session, told = bench.session(), list[View]()
    answer(session, LISTED)
    result = session.view().result
    assert result is not None
    assert "20932" in {line.code for line in result.lines}
    session.listen(told.append)
    with closing(Codebook.open(small.build())) as session.book:
        session.again()
        assert len(told) == 1
        assert told[0].result is None or "20932" not in {line.code for line in told[0].result.lines}
        assert set(LISTED) <= set(session.answers)


def test_what_is_no_answer_changes_nothing(session: Session) -> None:
    session.answer("claim", "surgeon")
    before, told = session.view(), list[View]()
    session.listen(told.append)
    with pytest.raises(UsageError):
        session.answer("form", "joints")
    assert (session.view(), told) == (before, [])


def test_what_is_not_documented_is_shown_as_such_and_ends_in_a_query(session: Session) -> None:
    answer(session, {**LISTED, "bone": NOT_DOCUMENTED})
    result = session.view().result
    assert result is not None
    assert (result.status, result.lines) == ("query", ())
    assert steps(session)["bone"] == ("Not documented", "not_documented")
    assert steps(session)["placed"] == ("Yes", "dropped")


def test_a_changed_early_answer_keeps_the_later_ones_and_shows_what_no_longer_fits(session: Session) -> None:
    answer(session, {**LISTED, "side": "left"})
    session.answer("form", "chips")
    assert steps(session)["placed"] == ("Yes", "dropped")
    assert steps(session)["bone"] == ("Femur", "answered")
    assert steps(session)["side"] == ("Left", "answered")
    session.answer("form", "joint")
    assert steps(session)["placed"] == ("Yes", "answered")


# ---------------------------------------------------------------------------------------------- turning back


def test_a_question_of_the_way_is_shown_again_with_its_answer_and_nothing_changes(session: Session) -> None:
    answer(session, LISTED)
    session.turn_to("form")
    assert (asked(session).question, chosen(session)) == ("form", ["joint"])
    assert steps(session)["form"] == ("With a joint surface", "now")
    assert session.view().result is not None
    session.leave()
    assert session.view().ask is None


def test_answering_anew_leaves_the_question_that_was_turned_to(session: Session) -> None:
    answer(session, LISTED)
    session.turn_to("bone")
    session.answer("bone", "fibula")
    result = session.view().result
    assert session.view().ask is None
    assert result is not None
    assert result.ref == "O-NL"


def test_turning_to_the_same_question_or_to_none_tells_nobody(session: Session) -> None:
    answer(session, LISTED)
    session.turn_to("form")
    told: list[View] = []
    session.listen(told.append)
    session.turn_to("form")
    session.turn_to(DATE)
    session.turn_to("no_such")
    assert told == []


def test_leaving_where_nothing_was_turned_to_tells_nobody(session: Session) -> None:
    told: list[View] = []
    session.listen(told.append)
    session.leave()
    assert told == []


def test_a_question_that_left_the_way_is_no_longer_shown(session: Session) -> None:
    answer(session, LISTED)
    session.turn_to("placed")
    session.answers["form"] = frozenset(("chips",))
    assert session.view().ask is None
    assert steps(session)["placed"] == ("Yes", "dropped")


def test_an_answer_that_is_no_longer_offered_is_said_in_words(bench: Bench) -> None:
    """Knee was answered; at chips it is not offered any more, and the question comes up again."""
    bone = bench.tree.questions["bone"]
    knee = replace(bone.answers[2], only=replace(bone.answers[2].only, terms=(("form", frozenset(("joint",))),)))
    tree = replace(
        bench.tree, questions={**bench.tree.questions, "bone": replace(bone, answers=(*bone.answers[:2], knee))}
    )
    session = Session(tree, bench.book, NOW)
    answer(session, {"claim": "surgeon", "form": "joint", "bone": "knee"})
    session.answer("form", "chips")
    assert (asked(session).question, asked(session).was, chosen(session)) == ("bone", "Knee", [])
    assert steps(session)["bone"] == ("Knee", "now")


def test_an_undocumented_answer_is_marked_when_its_question_is_shown_again(session: Session) -> None:
    answer(session, {"claim": "surgeon", "form": NOT_DOCUMENTED})
    session.turn_to("form")
    assert (asked(session).undocumented, asked(session).was, chosen(session)) == (True, "", [])


# ---------------------------------------------------------------------------------------------- details


def test_details_are_gone_through_one_after_the_other(session: Session) -> None:
    answer(session, LISTED)
    session.ask_details()
    seen = []
    for text in ("left", "hardware", "malignant", "C40.21"):
        seen.append(asked(session).question)
        session.answer(seen[-1], text)
    assert seen == ["side", "work", "diagnosis", "diagnosis_code"]
    assert session.view().ask is None
    assert not session.through
    told: list[View] = []
    session.listen(told.append)
    session.ask_details()
    assert told == []


def test_going_through_details_pauses_at_one_that_must_be_answered(session: Session) -> None:
    answer(session, {**LISTED, "side": "left"})
    session.ask_details()
    session.answer("work", "vessels")
    assert (asked(session).question, session.focus, session.through) == ("donor", "", False)


def test_a_detail_that_is_not_documented_ends_the_round(session: Session) -> None:
    answer(session, LISTED)
    session.ask_details()
    session.answer("side", NOT_DOCUMENTED)
    result = session.view().result
    assert (session.view().ask, session.through) == (None, False)
    assert result is not None
    assert result.status == "query"


def test_turning_back_ends_the_round(session: Session) -> None:
    answer(session, LISTED)
    session.ask_details()
    session.turn_to("bone")
    session.answer("bone", "femur")
    assert session.view().ask is None


def test_a_detail_that_was_turned_to_is_on_the_way_once(session: Session) -> None:
    answer(session, LISTED)
    session.turn_to("work")
    assert asked(session).refines
    assert asked(session).usual == "none"
    assert steps(session)["work"] == ("Being asked", "now")
    assert [step.question for step in session.view().way].count("work") == 1


# ---------------------------------------------------------------------------------------------- back, undo, new case


def test_back_takes_the_last_answer_back_and_offers_it_marked(session: Session) -> None:
    answer(session, {"claim": "surgeon", "form": "joint"})
    session.back()
    assert (asked(session).question, chosen(session)) == ("form", ["joint"])
    session.back()
    assert (asked(session).question, chosen(session)) == ("claim", ["surgeon"])
    session.back()
    assert asked(session).question == "claim"
    assert not session.view().can_go_back


def test_back_leaves_a_question_that_was_turned_to_and_takes_nothing_back(session: Session) -> None:
    answer(session, LISTED)
    session.turn_to("form")
    assert session.view().can_go_back
    session.back()
    assert session.view().ask is None
    assert len(session.answers) == 4


def test_undo_goes_back_step_by_step_to_the_beginning(session: Session) -> None:
    views = [session.view()]
    changes: list[Callable[[], None]] = [
        lambda: session.answer("claim", "surgeon"),
        lambda: session.answer("form", "joint"),
        session.back,
        lambda: session.answer("form", "chips"),
        lambda: session.set_date(date(2025, 6, 1)),
        session.clear,
    ]
    for change in changes:
        change()
        views.append(session.view())
    for earlier in reversed(views[:-1]):
        session.undo()
        assert session.view() == earlier
    session.undo()
    assert session.view() == views[0]


def test_a_label_that_was_written_since_stays_when_a_change_is_undone(session: Session) -> None:
    session.answer("claim", "surgeon")
    session.set_case("17")
    session.undo()
    assert session.view().case == "17"


def test_undo_brings_the_label_of_a_cleared_case_back(session: Session) -> None:
    session.set_case("17")
    answer(session, LISTED)
    session.clear()
    assert (session.view().case, session.answers) == ("", {"claim": frozenset(("surgeon",))})
    session.undo()
    assert (session.view().case, len(session.answers)) == ("17", 4)


def test_a_label_of_a_new_case_does_not_stay_with_the_one_before(session: Session) -> None:
    session.set_case("17")
    answer(session, LISTED)
    session.clear()
    session.set_case("18")
    session.undo()
    assert session.view().case == "17"


def test_a_kept_case_is_taken_up_and_undo_leads_back(session: Session) -> None:
    session.set_case("17")
    answer(session, LISTED)
    session.back()
    session.turn_to("bone")
    kept, before = session.state(), session.view()
    first = session.number
    session.clear()
    second = session.number
    session.set_case("18")
    session.answer("form", "chips")
    assert session.take_up(kept) == ()
    assert session.view() == replace(before, can_undo=True)
    assert len({first, second, session.number}) == 3
    session.undo()
    assert (session.number, session.view().case, steps(session)["form"]) == (second, "18", ("Chips", "answered"))


def test_answers_that_nobody_knows_any_more_are_told_and_the_rest_is_taken_up(session: Session) -> None:
    on = date(2026, 5, 1)
    values = {"form": frozenset(("joint",)), "gone": frozenset(("yes",)), "bone": frozenset(("wing",))}
    lost = session.take_up(CaseState(on, "17", values, earlier=values, assumed=values))
    assert lost == ("gone", "bone")
    assert (session.answers, session.assumed) == ({"form": frozenset(("joint",))}, {"form": frozenset(("joint",))})
    assert asked(session).question == "claim"


def test_a_new_case_keeps_date_and_claim_alone(session: Session) -> None:
    session.clear()
    assert session.answers == {}
    session.set_date(date(2025, 6, 1))
    answer(session, {"claim": "outpatient", "form": "joint"})
    session.back()
    session.clear()
    assert (session.on, session.view().claim) == (date(2025, 6, 1), "outpatient")
    assert (asked(session).question, chosen(session)) == ("form", [])


def test_another_date_of_service_keeps_every_answer(session: Session) -> None:
    answer(session, {"claim": "surgeon", "form": "joint", "bone": "knee"})
    codes = []
    for on in (date(2025, 12, 31), date(2026, 1, 1), date(2018, 12, 31)):
        session.set_date(on)
        result = session.view().result
        assert result is not None
        codes.append([line.code for line in result.lines])
    assert codes == [["27445"], ["27447"], []]
    assert {state for _, state in steps(session).values()} == {"answered", "dropped"}
    assert len(session.answers) == 3


def test_the_label_stands_in_the_query(session: Session) -> None:
    session.set_case("17")
    session.answer("claim", NOT_DOCUMENTED)
    result = session.view().result
    assert result is not None
    assert "case 17" in result.queries[0].text


def test_editions_of_the_date_are_shown(session: Session) -> None:
    session.set_date(date(2025, 6, 1))
    assert [(note.edition.edition, note.state) for note in session.view().editions] == [("2025", "covers")]


# ---------------------------------------------------------------------------------------------- what is still possible


def possible(session: Session) -> dict[str, tuple[str, ...]]:
    return {candidate.family: candidate.codes for candidate in session.view().possible}


def test_families_are_possible_until_an_answer_rules_them_out(session: Session) -> None:
    assert possible(session) == {
        "joint": ("20932",),
        "vessels": ("20955", "20956"),
        "knees": ("27447",),
        "other": ("20680", "27365", "27646"),
    }
    answer(session, {"claim": "surgeon", "form": "chips"})
    view = session.view()
    assert [(c.family, c.because, c.question, c.fresh) for c in view.ruled_out] == [
        ("joint", "Form: Chips", "form", True)
    ]
    session.answer("bone", "femur")
    assert [(c.family, c.because, c.fresh) for c in session.view().ruled_out] == [
        ("knees", "Bone: Femur", True),
        ("joint", "Form: Chips", False),
    ]
    assert possible(session) == {"vessels": ("20955", "20956"), "other": ("20680", "27365")}


def test_what_is_possible_says_whether_it_is_an_add_on(session: Session) -> None:
    roles = {candidate.family: candidate.roles for candidate in session.view().possible}
    assert roles["joint"] == ("add_on",)
    assert roles["knees"] == ("primary",)


def test_a_family_that_is_not_near_is_left_out_when_it_is_ruled_out(bench: Bench) -> None:
    far = tuple(replace(family, near=family.id != "joint") for family in bench.tree.families)
    session = Session(replace(bench.tree, families=far), bench.book, NOW)
    answer(session, CHIPS)
    assert [candidate.family for candidate in session.view().ruled_out] == ["knees"]


def test_where_nothing_is_left_nothing_is_possible(session: Session) -> None:
    answer(session, {"claim": "surgeon", "form": "none"})
    assert session.view().possible == ()
    assert {candidate.because for candidate in session.view().ruled_out} == {"Form: None"}


# ---------------------------------------------------------------------------------------------- what is offered


def test_answers_are_offered_in_order_with_a_digit_each(session: Session) -> None:
    session.answer("claim", "surgeon")
    ask = asked(session)
    assert [(option.id, option.key, option.short) for option in ask.options] == [
        ("joint", "1", "With a joint surface"),
        ("chips", "2", "Chips"),
        ("none", "3", "None"),
        ("unclear", "4", "It cannot be told"),
    ]
    assert (ask.kind, ask.map, ask.seventh, ask.text, ask.hint) == (
        *("one", False, False),
        *("What form was the graft?", "The table says."),
    )
    session.answer("form", "chips")
    assert asked(session).map
    assert asked(session).options[0].regions == ("femur_shaft",)


def test_past_the_ninth_answer_there_is_no_digit(bench: Bench) -> None:
    form = bench.tree.questions["form"]
    many = tuple(replace(form.answers[0], id=f"a{place}") for place in range(1, 12))
    options = options_of(replace(form, answers=many), bench.at({"claim": "surgeon"}), bench.book)
    assert [option.key for option in options] == [*"123456789", "", ""]
    assert KEYS == 9


def test_a_question_with_several_answers_says_which_one_excludes_the_others(session: Session) -> None:
    answer(session, {**LISTED, "work": "hardware+vessels"})
    session.turn_to("work")
    assert (asked(session).kind, chosen(session)) == ("many", ["hardware", "vessels"])
    assert [option.id for option in asked(session).options if option.alone] == ["none"]


def test_codes_are_offered_with_their_titles_to_pick_one(session: Session) -> None:
    answer(session, {**LISTED, "diagnosis": "trauma", "diagnosis_code": "S42.2"})
    session.turn_to("diagnosis_code")
    ask = asked(session)
    assert ask.seventh
    assert [(option.id, option.say, option.plain, option.key) for option in ask.options] == [
        ("S42", "S42  Broken shoulder or arm", "A D S", "1"),
        ("S42.2", "S42.2  Broken upper humerus", "A D S", "2"),
    ]
    assert chosen(session) == ["S42.2"]


def test_primaries_are_offered_to_pick_one_with_our_wording(bench: Bench) -> None:
    question = replace(bench.tree.questions["diagnosis_code"], source="allowed:add_on")
    (option,) = options_of(question, bench.at(LISTED), bench.book, frozenset(("27365",)))
    assert (option.say, option.plain, option.chosen) == ("27365  Femur resection", "Out in one piece", True)


# ---------------------------------------------------------------------------------------------- assumptions

JOINT = {"claim": "surgeon", "form": "joint", "bone": "femur"}


def test_assumed_answers_are_shown_and_decide_nothing(session: Session) -> None:
    session.assume(LISTED, "20932")
    view = session.view()
    assert (asked(session).question, view.result, view.meant) == ("claim", None, "20932")
    assert asked(session).assumed == ("surgeon",)
    assert not any(option.chosen for option in asked(session).options)
    assert steps(session) == {
        DATE: ("2026-05-01", "answered"),
        "claim": ("Being asked", "now"),
        "form": ("With a joint surface", "confirm"),
        "bone": ("Femur", "confirm"),
        "placed": ("Yes", "confirm"),
    }
    assert {candidate.family for candidate in view.possible} == {
        candidate.family for candidate in session.__class__(session.tree, session.book, session.on).view().possible
    }


def test_each_assumption_is_confirmed_by_itself_and_the_last_one_decides(session: Session) -> None:
    session.assume(LISTED, "20932")
    for question in LISTED:
        assert (asked(session).question, session.view().result) == (question, None)
        session.confirm()
    result = session.view().result
    assert result is not None
    assert [line.code for line in result.lines] == ["27365", "20932"]
    assert {name for name, (_, state) in steps(session).items() if state == "confirm"} == set()


def test_another_answer_goes_before_an_assumption(session: Session) -> None:
    session.assume(LISTED)
    session.confirm()
    session.answer("form", "chips")
    assert asked(session).assumed == ("femur",)
    session.confirm()
    result = session.view().result
    assert result is not None
    assert [line.code for line in result.lines] == ["27365"]
    assert "placed" not in steps(session)  # assumed, and not asked on this way


def test_where_nothing_is_assumed_nothing_can_be_confirmed(session: Session) -> None:
    before = session.view()
    with pytest.raises(UsageError, match="Nothing is assumed for this question"):
        session.confirm()
    assert session.view() == before
    answer(session, LISTED)
    with pytest.raises(UsageError, match="Nothing is assumed"):
        session.confirm()


def test_an_assumption_that_is_not_offered_is_not_to_be_confirmed(session: Session) -> None:
    session.assume({"work": "second_site"})  # which is offered for the femur and the fibula alone
    answer(session, {**CHIPS, "bone": "knee"})
    session.turn_to("work")
    assert (asked(session).question, asked(session).assumed) == ("work", ())
    session.answer("bone", "femur")
    session.turn_to("work")
    assert asked(session).assumed == ("second_site",)


def test_wrong_assumptions_are_refused_and_change_nothing(session: Session) -> None:
    before = session.view()
    with pytest.raises(UsageError):
        session.assume({"form": "joint", "bone": "nowhere"})
    assert session.view() == before


def test_answers_that_were_given_stay_and_a_case_begun_anew_keeps_only_its_claim(session: Session) -> None:
    answer(session, {"claim": "surgeon", "form": "chips"})
    session.assume({"form": "joint", "bone": "femur"}, "20932")
    assert steps(session)["form"] == ("Chips", "answered")
    session.assume({"claim": "surgeon", "form": "joint"}, "20932", anew=True)
    assert session.answers == {"claim": frozenset(("surgeon",))}
    assert asked(session).assumed == ("joint",)
    assert "bone" not in session.assumed
    session.assume({"claim": "outpatient"}, "20932", anew=True)
    assert (asked(session).question, asked(session).assumed) == ("claim", ("outpatient",))


def test_undo_and_a_new_case_take_assumptions_away(session: Session) -> None:
    session.assume(JOINT, "20932")
    session.undo()
    assert (session.assumed, session.meant) == ({}, "")
    session.assume(JOINT, "20932")
    session.clear()
    assert (session.view().meant, asked(session).assumed) == ("", ())
    session.undo()
    assert (session.meant, asked(session).assumed) == ("20932", ("surgeon",))


def test_an_answer_taken_back_is_offered_as_assumed_again(session: Session) -> None:
    session.assume(JOINT)
    session.confirm()
    session.back()
    assert (asked(session).question, asked(session).assumed) == ("claim", ("surgeon",))


def test_an_assumed_detail_waits_until_it_is_asked(session: Session) -> None:
    session.assume({"side": "left"})
    answer(session, LISTED)
    assert steps(session)["side"][1] == "confirm"
    session.ask_details()
    assert (asked(session).question, asked(session).assumed) == ("side", ("left",))
    session.confirm()
    assert steps(session)["side"] == ("Left", "answered")


def test_a_diagnosis_code_is_assumed_with_its_seventh_character(session: Session) -> None:
    session.assume({"diagnosis": "trauma", "diagnosis_code": "S42.201A"})
    answer(session, LISTED)
    session.turn_to("diagnosis")
    session.confirm()
    session.turn_to("diagnosis_code")
    assert "S42.201A" not in [option.id for option in asked(session).options]
    assert asked(session).assumed == ("S42.201A",)
    session.confirm()
    assert steps(session)["diagnosis_code"] == ("S42.201A", "answered")
