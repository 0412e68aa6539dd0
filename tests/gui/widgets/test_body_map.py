"""The map of the skeleton: its regions, the pointer, the arrow keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from encoder.errors import DataError
from encoder.gui.look import Look
from encoder.gui.widgets.body_map import BodyMap
from encoder.gui.widgets.body_regions import BodyRegions, Direction, read_path
from tests.gui.look.dress import RESOURCES

SVG = (RESOURCES / "pictures" / "body_map.svg").read_text(encoding="utf-8")
REGIONS = BodyRegions(SVG)
MIDLINE = {"skull", "jaw", "spine", "sternum", "chest_wall", "sacrum", "pubic_symphysis"}
BONES = ("proximal_femur", "femur_shaft", "distal_femur", "proximal_humerus", "ankle", "radial_head")
OFFERED = {f"{bone}_{side}": f"{bone.replace('_', ' ')}, {side}" for bone in BONES for side in ("right", "left")}


@pytest.fixture
def body(look: Look, qtbot: QtBot) -> BodyMap:
    made = BodyMap(look)
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.offer(OFFERED)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def test_the_map_has_every_region_in_pairs_or_in_the_midline() -> None:
    names = set(REGIONS.ids())
    pairs = names - MIDLINE
    assert len(pairs) == 66
    assert {name.rpartition("_")[0] for name in pairs if name.endswith("_right")} == {
        name.rpartition("_")[0] for name in pairs if name.endswith("_left")
    }
    assert names >= MIDLINE
    assert (REGIONS.view_box.width(), REGIONS.view_box.height()) == (400, 800)


def test_the_right_side_of_the_patient_is_at_the_left() -> None:
    for name in set(REGIONS.ids()) - MIDLINE:
        assert (REGIONS.region(name).middle.x() < 200) == name.endswith("_right")


@pytest.mark.parametrize("name", sorted(OFFERED))
def test_a_point_on_a_region_finds_it_or_what_lies_on_top(name: str) -> None:
    assert REGIONS.at(REGIONS.region(name).middle, {name}) == name


def test_the_region_drawn_last_is_found_first_and_only_offered_ones_are() -> None:
    patella = REGIONS.region("patella_right").middle
    assert REGIONS.at(patella, REGIONS.ids()) == "patella_right"
    assert REGIONS.at(patella, {"distal_femur_right"}) == "distal_femur_right"
    assert REGIONS.at(patella, {"skull"}) == ""


def test_a_near_miss_takes_the_nearest_region() -> None:
    ankle = REGIONS.region("ankle_right")
    beside = QPointF(ankle.path.boundingRect().left() - 4, ankle.middle.y())
    assert not ankle.path.contains(beside)
    assert REGIONS.at(beside, {"ankle_right", "knee_right"}) == "ankle_right"
    far = beside - QPointF(30, 0)
    assert REGIONS.at(far, {"ankle_right", "knee_right"}) == ""


@given(st.floats(-50, 450), st.floats(-50, 850))
def test_any_point_gives_an_offered_region_or_none(x: float, y: float) -> None:
    assert REGIONS.at(QPointF(x, y), OFFERED) in {*OFFERED, ""}


@given(st.sampled_from(sorted(OFFERED)), st.sampled_from(["left", "right", "up", "down"]))
def test_an_arrow_key_goes_in_its_direction_or_stays(start: str, direction: Direction) -> None:
    there = REGIONS.beside(start, direction, OFFERED)
    step = REGIONS.region(there).middle - REGIONS.region(start).middle
    ahead = {"left": -step.x(), "right": step.x(), "up": -step.y(), "down": step.y()}[direction]
    assert there == start or ahead > 0


def test_every_region_can_be_reached_by_arrow_keys() -> None:
    offered = set(REGIONS.ids())
    reached, waiting = set[str](), [REGIONS.first(offered)]
    directions: tuple[Direction, ...] = ("left", "right", "up", "down")
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(REGIONS.beside(name, direction, offered) for direction in directions)
    assert reached == offered


@pytest.mark.parametrize(
    ("data", "said"),
    [("M1 2 l3 4", "absolute"), ("M1 2 L3", "wrong count"), ("M1 2 L3 Z 4", "a number"), ("M1 2 Z 3", "wrong count")],
)
def test_a_path_of_another_kind_is_refused(data: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        read_path(data, "tibia")


def test_a_map_without_regions_and_an_unknown_region_are_refused(body: BodyMap) -> None:
    with pytest.raises(DataError, match="no group 'regions'"):
        BodyRegions('<svg xmlns="http://www.w3.org/2000/svg"/>')
    with pytest.raises(DataError, match="no region 'wing'"):
        body.offer({"wing": "Wing"})


def test_the_pointer_finds_and_chooses_a_region(body: BodyMap, qtbot: QtBot) -> None:
    place = body.place_of("distal_femur_left").toPoint()
    with qtbot.waitSignal(body.region_hovered) as told:
        QTest.mouseMove(body, place)
    assert told.args == ["distal_femur_left"]
    assert body.toolTip() == "distal femur, left"
    with qtbot.waitSignal(body.region_chosen) as told:
        QTest.mouseClick(body, Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["distal_femur_left"]
    assert body.current() == "distal_femur_left"
    with qtbot.waitSignal(body.region_hovered) as told:
        QTest.mouseMove(body, QPoint(2, 2))
    assert told.args == [""]
    with qtbot.assertNotEmitted(body.region_chosen):
        QTest.mouseClick(body, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_arrow_keys_walk_and_enter_chooses(body: BodyMap, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(body.region_chosen):
        QTest.keyClick(body, Qt.Key.Key_Return)
    QTest.keyClick(body, Qt.Key.Key_Down)
    assert body.current().startswith("proximal_humerus")
    body.point_out("femur_shaft_left")
    QTest.keyClick(body, Qt.Key.Key_Down)
    assert body.current() == "distal_femur_left"
    QTest.keyClick(body, Qt.Key.Key_Left)
    assert body.current() == "distal_femur_right"
    with qtbot.waitSignal(body.region_chosen) as told:
        QTest.keyClick(body, Qt.Key.Key_Enter)
    assert told.args == ["distal_femur_right"]


def test_readers_hear_the_current_and_the_chosen_regions(body: BodyMap) -> None:
    reader = QAccessible.queryAccessibleInterface(body)
    assert reader.role() == QAccessible.Role.Graphic
    assert reader.text(QAccessible.Text.Name) == "Map of the skeleton"
    assert body.accessibleDescription().startswith("Arrow keys go from bone to bone.")
    body.point_out("ankle_right")
    body.select(["distal_femur_left", "skull"])
    assert reader.text(QAccessible.Text.Name) == "Map of the skeleton: ankle, right"
    assert body.accessibleDescription().startswith("Current: ankle, right. Chosen: distal femur, left.")
    body.point_out("skull")
    assert body.current() == ""


def test_other_regions_make_the_old_ones_forgotten(body: BodyMap) -> None:
    body.select(["ankle_left"])
    body.point_out("ankle_left")
    body.offer({"skull": "Skull"})
    assert (body.current(), body.offered()) == ("", {"skull": "Skull"})
    assert "Chosen" not in body.accessibleDescription()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_drawn_in_its_own_way(body: BodyMap, look: Look, scheme: str) -> None:
    look.set_scheme("dark" if scheme == "dark" else "light")
    QTest.mouseMove(body, QPoint(1, 1))
    pictures = [body.grab().toImage()]
    QTest.mouseMove(body, body.place_of("femur_shaft_right").toPoint())
    pictures.append(body.grab().toImage())
    body.point_out("femur_shaft_left")
    pictures.append(body.grab().toImage())
    body.select(["femur_shaft_left"])
    pictures.append(body.grab().toImage())
    body.point_out("")
    pictures.append(body.grab().toImage())
    body.offer({})
    pictures.append(body.grab().toImage())
    assert all(one not in pictures[:place] for place, one in enumerate(pictures))


def test_the_map_keeps_its_proportions_and_grows_with_the_text(body: BodyMap, look: Look) -> None:
    hint = body.sizeHint()
    assert hint.height() == 2 * hint.width()
    body.resize(600, 300)
    right, left = (body.place_of(f"femur_shaft_{side}") for side in ("right", "left"))
    assert (right.x() + left.x()) / 2 == pytest.approx(300, abs=1)
    assert body.region_at(right) == "femur_shaft_right"
    look.set_text_scale(2)
    assert body.sizeHint().width() == 2 * hint.width()
    assert body.minimumSizeHint() == hint


def test_other_keys_are_left_to_the_page(body: BodyMap) -> None:
    QTest.keyClick(body, Qt.Key.Key_A)
    assert body.current() == ""
