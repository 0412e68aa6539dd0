"""The splitter: panes that stay, panes that grow, and handles that are remembered in em."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from encoder.gui.look import Look
from encoder.gui.widgets.splitter import Splitter


class Kept:
    def __init__(self, **places: str) -> None:
        self.places = places

    def place(self, name: str) -> str:
        return self.places.get(name, "")

    def keep_place(self, name: str, place: str) -> None:
        self.places[name] = place


def case_page(look: Look, qtbot: QtBot, kept: Kept, width: int = 1302) -> Splitter:
    splitter = Splitter(look, "case", kept)
    qtbot.addWidget(splitter)
    splitter.add(QWidget(), size="way", least="least_way")
    splitter.add(QWidget(), least="least_column")
    splitter.add(QWidget(), size="right", least="least_tabs")
    splitter.resize(width, 600)
    splitter.show()
    return splitter


def test_panes_that_stay_have_their_size_and_the_rest_grows(look: Look, qtbot: QtBot) -> None:
    splitter = case_page(look, qtbot, Kept())
    assert splitter.sizes() == [232, 1302 - 232 - 396 - 10, 396]
    splitter.resize(1500, 600)
    assert splitter.sizes()[0] == 232
    assert splitter.sizes()[2] == 396


def test_columns_share_the_room_by_weight(look: Look, qtbot: QtBot) -> None:
    splitter = Splitter(look, "result", Kept())
    qtbot.addWidget(splitter)
    for weight in (1.16, 1, 0.92):
        splitter.add(QWidget(), least="least_column", weight=weight)
    splitter.resize(1010, 500)
    splitter.show()
    first, second, third = splitter.sizes()
    assert first / second == pytest.approx(1.16, abs=0.02)
    assert third / second == pytest.approx(0.92, abs=0.02)


def test_a_moved_handle_is_kept_and_found_again(look: Look, qtbot: QtBot) -> None:
    kept = Kept()
    splitter = case_page(look, qtbot, kept)
    splitter.moveSplitter(300, 1)
    assert kept.places["case"].startswith("23.08,")
    assert case_page(look, qtbot, kept).sizes()[0] == 300
    look.set_text_scale(2)
    assert case_page(look, qtbot, kept, 2604).sizes()[0] == 600


@pytest.mark.parametrize("place", ["", "nonsense", "1,2", "10,-3,20", "10,0,20"])
def test_a_place_that_makes_no_sense_is_passed_over(look: Look, qtbot: QtBot, place: str) -> None:
    assert case_page(look, qtbot, Kept(case=place)).sizes()[0] == 232


def test_no_pane_gets_smaller_than_its_least(look: Look, qtbot: QtBot) -> None:
    splitter = case_page(look, qtbot, Kept())
    splitter.moveSplitter(20, 1)
    assert splitter.sizes()[0] == 180


def test_another_text_size_measures_again(look: Look, qtbot: QtBot) -> None:
    splitter = case_page(look, qtbot, Kept(), 2604)
    look.set_text_scale(2)
    assert splitter.sizes()[0] == 464
    assert splitter.handleWidth() == 10


@pytest.mark.parametrize("orientation", [Qt.Orientation.Horizontal, Qt.Orientation.Vertical])
def test_a_handle_is_a_strip_with_hairlines_and_a_name(look: Look, qtbot: QtBot, orientation: Qt.Orientation) -> None:
    splitter = Splitter(look, "panes", Kept(), orientation)
    qtbot.addWidget(splitter)
    for least in ("least_possible", "least_note"):
        splitter.add(QWidget(), least=least)
    splitter.resize(500, 500)
    splitter.show()
    handle = splitter.handle(1)
    assert handle.accessibleName() == "Border between two panes"
    image = handle.grab().toImage()
    assert image.pixelColor(0, 0) == look.colour("line")
    assert image.pixelColor(2, 2) in (look.colour("window"), look.colour("hover"))
