"""The look in use: fonts, palette, style sheet, and what changes when scheme or text size do."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QPainterPath, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from encoder.errors import DataError, UsageError
from encoder.gui.look import Look
from encoder.gui.look.fonts import install
from encoder.gui.look.style import fill_in
from encoder.gui.look.tokens import read_tokens
from tests.gui.look.dress import RESOURCES

TNUM, ZERO = QFont.Tag("tnum"), QFont.Tag("zero")


def in_use(look: Look) -> tuple[str, str]:
    return look.scheme, look.choice


def test_the_bundled_face_is_used_in_three_weights(look: Look) -> None:
    assert look.has_bundled_face
    for weight in (400, 500, 600):
        info = QFontInfo(look.font("body", weight))
        assert (info.family(), info.weight()) == ("Inter", weight)


def test_every_role_has_tabular_figures_and_codes_have_a_slashed_zero(look: Look) -> None:
    for role in look.tokens.file.roles:
        font = look.font(role)
        assert font.featureValue(TNUM) == 1
        assert font.isFeatureSet(ZERO) == role.startswith("code")
        assert font.pointSizeF() >= 0.84 * look.font("body").pointSizeF()
    assert look.font("code").weight() == look.font("code_large").weight() == QFont.Weight.DemiBold
    assert look.font("code_large").pointSizeF() == pytest.approx(2.08 * look.font("body").pointSizeF(), rel=0.01)


def test_the_system_font_stands_in_when_the_face_is_missing_or_not_wanted(
    qapp: QApplication, look: Look, tmp_path: Path
) -> None:
    system = QFont("DejaVu Serif")
    system.setPixelSize(13)
    qapp.setFont(system)
    shutil.copytree(RESOURCES, tmp_path / "resources", ignore=shutil.ignore_patterns("fonts", "tree"))
    plain = Look(qapp, tmp_path / "resources")
    assert not plain.has_bundled_face
    assert plain.font("body").family() == "DejaVu Serif"
    assert plain.tokens.em == pytest.approx(13)
    look.set_bundled_face(False)
    assert look.font("body").family() != "Inter"


def test_turning_the_face_off_and_on_is_told_once_each(look: Look, qtbot: QtBot) -> None:
    with qtbot.waitSignal(look.changed):
        look.set_bundled_face(False)
    with qtbot.assertNotEmitted(look.changed):
        look.set_bundled_face(False)


def test_a_file_that_is_no_font_is_not_counted_as_a_face(tmp_path: Path) -> None:
    file = read_tokens(RESOURCES / "tokens.toml")
    for name in file.faces:
        (tmp_path / f"{name}.ttf").write_bytes(b"")
    assert not install(tmp_path, file)


def test_dark_and_light_change_palette_sheet_and_icons_with_one_signal(look: Look, qtbot: QtBot) -> None:
    application = cast(QApplication, QApplication.instance())
    with qtbot.waitSignal(look.changed):
        look.set_scheme("dark")
    assert look.scheme == look.choice == "dark"
    assert application.palette().color(QPalette.ColorRole.Window).name().upper() == "#0F1215"
    assert "#171B20" in application.styleSheet()
    with qtbot.assertNotEmitted(look.changed):
        look.set_scheme("dark")
    with qtbot.waitSignal(look.changed):
        look.set_scheme("system")
    assert in_use(look)[1] == "system"


def test_the_system_scheme_is_followed_unless_one_is_fixed(
    look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = cast(QApplication, QApplication.instance()).styleHints()
    monkeypatch.setattr(look, "_system_is_dark", lambda: True)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert in_use(look) == ("light", "light")
    look.set_scheme("system")
    assert in_use(look) == ("dark", "system")
    monkeypatch.setattr(look, "_system_is_dark", lambda: False)
    with qtbot.waitSignal(look.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert in_use(look) == ("light", "system")


def test_an_unknown_scheme_is_refused(look: Look) -> None:
    with pytest.raises(UsageError, match="'sepia'; it can be system, light or dark"):
        look.set_scheme(cast(Any, "sepia"))


def test_text_at_200_percent_doubles_fonts_rows_icons_and_paddings(look: Look, qtbot: QtBot) -> None:
    body, row, icon = look.font("body").pointSizeF(), look.px("answer"), look.pixmap("ok", ratio=1).width()
    with qtbot.waitSignal(look.changed):
        look.set_text_scale(2)
    assert look.font("body").pointSizeF() == pytest.approx(2 * body)
    assert look.px("answer") == 2 * row
    assert look.pixmap("ok", ratio=1).width() == 2 * icon
    assert look.frame("wide") == 2184
    assert f"border-radius: {look.px('radius')}px" in cast(QApplication, QApplication.instance()).styleSheet()


def test_a_text_size_outside_100_to_200_percent_is_the_nearest_of_the_two(look: Look) -> None:
    look.set_text_scale(7)
    assert look.text_scale == 2
    look.set_text_scale(0.2)
    assert look.text_scale == 1


def test_the_style_sheet_is_filled_in_wholly(look: Look) -> None:
    sheet = cast(QApplication, QApplication.instance()).styleSheet()
    assert "@" not in sheet
    assert look.tokens.colour("accent") in sheet


@pytest.mark.parametrize("sheet", ["a { color: @nothing; }", "a { width: @px.nothing; }", "a { b: @pt.nothing; }", "@"])
def test_a_style_sheet_with_an_unknown_name_is_refused(look: Look, sheet: str) -> None:
    with pytest.raises(DataError):
        fill_in(sheet, look.tokens, 1.33)


def test_a_missing_style_sheet_is_said(qapp: QApplication, look: Look, tmp_path: Path) -> None:
    shutil.copy(RESOURCES / "tokens.toml", tmp_path)
    with pytest.raises(DataError, match=r"look\.qss is missing"):
        Look(qapp, tmp_path)
    assert look.scheme == "light"


def test_this_qt_keeps_its_count_of_none() -> None:
    """One release of the bindings lost a reference to None on every call without a result, and then aborted."""
    path = QPainterPath()
    before = sys.getrefcount(None)
    for _ in range(1000):
        path.moveTo(1, 1)
    assert abs(sys.getrefcount(None) - before) < 100
