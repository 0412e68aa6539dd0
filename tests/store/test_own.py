"""Favourites and notes are kept in one file of the user, written whole or not at all, refused when spoiled."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.core.own import Collection, OwnNote
from encoder.errors import InputError, SetupError
from encoder.store.own import NAME, read_collection, write_collection

NOTE = OwnNote("20932", "Größe: “tabular” \n second line", date(2026, 5, 1), "cpt", "20932", "0123456789abcdef")
FULL = Collection(("27365", "20932"), (NOTE, NOTE))


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / NAME
    assert read_collection(file) == Collection()
    write_collection(file, FULL)
    assert read_collection(file) == FULL
    write_collection(file, Collection())
    assert read_collection(file) == Collection()
    assert [path.name for path in file.parent.iterdir()] == [NAME]


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.dates(),
    st.lists(st.text("0123456789", max_size=5)),
)
def test_any_text_is_kept_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, text: str, on: date, codes: list[str]
) -> None:
    file = tmp_path_factory.mktemp("own") / NAME
    kept = Collection(tuple(codes), (OwnNote("27365", text, on, text, text, text),))
    write_collection(file, kept)
    assert read_collection(file) == kept


def spoiled(**changes: object) -> str:
    whole = {"version": 1, "favourites": [], "notes": []}
    return json.dumps(whole | changes)


def note(**changes: object) -> str:
    whole: dict[str, object] = dict.fromkeys(("code", "text", "table", "key", "hash"), "x")
    whole = whole | {"written": "2026-05-01"} | changes
    return spoiled(notes=[{key: value for key, value in whole.items() if value is not None}])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "it cannot be read (JSONDecodeError)"),
        ("[" * 100_000, "it cannot be read (RecursionError)"),
        ("[]", "it is not of version 1"),
        ("null", "it is not of version 1"),
        ("{}", "it is not of version 1"),
        (spoiled(version=2), "it is not of version 1"),
        (spoiled(favourites="27365"), "'favourites' is no list of codes"),
        (spoiled(favourites=[27365]), "'favourites' is no list of codes"),
        (spoiled(notes={}), "'notes' is no list"),
        (spoiled(notes=["x"]), "a note in it is not whole"),
        (note(text=None), "a note in it is not whole"),
        (note(hash=1), "a note in it is not whole"),
        (note(written="yesterday"), "a note in it has no date"),
    ],
)
def test_a_spoiled_file_is_refused_and_left_as_it_is(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / NAME
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_collection(file)
    place = f"The favourites and notes in {file} are not used"
    assert str(refused.value) == f"{place}: {why}; mend the file, or move it away to begin anew."
    assert file.read_text(encoding="utf-8") == text


def test_a_file_that_is_no_text_or_no_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="UnicodeDecodeError"):
        read_collection(file)
    with pytest.raises(InputError, match=r"IsADirectoryError|PermissionError"):
        read_collection(tmp_path)


def test_where_nothing_can_be_written_the_earlier_file_stays(tmp_path: Path) -> None:
    file = tmp_path / NAME
    write_collection(file, FULL)
    unpaired = Collection((), (OwnNote("20932", "\udc80", date(2026, 5, 1), "cpt", "20932", "x"),))
    with pytest.raises(SetupError) as refused:
        write_collection(file, unpaired)
    said = f"The favourites and notes cannot be written to {file} (UnicodeEncodeError)"
    assert str(refused.value) == f"{said}; choose a folder that can be written."
    assert read_collection(file) == FULL
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    with pytest.raises(SetupError):
        write_collection(file / "below" / NAME, FULL)
