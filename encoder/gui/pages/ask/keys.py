"""The keys of the Ask place: what each does by name, and those that work now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from encoder.gui.actions import Action
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.wording import ask, origin

if TYPE_CHECKING:
    from encoder.gui.pages.ask.page import AskPage


def commands(page: AskPage) -> list[Action]:
    """What can be done on the page, by name."""
    asking, question, code = page.is_asking(), page.question, page.code
    given = question.facts if asking else code.given()
    made = []
    if not page.replace.isHidden():
        made.append(Action("Replace the case", ("Ctrl", "Enter"), page.take_enter, "start assumptions"))
        made.append(Action("Keep the case", ("Esc",), page.keep, "leave"))
    elif given:
        name = ask.start(len(given)) if asking else origin.start(len(given))
        made.append(Action(name, ("Ctrl", "Enter"), page.take_enter, "case assume"))
    if asking:
        if question.answer is not None:
            made.append(Action("Ask what can be asked", (), partial(question.ask, ""), "examples questions"))
        if question.work.localities():
            made.append(Action("Choose the locality of amounts", (), question.locality.setFocus, "payment place"))
    elif code.origin is not None:
        made += [
            Action(f"Choose way {place + 1}", (str(place + 1),), partial(code.choose, place), "answers lead")
            for place in range(min(len(code.origin.ways), origin.KEYS))
            if len(code.origin.ways) > 1
        ]
        made.append(Action(f"Open the page of {code.origin.code}", (), code.open.click, "code book"))
    made.append(Action("Ask a question", ("Alt", "1"), partial(page.show_part, 1), "plain words"))
    made.append(Action("Begin from a code", ("Alt", "2"), partial(page.show_part, 2), "back answers"))
    return made


def hints(page: AskPage) -> list[Hint]:
    """The keys that work now, by what has the focus."""
    if not page.replace.isHidden():
        return [Hint(("Ctrl", "Enter"), "replace the case"), Hint(("Esc",), "keep it")]
    asking, question, code = page.is_asking(), page.question, page.code
    in_rows = holds_focus((question if asking else code).sheet)
    found = [Hint(("Enter",), "answer" if asking else "look up"), Hint(("↓",), "to the rows")]
    if in_rows:
        found = [Hint(("↑", "↓"), "choose a row"), Hint(("Enter",), "open it")]
    if not asking and code.has_choice():
        found.insert(0, Hint(("1", "–", str(min(len(code.ways.table.facts()), origin.KEYS))), "choose a way"))
    if question.facts if asking else code.given():
        found.append(Hint(("Ctrl", "Enter"), "start the tree"))
    if asking and question.answer is not None:
        found.append(Hint(("Ctrl", "Shift", "C"), "copy"))
    found.append(Hint(("Alt", "2"), "from a code") if asking else Hint(("Alt", "1"), "a question"))
    return [
        *found,
        Hint(("F6",), "next pane"),
        Hint(("Esc",), "back to the field" if in_rows else "back to the case"),
    ]
