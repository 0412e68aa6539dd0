"""Laying out before painting."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent

PLACE_ROWS = QEvent.Type(QEvent.registerEventType())
"""Posted by a list to itself: its rows are to be placed before the next paint."""
_LEVELS = 6  # of layouts within each other, from a row of words to the page


def lay_out_now() -> None:
    """Carry out every layout that is asked for, and place the rows of every list.

    Qt takes one level of nested layouts in each round of events and paints in between, so that a changed page would be
    seen with some of its parts where they were.
    """
    for _ in range(_LEVELS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    QCoreApplication.sendPostedEvents(None, PLACE_ROWS)
