"""Planted faults in the small tree: each kind is found by proof or builder, with the way or row that shows it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from encoder.core.tree.model import NOT_DOCUMENTED, Query
from encoder.core.tree.proofs import prove
from encoder.core.tree.walk import walk
from encoder.core.tree.ways import ways
from encoder.errors import DataError
from encoder.store.codebook import Codebook
from tests.core.small import NOW, Small, assert_found

HEAD, DETAILS, ENDS = "small.toml", "small.details.toml", "small.outcomes.toml"
SOURCE = 'title = "A rumour"\nedition = "1"\nwhere = "nowhere"\nconfidence = "inferred"\nnote = "Heard."\n\n'


def test_the_small_tree_holds(small: Small, small_book: Codebook) -> None:
    proof = small.prove(small_book)
    assert proof.faults == []
    assert proof.holds
    assert (proof.ways, proof.rules, len(proof.dates)) == (54, 16, 6)


# ---------------------------------------------------------------------------------------------- one text for another


def _spoiled() -> dict[str, tuple[str, str, str, str, list[str]]]:
    """By the name of the fault: file, what is replaced, by what, the kind of fault and the words of its sentence."""
    text = (Path(__file__).parent / "spoiled.txt").read_text(encoding="utf-8").replace("(nothing)", "")
    found = re.findall(r"^(\w.*)\n    (\S+\.toml): (.*) => (.*)\n    (\w+): (.*)$", text, re.MULTILINE)
    assert len(found) == text.count(" => ")
    return {
        say: (file, old.replace("\\n", "\n"), new.replace("\\n", "\n"), kind, words.split(" ;; "))
        for say, file, old, new, kind, words in found
    }


SPOILED = _spoiled()


@pytest.mark.parametrize(("file", "old", "new", "kind", "words"), SPOILED.values(), ids=SPOILED)
def test_one_spoiled_text_is_found(
    small: Small, small_book: Codebook, file: str, old: str, new: str, kind: str, words: list[str]
) -> None:
    small.change(file, old, new)
    assert_found(small.prove(small_book), kind, *words)


def test_each_kind_of_fault_is_planted() -> None:
    kinds = {"gap", "conflict", "unreachable", "cycle", "dangling", "twins", "refines", "citation", "code"}
    assert {kind for _, _, _, kind, _ in SPOILED.values()} == kinds


# ---------------------------------------------------------------------------------------------- blocks, rows, sources


def test_an_outcome_that_is_missing_is_found(small: Small, small_book: Codebook) -> None:
    small.remove(ENDS, '[[outcome]]\nid = "chips"')
    small.remove(ENDS, '[[rule]]\nid = "main"')
    assert_found(small.prove(small_book), "gap", "from 2019-01-01", "claim=surgeon, form=chips, bone=femur")


def by_the_donor(small: Small) -> None:
    """Chips end in a code that a detail gives, which must be answered there."""
    line = 'when = { form = "chips" }\nlines = [{ role = "primary", code_of = '
    small.change(ENDS, line + '"primary"', line + '"donor_code"')
    small.change(DETAILS, 'asked = { work = "vessels" }', 'asked = { coded = "yes" }')


def test_a_detail_that_must_be_answered_may_give_the_code_of_an_end(small: Small, small_book: Codebook) -> None:
    by_the_donor(small)
    assert [fault for fault in small.prove(small_book).faults if "donor_code" in fault.say] == []


def test_a_detail_that_gives_no_code_by_one_of_its_answers_is_found(small: Small) -> None:
    by_the_donor(small)
    small.change("lookups/by_donor.csv", "crest,20956,The crest,,,2019", "crest,20956,The crest,,,2020")
    given = "by claim=surgeon, form=chips, bone=femur, donor=crest"
    assert_found(small.prove(), "gap", f"outcome 'chips': no row gives 'donor_code' from 2019-01-01 {given}")


def test_a_detail_that_gives_a_code_of_other_years_is_found(small: Small, small_book: Codebook) -> None:
    by_the_donor(small)
    small.change(HEAD, 'args = ["by_donor", "donor"] }]', 'args = ["27445"] }]')
    small.change(
        HEAD, 'how = "lookup", args = ["27445"]', 'when = { donor = "crest" }, how = "value", args = ["27445"]'
    )
    assert_found(small.prove(small_book), "code", "outcome 'chips', way", "donor=crest: 27445 is valid from 2019-01-01")


def test_an_offer_by_a_fact_that_two_ways_give_is_found(small: Small, small_book: Codebook) -> None:
    small.change(
        HEAD, 'args = ["by_form", "form"] }]', 'args = ["by_form", "form"] }, { how = "copy", args = ["form"] }]'
    )
    small.change(HEAD, 'only = { form = ["joint", "chips"] }', 'only = { add_on = "20932" }')
    assert_found(small.prove(small_book), "conflict", "two ways to 'add_on' disagree", "claim=surgeon, form=joint.")


def test_dates_without_a_band_are_found(small: Small, small_book: Codebook) -> None:
    small.remove(HEAD, "[[band]]\nuntil")
    assert_found(small.prove(small_book), "gap", "no row gives 'primary'", "2018-12-31")


ROWS = {
    "a row that is missing": (
        *(
            "lookups/by_bone.csv",
            "by_bone.fibula,fibula,27646,The fibula,W02,Look again,2019-01-01,,manual#fibula\n",
            "",
        ),
        *("gap", ("no row gives 'primary' from 2019-01-01 by claim=surgeon, form=chips, bone=fibula",)),
    ),
    "a row that begins too late": (
        *("lookups/by_bone.csv", "new knee,,,2026-01-01", "new knee,,,2026-07-01", "gap"),
        ("no row gives 'primary' from 2026-01-01 by claim=surgeon, form=chips, bone=knee",),
    ),
    "a row that a rule needs": (
        *("lookups/by_donor.csv", "by_donor.crest,crest,20956,The crest,,,2019-01-01,,manual#crest\n", "", "gap"),
        ("rule 'vessels': table 'by_donor' has no row for 'crest' on every date of the rule",),
    ),
    "a row that a rule needs earlier": (
        *("lookups/by_donor.csv", "crest,20956,The crest,,,2019", "crest,20956,The crest,,,2020", "gap"),
        ("rule 'vessels': table 'by_donor' has no row for 'crest' on every date of the rule",),
    ),
    "a row that nothing uses": (
        *("lookups/by_form.csv", "by_form.chips,", "by_form.dust,dust,,Dust,,,2019-01-01,,manual#dust\nby_form.chips,"),
        *("unreachable", ("row 'by_form.dust' is used on no way and date",)),
    ),
    "a row whose warning does not exist": (
        *("lookups/by_bone.csv", "The fibula,W02", "The fibula,W07", "dangling"),
        ("row 'by_bone.fibula' raises warning 'W07', which does not exist",),
    ),
    "a source that nothing cites": (
        *("sources.toml", "[source.manual]", "[source.rumour]\n" + SOURCE + "[source.manual]", "source"),
        ("sources.toml: 'rumour' is cited nowhere",),
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "kind", "words"), ROWS.values(), ids=ROWS)
def test_one_spoiled_row_is_found(
    small: Small, file: str, old: str, new: str, kind: str, words: tuple[str, ...]
) -> None:
    small.change(file, old, new)
    assert_found(small.prove(), kind, *words)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("lookups/by_bone.csv", "fibula,27646", "fibula,27649", "line 3, column code: found '27649'"),
        (
            "lookups/by_bone.csv",
            ",,,2019-01-01,2025-12-31",
            ",,,2026-01-01,2026-12-31",
            "line 4, column code: found '27445'",
        ),
        ("codes.csv", "manual#27365", "manuel#27365", "'manuel' is not in it"),
        ("codes.csv", "manual#27365", "manual", "'manual' names no place in its source"),
        ("relations.csv", "list#20932:27365", "", "line 2, column cites"),
    ],
    ids=["an unknown code", "a code of other years", "an unknown source", "a citation without place", "no citation"],
)
def test_the_builder_refuses_a_row_that_no_proof_could_use(
    small: Small, file: str, old: str, new: str, words: str
) -> None:
    small.change(file, old, new)
    with pytest.raises(DataError, match=words):
        small.build()


# ---------------------------------------------------------------------------------------------- what no file can say


def test_an_entry_without_a_citation_is_found_where_the_reader_did_not_refuse_it(
    small: Small, small_book: Codebook
) -> None:
    tree = small.tree()
    listed = replace(tree.outcomes["listed"], cites=())
    proof = prove(replace(tree, outcomes={**tree.outcomes, "listed": listed}), small_book)
    assert_found(proof, "citation", "outcome 'listed' has no citation; every entry needs a source and a place in it")


def test_an_undocumented_fact_cannot_lead_to_a_code(small: Small, small_book: Codebook) -> None:
    """Even where a file calls an answer so and gives it a way on: the walk stops before it looks for one."""
    small.change(
        HEAD,
        '{ id = "yes", say = "Yes"',
        '{ id = "not_documented", say = "Silent", next = "end" }, { id = "yes", say = "Yes"',
    )
    tree = small.tree()
    for found in ways(tree, small_book, NOW):
        undocumented = [step for step in found.steps if NOT_DOCUMENTED in step.answers]
        assert isinstance(found.end, Query) or not undocumented
        position = walk(tree, small_book, {step.question: frozenset(step.answers) for step in found.steps}, NOW)
        assert not undocumented or (position.query is not None and position.outcome is None)
