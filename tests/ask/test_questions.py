"""Plain questions have the answers of the sources."""

from __future__ import annotations

import pytest

from encoder.core.page.evidence import Desk
from tests.ask.conftest import Ask
from tests.ask.expected import Expected, faults, questions, sound, wrong

TUNED, APART = questions("tuned.toml"), questions("apart.toml")


@pytest.mark.parametrize("expected", TUNED, ids=lambda expected: expected.ask)
def test_a_question_has_its_answer(ask: Ask, desk: Desk, expected: Expected) -> None:
    answer = ask(expected.ask, expected.on)
    assert [*faults(answer, expected)] == [], answer.say
    sound(answer, desk)


def test_questions_kept_apart_are_answered_nearly_as_well_and_never_wrongly(ask: Ask, desk: Desk) -> None:
    answers = [(ask(expected.ask, expected.on), expected) for expected in APART]
    for answer, _ in answers:
        sound(answer, desk)
    assert [
        (expected.ask, *wrong(answer, expected)) for answer, expected in answers if [*wrong(answer, expected)]
    ] == []
    missed = [expected.ask for answer, expected in answers if [*faults(answer, expected)]]
    assert len(missed) / len(APART) < 0.06, missed


def test_three_in_ten_questions_are_kept_apart_and_none_stands_twice() -> None:
    asked = [expected.ask.lower() for expected in (*TUNED, *APART)]
    assert len({*asked}) == len(asked)
    assert len(TUNED) >= 150
    assert len(APART) >= len(asked) * 0.3
