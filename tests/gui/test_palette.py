"""Find or do anything: typed, narrowed, corrected and done by keyboard, from everywhere and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from encoder.gui.pages.ask.page import AskPage
from encoder.gui.palette import Palette
from encoder.gui.places import ASK, PLACES
from encoder.gui.searching import Wish
from encoder.gui.settings import Choices
from encoder.gui.widgets.hits import HitRow
from tests.screen import Screen
from tests.shots import COMPACT, JOINT, TUMOUR

PATIENCE = 30_000  # ms


@pytest.fixture
def palette(screen: Screen) -> Iterator[Palette]:
    """The palette, closed again after each test."""
    screen.desk.show_place("case")
    palette = screen.desk.finder
    yield palette
    if palette.isVisible():
        palette.close_palette()


def look_for(screen: Screen, text: str) -> list[HitRow]:
    """Open the palette, type a text, and wait until what it finds is shown."""
    palette = screen.desk.finder
    if not palette.isVisible():
        screen.press("Ctrl+K")
    palette.field.clear()
    screen.look_for(text)
    return list(palette.list.rows())


def codes(rows: list[HitRow]) -> list[str]:
    return [row.lead for row in rows if row.kind == "code"]


def place_shown(screen: Screen) -> str:
    return next(one.id for one in PLACES if screen.desk.stage.page_of(one.id) is screen.desk.page())


def current(palette: Palette) -> HitRow:
    row = palette.list.row()
    assert row is not None
    return row


# -- opening and closing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [place.id for place in PLACES])
def test_it_opens_everywhere_and_the_focus_returns(screen: Screen, palette: Palette, place: str) -> None:
    screen.desk.show_place(place)
    before = screen.focus()
    screen.press("Ctrl+K")
    assert palette.isVisible()
    assert screen.focus() is palette.field
    screen.press("Escape")
    assert not palette.isVisible()
    assert screen.focus() is before


def test_before_anything_is_typed_every_command_stands_there_with_its_key(screen: Screen, palette: Palette) -> None:
    screen.press("Ctrl+K")
    rows = palette.list.rows()
    named = {row.text: row.keys for row in rows if row.kind == "command"}
    assert named["Start a new case"] == ("Ctrl", "N")
    assert named["Explain what is on the screen"] == ("F1",)
    assert [keys for name, keys in named.items() if name.startswith("Go to ") and len(keys) == 2 and keys[0] == "Ctrl"]
    for number, place in enumerate(PLACES, 1):
        assert named[f"Go to {place.name}"] == ("Ctrl", str(number))


def test_its_keys_reach_nothing_behind_it(screen: Screen, palette: Palette) -> None:
    first = screen.asked()
    screen.press("Ctrl+K")
    screen.press("Ctrl+N", "Ctrl+2", "F6", "Alt+3")
    assert palette.isVisible()
    assert screen.focus() is palette.field
    screen.press("Ctrl+K")  # the same key closes it
    assert not palette.isVisible()
    screen.press("1")
    assert screen.asked() != first


def test_tab_stays_within_it_and_a_click_beside_it_closes(screen: Screen, palette: Palette) -> None:
    screen.press("Ctrl+K")
    stops = []
    for _ in range(len(palette.filters) + 2):
        screen.press("Tab")
        stops.append(screen.focus())
    assert stops[-1] is palette.field
    assert stops[:-1] == [*palette.filters.values(), palette.list]
    screen.press("Shift+Tab")
    assert screen.focus() is palette.list
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert not palette.isVisible()


def test_it_is_as_wide_as_a_narrow_window_lets_it(screen: Screen, palette: Palette, qtbot: QtBot) -> None:
    screen.press("Ctrl+K")
    screen.window.resize(*COMPACT)
    look_for(screen, "femur")
    screen.settle()
    assert palette.rect().contains(palette.sheet.geometry())
    assert palette.sheet.width() > screen.window.width() * 0.9


# -- finding ----------------------------------------------------------------------------------------------------------


def test_letter_errors_are_corrected_said_and_refused_by_key(screen: Screen, palette: Palette, qtbot: QtBot) -> None:
    rows = look_for(screen, "alograft distel femur")
    assert codes(rows)[0] == "20932"
    assert palette.said.text() == "Searched for allograft distal femur. 2 words were corrected."
    assert rows[1].end == "allograft (alograft), distal (distel), femoral (femur)"
    with qtbot.waitSignal(screen.desk.book.searching.found, timeout=PATIENCE):
        screen.press("Alt+X")
    assert "corrected" not in palette.said.text()
    assert palette.exact.isVisible()
    with qtbot.waitSignal(screen.desk.book.searching.found, timeout=PATIENCE):
        palette.exact.click()
    assert palette.said.text().startswith("Searched for")


def test_an_exact_code_comes_first_and_enter_opens_its_page(screen: Screen, palette: Palette, qtbot: QtBot) -> None:
    rows = look_for(screen, "27365")
    assert codes(rows)[0] == "27365"
    assert current(palette).end == "this code"
    screen.press("Enter")
    assert not palette.isVisible()
    page = screen.desk.page()
    assert page is screen.desk.stage.page_of("codes")
    assert page.copied()[0] == "27365"


def typed_quickly(screen: Screen, monkeypatch: pytest.MonkeyPatch, text: str, *keys: str) -> Wish:
    """Type a text and press keys before anything is found; what is looked for."""
    wishes: list[Wish] = []
    with monkeypatch.context() as slow:
        slow.setattr(screen.desk.book.searching, "search", wishes.append)
        screen.type(text)
        screen.press(*keys)
    return wishes[-1]


def test_a_quick_enter_waits_for_what_was_typed(
    screen: Screen, palette: Palette, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    searching = screen.desk.book.searching
    screen.go_on(TUMOUR)
    for opens, code in (("Ctrl+K", "27365"), ("Ctrl+F", "20932")):
        screen.press(opens)
        wish = typed_quickly(screen, monkeypatch, code, "Enter")  # the commands are still shown, a new case first
        assert palette.isVisible() is (opens == "Ctrl+K")
        with qtbot.waitSignal(searching.found, timeout=PATIENCE):
            searching.search(wish)
        assert not palette.isVisible()
        assert screen.desk.page().copied()[0] == code
    assert set(screen.desk.session.answers) > {"claim"}


def test_what_was_wanted_of_a_closed_palette_is_forgotten(
    screen: Screen, palette: Palette, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    searching = screen.desk.book.searching
    screen.go_on(TUMOUR)
    screen.press("Ctrl+K")
    wish = typed_quickly(screen, monkeypatch, "2736", "Enter", "Escape", "Ctrl+K")
    with qtbot.waitSignal(searching.found, timeout=PATIENCE):
        searching.search(wish)
    assert palette.isVisible()
    assert palette.field.text() == ""
    assert set(screen.desk.session.answers) > {"claim"}


def test_code_sets_stand_in_groups_and_can_be_searched_alone(screen: Screen, palette: Palette, qtbot: QtBot) -> None:
    rows = look_for(screen, "distal femur allograft")
    heads = [row.text.partition(",")[0] for row in rows if row.kind == "heading"]
    assert heads.index("CPT") == 0
    assert "ICD-10-PCS" in heads
    screen.press("Ctrl+Down")
    assert current(palette).kind == "code"
    assert current(palette).lead != codes(rows)[0]
    for key, pattern in (("Alt+4", "0"), ("Alt+3", "CDMSTZ")):
        with qtbot.waitSignal(screen.desk.book.searching.found, timeout=PATIENCE):
            screen.press(key)
        found = codes(list(palette.list.rows()))
        assert all(code[0] in pattern for code in found)
    assert palette.filters["icd10cm"].isChecked()
    assert screen.focus() is palette.field


def test_a_row_says_why_it_must_be_looked_at_twice(screen: Screen, palette: Palette, qtbot: QtBot) -> None:
    rows = look_for(screen, "C40.2")
    heading = next(row for row in rows if row.lead == "C40.2")
    assert heading.warn
    words = palette.list.model().data(palette.list.model().index(rows.index(heading), 0))
    assert heading.warn in words


def test_it_is_never_empty(screen: Screen, palette: Palette, qtbot: QtBot) -> None:
    rows = look_for(screen, "zzqxw")
    assert palette.said.text() == "No title has 'zzqxw'. Nothing was found."
    again = [row for row in rows if row.kind == "again"]
    assert again
    assert rows[-1].kind == "ask"
    with qtbot.waitSignal(screen.desk.book.searching.found, timeout=PATIENCE):
        screen.press("Enter")  # the first word near it
    assert palette.field.text() == again[0].id
    assert codes(list(palette.list.rows()))


def test_the_last_searches_are_remembered_while_the_window_is_open(
    screen: Screen, palette: Palette, qtbot: QtBot
) -> None:
    look_for(screen, "prox hum")
    screen.press("Enter")
    screen.press("Ctrl+K")
    rows = palette.list.rows()
    assert [rows[1].kind, rows[1].text] == ["again", "prox hum"]
    with qtbot.waitSignal(screen.desk.book.searching.found, timeout=PATIENCE):
        screen.press("Enter")
    assert palette.field.text() == "prox hum"


def test_arrows_stop_at_the_ends_and_go_past_headings(screen: Screen, palette: Palette, qtbot: QtBot) -> None:
    rows = look_for(screen, "27365")
    assert rows[0].kind == "heading"
    screen.press("Up")
    assert current(palette) == rows[1]
    for _ in rows:
        screen.press("Down")
    assert current(palette) == rows[-1]


# -- questions and commands -------------------------------------------------------------------------------------------


def test_a_question_goes_to_the_place_of_questions(screen: Screen, palette: Palette) -> None:
    text = "can 20932 go with 27447"
    rows = look_for(screen, text)
    assert [rows[1].kind, rows[1].lead] == ["ask", "Ask"]
    screen.press("Enter")
    assert not palette.isVisible()
    assert place_shown(screen) == ASK
    page = screen.desk.page()
    assert isinstance(page, AskPage)
    assert page.question.box.text() == text
    assert page.question.answer is not None
    assert page.question.answer.say.startswith("No. 20932 is not payable with 27447 alone")
    assert screen.focus() is page.question.box
    screen.press("Ctrl+K")
    assert palette.list.rows()[1].text == text


def test_a_command_is_found_by_its_words_and_done(
    screen: Screen, palette: Palette, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[Choices] = []
    monkeypatch.setattr(screen.desk, "choose", chosen.append)  # to dress the whole window takes seconds
    rows = look_for(screen, "dark col")
    at = next(at for at, row in enumerate(rows) if row.kind == "command" and row.text == "Dark colours")
    palette.list.setCurrentIndex(palette.list.model().index(at, 0))
    screen.press("Enter")
    assert not palette.isVisible()
    assert [choices.scheme for choices in chosen] == ["dark"]


def test_every_command_is_done_and_none_fails(
    screen: Screen, palette: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen.desk, "choose", lambda _choices: None)
    screen.go_on(TUMOUR)
    screen.press("Ctrl+K")
    names = [row.text for row in palette.list.rows() if row.kind == "command"]
    screen.press("Escape")
    for name in names:
        screen.desk.show_place("case")
        screen.press("Ctrl+K")
        offered = [row.text for row in palette.list.rows()]
        if name in offered:
            palette.list.setCurrentIndex(palette.list.model().index(offered.index(name), 0))
            screen.press("Enter")
            assert not palette.isVisible(), name
    screen.start_again()


def test_a_place_in_the_questions_is_gone_to_or_explained(screen: Screen, palette: Palette, qtbot: QtBot) -> None:
    screen.go_on(JOINT)
    rows = look_for(screen, "hemicortical")
    at = next(at for at, row in enumerate(rows) if row.kind == "place" and row.id.startswith("graft_form="))
    palette.list.setCurrentIndex(palette.list.model().index(at, 0))
    screen.press("Enter")
    assert screen.asked() == "graft_form"
    screen.desk.going.open_question("arthroplasty_joint=hip")
    assert screen.desk.case.help_is_open()
    screen.press("Escape")
    screen.desk.going.open_question("outcome:any")
    assert screen.desk.hints.message().startswith("This is an end")


# -- whatever is typed ------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_no_text_is_an_error(screen: Screen, palette: Palette, qtbot: QtBot, text: str) -> None:
    if not palette.isVisible():
        screen.press("Ctrl+K")
    palette.field.setText(text)
    if palette.field.text().strip():
        with qtbot.waitSignal(screen.desk.book.searching.found, timeout=PATIENCE):
            palette.look_for(text)
    assert palette.list.rows()
