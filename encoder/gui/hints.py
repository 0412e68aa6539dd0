"""The keys that work now, for the bar at the foot of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from encoder.gui.pages.result import ASK_DETAILS
from encoder.gui.widgets.bars import Hint

if TYPE_CHECKING:
    from encoder.gui.pages.case import CasePage

_F1, _F6 = Hint(("F1",), "help"), Hint(("F6",), "next pane")
_NEW = Hint(("Ctrl", "N"), "new case")
_ESC_PAGE = Hint(("Esc",), "back to the page")
_WAY = [
    Hint(("↑", "↓"), "choose a step"),
    Hint(("Enter",), "change its answer"),
    Hint(("→",), "back to the page"),
    _F6,
]
_LIST = [Hint(("↑", "↓"), "choose a row"), Hint(("Enter",), "go to the answer that did it"), _ESC_PAGE, _F6]
_READ = [Hint(("↑", "↓"), "scroll"), _ESC_PAGE, _F6]
_NOTE = [
    Hint(("F3",), "next mention"),
    Hint(("Shift", "↑", "↓"), "select"),
    Hint(("Ctrl", "E"), "quote it"),
    Hint(("Ctrl", "V"), "paste another"),
    _ESC_PAGE,
    _F6,
]


def of_case(page: CasePage) -> list[Hint]:
    """The keys for the case page, by what has the focus."""
    if page.way.steps.hasFocus():
        return _WAY
    if page.help_is_open():
        return _READ
    if page.right.holds_focus("note"):
        return _NOTE
    if page.right.holds_focus("top"):
        return [hint for hint in _LIST if page.kind != "stop" or hint.keys != ("Enter",)]
    return {"question": _of_question, "result": _of_result, "stop": _of_stop}[page.kind](page)


def _of_question(page: CasePage) -> list[Hint]:
    question = page.question
    if question.code.hasFocus():
        return [Hint(("Enter",), "take the code"), Hint(("Tab",), "to the list"), _F1]
    keys = [key for key in question.digits() if key != "0"]
    several = question.takes_several()
    what = "tick" if several else "answer"
    hints = [Hint(("Enter",), "confirm what is assumed")] if question.confirm.isVisibleTo(page) else []
    if keys:
        hints.append(Hint((keys[0], "–", keys[-1]) if len(keys) > 1 else (keys[0],), what))
    if several:
        hints.append(Hint(("Enter",), "take what is ticked"))
    hints.append(Hint(("0",), "not documented"))
    hints.append(Hint(("Backspace",), "back"))
    hints.append(Hint(("↑",), "earlier answers"))
    if question.answers.is_long():
        hints.insert(1, Hint(("A", "–", "Z"), "shorten the list"))
    if question.takes_turns():
        hints.append(Hint(("Alt", "M"), "body map"))
    if page.right.note.mentions():
        hints.insert(2, Hint(("F3",), "next mention"))
    if question.is_detail():
        hints.insert(2, Hint(("Esc",), "back to the result"))
    return [*hints, _F6, _F1]


def _of_result(page: CasePage) -> list[Hint]:
    actions = page.result.band.actions_shown()
    hints = [Hint(action.keys, _short(action.id, action.text)) for action in actions if action.keys]
    more = [Hint(("↑",), "change an answer"), Hint(("Backspace",), "back"), Hint(("Alt", "3"), "note"), _F6]
    return [*hints, *more]


def _short(action: str, text: str) -> str:
    words = {ASK_DETAILS: "ask the details", "check": "check the claim", "copy": "copy", "new": "new case"}
    return words.get(action, text[:1].lower() + text[1:])


def _of_stop(page: CasePage) -> list[Hint]:
    if page.stop.draft.hasFocus():
        return [
            Hint(("Ctrl", "Shift", "C"), "copy the query"),
            Hint(("Ctrl", "Shift", "Q"), "quote the selection"),
            Hint(("Ctrl", "Enter"), "enter the answer"),
            _F6,
        ]
    return [
        Hint(("Ctrl", "Shift", "C"), "copy the query"),
        Hint(("Ctrl", "Enter"), "enter the answer"),
        Hint(("↑",), "change an answer"),
        Hint(("Backspace",), "back"),
        _NEW,
        _F6,
    ]
