"""The strip of editions and the bar of keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from encoder.gui.look import Look
from encoder.gui.widgets.bars import EditionMark, EditionsStrip, Hint, HintBar

HINTS = [Hint(("1", "–", "8"), "answer"), Hint(("Backspace",), "back"), Hint(("Ctrl", "K"), "find or do anything")]
EDITIONS = [
    EditionMark("CPT 2026, our wording"),
    EditionMark("Add-on list 2026 Q2"),
    EditionMark("Pairs 2024 Q3", "older"),
]


def test_the_bar_says_its_keys_and_where_the_case_stands(look: Look, qtbot: QtBot) -> None:
    bar = HintBar(look)
    qtbot.addWidget(bar)
    bar.set_hints(HINTS)
    bar.set_right("Saved 10:42", "lock")
    assert bar.text() == "1 to 8: answer; Backspace: back; Ctrl+K: find or do anything. Saved 10:42"
    assert "Ctrl+K: find or do anything" in bar.toolTip()
    assert bar.hints() == tuple(HINTS)
    assert bar.sizeHint().height() == look.px("hints")


def test_what_does_not_fit_goes_the_right_side_first(look: Look, qtbot: QtBot) -> None:
    bar = HintBar(look)
    qtbot.addWidget(bar)
    bar.set_hints(HINTS)
    pictures = {}
    for width in (1200, 420, 200):
        bar.resize(width, bar.sizeHint().height())
        for right in ("", "Saved 10:42"):
            bar.set_right(right)
            pictures[width, right] = bar.grab().toImage()
    assert pictures[1200, ""] != pictures[1200, "Saved 10:42"]
    assert pictures[420, ""] == pictures[420, "Saved 10:42"]
    assert pictures[200, ""] == pictures[200, "Saved 10:42"]


def test_a_message_stands_in_place_of_the_keys_until_it_is_cleared(look: Look, qtbot: QtBot) -> None:
    bar = HintBar(look)
    qtbot.addWidget(bar)
    bar.resize(900, 32)
    bar.set_hints(HINTS)
    keys = bar.grab().toImage()
    bar.show_message("Copied 27365-LT, 20932 and the reason.", "The clipboard is cleared in 60 s")
    assert bar.message() == "Copied 27365-LT, 20932 and the reason."
    assert bar.text().startswith("Copied 27365-LT, 20932 and the reason. The clipboard")
    assert bar.grab().toImage() != keys
    with qtbot.waitSignal(bar.message_cleared):
        bar.clear_message()
    assert bar.message() == ""
    assert bar.grab().toImage() == keys
    with qtbot.assertNotEmitted(bar.message_cleared):
        bar.clear_message()


def test_a_message_with_a_time_goes_by_itself(look: Look, qtbot: QtBot) -> None:
    bar = HintBar(look)
    qtbot.addWidget(bar)
    with qtbot.waitSignal(bar.message_cleared, timeout=2000):
        bar.show_message("Copied.", seconds=0.01)


def test_a_full_strip_names_every_table(look: Look, qtbot: QtBot) -> None:
    strip = EditionsStrip(look)
    qtbot.addWidget(strip)
    strip.set_editions("Editions on 2026-05-01", EDITIONS)
    strip.resize(1000, strip.sizeHint().height())
    assert strip.shown_form() == "full"
    assert strip.accessibleName() == (
        "Editions on 2026-05-01: CPT 2026, our wording, covers the date; Add-on list 2026 Q2, covers the date; "
        "Pairs 2024 Q3, older than this date"
    )
    assert QAccessible.queryAccessibleInterface(strip).role() == QAccessible.Role.Button
    assert not strip.grab().isNull()
    strip.resize(300, strip.height())
    assert strip.shown_form() == "short"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_window_shows_counts_or_one_mark_with_a_word(look: Look, qtbot: QtBot, scheme: str) -> None:
    look.set_scheme("dark" if scheme == "dark" else "light")
    strip = EditionsStrip(look)
    qtbot.addWidget(strip)
    strip.set_editions("Editions", EDITIONS)
    strip.set_form("short")
    strip.resize(440, strip.sizeHint().height())
    short = strip.grab().toImage()
    strip.set_form("mark")
    assert strip.sizeHint().width() < 200
    assert strip.minimumSizeHint() == strip.sizeHint()
    strip.resize(strip.sizeHint())
    assert strip.grab().toImage() != short
    one_older = strip.sizeHint().width()
    strip.set_editions("Editions", EDITIONS[:2])
    assert strip.sizeHint().width() > one_older
    strip.set_editions("Editions", [EditionMark("Values", "none"), EditionMark("Pairs", "older"), *EDITIONS[2:]])
    assert not strip.grab().isNull()


def test_a_date_that_no_edition_covers_is_said_in_words(look: Look, qtbot: QtBot) -> None:
    strip = EditionsStrip(look)
    qtbot.addWidget(strip)
    strip.set_editions("Editions", EDITIONS)
    strip.say("No edition covers this date")
    assert strip.accessibleName() == "No edition covers this date"
    strip.resize(120, 30)
    assert strip.shown_form() == "full"
    assert not strip.grab().isNull()


def test_a_click_and_space_open_the_editions_and_the_ring_is_inside(look: Look, qtbot: QtBot) -> None:
    strip = EditionsStrip(look)
    qtbot.addWidget(strip)
    strip.set_editions("Editions", EDITIONS)
    strip.resize(900, 30)
    strip.show()
    strip.activateWindow()
    without = strip.grab().toImage()
    strip.setFocus()
    qtbot.waitUntil(strip.hasFocus)
    assert strip.grab().toImage() != without
    with qtbot.waitSignal(strip.clicked):
        QTest.keyClick(strip, Qt.Key.Key_Return)
