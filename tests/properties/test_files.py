"""Whatever stands in a tree file or a file of cases, it is read or refused in a sentence; nothing else escapes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from encoder.core.tree.model import Tree
from encoder.errors import DataError
from encoder.store.case_file import read_cases
from encoder.store.tree_file import read_tree
from tests.core.small import TREE

pytestmark = pytest.mark.usefixtures("unmeasured")

CASE = """\
[[case]]
id = "a"
say = "A case"
why = "Because"
cites = ["list#a"]
date = 2026-05-01
answers = { form = "joint", work = ["hardware", "vessels"] }
expect = { status = "decided", lines = ["27365-LT"], warnings = ["W01"], absent = ["20933"], review = false }
"""
SCALARS = [
    *('"text"', '""', '"a b"', "1", "-0.5", "nan", "true", "false", "2026-05-01", "2026-05-01T01:02:03", "01:02:03"),
    *("[]", "{}", "[[]]", "[1]", '["a"]', '[{ id = "a" }]', '{ id = "a" }', "[{}]", '[["a"]]', "[[[[]]]]"),
]
KEYS = [
    *("id", "say", "when", "only", "next", "to", "query", "answer", "alone", "regions", "kind", "source", "asked"),
    *("usual", "same_ways", "copy_answers", "refines", "map", "cites", "from", "until", "lines", "role", "code"),
    *("code_of", "modifiers", "warn", "review", "open", "ask", "sides", "head", "cite", "between", "effect", "modify"),
    *("value", "line", "case", "how", "args", "fact", "rule", "outcome", "question", "band", "family", "codes", "near"),
    *("case", "date", "answers", "expect", "status", "absent", "missing", "warnings", "schema", "title", "start"),
]


def read_small(folder: Path, files: dict[str, bytes]) -> Tree | None:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        return read_tree(folder, "small")
    except DataError:
        return None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


SMALL = {name: text.encode() for name, text in TREE.items()}
LINES = [(name, number) for name, text in TREE.items() for number in range(len(text.splitlines()))]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@example(b"[[outcome]]\nid = 1")
@example(b"outcome = 1")
@example(b"[[case]]\n[[case]]")
def test_any_bytes_as_a_part_of_a_tree_are_read_or_refused(folder: Path, data: bytes) -> None:
    read_small(folder, {**SMALL, "small.texts.toml": data})


@settings(max_examples=400)
@given(st.sampled_from(LINES), st.sampled_from(KEYS), st.sampled_from(SCALARS))
def test_any_value_for_any_key_of_a_tree_is_read_or_refused(
    folder: Path, place: tuple[str, int], key: str, value: str
) -> None:
    """A line of a good file gives way to a key with any value."""
    name, number = place
    lines = TREE[name].splitlines()
    read_small(folder, {**SMALL, name: "\n".join([*lines[:number], f"{key} = {value}", *lines[number + 1 :]]).encode()})


@settings(max_examples=300)
@given(st.sampled_from(LINES), st.sampled_from(SCALARS))
def test_any_value_in_place_of_another_in_a_tree_is_read_or_refused(
    folder: Path, place: tuple[str, int], value: str
) -> None:
    """A key of a good file gets any value."""
    name, number = place
    lines = TREE[name].splitlines()
    key, sign, _ = lines[number].partition(" = ")
    changed = f"{key} = {value}" if sign else lines[number]
    read_small(folder, {**SMALL, name: "\n".join([*lines[:number], changed, *lines[number + 1 :]]).encode()})


def read(folder: Path, data: bytes) -> None:
    (folder / "cases.toml").write_bytes(data)
    try:
        cases = read_cases(folder)
    except DataError:
        return
    for case in cases:
        assert case.cites
        assert all(isinstance(text, str) for text in (case.id, case.say, *case.answers.values()))


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cases")


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@example(b"case = 1")
@example(b"case = [1]")
@example(b"case = {}")
def test_any_bytes_as_cases_are_read_or_refused(cases: Path, data: bytes) -> None:
    read(cases, data)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(CASE.splitlines()) - 1), st.sampled_from(KEYS), st.sampled_from(SCALARS), st.booleans())
def test_any_value_in_a_case_is_read_or_refused(cases: Path, number: int, key: str, value: str, instead: bool) -> None:
    lines = CASE.splitlines()
    key = lines[number].partition(" = ")[0] if instead and " = " in lines[number] else key
    read(cases, "\n".join([*lines[:number], f"{key} = {value}", *lines[number + 1 :]]).encode())
    inner = (
        CASE.replace("form =", f"form = {value}, other =") if instead else CASE.replace("lines =", f"lines = {value} #")
    )
    read(cases, inner.encode())


def test_the_good_files_are_read(folder: Path, cases: Path) -> None:
    assert read_small(folder, SMALL) is not None
    (cases / "cases.toml").write_text(CASE, encoding="utf-8")
    assert [case.answers for case in read_cases(cases)] == [{"form": "joint", "work": "hardware+vessels"}]
    assert tomllib.loads(CASE)
