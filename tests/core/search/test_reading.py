"""What was typed, read: words, abbreviations, phrases, letter errors, codes, and the code set that is asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from encoder.core.search.reading import (
    BEGINS,
    JOINED,
    MOST_WORDS,
    NEAR,
    PARTED,
    SAME,
    SHORT,
    SPELLING,
    STEM,
    TYPED,
    Query,
    without,
)
from tests.core.search.small import ask, lexicon


def ways(query: Query, at: int = 0) -> set[tuple[str, str]]:
    """How a typed word is read: the way and the words."""
    return {(reading.how, " ".join(reading.words)) for reading in query.readings if at in reading.covers}


def test_a_known_word_is_itself_and_what_begins_with_it() -> None:
    query = ask("femur")
    assert ways(query) == {(TYPED, "femur"), (BEGINS, "femur")}
    assert [(word.typed, word.alike, word.known) for word in query.words] == [("femur", "femur", True)]


def test_a_word_may_be_begun_or_end_otherwise() -> None:
    assert ways(ask("resec")) == {(BEGINS, "resec")}
    assert (STEM, "resect") in ways(ask("resected"))
    assert not [way for way, _ in ways(ask("tied")) if way == STEM], "a stem of less than four letters says nothing"


def test_an_abbreviation_brings_what_it_stands_for_and_its_synonyms() -> None:
    assert {(SHORT, "fracture"), (SHORT, "bone open")} <= ways(ask("fx"))
    assert {(SHORT, "radical"), (SHORT, "radius"), (BEGINS, "rad")} == ways(ask("rad"))
    assert ("broken",) not in {reading.words for reading in ask("fx").readings}, "no title has the word"


def test_a_phrase_stands_for_all_of_its_words() -> None:
    (phrase,) = (reading for reading in ask("wide resection").readings if reading.how == NEAR)
    assert (phrase.words, phrase.covers, phrase.shown) == (("radical", "resection"), (0, 1), "radical resection")
    assert [r.covers for r in ask("left shin bone").readings if r.how == SAME] == [(1, 2)]


def test_a_phrase_is_seen_through_letter_errors_and_abbreviations() -> None:
    mended = [reading for reading in ask("wdie resecton").readings if reading.words == ("radical", "resection")]
    assert [reading.covers for reading in mended] == [(0, 1)]
    exact = next(reading for reading in ask("wide resection").readings if reading.words == ("radical", "resection"))
    assert mended[0].weight < exact.weight
    assert ("wide",) in {reading.words for reading in ask("rad resection").readings if reading.covers == (0, 1)}


def test_a_letter_error_is_mended_unless_that_is_refused() -> None:
    query = ask("femru")
    assert ways(query) == {(SPELLING, "femur")}
    assert query.readings[0].shown == "Femur"
    refused = ask("femru", correct=False)
    assert (ways(refused), refused.words[0].known, refused.words[0].weight) == (set(), False, 0.0)


def test_an_abbreviation_is_mended_too() -> None:
    (reading,) = ask("osteosarx").readings
    assert (reading.words, reading.how, reading.shown) == (("tumor",), SPELLING, "tumor")
    assert (SPELLING, "fracture") in ways(ask("fxx"))


def test_a_word_that_grows_may_be_misspelt_already() -> None:
    (reading,) = ask("tibxx").readings
    assert (reading.words, reading.begins, reading.how) == (("tib",), True, SPELLING)


def test_a_rare_word_may_be_a_slip_for_a_common_one() -> None:
    assert ways(ask("fight")) == {(TYPED, "fight"), (BEGINS, "fight"), (SPELLING, "right")}


def test_words_written_as_one_or_as_two_are_found() -> None:
    assert (JOINED, "allograft") in ways(ask("allo graft"))
    assert (PARTED, "distal femur") in ways(ask("distalfemur"))
    assert not [way for way, _ in ways(ask("distal")) if way == PARTED]


def test_words_that_name_nothing_are_left_out_but_not_forgotten() -> None:
    query = ask("the tumor for the femur")
    assert [word.typed for word in query.words] == ["tumor", "femur"]
    assert query.left_out == ("the", "for", "the")
    assert [word.typed for word in ask("the for").words] == ["the", "for"], "there is nothing else to look for"


def test_capitals_among_small_letters_are_an_abbreviation() -> None:
    assert (SHORT, "operating room") in ways(ask("left OR"), 1)
    assert [word.typed for word in ask("left or").words] == ["left"]
    assert [word.typed for word in ask("LEFT OR").words] == ["left"]


def test_an_abbreviation_keeps_its_signs() -> None:
    assert [word.typed for word in ask("i&d femur").words] == ["i&d", "femur"]
    assert (SHORT, "open") in ways(ask("i&d femur"))
    assert [word.typed for word in ask("femur/tibia").words] == ["femur", "tibia"]


def test_a_code_set_that_is_named_is_asked_for() -> None:
    query = ask("dx tumor")
    assert (query.systems, [word.typed for word in query.words]) == (("icd10cm",), ["tumor"])
    assert ask("place service open").systems == ("pos",)
    assert (ask("dx").words, ask("dx").systems) == ((), ("icd10cm",))


def test_what_looks_like_a_code_is_kept_as_one() -> None:
    query = ask("c40.22 femur 27365 lt 3")
    assert query.codes == ("C4022", "27365", "LT", "3")
    assert query.telling == ("C4022", "27365")
    assert ask("lt").telling == ("LT",)
    assert ask("7").telling == ("7",)
    assert ask("femur").codes == ()


def test_the_first_letter_of_a_word_being_typed_is_not_held_against_it() -> None:
    assert [word.typed for word in ask("left f").words] == ["left"]
    assert [word.typed for word in ask("left f ").words] == ["left", "f"]
    assert [word.typed for word in ask("left 1").words] == ["left", "1"]
    assert [word.typed for word in ask("f").words] == ["f"]


def test_of_many_words_the_most_telling_ones_count() -> None:
    query = ask("left right open bone fracture femur tibia radius tumor graft osteoarticular of distal")
    assert len(query.words) == MOST_WORDS
    assert {"osteoarticular", "distal"} <= {word.typed for word in query.words}
    assert "of" not in {word.typed for word in query.words}


def test_a_word_typed_twice_counts_once() -> None:
    assert [word.typed for word in ask("femur femur").words] == ["femur"]


def test_a_rare_word_tells_more_and_a_faint_one_little() -> None:
    rare, common, faint = ask("osteoarticular left of").words
    assert rare.weight > common.weight > faint.weight
    assert lexicon().weight(lexicon().beginning("femur")) == lexicon().weights[lexicon().id("femur")]


def test_words_that_turned_out_to_be_codes_are_taken_out() -> None:
    query = ask("27365 wide resection")
    left = without(query, {0})
    assert [word.typed for word in left.words] == ["wide", "resection"]
    assert {reading.covers for reading in left.readings} == {(0,), (1,), (0, 1)}
    assert without(query, ()).words == query.words


@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    query = ask(text)
    assert len(query.words) <= MOST_WORDS
    for reading in query.readings:
        assert reading.words
        assert all(word.isascii() and word.isalnum() for word in reading.words)
        assert all(at < len(query.words) for at in reading.covers)
        assert 0 < reading.weight <= 1
