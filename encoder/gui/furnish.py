"""Reading the look, the tree and the tables, and putting the desk into the window."""

from __future__ import annotations

import sys
from types import TracebackType

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from encoder.core.session import Session
from encoder.core.tree.model import Tree
from encoder.errors import DataError, EncoderError
from encoder.gui.desk import Desk, use_choices
from encoder.gui.helptexts import HelpTexts
from encoder.gui.look import Look
from encoder.gui.pages.error import ErrorPage
from encoder.gui.settings import Settings
from encoder.gui.start import Opening, sentence_of
from encoder.gui.widgets.focus import FocusFrame
from encoder.gui.window import Window
from encoder.gui.wording.sources import Sources
from encoder.store.library import Library
from encoder.store.tree_file import read_tree, tree_ids

CLAIM = {"claim": frozenset(("surgeon",))}
"""How a case begins: the first question on the screen is then what filled the gap."""


def furnish(app: QApplication, window: Window, settings: Settings, opening: Opening) -> Desk | None:
    """Dress the application and fill the window; None when a fault is shown instead."""
    try:
        look = Look(app, opening.resources, window)
        use_choices(look, settings.choices)
        window.setWindowIcon(QIcon(look.mark("window_icon", "accent")))
        FocusFrame(look, app, window)
        if opening.fault:
            raise DataError(opening.fault)
        desk = _desk(look, settings, opening)
    except EncoderError as error:
        _show_fault(window, str(error))
        return None
    window.hold(desk)
    desk.on_top.connect(window.set_on_top)
    desk.on_top.connect(desk.show_on_top)
    desk.show_on_top(window.is_on_top())
    desk.begin()
    if opening.note is not None:
        desk.case.right.note.open_files([opening.note])
    _watch(desk)
    return desk


def _desk(look: Look, settings: Settings, opening: Opening) -> Desk:
    book = Library.open(opening.database, opening.editions)
    tree = _tree(opening)
    session = Session(tree, book, opening.on, opening.case, dict(CLAIM))
    sources = Sources(book)
    texts = HelpTexts(opening.resources / "help", tree, book, sources)
    return Desk(look, settings, session, sources, texts, book, opening)


def _tree(opening: Opening) -> Tree:
    folder = opening.resources / "tree"
    names = tree_ids(folder)
    if len(names) != 1:
        raise DataError(
            f"resources/tree holds {len(names)} trees, and the window asks those of one; install the program again"
        )
    return read_tree(folder, names[0])


def _show_fault(window: Window, sentence: str) -> None:
    page = ErrorPage(sentence)
    page.copy_wanted.connect(lambda text, _said: QApplication.clipboard().setText(text))
    window.hold(page)
    page.focus_main()


def _watch(desk: Desk) -> None:
    """An error that nobody foresaw takes the place of the page: a wrong code must not stay on the screen."""
    before = sys.excepthook

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        before(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            desk.show_fault(sentence_of(kind, error), can_undo=True)

    sys.excepthook = tell
