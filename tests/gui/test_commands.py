"""Every action in the palette: what the hint bar shows and what the window hears stands there with its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from encoder.gui.actions import Action, of_desk
from encoder.gui.places import PLACES
from tests.screen import Screen
from tests.shots import ANSWERED, JOINT, NOTE, TUMOUR
from tests.shots_ask import ask as asking
from tests.shots_ask import assumed, from_code, replacing
from tests.shots_claims import EVERYTHING, check
from tests.shots_codes import code as code_page

STOP = {**TUMOUR, "graft_form": "not_documented"}
OPERATION = "tumour of the distal femur, radical resection, osteoarticular allograft"


@dataclass(frozen=True)
class State:
    """A state of the window, and what it is brought there by."""

    name: str
    bring: Callable[[Screen], object]


def noted(answers: dict[str, str]) -> Callable[[Screen], object]:
    def bring(screen: Screen) -> None:
        screen.read_note(NOTE)
        screen.go_on(answers)

    return bring


STATES = (
    State("first question", lambda _screen: None),
    State("question with a note", noted(TUMOUR)),
    State("result", noted(JOINT)),
    State("stop", noted(STOP)),
    State("assumed", assumed),
    State("check", lambda screen: check(screen, EVERYTHING)),
    State("check empty", check),
    State("code", lambda screen: code_page(screen, "20932")),
    State("no code", lambda screen: screen.desk.show_place("codes")),
    State("ask", asking),
    State("answer", lambda screen: screen.desk.going.ask(OPERATION)),
    State("from a code", lambda screen: from_code(screen, "20932")),
    State("replace", replacing),
    State("audit", lambda screen: screen.desk.show_place("audit")),
    State("data", lambda screen: screen.desk.show_place("data")),
)


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs of files are left without a choice."""
    for name in ("getOpenFileNames", "getOpenFileName", "getSaveFileName"):
        empty: object = [] if name.endswith("s") else ""
        monkeypatch.setattr(QFileDialog, name, lambda *_, empty=empty: (empty, ""))


def offered(screen: Screen) -> list[Action]:
    return list(of_desk(screen.desk))


def named(key: str) -> str:
    """A key of the window as the palette writes it."""
    return key.replace("Return", "Enter").replace("Left", "←").replace("Right", "→")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_what_the_hints_show_is_there_by_name(screen: Screen, state: State) -> None:
    state.bring(screen)
    screen.desk.hints.clear_message()
    keys = {action.keys for action in offered(screen)}
    for hint in screen.desk.hints.hints():
        steady = hint.keys[0] in ("Ctrl", "Alt") or hint.keys[0].startswith("F")
        if steady and len(hint.keys) < 4 and "–" not in hint.keys and hint.keys != ("Ctrl", "K"):
            assert hint.keys in keys, f"{'+'.join(hint.keys)}: {hint.text}"


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_no_two_actions_have_the_same_name_and_none_is_without(screen: Screen, state: State) -> None:
    state.bring(screen)
    names = [action.name for action in offered(screen)]
    assert all(names)
    assert len(set(names)) == len(names), sorted(name for name in names if names.count(name) > 1)


def test_every_key_of_the_window_is_there_by_name(screen: Screen) -> None:
    found: set[str] = set()
    for state in STATES:
        screen.start_again()
        screen.desk.show_place("case")
        state.bring(screen)
        found |= {"+".join(action.keys) for action in offered(screen)}
    heard = {
        named(shortcut.key().toString(QKeySequence.SequenceFormat.PortableText))
        for shortcut in screen.desk.findChildren(QShortcut)
        if not screen.desk.finder.isAncestorOf(shortcut.parent())  # type: ignore[arg-type]
    }
    parts = {f"Alt+{number}" for number in range(4, 10)}  # the panels of a code page, as many as it has
    assert heard - found - parts <= {"Ctrl+K"}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_each_action_of_the_page_is_done_and_none_fails(screen: Screen, state: State) -> None:
    QGuiApplication.clipboard().setText("27365-LT, 20932")
    state.bring(screen)
    names = [action.name for action in screen.desk.page().commands()]
    for name in names:
        now = {action.name: action for action in screen.desk.page().commands()}
        if name in now:
            now[name].run()
            screen.settle()
        work = getattr(getattr(screen.desk.page(), "work", None), "work", None)
        if work is not None and work.busy():
            screen.wait(work.ended, lambda: None)
        if screen.desk.page() is screen.desk.case:
            state.bring(screen)


def test_a_result_and_a_stop_offer_what_their_buttons_do(screen: Screen) -> None:
    screen.go_on(ANSWERED)
    names = {action.name: action for action in offered(screen)}
    assert names["Check this claim"].keys == ("2",)
    names["Check this claim"].run()
    assert screen.desk.page() is screen.desk.stage.page_of("check")
    screen.start_again()
    screen.desk.show_place("case")
    screen.go_on(STOP)
    names = {action.name: action for action in offered(screen)}
    names["Enter the answer"].run()
    assert screen.asked() == "graft_form"


def test_a_code_is_started_from_with_the_pair_that_is_current(screen: Screen) -> None:
    page = code_page(screen, "20932")
    page.columns.focus_panel("edits")
    other = page.columns.pairs.other()
    assert other
    assert f"Start from 20932 with {other}" in [action.name for action in offered(screen)]
    assert place_names(screen) == [one.name for one in PLACES]


def place_names(screen: Screen) -> list[str]:
    numbered = [action for action in offered(screen) if action.keys[:1] == ("Ctrl",) and action.keys[-1].isdigit()]
    return [action.name.removeprefix("Go to ") for action in numbered]
