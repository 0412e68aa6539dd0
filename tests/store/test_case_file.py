"""Worked cases are read strictly: what is not as described is refused by file, case, key and value."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from encoder.core.cases import Case, Expected
from encoder.errors import DataError
from encoder.store.case_file import read_cases

GOOD = """\
[[case]]
id = "one"
say = "A case"
why = "Because"
cites = ["list#1", "list#2"]
date = 2026-05-01
answers = { form = "joint", work = ["hardware", "vessels"] }

[case.expect]
status = "decided"
outcome = "O-20932"
lines = ["27365-LT", "20932"]
warnings = ["W01"]
absent = ["20933"]
review = false
"""
BARE = """\
[[case]]
id = "two"
say = "Another case"
why = "The note is silent"
cites = ["list#3"]
date = 2018-12-31
answers = {}
expect = { status = "query", missing = "form" }
"""


def read(folder: Path, **files: str) -> tuple[Case, ...]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return read_cases(folder)


def test_cases_are_read_in_the_order_of_the_files(tmp_path: Path) -> None:
    two, one = read(tmp_path, b=GOOD, a=BARE)
    assert one == Case(
        "one",
        "A case",
        "Because",
        ("list#1", "list#2"),
        date(2026, 5, 1),
        {"form": "joint", "work": "hardware+vessels"},
        Expected("decided", "O-20932", ("27365-LT", "20932"), ("W01",), ("20933",), False, ""),
    )
    assert (two.id, two.answers) == ("two", {})
    assert two.expect == Expected("query", "", None, (), (), None, "form")


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        read_cases(tmp_path)
    assert str(refused.value) == (
        f"No case files in {tmp_path.name}: nothing to replay; the installation is not complete."
    )


def test_two_cases_of_one_id_are_refused_across_files(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"^b\.toml: case 'one' stands a second time; ids are unique\.$"):
        read(tmp_path, a=GOOD, b=GOOD)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[[case]]", "[[case", "a.toml cannot be read as TOML: Expected ']]' at the end of an array declaration "),
        ("[[case]]", "[[cases]]", "a.toml: unknown key 'cases'; one of case was expected."),
        ('id = "one"\n', "", "a.toml: case 1: 'id' is missing; a text was expected."),
        ('id = "one"', "id = 7", "a.toml: case 7: 'id' is 7; a text was expected."),
        ("say =", "says =", "a.toml: case one: unknown key 'says'; one of answers, cites, date, expect, id, say, why "),
        ("2026-05-01", '"2026-05-01"', "a.toml: case one: 'date' is '2026-05-01'; a date was expected."),
        ("2026-05-01", "2026-05-01T10:00:00", "a.toml: case one: 'date' is datetime.datetime(2026, 5, 1, 10, 0); a "),
        ('{ form = "joint", work', "{ form = 1, work", "a.toml: case one, answers: 'form' is 1; a text was expected."),
        ('"vessels"] }', "1] }", "a.toml: case one, answers: 'work' is ['hardware', 1]; a list of texts was expected."),
        ('status = "decided"\n', "", "a.toml: case one, expect: 'status' is missing; a text was expected."),
        ("review = false", "review = 0", "a.toml: case one, expect: 'review' is 0; true or false was expected."),
        ("review =", "reviews =", "a.toml: case one, expect: unknown key 'reviews'; one of absent, lines, missing, "),
        ('["W01"]', '"W01"', "a.toml: case one, expect: 'warnings' is 'W01'; a list was expected."),
        ('cites = ["list#1", "list#2"]\n', "", "a.toml: case one has no 'cites'; every case names its source."),
        ("answers = {", 'answers = "x" # {', "a.toml: case one: 'answers' is 'x'; a table was expected."),
    ],
)
def test_a_spoiled_case_is_refused_in_one_sentence(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in GOOD
    with pytest.raises(DataError) as refused:
        read(tmp_path, a=GOOD.replace(old, new, 1))
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("case = 1", "a.toml: 'case' is 1; a list was expected."),
        ("case = [1]", "a.toml: 'case' is [1]; a list of tables was expected."),
    ],
)
def test_a_list_of_cases_that_is_none_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(DataError) as refused:
        read(tmp_path, a=text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("data", [b"\xff", b"a = " + b"[" * 5000], ids=["no text", "too deep"])
def test_what_is_no_toml_is_refused_by_its_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.toml").write_bytes(data)
    with pytest.raises(DataError, match=r"^a\.toml cannot be read as TOML: .*; mend the line named\.$"):
        read_cases(tmp_path)


def test_a_file_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").mkdir()
    with pytest.raises(DataError, match=r"^a\.toml cannot be read as TOML: "):
        read_cases(tmp_path)
