"""The pictures of the palette and of the code book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from encoder.gui.pages.codes.page import CodesPage
from tests.screen import Screen


def code(screen: Screen, code: str, keys: Sequence[str] = ()) -> CodesPage:
    """The page of a code, and some keys pressed on it."""
    screen.desk.going.open_code(code)
    page = screen.desk.page()
    assert isinstance(page, CodesPage)
    page.side.field.clear()
    screen.settle()
    screen.press(*keys)
    return page


def _palette(screen: Screen, text: str) -> None:
    """The palette with what it finds."""
    screen.press("Ctrl+K")
    screen.look_for(text)


def _beside(screen: Screen) -> None:
    """The search beside the page."""
    code(screen, "20932", ("Ctrl+F",))
    screen.look_for("alograft distel femur")


def _note(screen: Screen) -> None:
    """Two favourites, a note that is kept and one that is being written."""
    page, book = code(screen, "20932"), screen.desk.book
    if not book.collection.notes:
        book.turn_favourite("20932")
        book.turn_favourite("27365")
        book.write_note("20932", "One payer wants LT on the add-on as well. Keep the tissue bank label.")
    page.write_note()
    screen.type("Ask for the lot number.")


def _picker(screen: Screen) -> None:
    """A diagnosis that is being picked."""
    page = code(screen, "20932", ("Ctrl+G",))
    for name, value in (("family", "pathologic_fracture_neoplastic"), ("site", "Thigh bone"), ("side", "left")):
        box = page.picker.boxes[name]
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())


def _too_early(screen: Screen) -> None:
    """A date that no edition covers."""
    screen.desk.session.set_date(date(2018, 5, 1))
    code(screen, "20932")


CODE_SCENES: dict[str, Callable[[Screen], object]] = {
    "palette": lambda screen: screen.press("Ctrl+K"),
    "palette_hits": partial(_palette, text="alograft distel femur"),
    "palette_nothing": partial(_palette, text="zzqxw"),
    "codes_empty": lambda screen: screen.desk.show_place("codes"),
    "codes": partial(code, code="20932"),
    "codes_primary": partial(code, code="27365"),
    "codes_pairs": partial(code, code="20932", keys=("Alt+7", "Down")),
    "codes_modifiers": lambda screen: code(screen, "20932").columns.focus_panel("modifiers"),
    "codes_no_edition": _too_early,
    "codes_diagnosis": partial(code, code="C40.22"),
    "codes_hospital": partial(code, code="0QRC0KZ"),
    "codes_modifier": partial(code, code="59"),
    "codes_search": _beside,
    "codes_note": _note,
    "codes_picker": _picker,
}
"""By name, what is done at a new case. ``codes_empty`` is empty as long as no other was drawn before it."""
