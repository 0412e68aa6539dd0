"""The bundled face: text is never boxes, figures stand in columns, and a zero in a code is no letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QImage, QPainter, QRawFont
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "resources" / "fonts"
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600}


def shown() -> str:
    """Every sign of our tables, trees, help and code, and the letters that a name in Latin script may bring."""
    kinds = ("db/sources/**/*.csv", "resources/**/*.toml", "resources/**/*.md", "encoder/**/*.py")
    texts = [path for kind in kinds for path in ROOT.glob(kind)]
    signs = {sign for path in texts for sign in path.read_text(encoding="utf-8") if sign.isprintable()}
    deprecated = {"ŉ"}
    return "".join(sorted(signs | {chr(sign) for sign in range(0xA1, 0x180) if chr(sign).isprintable()} - deprecated))


@pytest.mark.parametrize("face", WEIGHTS)
def test_a_face_has_every_sign_that_the_screen_shows(qtbot: QtBot, face: str) -> None:
    raw = QRawFont(str(FONTS / f"Inter-{face}.otf"), 13)
    assert raw.isValid()
    assert [sign for sign in shown() if not raw.supportsCharacter(ord(sign))] == []


@pytest.mark.parametrize(("face", "weight"), WEIGHTS.items())
def test_codes_have_slashed_zeros_and_figures_of_one_width(qtbot: QtBot, face: str, weight: int) -> None:
    assert QFontDatabase.addApplicationFont(str(FONTS / f"Inter-{face}.otf")) >= 0
    plain = QFont("Inter")
    plain.setPixelSize(40)
    plain.setWeight(QFont.Weight(weight))
    code = QFont(plain)
    code.setFeature(QFont.Tag("tnum"), 1)
    code.setFeature(QFont.Tag("zero"), 1)
    assert QFontMetricsF(plain).horizontalAdvance("1111") < QFontMetricsF(plain).horizontalAdvance("0000")
    assert QFontMetricsF(code).horizontalAdvance("1111") == QFontMetricsF(code).horizontalAdvance("0000")
    assert not zero_is_slashed(plain)
    assert zero_is_slashed(code)


def zero_is_slashed(font: QFont) -> bool:
    """Whether there is ink in the middle of a drawn zero."""
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, "0")
    painter.end()
    ink = [(x, y) for x in range(60) for y in range(60) if image.pixelColor(x, y).lightness() < 128]
    xs, ys = {x for x, _ in ink}, {y for _, y in ink}
    return ((min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2) in ink


def test_the_licence_travels_with_the_face() -> None:
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert licence.startswith("Copyright © 2020 The Inter Project Authors")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
