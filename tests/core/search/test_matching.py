"""How well an entry answers: all of what was typed, and little else."""

from __future__ import annotations

from encoder.core.search.matching import ALSO, LOOSE, MARK, SORT, TERM, TITLE, Matcher, Phrases, phrases
from encoder.core.search.reading import Query
from tests.core.search.small import ask, lexicon


def entry(*of: tuple[int, str]) -> Phrases:
    words = lexicon()
    return tuple((kind, tuple(words.id(word) for word in text.split())) for kind, text in of)


def score(query: Query, *of: tuple[int, str]) -> float:
    matcher = Matcher(query, lexicon())
    match = matcher.match(entry(*of))
    return matcher.score(match.values, match.exactness)


def test_phrases_are_parted_at_their_marks() -> None:
    assert phrases([MARK, TITLE, 5, 6, MARK, ALSO, 7, MARK, LOOSE]) == ((TITLE, (5, 6)), (ALSO, (7,)), (LOOSE, ()))


def test_an_entry_that_says_just_what_was_typed_has_all() -> None:
    assert score(ask("distal femur"), (TITLE, "distal femur")) == 1.0


def test_of_two_entries_the_one_that_says_less_else_is_nearer() -> None:
    query = ask("femur tumor")
    assert score(query, (TITLE, "tumor femur")) > score(query, (TITLE, "tumor femur distal allograft"))


def test_order_does_not_matter() -> None:
    assert score(ask("femur distal"), (TITLE, "distal femur")) == score(ask("distal femur"), (TITLE, "distal femur"))


def test_a_missing_word_costs_as_much_as_it_tells() -> None:
    query = ask("osteoarticular left")
    assert score(query, (TITLE, "osteoarticular")) > score(query, (TITLE, "left"))


def test_a_title_counts_more_than_a_further_name_a_term_a_sort_and_words_nearby() -> None:
    scores = [score(ask("femur tumor"), (kind, "femur tumor")) for kind in (TITLE, ALSO, TERM)]
    assert scores == sorted(scores, reverse=True)
    matcher = Matcher(ask("femur"), lexicon())
    values = [matcher.match(entry((TITLE, "tibia"), (kind, "femur"))).values[0] for kind in (TERM, SORT, LOOSE)]
    assert values[1] > values[0] > values[2]


def test_the_best_phrase_of_an_entry_speaks_for_it() -> None:
    query = ask("femur")
    assert score(query, (TITLE, "tibia radius"), (ALSO, "femur")) > score(query, (TITLE, "tibia radius femur"))
    assert score(query, (TITLE, ""), (ALSO, "femur")) > 0.9


def test_a_word_that_merely_begins_so_counts_less_the_longer_it_goes_on() -> None:
    query = ask("fem")
    assert score(query, (TITLE, "femur")) > score(query, (TITLE, "femoral")) > 0


def test_a_phrase_needs_all_of_its_words() -> None:
    matcher = Matcher(ask("wide resection"), lexicon())
    whole, part = matcher.match(entry((TITLE, "radical resection"))), matcher.match(entry((TITLE, "radical")))
    assert all(whole.values)
    assert [why and why[0].how for why in whole.why] == ["near", "typed"]
    assert part.values == (0.0, 0.0)


def test_why_names_the_word_that_the_entry_has() -> None:
    match = Matcher(ask("fem"), lexicon()).match(entry((TITLE, "femoral tumor")))
    (why,) = match.why
    assert why is not None
    assert (why[0].how, lexicon().words[why[1] - 1]) == ("begins", "femoral")


def test_words_left_out_of_the_query_are_not_held_against_a_title() -> None:
    assert score(ask("the femur of"), (TITLE, "femur of")) > score(ask("femur"), (TITLE, "femur of"))


def test_a_query_without_a_known_word_answers_nothing() -> None:
    query = ask("zzz")
    matcher = Matcher(query, lexicon())
    match = matcher.match(entry((TITLE, "femur")))
    assert (match.values, match.exactness, matcher.score(match.values, match.exactness)) == ((0.0,), 0.0, 0.0)
