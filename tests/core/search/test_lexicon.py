"""The words of all titles."""

from __future__ import annotations

from encoder.core.search.lexicon import Lexicon
from tests.core.search.small import lexicon


def test_a_word_is_found_by_itself_and_by_its_beginning() -> None:
    words = lexicon()
    assert words.words[words.id("femur") - 1] == "femur"
    assert (words.id("femu"), words.id("zzz"), words.id("")) == (0, 0, 0)
    assert [words.words[at - 1] for at in words.beginning("fem")] == ["femoral", "femur"]
    assert list(words.beginning("zzz")) == []


def test_a_word_knows_how_it_is_written_and_how_often() -> None:
    assert (lexicon().shown("femur"), lexicon().shown("zzz")) == ("Femur", "zzz")
    assert (lexicon().found("femur"), lexicon().found("zzz")) == (300, 0)


def test_the_rarer_the_more_telling() -> None:
    words = lexicon()
    weights = [words.weights[words.id(word)] for word in ("osteoarticular", "allograft", "femur", "left", "of")]
    assert weights == sorted(weights, reverse=True)
    assert words.weight((words.id("femur"), words.id("left"))) < words.weight((words.id("femur"),))


def test_an_empty_lexicon_knows_nothing() -> None:
    empty = Lexicon([], [], [], 0, ["of"])
    assert (empty.id("femur"), list(empty.beginning("f")), empty.weights) == (0, [], [0.0])
