"""Icons and pictures: all there, in the colours of the tokens, with a text alternative."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap

from encoder.errors import DataError
from encoder.gui.look import Look
from encoder.gui.look.icons import Drawings
from encoder.gui.look.tokens import read_tokens
from tests.gui.look.dress import RESOURCES

ICONS = (
    "case",
    "cases",
    "check",
    "ask",
    "audit",
    "codes",
    "map",
    "data",
    "help",
    "settings",
    "search",
    "copy",
    "save",
    "page",
    "print",
    "query",
    "override",
    "review",
    "warn",
    "stop",
    "ok",
    "tick",
    "no",
    "possible",
    "note",
    "quote",
    "back",
    "up",
    "lock",
    "calendar",
    "star",
    "starred",
    "rollback",
    "import",
    "close",
    "right",
    "down",
    "info",
    "pin",
    "plus",
    "menu",
    "link",
    "open",
    "fit",
    "clock",
    "paste",
    "edit",
)
FORMS = ("osteoarticular", "hemicortical", "complete", "plug", "chips", "strut", "sleeve", "soft", "none")
ROWS = (*FORMS, "radical_resection", "curettage", "implant_removal_ankle")
PICTURES = sorted(path.stem for path in (RESOURCES / "pictures").glob("*.svg"))
HEX = re.compile(r"#[0-9A-Fa-f]{6}")
ALLOWED = {"svg", "title", "desc", "g", "path", "circle"}


def colours(pixmap: QPixmap) -> set[str]:
    """The colours of all opaque points."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    points = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {point.name().upper() for point in points if point.alpha() == 255}


def svg(path: str) -> str:
    return (RESOURCES / f"{path}.svg").read_text(encoding="utf-8")


def test_the_icon_set_is_whole() -> None:
    assert sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg")) == sorted(ICONS)


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_has_one_colour_and_it_is_the_one_asked_for(look: Look, name: str) -> None:
    assert "currentColor" in svg(f"icons/{name}")
    assert not HEX.search(svg(f"icons/{name}"))
    asked = look.colour("stop")
    drawn = colours(look.pixmap(name, "stop", "icon_rail", ratio=3))
    assert asked.name().upper() in drawn
    for point in map(QColor, drawn):  # two strokes that meet may round a channel by one
        off = (point.red() - asked.red(), point.green() - asked.green(), point.blue() - asked.blue())
        assert max(map(abs, off)) <= 1


def test_an_icon_is_drawn_once_per_size_colour_and_ratio(look: Look) -> None:
    once = look.pixmap("ok", "ok", "icon_row", ratio=1)
    assert look.pixmap("ok", "ok", "icon_row", ratio=1) is once
    sharp = look.pixmap("ok", "ok", "icon_row", ratio=2)
    assert (sharp.width(), sharp.deviceIndependentSize().width()) == (2 * once.width(), once.width())
    look.set_scheme("dark")
    assert look.pixmap("ok", "ok", "icon_row", ratio=1) is not once


def test_a_disabled_icon_is_quieter(look: Look) -> None:
    icon = look.icon("save", "text")
    off = icon.pixmap(16, QIcon.Mode.Disabled)
    assert look.tokens.colour("text3") in colours(off)
    assert look.tokens.colour("text") in colours(icon.pixmap(16))


def test_the_row_pictures_are_whole() -> None:
    assert sorted(path.stem for path in (RESOURCES / "pictures" / "row").glob("*.svg")) == sorted(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_a_row_picture_is_drawn_in_light_tokens_and_recoloured_for_dark(look: Look, name: str) -> None:
    file = read_tokens(RESOURCES / "tokens.toml")
    used = ("surface", "strong", "warn")
    pairs = [*(file.colours[colour] for colour in used), *file.pictures.values()]
    for written in {match.upper() for match in HEX.findall(svg(f"pictures/row/{name}"))}:
        assert len({dark for light, dark in pairs if light == written}) == 1
    light = look.row_picture(name, ratio=1)
    assert (light.width(), light.height()) == (66, 40)
    look.set_scheme("dark")
    assert not colours(look.row_picture(name, ratio=1)) & {"#EFE4CB", "#EE9130", "#FFFFFF"}


@pytest.mark.parametrize("name", [*PICTURES, *(f"row/{row}" for row in ROWS)])
def test_a_picture_has_a_text_alternative_and_plain_elements_only(look: Look, name: str) -> None:
    alternative = look.alternative(name)
    assert 4 < len(alternative.title) < 60
    assert alternative.desc.endswith(".")
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg(f"pictures/{name}")).iter()}
    assert tags <= ALLOWED


@pytest.mark.parametrize("name", [name for name in PICTURES if name != "body_map"])
def test_a_teaching_picture_is_square_and_the_same_in_both_schemes(look: Look, name: str) -> None:
    light = look.picture(name, ratio=1)
    assert light.width() == light.height() == look.px("picture_help")
    look.set_scheme("dark")
    assert look.picture(name, ratio=1) is light


def test_a_missing_drawing_and_a_missing_alternative_are_said(look: Look, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"resources/icons/unicorn\.svg is missing"):
        look.pixmap("unicorn")
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "mute.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    with pytest.raises(DataError, match=r"mute\.svg has no title"):
        Drawings(tmp_path).alternative("mute")


def test_the_text_of_a_drawing_can_be_had(look: Look) -> None:
    assert look.svg("pictures/body_map").startswith("<svg")
