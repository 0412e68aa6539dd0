"""The note at work in the real window: marks beside answers, quotes as evidence, the documentation list, queries."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from encoder.core.query import PLACEHOLDER
from encoder.core.viewing import KEYS
from encoder.gui.panes.note import NotePane
from encoder.gui.widgets.text import Words
from encoder.gui.widgets.verdict import VerdictLine
from tests.core.beside.test_marks import SPINE, SPINE_NOTE
from tests.gui.test_first_paint import TREE, asked
from tests.screen import Screen
from tests.shots import ANSWERED, CONTRA, DONOR, JOINT, NOTE, TUMOUR, VAGUE

STOP = {**TUMOUR, "graft_form": "not_documented"}


def pane(screen: Screen) -> NotePane:
    return screen.desk.case.right.note


def tags(screen: Screen) -> dict[str, tuple[str, str]]:
    """The tags and the quote beside each answer that has any."""
    rows = screen.desk.case.question.answers.rows()
    told = {row.option.id: row.option for row in rows if row.option and row.option.quote}
    return {name: (" ".join(tag.text for tag in option.tags), option.quote) for name, option in told.items()}


def select(screen: Screen, words: str, text: str = NOTE) -> None:
    start = text.index(words)
    pane(screen).show_place(start, start + len(words))


def quotes(screen: Screen, question: str) -> list[str]:
    steps = {step.question: step for step in screen.view().way}
    return [quote.words for quote in steps[question].quotes]


def message(screen: Screen) -> str:
    return screen.desk.hints.message()


def test_a_code_that_is_picked_has_its_mark_and_quote_too(screen: Screen) -> None:
    screen.read_note(SPINE_NOTE)
    screen.go_on(SPINE)
    if screen.asked() != "spine_primary":
        screen.click_step("spine_primary")
    assert list(tags(screen)) == ["22551"]


# -- what is confirmed -------------------------------------------------------------------------------------------------


def test_what_is_confirmed_goes_with_what_the_note_shows(screen: Screen) -> None:
    screen.go_on(TUMOUR)
    screen.read_note(NOTE)
    screen.desk.session.assume({"graft_form": "osteoarticular"}, "20932")
    assert screen.asked() == "graft_form"
    screen.press("Enter")
    assert screen.asked() == "bone"
    assert quotes(screen, "graft_form") == ["distal femoral osteoarticular"]


# -- beside the question ----------------------------------------------------------------------------------------------


def test_what_the_note_says_stands_beside_the_answers_in_words_and_nothing_is_chosen(screen: Screen) -> None:
    screen.go_on(TUMOUR)
    before = screen.offered()
    screen.press("Down", "Down", "Down")
    screen.read_note(NOTE)
    assert tags(screen) == {
        "osteoarticular": ("stated in the note", "“distal femoral osteoarticular”"),
        "chips": ("negated history", "“morselized chips”"),
    }
    answers = screen.desk.case.question.answers
    assert (screen.asked(), answers.current_id(), screen.offered()) == ("graft_form", before[2], before)
    assert answers.hasFocus()
    assert not any(row.chosen for row in answers.rows())
    assert "graft_form" not in screen.desk.session.answers
    assert [mark.label for mark in pane(screen).view.marks()] == ["history · 5", "stated · 1", "negated · 5"]


def test_an_answer_takes_the_quote_beside_it_along_as_its_evidence(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(TUMOUR)
    screen.press("1")
    assert quotes(screen, "graft_form") == ["distal femoral osteoarticular"]
    steps = {step.id: step for step in screen.desk.case.way.steps.steps()}
    assert steps["graft_form"].quoted
    assert steps["graft_form"].note == ""


def test_an_answer_without_evidence_is_allowed_and_shown_as_such(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(DONOR)
    screen.answer("curettage")
    steps = {step.id: step for step in screen.desk.case.way.steps.steps()}
    assert (steps["main_procedure"].quoted, steps["main_procedure"].note) == (False, "no quote")
    assert steps["claim"].note == ""
    screen.press("Backspace")
    screen.press("1")


def test_evidence_survives_going_back_and_changing_an_early_answer(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(JOINT)
    given = {name: quotes(screen, name) for name in ("graft_form", "bone", "graft_placed")}
    assert all(given.values())
    screen.click_step("main_procedure")
    screen.answer("curettage")
    screen.click_step("main_procedure")
    screen.answer("radical_resection")
    assert {name: quotes(screen, name) for name in given} == given


def test_mentions_are_gone_to_by_key_and_the_focus_stays(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(TUMOUR)
    screen.press("F3", "F3")
    assert screen.focus() is screen.desk.case.question.answers
    said = [label.text() for label in pane(screen).findChildren(Words)]
    assert "2 of 3: stated · 1 With a joint surface" in said
    screen.press("Shift+F3")
    now = pane(screen).current()
    assert now is not None
    assert now.kind == "history"
    assert "1 of 3: history by “In 2021” · 5 Chips, putty or paste" in [
        label.text() for label in pane(screen).findChildren(Words)
    ]


def test_in_a_narrow_window_the_note_is_opened_for_its_mention(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(TUMOUR)
    screen.window.resize(480, 760)
    assert not pane(screen).isVisible()
    screen.press("F3")
    assert pane(screen).isVisible()
    assert pane(screen).current() is not None
    screen.press("Escape")
    assert screen.focus() is screen.desk.case.question.answers


# -- the coder's own quotes -------------------------------------------------------------------------------------------


def test_a_selection_is_attached_to_the_current_answer_with_one_key(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(TUMOUR)
    screen.press("Down", "Down")
    select(screen, "cut to 12.5 cm")
    pane(screen).view.setFocus()
    screen.press("Ctrl+E")
    assert screen.focus() is pane(screen).view
    assert screen.desk.case.question.answers.current_id() == screen.offered()[1]
    assert tags(screen)[screen.offered()[1]] == ("your quote", "“cut to 12.5 cm”")
    screen.press("Escape", "2")
    assert quotes(screen, "graft_form") == ["cut to 12.5 cm"]


def test_a_selection_without_a_current_answer_waits_and_is_said_to(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(TUMOUR)
    select(screen, "cut to 12.5 cm")
    screen.press("Ctrl+E")
    assert "“cut to 12.5 cm” goes with the answer you give." in [
        label.text() for label in pane(screen).findChildren(Words)
    ]
    assert "quoted" in [mark.label for mark in pane(screen).view.marks()]
    screen.press("1")
    assert quotes(screen, "graft_form") == ["cut to 12.5 cm", "distal femoral osteoarticular"]


def test_quotes_are_taken_off_again_and_undo_brings_them_back(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(TUMOUR)
    screen.press("1")
    screen.click_step("graft_form")
    assert "your answer" not in tags(screen)
    screen.press("F3", "Ctrl+Shift+E")
    assert quotes(screen, "graft_form") == []
    screen.press("Ctrl+Z")
    assert quotes(screen, "graft_form") == ["distal femoral osteoarticular"]
    select(screen, "cut to 12.5 cm")
    screen.press("Ctrl+E")
    assert len(quotes(screen, "graft_form")) == 2
    select(screen, "distal femoral osteoarticular")
    screen.press("Ctrl+Shift+E")
    assert quotes(screen, "graft_form") == ["cut to 12.5 cm"]
    screen.press("Ctrl+Z", "Ctrl+Z")
    assert quotes(screen, "graft_form") == ["distal femoral osteoarticular"]


def test_what_cannot_be_quoted_is_said(screen: Screen) -> None:
    screen.go_on(TUMOUR)
    screen.press("Ctrl+E")
    assert message(screen) == "There is no note: paste it first."
    screen.press("Ctrl+Shift+E")
    assert message(screen) == "There is no quote to take off here."
    screen.read_note(NOTE)
    screen.press("Ctrl+E")
    assert message(screen) == "Select the words in the note first."
    screen.go_on(JOINT)
    select(screen, "cut to 12.5 cm")
    screen.press("Ctrl+E")
    assert message(screen).startswith("Choose a fact under Documentation first")


def test_ticked_answers_stay_ticked_while_a_quote_is_attached(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(JOINT)
    screen.click_step("other_work")
    screen.press("2", "5")
    ticked = screen.desk.case.question.answers.ticked_ids()
    select(screen, "lateral locking plate")
    screen.press("Ctrl+E")
    assert screen.desk.case.question.answers.ticked_ids() == ticked
    assert len(ticked) == 2


# -- contradictions ---------------------------------------------------------------------------------------------------


def test_a_contradiction_is_said_with_both_sides_and_suggests_nothing(screen: Screen) -> None:
    screen.go_on(TUMOUR)
    screen.read_note(CONTRA)
    said = next(line for line in screen.desk.case.question.findChildren(VerdictLine) if line.kind() == "conflict")
    assert said.isVisible()
    assert said.text().startswith(
        "The note does not agree with itself: “intercalary” (operative note, operation, line 1)"
    )
    assert "“distal femoral osteoarticular” (operative note, back table, line 9)" in said.text()
    found = tags(screen)
    assert found["osteoarticular"][0] == found["complete"][0] == "in conflict"
    assert not any("stated" in told for told, _ in found.values())
    screen.press("0")
    draft = screen.desk.case.stop.text()
    assert "[ ] distal femoral osteoarticular\n[ ] intercalary\n[ ] Description:" in draft
    assert failed(screen) == []


# -- the result -------------------------------------------------------------------------------------------------------


def facts(screen: Screen) -> dict[str, tuple[str, str]]:
    table = screen.desk.case.result.columns.documentation.table
    return {fact.id.rpartition(".")[2]: (fact.icon, fact.text) for fact in table.facts()}


def open_fact(screen: Screen, name: str) -> None:
    table = screen.desk.case.result.columns.documentation.table
    names = [fact.id.rpartition(".")[2] for fact in table.facts()]
    screen.click_row(table, table.model().index(names.index(name), 0))


def test_the_documentation_list_is_ticked_by_quotes_or_shown_as_missing(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(ANSWERED)
    told = facts(screen)
    assert told["templated"] == ("tick", "“templated”")
    assert told["specimen"] == ("warn", "not in the note")
    title = screen.desk.case.result.columns.documentation.findChild(Words)
    assert isinstance(title, Words)
    ticked = sum(icon == "tick" for icon, _ in told.values())
    assert title.text() == f"Documentation, {ticked} of {len(told)} quoted"


def test_a_fact_leads_to_its_place_in_the_note_and_back(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(ANSWERED)
    open_fact(screen, "templated")
    assert screen.focus() is pane(screen).view
    start = NOTE.index("templated")
    assert pane(screen).selection() == (start, start + len("templated"))
    screen.press("Escape")
    assert not pane(screen).isVisible()


def test_a_missing_fact_is_quoted_by_the_coder_and_taken_off_again(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(ANSWERED)
    open_fact(screen, "specimen")
    assert any("then Ctrl+E." in label.text() for label in pane(screen).findChildren(Words))
    select(screen, "en bloc with a cuff of normal muscle")
    screen.press("Ctrl+E")
    assert facts(screen)["specimen"] == ("tick", "“en bloc with a cuff of normal muscle”")
    open_fact(screen, "templated")
    screen.press("Ctrl+Shift+E")
    assert facts(screen)["templated"][0] == "warn"
    screen.press("Ctrl+Z", "Ctrl+Z")
    assert (facts(screen)["templated"][0], facts(screen)["specimen"][0]) == ("tick", "warn")


def test_without_a_note_a_fact_shows_its_source(screen: Screen) -> None:
    screen.go_on(ANSWERED)
    open_fact(screen, "templated")
    assert screen.desk.case.help_is_open()
    screen.press("Escape")


def test_what_is_copied_holds_the_quotes(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(ANSWERED)
    screen.press("Ctrl+Shift+C")
    text = QGuiApplication.clipboard().text()
    assert 'Form of the donor material: With a joint surface; "distal femoral osteoarticular" [operative note,' in text
    assert "Surgeons: One (no quote)" in text
    assert ": not quoted" in text
    pane(screen).clear()
    screen.start_again()
    screen.go_on(ANSWERED)
    screen.press("Ctrl+Shift+C")
    assert "no quote" not in QGuiApplication.clipboard().text()


# -- queries ----------------------------------------------------------------------------------------------------------


def failed(screen: Screen) -> list[str]:
    screen.desk.case.stop.check_now()
    return [fact.id for fact in screen.desk.case.right.check.section.table.facts() if fact.icon != "tick"]


def test_a_stop_quotes_the_note_and_its_draft_passes_every_rule(screen: Screen) -> None:
    screen.read_note(VAGUE)
    screen.go_on(STOP)
    draft = screen.desk.case.stop.text()
    assert '"The defect was reconstructed with a bulk structural allograft from the tissue bank."' in draft
    assert PLACEHOLDER not in draft
    assert failed(screen) == []


def test_the_check_follows_every_edit_and_says_what_is_wrong(screen: Screen) -> None:
    screen.read_note(VAGUE)
    screen.go_on(STOP)
    stop = screen.desk.case.stop
    text = stop.text()
    for edit, rule in (
        (text.replace("a bulk structural allograft", "an osteoarticular allograft"), "Q1"),
        (f"{text}\nThe payment depends on it.", "Q2"),
        (text.replace("[ ] Description", "[ ] Full cylinder\n[ ] Description"), "Q3"),
        (text.replace("Unable to determine", ""), "Q4"),
        (f"{text}\nWas it osteoarticular?", "Q5"),
        (f"{text}\n20932", "Q6"),
        (text.replace("addendum", "letter"), "Q7"),
    ):
        stop.draft.setPlainText(edit)
        assert rule in failed(screen)
    stop.draft.setPlainText(text)
    assert failed(screen) == []


def test_a_query_is_not_asked_where_the_note_answers_nor_twice(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(STOP)
    assert failed(screen) == ["Q9"]
    screen.press("Ctrl+Shift+C")
    assert failed(screen) == ["Q9"]
    screen.press("Ctrl+Enter")
    assert screen.asked() == "graft_form"
    screen.press("0")
    assert failed(screen) == ["Q9", "Q10"]


def test_what_was_edited_stays_when_a_note_comes(screen: Screen) -> None:
    screen.go_on(STOP)
    screen.desk.case.stop.draft.setPlainText("My own words.")
    screen.read_note(VAGUE)
    assert screen.desk.case.stop.text() == "My own words."


def test_a_quote_is_put_into_the_draft_with_its_place(screen: Screen) -> None:
    screen.read_note(VAGUE)
    screen.go_on(STOP)
    select(screen, "It was cut to 11 cm and fixed with two plates.", VAGUE)
    screen.press("Ctrl+E")
    lines = screen.desk.case.stop.text().splitlines()
    assert '"It was cut to 11 cm and fixed with two plates." [operative note, reconstruction, line 3]' in lines
    assert failed(screen) == []


def test_a_query_is_printed_into_a_pdf(screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "query.pdf"

    def accept(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        assert printer.docName() == "Query"
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        return int(QPrintDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    screen.press("Ctrl+P")
    assert not file.exists()
    screen.read_note(VAGUE)
    screen.go_on(STOP)
    screen.press("Ctrl+P")
    printed = " ".join(PdfReader(file).pages[0].extract_text().split())
    assert "bulk structural allograft" in printed
    assert "Unable to determine" in printed
    assert message(screen).startswith("The query was handed to the printer.")
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: int(QPrintDialog.DialogCode.Rejected))
    screen.desk.hints.clear_message()
    screen.button("Print or PDF").click()
    assert message(screen) == ""


# -- documents and room -----------------------------------------------------------------------------------------------


def test_a_new_case_lets_go_of_note_and_quotes(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(TUMOUR)
    screen.press("Ctrl+N")
    assert pane(screen).documents() == ()
    assert pane(screen).mentions() == ()
    assert screen.view().evidence == {}
    assert tags(screen) == {}


def test_a_quote_whose_document_is_gone_stays_with_its_answer(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on({**TUMOUR, "graft_form": "osteoarticular"})
    pane(screen).remove_document()
    screen.wait_for_note()
    assert quotes(screen, "graft_form") == ["distal femoral osteoarticular"]
    screen.click_step("graft_form")
    assert tags(screen) == {"osteoarticular": ("your quote", "“distal femoral osteoarticular”")}


def test_no_question_of_up_to_nine_answers_scrolls_with_a_note_beside_it(screen: Screen) -> None:
    """At 1366 x 768 every answer is seen with what the note says of it, and with what does not agree."""
    screen.read_note(CONTRA)
    screen.go_on(TUMOUR)
    page = screen.desk.case.question
    seen = screen.desk.work.seen
    remark = next(iter(seen.remarks.values()))
    for question in TREE.questions.values():
        ask = asked(question)
        remarks = dict.fromkeys((option.id for option in ask.options), remark)
        page.show_ask(ask, "A detail, 2 more after this." if question.refines else "", "", remarks, seen.conflict)
        screen.settle()
        last = page.answers.visualRect(page.answers.model().index(len(page.answers.rows()) - 1, 0))
        assert not page.answers.verticalScrollBar().isVisible(), question.id
        assert last.bottom() < page.answers.viewport().height(), question.id
    assert len(seen.remarks) <= KEYS
    screen.start_again()
