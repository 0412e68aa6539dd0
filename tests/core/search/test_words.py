"""Words made alike: the same word in two spellings is one word, and two words stay two."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.build import ROOT
from encoder.core.search.words import LONGEST, Spelling, bare, parts, pieces, plain


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    rules = tomllib.loads((ROOT / "resources" / "search" / "spelling.toml").read_text(encoding="utf-8"))
    rows = [(kind, rule["from"], rule["to"]) for kind in ("letters", "plural") for rule in rules[kind]]
    return Spelling.of([*rows, *(("word", word, becomes) for word, becomes in rules["words"].items())])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("tumours", "tumor"), ("behaviour", "behavior"), ("haematoma", "hematoma"), ("oedema", "edema")),
        *(("orthopaedic", "orthopedic"), ("anaesthesia", "anesthesia"), ("fibres", "fiber"), ("centre", "center")),
        *(("oesophagus", "esophagus"), ("foetal", "fetal"), ("diarrhoea", "diarrhea"), ("leucocyte", "leukocyte")),
        *(("immobilised", "immobilized"), ("mineralisation", "mineralization"), ("paralysed", "paralyzed")),
        *(("ischaemia", "ischemia"), ("gynaecology", "gynecology"), ("programme", "program"), ("sulphate", "sulfate")),
        *(("bones", "bone"), ("biopsies", "biopsy"), ("prostheses", "prosthesis"), ("metastases", "metastasis")),
        *(("arthrodeses", "arthrodesis"), ("diagnoses", "diagnosis"), ("viruses", "virus"), ("patches", "patch")),
        *(("abscesses", "abscess"), ("phalanges", "phalanx"), ("vertebrae", "vertebra"), ("femora", "femur")),
        *(("menisci", "meniscus"), ("feet", "foot"), ("teeth", "tooth"), ("toes", "toe"), ("radii", "radius")),
    ],
)
def test_two_spellings_are_one_word(spelling: Spelling, one: str, other: str) -> None:
    assert spelling.alike(one) == spelling.alike(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("humerus", "humeral"), ("hip", "lip"), ("radius", "radial"), ("ulna", "ulnar"), ("four", "for")),
        *(("pelvis", "pelvic"), ("disease", "disk"), ("toe", "tee"), ("us", "u"), ("axis", "axi")),
    ],
)
def test_two_words_stay_two(spelling: Spelling, one: str, other: str) -> None:
    assert spelling.alike(one) != spelling.alike(other)


def test_a_short_word_and_a_number_are_left_alone(spelling: Spelling) -> None:
    assert [spelling.alike(word) for word in ("is", "gas", "l4s", "0qrb0kz", "pus")] == [
        "is",
        "gas",
        "l4s",
        "0qrb0kz",
        "pus",
    ]


def test_a_text_is_parted_and_made_alike(spelling: Spelling) -> None:
    assert spelling.words_of("Paget's disease, TUMOURS of the femur/knee (Colles')") == [
        *("paget", "disease", "tumor", "of", "the", "femur", "knee", "colle"),
    ]  # fmt: skip


def test_signs_inside_a_piece_stay_with_it() -> None:
    assert pieces("I&D, s/p TKA w/ C40.22 (non-union) A/") == [
        "i&d",
        "s/p",
        "tka",
        "w/",
        "c40.22",
        "non",
        "union",
        "a/",
    ]
    assert parts("C40.22 s/p") == ["c40", "22", "s", "p"]
    assert bare("c40.22") == "C4022"
    assert plain("Sjögren’s ÉTUDE") == "sjogrens etude"


def test_the_first_rule_of_the_plural_that_changes_a_word_is_the_last() -> None:
    rows = [("plural", "ies$", "y"), ("plural", "y$", "i"), ("letters", "a", "b")]
    assert Spelling.of(rows).alike("carries") == "cbrry"
    assert Spelling().alike("anything") == "anything"


def test_the_store_of_words_does_not_grow_without_end() -> None:
    spelling = Spelling()
    for number in range(100_010):
        spelling.alike(f"word{number}")
    assert len(spelling._known) < 100_000


@given(st.text())
def test_any_text_gives_words_of_letters_and_digits(text: str) -> None:
    words = Spelling().words_of(text)
    assert all(word.isascii() and word.isalnum() and 0 < len(word) <= LONGEST for word in words)
    assert Spelling().words_of(text.upper()) == Spelling().words_of(text.upper().lower())
