"""The documents of a case as one text: what stands where, in which document, under which heading."""

from __future__ import annotations

from encoder.core.evidence import Quoted
from tests.core.beside.conftest import Reader

FIRST = "Back table: The graft was thawed.\nIt was cut."
SECOND = "Implants: one plate."


def test_a_place_is_found_in_its_document(noted: Reader) -> None:
    note = noted(FIRST, SECOND)
    assert [part.name for part in note.parts] == ["a", "b"]
    assert [note.text_of(part) for part in note.parts] == [FIRST, SECOND]
    assert note.part_at(0).name == note.part_at(len(FIRST) + 1).name == "a"
    assert note.part_at(len(FIRST) + 2).name == "b"


def test_a_stretch_becomes_evidence_without_the_blanks_around_it(noted: Reader) -> None:
    note = noted(FIRST)
    start = FIRST.index(" The graft")
    (quoted,) = note.quoted(start, start + len(" The graft "), frozenset(("x",)))
    assert quoted == Quoted("a", start + 1, start + 10, "The graft", "back table, line 1", frozenset(("x",)))
    assert note.where(quoted) == (start + 1, start + 10)


def test_a_stretch_over_two_documents_is_a_quote_of_each(noted: Reader) -> None:
    note = noted(FIRST, SECOND)
    quotes = list(note.quoted(FIRST.index("cut"), len(FIRST) + 2 + 8))
    assert [(quote.document, quote.quote) for quote in quotes] == [("a", "cut."), ("b", "Implants")]
    assert list(note.quoted(len(FIRST), len(FIRST) + 2)) == []
    assert note.where(quotes[1]) == (len(FIRST) + 2, len(FIRST) + 10)


def test_a_quote_of_a_document_that_is_gone_or_another_stands_nowhere(noted: Reader) -> None:
    (quoted,) = noted(FIRST).quoted(16, 21)
    assert noted("Another text altogether, and longer.").where(quoted) is None
    assert noted().where(quoted) is None


def test_a_query_names_the_place_and_the_document_only_where_there_are_several(noted: Reader) -> None:
    start = FIRST.index("It was cut")
    assert str(noted(FIRST).quote(start, start + 11)) == '"It was cut." [operative note, back table, line 2]'
    assert noted(FIRST, SECOND).quote(start, start + 11).place == "a, back table, line 2"
    plain = noted("It was cut\nand placed.")
    assert plain.quote(0, 22) == type(plain.quote(0, 1))("It was cut and placed.", "operative note, line 1")


def test_the_words_stand_in_no_representation(noted: Reader) -> None:
    assert "thawed" not in repr(noted(FIRST))
