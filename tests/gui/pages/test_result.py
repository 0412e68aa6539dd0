"""The page of a result, shown hand-made results: band, actions, columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from encoder.core.tree.explain import Result
from encoder.core.tree.model import Open
from encoder.core.tree.rules import Line
from encoder.core.view import View
from encoder.gui.look import Look
from encoder.gui.pages.result import ResultPage
from encoder.gui.widgets.facts import FactTable
from encoder.gui.widgets.sections import ValueBox
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.wording.sources import Sources
from encoder.store.codebook import Codebook
from tests.gui.made import Places, ended, refining, result, step, stopped, view

WIDE, NARROW = (1100, 640), (470, 640)


@pytest.fixture(scope="module")
def made(look: Look, book: Codebook) -> Iterator[ResultPage]:
    page = ResultPage(look, Places(), Sources(book))
    page.show()
    yield page
    page.close()
    page.deleteLater()


@pytest.fixture
def page(made: ResultPage) -> ResultPage:
    resize(made, WIDE)
    made.activateWindow()
    show(made, ended())
    return made


def show(page: ResultPage, shown: View, between: Sequence[str] = ()) -> None:
    assert shown.result is not None
    page.show_result(shown, shown.result, between)
    page.focus_main()


def stop(**more: object) -> View:
    return view(ask=None, result=stopped(**more), way=ended().way)


def actions(page: ResultPage) -> list[tuple[str, str]]:
    return [(action.id, page.band.button(action.id).text()) for action in page.band.actions_shown()]


def table(page: ResultPage, name: str) -> FactTable:
    return next(one for one in page.findChildren(FactTable) if one.accessibleName() == name)


def seen(page: ResultPage) -> list[str]:
    shown = [one for one in page.findChildren(FactTable) if one.isVisible()]
    return [one.accessibleName() for one in sorted(shown, key=lambda one: place(page, one))]


def place(page: ResultPage, one: QWidget) -> tuple[int, int]:
    at = one.mapTo(page, QPoint(0, 0))
    return at.x(), at.y()


def resize(page: ResultPage, size: tuple[int, int]) -> None:
    page.resize(*size)
    lay_out_now()


def said(page: ResultPage, name: str) -> list[str]:
    model = table(page, name).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def press(page: ResultPage, key: Qt.Key) -> None:
    focus = page.window().focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


# -- the band ---------------------------------------------------------------------------------------------------------


def test_a_decided_case_is_copied_first(page: ResultPage, qtbot: QtBot) -> None:
    assert page.band.verdict.text() == "Decided: this primary may carry the add-on"
    assert page.band.verdict.kind() == "decided"
    assert actions(page) == [
        ("copy", "Copy lines and reason"),
        ("check", "Check this claim"),
        ("save", "Save the case"),
        ("new", "Start a new case"),
    ]
    assert page.band.button("copy").hasFocus()
    with qtbot.waitSignal(page.acted) as told:
        press(page, Qt.Key.Key_Return)
    assert told.args == ["copy"]


def test_the_lines_stand_in_order_with_their_words(page: ResultPage) -> None:
    first, second = page.band.lines.lines()
    assert (first.code, first.second) == ("27365-LT", "Primary · 1 unit · left side")
    assert (second.code, second.second) == ("20932", "Add-on · 1 unit")
    assert second.title.startswith("Osteoarticular allograft")
    assert first.tag is None


def test_details_that_were_not_asked_are_offered_beside_copying(page: ResultPage, qtbot: QtBot) -> None:
    show(page, ended(assumed=(refining("side"), refining("effort"))))
    assert actions(page)[:2] == [("copy", "Copy lines and reason"), ("details", "Ask the details (2)")]
    assert said(page, "Not asked yet") == ["Side: nothing taken, ask", "Effort: nothing taken, ask"]
    with qtbot.waitSignal(page.acted) as told:
        press(page, Qt.Key.Key_1)
    assert told.args == ["details"]
    with qtbot.waitSignal(page.ask_wanted) as asked:
        table(page, "Not asked yet").opened.emit("effort")
    assert asked.args == ["effort"]


def test_a_review_says_so_on_the_button_on_every_line_and_in_a_box(page: ResultPage) -> None:
    open_question = Open("Does the note bar it?", (("No bar", "CMS withdrew 20934.", "cms-aoc-2026q2#20934"),))
    show(page, ended(review=("The CPT note was not seen.",), open=open_question))
    assert page.band.verdict.kind() == "review"
    assert actions(page)[0] == ("copy", "Copy, marked “review”")
    assert [line.tag.text for line in page.band.lines.lines() if line.tag] == ["review"] * 2
    assert page.columns.box.isVisible()
    assert page.columns.box.accessibleDescription() == "The CPT note was not seen. Does the note bar it?"
    assert said(page, "What speaks for each side")[0].startswith("No bar: CMS withdrew 20934.")


def test_an_end_without_lines_offers_the_last_answers(page: ResultPage, qtbot: QtBot) -> None:
    show(page, stop())
    assert page.band.verdict.text() == "Stop. No line: outside the tables"
    assert actions(page) == [
        ("change:bone", "Change bone"),
        ("change:form", "Change form"),
        ("copy", "Copy the reason"),
    ]
    assert not page.band.lines.isVisible()
    for key, wanted in ((Qt.Key.Key_1, "change:bone"), (Qt.Key.Key_2, "change:form")):
        with qtbot.waitSignal(page.acted) as told:
            press(page, key)
        assert told.args == [wanted]


@pytest.mark.parametrize("ref", ["O-NOEDITION", "O-PRE2019"])
def test_a_date_without_an_edition_offers_another_date(page: ResultPage, ref: str) -> None:
    show(page, stop(ref=ref))
    assert actions(page)[0] == ("date", "Change the date of service")


def test_two_facts_that_clash_are_shown_and_each_can_be_changed(page: ResultPage, qtbot: QtBot) -> None:
    show(page, stop(ref="O-CONTRA", say="A shaft has no joint surface."), ("form", "bone"))
    assert page.band.verdict.kind() == "ask"
    assert actions(page) == [
        ("change:form", "Change form"),
        ("change:bone", "Change bone"),
        ("surgeon:form", "Ask the surgeon"),
    ]
    with qtbot.waitSignal(page.acted) as told:
        press(page, Qt.Key.Key_0)
    assert told.args == ["surgeon:form"]


def test_arrows_walk_the_actions_and_leave_the_band_at_its_ends(page: ResultPage, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_Down)
    assert page.band.button("check").hasFocus()
    press(page, Qt.Key.Key_Up)
    with qtbot.waitSignal(page.leave_up):
        press(page, Qt.Key.Key_Up)
    for _ in range(4):
        press(page, Qt.Key.Key_Down)
    assert table(page, "Why").hasFocus()


def test_backspace_goes_back_and_left_to_the_way(page: ResultPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.back):
        press(page, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(page.leave_up):
        press(page, Qt.Key.Key_Left)
    with qtbot.assertNotEmitted(page.acted):
        press(page, Qt.Key.Key_7)


# -- the columns ------------------------------------------------------------------------------------------------------


def test_every_part_of_the_proof_is_there(page: ResultPage) -> None:
    assert seen(page) == [
        "Why",
        "Why not",
        "Rules on the claim",
        "Warnings",
        "Documentation",
        "Inpatient hospital claim",
        "Edits checked",
    ]
    assert said(page, "Why")[0] == (
        "27365: The femur came out in one piece., Medicare add-on code list, 2026 Q2 · since 2019-01-01 · "
        "row tumor_resection.distal_femur"
    )
    assert said(page, "Why not") == [
        "20930, 20931: Where: limb",
        "20934: Form: joint surface",
    ]
    assert said(page, "Documentation") == ["Margin: Radical resection", "Lot: Number of the tissue bank"]
    assert [one.split(",")[0] for one in said(page, "Warnings")] == [
        "W09 · note. The pair table ends before 20932 was used."
    ]


def test_the_values_stand_apart_and_are_closed_on_a_review(page: ResultPage, qtbot: QtBot) -> None:
    box = page.findChild(ValueBox)
    assert isinstance(box, ValueBox)
    assert box.table.text() == (
        "27365: work 31.40, total RVU 55.00, US$ 1,837.05; 20932: work not loaded, total RVU not loaded, "
        "US$ not loaded; National, facility, 2026 July."
    )
    assert box.table.isVisible()
    show(page, ended(review=("Look again.",)))
    assert not box.table.isVisible()
    with qtbot.waitSignal(box.turned):
        box.findChildren(type(page.band.button("copy")))[0].click()
    assert box.table.isVisible()


def test_a_code_of_the_hospital_has_no_values(page: ResultPage) -> None:
    box = page.findChild(ValueBox)
    assert isinstance(box, ValueBox)
    shown = ended()
    assert shown.result is not None
    show(page, ended(lines=(Line("0QRC0KZ", "primary"),), values=(replaced(shown.result),)))
    assert not box.isVisible()
    assert page.band.lines.lines()[0].second == "Procedure · 1 unit"


def replaced(result: Result) -> object:
    value = result.values[0]
    return type(value)("0QRC0KZ", "", "", "", "")


def test_enter_on_a_row_shows_its_evidence(page: ResultPage, qtbot: QtBot) -> None:
    for name, title in (
        ("Why", "Evidence: 27365"),
        ("Why not", "Evidence: 20930, 20931"),
        ("Edits checked", "Evidence: Add-on list"),
    ):
        table(page, name).setFocus()
        with qtbot.waitSignal(page.columns.evidence_wanted) as told:
            press(page, Qt.Key.Key_Return)
        assert told.args is not None
        assert told.args[0] == title
        assert "Medicare add-on code list, 2026 Q2: 20932>27365" in told.args[1]


def test_rows_go_on_from_section_to_section(page: ResultPage) -> None:
    why, against = table(page, "Why"), table(page, "Why not")
    why.setFocus()
    press(page, Qt.Key.Key_End)
    press(page, Qt.Key.Key_Down)
    assert against.hasFocus()
    assert against.currentIndex().row() == 0
    press(page, Qt.Key.Key_Up)
    assert why.hasFocus()
    assert why.currentIndex().row() == 1
    press(page, Qt.Key.Key_Home)
    press(page, Qt.Key.Key_Up)
    assert page.band.button("copy").hasFocus()
    table(page, "Inpatient hospital claim").setFocus()
    press(page, Qt.Key.Key_Down)
    assert table(page, "Inpatient hospital claim").hasFocus()


def test_a_narrow_page_puts_the_columns_under_each_other_and_walks_through_them_all(page: ResultPage) -> None:
    def columns() -> int:
        return len({place(page, table(page, name))[0] for name in seen(page)})

    assert columns() == 3
    resize(page, NARROW)
    assert columns() == 1
    assert seen(page)[:3] == ["Why", "Why not", "Rules on the claim"]
    table(page, "Why not").setFocus()
    press(page, Qt.Key.Key_End)
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Down)
    assert table(page, "Warnings").hasFocus()
    resize(page, WIDE)
    assert columns() == 3


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_actions_stand_at_the_right_or_below(page: ResultPage, size: tuple[int, int]) -> None:
    resize(page, size)
    copy, new = page.band.button("copy").geometry(), page.band.button("new").geometry()
    lines = page.band.lines.geometry()
    if size == WIDE:
        assert copy.left() > lines.right()
        assert new.top() > copy.bottom()
    else:
        assert copy.top() > lines.bottom()
        assert new.right() <= page.width()


def test_a_tag_goes_below_the_words_where_they_would_have_no_room(page: ResultPage) -> None:
    show(page, ended(review=("Look again.",)))
    wide = page.band.lines.height()
    resize(page, NARROW)
    assert page.band.lines.height() > wide


def test_what_left_the_result_leaves_the_page(page: ResultPage) -> None:
    show(page, stop(why_not=(), warnings=(), checklist=(), why=result().why[:1]))
    assert seen(page) == ["Why"]
    assert page.band.lines.lines() == ()


def test_a_diagnosis_is_shown_by_its_code_or_in_words(page: ResultPage) -> None:
    shown = ended()
    for steps, wanted in (
        ((step("diagnosis", "Malignant bone tumour"),), ["Malignant bone tumour"]),
        (
            (step("diagnosis", "Malignant"), step("diagnosis_code", "C40.22")),
            ["C40.22: Malignant neoplasm of long bones"],
        ),
        ((step("diagnosis", "Not documented", "not_documented"),), []),
    ):
        assert shown.result is not None
        show(page, view(ask=None, result=shown.result, way=(*shown.way, *steps)))
        found = said(page, "Diagnosis")
        assert [one[: len(want)] for one, want in zip(found, wanted, strict=True)] == wanted
