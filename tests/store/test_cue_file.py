"""Reading the cue files: each kind of mistake is refused in one sentence that names the place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from encoder import paths
from encoder.core.note.cues import Composed, Kind
from encoder.core.note.text import words_of
from encoder.errors import DataError
from encoder.store.cue_file import examples, read_cues, read_query_words

GOOD = """
[alias]
femoral = "femur"
[whole]
plan = ["plan"]
[[words]]
kind = "history"
any = ["hospital course", "history"]
[groups]
told = ["body"]
[[term]]
fact = "main_procedure"
value = "curettage"
in = ["told", "title"]
phrases = ["curettage"]
yes = ["<Curettage>."]
no = ["None."]
[[cue]]
status = "negated"
looks = "after"
phrases = ["no"]
examples = [{ say = "No <curettage>.", is = "negated" }, "x"]
[site.femur]
kind = "bone"
region = "limb"
phrases = ["femur"]
answers = { bone = "distal_femur" }
examples = ["femur"]
[derive]
rows = [["region", "limb", { bone = "distal_femur", side = ["left", "right"] }]]
[sets]
joint = ["condyle", "femoral head"]
[[hint]]
name = "joint_part"
bind = "line"
phrases = ["{joint} was seen", "no {set}"]
[compose]
rows = [["complete", ["joint_part promise"], ["chips"]]]
[prefer]
graft_day = ["earlier"]
[lists]
has = ["with"]
"""


def folder(tmp_path: Path, text: str, name: str = "cues.toml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_of_cues_is_read(tmp_path: Path) -> None:
    cues = read_cues(folder(tmp_path, GOOD))
    assert cues.headings.kind("plan", guess=False) == "plan"
    assert cues.headings.kind("long history", guess=True) == "history"
    assert cues.headings.kind("", guess=True) == ""
    assert cues.sites["femur"].answers == {"bone": "distal_femur"}
    assert cues.derived[0].when[1] == ("side", frozenset({"left", "right"}))
    assert cues.composed == (Composed("complete", (frozenset({"joint_part", "promise"}),), frozenset({"chips"})),)
    hits = cues.phrases.find(words_of("the femoral head was seen", 0, 25, cues.alias))
    assert [hit.what.value for hit in hits if hit.what.kind is Kind.HINT] == ["joint_part"]
    assert cues.site_questions == {"bone"}
    assert cues.lists["has"] == {"with"}
    says = [(example.say, example.status, example.found) for example in examples(tmp_path)]
    assert says == [
        ("<Curettage>.", "affirmed", True),
        ("None.", "affirmed", False),
        ("No <curettage>.", "negated", True),
        ("x", "affirmed", True),
        ("Title: Wide resection of the <femur>", "affirmed", True),
    ]


def test_a_set_stands_for_its_words_within_brackets_too(tmp_path: Path) -> None:
    folder(tmp_path, GOOD)
    phrases = '"{whose} [{which}|old] bone", "(slab|{which}) lid"'
    sets = '[sets]\nwhose = ["donor", "bone bank"]\nwhich = ["left", "frozen"]'
    folder(tmp_path, f'[[form]]\nvalue = "chips"\nphrases = [{phrases}]\n{sets}', "pieces.toml")
    cues = read_cues(tmp_path)
    for say in ("donor bone", "bone bank frozen bone", "donor old bone", "left lid", "slab lid"):
        hits = cues.phrases.find(words_of(say, 0, len(say), cues.alias))
        assert any(hit.last - hit.first == len(say.split()) and hit.what.value == "chips" for hit in hits), say


def test_masks_of_the_sites_are_their_own(tmp_path: Path) -> None:
    folder(tmp_path, GOOD)
    folder(tmp_path, '[[mask]]\nphrases = ["femoral nerve"]', "sites.toml")
    folder(tmp_path, '[[mask]]\nphrases = ["skin graft"]', "graft.toml")
    cues = read_cues(tmp_path)
    assert {kind for kind in Kind if kind in (Kind.MASK, Kind.SITE_MASK)} == {Kind.MASK, Kind.SITE_MASK}
    assert cues.alias


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = 1", "unknown key 'x'"),
        ("[[term]]\nwrong = 1", "unknown key 'wrong'"),
        ("[[term]]\nphrases = 1", "a list was expected"),
        ("[[term]]\nphrases = [1]", "a list of texts"),
        ("[[term]]\nfact = 1", "a text was expected"),
        ("[[term]]\nweak = 1", "true or false"),
        ('[[term]]\nphrases = ["(a"]', "brackets do not close"),
        ("term = 1", "a list was expected"),
        ("term = [1]", "a table was expected"),
        ('[site.x]\nphrases = ["a"]', "no kind or no region"),
        ("[derive]\nrows = [[1]]", "a fact, a value and its conditions"),
        ("[compose]\nrows = [[1]]", "a form, its hints and what bars it"),
        ("= bad", "cannot be read as TOML"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, says: str) -> None:
    folder(tmp_path, GOOD)
    folder(tmp_path, text, "more.toml")
    with pytest.raises(DataError, match=says):
        read_cues(tmp_path)


def test_an_empty_folder_is_no_installation(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not complete"):
        read_cues(tmp_path)


def test_the_word_lists_of_the_query(tmp_path: Path) -> None:
    words = read_query_words(paths.resources() / "query_words.toml")
    assert words.money.search("they reimbursed it")
    assert not words.money.search("a payloader")
    file = tmp_path / "query_words.toml"
    with pytest.raises(DataError, match="cannot be read"):
        read_query_words(file)
    file.write_text('[money]\nphrases = ["pay"]', encoding="utf-8")
    with pytest.raises(DataError, match="'leading' is missing"):
        read_query_words(file)
    file.write_text("[money]\nwords = 1", encoding="utf-8")
    with pytest.raises(DataError, match="'phrases' is missing"):
        read_query_words(file)


@pytest.mark.parametrize("file", sorted((paths.resources() / "cues").glob("*.toml")), ids=lambda file: file.stem)
def test_no_list_of_words_says_one_twice(file: Path) -> None:
    for texts in _lists_in(tomllib.loads(file.read_text(encoding="utf-8"))):
        assert len(set(texts)) == len(texts), [text for text in texts if texts.count(text) > 1]


def _lists_in(value: object) -> Iterator[list[str]]:
    if isinstance(value, list) and value and all(isinstance(text, str) for text in value):
        yield value
    elif isinstance(value, dict | list):
        for held in value.values() if isinstance(value, dict) else value:
            yield from _lists_in(held)
