"""The history of a code: its days, what took its place, values that changed, bars that ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from encoder.core.page.evidence import Desk
from encoder.core.page.history import history
from tests.core.page.conftest import Pages


def told(pages: Pages, code: str) -> list[tuple[str, str]]:
    return [(str(event.on or ""), event.say) for event in pages(code).history]


def test_a_code_in_the_place_of_another_says_so_on_both_sides(pages: Pages) -> None:
    assert ("2020-01-01", "Came in the place of 19260") in told(pages, "21601")
    assert ("2019-12-31", "Last day; 21601 takes its place") in told(pages, "19260")


def test_a_code_that_ended_without_a_successor_says_so(pages: Pages) -> None:
    found = told(pages, "27445")
    assert found[0] == ("2019-01-01", "In use by this day, the first that the program answers for")
    assert ("2025-12-31", "Last day; no code is named in its place") in found


def test_a_new_code_begins_and_a_change_of_value_is_dated(pages: Pages) -> None:
    found = told(pages, "20932")
    assert found[0] == ("2019-01-01", "New")
    assert ("2026-01-01", "Work value 13.01 to 12.68") in found
    assert ("2026-01-01", "Total value 22.56 to 19.42") in found
    assert found[-1][0] == ""


def test_bars_that_ended_are_put_together(pages: Pages) -> None:
    (event,) = [event for event in pages("20934").history if event.on == date(2019, 9, 30)]
    assert event.say.startswith("Bar ended, with ")
    assert event.say.count(",") >= 1
    assert event.row is not None
    assert event.row.end == event.on
    many = [event.say for event in pages("20934").history if " more:" in event.say]
    assert many == [event.say]
    (other,) = [event for event in pages("27134").history if event.on == date(2019, 9, 30)]
    assert other.say.startswith("Bar ended, with 20934: ")


def test_a_code_without_a_first_day_has_no_beginning(desk: Desk) -> None:
    code = desk.book.code("20932")
    assert code is not None
    assert history(desk, replace(code, span=replace(code.span, start=None)), (), ()) == ()
