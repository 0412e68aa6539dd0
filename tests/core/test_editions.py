"""Which edition stands for a date: the one that covers it, else the nearest, said as older or newer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

import pytest

from encoder.core.book import Book
from encoder.core.codes import Edition, Span
from encoder.core.editions import editions_on


@dataclass
class Shelf:
    """A book that has nothing but editions of one table."""

    spans: list[Span]

    def editions(self) -> list[Edition]:
        return [Edition("pfs", "Values", str(at), span, "", ()) for at, span in enumerate(self.spans)]


def year(number: int) -> Span:
    return Span(date(number, 1, 1), date(number, 12, 31))


@pytest.mark.parametrize(
    ("spans", "chosen"),
    [
        ([year(2025), year(2026), year(2027)], ("1", "covers")),
        ([year(2026), year(2025)], ("0", "covers")),
        ([year(2023), year(2024)], ("1", "older")),
        ([year(2024), year(2023)], ("0", "older")),
        ([year(2028), year(2027)], ("1", "newer")),
        ([year(2027), year(2028)], ("0", "newer")),
        ([year(2027), year(2020)], ("1", "older")),
        ([year(2020), year(2027)], ("0", "older")),
        ([Span(None, None)], ("0", "covers")),
    ],
)
def test_the_nearest_edition_stands_for_a_date_that_none_covers(spans: list[Span], chosen: tuple[str, str]) -> None:
    (note,) = editions_on(cast(Book, Shelf(spans)), date(2026, 5, 1))
    assert (note.edition.edition, note.state) == chosen
