"""Every action of the window by name and key, for the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from encoder.gui.look.tokens import LEAST_TEXT, MOST_TEXT, Choice
from encoder.gui.place_bar import CLAIMS
from encoder.gui.places import PLACES

if TYPE_CHECKING:
    from encoder.gui.desk import Desk

_SCHEMES: tuple[tuple[Choice, str], ...] = (
    ("light", "Light colours"),
    ("dark", "Dark colours"),
    ("system", "Colours of the system"),
)
_EVERYWHERE = (("Ctrl", "N"), ("Ctrl", "Shift", "C"))  # keys of an end that every page has by name
_LARGER = 0.25  # of the system's size of text, at a time


@dataclass(frozen=True, slots=True)
class Action:
    """One action: its name, its keys, what it does, and other words that it is looked for by."""

    name: str
    keys: tuple[str, ...]
    run: Callable[[], object]
    also: str = ""


def matching(actions: Iterable[Action], text: str) -> list[Action]:
    """The actions of which every typed word begins a word."""
    typed = text.casefold().split()
    return [action for action in actions if all(_begins(word, action) for word in typed)]


def _begins(word: str, action: Action) -> bool:
    return any(other.startswith(word) for other in f"{action.name} {action.also}".casefold().split())


def of_desk(desk: Desk) -> list[Action]:
    """The actions that work now: those of the page on the screen first."""
    return [*desk.page().commands(), *_of_case(desk), *_of_window(desk), *_of_look(desk), *_of_help(desk)]


def _of_case(desk: Desk) -> Iterator[Action]:
    work, bar, case, view = desk.work, desk.bar, desk.case, desk.view()
    yield Action("Start a new case", ("Ctrl", "N"), work.start_new, "clear empty begin")
    yield Action("Save the case with its note", ("Ctrl", "S"), desk.keeping.save, "store keep query draft encrypt")
    yield Action("Lock the cases", ("Ctrl", "L"), desk.keeping.lock, "passphrase close")
    yield Action("Change the date of service", (), bar.focus_date, "dos day")
    for claim, name in CLAIMS:
        if claim != (view.claim if view else ""):
            yield Action(f"Claim of: {name}", (), partial(work.answer, "claim", claim), "professional hospital")
    yield Action("Paste the note", ("Ctrl", "V"), desk.at_case(case.paste_note), "clipboard operative report")
    yield Action("Go to the note", ("Alt", "3"), desk.at_case(partial(case.open_part, "note")), "operative report")
    yield Action("Go to what is still possible", ("Alt", "2"), desk.at_case(partial(case.open_part, "top")), "codes")
    yield Action("Go to the question or the result", ("Alt", "1"), desk.at_case(case.open_main))
    yield Action("Turn between answers and body map", ("Alt", "M"), desk.at_case(case.question.turn_map), "picture")
    if view is not None and view.ask is not None and view.ask.assumed:
        yield Action("Confirm what is assumed", ("Enter",), desk.at_case(work.confirm), "answer assumption")
    yield from _of_note(desk)
    if case.kind != "question":
        end = case.result if case.kind == "result" else case.stop
        for one in (one for one in end.band.actions_shown() if one.keys not in _EVERYWHERE):
            yield Action(one.text, one.keys, desk.at_case(partial(end.acted.emit, one.id)), f"{case.kind} claim query")


def _of_note(desk: Desk) -> Iterator[Action]:
    work, case = desk.work, desk.case
    if work.notes.note() is None:
        return
    yield Action("Next mention in the note", ("F3",), desk.at_case(partial(case.step_mention, 1)))
    yield Action("Mention before in the note", ("Shift", "F3"), desk.at_case(partial(case.step_mention, -1)))
    yield Action("Quote the selection of the note as evidence", ("Ctrl", "E"), desk.at_case(work.attach), "tie answer")
    yield Action("Take the quote off", ("Ctrl", "Shift", "E"), desk.at_case(work.notes.take_off), "evidence")
    if case.kind == "stop":
        yield Action("Quote the selection of the note in the query", ("Ctrl", "Shift", "Q"), desk.at_case(work.quote))


def _of_window(desk: Desk) -> Iterator[Action]:
    for number, place in enumerate(PLACES, 1):
        yield Action(f"Go to {place.name}", ("Ctrl", str(number)), partial(desk.show_place, place.id), "page open show")
    keys = () if desk.page().origin()[0] else ("Ctrl", "R")
    yield Action("Start from a code that was written", keys, partial(desk.going.start_from, "", ""), "back answers")
    yield Action("Undo the last change", ("Ctrl", "Z"), desk.first.take_back, "take back")
    yield Action("Copy what the page holds", ("Ctrl", "Shift", "C"), desk.copy_page, "clipboard lines codes")
    yield Action("Explain what is on the screen", ("F1",), desk.going.explain, "help")
    yield Action("Go to the next pane", ("F6",), partial(desk.next_pane, 1))
    yield Action("Go to the pane before", ("Shift", "F6"), partial(desk.next_pane, -1))


def _of_help(desk: Desk) -> Iterator[Action]:
    for topic, title in desk.texts.topics():
        yield Action(f"Help: {title}", (), partial(desk.going.show_help, topic), "explain")


def _of_look(desk: Desk) -> Iterator[Action]:
    choices = desk.choices()
    for scheme, name in _SCHEMES:
        if choices.scheme != scheme:
            yield Action(name, (), partial(desk.choose, replace(choices, scheme=scheme)), "scheme look")
    for name, size in (("Larger text", choices.text + _LARGER), ("Smaller text", choices.text - _LARGER)):
        if LEAST_TEXT <= size <= MOST_TEXT:
            yield Action(name, (), partial(desk.choose, replace(choices, text=size)), "font size zoom")
    name = "No longer keep the window on top" if choices.on_top else "Keep the window on top"
    yield Action(name, (), partial(desk.choose, replace(choices, on_top=not choices.on_top)), "pin above")
