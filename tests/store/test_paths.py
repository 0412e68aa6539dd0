"""The shipped files are found from source and in the frozen program alike."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from encoder import paths


def test_from_source_the_files_are_those_of_the_checkout() -> None:
    assert (paths.resources() / "sources.toml").is_file()
    assert paths.database() == paths.resources().parent / "db" / "encoder.db"
    assert paths.cases() == paths.resources().parent / "tests" / "cases"
    assert paths.program() == "python run.py"


def test_frozen_the_files_are_those_of_the_bundle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"
    assert paths.database() == tmp_path / "db" / "encoder.db"
    assert paths.cases() == tmp_path / "cases"
    monkeypatch.setattr(sys, "executable", str(tmp_path / "encoder.exe"))
    assert paths.program() == "encoder"


def test_the_user_may_name_the_folder_of_their_own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(paths.DATA, str(tmp_path))
    assert paths.editions() == tmp_path / "editions"
    assert paths.own_codes() == tmp_path / "codes.json"
    monkeypatch.setenv(paths.DATA, "")
    assert paths.data().name == "Graftpath"
    assert paths.data().is_absolute()
