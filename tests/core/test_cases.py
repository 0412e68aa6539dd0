"""A case holds when the result is as its source says; each thing that is not is one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from encoder.core.cases import Case, Expected, differences, replay
from encoder.core.tree.model import NOT_DOCUMENTED
from encoder.errors import UsageError
from tests.core.bench import CHIPS, LISTED, REFUSED, Bench
from tests.core.small import NOW

NOTHING = Expected("decided", "", None, (), (), None, "")
HOLDS = Expected("decided", "O-20932", ("27365", "20932"), ("W01",), ("20933",), False, "")


def case(given: Mapping[str, str], expect: Expected) -> Case:
    return Case("c1", "A case", "Because", ("list#1",), NOW, given, expect)


def told(bench: Bench, given: Mapping[str, str], expect: Expected) -> list[str]:
    made = case(given, expect)
    return list(differences(made, *replay(made, bench.tree, bench.book, bench.reach())))


def test_a_case_that_comes_out_as_expected_differs_in_nothing(bench: Bench) -> None:
    assert told(bench, LISTED, HOLDS) == []
    assert told(bench, REFUSED, replace(NOTHING, review=True, lines=("27646",), outcome="O-NL")) == []
    silent = {"claim": "surgeon", "form": NOT_DOCUMENTED}
    assert told(bench, silent, replace(NOTHING, status="query", lines=(), missing="form")) == []


def test_what_the_source_does_not_say_is_not_compared(bench: Bench) -> None:
    for given in (LISTED, REFUSED, CHIPS):
        assert told(bench, given, NOTHING) == []


@pytest.mark.parametrize(
    ("given", "expect", "sentences"),
    [
        (
            {**CHIPS, "placed": "yes", "donor": "crest"},
            NOTHING,
            ["c1: answers are not on the way: placed, donor"],
        ),
        (CHIPS, replace(NOTHING, status="query"), ["c1: status is decided, query was expected"]),
        (CHIPS, replace(NOTHING, outcome="O-NL"), ["c1: outcome is O-CHIPS (chips), O-NL was expected"]),
        (CHIPS, replace(NOTHING, lines=("27365", "20932")), ["c1: lines are 27365, 27365 20932 was expected"]),
        (CHIPS, replace(NOTHING, lines=()), ["c1: lines are 27365, none was expected"]),
        (
            {"claim": "surgeon", "form": "none"},
            replace(NOTHING, status="stopped", lines=("27365",)),
            ["c1: lines are none, 27365 was expected"],
        ),
        (
            LISTED,
            replace(NOTHING, warnings=("W02", "W01", "W03")),
            ["c1: warning W02 is missing (W01 found)", "c1: warning W03 is missing (W01 found)"],
        ),
        (CHIPS, replace(NOTHING, warnings=("W02",)), ["c1: warning W02 is missing (none found)"]),
        (LISTED, replace(NOTHING, absent=("20933", "20932")), ["c1: 20932 is on the claim and must not be"]),
        (CHIPS, replace(NOTHING, review=True), ["c1: review is False, True was expected"]),
        (REFUSED, replace(NOTHING, review=False), ["c1: review is True, False was expected"]),
        (CHIPS, replace(NOTHING, missing="form"), ["c1: the stop asks about nothing, form was expected"]),
        (
            {"claim": "surgeon", "form": NOT_DOCUMENTED},
            replace(NOTHING, status="query", missing="bone"),
            ["c1: the stop asks about form, bone was expected"],
        ),
        (
            CHIPS,
            Expected("query", "O-20932", ("20932",), ("W01",), ("27365",), True, "form"),
            [
                "c1: status is decided, query was expected",
                "c1: outcome is O-CHIPS (chips), O-20932 was expected",
                "c1: lines are 27365, 20932 was expected",
                "c1: warning W01 is missing (none found)",
                "c1: 27365 is on the claim and must not be",
                "c1: review is False, True was expected",
                "c1: the stop asks about nothing, form was expected",
            ],
        ),
    ],
)
def test_each_difference_is_a_sentence(
    bench: Bench, given: Mapping[str, str], expect: Expected, sentences: list[str]
) -> None:
    assert told(bench, given, expect) == sentences


def test_a_case_with_an_answer_that_does_not_exist_is_refused(bench: Bench) -> None:
    with pytest.raises(UsageError, match="Question 'form' has no answer 'joints'"):
        replay(case({"form": "joints"}, NOTHING), bench.tree, bench.book)


def test_without_a_reach_one_is_made_for_the_date_of_the_case(bench: Bench) -> None:
    made = case(LISTED, HOLDS)
    assert replay(made, bench.tree, bench.book) == replay(made, bench.tree, bench.book, bench.reach())
