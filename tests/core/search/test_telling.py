"""What is said about a search: nothing where the hits speak, a sentence where something was corrected or not found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from encoder.core.search.found import Found, Hit, ReadWord
from encoder.core.search.reading import SPELLING, TYPED, without
from encoder.core.search.telling import EMPTY, told
from tests.core.search.small import ask

HIT = Hit("cpt", "27365", "Femur resection", 0.9, ("femur",), (), True)


def say(
    text: str, hits: Sequence[Hit] = (HIT,), read: Sequence[ReadWord] = (), unknown: Sequence[str] = (), used: int = -1
) -> Found:
    query = ask(text)
    return told(query, without(query, {used}), hits, read, unknown, lambda word: (f"{word}1", f"{word}2"))


def test_hits_that_answer_everything_speak_for_themselves() -> None:
    found = say("femur")
    assert (found.said, found.corrected, found.near, found.hits) == ("", None, (), (HIT,))


def test_nothing_typed_says_what_to_type() -> None:
    assert say("  ", []).said == EMPTY
    assert say("dx", []).said == EMPTY


def test_what_was_corrected_is_shown_in_its_place() -> None:
    read = [ReadWord("femru", "femur", SPELLING), ReadWord("left", "left", TYPED)]
    assert say("the FEMRU, left femru-x", read=read).corrected == "the femur, left femur-x"
    assert say("left", read=[ReadWord("left", "left", TYPED)]).corrected is None


def test_a_corrected_word_is_not_replaced_inside_another() -> None:
    read = [ReadWord("fem", "femur", SPELLING)]
    assert say("fem femoral fEm 1fem", read=read).corrected == "femur femoral femur 1fem"
    assert say("\u0131", read=[ReadWord("i", "x", SPELLING)]).corrected == "\u0131", "a dotless i is no i"


def test_words_that_no_title_has_are_named_with_words_near_them() -> None:
    found = say("zzz femur")
    assert (found.said, found.near) == ("No title has 'zzz'.", ("zzz1", "zzz2"))


def test_nothing_found_says_what_was_tried() -> None:
    assert say("femur tibia", []).said == "Nothing was found; tried 'femur', 'tibia', and words like them."
    assert say("zzz", []).said == "No title has 'zzz'. Nothing was found."


def test_what_the_first_hit_leaves_out_is_said() -> None:
    lacking = Hit("cpt", "27365", "Femur resection", 0.5, ("femur",), ("tibia", "zzz"), True)
    found = say("femur tibia zzz", [lacking])
    assert found.said == "No title has 'zzz'. No entry has all words; the first leaves out 'tibia'."
    faint = Hit("cpt", "27365", "Femur resection", 0.5, ("femur",), ("of",), True)
    assert say("femur of", [faint]).said == "", "a word that says little is not missed"
    only_strange = Hit("cpt", "27365", "Femur resection", 0.5, ("femur",), ("zzz",), True)
    assert say("femur zzz", [only_strange]).said == "No title has 'zzz'."


def test_a_code_that_no_table_has_is_said() -> None:
    assert say("29999", [HIT], unknown=["29999"]).said == "No table here has the code 29999; shown is what is near it."
    assert say("29999", [], unknown=["29999"]).said == "No table here has the code 29999. Nothing was found."
    lacking = Hit("cpt", "27365", "Femur resection", 0.5, (), ("left",), True)
    assert "leaves out" not in say("29999 left", [lacking], unknown=["29999"]).said


def test_a_word_that_was_a_code_is_not_strange() -> None:
    assert say("27365 femur", used=0).said == ""


def test_a_very_long_word_is_shown_in_part() -> None:
    assert len(say("z" * 5000).said) < 100


def test_a_place_of_service_is_written_apart_from_the_modifier_of_its_digits() -> None:
    place = replace(HIT, system="pos", code="22")
    assert (place.written, replace(place, system="modifier").written) == ("pos:22", "22")
