"""From a code back to the facts and on to the result, through the real window: confirmed one by one, never taken."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from encoder.gui.pages.ask.page import AskPage
from tests.screen import Screen

pytestmark = pytest.mark.usefixtures("unmeasured")
CODES = (
    ("20932", ""),
    ("20932", "27365"),
    ("20933", "27645"),
    ("20934", "24150"),
    ("27704", "20934"),
    ("27415", ""),
    ("27356", ""),
    ("20930", ""),
    ("27447", ""),
    ("27646", ""),
    ("0QRB0KZ", ""),
)


def begin(screen: Screen, code: str, with_code: str, way: int) -> dict[str, Sequence[str]]:
    """Start the tree from a way; every answer that the way asks for, with those that lead on."""
    screen.start_again()
    screen.press("Ctrl+R")
    page = screen.desk.page()
    assert isinstance(page, AskPage)
    page.code.look_up(code, with_code)
    page.code.choose(way)
    chosen = page.code.way()
    assert chosen is not None
    screen.press("Ctrl+Enter")
    assert screen.desk.page() is screen.desk.case
    return {need.question: need.answers for need in (*chosen.needs, *chosen.details)}


def ways(screen: Screen, code: str, with_code: str) -> int:
    screen.desk.going.start_from(code, with_code)
    page = screen.desk.page()
    assert isinstance(page, AskPage)
    assert page.code.origin is not None
    return sum(bool(way.assumed) for way in page.code.origin.ways)  # what settles nothing starts nothing


@pytest.mark.parametrize(("code", "with_code"), CODES)
def test_confirming_what_is_assumed_and_answering_the_rest_ends_in_the_code(
    screen: Screen, code: str, with_code: str
) -> None:
    session = screen.desk.session
    for way in range(ways(screen, code, with_code)):
        wanted = begin(screen, code, with_code, way)
        while screen.asked():
            asked, given, view = screen.asked(), set(session.answers), screen.view()
            assert view.ask is not None
            assert view.result is None
            if view.ask.assumed:
                screen.press("Enter")
            else:
                screen.answer(wanted.get(asked, screen.offered())[0])
            assert set(session.answers) == given | {asked}
        screen.go_on({question: answers[0] for question, answers in wanted.items()})
        result = screen.view().result
        assert result is not None
        lines = {line.code for line in result.lines}
        assert {code, *filter(None, [with_code])} <= lines, f"way {way + 1} ends in {lines}"


@pytest.mark.parametrize(("code", "with_code"), CODES[:5])
def test_refusing_the_first_assumption_leaves_no_trace_of_the_others_in_the_result(
    screen: Screen, code: str, with_code: str
) -> None:
    begin(screen, code, with_code, 0)
    assert screen.view().ask is not None
    screen.press("0")
    result = screen.view().result
    assert result is not None
    assert result.queries
    assert not result.lines
    assert set(screen.desk.session.answers) == {"claim", "graft_material"}
