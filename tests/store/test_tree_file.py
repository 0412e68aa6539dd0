"""A tree file is read strictly: what is not as described is refused by file, id, key, value and what was expected."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from encoder.core.codes import Span
from encoder.core.tree.model import Condition, Effect, Go, Kind, LineSpec
from encoder.errors import DataError
from encoder.store.tree_file import read_tree, tree_ids
from tests.core.small import DETAILS, HEAD, Small


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


def refused_texts() -> list[tuple[str, str, str, str]]:
    """File, what is replaced, by what, and the sentence of the refusal."""
    text = (Path(__file__).parent / "refused_tree.txt").read_text(encoding="utf-8").replace("(nothing)", "")
    found = re.findall(r"^(\S+\.toml): (.*) => (.*)\n    (.*)$", text, re.MULTILINE)
    assert len(found) == text.count(" => ")
    return [(file, old.replace("\\n", "\n"), new.replace("\\n", "\n"), say) for file, old, new, say in found]


@pytest.mark.parametrize(("file", "old", "new", "say"), refused_texts())
def test_a_spoiled_text_is_refused_in_one_sentence(small: Small, file: str, old: str, new: str, say: str) -> None:
    small.change(file, old, new)
    with pytest.raises(DataError) as refused:
        small.tree()
    assert str(refused.value) == say


@pytest.mark.parametrize(
    ("data", "say"),
    [
        (b'schema = 1\nschema = 1\nid = "small"', "Cannot overwrite a value"),
        (b'id = "small"\n\xff', "'utf-8' codec can't decode byte 0xff"),
        (b"id = ", "Invalid value"),
        (b"id = " + b"[" * 5000, "maximum recursion depth exceeded"),
    ],
    ids=["a key twice", "no text", "no value", "too deep"],
)
def test_what_is_no_toml_is_refused_by_its_file(small: Small, data: bytes, say: str) -> None:
    small.put("small.toml", data)
    with pytest.raises(
        DataError, match=rf"^small\.toml is not valid TOML: .*{re.escape(say)}.*; mend the line named\.$"
    ):
        small.tree()


def test_a_tree_that_is_missing_is_refused_with_those_that_are_there(small: Small) -> None:
    with pytest.raises(DataError) as refused:
        read_tree(small.tree_folder, "large")
    assert str(refused.value) == "Tree 'large' cannot be read: large.toml is missing or unreadable; trees here: small."
    with pytest.raises(DataError, match="trees here: none"):
        read_tree(small.tree_folder / "nowhere", "large")


def test_a_head_without_its_parts_is_a_tree_of_its_own(small: Small) -> None:
    assert tree_ids(small.tree_folder) == ("small",)
    (small.tree_folder / "other.toml").write_text('schema = 1\nid = "other"\ntitle = "Other"\nedition = "1"\n', "utf-8")
    assert tree_ids(small.tree_folder) == ("other", "small")
    with pytest.raises(DataError, match="tree 'other' has no 'start'"):
        read_tree(small.tree_folder, "other")


def test_the_parts_become_one_tree(small: Small) -> None:
    tree = small.tree()
    assert (tree.id, tree.title, tree.edition, tree.start) == ("small", "A small tree", "2026-11-23", "claim")
    assert tree.span == Span(date(2019, 1, 1), date(2026, 12, 31))
    assert [band.outcome for band in tree.bands] == ["before", "after"]
    assert [question.id for question in tree.deciding()] == ["claim", "form", "bone", "placed"]
    assert [question.id for question in tree.refining()][:3] == ["side", "work", "donor"]
    assert tree.questions["claim"].go == (Go("form"),)
    assert tree.questions["claim"].same_ways == (("outpatient", "surgeon"),)
    assert tree.questions["bone"].map
    assert tree.questions["bone"].where == "small.toml: question 'bone'"
    assert tree.questions["bone"].go[2] == Go("end", Condition((("form", frozenset(("chips",))),)))
    assert tree.questions["second_bone"].answers == tree.questions["bone"].answers
    assert (tree.questions["work"].kind, tree.questions["work"].usual) == (Kind.MANY, "none")
    assert tree.questions["work"].answers[0].alone
    assert tree.questions["form"].answers[2].brief == "None"
    assert tree.questions["form"].answers[0].brief == "With a joint surface"
    assert tree.questions["form"].answers[3].query == "form"
    assert (tree.outcomes["outside"].named, tree.outcomes["chips"].named) == (True, False)
    assert tree.outcomes["listed"].lines[1] == LineSpec("add_on", "", "add_on")
    assert tree.outcomes["refused"].open is not None
    assert tree.outcomes["refused"].open.sides[1] == ("No", "One does not.", "manual#no")
    rules = {rule.id: rule for rule in tree.rules}
    assert rules["left"].effects == (Effect("modify", on="primary", value="LT"),)
    assert rules["hardware"].effects[0] == Effect("line", line=LineSpec("other", "20680", "", ("XS",)))
    assert rules["withdrawn"].span == Span(date(2019, 10, 1), None)
    assert rules["values"].effects == ()
    assert tree.warnings["W02"].severity == "note"
    assert [family.id for family in tree.families] == ["joint", "vessels", "knees"]


def test_the_hash_covers_every_part_and_its_name(small: Small) -> None:
    first = small.tree().sha256
    assert small.tree().sha256 == first
    small.put("small.details.toml", (DETAILS + "\n").encode())
    second = small.tree().sha256
    small.put("small.details.toml", DETAILS.encode())
    (small.tree_folder / "small.details.toml").rename(small.tree_folder / "small.detail.toml")
    assert len({first, second, small.tree().sha256}) == 3
    small.put("small.toml", HEAD.replace("A small tree", "A tree").encode())
    assert small.tree().title == "A tree"
