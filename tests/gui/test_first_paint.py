"""What is painted first stays, is not cut off, and needs no scrolling where it should not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from encoder import paths
from encoder.core.tree.model import Question
from encoder.core.view import Ask, Option
from encoder.core.viewing import KEYS
from encoder.store.case_file import read_cases
from encoder.store.tree_file import read_tree
from tests.screen import SIZE, Screen
from tests.shots import COMPACT, scenes

TREE = read_tree(paths.resources() / "tree", "structural_allograft")
SCENES = {scene.name: scene for scene in scenes({case.id: case for case in read_cases(paths.cases())})}
CHANGING = (
    "question_map",
    "question_again",
    "question_several",
    "question_pick_refused",
    "result_answered",
    "result_review",
    "question_note_quoted",
    "question_note_contradiction",
    "result_note_fact",
    "stop_note",
    "stop_quoted",
    "bar_wrong_date",
    "codes",
    "codes_diagnosis",
    "codes_picker",
)


@pytest.mark.parametrize("name", CHANGING)
@pytest.mark.parametrize("size", [SIZE, COMPACT], ids=["wide", "compact"])
def test_what_is_painted_first_stays_and_nothing_is_cut_off(screen: Screen, name: str, size: tuple[int, int]) -> None:
    screen.window.resize(*size)
    screen.go_on(SCENES[name].answers)
    SCENES[name].then(screen)
    first = screen.window.grab().toImage()
    for _ in range(4):
        screen.settle()
    assert screen.window.grab().toImage() == first
    for widget in screen.desk.findChildren(QWidget):
        if widget.isVisible() and widget.width() > 1:
            right = widget.mapTo(screen.desk, widget.rect().topRight()).x()
            assert right < screen.desk.width(), f"{widget} ends at {right}"


def asked(question: Question) -> Ask:
    """The question with as many of its answers as there are digits."""
    answers = enumerate(question.answers[:KEYS], 1)
    options = (Option(one.id, one.say, one.plain, one.brief, "", one.picture, str(at), False) for at, one in answers)
    texts = (question.id, question.label, question.ask, question.hint, question.help, question.kind.value)
    return Ask(*texts, tuple(options), question.map, question.refines, question.usual, "")


def test_no_question_of_up_to_nine_answers_scrolls_on_a_small_screen(screen: Screen) -> None:
    """At 1366 x 768 every answer of every question is seen, also of one that is asked again."""
    page = screen.desk.case.question
    for question in TREE.questions.values():
        page.show_ask(asked(question), "A detail, 2 more after this." if question.refines else "")
        screen.settle()
        last = page.answers.visualRect(page.answers.model().index(len(page.answers.rows()) - 1, 0))
        assert not page.answers.verticalScrollBar().isVisible(), question.id
        assert last.bottom() < page.answers.viewport().height(), question.id
    screen.start_again()
