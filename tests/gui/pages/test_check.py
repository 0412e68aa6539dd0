"""The claim check in the real window: findings beside the lines, fixes by one key, undo, what a clean claim says."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from encoder import paths
from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.gui.pages.check.page import CheckPage
from encoder.store.case_file import read_cases
from tests.screen import ON, Screen
from tests.shots import ANSWERED, COMPACT, DONOR
from tests.shots_claims import CLEAN, EVERYTHING, check


@pytest.fixture
def page(screen: Screen) -> CheckPage:
    """The claim check without a line."""
    page = check(screen)
    page.work.set_date(ON)
    page.work.set_setting(PRACTITIONER)
    screen.desk.hints.clear_message()
    return page


def enter(screen: Screen, page: CheckPage, text: str) -> None:
    """Type a text into the field and take it."""
    page.entry.focus_main()
    screen.type(text)
    screen.press("Enter")


def lines(page: CheckPage) -> list[str]:
    claim = page.work.claim()
    return [*(line.text for line in claim.lines), *claim.diagnoses]


def said(page: CheckPage) -> list[tuple[str, str]]:
    """Severity and words of every finding in the list."""
    return [(row.tag.text if row.tag else "", row.say.replace("`", "")) for row in page.list.rows()]


def message(screen: Screen) -> str:
    return screen.desk.hints.message()


# -- findings ---------------------------------------------------------------------------------------------------------


def test_an_empty_page_says_what_goes_there_and_how_a_line_is_written(page: CheckPage) -> None:
    assert page.band.verdict.text() == "No line yet"
    assert not page.band.copy.isVisible()
    assert [fact.label for fact in page.side.written.table.facts()][:2] == ["27365-LT", "20932*2"]
    assert page.entry.field.hasFocus()
    assert not page.side.values.isVisible()


def test_findings_stand_beside_their_lines_with_severity_proof_and_fix(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, EVERYTHING)
    assert page.band.verdict.text() == "Not payable as typed: 4 findings deny, 3 need a look"
    assert [(row.number, row.tag.text if row.tag else "", row.key, row.fix) for row in page.list.rows()] == [
        ("A", "look", "1", "use C40.22, if the note says so"),
        ("A", "look", "2", "use C40.22, if the note says so"),
        ("1", "", "", ""),
        ("2", "deny", "3", "set 1 unit"),
        ("2", "deny", "4", "take 51 off line 2"),
        ("3", "deny", "5", "remove line 3"),
        ("4", "deny", "6", "remove line 4"),
        ("4", "note", "", ""),
        ("5", "look", "7", "remove line 5"),
    ]
    assert page.list.rows()[5].cite == "W04 · code pairs 2024 Q3, 20932 → 20934"
    assert not page.side.written.isVisible()


def test_the_current_finding_is_proved_row_edition_dates_rationale_and_citation(
    screen: Screen, page: CheckPage
) -> None:
    enter(screen, page, EVERYTHING)
    page.focus_main()
    screen.press("Home", "Down", "Down", "Down", "Down", "Down")
    facts = [fact.text.replace("`", "") for fact in page.side.why.table.facts()]
    assert facts[0].startswith("**deny.** ")
    assert "code pairs 2024 Q3, 20932 → 20934, an edition for 2024-07-01 to 2024-09-30" in facts[1]
    assert any("NCCI" in fact for fact in facts[2:])
    screen.press("Home", "Down", "Down")  # a line without a finding
    assert page.side.why.table.facts() == ()


def test_a_clean_claim_says_what_was_checked_and_against_which_editions(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, CLEAN)
    assert page.band.verdict.text() == "No denial in the loaded tables"
    assert not page.band.fix_all.isVisible()
    assert said(page) == [("", "No finding"), ("", "No finding on this line"), ("", "No finding on this line")]
    labels = [fact.label for fact in page.side.checked.table.facts()]
    assert labels == ["Codes", "Add-on list", "Code pairs", "Units", "Modifiers", "Diagnosis"]
    against = page.side.against.text()
    assert against.startswith("Held against CPT, our wording")
    assert "Add-on list 2026 Q2" in against
    assert "Code pairs 2024 Q3" in against
    unsure = " ".join(fact.text for fact in page.side.unsure.table.facts())
    assert "No pair found is no proof" in unsure
    assert "Unit limits 2024 Q3 ends" in unsure


def test_findings_follow_every_letter(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, "27365-LT")
    screen.type("20932-5")
    assert len(page.list.rows()) == 1
    screen.type("1")
    assert [row.state for row in page.list.rows()] == ["normal", "draft"]
    assert page.list.rows()[1].second.startswith("being typed · ")
    assert "deny" in [severity for severity, _ in said(page)]
    assert lines(page) == ["27365-LT"]
    screen.press("Escape")
    assert page.entry.field.text() == ""
    assert len(page.list.rows()) == 1


def test_what_cannot_be_read_is_refused_in_place_and_not_taken(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, "2736")
    assert "no code of five characters" in page.entry.error.text()
    assert page.entry.field.text() == "2736"
    assert lines(page) == []
    screen.type("5")
    assert not page.entry.error.isVisible()
    screen.press("Enter")
    assert lines(page) == ["27365"]


def test_each_line_may_have_a_date_units_and_pointers_of_its_own(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, "27365-LT:A, 20932*2@2026-05-02:A, C40.22")
    claim = page.work.claim()
    assert [(line.units, line.on, line.pointers) for line in claim.lines] == [
        (1, None, claim.lines[0].pointers),
        (2, date(2026, 5, 2), claim.lines[0].pointers),
    ]
    assert page.list.rows()[-1].second.startswith("on 2026-05-02 · A")
    assert any("2026-05-02" in words for _, words in said(page))


def test_a_diagnosis_of_the_whole_list_is_named(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, "27365-LT, E11.9")
    assert page.list.rows()[0].second.startswith("Type 2 diabetes mellitus without complications")


def test_another_date_and_another_setting_judge_the_claim_anew(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, "27365-LT, 20932")
    page.head.day.line.setFocus()
    page.head.day.line.selectAll()
    screen.type("2018-05-01")
    assert page.work.claim().on == date(2018, 5, 1)
    assert page.band.verdict.text() != "No denial in the loaded tables"
    page.head.day.line.selectAll()
    screen.type("2026-05-01")
    assert page.band.verdict.text() == "No denial in the loaded tables"
    page.head.setting.segment(HOSPITAL).click()
    assert page.work.checked.claim.setting == HOSPITAL
    assert screen.desk.strip.isVisible()
    assert "hospital" in page.side.against.text()


# -- fixes ------------------------------------------------------------------------------------------------------------


def test_a_digit_applies_its_fix_and_undo_takes_it_back(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, EVERYTHING)
    page.focus_main()
    screen.press("4")
    assert lines(page)[1] == "20932*2"
    assert message(screen).startswith("Done: take 51 off line 2.")
    screen.press("Ctrl+Z")
    assert lines(page)[1] == "20932-51*2"
    assert screen.desk.session.answers.keys() == {"claim"}  # the case is left alone


def test_enter_applies_the_fix_of_the_framed_finding(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, EVERYTHING)
    page.focus_main()
    screen.press("Home", "Enter")
    assert lines(page)[-1] == "C40.22"


def test_ctrl_enter_applies_all_fixes_and_one_undo_takes_them_back(
    screen: Screen, page: CheckPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.work.mended):
        enter(screen, page, EVERYTHING)
    assert [fact.label for fact in page.side.after.table.facts()] == ["27365-LT", "20932", "C40.21"]
    assert page.side.left.text() == "No denial left in the loaded tables; 1 needs a look, which the note decides"
    assert page.band.fix_all.text() == "Apply the 5 sure fixes"
    page.band.fix_all.click()
    assert lines(page) == ["27365-LT", "20932", "C40.21"]
    assert page.band.verdict.text() == "No denial in the loaded tables: 1 needs a look"
    assert message(screen).startswith("5 fixes applied.")
    screen.press("Ctrl+Z")
    assert len(lines(page)) == 6
    screen.press("Ctrl+Enter")
    assert len(lines(page)) == 3


def test_what_the_note_decides_is_never_fixed_unasked(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, "27365-LT, 20932, C40.21")
    assert not page.band.fix_all.isVisible()
    screen.press("Ctrl+Enter")
    assert lines(page)[-1] == "C40.21"
    assert message(screen).startswith("No fix is sure without the note.")
    page.focus_main()
    screen.press("1")
    assert lines(page)[-1] == "C40.22"


def test_digits_in_the_field_are_typed_and_fix_nothing(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, EVERYTHING)
    before = lines(page)
    screen.type("4")
    assert page.entry.field.text() == "4"
    assert lines(page) == before


def test_a_fix_is_clicked(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, "27365-LT, 20932-51")
    at = page.list.visualRect(page.list.model().index(1, 0))
    right = QPoint(at.right() - screen.look.px("pane"), at.top() + screen.look.px("pane"))
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=right)
    assert lines(page) == ["27365-LT", "20932"]


def test_a_line_is_changed_left_as_it_was_and_taken_off(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, "27365-LT, 20932, C40.22")
    page.entry.field.clear()
    screen.press("Up", "End", "F2")
    assert page.entry.field.text() == "20932"
    assert page.entry.take.text() == "Change"
    screen.type("20933")
    screen.press("Escape")
    assert lines(page) == ["27365-LT", "20932", "C40.22"]
    screen.press("Up", "End", "F2")
    screen.type("20933*1")
    screen.press("Enter")
    assert lines(page) == ["27365-LT", "20933", "C40.22"]
    assert page.entry.take.text() == "Add"
    screen.press("Up", "End", "Delete")
    assert lines(page) == ["27365-LT", "C40.22"]
    assert message(screen).startswith("Took 20933 off.")
    screen.press("Ctrl+Z")
    assert lines(page) == ["27365-LT", "20933", "C40.22"]


def test_a_line_that_is_being_typed_is_fixed_changed_and_left_like_the_others(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, "27365-LT")
    screen.type("20932-51")
    screen.press("Up", "End", "F2")
    assert page.entry.field.hasFocus()
    assert page.entry.field.text() == "20932-51"
    screen.press("Up", "End", "Delete")
    assert (page.entry.field.text(), lines(page)) == ("", ["27365-LT"])
    page.entry.focus_main()
    screen.type("20932-51")
    screen.press("Up", "End", "1")
    assert (page.entry.field.text(), lines(page)) == ("", ["27365-LT", "20932"])


def test_undo_in_the_field_is_the_claims_until_something_is_typed(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, "27365-LT")
    screen.press("Ctrl+Z")
    assert (page.entry.field.text(), lines(page)) == ("", [])
    enter(screen, page, "27365-LT")
    screen.type("20932")
    screen.press("Ctrl+Z")
    assert (page.entry.field.text(), lines(page)) == ("", ["27365-LT"])


def test_there_may_be_nothing_to_undo(screen: Screen, page: CheckPage) -> None:
    while page.work.undo():
        pass
    screen.press("Ctrl+Z")
    assert message(screen) == "There is nothing to undo on this claim."


# -- coming and going -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["27365\tLT\t1\n20932\t\t2\n", "27365-LT\n20932*2"])
def test_lines_are_pasted_from_a_spreadsheet_or_a_list(screen: Screen, page: CheckPage, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    screen.press("Ctrl+V")
    assert lines(page) == ["27365-LT", "20932*2"]
    assert message(screen).startswith("Pasted 2 lines.")
    page.entry.focus_main()
    QGuiApplication.clipboard().setText(" \n ")
    page.head.paste.click()
    assert page.entry.error.text().startswith("There is no line to paste")


def test_lines_and_findings_are_copied(screen: Screen, page: CheckPage) -> None:
    screen.press("Ctrl+Shift+C")
    assert message(screen) == "There is no line to copy yet."
    enter(screen, page, "27365-LT, 20932-51")
    page.band.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("27365-LT  Radical resection of bone tumour")
    assert "Not payable as typed: 1 finding denies. Date of service 2026-05-01, practitioner." in copied
    assert "deny  line 2: 51 on 20932" in copied
    assert "[W01 · add-on list 2026 Q2, 20932]" in copied


def test_the_result_of_the_questions_opens_here_with_one_key(screen: Screen) -> None:
    screen.go_on(ANSWERED)
    screen.press("2")
    page = screen.desk.page()
    assert isinstance(page, CheckPage)
    assert lines(page) == ["27365-LT", "20932", "C40.22"]
    assert page.work.claim().on == ON
    assert page.work.claim().setting == PRACTITIONER
    assert page.band.verdict.text() == "No denial in the loaded tables"
    page.side.walk.click()
    assert screen.desk.page() is screen.desk.case


def test_the_claim_of_an_inpatient_stay_is_no_claim_of_lines(screen: Screen) -> None:
    case = next(case for case in read_cases(paths.cases()) if case.id == "inpatient_lower_femur_left")
    screen.play(case)
    assert screen.desk.case.kind == "result"
    assert "check" not in [action.id for action in screen.desk.case.result.band.actions_shown()]
    screen.press("2")
    assert screen.desk.page() is screen.desk.case


def test_in_a_narrow_window_claim_and_proof_are_tabs(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, EVERYTHING)
    screen.window.resize(*COMPACT)
    screen.settle()
    assert page.list.isVisible()
    assert not page.side.isVisible()
    assert page.list.split() == 0
    screen.press("Alt+2")
    assert page.side.isVisible()
    assert not page.list.isVisible()
    screen.press("Escape")
    assert page.list.isVisible()
    assert screen.desk.page() is page


def test_f6_goes_through_list_field_and_side_and_f1_explains(screen: Screen, page: CheckPage) -> None:
    enter(screen, page, EVERYTHING)
    page.focus_main()
    seen = []
    for _ in range(3):
        seen.append(next(name for name in ("list", "entry", "side") if _within(page, name)))
        screen.press("F6")
    assert seen == ["list", "entry", "side"]
    screen.desk.show_place("check")
    screen.press("F1")
    assert screen.desk.page().article.accessibleName() == "Checking a claim"  # type: ignore[attr-defined]


def _within(page: CheckPage, name: str) -> bool:
    part = getattr(page, name)
    focus = page.window().focusWidget()
    return focus is part or part.isAncestorOf(focus)


def test_keys_that_work_now_are_shown(screen: Screen, page: CheckPage) -> None:
    assert [hint.keys for hint in page.hints()] == [("Enter",), ("Ctrl", "V"), ("F6",), ("Esc",)]
    enter(screen, page, EVERYTHING)
    page.focus_main()
    assert [hint.keys for hint in page.hints()][:4] == [("1", "–", "7"), ("Enter",), ("Ctrl", "Enter"), ("Ctrl", "Z")]


def test_the_case_keeps_its_answers_while_a_claim_is_checked(screen: Screen) -> None:
    screen.go_on(DONOR)
    check(screen, CLEAN)
    screen.press("Escape", "Escape")
    assert screen.desk.page() is screen.desk.case
    assert screen.asked() == "main_procedure"
