"""The document that a coder signs says all that the tree does, in words."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from encoder.core.book import Book
from encoder.core.codes import Span
from encoder.core.tree.facts import HOWS
from encoder.core.tree.model import ANY, Case, Derived, Effect, Kind, Tree
from encoder.core.tree.outline import outline
from encoder.store.codebook import Codebook
from tests.core.bench import Bench
from tests.core.small import NOW, Small

SAID = {
    "head": """\
# A small tree
It answers for 2019-01-01 to 2026-12-31. A code is named by number and in our own wording.
Dates of service until 2018-12-31: Too early.
Dates of service from 2027-01-01: Too late.
Read and approved: ______________________  Date: ______________""",
    "a question that decides": """\
### What form was the graft?
`form`. The table says. [manual#form]
- With a joint surface: Which bone?
- No graft: end: No line
- It cannot be told: stop, and ask about the form
- The note does not say: stop, and ask about the form
- Yes: the end that matches""",
    "ways that go by facts": """\
- Femur
- Knee; offered when “Form” is Chips or With a joint surface
An answer that names no way leads to:
- when “Form” is With a joint surface and “What the list says” is allowed: Was it cut and placed?
- when “Form” is Chips: the end that matches""",
    "a question that refines": """\
### What else was done?
Asked when “A claim with lines” is yes. Until asked, taken as: Nothing.
Several answers may be given.
- A second site; offered when “Bone” is Femur or Fibula
Asked when “A claim with lines” is yes. Nothing is assumed.
Asked when “Other work” is Own bone with vessels. Must be answered.
- one code of the table""",
    "facts": """\
- “Primary” (`primary`):
  - the row of the table “by bone” for “Bone”
  - when “Form” is Chips or With a joint surface: the row of the table “by form” for “Form”
  - what the add-on list says of “Add-on” beside “Primary”
  - whether a bar between 20932 and “Primary” has ended
  - when “Kind of end” is decided and “Claim” is Outpatient or Surgeon: yes
  - the category of “Primary”
  - the published figure bilateral ind of “Primary”
  - whether a loaded edition of “pfs” covers the date of service
  - the edit between “Primary” and “Primary of the second site”
  - whether “Bone” and “Second bone” are the same
  - whether “Bone” and “Second bone” differ
  - the same as “Primary”
  - the side of the diagnosis “Diagnosis code”
  - when “A claim with lines” is yes: whether “Diagnosis” is known""",
    "ends": """\
### O-20932: the primary may carry the add-on
`listed`, decided. It is on the list. [list#listed]
When “Form” is With a joint surface and “What the list says” is allowed and “Placed” is Yes.
- line: “Primary” as the primary
- line: “Add-on” as the add-on
- where a rule takes the add-on off: the primary alone, another graft bars the add-on
- warns W01
`outside`, stopped. It is outside the tables. [manual#outside]
Reached by name.
- **Review:** Look again.
- Open: Is it on the list?
  - Yes: One says so. [list#yes]""",
    "rules": """\
- `left`: when “Side” is Left: Left: LT. [manual#left]
  - puts LT on the primary
  - puts the modifier of “Modifier of the side” on the line of “Code of the graft with its vessels”
  - makes the primary two lines, RT and LT
  - adds 20680-XS as another procedure
  - adds “Code of the graft with its vessels” as another procedure
  - **Review:** Is it another site?
  - takes the add-on off the claim
  - the result is then O-BARRED
  - puts “Primary of the second site” in the place of the primary
  - warns W03
  - holds from 2019-10-01
  - Open: Is it one site?
    - Yes: It is one bone. [manual#one]
- `main`: when “The primary once more” is 27365 and “End” is O-CHIPS: The primary is the resection. [manual#main]
- `second_inside`: when “Edit between the two” is second code in column 1, indicator 0: The first is \
inside the second. [list#second]""",
    "tables": """\
- Femur: **27365** Femur resection. The femur (`by_bone.femur`, from 2019-01-01) [manual#femur]
- Fibula: **27646** Fibula resection. The fibula W02 **Review:** Look again (`by_bone.fibula`, from 2019-01-01) \
[manual#fibula]
- Chips: **no code** Chips (`by_form.chips`, from 2019-01-01) [manual#chips]
- 20932 is paid only with: 27365
- 20932 is barred with: 20956, 27646""",
    "texts": """\
- W01 (warn): Never 51. [list#W01]
- Q-form Form: Please describe the form. The code goes by the form. [manual#form]
- knees (27445, 27447): for a new knee [manual#knees]""",
}


def lines(tree: Tree, book: Book, on: date = NOW) -> list[str]:
    return list(outline(tree, book, on))


@pytest.mark.parametrize("part", SAID)
def test_the_small_tree_is_said_in_words(bench: Bench, part: str) -> None:
    missing = {*SAID[part].splitlines()} - {*lines(bench.tree, bench.book)}
    assert missing == set()


def test_rows_are_those_of_the_date(bench: Bench) -> None:
    hinge = "- Knee: **27445** Hinged knee. The hinge (`by_bone.knee`, from 2019-01-01 to 2025-12-31) [manual#hinge]"
    knee = "- Knee: **27447** Total knee. The new knee (`by_bone.knee_after`, from 2026-01-01) [manual#knee]"
    shown = [{*lines(bench.tree, bench.book, on)} & {hinge, knee} for on in (date(2025, 12, 31), date(2026, 1, 1))]
    assert shown == [{hinge}, {knee}]


def test_what_the_small_tree_does_not_have_is_said_too(bench: Bench) -> None:
    tree = bench.tree
    bone = tree.questions["bone"]
    first = replace(bone.answers[0], plain="Thigh bone", go=bone.go)
    some = replace(
        tree,
        questions={**tree.questions, "bone": replace(bone, answers=(first, *bone.answers[1:]), review="Unsure.")},
        outcomes={**tree.outcomes, "chips": replace(tree.outcomes["chips"], span=Span(None, date(2025, 12, 31)))},
        rules=(replace(tree.rules[0], effects=(Effect("modify", "all", value="58"),), span=Span(NOW, NOW)),),
    )
    wanted = """\
- Femur (Thigh bone):
  - when “Form” is Chips: the end that matches
**Review:** Unsure.
Holds until 2025-12-31.
  - puts 58 on every line
  - holds from 2026-05-01 to 2026-05-01"""
    assert {*wanted.splitlines()} <= {*lines(some, bench.book)}


@pytest.mark.parametrize("how", HOWS)
def test_every_way_to_a_fact_has_words(bench: Bench, how: str) -> None:
    fact = Derived("made", "Made", (Case(how, ("form", "bone")[: HOWS[how]], ANY),), "here")
    said = lines(replace(bench.tree, derived={**bench.tree.derived, "made": fact}), bench.book)
    assert said[said.index("- “Made” (`made`):") + 1].startswith("  - ")


def test_a_row_without_dates_holds_on_every_date(small: Small) -> None:
    small.change("lookups/by_form.csv", "Chips,,,2019-01-01", "Chips,,,")
    with closing(Codebook.open(small.build())) as book:
        said = lines(small.tree(), book)
    assert "- Chips: **no code** Chips (`by_form.chips`, on every date) [manual#chips]" in said


def test_the_document_of_the_shipped_tree_leaves_nothing_out(tree: Tree, book: Codebook) -> None:
    document = "\n".join(lines(tree, book))
    named = [*tree.questions, *tree.derived, *tree.outcomes, *(rule.id for rule in tree.rules)]
    named += [row.id for table in book.tables() for row in book.rows(table) if row.span.covers(NOW)]
    assert [name for name in named if f"`{name}`" not in document] == []
    said = [text for q in tree.questions.values() for text in (q.ask, q.hint, *(a.say for a in q.answers))]
    said += [text for outcome in tree.outcomes.values() for text in (outcome.verdict, outcome.say, outcome.review)]
    said += [rule.say for rule in tree.rules] + [warning.say for warning in tree.warnings.values()]
    said += [text for query in tree.queries.values() for text in (query.ref, query.topic, query.ask, query.why)]
    said += [text for family in tree.families for text in (family.title, family.needs, *family.codes)]
    assert [text for text in said if text not in document] == []
    cited = [cite for q in tree.questions.values() for cite in q.cites] + [c for r in tree.rules for c in r.cites]
    cited += [cite for outcome in tree.outcomes.values() for cite in outcome.cites]
    assert [cite for cite in cited if cite not in document] == []


def test_the_document_of_the_shipped_tree_speaks_in_words(tree: Tree, book: Codebook) -> None:
    """Outside back quotes and citations no id of a fact, an answer or an effect is left."""
    for line in lines(tree, book):
        if not line.startswith(("Read and approved", "Tree `")):
            bare = re.sub(r"`[^`]*`|\[[^\]]*\]", "", line)
            assert not re.search(r"[a-z]_[a-z]", bare), line


def test_only_a_question_that_takes_several_answers_says_so(tree: Tree, book: Codebook) -> None:
    many = [question for question in tree.questions.values() if question.kind is Kind.MANY]
    assert lines(tree, book).count("Several answers may be given.") == len(many) > 0
