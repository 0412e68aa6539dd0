"""The Ask place in the real window: questions, their answers, from a code back to the facts, starting the tree."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from encoder.gui.pages.ask.page import AskPage
from encoder.gui.pages.help import HelpPage
from encoder.gui.widgets.facts import FactTable
from encoder.gui.wording.ask import EXAMPLES, OUTSIDE
from tests.screen import ON, SIZE, Screen
from tests.shots import COMPACT, DONOR, JOINT

OPERATION = "tumour of the distal femur, radical resection, osteoarticular allograft"


@pytest.fixture
def ask(screen: Screen) -> AskPage:
    """The page as a question finds it, over a new case."""
    page = screen.desk.stage.page_of("ask")
    assert isinstance(page, AskPage)
    page.work.asked.clear()
    page.code.look_up("", "")
    screen.desk.going.ask("")
    return page


def texts(table: FactTable) -> list[str]:
    return [fact.text for fact in table.facts()]


def open_row(screen: Screen, table: FactTable, row: int) -> None:
    screen.settle()
    screen.click_row(table, table.model().index(row, 0))


# -- plain questions --------------------------------------------------------------------------------------------------


def test_without_a_question_it_shows_what_can_be_asked_and_one_click_asks_it(screen: Screen, ask: AskPage) -> None:
    question = ask.question
    assert screen.focus() is question.box
    assert [fact.id for fact in question.examples.table.facts()] == [text for _, texts in EXAMPLES for text in texts]
    open_row(screen, question.examples.table, 1)
    assert question.box.text() == "which primaries go with 20932"
    assert question.answer is not None
    assert question.answer.codes[0] == "23210"
    assert not question.examples.isVisible()
    question.again.click()
    assert question.examples.isVisible()
    assert question.answer is None


@pytest.mark.parametrize("text", [text for _, texts in EXAMPLES for text in texts])
def test_every_example_is_answered(ask: AskPage, text: str) -> None:
    ask.question.ask(text)
    assert ask.question.answer is not None
    assert ask.question.answer.answered, ask.question.answer.say


def test_enter_answers_with_sources_codes_and_rows(screen: Screen, ask: AskPage) -> None:
    screen.type("can 20932 go with 27447")
    screen.press("Enter")
    question = ask.question
    assert question.head.text().startswith("No. 20932 is not payable with 27447 alone")
    assert question.source.text() == "Medicare add-on code list, 2026 Q2: file"
    assert [fact.id for fact in question.codes.table.facts()][:2] == ["20932", "27447"]
    row = question.rows.table.facts()[0]
    assert (row.label, row.cite) == ("Add-on list", "2026Q2, since 2019-01-01")
    assert "20932>27365" in row.text
    assert question.about.text() == "On 2026-05-01, the date of service of the case."
    assert "amounts are national" in question._national.text()
    assert not question.locality.isVisible()
    assert not question.refusal.isVisible()
    assert not question.start.isVisible()


def test_what_is_not_understood_is_not_answered_and_the_nearest_are_links(screen: Screen, ask: AskPage) -> None:
    screen.type("blub")
    question = ask.question
    question.take.click()
    assert (question.refusal.text(), question.refusal.isVisible()) == ("No answer", True)
    assert question.head.text().startswith("I cannot answer that: I do not know the word 'blub'")
    open_row(screen, question.near.table, 0)
    assert question.box.text() == "can 20932 go with 27447"


def test_what_is_outside_is_said_to_be_and_never_answered_with_the_add_on(ask: AskPage) -> None:
    ask.question.ask("ACL reconstruction with allograft")
    assert ask.question.refusal.text() == OUTSIDE
    assert [fact.id for fact in ask.question.codes.table.facts()] == ["29888", "27428", "27429"]


def test_questions_of_this_window_are_listed_and_asked_again(screen: Screen, ask: AskPage) -> None:
    for text in ("what is 20932", "what is 20933"):
        ask.question.ask(text)
    assert [fact.id for fact in ask.question.asked.table.facts()] == ["what is 20932"]
    open_row(screen, ask.question.asked.table, 0)
    assert ask.question.box.text() == "what is 20932"
    assert [fact.id for fact in ask.question.asked.table.facts()] == ["what is 20933"]


def test_nothing_asked_is_kept_in_the_settings(screen: Screen, ask: AskPage) -> None:
    ask.question.ask("what is 20932")
    assert "20932" not in repr(screen.settings.choices)


def test_a_code_of_an_answer_is_a_link(screen: Screen, ask: AskPage) -> None:
    wanted: list[str] = []
    ask.question.code_wanted.connect(wanted.append)
    ask.question.ask("what is 20932")
    open_row(screen, ask.question.codes.table, 0)
    assert wanted == ["20932"]


def test_a_question_of_the_tree_is_explained_beside_the_case(screen: Screen, ask: AskPage) -> None:
    ask.question._go_near("question:graft_form")
    assert screen.desk.page() is screen.desk.case
    assert screen.desk.case.help_is_open()


def test_the_answer_is_copied_with_its_rows(screen: Screen, ask: AskPage) -> None:
    screen.press("Ctrl+Shift+C")
    assert "Nothing to copy yet" in screen.desk.hints.message()
    ask.question.ask("can 20932 go with 27365")
    ask.question.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "Yes. 20932 may go with 27365" in copied
    assert "Add-on list 20932>27365, 2026Q2, since 2019-01-01" in copied
    assert screen.desk.hints.message() == "Copied the answer and its rows."


def test_another_date_of_service_answers_again(screen: Screen, ask: AskPage) -> None:
    ask.question.ask("is 20932 valid")
    ask.code.look_up("20932", "")
    screen.desk.session.set_date(date(2018, 6, 1))
    assert ask.question.head.text().startswith("No. 20932 begins on 2019-01-01")
    assert "2018-06-01" in ask.question.about.text()
    assert ask.code.way() is None
    screen.desk.session.set_date(ON)
    assert ask.question.head.text().startswith("Yes.")
    assert ask.code.way() is not None


def test_other_tables_answer_again(screen: Screen, ask: AskPage) -> None:
    ask.question.ask("what is 20932")
    before = ask.question.answer
    ask.tables_changed()
    assert ask.question.answer == before
    assert ask.question.answer is not before


def test_arrows_go_from_the_box_through_all_rows_and_back(screen: Screen, ask: AskPage) -> None:
    ask.question.ask("what is 20932")
    screen.settle()
    screen.press("Down")
    assert screen.focus() is ask.question.more.table
    screen.press("End", "Down")
    assert screen.focus() is ask.question.codes.table
    screen.press("Up")
    assert screen.focus() is ask.question.more.table
    screen.press("Home", "Up")
    assert screen.focus() is ask.question.box
    screen.press("Down", "Escape")
    assert screen.focus() is ask.question.box
    screen.press("Escape")
    assert screen.desk.page() is screen.desk.case


def test_only_keys_that_work_now_are_shown(screen: Screen, ask: AskPage) -> None:
    assert [hint.text for hint in ask.hints()][:2] == ["answer", "to the rows"]
    screen.settle()
    screen.press("Down")
    said = [hint.text for hint in ask.hints()]
    assert (said[:2], said[-1]) == (["choose a row", "open it"], "back to the field")
    screen.press("Escape")
    assert screen.focus() is ask.question.box


def test_help_is_that_of_the_page(screen: Screen, ask: AskPage) -> None:
    screen.press("F1")
    page = screen.desk.page()
    assert isinstance(page, HelpPage)
    assert page.article.accessibleName() == "Ask, and from a code back"


def test_f6_goes_through_box_answer_and_rows(screen: Screen, ask: AskPage) -> None:
    ask.question.ask("what is 20932")
    screen.settle()
    screen.press("F6")
    assert screen.focus() is ask.question.more.table
    screen.press("F6")
    assert screen.focus() is ask.question.codes.table


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40), other=st.text(max_size=10))
def test_no_text_is_an_error(ask: AskPage, text: str, other: str) -> None:
    ask.question.box.setText(text)
    ask.question.take.click()
    ask.code.code.setText(text)
    ask.code.beside.setText(other)
    ask.code.take.click()
    assert ask.question.answer is None or ask.question.head.text()


# -- from a code ------------------------------------------------------------------------------------------------------


def test_the_key_goes_there_from_everywhere(screen: Screen, ask: AskPage) -> None:
    screen.desk.show_place("case")
    screen.press("Ctrl+R")
    assert screen.desk.page() is ask
    assert ask.part.current() == "code"
    assert screen.focus() is ask.code.code
    assert ask.code.empty.isVisible()
    screen.press("Alt+1")
    assert screen.focus() is ask.question.box
    screen.press("Alt+2")
    assert screen.focus() is ask.code.code
    assert not ask.show_part(3)
    ask.part.segment("question").click()
    assert ask.question.isVisible()


def test_a_code_shows_its_ways_apart_by_what_differs_and_a_digit_chooses(screen: Screen, ask: AskPage) -> None:
    screen.press("Ctrl+R")
    screen.type("20932")
    screen.press("Enter")
    code = ask.code
    assert code.name.text() == "20932  Osteoarticular allograft to rebuild bone loss (add-on)"
    assert screen.focus() is code.ways.table
    assert texts(code.ways.table)[1] == (
        "Main procedure: **Implant removal**; Implant removed: **Ankle**; After the removal: **Donor segment**"
    )
    assert code.given()["main_procedure"] == "radical_resection"
    assert "1+–+2" in ["+".join(hint.keys) for hint in screen.desk.hints.hints()]
    screen.press("2")
    assert code.given()["implant"] == "ankle"
    assert code.ways.table.facts()[1].end == "chosen, 1 way"
    assert screen.focus() is code.ways.table
    screen.press("9")
    assert code.given()["implant"] == "ankle"
    screen.press("Up", "Enter")
    assert code.given()["main_procedure"] == "radical_resection"
    labels = [fact.label for fact in code.notes[0].table.facts()]
    assert labels[0] == "Listed primary"
    screen.press("Escape")
    assert screen.focus() is code.code


def test_digits_typed_into_a_field_are_text(screen: Screen, ask: AskPage) -> None:
    screen.desk.going.start_from("20932", "")
    ask.code.focus_main()
    screen.type("2")
    assert ask.code.code.text() == "2"
    assert ask.code.given()["main_procedure"] == "radical_resection"
    screen.press("Down")
    assert screen.focus() is ask.code.ways.table


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ("27365", "Allowed: 20932 with 27365"),
        ("27447", "Not listed: 20932 with 27447"),
        ("20934", "Barred: 20932 with 20934"),
    ],
)
def test_a_pair_has_its_exact_state_with_row_and_edition(screen: Screen, ask: AskPage, second: str, says: str) -> None:
    screen.desk.going.start_from("20932", second)
    code = ask.code
    assert code.pair.isVisible()
    assert code.pair.accessibleName() == says
    assert "2026Q2, since 2019-01-01" in code._pair_source.text()
    assert any("20932" in text for text in texts(code.rows.table))
    assert code.leads.isVisible()


def test_an_empty_look_up_says_what_to_type(screen: Screen, ask: AskPage) -> None:
    screen.press("Ctrl+R")
    ask.code.look_up("", "")
    assert ask.code.error.text().startswith("Type the code that was written")
    screen.press("Ctrl+R")
    ask.code.again_on()
    assert not ask.code.error.isVisible()
    assert ask.code.empty.isVisible()


def test_one_of_several_ways_can_be_chosen_from_elsewhere(screen: Screen, ask: AskPage) -> None:
    screen.desk.going.start_from("20932", "", 1)
    assert ask.code.origin is not None
    assert ask.code.way() is ask.code.origin.ways[1]
    screen.desk.going.start_from("20932", "", 99)
    assert ask.code.way() is ask.code.origin.ways[0]


def test_what_no_table_names_is_refused_under_the_field(screen: Screen, ask: AskPage) -> None:
    screen.press("Ctrl+R")
    screen.type("9999X")
    screen.press("Enter")
    assert ask.code.error.text() == "No table here names the code '9999X'; check it, or look it up in the code book."
    assert screen.focus() is ask.code.code
    screen.type("2")
    assert not ask.code.error.isVisible()
    ask.code.look_up("", "20932")
    assert ask.code.error.text() == "Type the code that was written into the first field, for example 20932."


def test_a_code_without_a_way_says_so_and_starts_nothing(screen: Screen, ask: AskPage) -> None:
    screen.desk.going.start_from("C40.22", "")
    assert ask.code.leads.text() == "No way of the tree leads to C40.22 on 2026-05-01."
    assert not ask.code.start.isVisible()
    screen.press("Ctrl+Enter")
    assert screen.desk.hints.message() == "There is nothing to start the tree with yet."
    assert screen.desk.page() is ask


def test_a_fact_of_the_way_is_explained_and_a_code_opened(screen: Screen, ask: AskPage) -> None:
    wanted: list[str] = []
    ask.code.code_wanted.connect(wanted.append)
    screen.desk.going.start_from("20932", "")
    ask.code.open.click()
    assert wanted == ["20932"]
    open_row(screen, ask.code.needs.table, 1)
    assert screen.desk.case.help_is_open()


# -- starting the tree ------------------------------------------------------------------------------------------------


def test_the_tree_starts_with_assumptions_that_are_no_answers(screen: Screen, ask: AskPage) -> None:
    screen.desk.going.start_from("20932", "27365")
    screen.settle()
    ask.code.start.click()
    assert screen.desk.page() is screen.desk.case
    assert set(screen.desk.session.answers) == {"claim"}
    question = screen.desk.case.question
    assert question._assumed.text() == "Assumed from 20932 with 27365: Donor bone. It counts once you confirm it."
    tags = {row.option.id: [tag.text for tag in row.option.tags] for row in question.answers.rows() if row.option}
    assert tags["donor_bone"] == ["assumed, to confirm"]
    assert not any(tags[other] for other in tags if other != "donor_bone")
    steps = screen.desk.case.way.steps.steps()
    assert [step.id for step in steps if step.state == "confirm"] == [
        "region",
        "main_procedure",
        "graft_form",
        "graft_placed",
    ]
    assert next(step.label for step in steps if step.state == "heading") == (
        "To confirm, assumed from `20932` with `27365`"
    )
    assert screen.desk.hints.message() == "5 answers assumed, to confirm."


def test_enter_confirms_a_digit_answers_and_another_answer_takes_its_place(screen: Screen, ask: AskPage) -> None:
    screen.desk.going.start_from("20932", "27365")
    screen.press("Ctrl+Enter")
    screen.press("Enter")
    assert screen.asked() == "region"
    assert screen.desk.session.answers["graft_material"] == {"donor_bone"}
    screen.desk.case.question.confirm.click()
    assert screen.asked() == "main_procedure"
    screen.click_answer("curettage")
    assert screen.desk.session.answers["main_procedure"] == {"curettage"}
    assert not screen.desk.case.question.confirm.isVisible()


def test_enter_held_down_confirms_once(screen: Screen, ask: AskPage) -> None:
    screen.desk.going.start_from("20932", "27365")
    screen.press("Ctrl+Enter")
    answers = screen.desk.case.question.answers
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
    answers.keyPressEvent(held)
    assert screen.asked() == "graft_material"


def test_enter_on_another_row_answers_with_that_row(screen: Screen, ask: AskPage) -> None:
    screen.desk.going.start_from("20932", "27365")
    screen.press("Ctrl+Enter", "Down", "Down", "Enter")
    assert screen.desk.session.answers["graft_material"] == {"own_bone"}


def test_a_step_to_confirm_is_asked_in_its_turn(screen: Screen, ask: AskPage) -> None:
    screen.desk.going.start_from("20932", "27365")
    screen.press("Ctrl+Enter")
    screen.click_step("graft_form")
    assert screen.asked() == "graft_material"
    assert screen.desk.hints.message().startswith("This is asked in its turn")


def test_no_result_rests_on_what_nobody_confirmed(screen: Screen, ask: AskPage) -> None:
    screen.desk.going.start_from("20902", "")
    ask.code.choose(0)
    screen.desk.going.assume({**ask.code.given(), "side": "left"}, "20902")
    screen.go_on(JOINT)
    view = screen.view()
    assert view.result is not None
    assert "side" not in screen.desk.session.answers
    assert [line.text for line in view.result.lines] == ["27365", "20932"]
    assert next(step.state for step in view.way if step.question == "side") == "confirm"
    screen.click_step("side")
    assert screen.asked() == "side"
    screen.press("Enter")
    assert screen.desk.session.answers["side"] == {"left"}


def test_a_case_under_way_is_not_replaced_unasked_and_comes_back(screen: Screen, ask: AskPage) -> None:
    screen.desk.show_place("case")
    screen.go_on(DONOR)
    before = dict(screen.desk.session.answers)
    screen.desk.going.start_from("20932", "")
    screen.press("Ctrl+Enter")
    assert ask.replace.isVisible()
    assert ask.replace.accessibleName() == "A case is under way, with 2 answers. Replace it?"
    assert screen.focus() is ask.yes
    assert [hint.text for hint in screen.desk.hints.hints()] == ["replace the case", "keep it"]
    screen.press("Escape")
    assert not ask.replace.isVisible()
    assert screen.desk.page() is ask
    assert screen.desk.session.answers == before
    screen.press("Ctrl+Enter")
    ask.no.click()
    assert screen.desk.session.answers == before
    screen.press("Ctrl+Enter", "Ctrl+Enter")
    assert screen.desk.page() is screen.desk.case
    assert set(screen.desk.session.answers) == {"claim"}
    screen.press("Ctrl+Z")
    assert screen.desk.session.answers == before
    assert not screen.desk.session.assumed


def test_a_question_starts_the_tree_with_what_its_words_settle(screen: Screen, ask: AskPage) -> None:
    ask.question.ask(OPERATION)
    assert ask.question.start.text() == "Start the tree with 5 assumptions"
    assert any(hint.text == "start the tree" for hint in ask.hints())
    screen.settle()
    ask.question.start.click()
    assert screen.desk.case.question._assumed.text().startswith("Assumed from the question asked: Donor bone.")
    screen.press("Enter", "Enter", "Enter", "Enter", "Enter")
    assert screen.asked() == "graft_placed"


# -- frames -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SIZE, COMPACT], ids=["wide", "compact"])
def test_what_is_painted_first_stays_and_nothing_is_cut_off(
    screen: Screen, ask: AskPage, size: tuple[int, int]
) -> None:
    screen.window.resize(*size)
    for show in (partial(screen.desk.going.ask, OPERATION), partial(screen.desk.going.start_from, "20932", "27447")):
        show()
        first = screen.window.grab().toImage()
        for _ in range(3):
            screen.settle()
        assert screen.window.grab().toImage() == first
        for widget in ask.findChildren(QWidget):
            if widget.isVisible() and widget.width() > 1:
                right = widget.mapTo(screen.desk, widget.rect().topRight()).x()
                assert right < screen.desk.width(), f"{widget} ends at {right}"
    screen.window.resize(*SIZE)
