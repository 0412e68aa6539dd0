"""The search over a small database: by code, by words, through letter errors, and never without a word to say."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder.core.search.found import SYSTEMS, Found
from encoder.errors import DataError
from encoder.store import sought
from encoder.store.codebook import Codebook
from encoder.store.search import Finder
from tests.tiny import Tiny


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    with closing(Codebook.open(Tiny(tmp_path_factory.mktemp("search")).build())) as book:
        yield Finder(book)


def codes(found: Found) -> list[str]:
    return [hit.code for hit in found.hits]


def test_a_code_comes_first_and_then_the_codes_that_begin_so(finder: Finder) -> None:
    found = finder.search("c40.2")
    assert codes(found) == ["C40.2", "C40.21", "C40.22"]
    assert [(hit.score, hit.matched) for hit in found.hits][:2] == [(1.0, ("code",)), (0.9, ("code begins C402",))]
    assert codes(finder.search("C4021")) == ["C40.21"]
    assert codes(finder.search("2736")) == ["27365"]
    assert codes(finder.search("0qr"))[0] == "0QRB0KZ"


def test_a_code_that_takes_a_seventh_character_shows_its_codes(finder: Finder) -> None:
    assert codes(finder.search("S72.31")) == ["S72.31", "S72.31XA", "S72.31XB", "S72.31XD"]
    for written in ("s7231xb", "S72.302K"):
        (hit,) = finder.search(written).hits
        assert (hit.code.replace(".", ""), hit.score) == (written.upper().replace(".", ""), 1.0)
    assert "nonunion" in hit.title


def test_several_codes_are_found_in_the_order_typed(finder: Finder) -> None:
    assert codes(finder.search("27365 20932 lt"))[:3] == ["27365", "20932", "LT"]
    assert codes(finder.search("27365-LT-59"))[:3] == ["27365", "LT", "59"]
    assert codes(finder.search("27365-LT", ["cpt"])) == ["27365"]
    assert finder.search("femur lt").hits[0].code == "27365", "without a code they are letters"


def test_a_code_that_no_table_has_leads_to_what_is_near(finder: Finder) -> None:
    turned = finder.search("72365")
    assert (codes(turned), turned.hits[0].matched) == (["27365"], ("two signs of 72365 turned round",))
    assert turned.said == "No table here has the code 72365; shown is what is near it."
    assert finder.search("27366").hits[0].matched == ("one sign from 27366",)
    below = finder.search("C40.39")
    assert (codes(below)[-1], below.hits[-1].matched) == ("C40.3", ("C4039 would stand below it",))
    lettered = finder.search("S72302D")
    assert lettered.hits[-1].matched == ("S72302D would stand below it",), "it takes A, B and K"
    nothing = finder.search("99999")
    assert (nothing.hits, nothing.said) == ((), "No table here has the code 99999. Nothing was found.")


def test_words_beside_a_code_order_what_begins_with_it(finder: Finder) -> None:
    assert codes(finder.search("C40 left leg"))[:2] == ["C40", "C40.22"]
    assert codes(finder.search("C40 right leg"))[:2] == ["C40", "C40.21"]


def test_two_letters_may_be_a_modifier_or_begin_a_word(finder: Finder) -> None:
    assert codes(finder.search("LT"))[0] == "LT"
    assert {"20932", "27365", "27445", "27646"} <= set(codes(finder.search("2")))
    assert (finder.search("modifier 59").hits[0].system, codes(finder.search("modifier 59"))[0]) == ("modifier", "59")
    assert codes(finder.search("place of service 24"))[0] == "24"


def test_a_word_that_looks_like_a_code_stays_a_word_among_words(finder: Finder) -> None:
    found = finder.search("10-part anchor 2026q2")
    assert "C1713" in codes(found)


def test_words_are_found_in_any_order_begun_and_short(finder: Finder) -> None:
    for text in ("resection femur", "femur resect", "fem rese", "what is the resection of a femur", "femora resection"):
        assert codes(finder.search(text))[0] == "27365", text
    assert codes(finder.search("fx shaft"))[0].startswith("S72.3")


def test_a_hit_gives_a_reason_for_each_word_and_names_what_it_lacks(finder: Finder) -> None:
    hit = finder.search("wide excision femr").hits[0]
    assert (hit.code, hit.matched, hit.missing) == ("27365", ("wide", "excision", "femur (femr)"), ())
    lacking = finder.search("hinged tibia")
    assert (lacking.hits[0].code, lacking.hits[0].missing) == ("27445", ("tibia",))
    assert lacking.said == "No title has 'tibia'."


def test_letter_errors_are_mended_shown_and_can_be_refused(finder: Finder) -> None:
    for text in ("femru resection", "femr resection", "femurr resection", "femur resectoin", "fermur resecton"):
        found = finder.search(text)
        assert (codes(found)[0], found.corrected) == ("27365", "femur resection"), text
    refused = finder.search("femru", correct=False)
    assert (refused.hits, refused.corrected, refused.near[0]) == ((), None, "femur")
    assert refused.said == "No title has 'femru'. Nothing was found."


def test_a_word_misspelt_while_it_grows_is_found(finder: Finder) -> None:
    assert codes(finder.search("osteoartic"))[0] == "20932"
    assert codes(finder.search("ostaoartic"))[0] == "20932"


def test_a_word_far_from_any_other_still_gets_words_to_try(finder: Finder) -> None:
    found = finder.search("qqqqqqqqqqqq")
    assert found.hits == ()
    assert len(found.near) == 3


def test_synonyms_of_the_word_files_lead_to_other_words(finder: Finder) -> None:
    assert codes(finder.search("osteosarcoma left"))[0] == "C40.22"
    assert codes(finder.search("bone sarcoma"))[0] in ("C40.2", "C40.21", "C40.22")
    assert codes(finder.search("tka"))[0] == "27445"
    assert codes(finder.search("distal resection"))[0] == "27365"


def test_the_usual_choice_comes_before_the_unusual_one(finder: Finder) -> None:
    usual, unusual = codes(finder.search("left shaft fracture"))[:2]
    assert (usual, unusual) == ("S72.302A", "S72.392A")
    assert codes(finder.search("other left shaft fracture"))[0] == "S72.392A"


def test_a_code_comes_before_the_heading_that_says_the_same(finder: Finder) -> None:
    found = codes(finder.search("malignant tumour bone leg"))
    assert found.index("C40.2") > found.index("C40.21")


def test_the_seventh_character_follows_the_words(finder: Finder) -> None:
    assert codes(finder.search("shaft left fracture nonunion"))[0] == "S72.302K"
    assert codes(finder.search("shaft right open fracture"))[0] == "S72.31XB"
    hit = finder.search("shaft right subsequent").hits[0]
    assert (hit.code, hit.matched) == ("S72.31XD", ("shaft", "right", "subsequent"))


def test_an_inclusion_term_and_a_name_lead_to_the_code(finder: Finder) -> None:
    assert codes(finder.search("sarcoma thigh bone"))[0] == "C40.22"
    assert codes(finder.search("joint allograft"))[0] == "20932"
    assert codes(finder.search("distinct"))[0] == "59"


def test_a_code_set_narrows_the_search_or_is_asked_for(finder: Finder) -> None:
    assert {hit.system for hit in finder.search("femur", ["icd10cm"]).hits} == {"icd10cm"}
    assert {hit.system for hit in finder.search("femur", ["icd10cm", "icd10pcs"]).hits} == {"icd10cm", "icd10pcs"}
    assert {hit.system for hit in finder.search("C", ["hcpcs"]).hits} == {"hcpcs"}
    assert finder.search("femur").hits[0].system == "cpt"
    assert finder.search("dx femur").hits[0].system == "icd10cm"
    assert all(finder.search("office apart anchor", [system]) for system in SYSTEMS)


def test_codes_of_the_decision_come_before_distant_ones(finder: Finder) -> None:
    scopes = [hit.scope for hit in finder.search("lower femur resection", ["icd10pcs"]).hits]
    assert scopes[0] is False, "no resection of the scope"
    replaced = finder.search("replacement lower femur", ["icd10pcs"]).hits
    assert (replaced[0].code, replaced[0].scope) == ("0QRB0KZ", True)


def test_the_number_of_hits_is_kept(finder: Finder) -> None:
    assert [len(finder.search("femur", limit=limit).hits) for limit in (1, 3, 0)] == [1, 3, 1]
    assert len(finder.search("femur", limit=9999).hits) > 3


def test_what_answers_none_of_the_words_is_no_hit(book: Codebook) -> None:
    """The index holds more words of an entry than an entry is judged by; "ol" begins some of them."""
    found = Finder(book).search("ol")
    assert found.hits
    assert all(hit.matched for hit in found.hits)


def test_how_the_words_were_read_is_told(finder: Finder) -> None:
    words = finder.search("fx femr zzzz").words
    assert [(word.typed, word.read, word.how) for word in words] == [
        ("fx", "fracture", "short"),
        ("femr", "femur", "spelling"),
        ("zzzz", "", "nothing"),
    ]


def test_nothing_typed_finds_nothing_and_says_what_to_type(finder: Finder) -> None:
    for text in ("", "   ", "\0\n\t", "***", "🦴"):
        found = finder.search(text)
        assert (found.hits, found.said[:11]) == ((), "Type a code")


def test_entries_are_kept_between_keystrokes_and_let_go(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sought, "_KEPT", 2)
    with closing(Codebook.open(tiny.build())) as book:
        small = Finder(book)
        assert codes(small.search("femur")) == codes(small.search("femur"))
        assert codes(small.search("fracture")) == codes(small.search("fracture"))


def test_the_numbers_of_an_entry_are_read_on_either_kind_of_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "byteorder", "little")
    little = list(sought._numbers(b"\x01\x02"))
    monkeypatch.setattr(sys, "byteorder", "big")
    assert list(sought._numbers(b"\x02\x01")) == little


def test_a_letter_without_a_meaning_leaves_the_entry_itself(tiny: Tiny) -> None:
    with closing(sqlite3.connect(tiny.build())) as database:
        database.execute("DELETE FROM icd_seventh")
        database.commit()
    with closing(Codebook.open(tiny.database)) as book:
        assert codes(Finder(book).search("shaft right fracture"))[0] == "S72.31"


def test_a_damaged_index_is_said(tiny: Tiny) -> None:
    with closing(sqlite3.connect(tiny.build())) as database:
        database.execute("DROP TABLE sought_text")
        database.commit()
    with closing(Codebook.open(tiny.database)) as book, pytest.raises(DataError, match="is damaged"):
        Finder(book).search("femur")


ODD = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="\"'*()^:-+&/.;%_ANDORNEAR \t\n\0\u200f\u202e\ud83e\u0131\u0130\u017f\u212a", max_size=60),
    st.lists(
        st.sampled_from(["femur", "fx", "NEAR(", '"', "*", "OR", "c40", "27365", "S72", "e\u0301", "🦴", "ß"])
    ).map(" ".join),
)


@settings(deadline=None, max_examples=150)
@given(text=ODD, systems=st.lists(st.sampled_from(SYSTEMS), max_size=3), correct=st.booleans())
def test_no_text_gives_an_error(finder: Finder, text: str, systems: list[str], correct: bool) -> None:
    found = finder.search(text, systems, correct=correct)
    assert found.query == text
    assert found.hits or found.said
    assert all(0 < hit.score <= 1 and hit.title and hit.matched for hit in found.hits)
    assert not systems or {hit.system for hit in found.hits} <= set(systems)


@pytest.mark.parametrize("text", ["femur " * 2000, "x" * 10_000, "1 " * 5000, "femur resection fracture shaft " * 300])
def test_ten_thousand_characters_are_taken_calmly(finder: Finder, text: str) -> None:
    assert finder.search(text).query == text
