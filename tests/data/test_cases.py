"""Every worked case, replayed on the shipped tree and tables and held to what its sources say."""

from __future__ import annotations

import re
from datetime import date

import pytest

from encoder import paths
from encoder.core.cases import Case, differences, replay
from encoder.core.codes import Span
from encoder.core.editions import editions_on
from encoder.core.tree.explain import Result
from encoder.core.tree.model import NOT_DOCUMENTED, Tree
from encoder.core.tree.reach import Reach
from encoder.core.tree.walk import Position
from encoder.store.case_file import read_cases
from encoder.store.codebook import Codebook

pytestmark = pytest.mark.usefixtures("unmeasured")

CASES = read_cases(paths.cases())
BY_ID = {case.id: case for case in CASES}
FITTING = [case for case in CASES if case.id.startswith("fits_")]
NEAR = """
20930 20931 20932 20933 20934 20900 20902 27415 29867 20955 20956 20957 20962 20969 20970 20972 20973
23146 23156 24116 24126 25126 25136 27356 27638 28103 28107
"""
"""Siblings and near misses of the structural add-ons: a result says of each why it is not on the claim."""
DIAGNOSIS_WARNINGS = {f"W{number}" for number in range(10, 20)}


class Bench:
    """Replays each case once; what can still be reached is worked out once a date."""

    def __init__(self, tree: Tree, book: Codebook) -> None:
        self.tree, self.book = tree, book
        self._reach: dict[date, Reach] = {}
        self._done: dict[str, tuple[Position, Result]] = {}

    def adds(self, reason: str) -> list[str]:
        """The codes that a rule or an outcome names itself."""
        kind, _, name = reason.partition(":")
        rules = [rule for rule in self.tree.rules if kind == "rule" and rule.id == name]
        specs = [effect.line for rule in rules for effect in rule.effects if effect.line]
        specs += self.tree.outcomes[name].lines if kind == "outcome" else []
        replaced = [effect.value for rule in rules for effect in rule.effects if effect.how == "replace"]
        return [spec.code for spec in specs] + replaced

    def run(self, case: Case) -> tuple[Position, Result]:
        if case.on not in self._reach:
            self._reach[case.on] = Reach(self.tree, self.book, case.on)
        if case.id not in self._done:
            self._done[case.id] = replay(case, self.tree, self.book, self._reach[case.on])
        return self._done[case.id]


@pytest.fixture(scope="module")
def bench(tree: Tree, book: Codebook) -> Bench:
    return Bench(tree, book)


@pytest.fixture(scope="module")
def rows(tree: Tree, book: Codebook) -> frozenset[str]:
    """Every id that a reason may go by: a table row, an outcome, a rule, a query, a family."""
    found = {row.id for table in book.tables() for row in book.rows(table)}
    found |= {row.id for code in book.codes() for row in book.relations(code.code)}
    found |= {f"outcome:{name}" for name in tree.outcomes} | {f"rule:{rule.id}" for rule in tree.rules}
    return frozenset(found | {f"query:{name}" for name in tree.queries} | {f"family:{f.id}" for f in tree.families})


@pytest.mark.parametrize("case_id", BY_ID)
def test_a_case_comes_out_as_its_sources_say(case_id: str, bench: Bench) -> None:
    case = BY_ID[case_id]
    assert list(differences(case, *bench.run(case))) == []


def test_each_sibling_and_near_miss_is_on_the_claim_or_ruled_out_by_an_answer_or_a_row(
    bench: Bench, rows: frozenset[str]
) -> None:
    for case in CASES:
        position, result = bench.run(case)
        assert {*NEAR.split()} - {line.code for line in result.lines} <= {item.code for item in result.why_not}, case.id
        answered = {question.id: question.usual for question in position.later}
        answered |= {step.question: step.text for step in position.trail}
        for item in result.why_not:
            assert item.say, case.id
            assert item.rule in rows or item.answer == answered[item.question], (case.id, item)


def test_each_result_gives_its_reasons_with_sources_and_dates(bench: Bench, rows: frozenset[str]) -> None:
    for case in CASES:
        position, result = bench.run(case)
        assert result.why, case.id
        for why in result.why:
            assert why.rule in rows, (case.id, why)
            assert all((why.say, why.cites, why.start)), (case.id, why)
            if position.tree.band(case.on) is None:
                assert Span(why.start, why.end).covers(case.on), (case.id, why)
        explained = {why.code for why in result.why} | {code for why in result.why for code in bench.adds(why.rule)}
        said = " ".join(why.say for why in result.why)
        for line in result.lines:
            assert line.code in explained or line.code in said, f"{case.id}: no reason speaks of {line.code}"


def test_every_loaded_table_says_whether_it_covers_the_date(bench: Bench) -> None:
    for on in {case.on for case in CASES}:
        loaded: dict[str, bool] = {}
        for edition in bench.book.editions():
            loaded[edition.table] = loaded.get(edition.table, False) or edition.span.covers(on)
        assert {note.edition.table: note.state == "covers" for note in editions_on(bench.book, on)} == loaded


@pytest.mark.parametrize("case_id", [case.id for case in FITTING])
def test_a_diagnosis_that_fits_raises_no_further_diagnosis_warning(case_id: str, bench: Bench) -> None:
    _, result = bench.run(BY_ID[case_id])
    raised = {warning.id for warning in result.warnings} & DIAGNOSIS_WARNINGS
    assert raised == set(BY_ID[case_id].expect.warnings) & DIAGNOSIS_WARNINGS


def test_all_golden_cases_are_there() -> None:
    numbers = {int(found[1]) for case in CASES if (found := re.fullmatch(r"golden_(\d\d)[a-z]?", case.id))}
    assert numbers == set(range(1, 39))
    assert len(CASES) >= 188


def test_every_case_speaks_for_itself() -> None:
    reasons = [case.why for case in CASES]
    assert sorted(reasons) == sorted(set(reasons))


def test_every_citation_names_a_source_and_a_place(book: Codebook) -> None:
    known = {source.id for source in book.sources()}
    for case in CASES:
        for cite in case.cites:
            source, _, place = cite.partition("#")
            assert source in known, f"{case.id}: {cite}"
            assert place, f"{case.id}: {cite} names no place"


def test_every_expected_line_is_a_code_in_force_on_the_date(book: Codebook) -> None:
    for case in CASES:
        for text in case.expect.lines or ():
            code = text.split("-")[0]
            entry = book.procedure(code) if case.answers.get("claim") == "inpatient" else book.code(code)
            assert entry is not None, f"{case.id}: {code} is not in the book"
            assert entry.span.covers(case.on), f"{case.id}: {code} is not in force on {case.on}"


def test_an_undecided_case_expects_no_line() -> None:
    undecided = [case for case in CASES if case.expect.status != "decided"]
    assert all(not case.expect.lines for case in undecided)


def test_every_outcome_is_expected_by_name_and_reached(tree: Tree, bench: Bench) -> None:
    expected = {case.expect.outcome for case in CASES}
    ours = {name: outcome.ref for name, outcome in tree.outcomes.items() if not outcome.imported}
    assert set(ours.values()) - expected == set()
    reached = {bench.run(case)[1].outcome for case in CASES}
    assert set(ours) - reached == set()


def test_every_numbered_warning_of_the_sources_is_expected() -> None:
    expected = {warning for case in CASES for warning in case.expect.warnings}
    assert {f"W{number:02}" for number in range(1, 25)} - expected == set()


def test_every_question_has_a_case_in_which_the_note_is_silent(tree: Tree) -> None:
    silent = {
        (question, case.expect.missing)
        for case in CASES
        if case.expect.status == "query" and case.expect.lines == ()
        for question, answer in case.answers.items()
        if answer == NOT_DOCUMENTED
    }
    assert {(question.id, question.query) for question in tree.questions.values()} - silent == set()
