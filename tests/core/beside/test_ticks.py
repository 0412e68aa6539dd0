"""What ticks the documentation list: the coder's quotes, the note's words, the evidence of an answer, or nothing."""

from __future__ import annotations

import pytest

from encoder.core.beside.ticks import Tick, name_of, settles, ticks
from encoder.core.evidence import Quoted
from encoder.core.tree.explain import ChecklistItem, explain
from encoder.core.tree.model import Tree
from encoder.core.tree.reach import Reach
from encoder.store.codebook import Codebook
from tests.core.beside.conftest import ON, Reader, Walker
from tests.core.beside.test_marks import NOTE, TUMOUR

JOINT = {**TUMOUR, "graft_form": "osteoarticular", "bone": "distal_femur", "graft_placed": "yes"}
FORM = frozenset(("osteoarticular",))
OWN = Quoted("a", 0, 7, "History", "line 1")
PROVES = Quoted("a", 0, 7, "History", "line 1", FORM)


@pytest.fixture(scope="module")
def items(walked: Walker, tree: Tree, book: Codebook) -> tuple[ChecklistItem, ...]:
    return explain(walked(JOINT), book, Reach(tree, book, ON)).checklist


def of(made: tuple[Tick, ...]) -> dict[str, Tick]:
    return {name_of(tick.item): tick for tick in made}


def test_the_words_of_the_note_tick_their_facts(
    items: tuple[ChecklistItem, ...], noted: Reader, walked: Walker
) -> None:
    made = of(ticks(items, {}, {}, noted(NOTE), walked(JOINT)))
    assert [quote.words for quote in made["templated"].quotes] == ["templated"]
    assert made["templated"].subject == made["templated"].item.fact
    assert made["specimen"].quotes == ()
    assert len(made) == len(items)


def test_the_evidence_of_an_answer_ticks_what_it_settles_and_that_of_another_answer_does_not(
    items: tuple[ChecklistItem, ...], walked: Walker
) -> None:
    settled = next(item for item in items if item.question == "graft_form" and settles(item))
    made = of(ticks(items, {"graft_form": (PROVES,)}, {"graft_form": FORM}, None, walked(JOINT)))[name_of(settled)]
    assert (made.quotes, made.subject) == ((PROVES,), "graft_form")
    other = frozenset(("chips",))
    gone = of(ticks(items, {"graft_form": (PROVES,)}, {"graft_form": other}, None, walked(JOINT)))[name_of(settled)]
    assert (gone.quotes, gone.subject) == ((), settled.fact)


def test_what_the_coder_tied_to_a_fact_counts_first_also_when_that_is_nothing(
    items: tuple[ChecklistItem, ...], noted: Reader, walked: Walker
) -> None:
    templated = next(item for item in items if name_of(item) == "templated")
    note, position = noted(NOTE), walked(JOINT)
    assert of(ticks(items, {templated.fact: (OWN,)}, {}, note, position))["templated"].quotes == (OWN,)
    assert of(ticks(items, {templated.fact: ()}, {}, note, position))["templated"].quotes == ()


def test_facts_that_need_words_of_their_own_are_settled_by_no_answer(items: tuple[ChecklistItem, ...]) -> None:
    assert not any(settles(item) for item in items if name_of(item) in ("approach", "specimen"))
    assert not any(settles(item) for item in items if item.question in ("", "other_work", "graft_placed"))
