"""Answers, and the ways back from a code, in words."""

from __future__ import annotations

from datetime import date

import pytest

from encoder.core.ask.answer import Answer, Near
from encoder.core.ask.kinds import OUT_OF_SCOPE, PAIR, UNKNOWN
from encoder.core.codes import Cites
from encoder.core.page.beside import NOT_LOADED, Beside
from encoder.core.page.edits import Together
from encoder.core.page.evidence import RowRef, Said
from encoder.core.reverse import Need, Trail
from encoder.gui.ask_work import Origin
from encoder.gui.wording import ask as words
from encoder.gui.wording import origin as ways
from encoder.gui.wording.sources import Sources
from encoder.store.codebook import Codebook

ON = date(2026, 5, 1)
SINCE = date(2019, 1, 1)
LISTED = RowRef("aoc", "aoc:20932>27365", "2026Q2", SINCE)
ROWS = (LISTED, RowRef("aoc", "aoc:20932>23210", "2026Q2", SINCE), RowRef("documentation", "20932.cut", ""))
CITES: Cites = ("cms-aoc-2026q2#20932",)
CLAIM = Need("claim", "Claim", "Whose claim is it?", ("surgeon", "outpatient"), ("Surgeon", "Facility"), every=False)
DONOR = Need("graft_material", "What filled the gap", "What filled it?", ("donor_bone",), ("Donor bone",), every=False)
ANY = Need("region", "Where", "Where was it?", ("limb", "spine"), ("Limb", "Spine"), every=True)
MANY = Need("bone", "Bone", "Which bone?", tuple("abcdef"), tuple("ABCDEF"), every=False)


@pytest.fixture(scope="module")
def sources(book: Codebook) -> Sources:
    return Sources(book)


def answer(kind: str = PAIR, *said: Said, answered: bool = True, near: tuple[Near, ...] = ()) -> Answer:
    said = said or (Said("20932 may go with 27365.", ROWS, CITES),)
    rows = tuple(row for each in said for row in each.rows)
    lines = tuple(each.say for each in said[1:])
    rest = ((), near, ("'alograft' is read as 'allograft'",), ON, said)
    return Answer("can they", kind, answered, "allowed", said[0].say, lines, ("20932",), rows, CITES, *rest)


def test_an_answer_that_is_none_says_so_over_its_sentence() -> None:
    assert words.refused(answer()) == ""
    assert words.refused(answer(UNKNOWN, answered=False)) == "No answer"
    assert words.refused(answer(OUT_OF_SCOPE)) == words.OUTSIDE
    assert words.head(answer()) == "`20932` may go with `27365`."
    assert words.read_as(answer()) == "'alograft' is read as 'allograft'"


def test_every_sentence_has_its_sources_and_the_tooltip_all_of_them(sources: Sources) -> None:
    (fact,) = words.sentences([Said("It is so.", (), CITES)], sources)
    assert (fact.text, fact.cite) == ("It is so.", "Medicare add-on code list, 2026 Q2: 20932")
    many = tuple(f"cms-aoc-2026q2#{number}" for number in range(5))
    (fact,) = words.sentences([Said("It is so.", (), many)], sources)
    assert fact.cite.endswith(": 2 · and 2 more sources")
    assert len(fact.hint.splitlines()) == 5


def test_codes_are_those_that_are_given_and_those_that_are_named_with_a_title(sources: Sources) -> None:
    facts = words.codes(answer(PAIR, Said("27365 carries 20932, not 99999.")), sources.title)
    assert [(fact.id, fact.action) for fact in facts] == [("20932", "open"), ("27365", "open")]


def test_rows_stand_together_by_table_edition_and_dates() -> None:
    aoc, note = words.rows(ROWS)
    assert (aoc.label, aoc.text, aoc.cite) == ("Add-on list", "20932>27365, 20932>23210", "2026Q2, since 2019-01-01")
    assert (note.label, note.text, note.cite) == ("Documentation", "20932.cut", "no dates of its own")
    assert words.row(RowRef("soft_tissue", "soft_tissue.acl", "1", SINCE, ON)) == (
        "soft tissue acl, 1, 2019-01-01 to 2026-05-01"
    )


def test_the_nearest_places_say_what_enter_does_and_leave_out_what_was_told() -> None:
    places = (
        Near("code", "20932", "Title"),
        Near("ask", "what is 20932", "what is 20932"),
        Near("question", "q", "Q?"),
    )
    assert [(fact.id, fact.action) for fact in words.near(places)] == [
        ("code:20932", "open"),
        ("ask:what is 20932", "ask"),
        ("question:q", "explain"),
    ]
    assert [fact.id for fact in words.near(places, {"20932"})] == ["ask:what is 20932", "question:q"]


def test_what_is_copied_holds_question_answer_rows_and_sources(sources: Sources) -> None:
    text = words.copied(answer(), sources)
    assert text.startswith("Question: can they\nDate of service 2026-05-01.\n('alograft' is read as 'allograft')\n")
    assert "\n\n20932 may go with 27365.\n\nRows: Add-on list 20932>27365, 2026Q2, since 2019-01-01; " in text
    assert "Sources: Medicare add-on code list, 2026 Q2: 20932" in text
    bare = words.copied(answer(UNKNOWN, Said("I cannot answer that.")), sources)
    assert "Rows:" not in bare


# -- from a code ------------------------------------------------------------------------------------------------------


def pair(state: str, *rows: RowRef) -> Beside:
    together = Together("20932", "27365", "20932", state, "", None, None, (), pairs_known=True)
    return Beside(together, state, Said("20932 and 27365.", rows, CITES), (Said("More.", ROWS),))


def origin(*trails: Trail, beside: Beside | None = None, together: bool = False) -> Origin:
    return Origin("20932", "Title", "", beside, together, trails, {"20932": ()})


@pytest.mark.parametrize(
    ("state", "kind", "says"),
    [
        ("allowed", "ok", "Allowed: 20932 with 27365"),
        ("barred", "stop", "Barred: 20932 with 27365"),
        ("not_listed", "warn", "Not listed: 20932 with 27365"),
        (NOT_LOADED, "warn", "The tables do not say: 20932 with 27365"),
        ("not_valid", "warn", "Not valid: 20932 with 27365"),
    ],
)
def test_a_pair_has_its_state_in_words(state: str, kind: str, says: str) -> None:
    assert ways.state(pair(state)) == (kind, says, "`20932` and `27365`.")


def test_a_state_names_its_row_with_its_edition_and_of_many_a_few(sources: Sources) -> None:
    assert ways.state_source(pair("allowed", LISTED), sources) == (
        "Add-on list 20932>27365, 2026Q2, since 2019-01-01 · Medicare add-on code list, 2026 Q2: 20932"
    )
    assert "; and 2 more rows · " in ways.state_source(pair("not_listed", *[LISTED] * 5), sources)
    assert ways.pair_rows(pair("allowed", LISTED)) == ROWS


def test_what_is_said_over_the_ways_follows_from_where_they_end() -> None:
    way = Trail((CLAIM, DONOR), (), 2)
    assert ways.leads(origin(), "2026-05-01") == "No way of the tree leads to 20932 on 2026-05-01."
    assert ways.leads(origin(way), "2026-05-01") == ""
    alone = origin(way, beside=pair("barred"))
    assert ways.leads(alone, "2026-05-01").startswith("No way of the tree ends in 20932 and 27365 on 2026-05-01.")
    assert ways.meant(alone) == "20932"
    both = origin(way, beside=pair("allowed"), together=True)
    assert (ways.leads(both, ""), ways.meant(both)) == ("These answers end in both codes.", "20932 with 27365")
    assert ways.leads(origin(way, beside=pair("not_listed"), together=True), "").startswith(
        "The two are not an allowed"
    )


def test_ways_are_told_apart_by_the_few_facts_that_differ() -> None:
    first, second = Trail((CLAIM, DONOR, MANY), (), 6), Trail((CLAIM, ANY), (), 1)
    one, two = ways.choices((first, second), 0)
    assert one.text == "What filled the gap: **Donor bone**; Bone: **A / B / C / D / 2 more**"
    assert (one.label, one.end, one.icon) == ("1", "chosen, 6 ways", "tick")
    assert (two.text, two.label, two.end) == ("any other answers", "2", "1 way")
    tenth = ways.choices((first,) * 10, 3)[9]
    assert tenth.label == " "


def test_what_a_way_needs_says_what_is_assumed_and_what_is_asked() -> None:
    facts = ways.needs(Trail((CLAIM, DONOR, ANY), (MANY,), 2))
    assert [(fact.text, fact.end) for fact in facts] == [
        ("Surgeon / Facility", "asked"),
        ("Donor bone", "assumed"),
        ("any answer", "asked"),
        ("A / B / C / D / E / F", "a detail, asked"),
    ]
    assert ways.start(1) == "Start the tree with this assumption"
    assert ways.replace(1)[0] == "A case is under way, with 1 answer. Replace it?"
