"""What readers meet on every page of the real window: a name and a role for every control, rows that speak."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QWidget

from encoder.gui.places import PLACES
from tests.gui.look.dress import ModelTester
from tests.screen import SIZE, Screen
from tests.shots import ANSWERED, COMPACT, FAULT, FRACTURE, JOINT, TUMOUR
from tests.shots_codes import CODE_SCENES

Role = QAccessible.Role
STATES = {
    "question": TUMOUR,
    "map": {**TUMOUR, "graft_form": "osteoarticular"},
    "result": ANSWERED,
    "details": JOINT,
    "stop": {**TUMOUR, "graft_form": "not_documented"},
}
CONTROLS = {
    Role.Button,
    Role.CheckBox,
    Role.EditableText,
    Role.Graphic,
    Role.List,
    Role.ListItem,
    Role.PageTab,
    Role.PageTabList,
    Role.RadioButton,
}
NAMELESS = {
    Role.Border,
    Role.Client,
    Role.Grip,
    Role.LayeredPane,
    Role.Pane,  # the corner of a table, which has no size
    Role.ScrollBar,
    Role.Splitter,
    Role.StaticText,
    Role.Window,
}


@pytest.fixture(scope="module", autouse=True)
def reader() -> Iterator[None]:
    """As when a screen reader runs: lists then tell it of their rows."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def walk(reader: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield reader
    for place in range(reader.childCount()):
        child = reader.child(place)
        if not child.state().invisible:
            yield from walk(child)


def told(root: QWidget) -> list[tuple[Role, str, bool]]:
    """Role, name and whether it can have the focus, of everything a reader meets."""
    found = []
    for reader in walk(QAccessible.queryAccessibleInterface(root)):
        found.append((reader.role(), reader.text(QAccessible.Text.Name), bool(reader.state().focusable)))
    return found


def check(screen: Screen) -> set[Role]:
    parts = told(screen.desk)
    for role, name, focusable in parts:
        assert name or not focusable, f"a {role.name} that can have the focus has no name"
        assert name or role in NAMELESS, f"a {role.name} has no name"
    return {role for role, _, _ in parts}


def check_models(screen: Screen, tester: ModelTester) -> None:
    for view in screen.desk.findChildren(QAbstractItemView):
        model: QAbstractItemModel | None = view.model()
        if view.isVisible() and model is not None:
            tester.check(model)


@pytest.mark.parametrize("size", [SIZE, COMPACT], ids=["wide", "compact"])
@pytest.mark.parametrize("state", STATES)
def test_every_control_of_the_case_has_a_name_and_a_role(
    screen: Screen, state: str, size: tuple[int, int], qtmodeltester: ModelTester
) -> None:
    screen.window.resize(*size)
    screen.go_on(STATES[state])
    assert check(screen) >= {Role.Button}
    check_models(screen, qtmodeltester)


@pytest.mark.parametrize("place", [place.id for place in PLACES])
def test_every_control_of_every_place_has_a_name_and_a_role(
    screen: Screen, place: str, qtmodeltester: ModelTester
) -> None:
    screen.desk.show_place(place)
    assert check(screen) >= {Role.Button}
    check_models(screen, qtmodeltester)


@pytest.mark.parametrize("size", [SIZE, COMPACT], ids=["wide", "compact"])
def test_an_answer_and_the_ways_to_a_code_are_read_row_by_row(screen: Screen, size: tuple[int, int]) -> None:
    screen.window.resize(*size)
    screen.desk.going.ask("can 20932 go with 27447")
    check(screen)
    names = [name for _, name, _ in told(screen.desk.page())]
    assert "Question" in names
    assert any(name.startswith("20932: Osteoarticular allograft") and name.endswith(", open") for name in names)
    assert any(name.startswith("Add-on list: 20932>23210") for name in names)
    screen.desk.going.start_from("20932", "27447")
    check(screen)
    names = [name for _, name, _ in told(screen.desk.page())]
    assert {"Code that was written", "together with", "Not listed: 20932 with 27447"} <= {*names}
    assert "What filled the gap: Donor bone, assumed" in names


@pytest.mark.parametrize("size", [SIZE, COMPACT], ids=["wide", "compact"])
@pytest.mark.parametrize("scene", ["codes", "codes_search", "codes_note", "codes_picker", "palette"])
def test_every_control_of_the_code_book_has_a_name_and_a_role(
    screen: Screen, scene: str, size: tuple[int, int], qtmodeltester: ModelTester
) -> None:
    screen.window.resize(*size)
    CODE_SCENES[scene](screen)
    check(screen)
    for view in screen.desk.findChildren(QAbstractItemView):
        model: QAbstractItemModel | None = view.model()
        if view.isVisible() and model is not None:
            qtmodeltester.check(model)
    while screen.desk.book.undo():
        pass


def test_a_fault_is_read_as_what_it_is(screen: Screen) -> None:
    screen.desk.show_fault(FAULT, can_undo=True)
    check(screen)
    names = [name for _, name, _ in told(screen.desk.page())]
    assert f"The questions cannot be asked: {FAULT}" in names
    assert "Take the last answer back" in names


def test_the_codes_field_and_the_panes_of_help_and_editions_have_names(screen: Screen) -> None:
    screen.go_on(FRACTURE)
    screen.click_step("diagnosis_code")
    names = {name for _, name, focusable in told(screen.desk) if focusable}
    assert "Code as written, with its seventh character" in names
    screen.press("F1")
    check(screen)
    screen.press("Escape")
    screen.desk.strip.click()
    check(screen)


def test_an_answer_is_read_with_its_key_and_its_words(screen: Screen) -> None:
    screen.go_on(TUMOUR)
    rows = [name for role, name, _ in told(screen.desk.case.question) if role == Role.ListItem]
    assert rows[0].startswith("1, One piece with a joint surface and the bone next to it")
    assert rows[-1] == "0, The note does not say, Ends in a question to the surgeon, never in a code"


def test_a_result_is_read_with_its_lines_and_reasons(screen: Screen) -> None:
    screen.go_on(ANSWERED)
    names = [name for _, name, _ in told(screen.desk.case.result)]
    assert "Decided: this primary may carry the add-on" in names
    assert any(name.startswith("27365-LT: ") for name in names)
    assert any(name.startswith("27365: A bone tumour of the distal femur") for name in names)


def test_the_roles_of_the_window_are_those_of_controls(screen: Screen) -> None:
    met: set[Role] = set()
    for size in (SIZE, COMPACT):
        screen.window.resize(*size)
        for answers in STATES.values():
            screen.start_again()
            screen.go_on(answers)
            met |= {role for role, _, focusable in told(screen.desk) if focusable}
    screen.desk.show_place("settings")
    met |= {role for role, _, focusable in told(screen.desk) if focusable}
    screen.desk.show_place("case")
    assert met <= CONTROLS
    assert met >= CONTROLS - {Role.PageTabList}
