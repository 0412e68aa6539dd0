"""The code book in the real window: search beside the page, panels by key, links, the way back, favourites, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from encoder.core.fees import Locality
from encoder.core.own import Collection
from encoder.core.page.evidence import RowRef
from encoder.core.page.model import Paid
from encoder.gui.pages.ask.origin import OriginPart
from encoder.gui.pages.ask.page import AskPage
from encoder.gui.pages.codes.page import CodesPage
from encoder.store.library import Library
from tests.gui.look.dress import body_font
from tests.screen import NOW, ON, SIZE, Screen
from tests.shots import COMPACT

PATIENCE = 30_000  # ms
EVERY = ("20932", "27365", "27447", "20930", "C40.22", "C40.2", "S82.001A", "0QRC0KZ", "L8699", "LT", "59", "pos:21")


@pytest.fixture(scope="module")
def window(
    qapp: QApplication, database: object, unmeasured: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Screen]:
    """The real window with a file of favourites and notes."""
    folder = tmp_path_factory.mktemp("codes")
    with body_font(qapp):
        screen = Screen(qapp, database, folder / "settings.ini", own=folder / "codes.json")  # type: ignore[arg-type]
        yield screen
        screen.close()


@pytest.fixture
def screen(window: Screen) -> Screen:
    """At its usual size and date, nothing kept."""
    if window.window.size().toTuple() != SIZE:
        window.window.resize(*SIZE)
    window.window.activateWindow()
    window.start_again()
    book = window.desk.book
    while book.undo():
        pass
    assert book.collection == Collection()
    window.desk.show_place("codes")
    window.settle()
    return window


@pytest.fixture
def page(screen: Screen) -> CodesPage:
    """The page of 20932."""
    screen.desk.going.open_code("20932")
    screen.settle()
    page = screen.desk.page()
    assert isinstance(page, CodesPage)
    page.side.field.clear()
    page.side.show_found(found=False)
    return page


def search(screen: Screen, text: str) -> list[str]:
    """Type a text into the search of the page; the codes that are found."""
    screen.press("Ctrl+F")
    side = screen.desk.stage.page_of("codes").side  # type: ignore[attr-defined]
    side.field.clear()
    screen.look_for(text)
    return [row.lead for row in side.list.rows() if row.kind == "code"]


def rows(page: CodesPage, panel: str) -> list[str]:
    return [f"{fact.label} {fact.text}".strip() for fact in page.columns.panels[panel].table.facts()]


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


# -- the page of a code -----------------------------------------------------------------------------------------------


def test_every_panel_of_an_add_on_stands_on_its_page_with_its_source(page: CodesPage) -> None:
    names = [name for name, _ in page.columns.shown()]
    assert names == [
        *("overview", "mistaken", "documentation", "held", "leads"),
        *("add_ons", "edits", "guidelines", "diagnoses"),
        *("values", "modifiers", "figures", "facility", "history", "sources"),
    ]
    for name in names:
        panel = page.columns.panels[name]
        assert panel.isVisible()
        if name not in ("leads", "figures", "sources"):
            assert panel.source.text() or panel.old.text(), name
    assert page.columns.overview.picture.accessibleDescription()
    assert page.columns.overview.plain.text().startswith("A donor piece with a joint surface")
    assert (
        page.columns.panels["edits"].old.text()
        == "Older than this date: Code pairs 2024 Q3; Code pairs, hospital 2024 Q3."
    )


def test_the_ten_primaries_are_allowed_and_the_bars_are_told(page: CodesPage) -> None:
    facts = page.columns.panels["add_ons"].table.facts()
    allowed = [fact.label for fact in facts if fact.icon == "ok"]
    assert allowed == ["23210", "23220", "24150", "25170", "27075", "27076", "27077", "27365", "27645", "27704"]
    assert facts[-1].text.startswith("Barred: 17 codes. `11010`, `20930`")
    page.columns.panels["add_ons"].table.opened.emit(facts[-1].id)
    shown = page.columns.panels["add_ons"].table.facts()
    assert len(shown) == len(facts) + 17
    assert shown[-1].text.startswith("barred: ")


def test_what_is_often_confused_names_who_says_it_and_what_the_tables_say(page: CodesPage) -> None:
    table = page.columns.panels["mistaken"].table
    assert len(table.facts()) == 3
    assert "**The tables:**" in table.facts()[0].text
    assert table.facts()[0].cite == "Coding Ahead, article on 20932"
    table.opened.emit(table.facts()[-1].id)
    assert len(table.facts()) == 26


def test_modifiers_of_one_verdict_and_reason_are_one_row(page: CodesPage) -> None:
    found = rows(page, "modifiers")
    assert "80, 81, 82, AS Allowed: its assistant indicator is 2: an assistant is paid" in found
    assert "51 Refused: its multiple-procedure indicator is 0" in found
    assert any(row.startswith("62 Refused: the code book's guideline keeps 62 off") for row in found)


def test_a_family_of_diagnoses_opens_into_its_codes(page: CodesPage) -> None:
    table = page.columns.panels["diagnoses"].table
    first = table.facts()[0]
    assert (first.label, first.icon, first.action) == ("Malignant bone tumour of a limb", "ok", "show")
    table.opened.emit(first.id)
    assert [fact.label for fact in table.facts()[1:4]] == ["C40.01", "C40.02", "C40.11"]
    table.opened.emit(table.facts()[0].id)
    assert table.facts()[0] == first


def test_values_by_year_with_every_figure_in_words(page: CodesPage) -> None:
    values = page.columns.values
    assert [point[3] for point in values.line.points()] == ["13.01", "13.01", "12.68"]
    assert values.line.text() == "Work value by year, 2019 to 2024: 13.01, 2025: 13.01, 2026: 12.68"
    assert values.line.accessibleName() or values.line.text()
    assert rows(page, "values") == ["In a facility **US$ 648.65**, 2026, 19.42 × 33.4009"]
    assert "Total RVU: 2019–24 –, 2025 22.56, 2026 19.42" in values.figures.text()
    assert "Global days **ZZZ** none of its own: an add-on shares the period of its primary" in rows(page, "figures")
    assert not values.locality.isEnabled()
    assert "not loaded" in values.locality.accessibleDescription()


@pytest.mark.parametrize("code", EVERY)
def test_every_code_set_has_its_page(screen: Screen, code: str) -> None:
    screen.desk.going.open_code(code)
    screen.settle()
    page = screen.desk.page()
    assert isinstance(page, CodesPage)
    assert page.shown is not None
    assert page.shown.code == code
    for name, title in page.columns.shown():
        panel = page.columns.panels[name]
        assert panel.table.accessibleName() == title
        assert panel.table.facts() or panel.first() is not panel.table or name == "overview", name


def test_the_letters_of_a_hospital_code_and_the_notes_of_a_diagnosis(screen: Screen) -> None:
    screen.desk.going.open_code("0QRC0KZ")
    page = screen.desk.page()
    assert isinstance(page, CodesPage)
    assert "Root operation: **Replacement**" in " ".join(rows(page, "axes"))
    screen.desk.going.open_code("C40.22")
    assert any(row.startswith("Use an additional code") for row in rows(page, "tabular"))
    assert [fact.label for fact in page.columns.panels["above"].table.facts()] == ["C40", "C40.2"]


def test_a_date_that_no_edition_covers_and_a_code_not_yet_valid_are_said(screen: Screen, page: CodesPage) -> None:
    assert not page.columns.overview.standing.isVisible()
    screen.desk.session.set_date(date(2018, 5, 1))
    assert "2018-05-01" in page.columns.overview.standing.text()
    assert page.columns.overview.standing.isVisible()
    screen.desk.session.set_date(date(2031, 5, 1))
    assert "No" in page.columns.overview.standing.text()
    screen.desk.session.set_date(ON)
    assert not page.columns.overview.standing.isVisible()


def test_a_code_that_went_with_its_edition_leaves_no_page(
    screen: Screen, page: CodesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen.desk.book, "page", lambda _code: None)
    page.tables_changed()
    assert page.copied()[0] == ""
    assert not page.top.isVisible()
    assert screen.desk.hints.message() == "No table names 20932 any longer."


def test_another_date_is_read_when_the_page_is_shown_again(screen: Screen, page: CodesPage) -> None:
    screen.desk.show_place("case")
    screen.desk.session.set_date(date(2025, 5, 1))
    assert page.shown is not None
    assert page.shown.on == ON
    screen.desk.show_place("codes")
    assert page.shown.on == date(2025, 5, 1)


# -- from the code to the answers that lead to it ---------------------------------------------------------------------


def started(screen: Screen) -> OriginPart:
    page = screen.desk.page()
    assert isinstance(page, AskPage)
    return page.code


def test_a_code_is_started_from_by_key_and_by_button(screen: Screen, page: CodesPage) -> None:
    page.open("20932")
    page.columns.focus_main()
    assert page.top.start.isVisible()
    for pressed in (True, False):
        if pressed:
            screen.press("Ctrl+R")
        else:
            page.top.start.click()
        part = started(screen)
        assert (part.code.text(), part.beside.text()) == ("20932", "")
        assert part.origin is not None
        screen.desk.show_place("codes")


def test_a_pair_is_started_from_with_its_other_code(screen: Screen, page: CodesPage) -> None:
    page.open("20932")
    screen.desk.show_place("codes")
    page.columns.focus_panel("add_ons")
    table = page.columns.panels["add_ons"].table
    row = next(place for place, fact in enumerate(table.facts()) if fact.label == "27365")
    table.setCurrentIndex(table.model().index(row, 0))
    assert "start from it with 27365" in [hint.text for hint in screen.desk.hints.hints()]
    screen.press("Ctrl+R")
    assert (started(screen).code.text(), started(screen).beside.text()) == ("20932", "27365")
    screen.desk.show_place("codes")
    page.columns.focus_panel("edits")
    other = page.columns.pairs.other()
    assert page.columns.pairs.start.text() == f"Start from 20932 with {other}"
    page.columns.pairs.start.click()
    assert (started(screen).code.text(), started(screen).beside.text()) == ("20932", other)


def test_a_way_to_the_code_is_started_from(screen: Screen, page: CodesPage) -> None:
    page.open("20932")
    screen.desk.show_place("codes")
    page.columns.focus_panel("leads")
    screen.press("Down", "Enter")
    part = started(screen)
    assert part.origin is not None
    assert part.way() is part.origin.ways[1]


def test_what_no_way_leads_to_is_not_started_from(screen: Screen, page: CodesPage) -> None:
    for code, starts in (("C40.22", False), ("59", False), ("27447", True)):
        page.open(code)
        screen.desk.show_place("codes")
        assert page.top.start.isVisible() is starts
        assert page.origin() == ((code, "") if starts else ("", ""))
    page.pick()
    assert page.origin() == ("", "")
    screen.press("Escape")


# -- the code pairs ---------------------------------------------------------------------------------------------------


def test_pairs_are_filtered_by_words_direction_setting_and_indicator(screen: Screen, page: CodesPage) -> None:
    panel = page.columns.pairs
    all_rows = panel.pairs.pairs.rows()
    assert {row.other for row in all_rows} >= {"20930", "20933", "27646", "69990"}
    panel.text.setFocus()
    screen.type("microscope")
    assert [row.other for row in panel.pairs.pairs.rows()] == ["69990"]
    assert panel.pairs.pairs.rows()[0].indicator == "0"
    assert panel.title.text() == f"Code pairs, 1 of {len(all_rows)} pairs"
    panel.text.clear()
    for combo, value, count in ((panel.indicator, "0", 1), (panel.direction, "second", 0)):
        combo.setCurrentIndex(combo.findData(value))
        combo.activated.emit(combo.currentIndex())
        assert len(panel.pairs.pairs.rows()) == count
    assert panel.none.isVisible()
    panel.show_page(page.shown)  # type: ignore[arg-type]
    assert panel.pairs.pairs.rows() == all_rows


def test_a_pair_says_all_of_itself_and_enter_opens_the_other_code(screen: Screen, page: CodesPage) -> None:
    screen.press("Alt+7")
    panel = page.columns.pairs
    assert screen.focus() is panel.pairs
    screen.press("End")
    last = panel.pairs.pairs.rows()[-1]
    assert last.barred
    assert f"{last.other} {last.title}: 20932 gives way." in panel.full.text()
    assert "Row ptp:" in panel.full.text()
    screen.press("Up", "Down", "Home", "Up")
    assert screen.focus() is panel.text
    screen.press("Alt+7", "Home", "Enter")
    assert page.copied()[0] == "11010"


# -- keys and focus ---------------------------------------------------------------------------------------------------


def test_the_panels_have_keys_and_stand_in_the_contents(screen: Screen, page: CodesPage) -> None:
    contents = page.side.contents.table.facts()
    assert [fact.end for fact in contents[:9]] == [f"Alt {digit}" for digit in range(1, 10)]
    assert [fact.id for fact in contents] == [name for name, _ in page.columns.shown()]
    for digit in (3, 1, 9):
        screen.press(f"Alt+{digit}")
        panel = page.columns.panels[contents[digit - 1].id]
        assert panel.isAncestorOf(screen.focus())
    page.side.contents.table.opened.emit("history")
    assert screen.focus() is page.columns.panels["history"].table


def test_arrows_go_from_panel_to_panel_and_f6_from_column_to_column(screen: Screen, page: CodesPage) -> None:
    assert screen.focus() is page.columns.overview.table
    screen.press("Down")
    assert screen.focus() is page.columns.panels["mistaken"].table
    screen.press("Up")
    assert screen.focus() is page.columns.overview.table
    screen.press("Up")
    assert screen.focus() is page.top.copy
    screen.press("F6")
    assert page.columns.overview.isAncestorOf(screen.focus())
    screen.press("F6")
    assert page.columns.panels["add_ons"].isAncestorOf(screen.focus())


def test_links_lead_on_and_the_way_back_is_kept(screen: Screen, page: CodesPage) -> None:
    screen.press("Alt+6", "Enter")
    assert page.copied()[0] == "23210"
    screen.press("Alt+Left")
    assert page.copied()[0] == "20932"
    assert page.top.forward.isEnabled()
    screen.press("Alt+Right")
    assert page.copied()[0] == "23210"
    page.top.back.click()
    screen.desk.going.open_code("27447")
    assert not page.top.forward.isEnabled()
    for _ in range(4):
        screen.press("Alt+Right")
    assert page.copied()[0] == "27447"


def test_the_code_is_copied_alone_and_with_its_title(screen: Screen, page: CodesPage) -> None:
    screen.press("Ctrl+Shift+C")
    assert clipboard() == "20932"
    screen.press("Ctrl+Shift+T")
    assert clipboard() == "20932 Osteoarticular allograft to rebuild bone loss (add-on)"
    page.top.whole.click()
    page.top.copy.click()
    assert clipboard() == "20932"
    screen.desk.going.open_code("pos:21")
    screen.press("Ctrl+Shift+C")
    assert clipboard() == "21"


def test_a_code_that_no_table_names_leaves_the_page_and_says_so(screen: Screen, page: CodesPage) -> None:
    screen.desk.going.open_code(" 00000 ")
    assert screen.desk.hints.message() == "No table here names the code 00000."
    assert page.copied()[0] == "20932"
    screen.desk.going.open_code("c40.22")
    assert page.copied()[0] == "C40.22"


# -- the search beside it ---------------------------------------------------------------------------------------------


def test_the_search_beside_the_page_opens_codes_and_steps_back(screen: Screen, page: CodesPage, qtbot: QtBot) -> None:
    found = search(screen, "rad resect prox hum")
    assert found[0] == "23220"
    assert page.side.is_searching()
    screen.press("Down", "Up", "Enter")
    assert page.copied()[0] == "23220"
    assert not page.side.is_searching()
    screen.press("Ctrl+F")
    assert page.side.is_searching()  # what was found before
    screen.press("Escape")
    assert not page.side.is_searching()
    screen.press("Escape")
    assert page.columns.overview.isAncestorOf(screen.focus())


def test_the_search_is_narrowed_corrected_and_asked(screen: Screen, page: CodesPage, qtbot: QtBot) -> None:
    assert search(screen, "alograft distel femur")[0] == "20932"
    assert "allograft distal femur" in page.side.said.text()
    found = screen.desk.book.searching.found
    with qtbot.waitSignal(found, timeout=PATIENCE):
        page.side.exact.click()
    with qtbot.waitSignal(found, timeout=PATIENCE):
        page.side.systems.setCurrentIndex(page.side.systems.findData("icd10pcs"))
        page.side.systems.activated.emit(page.side.systems.currentIndex())
    assert all(row.lead.startswith("0") for row in page.side.list.rows() if row.kind == "code")
    page.side.systems.setCurrentIndex(0)
    search(screen, "zzqxw")
    with qtbot.waitSignal(found, timeout=PATIENCE):
        screen.press("Enter")
    search(screen, "can 20932 go with 27447")
    with qtbot.waitSignal(page.side.ask_wanted) as asked:
        screen.press("Enter")
    assert asked.args == ["can 20932 go with 27447"]
    if screen.desk.finder.isVisible():
        screen.desk.finder.close_palette()
    screen.desk.show_place("codes")
    page.side.field.clear()
    page.side.field.textEdited.emit("")
    assert not page.side.is_searching()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
def test_no_text_in_any_box_is_an_error(screen: Screen, page: CodesPage, qtbot: QtBot, text: str) -> None:
    side = page.side
    side.field.setText(text)
    if side.field.text().strip():
        with qtbot.waitSignal(screen.desk.book.searching.found, timeout=PATIENCE):
            side.field.textEdited.emit(side.field.text())
    screen.desk.going.open_code(text)
    page.columns.pairs.text.setText(text)
    page.columns.pairs.text.textEdited.emit(text)
    screen.press("Ctrl+Shift+N")
    side.own.text.setPlainText(text)
    screen.press("Ctrl+Enter")
    side.own.stop_writing()
    assert page.shown is not None


# -- favourites and notes ---------------------------------------------------------------------------------------------


def test_favourites_are_kept_listed_and_taken_back(screen: Screen, page: CodesPage) -> None:
    screen.press("Ctrl+D")
    assert [*screen.desk.book.collection.favourites] == ["20932"]
    assert page.top.favourite.isChecked()
    screen.desk.going.open_code("27447")
    assert not page.top.favourite.isChecked()
    page.top.favourite.click()
    table = page.side.own.favourites.table
    assert [fact.label for fact in table.facts()] == ["20932", "27447"]
    table.opened.emit(table.facts()[0].id)
    assert page.copied()[0] == "20932"
    screen.press("Ctrl+D")
    assert [*screen.desk.book.collection.favourites] == ["27447"]
    screen.press("Ctrl+Z")
    assert [*screen.desk.book.collection.favourites] == ["20932", "27447"]
    assert page.top.favourite.isChecked()


def test_a_note_is_written_changed_removed_and_brought_back(screen: Screen, page: CodesPage) -> None:
    own = page.side.own
    screen.press("Ctrl+Shift+N")
    assert screen.focus() is own.text
    screen.type("One payer wants LT on the add-on.")
    screen.press("Ctrl+Enter")
    assert [note.text for note in screen.desk.book.collection.notes_on("20932")] == [
        "One payer wants LT on the add-on."
    ]
    assert own.notes.table.facts()[0].cite == f"written {NOW.date()}"
    assert not own.is_writing()
    own.notes.table.opened.emit("0")
    assert own.text.toPlainText() == "One payer wants LT on the add-on."
    own.text.setPlainText("Two payers want LT.")
    own.save.click()
    assert own.notes.table.facts()[0].text == "Two payers want LT."
    own.notes.table.opened.emit("0")
    own.remove.click()
    assert not own.notes.table.facts()
    screen.press("Ctrl+Z")
    assert own.notes.table.facts()[0].text == "Two payers want LT."


def test_a_note_that_looks_like_a_patient_is_refused_and_stays_to_be_mended(screen: Screen, page: CodesPage) -> None:
    own = page.side.own
    own.add.click()
    screen.type("Mr Miller, MRN 1234567")
    screen.press("Ctrl+Enter")
    assert own.is_writing()
    assert "take it out" in own.fault.text()
    assert own.text.toPlainText() == "Mr Miller, MRN 1234567"
    screen.press("Escape")
    assert not own.is_writing()
    assert not own.fault.isVisible()
    assert screen.desk.book.collection.notes == ()


def test_a_note_whose_row_changed_is_marked_until_it_is_saved_again(screen: Screen, page: CodesPage) -> None:
    book, own = screen.desk.book, page.side.own
    book.write_note("20932", "Keep the lot number.")
    old = replace(book.collection.notes[0], hash="0" * 16)
    book.collection = Collection((), (old,))
    own.show_kept()
    assert own.notes.table.facts()[0].icon == "warn"
    assert "changed since" in own.notes.table.facts()[0].text
    own.write(0)
    own.keep()
    assert own.notes.table.facts()[0].icon == "note"


# -- the picker of diagnoses ------------------------------------------------------------------------------------------


def choose(page: CodesPage, name: str, value: str) -> None:
    combo = page.picker.boxes[name]
    at = combo.findData(value)
    assert at >= 0, [combo.itemData(place) for place in range(combo.count())]
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def test_a_diagnosis_is_picked_by_kind_site_and_side(screen: Screen, page: CodesPage) -> None:
    screen.press("Ctrl+G")
    picker = page.picker
    assert screen.focus() is picker.boxes["family"]
    assert not picker.copy.isEnabled()
    choose(page, "family", "malignant_primary_limb")
    choose(page, "site", "Thigh bone")
    choose(page, "side", "left")
    assert [fact.id for fact in picker.codes.facts()] == ["C40.22"]
    assert not picker.seventh.isEnabled()
    screen.press("Ctrl+Shift+C")
    assert clipboard() == "C40.22"
    picker.open.click()
    assert page.copied()[0] == "C40.22"


def test_a_seventh_character_is_chosen_where_one_is_due(screen: Screen, page: CodesPage) -> None:
    page.side.picker.click()
    picker = page.picker
    choose(page, "family", "pathologic_fracture_neoplastic")
    choose(page, "site", "Thigh bone")
    choose(page, "side", "left")
    assert picker.codes.facts()[0].id == "M84.552A"
    picker.seventh.setCurrentIndex(picker.seventh.findData("D"))
    picker.seventh.activated.emit(picker.seventh.currentIndex())
    assert picker.codes.facts()[0].id == "M84.552D"
    picker.codes.opened.emit("M84.552D")
    assert clipboard() == "M84.552D"
    picker.anew.click()
    assert not picker.codes.facts()
    assert picker.copied()[0] == ""
    screen.press("Escape")
    assert page.copied()[0] == "20932"


def test_the_picker_follows_the_date_of_service(screen: Screen, page: CodesPage) -> None:
    screen.press("Ctrl+G")
    choose(page, "family", "malignant_primary_limb")
    screen.desk.session.set_date(date(2030, 1, 1))
    assert not page.picker.codes.facts()
    screen.desk.session.set_date(ON)
    assert page.picker.isVisible()
    assert page.picker.codes.facts()


# -- frames -----------------------------------------------------------------------------------------------------------


def test_in_a_narrow_window_search_and_page_take_turns(screen: Screen, page: CodesPage) -> None:
    screen.window.resize(*COMPACT)
    assert page.right.isVisible()
    assert not page.side.isVisible()
    page.top.list.click()
    assert page.side.isVisible()
    assert not page.right.isVisible()
    screen.press("Escape")
    assert page.right.isVisible()
    screen.press("Alt+6")
    assert page.columns.panels["add_ons"].isAncestorOf(screen.focus())
    screen.press("Escape")
    assert screen.focus() is page.side.field
    screen.press("Ctrl+Shift+N")
    assert screen.focus() is page.side.own.text
    screen.press("Escape")


# -- what is not in the bundled tables --------------------------------------------------------------------------------


def test_the_payment_of_a_locality_is_shown(screen: Screen, page: CodesPage) -> None:
    assert page.shown is not None
    one = Decimal(1)
    places = [
        Locality("05102", "00", "IA", "IOWA*", one, one, one),
        Locality("02102", "01", "AK", "ALASKA*", one, one, one),
    ]
    row = RowRef("gpci", "", "2026")
    paid = (Paid(places[0], "612.30", "", False, (), row), Paid(places[1], "801.95", "850.00", True, (), row))
    values = page.columns.values
    values.show_page(replace(page.shown, paid=paid))
    assert [values.locality.itemText(at) for at in range(3)] == ["National", "IA, IOWA", "AK, ALASKA"]
    for at, said in (
        (1, ["In a facility **US$ 612.30**", "Outside one not known"]),
        (2, ["In a facility **US$ 801.95**", "Outside one US$ 850.00, rarely done there"]),
    ):
        values.locality.setCurrentIndex(at)
        values.locality.activated.emit(at)
        assert rows(page, "values") == said
    values.show_page(replace(page.shown, paid=paid))
    assert values.locality.currentIndex() == 2  # the choice stays from code to code
    values.show_page(page.shown)


def test_a_licensed_text_stands_in_place_of_ours_and_is_marked(
    screen: Screen, page: CodesPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library, "official", lambda _book, code, _on: "LICENSED WORDS" if code == "20932" else None)
    screen.desk.going.open_code("27365")
    screen.desk.going.open_code("20932")
    assert page.top.title.text() == "LICENSED WORDS"
    assert "licensed text" in [tag.text() for tag in page.top.findChildren(type(page.top._shown[0]))]
    assert page.columns.overview.wording.text().startswith(
        "Licensed text of the AMA, imported here. Our wording: Osteo"
    )
    search(screen, "20932")
    assert page.side.list.rows()[1].text == "LICENSED WORDS"
    assert page.side.list.rows()[1].end == "licensed text · this code"
