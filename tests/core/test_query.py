"""Every query draft leads nowhere: it keeps the rules whatever fact it asks about, and the check sees each breach."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from encoder import paths
from encoder.core.note.cues import Cues
from encoder.core.note.evidence import query_for
from encoder.core.note.facts import CONTRADICTION, Missing
from encoder.core.note.findings import Finding
from encoder.core.note.reading import read
from encoder.core.note.suggest import walk_note
from encoder.core.query import PLACEHOLDER, About, QueryWords, Quote, check, draft
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from encoder.store.cue_file import read_cues, read_query_words
from tests.notes.labels import notes

ON = date(2026, 5, 1)
TEXT = "A structural allograft was shaped on the back table."
QUOTE = Quote(TEXT, "operative note, technique, line 12")
WORDS = read_query_words(paths.resources() / "query_words.toml")


@pytest.fixture(scope="module")
def cues() -> Cues:
    return read_cues(paths.resources() / "cues")


def broken(text: str, about: About | None = None, words: QueryWords = WORDS) -> set[str]:
    return {rule.id for rule in check(text, words, about) if not rule.passed}


def test_the_draft_of_every_query_keeps_every_rule_but_the_quote_which_the_coder_puts_in(tree: Tree) -> None:
    for query in tree.queries.values():
        text = draft(query, "case 17", ON)
        assert broken(text) == {"Q1"}, query.id
        assert PLACEHOLDER in text
        assert "date of service 2026-05-01" in text
        quoted = draft(query, "", ON, (QUOTE,))
        assert broken(quoted) == set(), query.id
        assert PLACEHOLDER not in quoted
        assert "case" not in quoted.splitlines()[1]


def test_a_quote_may_bring_its_place_along_as_text(tree: Tree) -> None:
    query = tree.queries["graft_form"]
    assert broken(draft(query, "", ON, (f"{TEXT} (operative note, page 2)",))) == set()
    assert broken(draft(query, "", ON, (TEXT,))) == {"Q1"}
    assert broken(draft(query, "", ON, (Quote('The "graft" was cut to size.', "note, line 1"),))) == set()


def test_the_title_names_no_answer(tree: Tree) -> None:
    for question in tree.questions.values():
        answers = tuple(answer.say for answer in question.answers)
        text = draft(tree.queries[question.query], "", ON, (QUOTE,))
        assert "Q6" not in broken(text, About(answers=answers)), question.id


def test_no_draft_names_a_code_or_a_word_about_money(tree: Tree) -> None:
    money = re.compile(r"\b(pay|paid|bill|claim denied|reimburs|denial|charge|\$|revenue|drg|rvu)", re.IGNORECASE)
    for query in tree.queries.values():
        text = draft(query, "", ON)
        assert not re.search(r"\b(\d{5}|[A-TV-Z]\d\d\.\w+)\b", text), query.id
        assert not money.search(text), query.id


def test_the_choices_stand_in_the_order_of_the_alphabet_whatever_order_they_come_in(tree: Tree) -> None:
    query = tree.queries["graft_form"]
    quotes = (
        Quote("Osteoarticular allograft planned.", "note, title, line 1"),
        Quote("A cylinder was cut.", "note, line 9"),
    )
    one = draft(query, "", ON, quotes, ("osteoarticular allograft", "cylinder"))
    assert one == draft(query, "", ON, quotes, ("cylinder", "osteoarticular allograft"))
    assert broken(one) == set()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda text: text + " Without it the claim will be denied.", "Q2"),
        (lambda text: text + " Medicare pays for it.", "Q2"),
        (lambda text: text + " Reimbursement depends on it.", "Q2"),
        (lambda text: text.replace("?", ".").replace("Please describe", "Say"), "Q3"),
        (lambda text: text.replace("[ ] Description", "[ ] vascularized fibula\n[ ] Description"), "Q3"),
        (lambda text: text.replace("Unable to determine", "Unknown"), "Q4"),
        (lambda text: text.replace("Other", "Else").replace("other", "else"), "Q4"),
        (lambda text: text + " [ ] Yes [ ] No", "Q5"),
        (lambda text: text + " Please answer yes or no.", "Q5"),
        (lambda text: text + "\nWas an osteoarticular allograft placed?", "Q5"),
        (lambda text: text + " Was it 20932?", "Q6"),
        (lambda text: text + " See M84.551A.", "Q6"),
        (lambda text: text + " See 0QRB0KZ.", "Q6"),
        (lambda text: text + " Please document that a wide margin was obtained.", "Q6"),
        (lambda text: text + " Clearly it was so.", "Q6"),
        (lambda text: text + "\n[ ] table\n[ ] back table", "Q6"),
        (lambda text: text.replace("addendum", "note"), "Q7"),
        (lambda text: text + " You may also amend the note.", "Q7"),
        (lambda text: text.replace('"', ""), "Q1"),
        (lambda text: text.replace("[operative note, technique, line 12]", ""), "Q1"),
    ],
)
def test_each_breach_of_a_rule_is_seen(tree: Tree, change: Callable[[str], str], rule: str) -> None:
    for query in tree.queries.values():
        text = change(draft(query, "", ON, (QUOTE,)))
        assert rule in broken(text), text
        assert broken(text) <= {rule, "Q3", "Q5", "Q6"}, text
        assert all(one.fix for one in check(text, WORDS) if not one.passed)


def test_a_yes_no_question_may_confirm_what_is_quoted(tree: Tree) -> None:
    text = draft(tree.queries["graft_form"], "", ON, (QUOTE,))
    assert broken(text + "\nWas the structural allograft shaped on the back table?") == set()


def test_what_is_known_beside_the_text_is_held_against_it_too(tree: Tree) -> None:
    text = draft(tree.queries["graft_form"], "", ON, (QUOTE,))
    assert broken(text, About(record=f"Before. {TEXT} After.")) == set()
    assert broken(text, About(record="Something else.")) == {"Q1"}
    assert broken(text, About(answered=True)) == {"Q9"}
    assert broken(text, About(asked=True)) == {"Q10"}
    assert broken(text.replace("Form of the graft", "Full cylinder"), About(answers=("Full cylinder",))) == {"Q6"}
    assert len(check(text, WORDS, About())) == 9


def test_the_query_of_every_note_that_stops_keeps_the_rules(cues: Cues, tree: Tree, book: Codebook) -> None:
    stopped = 0
    for note in notes("tuned"):
        reading = read(note.text, cues)
        for missing in walk_note(reading, cues, tree, book, ON).missing:
            query, text = query_for(reading, missing, tree, ON, "case 1")
            stopped += 1
            about = About(tuple(a.say for a in tree.questions[missing.question].answers), note.text)
            quoted = PLACEHOLDER not in text
            assert broken(text, about) == (set() if quoted else {"Q1"}), (
                note.name,
                query.id,
                check(text, WORDS, about),
            )
    assert stopped > 20


def test_a_contradiction_offers_the_words_of_both_sides_and_silence_offers_none(cues: Cues, tree: Tree) -> None:
    text = "PROCEDURE: Hemicortical allograft.\nTECHNIQUE: An osteoarticular allograft was placed."
    reading = read(text, cues)
    forms = tuple(finding for finding in reading.findings if finding.fact == "graft_form")
    _, drafted = query_for(reading, Missing("graft_form", CONTRADICTION, forms), tree, ON)
    assert "[ ] hemicortical\n[ ] osteoarticular\n" in drafted
    same = tuple(Finding("side", value, "affirmed", 0, 1, "P", "", "title", 1) for value in ("left", "right"))
    _, drafted = query_for(reading, Missing("side", CONTRADICTION, same), tree, ON)
    assert "[ ] p\n" not in drafted


def test_a_tumour_whose_margin_is_open_is_asked_about_its_margin(cues: Cues, tree: Tree, book: Codebook) -> None:
    reading = read(
        "PROCEDURE: Excision of tumor, right distal femur, with allograft.\n"
        "The tumor was excised. The allograft was placed.",
        cues,
    )
    walked = walk_note(reading, cues, tree, book, ON)
    assert walked.position.query is not None
    assert walked.position.query.id == "margin"
