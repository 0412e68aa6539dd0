"""The text of a note as it is shown: places of characters on both sides, marks and their labels, several documents."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from encoder.gui.look import Look
from encoder.gui.widgets.note_view import Marked, NoteView, Style
from encoder.gui.widgets.shown_text import MOST_LINE, MOST_SOLID, ShownText

TEXT = "Back table\nThe \U0001f9b4 graft of Dr. Müller was thawed.\n" + "It was cut.\n" * 200
STATED = Style("stated", "accent", "tint")
NEGATED = Style("negated", line=QTextCharFormat.UnderlineStyle.DashUnderline)


@pytest.fixture
def view(look: Look) -> Iterator[NoteView]:
    view = NoteView(look)
    view.resize(396, 300)
    view.show()
    yield view
    view.close()
    view.deleteLater()


def mark(text: str, words: str, style: Style = STATED, label: str = "stated · 1") -> Marked:
    start = text.index(words)
    return Marked(start, start + len(words), style, label)


# -- characters and units ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "plain", "a\U0001f9b4b", "\U0001f9b4", "שלום \u202eabc\u202c", "a\0b\x85c\x0bd", "x\ufdd0y\u2028z", "a\ufeff"],
)
def test_every_character_has_its_unit_and_every_unit_its_character(text: str) -> None:
    shown = ShownText(text)
    assert shown.shown == text.replace("\ufeff", "\u2060")
    units = [len(text[:place].encode("utf-16-le", "surrogatepass")) // 2 for place in range(len(text) + 1)]
    assert [shown.unit(place) for place in range(len(text) + 1)] == units
    assert [shown.place(unit) for unit in units] == list(range(len(text) + 1))


def test_a_mark_at_the_begin_of_a_text_is_not_lost() -> None:
    document = QTextDocument()
    document.setPlainText(ShownText("\ufeffGraft").shown)
    assert document.characterCount() - 1 == 6


@pytest.mark.parametrize("text", ["x" * 1_000_000, "word " * 50_000, "y" * (MOST_SOLID + 1), "z " * MOST_LINE])
def test_a_line_without_an_end_is_broken_and_shown_at_once(view: NoteView, text: str) -> None:
    shown = ShownText(text)
    assert shown.shown.replace("\n", "") == text
    assert max(len(line) for line in shown.shown.split("\n")) <= MOST_LINE
    started = time.perf_counter()
    view.set_texts([text])
    QTest.qWait(0)
    assert time.perf_counter() - started < 20  # without the breaks it takes minutes
    for place in (0, MOST_SOLID - 1, MOST_SOLID, len(text) - 1, len(text)):
        assert shown.place(shown.unit(place)) == place
    view.select(MOST_SOLID - 3, MOST_SOLID + 3 if len(text) > MOST_SOLID + 3 else len(text))
    assert view.selection()[0] == MOST_SOLID - 3


# -- documents --------------------------------------------------------------------------------------------------------


def test_nothing_is_shown_and_nothing_selected_without_a_document(view: NoteView) -> None:
    assert view.selection() == (0, 0)
    assert view.toPlainText() == ""
    view.set_texts([TEXT])
    view.set_texts([])
    assert view.toPlainText() == ""
    assert view.selection() == (0, 0)
    assert view.labels() == []


def test_a_new_document_comes_to_the_front_and_the_others_are_kept(view: NoteView) -> None:
    view.set_texts([TEXT])
    first = view.document()
    view.set_texts([TEXT, "Implants: one plate."])
    assert (view.shown(), view.toPlainText()) == (1, "Implants: one plate.")
    view.show_document(0)
    assert view.document() is first
    view.set_texts(["Implants: one plate."])
    assert (view.shown(), view.toPlainText()) == (0, "Implants: one plate.")


def test_the_note_cannot_be_written_in(view: NoteView) -> None:
    view.set_texts([TEXT])
    QTest.keyClicks(view, "abc")
    assert view.toPlainText() == TEXT


def test_a_selection_is_told_in_characters_of_the_text(view: NoteView, qtbot: QtBot) -> None:
    view.set_texts([TEXT])
    start = TEXT.index("graft of")
    with qtbot.waitSignal(view.selected):
        view.select(start, start + len("graft of Dr. Müller"))
    assert view.textCursor().selectedText() == "graft of Dr. Müller"
    assert view.selection() == (start, start + len("graft of Dr. Müller"))
    view.go_to(start)
    assert view.selection() == (start, start)


def test_headings_are_bold_and_the_text_stays_as_it_is(view: NoteView) -> None:
    view.set_texts([TEXT])
    view.embolden(0, [(0, len("Back table"))])
    assert view.toPlainText() == TEXT
    block = view.document().begin()
    assert block.begin().fragment().charFormat().fontWeight() >= 600
    assert block.next().begin().fragment().charFormat().fontWeight() < 600


# -- marks ------------------------------------------------------------------------------------------------------------


def test_marks_differ_in_the_form_of_their_line_and_stand_exactly_where_the_text_has_them(view: NoteView) -> None:
    view.set_texts([TEXT])
    view.set_marks([mark(TEXT, "graft"), mark(TEXT, "thawed", NEGATED, "negated · 5")], 0)
    drawn = view.extraSelections()
    assert [each.cursor.selectedText() for each in drawn] == ["graft", "thawed"]
    lines = [each.format.underlineStyle() for each in drawn]
    assert lines == [QTextCharFormat.UnderlineStyle.SingleUnderline, QTextCharFormat.UnderlineStyle.DashUnderline]
    assert [label.label for _, label, _ in view.labels()] == ["stated · 1", "negated · 5"]
    assert [current for _, _, current in view.labels()] == [True, False]


def test_marks_of_one_line_that_are_alike_share_a_label_and_the_current_one_keeps_it(view: NoteView) -> None:
    view.set_texts([TEXT])
    view.set_marks([mark(TEXT, "graft"), mark(TEXT, "of"), mark(TEXT, "Dr")], 1)
    assert [(label.start, current) for _, label, current in view.labels()] == [(TEXT.index("of"), True)]


def test_marks_far_below_are_drawn_when_they_come_into_sight(view: NoteView) -> None:
    text = TEXT + "It was cut.\n" * 5000 + "Plates were used."
    view.set_texts([text])
    view.set_marks([mark(text, "graft"), mark(text, "Plates")])
    assert [each.cursor.selectedText() for each in view.extraSelections()] == ["graft"]
    view.go_to(text.index("Plates"))
    view.grab()
    assert [each.cursor.selectedText() for each in view.extraSelections()] == ["Plates"]
    assert [label.label for _, label, _ in view.labels()] == ["stated · 1"]


def test_a_narrow_view_gives_up_its_margin(view: NoteView, look: Look) -> None:
    assert view.margin_width() == look.px("note_margin")
    view.resize(look.px("right_tabs"), 300)
    assert view.margin_width() == 0


def test_the_dress_follows_the_size_of_the_text(view: NoteView, look: Look) -> None:
    view.set_texts([TEXT])
    view.set_marks([mark(TEXT, "graft")])
    before = view.document().defaultFont().pointSizeF()
    look.set_text_scale(2.0)
    assert view.document().defaultFont().pointSizeF() == pytest.approx(2 * before, rel=0.02)
    look.set_text_scale(1.0)
    assert view.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
