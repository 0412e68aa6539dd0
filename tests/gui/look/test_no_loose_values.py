"""Colours, sizes and fonts are written in the token file and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.gui.look.dress import RESOURCES

GUI = RESOURCES.parent / "encoder" / "gui"
MODULES = sorted(path for path in GUI.rglob("*.py") if path.parent != GUI / "look")
LOOSE = {
    "a hex colour": re.compile(r"#[0-9A-Fa-f]{3,8}\b"),
    "a px length": re.compile(r"\b\d+(?:\.\d+)?px\b"),
    "a font size": re.compile(r"setPointSize|setPixelSize|setPointSizeF|QFont\("),
    "a style sheet": re.compile(r"setStyleSheet"),
    "a colour of Qt": re.compile(r"GlobalColor\.(?!transparent)"),
    "a made colour": re.compile(r"QColor\("),
    "a length in a call": re.compile(
        r"\.(?:setSpacing|setMargin|setIndent|addSpacing|setIconSize|setHandleWidth|setContentsMargins|setViewportMargins"
        r"|set(?:Fixed|Minimum|Maximum)(?:Width|Height|Size))\([^)\n]*\b[1-9]\d*\b"
    ),
}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(GUI)))
def test_a_module_of_the_window_writes_no_colour_size_or_font(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    for what, pattern in LOOSE.items():
        found = [f"{text.count(chr(10), 0, match.start()) + 1}: {match[0]}" for match in pattern.finditer(text)]
        assert not found, f"{module.name} writes {what}; it belongs into resources/tokens.toml"


def test_the_style_sheet_writes_no_colour_and_no_length() -> None:
    sheet = (RESOURCES / "look.qss").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b", sheet)
    assert not re.findall(r"\b\d+(?:px|pt|em)\b", sheet)
