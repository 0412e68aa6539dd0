"""The picture maker, a small part of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests import shots
from tests.screen import Screen


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_scenes_are_drawn_in_every_way(window: Screen, tmp_path: Path) -> None:
    chosen = [shots.Scene("question_form", shots.TUMOUR), shots.Scene("result", shots.JOINT)]
    before = window.settings.choices
    made = shots.draw(window, chosen, shots.WAYS, tmp_path)
    window.desk.choose(before)
    files = sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.png"))
    assert files == sorted(f"{way.folder}/{scene.name}.png" for way in shots.WAYS for scene in chosen)
    assert made == len(files)
    for way in shots.WAYS:
        image = QImage(str(tmp_path / way.folder / "result.png"))
        assert image.size().toTuple() == way.size
        dark = image.pixelColor(image.width() - 2, image.height() // 2).lightness() < 128
        assert dark == (way.scheme == "dark")


def test_one_scene_in_one_way_is_drawn_by_name(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shots.main(["--only", "stopped_before", "--way", "compact", "--out", str(tmp_path)])
    assert [file.name for file in tmp_path.rglob("*.png")] == ["stopped_before_2019.png"]
    assert capsys.readouterr().out.startswith("Drew 1 pictures into ")
