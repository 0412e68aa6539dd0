"""Every worked case clicked through the real window, and held to what its sources say.

One window serves all. From one case it goes to the next as a coder would who has the next note at hand: back with
Backspace to where the two part, and on from there by clicks on what is offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from encoder import paths
from encoder.core.cases import Case, differences
from encoder.store.case_file import read_cases
from tests.screen import ON, Screen

CASES = sorted(read_cases(paths.cases()), key=lambda case: (case.on, list(case.answers.items())))
OTHER = "another date"


def kind(case: Case) -> str:
    """The first word of a case; what is still possible is worked out once a date, so other dates stand together."""
    return case.id.partition("_")[0] if case.on == ON else OTHER


pytestmark = pytest.mark.usefixtures("unmeasured")
KINDS = sorted({kind(case) for case in CASES})


def clicked(screen: Screen, case: Case) -> Iterator[str]:
    """What is not as the source of a case says, after it was clicked through."""
    try:
        screen.go_over_to(case)
    except AssertionError as error:
        yield f"{case.id}: {error}"
        screen.start_again()
        return
    screen.settle()
    result, position = screen.view().result, screen.desk.session.position()
    if result is None or screen.desk.case.kind == "question":
        yield f"{case.id}: the window still asks {screen.asked()}"
        return
    aside = tuple(step for step in position.aside if step.question != "claim")  # the bar always has a claim
    yield from differences(case, replace(position, aside=aside), result)
    shown = screen.desk.case
    if shown.kind == "stop":
        if result.queries[0].text != shown.stop.text():
            yield f"{case.id}: the draft is another"
    elif [line.code for line in shown.result.band.lines.lines()] != [line.text for line in result.lines]:
        yield f"{case.id}: the band shows other lines"


@pytest.mark.parametrize("name", KINDS)
def test_a_case_comes_out_in_the_window_as_its_sources_say(screen: Screen, name: str) -> None:
    mine = [case for case in CASES if kind(case) == name]
    assert [said for case in mine for said in clicked(screen, case)] == []
