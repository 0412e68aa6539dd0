"""Buttons with their keys, segments, check boxes, radio buttons, drop-downs, and the ring around them."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from encoder.errors import UsageError
from encoder.gui.look import Look
from encoder.gui.widgets.buttons import ButtonKind, KeyButton
from encoder.gui.widgets.choices import CheckBox, ComboBox, RadioButton, Segmented
from encoder.gui.widgets.focus import OWN_RING, FocusFrame
from encoder.gui.widgets.paint import key_width, keys_width, spoken_keys


def app() -> QApplication:
    return cast(QApplication, QApplication.instance())


def shown(widget: QWidget, qtbot: QtBot) -> QWidget:
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    return widget


def test_a_button_has_room_for_icon_words_and_keys(look: Look, qtbot: QtBot) -> None:
    bare, full = KeyButton(look, "Copy"), KeyButton(look, "Copy", icon="copy", keys=("Ctrl", "Shift", "C"))
    for button in (bare, full):
        qtbot.addWidget(button)
    words = QFontMetricsF(look.font("body")).horizontalAdvance("Copy")
    assert bare.sizeHint().height() == look.px("control")
    assert bare.sizeHint().width() >= words + 2 * look.px("part")
    room = full.sizeHint().width() - bare.sizeHint().width()
    assert room >= look.px("icon_text") + keys_width(look, full.keys())
    assert full.accessibleDescription() == "Key: Ctrl+Shift+C"
    assert full.minimumSizeHint() == full.sizeHint()


def test_other_keys_icon_or_kind_measure_the_button_again(look: Look, qtbot: QtBot) -> None:
    button = KeyButton(look, "Copy", keys=("1",))
    qtbot.addWidget(button)
    before = button.sizeHint().width()
    button.set_icon_name("copy")
    button.set_keys(("Ctrl", "K"))
    button.set_kind("primary")
    assert button.sizeHint().width() > before
    button.set_keys(())
    assert (button.keys(), button.accessibleDescription()) == ((), "")


def test_a_key_cap_is_at_least_square_and_keys_are_spoken(look: Look) -> None:
    assert key_width(look, "1") == key_width(look, "8") >= look.px("key")
    assert key_width(look, "3", "key_large") == look.px("key_large")
    assert key_width(look, "Backspace") > look.px("key")
    assert spoken_keys(("1", "–", "8")) == "1 to 8"
    assert spoken_keys(("Ctrl", "K")) == "Ctrl+K"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["plain", "primary", "flat", "link"])
def test_every_state_of_a_button_looks_different(look: Look, qtbot: QtBot, kind: ButtonKind, scheme: str) -> None:
    look.set_scheme("dark" if scheme == "dark" else "light")
    button = KeyButton(look, "Copy", icon="copy", keys=("C",), kind=kind)
    button.setCheckable(True)
    shown(button, qtbot)
    pictures = [button.grab().toImage()]
    button.setDown(True)
    pictures.append(button.grab().toImage())
    button.setDown(False)
    button.setChecked(True)
    pictures.append(button.grab().toImage())
    button.setEnabled(False)
    pictures.append(button.grab().toImage())
    different = [one for place, one in enumerate(pictures) if one not in pictures[:place]]
    assert len(different) >= (3 if kind in ("link", "primary") else 4)


def test_a_small_button_is_lower_and_grows_with_the_text(look: Look, qtbot: QtBot) -> None:
    button = KeyButton(look, "Paste", icon="paste", small=True)
    qtbot.addWidget(button)
    assert button.sizeHint().height() == 24
    look.set_text_scale(2)
    assert button.sizeHint().height() == 48
    button.show()
    assert button.height() >= 48


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_the_button_that_has_the_focus(look: Look, qtbot: QtBot, key: Qt.Key) -> None:
    button = KeyButton(look, "Copy lines and reason", kind="primary")
    shown(button, qtbot)
    assert not button.autoDefault()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def claim(look: Look) -> Segmented:
    return Segmented(look, "Claim", [("surgeon", "Surgeon"), ("outpatient", "Outpatient"), ("inpatient", "Inpatient")])


def test_segments_are_exclusive_and_tell_what_the_user_chose(look: Look, qtbot: QtBot) -> None:
    segmented = claim(look)
    shown(segmented, qtbot)
    assert segmented.current() == "surgeon"
    with qtbot.waitSignal(segmented.chosen) as told:
        QTest.mouseClick(segmented.segment("inpatient"), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert told.args == ["inpatient"]
    assert segmented.current() == "inpatient"
    with qtbot.assertNotEmitted(segmented.chosen):
        segmented.set_current("outpatient")
    assert segmented.current() == "outpatient"


def test_the_arrow_keys_go_to_the_next_segment(look: Look, qtbot: QtBot) -> None:
    segmented = claim(look)
    shown(segmented, qtbot)
    segmented.segment("surgeon").setFocus()
    with qtbot.waitSignal(segmented.chosen) as told:
        QTest.keyClick(segmented.segment("surgeon"), Qt.Key.Key_Right)
    assert told.args == ["outpatient"]


def test_segments_are_radio_buttons_to_a_reader_and_keep_their_width(look: Look, qtbot: QtBot) -> None:
    segmented = claim(look)
    shown(segmented, qtbot)
    reader = QAccessible.queryAccessibleInterface(segmented.segment("surgeon"))
    assert reader.role() == QAccessible.Role.RadioButton
    assert reader.text(QAccessible.Text.Name) == "Surgeon"
    assert reader.text(QAccessible.Text.Description) == "Claim"
    width = segmented.width()
    segmented.set_current("inpatient")
    segmented.segment("outpatient").setEnabled(False)
    assert segmented.sizeHint().width() == width
    assert not segmented.grab().isNull()


def test_an_unknown_segment_is_refused(look: Look, qtbot: QtBot) -> None:
    segmented = claim(look)
    qtbot.addWidget(segmented)
    with pytest.raises(UsageError, match="Claim has no choice 'payer'; it has surgeon, outpatient, inpatient"):
        segmented.set_current("payer")


@pytest.mark.parametrize("made", [CheckBox, RadioButton])
def test_check_boxes_and_radio_buttons_turn_on_with_space_and_a_click(
    look: Look, qtbot: QtBot, made: type[CheckBox] | type[RadioButton]
) -> None:
    button = made(look, "Follow the system")
    shown(button, qtbot)
    off = button.grab().toImage()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.isChecked()
    assert button.grab().toImage() != off
    assert button.sizeHint().height() >= look.px("target")
    button.setEnabled(False)
    assert not button.grab().isNull()
    other = made(look, "Other")
    shown(other, qtbot)
    QTest.mouseClick(other, Qt.MouseButton.LeftButton, pos=QPoint(other.width() - 2, 3))
    assert other.isChecked()


def test_a_drop_down_is_as_high_as_other_controls_and_has_a_name(look: Look, qtbot: QtBot) -> None:
    drop = ComboBox(look, "Locality")
    drop.addItems(["National", "A locality with a long name"])
    shown(drop, qtbot)
    assert drop.accessibleName() == "Locality"
    assert drop.height() >= look.px("control")
    metrics = QFontMetricsF(look.font("body"))
    assert drop.sizeHint().width() > metrics.horizontalAdvance("A locality with a long name")
    drop.setEnabled(False)
    assert not drop.grab().isNull()


def window_with_ring(look: Look) -> tuple[QWidget, FocusFrame]:
    window = QWidget()
    QVBoxLayout(window)
    return window, FocusFrame(look, app(), window)


def test_the_ring_follows_the_focus_around_single_controls_only(look: Look, qtbot: QtBot) -> None:
    window, ring = window_with_ring(look)
    button, field, other = KeyButton(look, "One"), QLineEdit(), KeyButton(look, "Two")
    painted, asking = KeyButton(look, "Own"), QLabel("asks")
    painted.setProperty(OWN_RING, True)
    asking.setProperty(OWN_RING, False)
    asking.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for widget in (button, field, other, painted, asking):
        cast(QVBoxLayout, window.layout()).addWidget(widget)
    shown(window, qtbot)
    for widget, ringed in ((button, True), (field, False), (other, True), (painted, False), (asking, True)):
        widget.setFocus()
        assert ring.isVisible() == ringed
        assert (ring.held() is widget) == ringed
        if ringed:
            assert ring.geometry() == widget.geometry().adjusted(-3, -3, 3, 3)
            assert not ring.grab().isNull()


def test_the_ring_moves_scales_and_goes_with_its_control(look: Look, qtbot: QtBot) -> None:
    window, ring = window_with_ring(look)
    button = KeyButton(look, "One")
    cast(QVBoxLayout, window.layout()).addWidget(button)
    shown(window, qtbot)
    button.setFocus()
    button.move(40, 50)
    assert ring.geometry().topLeft() == QPoint(37, 47)
    look.set_text_scale(2)
    assert ring.geometry().topLeft() == button.pos() - QPoint(6, 6)
    button.hide()
    assert not ring.isVisible()


def test_the_ring_stays_inside_a_scrolled_pane_and_survives_a_deleted_control(look: Look, qtbot: QtBot) -> None:
    window, ring = window_with_ring(look)
    area, inside = QScrollArea(), QWidget()
    column = QVBoxLayout(inside)
    buttons = [KeyButton(look, f"Button {place}") for place in range(30)]
    for button in buttons:
        column.addWidget(button)
    area.setWidget(inside)
    cast(QVBoxLayout, window.layout()).addWidget(area)
    window.resize(200, 200)
    shown(window, qtbot)
    buttons[0].setFocus()
    assert ring.isVisible()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert not ring.isVisible()
    area.verticalScrollBar().setValue(0)
    assert ring.isVisible()
    inside.deleteLater()
    qtbot.waitUntil(lambda: not ring.isVisible())
